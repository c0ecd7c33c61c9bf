"""Annotated comments -> the report's tables. Streams: nothing but the tables and what is said in disputes grows."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from itertools import chain
from types import MappingProxyType
from typing import Protocol

from commentlens.consensus import CrowdRank, crowd_ranks
from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Entry, Polarity, RankedList
from commentlens.summary_companies import companies_by_city, company_rows
from commentlens.summary_consensus import Consensus, consensus_list
from commentlens.summary_disputes import Disputes, most_said_first, strongest_first
from commentlens.summary_gathered import UNTITLED, Gathered, ListKey, StreamGathered
from commentlens.summary_links import Located
from commentlens.summary_moods import PLAIN_COUNTING, MoodCounting
from commentlens.summary_records import (
    NO_LIST,
    CityRow,
    CompanyRow,
    ComparisonRow,
    DisputeRow,
    Header,
    ListRef,
    ListSummary,
    Report,
)
from commentlens.summary_tables import Figures, entry_key

_NOTHING: Mapping[str, int] = MappingProxyType({})


class KnownPlace(Protocol):
    """What is used of a place."""

    @property
    def ref(self) -> str | None: ...

    @property
    def name(self) -> str: ...

    @property
    def country(self) -> str: ...


class PlaceLookup(Protocol):
    """What is used of a gazetteer; `knowledge.places.Places` is one."""

    def by_id(self, id: str, /) -> KnownPlace | None: ...

    def resolve(self, name: str, within: str | None = None, /) -> KnownPlace | None: ...

    def country_name(self, iso2: str, /) -> str | None: ...


class Summariser:
    """Builds a report from a stream of annotated comments.

    Each list has its own figures, kept under its id. Where nobody says which list a comment belongs to, its record
    decides: the list of its title, without a title a list that has none if it stands under an entry, else no list.

    Args:
        places: gazetteer, for the countries of the cities.
        across_lists: add up all lists in the city and company rows: one row a city, no listed rank, no counts of
            disputes and no crowd's rank; the dispute and comparison rows stay with their lists.
        consensus: the report has the crowd's ranking of each list, with intervals.
        moods: how moods are added up.
    """

    def __init__(
        self,
        places: PlaceLookup,
        *,
        across_lists: bool = False,
        consensus: bool = False,
        moods: MoodCounting = PLAIN_COUNTING,
    ) -> None:
        self._places = places
        self._across = across_lists
        self._with_consensus = consensus
        self._counting = moods
        self._given: list[RankedList] = []
        self._lists: dict[ListKey, RankedList] = {}
        self._stream = StreamGathered(moods, across_lists=across_lists)
        self._gathered: Gathered = self._stream

    def add_list(self, ranked_list: RankedList) -> None:
        """Take a list with all its entries, those that nobody comments on too; before or after its comments.

        Lists with one id are one list: the first one's title holds, and the entries of all.
        """
        self._given.append(ranked_list)

    def add(self, comment: AnnotatedComment, list_id: str | None = None) -> None:
        """Count one comment.

        Args:
            comment: the comment.
            list_id: id of the list that it belongs to; None where only the record can tell.
        """
        self._stream.add(comment, list_id)

    def add_gathered(self, gathered: Gathered) -> None:
        """Take what was gathered of all comments elsewhere, with the same options; instead of `add`."""
        self._gathered = gathered

    def report(self, set_aside: int = 0, sorts: Mapping[str, int] = _NOTHING) -> Report:
        """The report of everything added so far.

        Args:
            set_aside: rows or lines of the sources that gave no comment.
            sorts: how many of them were ``deleted`` and how many a ``repeat``, where that is known.
        """
        self._place_lists()
        keys = list(dict.fromkeys([*self._lists, *self._gathered.comments]))
        lists = [key for key in keys if key in self._lists or self._gathered.entries.get(key)]
        rows = self._across_rows(keys) if self._across else self._rows_of_lists(keys)
        return Report(
            header=Header(
                lists=len(lists),
                entries=sum(len(self._gathered.entries[key]) for key in lists),
                comments=self._gathered.comments.total(),
                set_aside=set_aside,
                deleted=sorts.get("deleted", 0),
                repeats=sorts.get("repeat", 0),
                authors=len(self._gathered.authors),
                doubtful_language=self._gathered.doubtful,
                moods_weighted_by=self._counting.weighted_by,
            ),
            lists=tuple(self._list_summary(key) for key in lists),
            cities=tuple(row for cities, _ in rows for row in cities),
            companies=tuple(row for _, companies in rows for row in companies),
            disputes=tuple(sorted(chain.from_iterable(map(self._dispute_rows, keys)), key=strongest_first)),
            comparisons=tuple(sorted(chain.from_iterable(map(self._comparison_rows, keys)), key=most_said_first)),
            contradictions=self._gathered.whereabouts.contradictions(self._place_of),
            consensus=self._consensus(lists) if self._with_consensus else None,
        )

    def _place_lists(self) -> None:
        """Find the comments of each list: under its id, else under what their records say."""
        for ranked_list in self._given:
            key: ListKey = ranked_list.id
            by_record = UNTITLED if ranked_list.title is None else ranked_list.title
            if key not in self._gathered.comments and by_record in self._gathered.comments:
                owner = self._lists.get(by_record, ranked_list)
                key = by_record if owner.id == ranked_list.id else key
            self._lists.setdefault(key, ranked_list)
            for entry in ranked_list.entries:
                self._gathered.entries[key].setdefault(entry_key(entry), entry)

    def _consensus(self, keys: Sequence[ListKey]) -> Consensus:
        return Consensus(
            lists=tuple(
                consensus_list(
                    *self._ref(key), self._ordered_entries(key), self._gathered.crowds[key], self._polarity(key)
                )
                for key in keys
            )
        )

    def _place_of(self, id: str | None, name: str) -> KnownPlace | None:
        return (self._places.by_id(id) if id else None) or self._places.resolve(name)

    def _ref(self, key: ListKey) -> ListRef:
        if key in self._lists:
            return ListRef(self._lists[key].title, self._lists[key].id)
        return ListRef(self._gathered.titles.get(key), key)

    def _ordered_entries(self, key: ListKey) -> list[Entry]:
        entries = list(self._gathered.entries[key].values())
        return sorted(entries, key=lambda entry: math.inf if entry.rank is None else entry.rank)

    def _polarity(self, key: ListKey) -> Polarity:
        return self._lists[key].polarity if key in self._lists else "positive"

    def _holds_cities(self, key: ListKey) -> bool:
        """Whether the entries are cities: the list says so, or it says nothing and the gazetteer knows half of them."""
        kind = self._lists[key].kind if key in self._lists else None
        if kind is not None:
            return kind == "city"
        entries = self._gathered.entries[key].values()
        known = sum(self._places.resolve(entry.name, entry.within) is not None for entry in entries)
        return 2 * known >= len(entries) > 0

    def _list_summary(self, key: ListKey) -> ListSummary:
        ranked_list = self._lists.get(key)
        return ListSummary(
            title=self._ref(key).title,
            list_id=self._ref(key).id,
            description=ranked_list.description if ranked_list else None,
            polarity=self._polarity(key),
            kind=ranked_list.kind if ranked_list else None,
            entries=len(self._gathered.entries[key]),
            comments=self._gathered.comments[key],
        )

    def _rows_of_lists(self, keys: Sequence[ListKey]) -> list[tuple[list[CityRow], list[CompanyRow]]]:
        figures = {key: self._figures(key) for key in keys}
        self._gathered.settle(chain.from_iterable(entries + others for entries, others in figures.values()))
        return [self._rows(key, *figures[key]) for key in keys]

    def _figures(self, key: ListKey) -> tuple[list[Figures], list[Figures]]:
        """The figures of the entries of a list, in their order, and those of what else has a row."""
        table = self._gathered.tables[key]
        subjects = self._disputes(key).subjects()
        for name, written in subjects.items():
            table.note(name, written)
        entries = [table.take_entry(entry) for entry in self._ordered_entries(key)]
        return entries, table.others(subjects)

    def _rows(
        self, key: ListKey, of_entries: Sequence[Figures], others: Sequence[Figures]
    ) -> tuple[list[CityRow], list[CompanyRow]]:
        of = self._ref(key)
        entries = self._ordered_entries(key)
        cities_listed = self._holds_cities(key)
        crowd = crowd_ranks(entries, self._gathered.crowds[key], self._polarity(key))
        disputes = self._disputes(key)
        companies = company_rows(of, self._gathered.tables[key], under_entries=cities_listed)
        at = companies_by_city(companies)
        rows = [
            self._city_row(of, figures, entry=entry, crowd=rank, disputes=disputes, at=at, is_city=cities_listed)
            for entry, figures, rank in zip(entries, of_entries, crowd, strict=True)
        ]
        rows += [
            self._city_row(of, figures, disputes=disputes, at=at, is_city=figures.cities > 0) for figures in others
        ]
        return rows, companies

    def _across_rows(self, keys: Sequence[ListKey]) -> list[tuple[list[CityRow], list[CompanyRow]]]:
        table = self._gathered.tables[None]
        city_lists = [key for key in keys if self._gathered.entries.get(key) and self._holds_cities(key)]
        companies = company_rows(NO_LIST, table, under_entries=bool(city_lists))
        at = companies_by_city(companies)
        listed = {fold(entry.name) for key in city_lists for entry in self._gathered.entries[key].values()}
        added_up = table.added_up()
        self._gathered.settle(added_up)
        rows = [
            self._city_row(NO_LIST, figures, at=at, is_city=figures.cities > 0 or fold(figures.name) in listed)
            for figures in added_up
        ]
        return [(rows, companies)]

    def _city_row(
        self,
        of: ListRef,
        figures: Figures,
        *,
        entry: Entry | None = None,
        crowd: CrowdRank | None = None,
        disputes: Disputes | None = None,
        at: dict[str, list[str]],
        is_city: bool,
    ) -> CityRow:
        name = fold(figures.name)
        place = self._places.by_id(figures.id() or "") if figures.id() else None
        if place is None and is_city:
            place = self._places.resolve(figures.name, entry.within if entry else None)
        return CityRow(
            list=of.title,
            list_id=of.id,
            rank=entry.rank if entry else None,
            name=figures.name,
            within=entry.within if entry else None,
            country=self._places.country_name(place.country) if place and is_city else None,
            country_code=place.country if place and is_city else None,
            id=place.ref if place and is_city else None,
            latitude=place.latitude if is_city and isinstance(place, Located) else None,
            longitude=place.longitude if is_city and isinstance(place, Located) else None,
            is_entry=entry is not None,
            comments=figures.comments if entry else figures.comments or figures.naming,
            mentions=figures.mentions,
            mood=figures.moods.figures(),
            months=figures.months.rows() if self._counting.by_month else None,
            disputes=disputes.counts(name) if disputes else None,
            crowd=crowd.rank if crowd else None,
            change=crowd.change if crowd else None,
            evidence=crowd.evidence if crowd else 0,
            companies=tuple(at.get(name, ())),
        )

    def _ranks(self, key: ListKey) -> tuple[dict[str, str], dict[str, int]]:
        """The list's own name and the listed rank of each folded name."""
        names: dict[str, str] = {}
        ranks: dict[str, int] = {}
        for entry in self._ordered_entries(key):
            names.setdefault(fold(entry.name), entry.name)
            if entry.rank is not None:
                ranks.setdefault(fold(entry.name), entry.rank)
        return names, ranks

    def _disputes(self, key: ListKey) -> Disputes:
        return self._gathered.disputes.get(key) or Disputes()

    def _dispute_rows(self, key: ListKey) -> list[DisputeRow]:
        names, ranks = self._ranks(key)
        return self._disputes(key).dispute_rows(self._ref(key), names.get, ranks.get)

    def _comparison_rows(self, key: ListKey) -> list[ComparisonRow]:
        names, ranks = self._ranks(key)
        reverse = self._polarity(key) == "negative"
        return self._disputes(key).comparison_rows(self._ref(key), names.get, ranks.get, reverse=reverse)


def summing(
    comments: Iterable[tuple[AnnotatedComment, str | None]],
    lists: Callable[[], Iterable[RankedList]],
    places: PlaceLookup,
    *,
    across_lists: bool = False,
    consensus: bool = False,
    moods: MoodCounting = PLAIN_COUNTING,
    set_aside: Callable[[], int] = int,
    sorts: Callable[[], Mapping[str, int]] = dict,
) -> tuple[Iterator[AnnotatedComment], Callable[[], Report]]:
    """Sum up a stream of annotated comments while something else is done with them.

    Args:
        comments: read once, one at a time; each with the id of its list, None where only its record can tell.
        lists: asked after the comments, when all sources have been read.
        places: gazetteer, for the countries of the cities.
        across_lists: see `Summariser`.
        consensus: see `Summariser`.
        moods: see `Summariser`.
        set_aside: how much the readers set aside; asked after the comments.
        sorts: how much of each sort; see `Summariser.report`.

    Returns:
        The same comments, and what gives their report once all of them have been taken.
    """
    summariser = Summariser(places, across_lists=across_lists, consensus=consensus, moods=moods)

    def passed_on() -> Iterator[AnnotatedComment]:
        for comment, list_id in comments:
            summariser.add(comment, list_id)
            yield comment

    def report() -> Report:
        for ranked_list in lists():
            summariser.add_list(ranked_list)
        return summariser.report(set_aside(), sorts())

    return passed_on(), report


def summarise(
    comments: Iterable[AnnotatedComment],
    lists: Sequence[RankedList],
    places: PlaceLookup,
    *,
    across_lists: bool = False,
    consensus: bool = False,
    moods: MoodCounting = PLAIN_COUNTING,
    set_aside: Sized = (),
) -> Report:
    """Sum up annotated comments whose records say which list they belong to.

    Args:
        comments: read once, one at a time.
        lists: looked at after the comments, so that a caller may fill it while sources are read.
        places: gazetteer, for the countries of the cities.
        across_lists: see `Summariser`.
        consensus: see `Summariser`.
        moods: see `Summariser`.
        set_aside: what the readers set aside; counted after the comments.
    """
    passed_on, report = summing(
        ((comment, None) for comment in comments),
        lambda: lists,
        places,
        across_lists=across_lists,
        consensus=consensus,
        moods=moods,
        set_aside=lambda: len(set_aside),
    )
    deque(passed_on, maxlen=0)
    return report()
