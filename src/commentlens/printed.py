"""What ``print`` and a ``.txt`` file show of a result: the plain view of the command of its name."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import RenderableType


class Printed:
    """Shows the parts of its view; a class that has one says which they are."""

    __slots__ = ()

    def _parts(self) -> Iterable[RenderableType]:
        """The parts of the view, top to bottom, for where no terminal is."""
        raise NotImplementedError

    def __str__(self) -> str:
        text = io.StringIO()
        self._write_plain(text)
        return text.getvalue()

    def _write_plain(self, file: TextIO) -> None:
        from commentlens.render.console import write_plain

        write_plain(self._parts(), file)
