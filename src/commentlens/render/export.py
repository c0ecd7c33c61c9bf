"""Annotated comments as files that hold text: JSONL, JSON, CSV, Label Studio tasks. Each streams its input."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from commentlens.record_json import annotated_to_dict
from commentlens.records import AnnotatedComment, Claim, Comparison, Link, Mood
from commentlens.render.cells import defused
from commentlens.summary_records import Report, report_to_dict

EXPORT_SCHEMA = "commentlens-export/1"
CSV_COLUMNS = (
    "id,list,entry,within,rank,author,created,likes,text,"
    "cities,companies,countries,regions,entries,moods,claims,comparisons,links"
).split(",")


def write_jsonl(comments: Iterable[AnnotatedComment], file: TextIO) -> int:
    """One record a line; returns how many."""
    number = 0
    for number, comment in enumerate(comments, 1):  # noqa: B007 (the count is the result)
        file.write(json.dumps(annotated_to_dict(comment), ensure_ascii=False) + "\n")
    return number


def write_json(comments: Iterable[AnnotatedComment], report: Callable[[], Report], version: str, file: TextIO) -> int:
    """One document: ``schema``, ``version``, ``comments``, ``report``; returns how many comments.

    Args:
        comments: written one after the other, a line each.
        report: gives the report; asked when all comments are written, so that a stream can be summed up on its way.
        version: of commentlens.
        file: where to write.
    """
    file.write(f'{{"schema": {json.dumps(EXPORT_SCHEMA)}, "version": {json.dumps(version)}, "comments": [')
    number = 0
    for number, comment in enumerate(comments, 1):
        file.write((",\n" if number > 1 else "\n") + json.dumps(annotated_to_dict(comment), ensure_ascii=False))
    file.write('\n], "report": ')
    json.dump(report_to_dict(report()), file, ensure_ascii=False, indent=2)
    file.write("}\n")
    return number


def write_csv(comments: Iterable[AnnotatedComment], file: TextIO) -> int:
    """One row a comment, its layers in words; returns how many. Texts that look like a formula are defused."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    number = 0
    for number, comment in enumerate(comments, 1):  # noqa: B007 (the count is the result)
        writer.writerow([defused(value) for value in _cells(comment)])
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


def _cells(comment: AnnotatedComment) -> Iterator[object]:
    entry = comment.entry
    yield from (comment.id, comment.list)
    yield from (entry.name, entry.within, entry.rank) if entry else (None, None, None)
    yield from (comment.author, comment.created, comment.likes, comment.text)
    for label in ("CITY", "COMPANY", "COUNTRY", "REGION", "ENTRY"):
        yield "; ".join(mention.name for mention in comment.mentions if mention.label == label)
    yield "; ".join(_mood(mood) for mood in comment.moods)
    yield "; ".join(_claim(claim) for claim in comment.claims)
    yield "; ".join(_comparison(item) for item in comment.comparisons)
    yield "; ".join(_link(link) for link in comment.links)


def _mood(mood: Mood) -> str:
    return f"{mood.target} {mood.label} {mood.score:+.2f}"


def _claim(claim: Claim) -> str:
    words = f"{claim.subject} {claim.stance}"
    if claim.proposed is not None:
        best, worst = claim.proposed
        words += f" {best}-{worst if worst is not None else ''}"
    return words


def _comparison(item: Comparison) -> str:
    return f"{item.better} {'=' if item.relation == 'equal' else '>'} {item.worse}"


def _link(link: Link) -> str:
    return f"{link.company} {link.relation} {link.city}"


def _task(comment: AnnotatedComment) -> dict[str, Any]:
    marked: list[tuple[int, int, str, str]] = [(m.start, m.end, m.label, m.name) for m in comment.mentions]
    marked += [(*claim.span, "CLAIM", _claim(claim)) for claim in comment.claims]
    marked += [(*item.span, "COMPARISON", _comparison(item)) for item in comment.comparisons]
    marked += [(*link.span, "LINK", _link(link)) for link in comment.links]
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
            "moods": [_mood(mood) for mood in comment.moods],
        },
        "predictions": [{"model_version": "commentlens", "result": result}],
    }
