"""What the mood classifier is trained on: a comment, a target in it, and its mood.

From comments of our own written for it (`own_comments`), our own annotated pages, and SentiHood, whose sentences about
one place are also spliced two by two, because few of its sentences feel differently about two places.
"""

from __future__ import annotations

import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spacy.language import Language

from commentlens.components.mood import felt_in
from commentlens.components.mood_figures import Figures, seen_from
from commentlens.components.mood_rules import Feeling, feel
from commentlens.components.mood_views import Seen
from commentlens.components.scope import read_sentences
from commentlens.components.topic import Topic
from commentlens.components.valence import Valence
from commentlens.errors import SourceError
from commentlens.knowledge.names import fold
from commentlens.pipeline import pipe
from commentlens.records import Comment
from commentlens.training.labelled import read_labelled
from commentlens.training.own_comments import OwnComment
from commentlens.training.pages import page_comments, read_page

Json = dict[str, Any]

SET, KEPT_ASIDE = "sentihood/train.overall", "sentihood/dev.overall"
_LABELS = {"positive": "pos", "negative": "neg", "none": "neu", "mixed": "mixed"}
_MASK = re.compile(r"LOCATION[12]")
_SEED = 7
_SPLICED = 2400
_SHORT = 22
"""Words of a sentence that is spliced."""
_JOINTS = (" but ", ". ", ", while ", ", ", " and ", "; ", ", whereas ", " - ")


@dataclass(frozen=True, slots=True)
class MoodRow:
    """One target in one comment. ``label``: pos, neg, neu or mixed; ``group``: what must not be split over folds;
    ``source``: own, pages, sentihood, splices or gold; ``aspects``: what is felt about each of SentiHood's aspects,
    None where nobody has said."""

    seen: Seen
    figures: Figures
    label: str
    group: int
    source: str
    target: str
    aspects: Mapping[str, str] | None = None


def own_rows(items: Sequence[OwnComment], nlp: Language, valence: Valence) -> Iterator[MoodRow]:
    """Targets of comments written to train on; one whose name is not found in its text is left out."""
    docs = pipe(nlp, (item.comment for item in items))
    for item, (comment, doc) in zip(items, docs, strict=True):
        topic, felt = felt_in(doc, valence)
        names = {fold(comment.text[m["start"] : m["end"]]): fold(str(m["name"])) for m in topic.mentions}
        wanted = {names.get(fold(name), fold(name)): label for name, label in item.moods.items()}
        yield from _rows(topic, felt, wanted, comment.text, "own")


def page_rows(paths: Iterable[Path], nlp: Language, valence: Valence) -> Iterator[MoodRow]:
    """Targets of our own annotated pages (gold JSONL), their names found by the pipeline.

    Raises:
        SourceError: If a file cannot be read.
    """
    for path in paths:
        rows, comments = read_page(path)
        yield from _page(rows, comments, nlp, valence, "pages")


def record_rows(pages: Iterable[Sequence[Json]], nlp: Language, valence: Valence, source: str) -> Iterator[MoodRow]:
    """Targets of records, a page a list, their names found by the pipeline."""
    for rows in pages:
        yield from _page(rows, list(page_comments(rows)), nlp, valence, source)


def _page(
    rows: Sequence[Json], comments: Sequence[Comment], nlp: Language, valence: Valence, source: str
) -> Iterator[MoodRow]:
    for row, (comment, doc) in zip(rows, pipe(nlp, comments), strict=True):
        topic, felt = felt_in(doc, valence)
        wanted = {fold(mood["target"]): mood["label"] for mood in row["moods"]}
        yield from _rows(topic, felt, wanted, comment.text, source)


def sentihood_rows(data: Path, valence: Valence, left_out: Iterable[str] = ()) -> Iterator[MoodRow]:
    """Rows of SentiHood's training sentences and of sentences spliced from them.

    Args:
        data: folder of the labelled sets.
        valence: reads the words.
        left_out: texts that another part of the set holds as well.

    Raises:
        SourceError: If the set is missing.
    """
    rows = _read(data / f"{SET}.jsonl")
    others = {text.strip().lower() for text in left_out}
    rows = [row for row in rows if row["text"].strip().lower() not in others]
    by_text: defaultdict[str, dict[str, str]] = defaultdict(dict)
    aspects: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in rows:
        by_text[row["text"]][row["target"]] = _LABELS[row["label"]]
        aspects[row["text"]][fold(row["target"])] = {name: _LABELS[label] for name, label in row["aspects"].items()}
    for text, wanted in by_text.items():
        for found in masked_rows(text, wanted, valence):
            yield replace(found, aspects=aspects[text][fold(found.target)])
    for text, wanted, group in _splices(by_text):
        yield from masked_rows(text, wanted, valence, "splices", group)


def left_out(data: Path) -> list[str]:
    """Texts of the set's dev part, which must not be trained on."""
    return [str(row["text"]) for row in _read(data / f"{KEPT_ASIDE}.jsonl")]


def sets(data: Path) -> tuple[Path, ...]:
    """Files of labelled sets that are trained on."""
    return (data / f"{SET}.jsonl",)


def _read(path: Path) -> list[Json]:
    return read_labelled(path, f"{SET} and {KEPT_ASIDE}")


def masked_rows(
    text: str, wanted: Mapping[str, str], valence: Valence, source: str = "sentihood", group: int | None = None
) -> Iterator[MoodRow]:
    """Rows of a sentence whose places are masked as LOCATION1 and LOCATION2."""
    topic, felt = read_masked(text, valence)
    folded = {fold(name): label for name, label in wanted.items()}
    yield from _rows(topic, felt, folded, text, source, group)


def read_masked(text: str, valence: Valence) -> tuple[Topic, Feeling]:
    """A sentence whose places are masked as LOCATION1 and LOCATION2, and what the rules feel towards them."""
    mentions = [
        {"start": m.start(), "end": m.end(), "label": "CITY", "name": m.group(), "id": None, "via": "given"}
        for m in _MASK.finditer(text)
    ]
    topic = Topic(None, mentions, read_sentences(text, mentions))
    return topic, feel(topic, (), (), valence)


def _splices(by_text: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, dict[str, str], int]]:
    """Sentences made of two short ones that each speak of one place; mostly of two that feel differently."""
    chance = random.Random(_SEED)
    folds: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for text, labels in by_text.items():
        if list(labels) == ["LOCATION1"] and text.count("LOCATION1") == 1 and len(text.split()) <= _SHORT:
            folds[group_of(text)].append((text.strip().rstrip("."), labels["LOCATION1"]))
    for fold_, sentences in sorted(folds.items()):
        for _ in range(_SPLICED // len(folds)):
            first, second = chance.sample(sentences, 2)
            for _again in range(4):
                if first[1] != second[1]:
                    break
                second = chance.choice(sentences)
            text = first[0] + chance.choice(_JOINTS) + second[0].replace("LOCATION1", "LOCATION2")
            yield text, {"LOCATION1": first[1], "LOCATION2": second[1]}, fold_


def group_of(text: str, groups: int = 5) -> int:
    """Fold of a text, the same in every run."""
    return zlib.crc32(text.strip().lower().encode()) % groups


def _rows(
    topic: Topic, felt: Feeling, wanted: Mapping[str, str], text: str, source: str, group: int | None = None
) -> Iterator[MoodRow]:
    for mood in felt.moods:
        label = wanted.get(fold(mood["target"]))
        if label is None:
            continue
        if label not in _LABELS.values():
            raise SourceError(f"{text!r}: mood {label!r} is none of {', '.join(_LABELS.values())}.")
        target = str(mood["target"])
        yield MoodRow(
            *seen_from(topic, felt, target),
            label,
            group_of(text) if group is None else group,
            source,
            target,
        )
