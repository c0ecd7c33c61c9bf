"""``commentlens evaluate``."""

from __future__ import annotations

import typer


def evaluate() -> None:
    """Placeholder until the scorer is there."""
    raise typer.Exit(1)
