"""Places: cities of GeoNames, countries, regions and nicknames, found by folded name.

`Places.lookup` gives every sense of a name, most likely first; which one a comment means, and whether it means a place
at all, is decided by `components.entities`. `Places.resolve` is for names that are known to be cities: entries.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import marisa_trie

from commentlens.errors import KnowledgeError
from commentlens.knowledge.listed_senses import ListedSenses, own_place
from commentlens.knowledge.names import BOUNDARY, FoldedText, fold, plain_name, reach_of
from commentlens.knowledge.place_data import (
    read_ambiguous,
    read_city_names,
    read_countries,
    read_nicknames,
    read_regions,
)
from commentlens.knowledge.place_senses import PREFIX, Place, PlaceSense
from commentlens.knowledge.place_table import PlaceTable
from commentlens.knowledge.user_names import read_user_names

_FILES = (
    "places.bin",
    "words.trie",
    "countries.jsonl",
    "regions.jsonl",
    "nicknames.jsonl",
    "city_names.jsonl",
    "ambiguous.toml",
)
# A name of several words in one needs so many letters, and so many people, to be known again.
_GLUED_CITY, _GLUED_LETTERS = 300_000, 7
# Looser matches than these would let a short name be found in half of all words.
_MAJOR_CITY = 700_000
# What half of all comments hold (zipf).
_EVERYDAY = 5.3
# No name is longer than so many characters.
_LONGEST = 60


class Places:
    """The gazetteer; see the module's docstring. Made by `load`."""

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        """Map the table and read the lists.

        Args:
            folder: holds the files that `docs/gazetteer.md` lists.
            own: a folder whose files of the same names stand in for those, or a file of names to add (JSONL or CSV).

        Raises:
            KnowledgeError: If a file is missing or not valid.
        """
        instead = _stand_ins(own) if own is not None else {}
        self._table = PlaceTable(instead.get("places.bin", folder / "places.bin").parent)
        self._ambiguous = read_ambiguous(instead.get("ambiguous.toml", folder / "ambiguous.toml"))
        self.countries = read_countries(instead.get("countries.jsonl", folder / "countries.jsonl"))
        self.regions = read_regions(instead.get("regions.jsonl", folder / "regions.jsonl"))
        #: Names of the user's own; those of companies are for `companies.Companies.adding`.
        self.own_names = read_user_names(own) if own is not None and not own.is_dir() else ()
        self._country_names = {country.iso: country.name for country in reversed(self.countries)}
        self._country_names |= {"SG": "Singapore", "HK": "Hong Kong", "MO": "Macau", "MC": "Monaco"}
        self._country_names |= {"VA": "Vatican City", "GI": "Gibraltar"}
        self._words = marisa_trie.BytesTrie()
        self._words.mmap(str(instead.get("words.trie", folder / "words.trie")))
        self._usual = read_city_names(instead.get("city_names.jsonl", folder / "city_names.jsonl"))
        self._usual_names: dict[str, list[int]] = {}
        for number, place_id in enumerate(self._table.ids()):
            if place_id in self._usual:
                self._usual_names.setdefault(fold(self._usual[place_id]), []).append(number)
        self._nicknamed: set[int] = set()
        self._nicknames = read_nicknames(instead.get("nicknames.jsonl", folder / "nicknames.jsonl"))
        listed = ListedSenses(self._ambiguous)
        listed.add_own(self.own_names)
        listed.add_countries(self.countries)
        listed.add_regions(self.regions)
        listed.add_nicknames(self._nicknames, self._nicknamed_city)
        self._small = listed.by_name
        self._reach = reach_of(self._usual_names.keys() | self._small.keys())
        # Comments say the same words again and again.
        self.lookup = functools.lru_cache(maxsize=8192)(self._lookup)
        self.may_start = functools.lru_cache(maxsize=16384)(self._may_start)
        self.is_everyday = functools.lru_cache(maxsize=1024)(self._is_everyday)
        self.zipf = functools.lru_cache(maxsize=16384)(self._zipf)

    @classmethod
    def load(cls, own: Path | None = None) -> Places:
        """The shipped gazetteer, with a user's own names or files (see ``__init__``); the same is loaded once."""
        return _load(own)

    def _lookup(self, name: str) -> tuple[PlaceSense, ...]:
        """Every sense of a folded name, most likely first: nicknames, countries and regions, then cities by size."""
        small = self._small.get(name, ())
        known = {sense.id for sense in small if sense.id}
        numbers = self._table.senses(name)
        usual = self._usual_names.get(name)
        if usual:
            # The number of a city tells its rank by size.
            numbers = tuple(
                sorted({**dict(numbers), **dict.fromkeys(usual, True)}.items(), key=lambda n: (not n[1], n))
            )
        cities = [sense for number, main in numbers if (sense := self._city(name, number, main)).id not in known]
        return (*small, *cities)

    def _may_start(self, word: str) -> bool:
        """Whether the name of any place begins with this folded word: saves most look-ups."""
        return word in self._reach or self._table.may_start(word)

    def matches(self, text: FoldedText, first: int) -> list[tuple[int, str]]:
        """Names of places that begin at the word ``first`` of a text, shortest first.

        Returns:
            (number of the last word, folded name) of each.
        """
        start, ends = text.starts[first], text.ends
        found: dict[int, str] = {}
        for name in self._table.prefixes(text.text[start : start + _LONGEST]):
            last = bisect_left(ends, start + len(name), first)
            if last < len(ends) and ends[last] == start + len(name):
                found[last] = name
        reach = self._reach.get(text.words[first], 0)
        if not (found or reach):
            return []
        for last in range(first, min(first + reach, len(ends))):
            name = text.text[start : ends[last]]
            if name in self._small or name in self._usual_names:
                found[last] = name
        return sorted(found.items())

    def _is_everyday(self, name: str) -> bool:
        """Whether a folded name is one of the most frequent words ("to", "than", "best") and besides a city's only."""
        return self.zipf(name) >= _EVERYDAY and all(
            sense.label == "CITY" and sense.ambiguity == "word" and sense.form in ("name", "alternate")
            for sense in self.lookup(name)
        )

    def _zipf(self, word: str) -> float:
        """How common a folded word is in English, 0 to 8 (zipf scale); 0 where it is rarer than 2.7."""
        found = self._words.get(word)
        return float(found[0][0]) / 10 if found else 0.0

    def is_word(self, word: str) -> bool:
        """Whether a folded word is usual English, so that it is no misspelt name."""
        return self.zipf(word) > 0

    def by_id(self, place_id: str) -> Place | None:
        """The city with that id (``geonames:N``); None for an unknown one and for countries and regions."""
        own = self._own_places.get(place_id)
        if own is not None:
            return own
        number = self._numbers.get(place_id.removeprefix(PREFIX))
        return None if number is None else self._place(number)

    def resolve(self, name: str, within: str | None = None) -> Place | None:
        """The city that an entry of a list means.

        Args:
            name: as the list writes it.
            within: what followed the comma: a country, a state or its code.

        Returns:
            The largest city so called (in ``within``, if that is known), None if there is none.
        """
        cities = [sense for sense in self.lookup(fold(name)) if sense.place is not None]
        if not cities and BOUNDARY in fold(name):
            head, _, tail = name.partition(",")
            return self.resolve(head, within or tail.strip()) if tail.strip() else None
        if within:
            inside = [sense for sense in cities if self.is_within(sense, within)]
            if inside:
                cities = inside
        best = max(cities, key=self._weight, default=None)
        return best.place if best else None

    def is_within(self, sense: PlaceSense, area: str) -> bool:
        """Whether a city lies in an area: a country, state or code, as people write it."""
        place = sense.place
        if place is None:
            return False
        for country, admin in self._areas(fold(area)):
            if place.country == country and (admin is None or admin == place.admin):
                return True
        return False

    def country_name(self, iso: str) -> str | None:
        """``"DE"`` gives ``"Germany"``."""
        return self._country_names.get(iso)

    @functools.cached_property
    def major_names(self) -> tuple[str, ...]:
        """Folded main names of big cities, and names of countries, for finding misspellings."""
        names = set()
        for number in range(len(self._table)):
            row = self._table.row(number)
            if row.population < _MAJOR_CITY:
                break
            names.add(fold(row.name))
        names.update(fold(country.name) for country in self.countries)
        names.update(fold(nickname.name) for nickname in self._nicknames)
        return tuple(sorted(name for name in names if len(name) >= 5 and BOUNDARY not in name))

    @functools.cached_property
    def glued_names(self) -> Mapping[str, str]:
        """Names of several words, of big cities and of countries, as written without blanks: to the folded name."""
        names = [fold(country.name) for country in self.countries] + [
            fold(nickname.name) for nickname in self._nicknames
        ]
        for number in range(len(self._table)):
            row = self._table.row(number)
            if row.population < _GLUED_CITY:
                break
            names.append(fold(row.name))
        many = (name for name in names if " " in name and BOUNDARY not in name)
        return {glued: name for name in many if len(glued := name.replace(" ", "")) >= _GLUED_LETTERS}

    @functools.cached_property
    def _own_places(self) -> dict[str, Place]:
        return {own.id: own_place(own) for own in self.own_names if own.id and own.label == "CITY"}

    @functools.cached_property
    def _numbers(self) -> dict[str, int]:
        return {str(place_id): number for number, place_id in enumerate(self._table.ids())}

    def _weight(self, sense: PlaceSense) -> float:
        return sense.population * {"name": 1.0, "nickname": 1.0, "alternate": 0.05, "code": 0.0}[sense.form]

    def _areas(self, area: str) -> Iterator[tuple[str, str | None]]:
        for sense in self._small.get(area, ()):
            if sense.label == "COUNTRY" and sense.country:
                yield sense.country, None
            elif sense.region and sense.region.country:
                yield sense.region.country, sense.region.code if sense.region.country == "US" else None
        for number, main in self._table.senses(area)[:1]:
            # "Buffalo, New York", "Kowloon, Hong Kong": the area goes by the name of its city.
            row = self._table.row(number)
            if main:
                yield row.country, row.admin

    def _city(self, name: str, number: int, main: bool) -> PlaceSense:
        place = self._place(number)
        return PlaceSense(
            label="CITY",
            name=place.name,
            id=place.ref,
            country=place.country,
            form="name" if main else "alternate",
            place=place,
            ambiguity=self._ambiguous.get(name),
            has_nickname=number in self._nicknamed,
        )

    def _nicknamed_city(self, name: str, country: str) -> Place | None:
        senses = self._table.senses(name)
        number = next((number for number, _ in senses if self._table.row(number).country == country), None)
        if number is None:
            return None
        self._nicknamed.add(number)
        return self._place(number)

    def _place(self, number: int) -> Place:
        row = self._table.row(number)
        return Place(
            id=row.id,
            name=self._usual.get(row.id) or plain_name(row.name, row.country),
            country=row.country,
            latitude=row.latitude,
            longitude=row.longitude,
            population=row.population,
            admin=row.admin,
        )


def _stand_ins(own: Path) -> dict[str, Path]:
    if not own.exists():
        raise KnowledgeError(
            f"{own}: no such gazetteer. Give a CSV or JSONL file of names or a folder (docs/gazetteer.md)."
        )
    if not own.is_dir():
        return {}
    found = {name: own / name for name in _FILES if (own / name).is_file()}
    if not found:
        raise KnowledgeError(f"{own}: holds none of {', '.join(_FILES)}, so it is no gazetteer (docs/gazetteer.md).")
    return found


@functools.cache
def _load(own: Path | None) -> Places:
    return Places(Path(str(files("commentlens.knowledge").joinpath("data"))), own)
