"""A source's file, opened for reading as often as is needed: unpacked on the way, and knowing how far it was read."""

from __future__ import annotations

import gzip
import io
from pathlib import Path, PurePath
from typing import IO, Any, BinaryIO, Literal, TextIO, cast, overload

from commentlens.errors import SourceError
from commentlens.storage import Location, location

PACKED = {".gz": "gzip", ".zst": "zstd", ".zstd": "zstd"}
"""Endings of packed files, each with what packed it; what a file is shows in its first bytes all the same."""
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_CHUNK = 1 << 18


class SourceFile:
    """A file that is read as text or bytes; gzip and Zstandard are unpacked as a stream, never as a whole.

    ``suffix`` is the ending of what it holds (``.jsonl`` for ``dump.jsonl.gz``), lower-cased.

    Raises:
        SourceError: If the file cannot be read.
    """

    def __init__(self, path: Path | Location, shown: str | None = None) -> None:
        self._at = location(path)
        self._shown = shown or str(path)
        try:
            self._size = self._at.size()
            with self._at.open() as file:
                head = file.read(4)
        except OSError as error:
            raise SourceError(f"{self._shown} cannot be read: {error.strerror or error}. Check its rights.") from error
        self.packed = next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)
        inner = PurePath(self._at.name)
        inner = inner.with_suffix("") if inner.suffix.lower() in PACKED else inner
        self.suffix = inner.suffix.lower()
        self._raw: BinaryIO | None = None
        self._fraction = 0.0

    def __str__(self) -> str:
        return self._shown

    @overload
    def open(self, mode: Literal["r"] = ..., *, encoding: str, newline: str | None = ...) -> TextIO: ...

    @overload
    def open(self, mode: Literal["rb"]) -> BinaryIO: ...

    def open(
        self, mode: Literal["r", "rb"] = "r", *, encoding: str = "utf-8", newline: str | None = None
    ) -> TextIO | BinaryIO:
        """The unpacked text (``r``) or bytes (``rb``), from the first; as `Path.open`.

        Raises:
            SourceError: If it cannot be opened.
        """
        try:
            raw = self._raw = self._at.open()
        except OSError as error:
            raise SourceError(f"{self._shown} cannot be read: {error.strerror or error}. Check its rights.") from error
        unpacked: BinaryIO = raw
        if self.packed is not None:
            unpacked = cast(BinaryIO, io.BufferedReader(_Unpacked(raw, self.packed, self._shown), _CHUNK))
        return unpacked if mode == "rb" else io.TextIOWrapper(unpacked, encoding=encoding, newline=newline)

    def for_pyarrow(self) -> Any:
        """The file as it lies there, for pyarrow.

        Raises:
            OSError: If it cannot be opened.
        """
        return self._at.for_pyarrow()

    def read_text(self, encoding: str) -> str:
        """The whole text."""
        with self.open(encoding=encoding) as file:
            return file.read()

    def advanced(self, fraction: float) -> None:
        """Told by a reader that does not go through `open` how far it is."""
        self._fraction = fraction

    def fraction(self) -> float:
        """How much of the file was read since it was opened last, 0 to 1; packed files count packed."""
        if self._raw is None or not self._size:
            return self._fraction
        return 1.0 if self._raw.closed else self._raw.tell() / self._size


class _Unpacked(io.RawIOBase):
    """What a packed stream holds; a stream that ends early or is broken is a `SourceError`, not silence."""

    def __init__(self, raw: BinaryIO, packed: str, shown: str) -> None:
        self._raw, self._shown = raw, shown
        self._stream: IO[bytes] | Any
        if packed == "gzip":
            self._stream = gzip.GzipFile(fileobj=raw)
        else:
            # Here, because pyarrow takes a quarter of a second to import; it brings a decoder for Zstandard.
            import pyarrow

            self._stream = pyarrow.CompressedInputStream(pyarrow.PythonFile(raw), "zstd")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except (OSError, EOFError, ValueError) as error:
            raise SourceError(f"{self._shown} cannot be unpacked: {error}. Pack it again, or fetch it anew.") from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._raw.close()
        super().close()
