"""Short names of cities, companies and lists, as links and filters of the HTML page write them: ``#city=sao-paulo``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Entry
from commentlens.summary_records import CityRow, Report

_APART = re.compile(r"[^\w]+")


def slug(name: str) -> str:
    """A name folded, with hyphens: ``São Paulo`` is ``sao-paulo``; never empty."""
    return _APART.sub("-", fold(name)).strip("-") or "-"


class Slugs:
    """Gives each place of a report its slug, and finds the places that a comment speaks of.

    Places of one name are told apart by what followed the comma in the list, then by their ids: two Portlands are
    ``portland-maine`` and ``portland-oregon``.

    Args:
        report: its city rows are the places.
    """

    def __init__(self, report: Report) -> None:
        self.names: dict[str, str] = {}
        self._of_key: dict[tuple[str, str, str | None], str] = {}
        self._of_name: defaultdict[str, list[str]] = defaultdict(list)
        self._of_id: dict[str, str] = {}
        places: defaultdict[str, dict[tuple[str, str, str | None], CityRow]] = defaultdict(dict)
        for row in report.cities:
            places[fold(row.name)].setdefault(_key(row), row)
        for name, of_name in places.items():
            for key, row in of_name.items():
                self._take(name, key, row, alone=len(of_name) == 1)

    def of_row(self, row: CityRow) -> str:
        """The slug of a row of the report."""
        return self._of_key[_key(row)]

    def named(self, name: str) -> str | None:
        """The slug of the first place of a name; None where the report has none."""
        found = self._of_name.get(fold(name))
        return found[0] if found else None

    def of_entry(self, entry: Entry) -> str | None:
        """The slug of an entry; None where the report has no row for it."""
        found = self._of_name.get(fold(entry.name), [])
        if len(found) > 1 and entry.within:
            exact = slug(f"{entry.name} {entry.within}")
            return exact if exact in found else found[0]
        return found[0] if found else None

    def of_comment(self, comment: AnnotatedComment) -> tuple[dict[str, None], dict[str, list[str]]]:
        """The slugs of all places that a comment is about, in order, and those of each name in it.

        A name that several places bear means those of them that the comment's entry or its mentions have settled.
        """
        settled: dict[str, None] = {}
        if comment.entry is not None and (of_entry := self.of_entry(comment.entry)):
            settled[of_entry] = None
        for mention in comment.mentions:
            if mention.id is not None and (by_id := self._of_id.get(mention.id)):
                settled[by_id] = None
        named: dict[str, list[str]] = {}
        for name in _names(comment):
            candidates = self._of_name.get(fold(name), [])
            named[name] = [item for item in candidates if item in settled] or candidates
        for found in named.values():
            settled.update(dict.fromkeys(found))
        return settled, named

    def _take(self, name: str, key: tuple[str, str, str | None], row: CityRow, *, alone: bool) -> None:
        full = f"{row.name}, {row.within}" if row.within else row.name
        made = slug(row.name) if alone else slug(f"{row.name} {row.within or row.country or row.id or ''}")
        while made in self.names:
            made += "-2"
        self.names[made] = full
        self._of_key[key] = made
        self._of_name[name].append(made)
        if row.id is not None:
            self._of_id.setdefault(row.id, made)


def list_slug(list_id: str | None) -> str:
    """What ends the ids of a list's sections and tables; ``all`` for rows of no list."""
    return list_id or "all"


def company_slugs(report: Report) -> dict[str, str]:
    """Names of the report's companies by their slugs, in its order."""
    names: dict[str, str] = {}
    for row in report.companies:
        names.setdefault(slug(row.company), row.company)
    return names


def _key(row: CityRow) -> tuple[str, str, str | None]:
    # An id tells places apart better than words: the same city may stand in two lists with and without a country.
    return (fold(row.name), "", row.id) if row.id else (fold(row.name), fold(row.within or ""), None)


def _names(comment: AnnotatedComment) -> Iterator[str]:
    yield from _each(mention.name for mention in comment.mentions)
    yield from _each(mood.target for mood in comment.moods)
    yield from _each(claim.subject for claim in comment.claims)


def _each(names: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(names)
