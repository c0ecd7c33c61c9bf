"""The corpus format: lists and comments, one JSON object a line (shape in `docs/architecture.md`).

Written bytes depend on the records alone. Reading takes two passes, so that each comment finds its list.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TextIO, cast

from commentlens.corpus.reading import Reading, SetAside, SetAsides
from commentlens.corpus.streams import SourceFile
from commentlens.corpus.titles import polarity_of, slug
from commentlens.errors import CommentlensError, RecordError, field_message, place
from commentlens.record_json import annotated_from_dict, entry_from_dict, entry_to_dict
from commentlens.records import KINDS, POLARITIES, SCHEMA, AnnotatedComment, Comment, Entry, Kind, Polarity, RankedList

CORPUS_SCHEMA = "commentlens-corpus/1"
Json = dict[str, Any]


def write_corpus(readings: Iterable[Reading], file: TextIO) -> int:
    """Write the lists and comments of the readings, each reading's lists before its comments.

    A list whose id another reading has already used gets ``-2``, ``-3`` … behind it. Gives the number of comments.
    """
    used: set[str] = set()
    count = 0
    for reading in readings:
        ids: dict[int, str] = {}
        for ranked in reading.lists:
            ids[id(ranked)] = _unused(ranked.id, used)
            row = {"schema": CORPUS_SCHEMA, "list": list_to_dict(ranked) | {"id": ids[id(ranked)]}}
            file.write(_line(row))
        for comment in reading.comments:
            row = comment_to_dict(comment)
            if comment.list is not None:
                row["list"] = ids.get(id(comment.list), comment.list.id)
            file.write(_line(row))
            count += 1
    return count


def list_to_dict(ranked: RankedList) -> Json:
    """A list as the corpus format writes it; ``within`` and ``blurb`` only where an entry has them."""
    entries: list[Json] = []
    for entry in ranked.entries:
        row = entry_to_dict(entry)
        if entry.blurb is not None:
            row["blurb"] = entry.blurb
        entries.append(row)
    return {
        "id": ranked.id,
        "title": ranked.title,
        "description": ranked.description,
        "polarity": ranked.polarity,
        "kind": ranked.kind,
        "entries": entries,
    }


def comment_to_dict(comment: Comment) -> Json:
    """A comment as the corpus format writes it; ``parent`` only where it has one."""
    return {
        "id": comment.id,
        "list": comment.list.id if comment.list else None,
        "entry": entry_to_dict(comment.entry) if comment.entry else None,
        "author": comment.author,
        "created": comment.created,
        "likes": comment.likes,
        **({"parent": comment.parent} if comment.parent is not None else {}),
        "text": comment.text,
        "raw": comment.raw,
    }


def list_from_dict(value: object, where: str) -> RankedList:
    """Read a list.

    Raises:
        RecordError: If it has not the documented shape.
    """
    if not isinstance(value, dict):
        raise RecordError(field_message(where, "list", value, "an object"))
    data = cast(Json, value)
    polarity, kind = data.get("polarity", "positive"), data.get("kind")
    if polarity not in POLARITIES:
        raise RecordError(field_message(where, "polarity", polarity, f"one of {', '.join(POLARITIES)}"))
    if kind is not None and kind not in KINDS:
        raise RecordError(field_message(where, "kind", kind, f"null or one of {', '.join(KINDS)}"))
    entries = data.get("entries", [])
    if not isinstance(entries, list):
        raise RecordError(field_message(where, "entries", entries, "a list"))
    title = _text(data, "title", where)
    return RankedList(
        id=_text(data, "id", where) or slug(title or ""),
        title=title,
        description=_text(data, "description", where),
        polarity=cast(Polarity, polarity),
        kind=cast("Kind | None", kind),
        entries=tuple(entry_from_dict(entry, f"{where}, entries[{i}]") for i, entry in enumerate(entries)),
    )


def comment_from_dict(data: Json, lists: dict[str, RankedList], where: str) -> Comment:
    """Read a comment; its entry is the list's own where the list has it.

    Raises:
        RecordError: If it has not the documented shape or names a list that the file does not hold.
    """
    text, id_ = _text(data, "text", where), _text(data, "id", where)
    if not text or not id_:
        wrong = "id" if text else "text"
        raise RecordError(field_message(where, wrong, data.get(wrong), "a string that is not empty"))
    list_id = _text(data, "list", where)
    if list_id is not None and list_id not in lists:
        raise RecordError(field_message(where, "list", list_id, "the id of a list that the file holds"))
    ranked = lists[list_id] if list_id is not None else None
    entry = entry_from_dict(data["entry"], where) if data.get("entry") else None
    likes = data.get("likes")
    if likes is not None and (isinstance(likes, bool) or not isinstance(likes, int)):
        raise RecordError(field_message(where, "likes", likes, "a whole number or null"))
    return Comment(
        id=id_,
        text=text,
        raw=_text(data, "raw", where),
        list=ranked,
        entry=_own_entry(entry, ranked),
        author=_text(data, "author", where),
        created=_text(data, "created", where),
        likes=likes,
        parent=_text(data, "parent", where),
    )


def read_corpus(
    path: SourceFile,
    *,
    source: str,
    encoding: str = "utf-8",
    title: str | None = None,
    polarity: Polarity | None = None,
    kind: Kind | None = None,
) -> Reading:
    """Open a corpus file.

    ``polarity`` and ``kind`` go before what the file says of its lists; ``title`` does where it holds one list.

    Raises:
        RecordError: While it is opened, if a list is broken. Broken comments are set aside.
    """
    lists: dict[str, RankedList] = {}
    with path.open(encoding=encoding) as file:
        for number, line in enumerate(file, 1):
            if CORPUS_SCHEMA in line and (data := _object(line)) and data.get("schema") == CORPUS_SCHEMA:
                ranked = list_from_dict(data.get("list"), place(source, number))
                if ranked.id in lists:
                    raise RecordError(f"{place(source, number)}: a second list {ranked.id!r}. Give each its own id.")
                lists[ranked.id] = replace(ranked, polarity=polarity or ranked.polarity, kind=kind or ranked.kind)
    if title is not None and len(lists) == 1:
        lists = {id_: replace(ranked, title=title) for id_, ranked in lists.items()}
    set_aside = SetAsides()

    def comments() -> Iterator[Comment]:
        for number, line, data in _objects(path, encoding, set_aside):
            if data.get("schema") == CORPUS_SCHEMA:
                continue
            try:
                yield comment_from_dict(data, lists, place(source, number))
            except CommentlensError as error:
                set_aside.append(SetAside(line=number, reason=reason_of(error, place(source, number)), text=line))

    return Reading(
        source=source, format="corpus", lists=tuple(lists.values()), comments=comments(), set_aside=set_aside
    )


def read_annotated(
    path: SourceFile,
    *,
    source: str,
    encoding: str = "utf-8",
    polarity: Polarity | None = None,
    kind: Kind | None = None,
) -> Reading:
    """Open annotated JSONL; the lists are put together from what its comments say of theirs."""
    return annotated_reading(
        lambda set_aside: (comment for comment, _ in _annotated(path, source, encoding, set_aside)),
        source=source,
        polarity=polarity,
        kind=kind,
    )


def annotated_reading(
    records: Callable[[list[SetAside]], Iterator[AnnotatedComment]],
    *,
    source: str,
    polarity: Polarity | None = None,
    kind: Kind | None = None,
) -> Reading:
    """A source that is annotated already; its lists are put together from what its comments say of theirs.

    Args:
        records: begins to read the comments, and puts what cannot be used in the list; called more than once.
        source: its name.
        polarity: of its lists, where the titles are not to decide.
        kind: of its lists, where it is known.
    """
    lists = lists_of_annotated(records(SetAsides()), polarity=polarity, kind=kind)
    set_aside = SetAsides()
    return Reading(
        source=source,
        format="annotated",
        lists=tuple(lists.values()),
        comments=(comment_of(comment, lists) for comment in records(SetAsides())),
        annotated=records(set_aside),
        set_aside=set_aside,
    )


def lists_of_annotated(
    comments: Iterable[AnnotatedComment], *, polarity: Polarity | None = None, kind: Kind | None = None
) -> dict[str, RankedList]:
    """The lists, by title, with those entries that annotated comments stand under, best rank first."""
    entries: dict[str, dict[tuple[str, str | None, int | None], Entry]] = {}
    for comment in comments:
        if comment.list is not None:
            known = entries.setdefault(comment.list, {})
            if comment.entry is not None:
                known.setdefault((comment.entry.name, comment.entry.within, comment.entry.rank), comment.entry)
    return {
        title: RankedList(
            id=slug(title),
            title=title,
            polarity=polarity or polarity_of(title),
            kind=kind,
            entries=tuple(sorted(known.values(), key=lambda e: (e.rank is None, e.rank or 0, e.name))),
        )
        for title, known in entries.items()
    }


def comment_of(annotated: AnnotatedComment, lists: dict[str, RankedList]) -> Comment:
    """The comment without its annotations, under the list of its title."""
    ranked = lists.get(annotated.list) if annotated.list is not None else None
    return Comment(
        id=annotated.id,
        text=annotated.text,
        raw=annotated.raw,
        list=ranked,
        entry=_own_entry(annotated.entry, ranked),
        author=annotated.author,
        created=annotated.created,
        likes=annotated.likes,
    )


def _annotated(
    path: SourceFile, source: str, encoding: str, set_aside: list[SetAside]
) -> Iterator[tuple[AnnotatedComment, int]]:
    for number, line, data in _objects(path, encoding, set_aside):
        try:
            yield annotated_from_dict(data, place(source, number)), number
        except CommentlensError as error:
            set_aside.append(SetAside(line=number, reason=reason_of(error, place(source, number)), text=line))


def _objects(path: SourceFile, encoding: str, set_aside: list[SetAside]) -> Iterator[tuple[int, str, Json]]:
    with path.open(encoding=encoding) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            data = _object(line)
            if data is None:
                set_aside.append(SetAside(line=number, reason="not a JSON object", text=line.rstrip("\r\n")))
            else:
                yield number, line.rstrip("\r\n"), data


def _object(line: str) -> Json | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def schema_of(line: str) -> str | None:
    """The schema that a line of JSON names, None where it names none."""
    data = _object(line)
    schema = data.get("schema") if data else None
    return schema if schema in (SCHEMA, CORPUS_SCHEMA) else None


def _own_entry(entry: Entry | None, ranked: RankedList | None) -> Entry | None:
    if entry is None or ranked is None:
        return entry
    key = (entry.name, entry.within, entry.rank)
    return next((own for own in ranked.entries if (own.name, own.within, own.rank) == key), entry)


def _text(data: Json, key: str, where: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise RecordError(field_message(where, key, value, "a string or null"))
    return value


def reason_of(error: CommentlensError, where: str) -> str:
    """Why a row was set aside: the error without the row's place, which a `SetAside` says itself."""
    message = str(error)
    return message[len(where) + 2 :] if message.startswith((f"{where}: ", f"{where}, ")) else message


def _unused(id_: str, used: set[str]) -> str:
    candidate, count = id_, 1
    while candidate in used:
        count += 1
        candidate = f"{id_}-{count}"
    used.add(candidate)
    return candidate


def _line(row: Json) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
