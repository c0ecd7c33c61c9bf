"""Cities, countries, regions and companies of the gazetteer, drawn as often as people write of them, roughly."""

from __future__ import annotations

import bisect
import itertools
import math
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from commentlens.knowledge.companies import Companies
from commentlens.knowledge.names import fold
from commentlens.knowledge.place_data import read_countries, read_nicknames, read_regions
from commentlens.knowledge.place_table import PlaceTable
from commentlens.knowledge.places import Places

#: Slots that are drawn here, with the label of what they give. ``plaincity``: no nicknames and no other spellings;
#: ``wordcity``, ``wordcompany``: names that are common words too; ``state``, ``code``: of the countries whose states
#: follow cities; ``continent``: regions in no country.
GAZETTEER_SLOTS: Final[Mapping[str, str]] = {
    "city": "CITY", "plaincity": "CITY", "bigcity": "CITY", "smallcity": "CITY", "wordcity": "CITY", "nickname": "CITY",
    "uscity": "CITY", "country": "COUNTRY", "region": "REGION", "state": "REGION", "code": "REGION",
    "continent": "REGION", "listed": "COMPANY", "wordcompany": "COMPANY",
}  # fmt: skip
# City of any size, by what is drawn: many people know few cities, but rare names teach more.
_CITY = (("_known", 0.34), ("bigcity", 0.28), ("smallcity", 0.24), ("nickname", 0.10), ("_other", 0.04))
# In names of other things: mostly cities that people know.
_MIXES = {"city": _CITY, "plaincity": (("_known", 0.6), ("bigcity", 0.25), ("smallcity", 0.15))}
_KNOWN, _BIG, _SMALL, _WORD = 220, 120_000, 15_000, 100_000
_USUAL_ALIASES = 3
# States are written behind their cities in these countries.
_WITH_STATES = frozenset({"US", "CA", "AU"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A name of the gazetteer; ``area``: what may follow a city with a comma, and the label of that."""

    text: str
    label: str
    area: tuple[str, str] | None = None


class _Urn:
    """Names with weights."""

    def __init__(self, weighted: Iterable[tuple[Drawn, float]]) -> None:
        pairs = [(name, weight) for name, weight in weighted if weight > 0]
        self.names = [name for name, _ in pairs]
        self._until = list(itertools.accumulate(weight for _, weight in pairs))

    def draw(self, rng: random.Random) -> Drawn:
        return self.names[min(bisect.bisect(self._until, rng.random() * self._until[-1]), len(self.names) - 1)]


class GazetteerNames:
    """Draws names of the shipped gazetteer."""

    def __init__(self, companies: Companies, boost: Mapping[str, float], articles: frozenset[str]) -> None:
        """Read the gazetteer.

        Args:
            companies: the list to draw from.
            boost: ISO code of a country to how many times as often it and its cities are drawn.
            articles: names of countries and regions that are written with "the".

        Raises:
            KnowledgeError: If a file of the gazetteer is not valid.
        """
        self._boost = boost
        self._articles = articles
        self._urns = {**self._cities(), **self._areas(), **_companies(companies)}
        self._mixes = {
            slot: ([self._urns[name] for name, _ in mix], list(itertools.accumulate(share for _, share in mix)))
            for slot, mix in _MIXES.items()
        }

    @property
    def cities(self) -> tuple[str, ...]:
        """The cities that many people know."""
        return tuple(dict.fromkeys(drawn.text for drawn in self._urns["_known"].names))

    def draw(self, slot: str, rng: random.Random) -> Drawn:
        """A name for one of `GAZETTEER_SLOTS`."""
        if slot in self._mixes:
            urns, until = self._mixes[slot]
            return urns[min(bisect.bisect(until, rng.random() * until[-1]), len(urns) - 1)].draw(rng)
        return self._urns[slot].draw(rng)

    def _cities(self) -> dict[str, _Urn]:
        folder = Path(str(files("commentlens.knowledge").joinpath("data")))
        table, places = PlaceTable(folder), Places.load()
        codes = {(region.country, region.name): region for region in places.regions}
        states = {(region.country, region.code): region.name for region in codes.values() if region.code}
        urns: dict[str, list[tuple[Drawn, float]]] = defaultdict(list)
        self._people: dict[str, float] = defaultdict(float)
        by_number: dict[int, Drawn] = {}
        for number in range(len(table)):
            row = table.row(number)
            if row.population < _SMALL:
                break
            country = places.country_name(row.country)
            state = states.get((row.country, row.admin))
            area = None
            if row.country in _WITH_STATES and state:
                area = (row.admin if number % 2 else state, "REGION")
            elif country and country != row.name:
                area = self._country(places, row.country)
            city = by_number[number] = Drawn(_typed(row.name), "CITY", area)
            weight = math.sqrt(row.population) * self._boost.get(row.country, 1)
            self._people[row.country] += math.sqrt(row.population)
            sense = next(iter(places.lookup(fold(row.name))), None)
            if not _usual(row.name) or (sense is not None and sense.ambiguity == "district"):
                continue
            if sense is None or (sense.ambiguity in ("word", "person") and row.population < 8 * _WORD):
                if row.population >= _WORD / 4 and sense is not None and sense.ambiguity == "word":
                    urns["wordcity"].append((city, weight))
                continue
            if sense.label != "CITY" and row.population < 4 * _WORD:
                # "Georgia", "Jersey": what the name means first of all is no city.
                continue
            if sense.has_nickname or len(urns["_known"]) < _KNOWN:
                urns["_known"].append((city, weight))
            urns["bigcity" if row.population >= _BIG else "smallcity"].append((city, weight))
            if row.country == "US":
                urns["uscity"].append((city, weight))
        urns["nickname"] = [
            (
                Drawn(_typed(nickname.alias), "CITY", self._country(places, nickname.country)),
                self._boost.get(nickname.country, 1) ** 0.5,
            )
            for nickname in read_nicknames(folder / "nicknames.jsonl")
            if not nickname.only_entry
        ]
        urns["_other"] = [(other, 1.0) for other in _other_names(table, by_number)]
        return {name: _Urn(names) for name, names in urns.items()}

    def _areas(self) -> dict[str, _Urn]:
        folder = Path(str(files("commentlens.knowledge").joinpath("data")))
        countries, regions, states, codes, continents = [], [], [], [], []
        for country in read_countries(folder / "countries.jsonl"):
            weight = (self._people.get(country.iso, 100.0) ** 0.7) * self._boost.get(country.iso, 1)
            countries.append((Drawn(self._with_article(country.name), "COUNTRY"), weight))
            for place, alias in enumerate(country.aliases):
                # The first ones are usual, the rest nicknames and misspellings.
                share = 0.25 if place < _USUAL_ALIASES else 0.02
                share = share if alias not in country.common or alias in self._articles else 0.0
                countries.append((Drawn(self._with_article(alias), "COUNTRY"), weight * share))
        for region in read_regions(folder / "regions.jsonl"):
            drawn = Drawn(self._with_article(region.name), "REGION")
            weight = 5.0 if region.code and region.country == "US" else 3.0 if region.country in (None, "GB") else 1.0
            regions.append((drawn, weight))
            if region.country is None:
                continents.append((drawn, 1.0))
            if region.country in _WITH_STATES and region.code:
                states.append((drawn, 1.0))
                codes.append((Drawn(region.code, "REGION"), 1.0))
        return {
            "country": _Urn(countries),
            "region": _Urn(regions),
            "state": _Urn(states),
            "code": _Urn(codes),
            "continent": _Urn(continents),
        }

    def _country(self, places: Places, iso: str) -> tuple[str, str] | None:
        name = places.country_name(iso)
        return (self._with_article(name), "COUNTRY") if name else None

    def _with_article(self, name: str) -> str:
        name = name.strip()
        if name.lower().startswith("the "):
            return f"the {name[4:]}"
        return f"the {name}" if name in self._articles else name


def _usual(name: str) -> bool:
    """Whether a name is one that people write: no numbers, not the long names of colonies and housing estates."""
    return len(name) <= 26 and name.count(" ") <= 3 and not any(letter.isdigit() for letter in name)


def _typed(name: str) -> str:
    """A name without the marks of transliterations that nobody types ("Malaṅgawā"); usual accents stay; "the Hague"."""
    name = re.sub("^The ", "the ", name)
    if all(ord(letter) < 0x180 and letter not in "āēīōūĀĒĪŌŪ" for letter in name):
        return name
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


def _other_names(table: PlaceTable, known: Mapping[int, Drawn]) -> list[Drawn]:
    """Further Latin names of big cities, as they are spelt elsewhere and were spelt before ("Peking")."""
    found = []
    for name in sorted(table.trie.keys()):
        if not name.isascii() or len(name) < 4 or not name.replace(" ", "").isalpha() or table.zipf(name) > 3:
            continue
        number, main = table.senses(name)[0]
        if not main and number in known and number < 1200:
            found.append(Drawn(_typed(name.title()), "CITY", known[number].area))
    return found


def _companies(companies: Companies) -> dict[str, _Urn]:
    listed: list[tuple[Drawn, float]] = []
    words: list[tuple[Drawn, float]] = []
    for number, company in enumerate(companies.all):
        # The list begins with what people write of most.
        weight = 3.0 if number < 400 else 1.0
        for written in (company.name, *company.aliases):
            if written in company.sector_only:
                continue
            share = weight if written == company.name else weight / 3 / len(company.aliases)
            (words if written in company.common else listed).append((Drawn(_typed(written), "COMPANY"), share))
    return {"listed": _Urn(listed), "wordcompany": _Urn(words)}
