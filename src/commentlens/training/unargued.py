"""Comments that argue about no list, set under an entry: what a reader of arguments must leave alone.

Our own comments with a mood and no word about ranks, and a sample of GoEmotions' Reddit comments, which know of no list
at all. Each is put under an invented entry, every third on a negative list.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from spacy.language import Language

from commentlens.components.clauses import topic_of
from commentlens.components.topic import Topic
from commentlens.pipeline import pipe
from commentlens.records import Comment, Entry, RankedList
from commentlens.training.arguments import Argument
from commentlens.training.labelled import read_labelled
from commentlens.training.own_comments import OwnComment

SET = "goemotions/train"
_SAMPLED = 2000
_SEED = 5
_NAMES = "Bergen Graz Osaka Porto Cork Lviv Quito Turin Basel Kobe Ghent Malmo Aarhus Tartu Split".split()
_ENTRIES = tuple(Entry(name=name, rank=rank) for rank, name in enumerate(_NAMES, 1))
_LISTS = (
    RankedList(id="worst", title="Worst Cities", polarity="negative", kind="city", entries=_ENTRIES),
    *[RankedList(id="best", title="Best Cities", kind="city", entries=_ENTRIES)] * 2,
)
_OF_RANKS = frozenset(
    "list lists rank ranks ranked ranking rankings rating place placed places spot spots slot position positions top "
    "bottom higher highest lower lowest above below ahead behind up down first last podium deserve deserves deserved "
    "deserving should belong belongs surprised shocked missing underrated overrated put number swap switch move moved "
    "agree agreed accurate inaccurate vote voted votes".split()
)


def unargued(moods: Sequence[OwnComment], data: Path, nlp: Language) -> Iterator[Argument]:
    """Comments that argue about no rank, as arguments labelled ``none``.

    Args:
        moods: our own comments with a mood; those under an entry and without a word about ranks are taken.
        data: folder of the labelled sets.
        nlp: finds the names.

    Raises:
        SourceError: If the set is missing.
    """
    placed = [
        replace(item.comment, entry=replace(item.comment.entry, rank=1 + 7 * i % 20))
        for i, item in enumerate(moods)
        if item.comment.entry is not None
    ]
    for comment, doc in pipe(nlp, placed):
        topic = topic_of(doc)
        if comment.entry and comment.entry.rank and not _speaks_of_ranks(topic):
            yield Argument("none", topic, comment.entry.rank)
    for comment, doc in pipe(nlp, _under_entries(data)):
        if comment.entry and comment.entry.rank:
            yield Argument("none", topic_of(doc), comment.entry.rank)


def _speaks_of_ranks(topic: Topic) -> bool:
    return any(sentence.holds_ranks or not _OF_RANKS.isdisjoint(sentence.keys) for sentence in topic.sentences)


def _under_entries(data: Path) -> Iterator[Comment]:
    texts = [str(row["text"]) for row in read_labelled(data / f"{SET}.jsonl", SET)]
    for i, text in enumerate(random.Random(_SEED).sample(texts, min(_SAMPLED, len(texts)))):
        yield Comment(id=f"{SET} {i}", text=text, list=_LISTS[i % 3], entry=_ENTRIES[i % len(_ENTRIES)])
