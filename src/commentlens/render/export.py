"""Annotated comments as files that hold JSON: JSONL, one document, Label Studio tasks. Each streams its input."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO

from commentlens.corpus.export_document import EXPORT_SCHEMA
from commentlens.record_json import annotated_to_dict
from commentlens.records import AnnotatedComment
from commentlens.render.export_csv import claim_words, comparison_words, link_words, mood_words
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


def write_labelstudio(comments: Iterable[AnnotatedComment], file: TextIO) -> int:
    """Label Studio tasks with predictions, a JSON list; returns how many.

    The project's labelling interface needs ``<Labels name="label" toName="text">`` with the labels CITY, COMPANY,
    COUNTRY, REGION, ENTRY, CLAIM, COMPARISON, LINK, and a ``<Text name="text" value="$text"/>``.
    """
    file.write("[")
    number = 0
    for number, comment in enumerate(comments, 1):
        file.write((",\n" if number > 1 else "\n") + json.dumps(_task(comment), ensure_ascii=False))
    file.write("\n]\n")
    return number


def _task(comment: AnnotatedComment) -> dict[str, Any]:
    marked: list[tuple[int, int, str, str]] = [(m.start, m.end, m.label, m.name) for m in comment.mentions]
    marked += [(*claim.span, "CLAIM", claim_words(claim)) for claim in comment.claims]
    marked += [(*item.span, "COMPARISON", comparison_words(item)) for item in comment.comparisons]
    marked += [(*link.span, "LINK", link_words(link)) for link in comment.links]
    result = [
        {
            "id": f"{comment.id}-{number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": start, "end": end, "text": comment.text[start:end], "labels": [label]},
            "meta": {"text": [note]},
        }
        for number, (start, end, label, note) in enumerate(marked)
    ]
    entry = comment.entry
    return {
        "data": {
            "id": comment.id,
            "text": comment.text,
            "list": comment.list,
            "entry": entry.name if entry else None,
            "rank": entry.rank if entry else None,
            "moods": [mood_words(mood) for mood in comment.moods],
        },
        "predictions": [{"model_version": "commentlens", "result": result}],
    }
