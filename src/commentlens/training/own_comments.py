"""Comments of our own, written to train on: what each says of its entry's rank, or feels about each city.

A line a comment. ``data/arguments/*.txt``: ``list title | entry | listed rank | stance | proposed | text`` with the
stances of `STANCES`; ``data/moods/*.txt``: ``list title or - | entry or - | Target=label, … | text``. Comments with
comparisons, to measure on only: ``list title or - | entry or - | X > Y; Z = W, or - | text``. ``data/whole/*.txt`` has
all of these of each comment: ``list title | entry | listed rank | stance | proposed | moods | comparisons | text``; so
have ``data/preferences/*.txt``, whose comments imply what they prefer, and ``data/voters/*.txt`` and
``data/debates/*.txt``, whose comments argue in plain words; on the latter no classifier of moods is trained.
Lines of one title are one list, so that a comment may name another entry of it. The pipeline reads them as it reads any
comment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from commentlens.corpus.titles import polarity_of, slug
from commentlens.errors import KnowledgeError
from commentlens.records import MOODS, Comment, Entry, RankedList

DATA = Path(__file__).with_name("data")
STANCES = {"low": "too_low", "high": "too_high", "right": "right", "none": "none"}
Order = tuple[str, str, str]
_ORDER = re.compile(r"(.+?)\s*([>=])\s*(.+)")
_BAR = " | "
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class OwnComment:
    """A comment and what was written beside it: its stance (one of the values of `STANCES`), its moods by target, its
    comparisons, or all of them."""

    comment: Comment
    stance: str | None = None
    moods: Mapping[str, str] = field(default_factory=dict)
    comparisons: frozenset[Order] = frozenset()


@dataclass(frozen=True, slots=True)
class _Line:
    where: str
    title: str | None
    entry: str | None
    rank: int | None
    text: str
    stance: str | None
    moods: Mapping[str, str]
    comparisons: frozenset[Order] = frozenset()


def read_own_arguments(paths: Iterable[Path]) -> list[OwnComment]:
    """Comments with the stance to their entry's rank.

    Raises:
        KnowledgeError: If a line has not six fields, a rank is no number, or a stance is none of `STANCES`.
    """
    return _comments([_argument(line, where) for line, where in _lines(paths)])


def read_own_moods(paths: Iterable[Path]) -> list[OwnComment]:
    """Comments with a mood a target.

    Raises:
        KnowledgeError: If a line has not four fields, or a mood is none of pos, neg, neu.
    """
    return _comments([_mood(line, where) for line, where in _lines(paths)])


def read_own_comparisons(paths: Iterable[Path]) -> list[OwnComment]:
    """Comments with what they put above what, as (better, worse, relation); ``*`` is any other.

    Raises:
        KnowledgeError: If a line has not four fields, or a comparison is not ``X > Y`` or ``X = Y``.
    """
    return _comments([_comparison(line, where) for line, where in _lines(paths)])


def read_own_whole(paths: Iterable[Path]) -> list[OwnComment]:
    """Comments with stance, moods and comparisons.

    Raises:
        KnowledgeError: If a line has not eight fields, or one of them is not as in the other files.
    """
    return _comments([_whole(line, where) for line, where in _lines(paths)])


def _lines(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                yield line.strip(), f"{path.name}, line {number}"


def _argument(line: str, where: str) -> _Line:
    parts = _parts(line, 6)
    if len(parts) != 6 or not parts[2].isdigit() or parts[3] not in STANCES:
        raise KnowledgeError(
            f"{where}: got {line!r}; a line is list title, entry, listed rank (a number), stance "
            f"({', '.join(STANCES)}), proposed rank or -, text, with ' | ' between."
        )
    title, entry, rank, stance, _, text = parts
    return _Line(where, title, entry, int(rank), text, STANCES[stance], {})


def _mood(line: str, where: str) -> _Line:
    parts = _parts(line, 4)
    moods = _moods(parts[2]) if len(parts) == 4 else {}
    if not moods:
        raise KnowledgeError(
            f"{where}: got {line!r}; a line is list title or -, entry or -, Target=label (one of {', '.join(MOODS)}; "
            "several with commas), text, with ' | ' between."
        )
    title, entry = (None if part == _NOTHING else part for part in parts[:2])
    return _Line(where, title, entry, None, parts[3], None, moods)


def _comparison(line: str, where: str) -> _Line:
    parts = _parts(line, 4)
    orders = _orders(parts[2]) if len(parts) == 4 else None
    if orders is None:
        raise KnowledgeError(
            f"{where}: got {line!r}; a line is list title or -, entry or -, comparisons (X > Y or X = Y; several with "
            "semicolons; - for none), text, with ' | ' between."
        )
    title, entry = (None if part == _NOTHING else part for part in parts[:2])
    return _Line(where, title, entry, None, parts[3], None, {}, orders)


def _whole(line: str, where: str) -> _Line:
    parts = _parts(line, 8)
    moods, orders = (_moods(parts[5]), _orders(parts[6])) if len(parts) == 8 else ({}, None)
    if not moods or orders is None or not parts[2].isdigit() or parts[3] not in STANCES:
        raise KnowledgeError(
            f"{where}: got {line!r}; a line is list title, entry, listed rank (a number), stance "
            f"({', '.join(STANCES)}), proposed rank or -, Target=label (one of {', '.join(MOODS)}; several with "
            "commas), comparisons (X > Y or X = Y; several with semicolons; - for none), text, with ' | ' between."
        )
    title, entry, rank, stance, *_, text = parts
    return _Line(where, title, entry, int(rank), text, STANCES[stance], moods, orders)


def _parts(line: str, fields: int) -> list[str]:
    """The fields of a line, the last of which may hold bars."""
    return [part.strip() for part in line.split(_BAR, fields - 1)]


def _moods(field: str) -> dict[str, str]:
    """Moods by target; none at all where one of them is no mood."""
    moods = [item.strip().rpartition("=") for item in field.split(",")]
    if any(not name or label not in MOODS for name, _, label in moods):
        return {}
    return {name.strip(): label for name, _, label in moods}


def _orders(field: str) -> frozenset[Order] | None:
    """What is put above what, or on a level with it; None where one of them is no comparison."""
    if field == _NOTHING:
        return frozenset()
    orders = [_ORDER.fullmatch(item.strip()) for item in field.split(";")]
    if not all(orders):
        return None
    return frozenset((order[1], order[3], "better" if order[2] == ">" else "equal") for order in orders if order)


def _comments(lines: Sequence[_Line]) -> list[OwnComment]:
    """Comments in the order of their lines; those of one title share a list of all entries named under it."""
    entries: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
    for line in lines:
        if line.title and line.entry:
            entries[line.title].setdefault(line.entry, Entry(name=line.entry, rank=line.rank))
    lists = {
        title: RankedList(
            id=slug(title), title=title, polarity=polarity_of(title), entries=tuple(entries[title].values())
        )
        for title in {line.title: None for line in lines if line.title}
    }
    return [
        OwnComment(
            Comment(
                id=line.where,
                text=line.text,
                list=lists[line.title] if line.title else None,
                entry=Entry(name=line.entry, rank=line.rank) if line.entry else None,
            ),
            line.stance,
            line.moods,
            line.comparisons,
        )
        for line in lines
    ]
