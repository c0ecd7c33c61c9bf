"""The ways of showing: on a terminal, fitted and coloured; else plain, at full width, nothing cut; and spoken."""

from __future__ import annotations

import io
import os
import pydoc
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console, RenderableType
from rich.table import Table

from commentlens.render.figures import NOTHING

_UNLIMITED = 100_000
_SPOKEN_HEADERS = {"#": "rank", "±": "", "n": "voices"}
_SPOKEN_SIGNS = (
    # What a sign before a line means, the line says as well.
    (re.compile(r"^\s*[▲▼=?] (?=\D)"), ""),
    (re.compile("▲ ?(?=[0-9])"), "up "),
    (re.compile("▼ ?(?=[0-9])"), "down "),
    (re.compile("±"), "give or take "),
    (re.compile(r"\s*·\s*"), ", "),
)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a view must know of where it is shown.

    ``width``: columns, None for no limit. ``plain``: no bars, no colours, and nothing left out. ``ascii``: its encoding
    has no block characters.
    """

    width: int | None
    plain: bool
    ascii: bool = False

    @classmethod
    def of(cls, console: Console) -> Screen:
        """The screen that a terminal's console stands for."""
        return cls(width=console.width, plain=False, ascii=not console.encoding.lower().startswith("utf"))


PLAIN = Screen(width=None, plain=True)


def show(parts: Iterable[RenderableType], console: Console) -> None:
    """Print the parts of a view, on a terminal."""
    for part in parts:
        console.print(part, highlight=False, markup=False, soft_wrap=False)


def show_paged(parts: Iterable[RenderableType], console: Console) -> None:
    """Print the parts of a view on a terminal; what is longer than the screen goes through a pager.

    The pager is ``PAGER``, else ``less``. ``LESS`` is set to ``FRX`` unless it is set, as git does it: colours pass,
    and the view stays on the screen afterwards.
    """
    with console.capture() as captured:
        show(parts, console)
    text = captured.get()
    if text.count("\n") >= console.height and sys.stdin.isatty():
        os.environ.setdefault("LESS", "FRX")
        pydoc.pager(text)
    else:
        console.file.write(text)
        console.file.flush()


def write_plain(parts: Iterable[RenderableType], file: TextIO) -> None:
    """Write the parts of a view where no terminal is: without colours, trailing blanks and any limit of width."""
    for part in parts:
        buffer = io.StringIO()
        console = Console(file=buffer, width=_UNLIMITED, color_system=None, force_terminal=False, legacy_windows=False)
        console.print(part, highlight=False, markup=False, soft_wrap=False)
        for line in buffer.getvalue().splitlines():
            file.write(line.rstrip() + "\n")


def write_spoken(parts: Iterable[RenderableType], file: TextIO) -> None:
    """Write the parts of a view for somebody who hears them: each row of a table is one line that names its cells,
    empty cells are left out, and signs are words."""
    for part in parts:
        if isinstance(part, Table):
            for line in _rows(part):
                file.write(_spoken(line) + "\n")
        else:
            buffer = io.StringIO()
            write_plain([part], buffer)
            file.write("".join(_spoken(line) + "\n" for line in buffer.getvalue().splitlines()))


def _rows(table: Table) -> Iterable[str]:
    headers = [str(column.header).strip() for column in table.columns]
    for cells in zip(*(column.cells for column in table.columns), strict=True):
        said = [(header, str(cell).strip()) for header, cell in zip(headers, cells, strict=True)]
        yield (
            "; ".join(
                f"{_SPOKEN_HEADERS.get(name, name)} {cell}".strip() for name, cell in said if cell and cell != NOTHING
            )
            + "."
        )


def _spoken(line: str) -> str:
    for sign, words in _SPOKEN_SIGNS:
        line = sign.sub(words, line)
    return line.strip()
