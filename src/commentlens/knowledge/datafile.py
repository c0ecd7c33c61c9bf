"""TOML data files with the line of every table, so that a fault can be named where a person will look for it."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commentlens.errors import KnowledgeError, place

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]?\]\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class DataFile:
    """A parsed file; ``lines[name]`` holds the line of each ``[name]`` or ``[[name]]`` header, in order."""

    path: Path
    data: dict[str, Any]
    lines: dict[str, list[int]]
    text: tuple[str, ...]

    def where(self, table: str, index: int = 0, field: str | None = None) -> str:
        """Place of the index-th table of that name, or of a field in it, for messages."""
        headers = self.lines.get(table, [])
        if index >= len(headers):
            return place(self.path, self._top_level(table))
        line = headers[index]
        if field is not None:
            for number, content in enumerate(self.text[line:], line + 1):
                if _HEADER.match(content):
                    break
                if re.match(rf"\s*\"?{re.escape(field)}\"?\s*=", content):
                    return place(self.path, number)
        return place(self.path, line)

    def _top_level(self, key: str) -> int | None:
        """Line of a key that is no table of its own."""
        for number, content in enumerate(self.text, 1):
            if _HEADER.match(content):
                return None
            if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", content):
                return number
        return None


def read_data_file(path: Path) -> DataFile:
    """Read a TOML file.

    Raises:
        KnowledgeError: If the file is missing, not UTF-8 or not TOML; the message names file and line.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise KnowledgeError(
            f"{place(path, line)}: is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{path}: is not valid TOML: {error}.") from error
    except RecursionError:
        raise KnowledgeError(f"{path}: is not valid TOML: brackets in brackets without end.") from None
    lines: dict[str, list[int]] = defaultdict(list)
    content = tuple(text.split("\n"))
    for number, row in enumerate(content, 1):
        if match := _HEADER.match(row):
            lines[match[1]].append(number)
    return DataFile(path=path, data=data, lines=dict(lines), text=content)
