"""Help texts of the report's fields, kept in the fields' metadata."""

from __future__ import annotations


def help_text(text: str) -> dict[str, str]:
    """Metadata of a field that says what it holds."""
    return {"help": text}
