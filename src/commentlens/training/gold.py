"""People's corrected comments as further rows of training, for each of the models that a user may train.

What weighs how much: `MOOD_WEIGHTS`, `ARGUMENT_WEIGHT`, `ORDERING_WEIGHT`, `NAME_REPEATS`; docs/labelling.md tells why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from commentlens.components.scope import Sentence, read_sentences
from commentlens.corpus.gold import read_gold
from commentlens.record_json import annotated_to_dict
from commentlens.records import AnnotatedComment, Mention
from commentlens.training.checksums import sha256
from commentlens.training.entity_data import LabelledSet, trimmed
from commentlens.training.entity_examples import Example
from commentlens.training.orderings import Ordering

SOURCE = "gold"
MOOD_WEIGHTS = {"listed": 1.0, "free": 0.6}
"""Of a row of people's, by set of weights: as our own pages where there is a list, as our own comments where not."""
ARGUMENT_WEIGHT = ORDERING_WEIGHT = 1.0
"""Of a comment and of a sentence of people's: as our own."""
NAME_REPEATS = 4
"""How many times a round of training holds a text: a few hundred corrected ones stand against 45,000 from templates."""
NAMES = LabelledSet(SOURCE, SOURCE, {}, silent=("LOC", "ORG", "PERSON", "OTHER"))
"""What people label here, as a labelled set: of other kinds of names they say nothing."""
_LABELS = ("CITY", "COMPANY", "COUNTRY", "REGION")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """The comments of some gold files, and the files' checksums by name."""

    comments: tuple[AnnotatedComment, ...] = ()
    checksums: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, paths: Sequence[Path], note: Callable[[str], None] = lambda _: None) -> Gold:
        """Read the files with `corpus.gold.read_gold`; raises what it raises."""
        comments = tuple(comment for path in paths for comment in read_gold(path, note))
        return cls(comments, tuple((path.name, sha256(path)) for path in paths))

    def pages(self) -> Iterator[list[Json]]:
        """The comments of each list as the rows of one page, mentions apart; those under no list one by one."""
        pages: dict[str, list[Json]] = {}
        for number, comment in enumerate(self.comments):
            row = annotated_to_dict(comment)
            kept = _apart(comment.mentions)
            row["mentions"] = [item for item, one in zip(row["mentions"], comment.mentions, strict=True) if one in kept]
            pages.setdefault(f"list {comment.list}" if comment.list else f"comment {number}", []).append(row)
        yield from pages.values()

    def orderings(self) -> Iterator[Ordering]:
        """Pairs of names in one sentence: ordered as a comparison has them, else NONE; equal ones are left out."""
        for comment in self.comments:
            mentions = _apart(comment.mentions)
            orders = {(pair.better, pair.worse): pair.relation for pair in comment.comparisons}
            for start, end, inside in _sentences(comment.text, mentions):
                for first, second in combinations(inside, 2):
                    label = _label(orders, first.name, second.name)
                    if label is not None and first.name != second.name:
                        one, two = ((m.start - start, m.end - start) for m in (first, second))
                        yield Ordering(label, comment.text[start:end], one, two)

    def names(self) -> list[Example]:
        """Each text once, with what people marked in it; an entry of another kind may be anything."""
        found: dict[str, Example] = {}
        for comment in self.comments:
            spans: list[tuple[int, int, str]] = []
            unknown: list[tuple[int, int]] = []
            for mention in _apart(comment.mentions):
                start, end = trimmed(comment.text, mention.start, mention.end)
                if start < end and mention.label in _LABELS:
                    spans.append((start, end, mention.label))
                elif start < end:
                    unknown.append((start, end))
            example = Example(text=comment.text, spans=tuple(spans), unknown=tuple(unknown), source=SOURCE)
            found.setdefault(comment.text, example)
        return list(found.values())


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Those that do not overlap, in the order of the text; of two that do, the first and longer one."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _sentences(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, list[Mention]]]:
    """Start and end of each sentence that holds mentions, and these."""
    rows = [{"start": m.start, "end": m.end, "label": m.label, "name": m.name} for m in mentions]
    for sentence in read_sentences(text, rows):
        start, end = _extent(sentence)
        inside = [mention for mention in mentions if start <= mention.start and mention.end <= end]
        if len(inside) > 1:
            yield start, end, inside


def _extent(sentence: Sentence) -> tuple[int, int]:
    return sentence.units[0].start, sentence.units[-1].end


def _label(orders: Mapping[tuple[str, str], str], first: str, second: str) -> str | None:
    for pair, label in (((first, second), "BETTER"), ((second, first), "WORSE")):
        if pair in orders:
            return label if orders[pair] == "better" else None
    return "NONE"
