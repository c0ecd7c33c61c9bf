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
            return place(self.path)
        line = headers[index]
        if field is not None:
            for number, content in enumerate(self.text[line:], line + 1):
                if _HEADER.match(content):
                    break
                if re.match(rf"\s*\"?{re.escape(field)}\"?\s*=", content):
                    return place(self.path, number)
        return place(self.path, line)


def read_data_file(path: Path) -> DataFile:
    """Read a TOML file.

    Raises:
        KnowledgeError: If the file is missing, not UTF-8 or not TOML; the message names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{path}: is not valid TOML: {error}.") from error
    lines: dict[str, list[int]] = defaultdict(list)
    content = tuple(text.splitlines())
    for number, line in enumerate(content, 1):
        if match := _HEADER.match(line):
            lines[match[1]].append(number)
    return DataFile(path=path, data=data, lines=dict(lines), text=content)
