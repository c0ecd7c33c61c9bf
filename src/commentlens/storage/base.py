"""What a file or folder can do, wherever it lies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import Any

PART = ".part"
"""Ending of files that are being written."""


class Location(ABC):
    """A file or folder, there or not. ``str`` gives what a user would write.

    All methods raise `OSError` where a file cannot be read or written, as those of `pathlib.Path` do; in object storage
    `FileNotFoundError` where it is not there, and otherwise `CommentlensError`, which says what to do.
    """

    @property
    @abstractmethod
    def name(self) -> str:
        """The last part."""

    @property
    def suffix(self) -> str:
        """The ending of the name."""
        return PurePosixPath(self.name).suffix

    @abstractmethod
    def __truediv__(self, inside: str) -> Location:
        """Something in the folder."""

    @abstractmethod
    def is_file(self) -> bool:
        """Whether it is a file that is there."""

    @abstractmethod
    def is_folder(self) -> bool:
        """Whether it is a folder that is there."""

    @abstractmethod
    def inside(self) -> Sequence[Location]:
        """What is in the folder, sorted by name; without what is in its folders."""

    @abstractmethod
    def files(self) -> Sequence[Location]:
        """The files among them."""

    @abstractmethod
    def size(self) -> int:
        """Bytes of the file."""

    @abstractmethod
    def open(self) -> BufferedReader:
        """The file's bytes from the first; it can be sought in."""

    @abstractmethod
    def for_pyarrow(self) -> Any:
        """The file, as pyarrow takes it that reads some places of it."""

    @abstractmethod
    def put(self, content: bytes) -> None:
        """Make the file hold this, whatever it held: whole or not at all."""

    @abstractmethod
    def draft(self) -> Draft:
        """A text file that takes this place when it is complete."""

    @abstractmethod
    def matches(self) -> Sequence[Location]:
        """The files that it matches as a pattern, sorted: ``*``, ``?``, ``[…]``, and ``**`` for any folders."""

    @abstractmethod
    def remove(self) -> None:
        """Remove the file."""

    @abstractmethod
    def make_folder(self) -> None:
        """See to it that files can be written into the folder."""

    @abstractmethod
    def held(self) -> AbstractContextManager[None]:
        """Keep other processes that hold the folder from it, where that is possible (object storage has no locks).

        Raises:
            BlockingIOError: If another process holds it.
        """

    @abstractmethod
    def fetch(self, folder: Path) -> Path:
        """The file on this machine: itself, or a copy in a folder of this machine."""

    def read_text(self) -> str:
        """The whole file, which is UTF-8."""
        with self.open() as file:
            return file.read().decode("utf-8")


class Draft:
    """Text on its way to a file, as UTF-8 with newlines as written.

    Args:
        path: where on this machine it is until then.
        publish: takes the path, and gives the file its place.
    """

    def __init__(self, path: Path, publish: Callable[[Path], None]) -> None:
        self._path, self._publish = path, publish
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, text: str) -> None:
        """Write more."""
        self._file.write(text)

    def close(self) -> None:
        """Stop writing; what is written is gone unless it was completed."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def complete(self) -> None:
        """Let the file appear in its place."""
        self._file.close()
        self._publish(self._path)
