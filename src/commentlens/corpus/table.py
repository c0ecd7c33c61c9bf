"""A table of comments, a poll's or a forum's, to records.

Two passes: the first learns the lists, so that the second can hand out comments that know theirs, one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import PurePath
from typing import Any

from commentlens.corpus.columns import resolve, unused
from commentlens.corpus.names import split_places
from commentlens.corpus.reading import Columns, Reading, SetAside, SetAsides, Sort
from commentlens.corpus.repair import repair
from commentlens.corpus.rows import BrokenRow, Row
from commentlens.corpus.seen import Seen
from commentlens.corpus.titles import polarity_of, slug
from commentlens.records import Comment, Entry, Kind, Polarity, RankedList

RowSource = Callable[[], Iterator[Row | BrokenRow]]

_GONE = {
    "[deleted]": "deleted",
    "[removed]": "removed",
    "[deleted by user]": "deleted",
    "[removed by moderator]": "removed",
}
_NULLS = frozenset({"", "null", "none", "nan", "n/a", "na", "\\n"})
_SAMPLE = 200
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


def read_table(
    rows: RowSource,
    names: Sequence[str],
    *,
    source: str,
    format: str,
    columns: Columns,
    title: str | None = None,
    polarity: Polarity | None = None,
    kind: Kind | None = None,
) -> Reading:
    """Open a table.

    Args:
        rows: gives the rows from the first; called twice.
        names: the table's columns.
        source: its name, for messages, ids and, without another title, the list's title.
        format: csv, tsv, jsonl, json or parquet.
        columns: which column holds what; what is None is guessed.
        title, polarity, kind: what the user said about the list; the table gives way, but for a list column with
            several titles.

    Raises:
        SourceError: If a named column is missing, or none holds the text.
    """
    use = resolve(columns, names, source)
    if columns.id is None and use.id is not None and _is_shared(rows, use.id):
        use = replace(use, id=None)
    lists = _Lists(use, source, title, polarity, kind)
    if use.entry is not None:
        for row in rows():
            if isinstance(row, Row):
                lists.learn(row)
    ranked = lists.finish()
    set_aside = SetAsides()
    stem = slug(title or PurePath(source).stem, "comments")
    lines = Seen()

    def comments() -> Iterator[Comment]:
        for count, row in enumerate(rows(), 1):
            if isinstance(row, BrokenRow):
                set_aside.append(SetAside(line=row.line, reason=row.reason, text=row.raw))
                continue
            raw = _string(row.cells.get(use.text or ""))
            text = repair(raw).strip() if raw is not None else ""
            if not text or text.casefold() in _GONE:
                gone = _GONE.get(text.casefold())
                sort: Sort = "deleted" if gone else "empty"
                set_aside.append(SetAside(line=row.line, reason=gone or "empty", text=row.raw, sort=sort))
                continue
            id_ = _value(row, use.id)
            if id_ is not None and (earlier := lines.earlier((id_,), row.line)) is not None:
                reason = f"same id as line {earlier:.0f}"
                set_aside.append(SetAside(line=row.line, reason=reason, text=row.raw, sort="repeat"))
                continue
            own_list, entry = lists.of(row)
            name = own_list.id if own_list else stem
            yield Comment(
                id=id_ or f"{name}-{count:03d}",
                text=text,
                raw=raw if raw is not None and text != raw.strip() else None,
                list=own_list,
                entry=entry,
                author=_author(_value(row, use.author)),
                created=_moment(row.cells.get(use.created or "")),
                likes=whole_number(row.cells.get(use.likes or "")),
                parent=_value(row, use.parent),
            )

    return Reading(
        source=source,
        format=format,
        lists=ranked,
        comments=comments(),
        set_aside=set_aside,
        unused_columns=unused(use, names),
    )


def _is_shared(rows: RowSource, column: str) -> bool:
    """Whether the values of a column that seems to hold ids repeat: ``post_id`` in a table of one post's comments."""
    values = [_value(row, column) for row in islice(rows(), _SAMPLE) if isinstance(row, Row)]
    ids = [value for value in values if value is not None]
    return len(ids) > 2 and len(set(ids)) * 2 <= len(ids)


class _Lists:
    """The lists of one table: learnt row by row, then looked up."""

    def __init__(
        self, columns: Columns, source: str, title: str | None, polarity: Polarity | None, kind: Kind | None
    ) -> None:
        self._columns = columns
        self._title = title
        self._otherwise = re.sub(r"[_-]+", " ", PurePath(source).stem) if source != "-" else None
        self._polarity = polarity
        self._kind = kind
        # title -> folded name -> (spellings, ranks)
        self._seen: dict[str | None, dict[str, tuple[Counter[str], Counter[int]]]] = {}
        self._lists: dict[str | None, RankedList] = {}
        self._entries: dict[tuple[str | None, str], Entry] = {}

    def learn(self, row: Row) -> None:
        name, rank = self._entry(row)
        known = self._seen.setdefault(self._title_of(row), {})
        if name is None:
            return
        spellings, ranks = known.setdefault(name.casefold(), (Counter(), Counter()))
        spellings[name] += 1
        if rank is not None:
            ranks[rank] += 1

    def finish(self) -> tuple[RankedList, ...]:
        used: Counter[str] = Counter()
        for title, known in self._seen.items():
            shown = title if title is not None else self._title or self._otherwise
            if self._title is not None and len(self._seen) == 1:
                shown = self._title
            folds = list(known)
            names = split_places([known[fold][0].most_common(1)[0][0] for fold in folds], shown)
            for fold, (name, within) in zip(folds, names, strict=True):
                ranks = known[fold][1]
                rank = ranks.most_common(1)[0][0] if ranks else None
                self._entries[title, fold] = Entry(name=name, within=within, rank=rank)
            entries = [self._entries[title, fold] for fold in folds]
            id_ = slug(shown or "list")
            used[id_] += 1
            self._lists[title] = RankedList(
                id=id_ if used[id_] == 1 else f"{id_}-{used[id_]}",
                title=shown,
                polarity=self._polarity or polarity_of(shown),
                kind=self._kind,
                entries=tuple(sorted(entries, key=lambda entry: (entry.rank is None, entry.rank or 0))),
            )
        return tuple(self._lists.values())

    def of(self, row: Row) -> tuple[RankedList | None, Entry | None]:
        if self._columns.entry is None:
            return None, None
        title = self._title_of(row)
        name, _ = self._entry(row)
        return self._lists.get(title), self._entries.get((title, name.casefold())) if name else None

    def _title_of(self, row: Row) -> str | None:
        value = row.cells.get(self._columns.list or "")
        if isinstance(value, dict):
            value = value.get("title") or value.get("name")
        text = _string(value)
        return repair(text).strip() or None if text else None

    def _entry(self, row: Row) -> tuple[str | None, int | None]:
        value = row.cells.get(self._columns.entry or "")
        rank = whole_number(row.cells.get(self._columns.rank or ""))
        if isinstance(value, dict):
            rank = rank if rank is not None else whole_number(value.get("rank"))
            value = value.get("name")
        text = _string(value)
        name = " ".join(repair(text).split()) if text else ""
        if name.casefold() in _NULLS:
            return None, None
        return name, rank if rank is not None and rank > 0 else None


def whole_number(value: object) -> int | None:
    """A cell as a whole number: ``7``, ``7.0``, ``#7``, ``1,234``; None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    match = re.fullmatch(r"\s*#?\s*([+-]?\d{1,3}(?:,\d{3})+|[+-]?\d{1,15})(?:\.0*)?\s*", str(value), re.ASCII)
    return int(match[1].replace(",", "")) if match else None


def _value(row: Row, column: str | None) -> str | None:
    if column is None:
        return None
    text = _string(row.cells.get(column))
    if text is None or text.strip().casefold() in _NULLS:
        return None
    return repair(text).strip() or None


def _string(value: Any) -> str | None:
    if value is None or isinstance(value, bool | dict | list):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _author(name: str | None) -> str | None:
    return None if name is None or name.casefold() in _GONE else name


def _moment(value: object) -> str | None:
    """Seconds or milliseconds since 1970 become ISO 8601 in UTC; what is written as a date stays as it stands."""
    if value is None or isinstance(value, bool | dict | list):
        return None
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    text = str(value).strip()
    if text.casefold() in _NULLS:
        return None
    if not _EPOCH.fullmatch(text):
        return text
    seconds = float(text) / (1000 if len(text.partition(".")[0]) > 10 else 1)
    return datetime.fromtimestamp(int(seconds), tz=UTC).isoformat().replace("+00:00", "Z")
