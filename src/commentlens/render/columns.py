"""Tables that fit: columns have a priority, and the least important go first where the screen is narrow."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

_GAP = 2  # one of padding, one of the box's divider
_COMFORTABLE = 24
_NARROWEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column with all its cells.

    ``priority``: 0 is always shown; of the others the smallest number is shown first, and columns of one number stand
    or fall together. ``flexible``: may be wrapped between words where room is short; other columns are given up before
    it has less than 24 characters, and it never gets less than 12.
    """

    header: str
    cells: Sequence[Text]
    priority: int = 0
    justify: Literal["left", "right"] = "left"
    flexible: bool = False

    @property
    def width(self) -> int:
        """Characters it takes unwrapped."""
        return max([cell_len(self.header), *(cell.cell_len for cell in self.cells)])

    @property
    def comfortable(self) -> int:
        """Characters below which other columns make room for it."""
        return min(self.width, max(_COMFORTABLE, cell_len(self.header))) if self.flexible else self.width

    @property
    def narrowest(self) -> int:
        """Characters it needs at least."""
        return min(self.width, max(_NARROWEST, cell_len(self.header))) if self.flexible else self.width


def fit(columns: Sequence[Column], width: int | None) -> list[Column]:
    """The columns that a width has room for, in their order; columns without any content are left out."""
    filled = [column for column in columns if any(cell.plain.strip() for cell in column.cells) or not column.cells]
    if width is None:
        return filled
    chosen: list[Column] = []
    for _, group in itertools.groupby(sorted(filled, key=_priority), key=_priority):
        with_group = [*chosen, *group]
        needed = sum(column.comfortable + _GAP for column in with_group) - _GAP + 1
        if not chosen or needed <= width:
            chosen = with_group
    kept = {id(column) for column in chosen}
    return [column for column in filled if id(column) in kept]


def _priority(column: Column) -> int:
    return column.priority


def table(columns: Sequence[Column], width: int | None, *, breaks: Sequence[int] = ()) -> Table:
    """A table of the columns that fit, a rule under its header and after the rows numbered in ``breaks``."""
    chosen = fit(columns, width)
    widths = _widths(chosen, width)
    result = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for column, room in zip(chosen, widths, strict=True):
        result.add_column(
            Text(column.header, style="bold"),
            justify=column.justify,
            no_wrap=not column.flexible,
            overflow="fold",
            width=room,
        )
    for number, cells in enumerate(zip(*(column.cells for column in chosen), strict=True)):
        result.add_row(*cells, end_section=number in breaks)
    return result


def _widths(columns: Sequence[Column], width: int | None) -> list[int]:
    """Natural widths, the flexible columns cut back evenly until all fit."""
    widths = [column.width for column in columns]
    if width is None:
        return widths
    over = sum(widths) + _GAP * (len(widths) - 1) + 1 - width
    while over > 0:
        shrinkable = [i for i, column in enumerate(columns) if widths[i] > column.narrowest]
        if not shrinkable:
            break
        widths[max(shrinkable, key=lambda i: widths[i])] -= 1
        over -= 1
    return widths
