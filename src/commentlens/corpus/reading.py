"""What reading a source gives: its lists, its comments as a stream, and what was set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from commentlens.records import AnnotatedComment, Comment, RankedList

FURNITURE = "page furniture"
"""The reason of a `SetAside` that belongs to the page, and that nobody said."""
_KEPT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of a table holds what; None lets the usual names decide (`corpus.columns`).

    Each value is a column's name as the file writes it, case-blind.
    """

    id: str | None = None
    list: str | None = None
    entry: str | None = None
    rank: str | None = None
    author: str | None = None
    created: str | None = None
    likes: str | None = None
    parent: str | None = None
    text: str | None = None


Sort = Literal["broken", "empty", "deleted", "repeat", "furniture"]
"""What sort of thing was set aside: only what is broken is a fault of the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Something of a source that became no comment: where it stood (line from 1; 0 where nobody knows), why, and the
    text as it came."""

    line: int
    reason: str
    text: str
    sort: Sort = field(default="broken", compare=False)


class SetAsides(list[SetAside]):
    """What was set aside in one source: the first thousand, and how many of each sort there were.

    ``total`` counts all, ``sorts`` by sort. Listeners are called with each, also with those of the first thousand that
    came before they listened.
    """

    def __init__(self, items: Iterable[SetAside] = ()) -> None:
        super().__init__()
        self.sorts: Counter[Sort] = Counter()
        self._listeners: list[Callable[[SetAside], None]] = []
        for item in items:
            self.append(item)

    @property
    def total(self) -> int:
        """How many were set aside, those included that are not kept here."""
        return self.sorts.total()

    def append(self, item: SetAside) -> None:
        """Count it, keep it if it is among the first, and pass it on."""
        self.sorts[item.sort] += 1
        if len(self) < _KEPT:
            super().append(item)
        for listener in self._listeners:
            listener(item)

    def tell(self, listener: Callable[[SetAside], None]) -> None:
        """Pass on what was set aside so far, and from now on each as it comes."""
        for item in self:
            listener(item)
        self._listeners.append(listener)


@dataclass(slots=True, kw_only=True, weakref_slot=True)
class Reading:
    """One source, opened.

    ``comments`` is read lazily and once; ``set_aside`` fills while it is. ``annotated`` is there, and then ``comments``
    holds the same comments without their annotations, when the source had been annotated already.
    ``list_of``: where records of an annotated source do not tell their lists apart by title, the id in ``lists`` of the
    list of the comment that ``annotated`` gave last.
    ``format`` is one of page, html, text, csv, tsv, jsonl, json, parquet, corpus, annotated. ``unused_columns``: of a
    table, in its order, those that no field was taken from. ``fraction`` tells how much of it is read, 0 to 1.
    ``without_repeats``: nothing in it came twice, so nobody need look.
    """

    source: str
    format: str
    lists: tuple[RankedList, ...]
    comments: Iterator[Comment]
    annotated: Iterator[AnnotatedComment] | None = None
    list_of: Callable[[AnnotatedComment | Comment], str | None] | None = None
    set_aside: SetAsides = field(default_factory=SetAsides)
    unused_columns: tuple[str, ...] = ()
    fraction: Callable[[], float] | None = None
    without_repeats: bool = False
