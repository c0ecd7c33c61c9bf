"""Our own annotated pages (gold JSONL) as comments that have not been read yet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from commentlens.corpus.titles import polarity_of, slug
from commentlens.errors import SourceError
from commentlens.records import Comment, Entry, RankedList

Json = dict[str, Any]


def read_page(path: Path) -> tuple[list[Json], list[Comment]]:
    """The records of a page, and its comments in the same order.

    Raises:
        SourceError: If the file cannot be read.
    """
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return rows, list(page_comments(rows))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{path}: no annotated page ({error}).") from error


def page_comments(rows: Sequence[Json]) -> Iterator[Comment]:
    """The comments of one page's records, under one list of all entries that they name."""
    entries = {row["entry"]["name"]: Entry(name=row["entry"]["name"], rank=row["entry"].get("rank")) for row in rows
               if row.get("entry")}  # fmt: skip
    title = next((row["list"] for row in rows if row.get("list")), None)
    ranked = None
    if entries:
        ranked = RankedList(
            id=slug(title or ""), title=title, polarity=polarity_of(title), entries=tuple(entries.values())
        )
    for row in rows:
        entry = entries[row["entry"]["name"]] if row.get("entry") else None
        yield Comment(id=row["id"], text=row["text"], list=ranked, entry=entry)
