"""Places: cities of GeoNames, countries, regions and nicknames, found by folded name.

`Places.lookup` gives every sense of a name, most likely first; which one a comment means, and whether it means a place
at all, is decided by `components.entities`. `Places.resolve` is for names that are known to be cities: entries.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

import marisa_trie

from commentlens.errors import KnowledgeError
from commentlens.knowledge.names import BOUNDARY, FoldedText, fold, reach_of
from commentlens.knowledge.place_data import (
    Ambiguity,
    Nickname,
    Region,
    read_ambiguous,
    read_countries,
    read_nicknames,
    read_regions,
    read_user_names,
)
from commentlens.knowledge.place_table import PlaceTable

PlaceLabel = Literal["CITY", "COUNTRY", "REGION"]
PREFIX = "geonames:"
_FILES = ("places.bin", "words.trie", "countries.jsonl", "regions.jsonl", "nicknames.jsonl", "ambiguous.toml")
_COMPASS = {
    "north": "North", "south": "South", "east": "East", "west": "West", "central": "Central", "northern": "Northern",
    "southern": "Southern", "eastern": "Eastern", "western": "Western", "mid": "Mid", "middle": "Middle",
    "northeast": "Northeast", "northwest": "Northwest", "southeast": "Southeast", "southwest": "Southwest",
    "north east": "North East", "north west": "North West", "south east": "South East", "south west": "South West",
    "upper": "Upper", "lower": "Lower", "inner": "Inner", "outer": "Outer", "far": "Far",
}  # fmt: skip
# Looser matches than these would let a short name be found in half of all words.
_MAJOR_CITY = 700_000
# No name is longer than so many characters.
_LONGEST = 60
# Venice has few people within its limits; everybody knows it.
_WELL_KNOWN = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city. ``id`` is GeoNames', ``country`` ISO 3166 alpha-2, coordinates in degrees, ``admin`` GeoNames' code."""

    id: int
    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    admin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSense:
    """One meaning of a name.

    ``id``: ``geonames:N`` or None. ``form``: how the name relates to the place. ``ambiguity``: what else the name is.
    ``upper``: the name counts only in capitals. ``only_entry``: only where the place is an entry. ``code``: only
    after a comma. ``region`` is set where ``label`` is REGION.
    """

    label: PlaceLabel
    name: str
    id: str | None
    country: str | None
    form: Literal["name", "alternate", "nickname", "code"]
    place: Place | None = None
    ambiguity: Ambiguity | None = None
    upper: bool = False
    only_entry: bool = False
    region: Region | None = None
    has_nickname: bool = False

    @property
    def population(self) -> int:
        """People living there; 0 for countries and regions."""
        return self.place.population if self.place else 0

    @property
    def prominence(self) -> int:
        """Population, but not less than a well-known city's where people have given the city a nickname."""
        return max(self.population, _WELL_KNOWN) if self.has_nickname else self.population


class Places:
    """The gazetteer; see the module's docstring. Made by `load`."""

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        """Map the table and read the lists.

        Args:
            folder: holds the files that `docs/gazetteer.md` lists.
            own: a folder whose files of the same names stand in for those, or a JSONL file of names to add.

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
        self._small: dict[str, tuple[PlaceSense, ...]] = {}
        self._nicknamed: set[int] = set()
        self._add_own()
        self._add_countries()
        self._add_regions()
        self._add_nicknames(read_nicknames(instead.get("nicknames.jsonl", folder / "nicknames.jsonl")))
        self._reach = reach_of(self._small)
        # Comments say the same words again and again.
        self.lookup = functools.lru_cache(maxsize=8192)(self._lookup)
        self.may_start = functools.lru_cache(maxsize=16384)(self._may_start)
        self.zipf = functools.lru_cache(maxsize=16384)(self._zipf)

    @classmethod
    def load(cls, own: Path | None = None) -> Places:
        """The shipped gazetteer, with a user's own names or files (see ``__init__``); the same is loaded once."""
        return _load(own)

    def _lookup(self, name: str) -> tuple[PlaceSense, ...]:
        """Every sense of a folded name, most likely first: nicknames, countries and regions, then cities by size."""
        small = self._small.get(name, ())
        known = {sense.id for sense in small if sense.id}
        cities = [
            sense
            for number, main in self._table.senses(name)
            if (sense := self._city(name, number, main)).id not in known
        ]
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
        for last in range(first, min(first + self._reach.get(text.words[first], 0), len(ends))):
            name = text.text[start : ends[last]]
            if name in self._small:
                found[last] = name
        return sorted(found.items())

    def _zipf(self, word: str) -> float:
        """How common a folded word is in English, 0 to 8 (zipf scale); 0 where it is rarer than 2.7."""
        found = self._words.get(word)
        return float(found[0][0]) / 10 if found else 0.0

    def is_word(self, word: str) -> bool:
        """Whether a folded word is usual English, so that it is no misspelt name."""
        return self.zipf(word) > 0

    def by_id(self, place_id: str) -> Place | None:
        """The city with that id (``geonames:N``); None for an unknown one and for countries and regions."""
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
            id=f"{PREFIX}{place.id}",
            country=place.country,
            form="name" if main else "alternate",
            place=place,
            ambiguity=self._ambiguous.get(name),
            has_nickname=number in self._nicknamed,
        )

    def _place(self, number: int) -> Place:
        row = self._table.row(number)
        return Place(
            id=row.id,
            name=row.name,
            country=row.country,
            latitude=row.latitude,
            longitude=row.longitude,
            population=row.population,
            admin=row.admin,
        )

    def _add(self, name: str, sense: PlaceSense) -> None:
        if name:
            senses = self._small.get(name, ())
            if not any(other.id == sense.id and other.name == sense.name for other in senses):
                self._small[name] = (*senses, sense)

    def _add_own(self) -> None:
        for own in self.own_names:
            if own.label == "COMPANY":
                continue
            for written in (own.name, *own.aliases):
                self._add(
                    fold(written),
                    PlaceSense(
                        label=own.label, name=own.name, id=own.id, country=own.country, form="name", has_nickname=True
                    ),
                )

    def _add_countries(self) -> None:
        for country in self.countries:
            words = {fold(written) for written in country.common}
            for written in (country.name, *country.aliases):
                name = fold(written)
                common: Ambiguity | None = "word" if name in words else None
                sense = PlaceSense(
                    label="COUNTRY",
                    name=country.name,
                    id=f"{PREFIX}{country.id}",
                    country=country.iso,
                    form="name",
                    ambiguity=common,
                    upper=common is not None and _in_capitals(written),
                )
                self._add(name, sense)
                if common is None and len(name) > 3 and (written == country.name or written == "Korea"):
                    for compass, said in _COMPASS.items():
                        if f"{compass} {name}" not in self._small:
                            self._add(f"{compass} {name}", _part(f"{said} {country.name}", country.iso))

    def _add_regions(self) -> None:
        for region in self.regions:
            words = {fold(written) for written in region.common}
            for written in (region.name, *region.aliases):
                name = fold(written)
                common: Ambiguity | None = "word" if name in words else None
                sense = PlaceSense(
                    label="REGION",
                    name=region.name,
                    id=f"{PREFIX}{region.id}" if region.id else None,
                    country=region.country,
                    form="name",
                    ambiguity=common,
                    upper=common is not None and _in_capitals(written),
                    region=region,
                )
                self._add(name, sense)
                if common is None and region.country is None:
                    for compass, said in _COMPASS.items():
                        if f"{compass} {name}" not in self._small:
                            self._add(f"{compass} {name}", _part(f"{said} {region.name}", region.country))
            if region.code:
                self._add(
                    fold(region.code),
                    PlaceSense(
                        label="REGION",
                        name=region.name,
                        id=f"{PREFIX}{region.id}" if region.id else None,
                        country=region.country,
                        form="code",
                        upper=True,
                        region=region,
                    ),
                )

    def _add_nicknames(self, nicknames: tuple[Nickname, ...]) -> None:
        self._nicknames = nicknames
        for nickname in nicknames:
            number = next(
                (
                    n
                    for n, _ in self._table.senses(fold(nickname.name))
                    if self._table.row(n).country == nickname.country
                ),
                None,
            )
            place = None if number is None else self._place(number)
            if number is not None:
                self._nicknamed.add(number)
            sense = PlaceSense(
                label="CITY",
                name=place.name if place else nickname.name,
                id=f"{PREFIX}{place.id}" if place else None,
                country=nickname.country,
                form="nickname",
                place=place,
                ambiguity=self._ambiguous.get(fold(nickname.alias)),
                upper=nickname.upper,
                only_entry=nickname.only_entry,
            )
            name = fold(nickname.alias)
            if name in self._small and not nickname.only_entry and self._small[name][0].form == "code":
                # "NY" after a comma is the state, elsewhere the city.
                self._small[name] = (sense, *self._small[name])
            else:
                self._add(name, sense)


def _in_capitals(written: str) -> bool:
    return written.replace(".", "").replace(" ", "").isupper()


def _part(name: str, country: str | None) -> PlaceSense:
    return PlaceSense(label="REGION", name=name, id=None, country=country, form="name")


def _stand_ins(own: Path) -> dict[str, Path]:
    if not own.exists():
        raise KnowledgeError(f"{own}: no such gazetteer. Give a JSONL file of names or a folder (docs/gazetteer.md).")
    if not own.is_dir():
        return {}
    found = {name: own / name for name in _FILES if (own / name).is_file()}
    if not found:
        raise KnowledgeError(f"{own}: holds none of {', '.join(_FILES)}, so it is no gazetteer (docs/gazetteer.md).")
    return found


@functools.cache
def _load(own: Path | None) -> Places:
    return Places(Path(str(files("commentlens.knowledge").joinpath("data"))), own)
