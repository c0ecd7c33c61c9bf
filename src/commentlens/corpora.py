"""What makes a `Corpus`: sources, strings, rows of dicts or of a frame."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

from commentlens.errors import NoCommentsError, RecordError, SourceError
from commentlens.records import AnnotatedComment, Comment, Entry, Kind, Polarity, RankedList
from commentlens.results import Corpus
from commentlens.sources import CommentStream, Notes, SourceSettings

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from commentlens.corpus.reading import SetAside

    Records: TypeAlias = Iterable[Mapping[str, Any]] | pandas.DataFrame | polars.DataFrame | pyarrow.Table

RANK_OF_NOTHING = "rank: it is the rank of an entry; name that too (entry=…)."

_log = logging.getLogger("commentlens")


def load(
    *sources: str | Path,
    title: str | None = None,
    polarity: Polarity | None = None,
    kind: Kind | None = None,
    columns: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> Corpus:
    """Read comments from sources: saved pages, tables, corpora, annotated files.

    Args:
        sources: files, folders, patterns, or ``-`` for standard input; none: the page that ships.
        title: of the list, where the source has none or a wrong one.
        polarity: "negative" where rank 1 is no honour; None: the title tells.
        kind: what the entries are: city, company, country, other; None: title and entries tell.
        columns: of a table, which column holds what: ``{"text": "body", "entry": "place"}``; the keys are text, entry,
            rank, list, author, id, created, likes, parent. What is not said is told by usual names.
        limit: how many comments to read, over all sources.

    Raises:
        SourceError: If a source is missing or cannot be read, or a column is not there.
        NoCommentsError: If none holds a comment.
        RecordError: If a corpus file holds a broken list, or ``polarity`` or ``kind`` is none of the values above.
    """
    _check_list(polarity, kind)
    settings = SourceSettings(title=title, polarity=polarity, kind=kind, columns=_columns(columns), limit=limit)
    stream = CommentStream([str(source) for source in sources], settings, Notes(say=_log.info))
    rows = list(_read(stream))
    stream.check_used(len(rows))
    return _corpus(rows, stream.lists, stream.set_aside, stream.set_aside_counts)


def from_texts(
    texts: Iterable[str],
    *,
    entry: str | None = None,
    rank: int | None = None,
    title: str | None = None,
    entries: Sequence[str] = (),
    polarity: Polarity | None = None,
    kind: Kind | None = None,
) -> Corpus:
    """Comments from strings, with ids ``text-1``, ``text-2`` and on.

    Args:
        texts: the comments.
        entry: the entry that all of them stand under.
        rank: its listed rank, from 1.
        title: of the list.
        entries: names of all entries of the list, the first one at rank 1.
        polarity: as for `load`.
        kind: as for `load`.

    Raises:
        RecordError: If something among the texts is no string, ``texts`` is one string, or ``polarity`` or ``kind`` is
            not known.
    """
    if isinstance(texts, str):
        raise RecordError("texts: got one string; give a list of strings, or cl.load(path) for a file.")
    ranked, found = list_of(entry, rank, title, entries, polarity, kind)
    comments = []
    for number, text in enumerate(texts, 1):
        if not isinstance(text, str):
            raise RecordError(f"texts, item {number}: got {type(text).__name__}, a comment is a string.")
        comments.append(Comment(id=f"text-{number}", text=text, list=ranked, entry=found))
    return _corpus([(c, None, ranked.id if ranked else None) for c in comments], [ranked] if ranked else [])


def from_records(
    records: Records,
    *,
    title: str | None = None,
    polarity: Polarity | None = None,
    kind: Kind | None = None,
    columns: Mapping[str, str] | None = None,
    name: str = "records",
) -> Corpus:
    """Comments from rows: dicts, a pandas or polars frame, an Arrow table.

    Args:
        records: one a comment; a column with the text is needed, all others may be missing.
        title: as for `load`.
        polarity: as for `load`.
        kind: as for `load`.
        columns: as for `load`.
        name: stands for a file's name in messages, in ids and, without a title, as the list's title.

    Raises:
        SourceError: If no column holds the text, or a named one is missing.
        NoCommentsError: If no row holds a comment.
        RecordError: If a row is no dict, or ``polarity`` or ``kind`` is not known.
    """
    _check_list(polarity, kind)
    from commentlens.corpus.reading import Columns
    from commentlens.corpus.rows import Row
    from commentlens.corpus.table import read_table

    rows = [Row(number, cells, str(cells)) for number, cells in enumerate(_dicts(records), 1)]
    names = list(dict.fromkeys(str(key) for row in rows for key in row.cells))
    reading = read_table(
        lambda: iter(rows),
        names,
        source=name,
        format="records",
        columns=_columns(columns) or Columns(),
        title=title,
        polarity=polarity,
        kind=kind,
    )
    comments = list(reading.comments)
    aside = [(name, item) for item in reading.set_aside]
    if not comments:
        why = f" Row {aside[0][1].line}: {aside[0][1].reason}." if aside else ""
        raise NoCommentsError(f"{name}: no row holds a comment.{why} Say with columns which one holds the text.")
    return _corpus(
        [(c, None, c.list.id if c.list else None) for c in comments], reading.lists, aside, reading.set_aside.sorts
    )


_Read: TypeAlias = tuple[Comment, AnnotatedComment | None, str | None]


def _read(stream: CommentStream) -> Iterator[_Read]:
    from commentlens.corpus.jsonl import comment_of

    for reading in stream.readings():
        if reading.annotated is None:
            for comment in reading.comments:
                yield comment, None, stream.list_id(reading, comment)
        else:
            lists = {item.title: item for item in reading.lists if item.title is not None}
            for annotated in reading.annotated:
                yield comment_of(annotated, lists), annotated, stream.list_id(reading, annotated)


def _corpus(
    rows: Sequence[_Read],
    lists: Iterable[RankedList],
    set_aside: Iterable[tuple[str, SetAside]] = (),
    counts: Mapping[Any, int] | None = None,
) -> Corpus:
    return Corpus(
        comments=tuple(comment for comment, _, _ in rows),
        annotated=tuple(annotated for _, annotated, _ in rows),
        list_ids=tuple(list_id for _, _, list_id in rows),
        lists=tuple(lists),
        set_aside=tuple(set_aside),
        set_aside_counts=dict(counts or {}),
    )


def as_corpus(comments: Corpus | str | Iterable[str] | Iterable[Comment]) -> Corpus:
    """A corpus of what `commentlens.annotate` takes.

    Raises:
        RecordError: If something is neither a text nor a comment.
    """
    if isinstance(comments, Corpus):
        return comments
    if not isinstance(comments, Iterable):
        raise RecordError(f"got {type(comments).__name__}; give a corpus (cl.load), or a list of texts or comments.")
    items = [comments] if isinstance(comments, str) else list(comments)
    given = [item for item in items if isinstance(item, Comment)]
    if len(given) < len(items):
        return from_texts(items)  # type: ignore[arg-type]  # it says which item is no string
    lists = {comment.list.id: comment.list for comment in given if comment.list is not None}
    return _corpus([(c, None, c.list.id if c.list else None) for c in given], lists.values())


def list_of(
    entry: str | None,
    rank: int | None,
    title: str | None,
    entries: Sequence[str],
    polarity: Polarity | None,
    kind: Kind | None,
) -> tuple[RankedList | None, Entry | None]:
    """The list and the entry that names and ranks stand for, None where nothing is said of them."""
    from commentlens.corpus.titles import polarity_of

    _check_list(polarity, kind)
    if rank is not None and entry is None:
        raise RecordError(RANK_OF_NOTHING)
    if not (entry or title or entries):
        return None, None
    if entry is not None and entry in entries and rank is None:
        rank = list(entries).index(entry) + 1
    found = Entry(name=entry, rank=rank) if entry else None
    others = [Entry(name=name, rank=place) for place, name in enumerate(entries, 1) if name != entry]
    listed = sorted([*([found] if found else []), *others], key=lambda item: (item.rank is None, item.rank or 0))
    ranked = RankedList(
        id="list", title=title, polarity=polarity or polarity_of(title), kind=kind, entries=tuple(listed)
    )
    return ranked, found


def _check_list(polarity: str | None, kind: str | None) -> None:
    for name, value, allowed in (("polarity", polarity, get_args(Polarity)), ("kind", kind, get_args(Kind))):
        if value is not None and value not in allowed:
            raise RecordError(f"{name}: got {value!r}. Allowed: {', '.join(allowed)}.")


def _dicts(records: Any) -> list[dict[str, Any]]:
    """Rows as dicts, with None for what pandas calls missing."""
    if hasattr(records, "to_pylist"):
        rows = records.to_pylist()
    elif hasattr(records, "to_dicts"):
        rows = records.to_dicts()
    elif hasattr(records, "to_dict"):
        rows = records.to_dict("records")
    else:
        rows = list(records)
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            raise RecordError(f"records, row {number}: got {type(row).__name__}, a row is a dict.")
    # What is missing is not equal to itself: nan, NaT.
    return [{str(key): value if _is_there(value) else None for key, value in row.items()} for row in rows]


def _is_there(value: Any) -> bool:
    return type(value).__name__ not in ("NAType", "NaTType") and not (isinstance(value, float) and value != value)


def _columns(columns: Mapping[str, str] | None) -> Any:
    from commentlens.corpus.reading import Columns

    if columns is None:
        return None
    allowed = Columns.__dataclass_fields__
    if unknown := [key for key in columns if key not in allowed]:
        raise SourceError(f"columns: unknown {', '.join(unknown)}. Known: {', '.join(allowed)}.")
    return Columns(**columns)
