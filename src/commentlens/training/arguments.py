"""Comments under an entry, and whether they say that it stands too low, too high or right.

From comments written to train on (`own_comments`), our own annotated pages (gold JSONL) and tables of comments (TOML);
only those that may be tuned on.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from commentlens.components.clauses import topic_of as topic_of_doc
from commentlens.components.examples import topic_of
from commentlens.components.scope import read_sentences
from commentlens.components.topic import Topic
from commentlens.corpus.titles import polarity_of
from commentlens.errors import SourceError
from commentlens.knowledge.rules import Example
from commentlens.pipeline import pipe
from commentlens.training.own_comments import OwnComment

LABELS = ("none", "right", "too_high", "too_low")
_EXAMPLE = ("text", "entry", "rank", "polarity", "others")


@dataclass(frozen=True, slots=True)
class Argument:
    """A comment, the listed rank of its entry, and what it says of it (one of `LABELS`)."""

    label: str
    topic: Topic
    listed: int


def read_arguments(paths: Iterable[Path]) -> Iterator[Argument]:
    """The comments of some files that stand under an entry with a rank.

    Raises:
        SourceError: If a file cannot be read.
    """
    for path in paths:
        try:
            if path.suffix == ".toml":
                yield from _of_table(tomllib.loads(path.read_text(encoding="utf-8"))["comment"])
            else:
                yield from page_arguments([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SourceError(f"{path}: neither a gold page nor a table of comments ({error}).") from error


def own_arguments(items: Sequence[OwnComment], nlp: Language) -> Iterator[Argument]:
    """Comments written to train on, their names found by a pipeline as in any other text."""
    docs = pipe(nlp, (item.comment for item in items))
    for item, (comment, doc) in zip(items, docs, strict=True):
        if item.stance and comment.entry and comment.entry.rank:
            yield Argument(item.stance, topic_of_doc(doc), comment.entry.rank)


def _of_table(rows: Sequence[Mapping[str, Any]]) -> Iterator[Argument]:
    for row in rows:
        entry, rank = row.get("entry"), row.get("rank")
        if entry and rank:
            stances = [claim.removeprefix(f"{entry} ") for claim in row["claims"] if claim.startswith(f"{entry} ")]
            label = _label(stance.split()[0] for stance in stances)
            yield Argument(label, topic_of(Example(**{key: row[key] for key in _EXAMPLE if key in row})), rank)


def page_arguments(rows: Sequence[Mapping[str, Any]]) -> Iterator[Argument]:
    """The comments of one annotated page, as records, that stand under an entry with a rank."""
    entries = {row["entry"]["name"]: row["entry"] for row in rows if row.get("entry")}
    for row in rows:
        entry = row.get("entry")
        if not entry or not entry.get("rank"):
            continue
        context = {
            "list": row.get("list"),
            "polarity": polarity_of(row.get("list")),
            "kind": None,
            "entries": list(entries.values()),
            "entry": entry,
        }
        topic = Topic(context, row["mentions"], read_sentences(row["text"], row["mentions"]))
        stances = (claim["stance"] for claim in row["claims"] if claim["subject"] == entry["name"])
        yield Argument(_label(stances), topic, entry["rank"])


def _label(stances: Iterable[str]) -> str:
    return next((stance for stance in stances if stance in LABELS), "none")
