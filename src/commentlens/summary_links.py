"""Where companies are said to be, and where comments contradict each other about it.

A company may have offices in many places, so offices contradict nothing. It has one seat: to be headquartered in a city
or to be located there, as comments put it, excludes another city; and it was founded in one place. What one comment
says of two cities it does not contradict ("in Munich and in Leipzig"); another comment must say otherwise.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, Protocol, runtime_checkable

from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Link
from commentlens.summary_distinct import DistinctCounter
from commentlens.summary_help import help_text as _help
from commentlens.summary_sentences import sentence_around

About = Literal["seat", "founding"]

_ABOUT: dict[str, About] = {"headquarters": "seat", "located_in": "seat", "founded_in": "founding"}
_MOST_CITIES = 50  # of one company; more are no dispute but noise, and memory stays small
_SAME_PLACE_KM = 15.0  # a borough, a suburb, and the city that they belong to
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidPlace:
    """One city that a company is said to be in, and the first sentence that says so."""

    city: str = field(metadata=_help("name of the city"))
    relations: tuple[str, ...] = field(metadata=_help("as the comments say it: headquarters, located_in or founded_in"))
    comments: int = field(metadata=_help("comments that say so"))
    voices: int = field(metadata=_help("different voices: a named author is one, an anonymous comment is one"))
    comment: str = field(metadata=_help("id of the first comment that says so"))
    author: str | None = field(metadata=_help("its author, null where anonymous"))
    sentence: str = field(metadata=_help("exact sentence of that comment"))
    start: int = field(metadata=_help("where the sentence starts in the comment, in characters"))
    rule: str = field(metadata=_help("rule that found it"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One company that comments put in different cities."""

    company: str = field(metadata=_help("usual name of the company"))
    about: About = field(metadata=_help("seat: where it is or has its headquarters; founding: where it was founded"))
    places: tuple[SaidPlace, ...] = field(metadata=_help("the cities, the one that most voices name first"))


@runtime_checkable
class Located(Protocol):
    """What is used of a place that is somewhere on the map; degrees."""

    @property
    def latitude(self) -> float: ...

    @property
    def longitude(self) -> float: ...


class Identified(Protocol):
    """What is used of any place."""

    @property
    def ref(self) -> str | None: ...


PlaceOf = Callable[[str | None, str], Identified | None]
"""The place of an id (``geonames:N``) or else of a name; None where it is unknown."""


@dataclass(slots=True)
class _Said:
    """What is said of one company and one city."""

    first: SaidPlace
    id: str | None
    relations: Counter[str] = field(default_factory=Counter)
    comments: int = 0
    anonymous: int = 0
    authors: DistinctCounter = field(default_factory=DistinctCounter)

    @property
    def voices(self) -> int:
        return len(self.authors) + self.anonymous


@dataclass(slots=True)
class _Company:
    name: str
    cities: dict[str, _Said] = field(default_factory=dict)
    together: Counter[tuple[str, str]] = field(default_factory=Counter)  # comments that say both


class Whereabouts:
    """Gathers the links of a stream of comments.

    Memory grows with the companies that are linked, with at most 50 cities each and one sentence a city.
    """

    def __init__(self) -> None:
        self._companies: dict[tuple[str, About], _Company] = {}

    def add(self, comment: AnnotatedComment) -> None:
        """Take the links of one comment."""
        seen: dict[tuple[str, About], set[str]] = {}
        for link in comment.links:
            about = _ABOUT.get(link.relation)
            if about is None:
                continue
            key = (fold(link.company), about)
            company = self._companies.setdefault(key, _Company(link.company))
            city = fold(link.city)
            if city not in company.cities:
                if len(company.cities) >= _MOST_CITIES:
                    continue
                company.cities[city] = _Said(_first(comment, link), _city_id(comment, link))
            said = company.cities[city]
            said.relations[link.relation] += 1
            if city not in seen.setdefault(key, set()):
                seen[key].add(city)
                said.comments += 1
                if comment.author is None:
                    said.anonymous += 1
                else:
                    said.authors.add(comment.author)
        for key, cities in seen.items():
            self._companies[key].together.update(combinations(sorted(cities), 2))

    def contradictions(self, place_of: PlaceOf) -> tuple[Contradiction, ...]:
        """Companies that comments put in different cities, the most spoken of first.

        Args:
            place_of: the place of an id or a name: two names of one city, and a city and a borough of it (centres
                less than 15 km apart), contradict nothing.
        """
        rows = [row for key, company in self._companies.items() if (row := _contradiction(company, key[1], place_of))]
        return tuple(sorted(rows, key=lambda row: (-sum(place.voices for place in row.places), row.company, row.about)))


def _contradiction(company: _Company, about: About, place_of: PlaceOf) -> Contradiction | None:
    places = {city: place_of(said.id, said.first.city) for city, said in company.cities.items()}
    disputed: set[str] = set()
    for one, other in combinations(sorted(company.cities), 2):
        both = company.together[one, other]
        apart = min(company.cities[one].comments, company.cities[other].comments) > both
        if apart and not _same(places[one], places[other]):
            disputed |= {one, other}
    if not disputed:
        return None
    return Contradiction(
        company=company.name,
        about=about,
        places=tuple(sorted(_rows(company.cities[city] for city in disputed), key=_most_said_first)),
    )


def _rows(said: Iterable[_Said]) -> Iterator[SaidPlace]:
    for item in said:
        first = item.first
        yield SaidPlace(
            city=first.city,
            relations=tuple(
                relation for relation, _ in sorted(item.relations.items(), key=lambda pair: (-pair[1], pair))
            ),
            comments=item.comments,
            voices=item.voices,
            comment=first.comment,
            author=first.author,
            sentence=first.sentence,
            start=first.start,
            rule=first.rule,
        )


def _most_said_first(place: SaidPlace) -> tuple[int, int, str]:
    return -place.voices, -place.comments, place.city


def _first(comment: AnnotatedComment, link: Link) -> SaidPlace:
    start, end = sentence_around(comment.text, link.span)
    return SaidPlace(
        city=link.city,
        relations=(link.relation,),
        comments=1,
        voices=1,
        comment=comment.id,
        author=comment.author,
        sentence=comment.text[start:end],
        start=start,
        rule=link.rule,
    )


def _city_id(comment: AnnotatedComment, link: Link) -> str | None:
    """Id of the city as this comment mentions it; none where it is only the entry."""
    return next((m.id for m in comment.mentions if m.label == "CITY" and m.name == link.city and m.id), None)


def _same(one: Identified | None, other: Identified | None) -> bool:
    """Whether two places are one, or the one lies in the other."""
    if one is None or other is None:
        return False
    if one.ref is not None and one.ref == other.ref:
        return True
    if not isinstance(one, Located) or not isinstance(other, Located):
        return False
    return _kilometres(one, other) < _SAME_PLACE_KM


def _kilometres(one: Located, other: Located) -> float:
    """Great-circle distance (haversine)."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))
