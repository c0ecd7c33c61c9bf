"""Gold files of annotated comments as something to measure on, without the page that they were read from."""

from __future__ import annotations

import json
from pathlib import Path

from commentlens.annotate import Annotator
from commentlens.corpus.titles import polarity_of
from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment, Comment, Entry, RankedList

PAGES = Path(__file__).parents[1] / "tests" / "pages"


def gold_files() -> list[Path]:
    """The gold of the project's own pages that were read for claims and comparisons, in order of their names."""
    return [path for path in sorted(PAGES.glob("*/*.gold.jsonl")) if '"comparisons"' in path.read_text("utf-8")]


def annotate_gold(path: Path, annotator: Annotator) -> tuple[list[AnnotatedComment], list[AnnotatedComment]]:
    """The gold of a file, and its comments as they are read now.

    Each comment stands under its entry in a list of all entries that the file names; the list's polarity is told by its
    title.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    gold = [annotated_from_dict(row, f"{path.name}, line {number}") for number, row in enumerate(rows, 1)]
    titles = dict.fromkeys(comment.list for comment in gold)
    lists = {title: _list_of(title, gold) for title in titles}
    comments = [
        Comment(id=comment.id, text=comment.text, list=lists[comment.list], entry=comment.entry, author=comment.author)
        for comment in gold
    ]
    return gold, list(annotator.annotate(comments))


def _list_of(title: str | None, gold: list[AnnotatedComment]) -> RankedList | None:
    entries: dict[str, Entry] = {}
    for comment in gold:
        if comment.list == title and comment.entry is not None:
            entries.setdefault(comment.entry.name, comment.entry)
    if title is None and not entries:
        return None
    return RankedList(
        id=title or "untitled", title=title, polarity=polarity_of(title), kind=None, entries=tuple(entries.values())
    )
