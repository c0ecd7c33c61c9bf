"""What reading a source gives: its lists, its comments as a stream, and what was set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from commentlens.records import AnnotatedComment, Comment, RankedList

FURNITURE = "page furniture"
"""The reason of a `SetAside` that belongs to the page, and that nobody said."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Something of a source that became no comment: where it stood (line from 1), why, and the text as it came."""

    line: int
    reason: str
    text: str


@dataclass(slots=True, kw_only=True, weakref_slot=True)
class Reading:
    """One source, opened.

    ``comments`` is read lazily and once; ``set_aside`` fills while it is. ``annotated`` is there, and then ``comments``
    holds the same comments without their annotations, when the source had been annotated already.
    ``list_of``: where records of an annotated source do not tell their lists apart by title, the id in ``lists`` of the
    list of the comment that ``annotated`` gave last.
    ``format`` is one of page, html, text, csv, tsv, jsonl, json, parquet, corpus, annotated. ``unused_columns``: of a
    table, in its order, those that no field was taken from.
    """

    source: str
    format: str
    lists: tuple[RankedList, ...]
    comments: Iterator[Comment]
    annotated: Iterator[AnnotatedComment] | None = None
    list_of: Callable[[AnnotatedComment], str | None] | None = None
    set_aside: list[SetAside] = field(default_factory=list)
    unused_columns: tuple[str, ...] = ()
