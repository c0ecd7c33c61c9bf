"""JSONL of labelling tools, doccano's and Prodigy's, as annotated comments: what people drew, joined with the record.

Such a tool knows spans with a label. What else the record holds travels beside the text under ``commentlens`` and
comes back untouched; `joined` puts both together, and a span that was taken away takes its finding with it.

Shapes: doccano ``{"text", "label": [[start, end, label], …]}`` or, in projects with relations, ``"entities":
[{"start_offset", "end_offset", "label"}, …]``; Prodigy ``{"text", "spans": [{"start", "end", "label"}, …], "answer"}``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from commentlens.corpus.labelled_join import Mark, joined
from commentlens.corpus.reading import SetAside
from commentlens.corpus.streams import SourceFile
from commentlens.errors import CommentlensError, RecordError, field_message, place
from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment

RECORD_KEY = "commentlens"
Json = dict[str, Any]


def is_labelled(first: str) -> bool:
    """Whether a JSONL file with this first line comes from such a tool."""
    row = _object(first)
    if row is None or not isinstance(row.get("text"), str):
        return False
    shapes = [row[key] for key in ("label", "entities", "spans") if isinstance(row.get(key), list)]
    if RECORD_KEY in row:
        return bool(shapes)
    return any(shape and all(_mark(item) is not None for item in shape) for shape in shapes)


def read_labelled(
    path: SourceFile, source: str, encoding: str, name: str, set_aside: list[SetAside]
) -> Iterator[AnnotatedComment]:
    """The comments of the file, which people have corrected or not.

    Set aside are lines that are no such row, those that were rejected or skipped in Prodigy, and single spans that
    do not say enough; their comment is read without them.
    """
    with path.open(encoding=encoding) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            raw, where = line.rstrip("\r\n"), place(source, number)
            try:
                comment, unclear = _comment(_object(raw), f"{name}-{number:04}", where)
            except CommentlensError as error:
                reason = str(error).removeprefix(f"{where}: ").removeprefix(f"{where}, ")
                set_aside.append(SetAside(line=number, reason=reason, text=raw))
                continue
            set_aside.extend(SetAside(line=number, reason=reason, text=raw) for reason in unclear)
            yield comment


def _comment(row: Json | None, id_: str, where: str) -> tuple[AnnotatedComment, list[str]]:
    if row is None:
        raise RecordError(f"{where}: not a JSON object")
    if row.get("answer", "accept") != "accept":
        raise RecordError(f"{where}: answered {row['answer']!r}")
    text, record = row.get("text"), row.get(RECORD_KEY) or {}
    if not isinstance(text, str):
        raise RecordError(field_message(where, "text", text, "a string"))
    if not isinstance(record, dict):
        raise RecordError(field_message(where, RECORD_KEY, record, "the record that the export wrote"))
    record = {"id": str(row["id"]) if row.get("id") is not None else id_, **record, "text": text}
    # Read before they are joined, so that a broken record is not taken for a person's doing.
    before = annotated_from_dict(record, where)
    comment, unclear = joined(before, _marks(row, where, len(text)))
    return comment, unclear


def _marks(row: Json, where: str, length: int) -> list[Mark]:
    for key in ("label", "entities", "spans"):
        items = row.get(key)
        if items is None:
            continue
        if not isinstance(items, list):
            raise RecordError(field_message(where, key, items, "a list"))
        marks = []
        for number, item in enumerate(items):
            mark = _mark(item)
            if mark is None or not 0 <= mark.start < mark.end <= length:
                allowed = f"start, end and label, 0 <= start < end <= {length}"
                raise RecordError(field_message(where, f"{key}[{number}]", item, allowed))
            marks.append(mark)
        return marks
    raise RecordError(f'{where}: none of "label", "entities" and "spans" is there.')


def _mark(item: object) -> Mark | None:
    """A span of any of the shapes; None where it is none."""
    if isinstance(item, list) and len(item) == 3:
        start, end, label = item
    elif isinstance(item, dict):
        start, end = item.get("start", item.get("start_offset")), item.get("end", item.get("end_offset"))
        label = item.get("label")
    else:
        return None
    whole = all(isinstance(value, int) and not isinstance(value, bool) for value in (start, end))
    return Mark(start, end, label) if whole and isinstance(label, str) else None


def _object(line: str) -> Json | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
