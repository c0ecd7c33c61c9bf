"""The two ways of showing: on a terminal, fitted and coloured; anywhere else plain, at full width, nothing cut."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console, RenderableType

_UNLIMITED = 100_000


@dataclass(frozen=True, slots=True)
class Screen:
    """What a view must know of where it is shown.

    ``width``: columns, None for no limit. ``plain``: no bars, no colours, and nothing left out.
    """

    width: int | None
    plain: bool

    @classmethod
    def of(cls, console: Console) -> Screen:
        """The screen that a terminal's console stands for."""
        return cls(width=console.width, plain=False)


PLAIN = Screen(width=None, plain=True)


def show(parts: Iterable[RenderableType], console: Console) -> None:
    """Print the parts of a view, on a terminal."""
    for part in parts:
        console.print(part, highlight=False, markup=False, soft_wrap=False)


def write_plain(parts: Iterable[RenderableType], file: TextIO) -> None:
    """Write the parts of a view where no terminal is: without colours, trailing blanks and any limit of width."""
    for part in parts:
        buffer = io.StringIO()
        console = Console(file=buffer, width=_UNLIMITED, color_system=None, force_terminal=False, legacy_windows=False)
        console.print(part, highlight=False, markup=False, soft_wrap=False)
        for line in buffer.getvalue().splitlines():
            file.write(line.rstrip() + "\n")
