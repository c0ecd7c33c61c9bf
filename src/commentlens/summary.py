"""Annotated comments -> the report's tables. Streams: nothing but the tables and what is said in disputes grows."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Sized
from itertools import chain
from typing import Protocol

from commentlens.consensus import CrowdEvidence, CrowdRank
from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Entry, Polarity, RankedList
from commentlens.summary_disputes import Disputes, most_said_first, strongest_first
from commentlens.summary_distinct import DistinctCounter
from commentlens.summary_language import looks_english
from commentlens.summary_records import (
    CityRow,
    CompanyCity,
    CompanyRow,
    ComparisonRow,
    DisputeRow,
    Header,
    ListSummary,
    Report,
)
from commentlens.summary_tables import MENTIONED_UNDER, CompanyFigures, EntryKey, Figures, Table, entry_key


class KnownPlace(Protocol):
    """What is used of a place."""

    @property
    def id(self) -> int: ...

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

    Args:
        places: gazetteer, for the countries of the cities.
        across_lists: add up all lists in the city and company rows: one row a city, no listed rank, no counts of
            disputes and no crowd's rank; the dispute and comparison rows stay with their lists.
    """

    def __init__(self, places: PlaceLookup, *, across_lists: bool = False) -> None:
        self._places = places
        self._across = across_lists
        self._lists: dict[str | None, RankedList] = {}
        self._entries: defaultdict[str | None, dict[EntryKey, Entry]] = defaultdict(dict)
        self._tables: defaultdict[str | None, Table] = defaultdict(Table)
        self._disputes: dict[str | None, Disputes] = {}
        self._crowds: defaultdict[str | None, CrowdEvidence] = defaultdict(CrowdEvidence)
        self._comments: Counter[str | None] = Counter()
        self._authors = DistinctCounter()
        self._doubtful = 0

    def add_list(self, ranked_list: RankedList) -> None:
        """Take a list with all its entries, those that nobody comments on too; before or after its comments."""
        self._lists.setdefault(ranked_list.title, ranked_list)
        for entry in ranked_list.entries:
            self._entries[ranked_list.title].setdefault(entry_key(entry), entry)

    def add(self, comment: AnnotatedComment) -> None:
        """Count one comment."""
        title = comment.list
        self._comments[title] += 1
        if comment.author is not None:
            self._authors.add(comment.author)
        self._doubtful += not looks_english(comment.text)
        if comment.entry is not None:
            self._entries[title].setdefault(entry_key(comment.entry), comment.entry)
        self._tables[None if self._across else title].add(comment)
        if comment.claims or comment.comparisons:
            self._disputes.setdefault(title, Disputes(title)).add(comment)
            self._crowds[title].add(comment)

    def report(self, set_aside: int = 0) -> Report:
        """The report of everything added so far.

        Args:
            set_aside: rows or lines of the sources that gave no comment.
        """
        titles = list(dict.fromkeys([*self._lists, *self._comments]))
        lists = [title for title in titles if title in self._lists or self._entries.get(title)]
        rows = self._across_rows(titles) if self._across else [self._rows(title) for title in titles]
        return Report(
            header=Header(
                lists=len(lists),
                entries=sum(len(self._entries[title]) for title in lists),
                comments=self._comments.total(),
                set_aside=set_aside,
                authors=len(self._authors),
                doubtful_language=self._doubtful,
            ),
            lists=tuple(self._list_summary(title) for title in lists),
            cities=tuple(row for cities, _ in rows for row in cities),
            companies=tuple(row for _, companies in rows for row in companies),
            disputes=tuple(sorted(chain.from_iterable(map(self._dispute_rows, titles)), key=strongest_first)),
            comparisons=tuple(sorted(chain.from_iterable(map(self._comparison_rows, titles)), key=most_said_first)),
        )

    def _ordered_entries(self, title: str | None) -> list[Entry]:
        entries = list(self._entries[title].values())
        return sorted(entries, key=lambda entry: math.inf if entry.rank is None else entry.rank)

    def _polarity(self, title: str | None) -> Polarity:
        return self._lists[title].polarity if title in self._lists else "positive"

    def _holds_cities(self, title: str | None) -> bool:
        """Whether the entries are cities: the list says so, or it says nothing and the gazetteer knows half of them."""
        kind = self._lists[title].kind if title in self._lists else None
        if kind is not None:
            return kind == "city"
        entries = self._entries[title].values()
        known = sum(self._places.resolve(entry.name, entry.within) is not None for entry in entries)
        return 2 * known >= len(entries) > 0

    def _list_summary(self, title: str | None) -> ListSummary:
        ranked_list = self._lists.get(title)
        return ListSummary(
            title=title,
            description=ranked_list.description if ranked_list else None,
            polarity=self._polarity(title),
            kind=ranked_list.kind if ranked_list else None,
            entries=len(self._entries[title]),
            comments=self._comments[title],
        )

    def _rows(self, title: str | None) -> tuple[list[CityRow], list[CompanyRow]]:
        table = self._tables[title]
        entries = self._ordered_entries(title)
        cities_listed = self._holds_cities(title)
        crowd = self._crowds[title].ranking(entries, self._polarity(title))
        disputes = self._disputes.get(title, Disputes(title))
        for name, written in disputes.subjects().items():
            table.note(name, written)
        companies = _company_rows(title, table, under_entries=cities_listed)
        at = _companies_by_city(companies)
        rows = []
        for entry, rank in zip(entries, crowd, strict=True):
            figures = table.take_entry(entry)
            rows.append(
                self._city_row(title, figures, entry=entry, crowd=rank, disputes=disputes, at=at, is_city=cities_listed)
            )
        rows += [
            self._city_row(title, figures, disputes=disputes, at=at, is_city=figures.cities > 0)
            for figures in table.others(disputes.subjects())
        ]
        return rows, companies

    def _across_rows(self, titles: Sequence[str | None]) -> list[tuple[list[CityRow], list[CompanyRow]]]:
        table = self._tables[None]
        city_lists = [title for title in titles if self._entries.get(title) and self._holds_cities(title)]
        companies = _company_rows(None, table, under_entries=bool(city_lists))
        at = _companies_by_city(companies)
        listed = {fold(entry.name) for title in city_lists for entry in self._entries[title].values()}
        rows = [
            self._city_row(None, figures, at=at, is_city=figures.cities > 0 or fold(figures.name) in listed)
            for figures in table.added_up()
        ]
        return [(rows, companies)]

    def _city_row(
        self,
        title: str | None,
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
            list=title,
            rank=entry.rank if entry else None,
            name=figures.name,
            within=entry.within if entry else None,
            country=self._places.country_name(place.country) if place and is_city else None,
            country_code=place.country if place and is_city else None,
            id=f"geonames:{place.id}" if place and is_city else None,
            is_entry=entry is not None,
            comments=figures.comments if entry else figures.comments or figures.naming,
            mentions=figures.mentions,
            mood=figures.mood(),
            disputes=disputes.counts(name) if disputes else None,
            crowd=crowd.rank if crowd else None,
            change=crowd.change if crowd else None,
            evidence=crowd.evidence if crowd else 0,
            companies=tuple(at.get(name, ())),
        )

    def _ranks(self, title: str | None) -> tuple[dict[str, str], dict[str, int]]:
        """The list's own name and the listed rank of each folded name."""
        names: dict[str, str] = {}
        ranks: dict[str, int] = {}
        for entry in self._ordered_entries(title):
            names.setdefault(fold(entry.name), entry.name)
            if entry.rank is not None:
                ranks.setdefault(fold(entry.name), entry.rank)
        return names, ranks

    def _dispute_rows(self, title: str | None) -> list[DisputeRow]:
        names, ranks = self._ranks(title)
        return self._disputes[title].dispute_rows(names.get, ranks.get) if title in self._disputes else []

    def _comparison_rows(self, title: str | None) -> list[ComparisonRow]:
        if title not in self._disputes:
            return []
        names, ranks = self._ranks(title)
        reverse = self._polarity(title) == "negative"
        return self._disputes[title].comparison_rows(names.get, ranks.get, reverse=reverse)


def summarise(
    comments: Iterable[AnnotatedComment],
    lists: Sequence[RankedList],
    places: PlaceLookup,
    *,
    across_lists: bool = False,
    set_aside: Sized = (),
) -> Report:
    """Summarise a stream of annotated comments.

    Args:
        comments: read once, one at a time.
        lists: looked at after the comments, so that a caller may fill it while sources are read.
        places: gazetteer, for the countries of the cities.
        across_lists: see `Summariser`.
        set_aside: what the readers set aside; counted after the comments.
    """
    summariser = Summariser(places, across_lists=across_lists)
    for comment in comments:
        summariser.add(comment)
    for ranked_list in lists:
        summariser.add_list(ranked_list)
    return summariser.report(len(set_aside))


def _company_rows(title: str | None, table: Table, *, under_entries: bool) -> list[CompanyRow]:
    def cities(company: CompanyFigures) -> tuple[CompanyCity, ...]:
        rows = [
            CompanyCity(city=city, relation=relation, comments=comments)
            for (city, relation), comments in company.cities.items()
            if under_entries or relation != MENTIONED_UNDER
        ]
        return tuple(sorted(rows, key=lambda row: (-row.comments, row.city, row.relation)))

    rows = [
        CompanyRow(
            list=title,
            company=company.company,
            mentions=company.mentions,
            comments=company.comments,
            cities=cities(company),
        )
        for company in table.companies.values()
    ]
    return sorted(rows, key=lambda row: (-row.comments, -row.mentions, row.company))


def _companies_by_city(companies: Sequence[CompanyRow]) -> dict[str, list[str]]:
    at: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for company in companies:
        for city in company.cities:
            at[fold(city.city)][company.company] += city.comments
    return {name: [company for company, _ in found.most_common()] for name, found in at.items()}
