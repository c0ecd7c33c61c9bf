"""Markdown tables of what strangers wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO


def write_table(header: Sequence[str], rows: Sequence[Sequence[str]], file: TextIO) -> None:
    """A table, a line a row."""
    for cells in (header, ["---"] * len(header), *rows):
        file.write("| " + " | ".join(escaped(cell) for cell in cells) + " |\n")


def escaped(text: str) -> str:
    """Text on one line that markdown does not take for markup."""
    one_line = " ".join(text.split())
    for char in "\\|*_<>[]`":
        one_line = one_line.replace(char, f"\\{char}")
    return one_line if one_line != "\\-\\-\\-" else "---"
