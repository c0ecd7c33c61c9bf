"""Reads and checks the place lists beside the table: countries, regions, nicknames, ambiguous names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.knowledge.fields import json_rows, text, texts, whole
from commentlens.knowledge.names import fold

Ambiguity = Literal["word", "person", "district"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country: ``iso`` alpha-2, ``id`` GeoNames, ``name`` as it is usually said; ``common``: names that are words."""

    iso: str
    id: int
    name: str
    continent: str
    aliases: tuple[str, ...] = ()
    common: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A state, continent or other area.

    ``code``: how it is written after a comma ("Austin, TX"). ``area_of``: the city for which it stands in comments
    under that city. ``short``: what it is called once it has been named ("the valley").
    """

    name: str
    country: str | None = None
    code: str | None = None
    id: int | None = None
    aliases: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    area_of: str | None = None
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Nickname:
    """Another name of a city. ``upper``: counts only in capitals; ``only_entry``: only where the city is the entry."""

    alias: str
    name: str
    country: str
    upper: bool = False
    only_entry: bool = False


def read_countries(path: Path) -> tuple[Country, ...]:
    """Read ``countries.jsonl``; raises `KnowledgeError` naming file, line and field."""
    return tuple(
        Country(
            iso=text(row, "iso", where),
            id=whole(row, "id", where),
            name=text(row, "name", where),
            continent=text(row, "continent", where),
            aliases=texts(row, "aliases", where),
            common=texts(row, "common", where),
        )
        for row, where in _rows(path, {"iso", "id", "name", "continent", "aliases", "common"})
    )


def read_regions(path: Path) -> tuple[Region, ...]:
    """Read ``regions.jsonl``; raises `KnowledgeError` naming file, line and field."""
    keys = {"name", "country", "code", "id", "aliases", "common", "area_of", "short"}
    return tuple(
        Region(
            name=text(row, "name", where),
            country=text(row, "country", where) if "country" in row else None,
            code=text(row, "code", where) if "code" in row else None,
            id=whole(row, "id", where) if "id" in row else None,
            aliases=texts(row, "aliases", where),
            common=texts(row, "common", where),
            area_of=text(row, "area_of", where) if "area_of" in row else None,
            short=texts(row, "short", where),
        )
        for row, where in _rows(path, keys)
    )


def read_nicknames(path: Path) -> tuple[Nickname, ...]:
    """Read ``nicknames.jsonl``; raises `KnowledgeError` naming file, line and field."""
    found = []
    for row, where in _rows(path, {"alias", "name", "country", "case", "only"}):
        for key, allowed in (("case", "upper"), ("only", "entry")):
            if row.get(key, allowed) != allowed:
                raise KnowledgeError(field_message(where, key, row[key], f'"{allowed}" or left out'))
        found.append(
            Nickname(
                alias=text(row, "alias", where),
                name=text(row, "name", where),
                country=text(row, "country", where),
                upper="case" in row,
                only_entry="only" in row,
            )
        )
    return tuple(found)


def read_city_names(path: Path) -> dict[int, str]:
    """Read ``city_names.jsonl``: GeoNames id to the usual English name; raises `KnowledgeError` as the others do."""
    return {whole(row, "id", where): text(row, "name", where) for row, where in _rows(path, {"id", "name", "geonames"})}


def read_ambiguous(path: Path) -> dict[str, Ambiguity]:
    """Read ``ambiguous.toml``: folded name to what else it is; raises `KnowledgeError` naming file and key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"{path.name}: cannot be read ({error}).") from error
    kinds: dict[str, Ambiguity] = {"words": "word", "persons": "person", "districts": "district"}
    if unknown := data.keys() - kinds.keys():
        raise KnowledgeError(unknown_keys_message(path.name, unknown, kinds))
    found: dict[str, Ambiguity] = {}
    for key in ("persons", "words", "districts"):
        text = data.get(key, "")
        if not isinstance(text, str):
            raise KnowledgeError(field_message(path.name, key, text, "one string, names parted by blanks or |"))
        names = text.replace("\n", "|").split("|") if "|" in text else text.split()
        found.update((fold(name), kinds[key]) for name in names if name.strip())
    return found


def _rows(path: Path, keys: set[str]) -> Iterator[tuple[Mapping[str, Any], str]]:
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"{path.name}: cannot be read ({error}).") from error
    return json_rows(path.name, content, keys)
