"""Annotated comments as files that hold JSON: JSONL and one document. Each streams its input."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TextIO

from commentlens.corpus.export_document import EXPORT_SCHEMA
from commentlens.record_json import annotated_to_dict
from commentlens.records import AnnotatedComment
from commentlens.summary_records import Report, report_to_dict


def write_jsonl(comments: Iterable[AnnotatedComment], file: TextIO) -> int:
    """One record a line; returns how many."""
    number = 0
    for number, comment in enumerate(comments, 1):  # noqa: B007 (the count is the result)
        file.write(json.dumps(annotated_to_dict(comment), ensure_ascii=False) + "\n")
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFrom:
    """What an export says of how it was made.

    ``version`` of commentlens; ``sources`` as they were named, none: the corpus that ships; ``options``: those of
    the command that change what is read in a comment, JSON values.
    """

    version: str
    sources: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)


def write_json(
    comments: Iterable[AnnotatedComment], report: Callable[[], Report], made_from: MadeFrom, file: TextIO
) -> int:
    """One document: ``schema``, ``version``, ``sources``, ``options``, ``comments``, ``report``; returns how many.

    Args:
        comments: written one after the other, a line each.
        report: gives the report; asked when all comments are written, so that a stream can be summed up on its way.
        made_from: what stands before the comments.
        file: where to write.
    """
    head = {
        "schema": EXPORT_SCHEMA,
        "version": made_from.version,
        "sources": list(made_from.sources),
        "options": dict(made_from.options),
    }
    file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "comments": [')
    number = 0
    for number, comment in enumerate(comments, 1):
        file.write((",\n" if number > 1 else "\n") + json.dumps(annotated_to_dict(comment), ensure_ascii=False))
    file.write('\n], "report": ')
    json.dump(report_to_dict(report()), file, ensure_ascii=False, indent=2)
    file.write("}\n")
    return number
