"""Reads a user's own gazetteer: names of cities, companies, countries and regions, as JSONL or as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from commentlens.errors import CommentlensError, KnowledgeError, field_message, place, unknown_keys_message
from commentlens.knowledge.fields import json_rows, number, text, texts, whole

UserLabel = Literal["CITY", "COMPANY", "COUNTRY", "REGION"]
USER_LABELS: tuple[UserLabel, ...] = ("CITY", "COMPANY", "COUNTRY", "REGION")
COLUMNS = ("name", "label", "aliases", "id", "country", "latitude", "longitude", "population")
_PLACES_ONLY = ("latitude", "longitude", "population")
_TABLES = {".csv": True, ".tsv": True, ".tab": True, ".jsonl": False, ".ndjson": False}
_BETWEEN_ALIASES = re.compile(r"\s*[|;]\s*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_EXAMPLE = "name,label,aliases,country"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserName:
    """A name of a user's own gazetteer: what it names, its usual name and other names, and where a place lies.

    ``country``: ISO 3166 alpha-2. ``latitude``, ``longitude``: degrees, both or neither. ``population``: people; 0
    where the file does not say.
    """

    name: str
    label: UserLabel
    aliases: tuple[str, ...] = ()
    id: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0


def read_user_names(path: Path) -> tuple[UserName, ...]:
    """Read a user's gazetteer: a table with a header (CSV, with tabs or semicolons too) or one JSON object a line.

    The suffix tells which, else the first character. Columns and keys are `COLUMNS`, of which ``name`` and ``label``
    are needed; aliases are parted by ``|`` or ``;`` in a table and a list in JSON.

    Raises:
        KnowledgeError: If the file cannot be read or a row is not valid; names file, line, field, what was got and what
            is allowed.
    """
    from commentlens.corpus.repair import encoding_of_file
    from commentlens.corpus.streams import SourceFile

    try:
        encoding = encoding_of_file(SourceFile(path))
        content = path.read_text(encoding=encoding)
    except (CommentlensError, OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path.name}: cannot be read ({error}).") from error
    content = content.removeprefix("\ufeff")
    is_table = _TABLES.get(path.suffix.lower())
    if is_table is None:
        is_table = content.lstrip()[:1] not in ("{", "[", "")
    rows = _table_rows(path, content, encoding) if is_table else json_rows(path.name, content, COLUMNS)
    return tuple(_user_name(row, where) for row, where in rows)


def _user_name(row: Mapping[str, Any], where: str) -> UserName:
    label = row.get("label")
    known = label.strip().upper() if isinstance(label, str) else None
    if known not in USER_LABELS:
        raise KnowledgeError(field_message(where, "label", label, f"one of {', '.join(USER_LABELS)}"))
    country = text(row, "country", where) if row.get("country") is not None else None
    if country is not None and not _COUNTRY.fullmatch(country.upper()):
        raise KnowledgeError(field_message(where, "country", country, "a country's two letters (ISO 3166), such as US"))
    given = [key for key in _PLACES_ONLY if row.get(key) is not None]
    if given and known != "CITY":
        raise KnowledgeError(field_message(where, given[0], row[given[0]], f"left out where the label is {known}"))
    if ("latitude" in given) != ("longitude" in given):
        missing = "longitude" if "latitude" in given else "latitude"
        raise KnowledgeError(field_message(where, missing, None, "given too: one coordinate alone is no place"))
    population = whole(row, "population", where) if "population" in given else 0
    if population < 0:
        raise KnowledgeError(field_message(where, "population", population, "a whole number from 0"))
    return UserName(
        name=text(row, "name", where).strip(),
        label=known,
        aliases=texts(row, "aliases", where),
        id=text(row, "id", where) if row.get("id") is not None else None,
        country=country.upper() if country else None,
        latitude=number(row, "latitude", where, -90, 90) if "latitude" in given else None,
        longitude=number(row, "longitude", where, -180, 180) if "longitude" in given else None,
        population=population,
    )


def _table_rows(path: Path, content: str, encoding: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    from commentlens.corpus.rows import Row, delimited_rows, delimiter_of, header_cells
    from commentlens.corpus.streams import SourceFile

    at, header = next(((n, line) for n, line in enumerate(content.splitlines(), 1) if line.strip()), (1, ""))
    where = place(path.name, at)
    delimiter = delimiter_of(header) or ","
    columns = [column.lower() for column in header_cells(header, delimiter)]
    if unknown := {column for column in columns if column not in COLUMNS}:
        raise KnowledgeError(unknown_keys_message(where, unknown, COLUMNS) + f" A header is {_EXAMPLE!r}.")
    for column in columns:
        if columns.count(column) > 1:
            raise KnowledgeError(f'{where}: the column "{column}" stands there twice. Keep one of them.')
    if missing := [column for column in COLUMNS[:2] if column not in columns]:
        raise KnowledgeError(f'{where}: no column "{missing[0]}". The first line names the columns: {_EXAMPLE!r}.')
    for row in delimited_rows(SourceFile(path), encoding, delimiter):
        where = place(path.name, row.line)
        if not isinstance(row, Row):
            raise KnowledgeError(f"{where}: {row.reason}. Put a cell that holds {delimiter!r} in quotation marks.")
        cells = {key.lower(): cell.strip() for key, cell in row.cells.items()}
        yield {key: _value(key, cell, delimiter) for key, cell in cells.items() if cell}, where


def _value(key: str, cell: str, delimiter: str) -> object:
    """A cell as JSON would have it; what is no number stays text, for the message."""
    if key == "aliases":
        return [alias for alias in _BETWEEN_ALIASES.split(cell) if alias]
    if key == "population":
        return int(cell) if cell.isascii() and cell.isdigit() else cell
    if key in ("latitude", "longitude"):
        # Where cells are parted by semicolons, numbers have a decimal comma.
        written = cell.replace(",", ".") if delimiter == ";" else cell
        try:
            return float(written)
        except ValueError:
            return cell
    return cell
