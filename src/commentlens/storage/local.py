"""Files and folders of this machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from glob import has_magic
from io import BufferedReader
from itertools import takewhile
from pathlib import Path
from typing import Any

from commentlens.storage.base import PART, Draft, Location

_PART = re.compile(rf"\.(.+)\.\d+{re.escape(PART)}")


@dataclass(frozen=True)
class LocalPath(Location):
    """A path."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    @property
    def name(self) -> str:
        return self.path.name

    def __truediv__(self, inside: str) -> Location:
        return LocalPath(self.path / inside)

    def is_file(self) -> bool:
        # What can be read but is no folder, such as a pipe, is as good as a file.
        return self.path.exists() and not self.path.is_dir()

    def is_folder(self) -> bool:
        return self.path.is_dir()

    def inside(self) -> Sequence[Location]:
        return [LocalPath(path) for path in sorted(self.path.iterdir())]

    def files(self) -> Sequence[Location]:
        return [LocalPath(path) for path in sorted(self.path.iterdir()) if path.is_file()]

    def matches(self) -> Sequence[Location]:
        plain = list(takewhile(lambda part: not has_magic(part), self.path.parts))
        wild = "/".join(self.path.parts[len(plain) :])
        return [LocalPath(path) for path in sorted(Path(*plain).glob(wild)) if path.is_file()]

    def size(self) -> int:
        return self.path.stat().st_size

    def open(self) -> BufferedReader:
        return self.path.open("rb")

    def for_pyarrow(self) -> Any:
        return self.path

    def put(self, content: bytes) -> None:
        with replacing(self.path, durable=True) as part:
            part.write_bytes(content)

    def draft(self) -> Draft:
        return Draft(_part_of(self.path), lambda part: _settle(part, self.path, durable=True))

    def remove(self) -> None:
        self.path.unlink()

    def make_folder(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        handle = os.open(self.path, os.O_RDONLY)
        try:
            with suppress(ImportError):
                import fcntl

                # The system lets go of it when the process ends, however it ends.
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        finally:
            os.close(handle)

    def fetch(self, folder: Path) -> Path:  # noqa: ARG002 (others need it)
        return self.path


@contextmanager
def replacing(path: Path, *, durable: bool = False) -> Iterator[Path]:
    """A path beside ``path`` to write to; takes its place on success, is removed on failure.

    Args:
        path: where to.
        durable: see to it that the file and its name outlast a power cut.
    """
    part = _part_of(path)
    try:
        yield part
        _settle(part, path, durable=durable)
    finally:
        part.unlink(missing_ok=True)


def unfinished(name: str) -> str | None:
    """The name of the file of which a file with this name is a part that was not finished; None where it is no part.

    One that is found where nobody writes was left by a process that was killed.
    """
    part = _PART.fullmatch(name)
    return part[1] if part else None


def _part_of(path: Path) -> Path:
    # Of this process: two that write one file do not write into each other's part.
    return path.with_name(f".{path.name}.{os.getpid()}{PART}")


def _settle(part: Path, path: Path, *, durable: bool) -> None:
    """Give what is written to its end its name."""
    if durable:
        with part.open("rb+") as file:
            os.fsync(file.fileno())
    part.replace(path)
    if durable and os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
