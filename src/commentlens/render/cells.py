"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import TextIO

from commentlens.corpus.formulas import defused

_STANDARD_END = "\r\n"


def csv_rows(file: TextIO) -> Callable[[Iterable[object]], None]:
    """What writes a row of cells to the file: texts defused, ``true`` and ``false`` in small letters, lines end in LF.

    A carriage return alone is quoted too. Python before 3.13 quotes what is in the line terminator only, so rows are
    ended by CR LF first, and the CR goes on the way to the file.
    """

    class LineFeeds:
        def write(self, row: str) -> int:
            return file.write(row.removesuffix(_STANDARD_END) + "\n")

    writer = csv.writer(LineFeeds(), lineterminator=_STANDARD_END)

    def write(cells: Iterable[object]) -> None:
        writer.writerow([str(cell).lower() if isinstance(cell, bool) else defused(cell) for cell in cells])

    return write
