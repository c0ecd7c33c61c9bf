"""Texts that a spreadsheet would take for formulas: defused in the CSV files of our own, and made whole again.

Anyone can write a comment that begins like a formula, and a spreadsheet runs it; an apostrophe in front says "text".
One that was there already gets one more, so that what is read back is the text as it was.
"""

from __future__ import annotations

from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
OWN_LAYERS = frozenset(["cities", "companies", "countries", "regions", "moods", "claims", "comparisons", "links"])
"""Columns that only ``export --format csv`` has all of: a table with them was defused."""


def is_defused(columns: Iterable[str]) -> bool:
    """Whether a table with these columns is one of our own."""
    return OWN_LAYERS.issubset(columns)


def defused(value: object) -> object:
    """The value, with an apostrophe in front of a text that a spreadsheet would take for a formula; numbers stay."""
    return f"'{value}" if isinstance(value, str) and _dangerous(value) else value


def undefused(text: str) -> str:
    """The text before `defused`."""
    return text[1:] if text.startswith("'") and _dangerous(text) else text


def _dangerous(text: str) -> bool:
    return text.lstrip(" '").startswith(_FORMULA)
