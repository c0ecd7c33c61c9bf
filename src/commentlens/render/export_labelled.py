"""Annotated comments for labelling tools that know spans: doccano and Prodigy, one task a line.

Mentions, claims, comparisons and links are labelled spans; everything else the record holds goes with the task under
``commentlens`` and comes back with it (`corpus.labelled` reads both).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from commentlens.corpus.labelled import RECORD_KEY
from commentlens.corpus.labelled_join import Mark, marks_of
from commentlens.record_json import annotated_to_dict
from commentlens.records import AnnotatedComment
from commentlens.render.tokens import token_spans, tokens_of

Task = dict[str, Any]


def write_doccano(comments: Iterable[AnnotatedComment], file: TextIO) -> int:
    """doccano's JSONL for sequence labelling; returns how many.

    Labels may lie over each other, so the project needs "Allow overlapping spans". Other keys than ``text`` and
    ``label`` are doccano's metadata, which its export gives back.
    """
    return _write(comments, _doccano, file)


def write_prodigy(comments: Iterable[AnnotatedComment], file: TextIO) -> int:
    """Prodigy's JSONL for ``spans.manual``, with tokens that every span falls on exactly; returns how many."""
    return _write(comments, _prodigy, file)


def _write(comments: Iterable[AnnotatedComment], task: Callable[[AnnotatedComment], Task], file: TextIO) -> int:
    number = 0
    for number, comment in enumerate(comments, 1):  # noqa: B007 (the count is the result)
        file.write(json.dumps(task(comment), ensure_ascii=False) + "\n")
    return number


def _doccano(comment: AnnotatedComment) -> Task:
    return {"text": comment.text, "label": [list(mark) for mark in marks_of(comment)], RECORD_KEY: _record(comment)}


def _prodigy(comment: AnnotatedComment) -> Task:
    marks = marks_of(comment)
    tokens = token_spans(comment.text, [mark[:2] for mark in marks])
    entry = comment.entry
    return {
        "text": comment.text,
        "tokens": [
            {"text": comment.text[start:end], "start": start, "end": end, "id": number, "ws": _space(comment.text, end)}
            for number, (start, end) in enumerate(tokens)
        ],
        "spans": [_span(mark, tokens) for mark in marks],
        "meta": {"id": comment.id, "list": comment.list, "entry": entry.name if entry else None},
        RECORD_KEY: _record(comment),
    }


def _span(mark: Mark, tokens: list[tuple[int, int]]) -> Task:
    span: Task = {"start": mark.start, "end": mark.end, "label": mark.label}
    covered = tokens_of(mark[:2], tokens)
    return span if covered is None else {**span, "token_start": covered[0], "token_end": covered[1]}


def _space(text: str, end: int) -> bool:
    return text[end : end + 1].isspace()


def _record(comment: AnnotatedComment) -> Task:
    """The record without what the task says itself."""
    record = annotated_to_dict(comment)
    del record["text"]
    return record
