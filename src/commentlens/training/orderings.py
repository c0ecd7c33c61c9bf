"""Sentences with two marked things and how they are ordered: our own, and those that the rules label.

Our own stand in ``data/orderings/*.txt``, a line each: ``BETTER | [Oslo] is calmer than [Rome]``. The others come from
sets whose licences allow training (docs/second-reader.md): sentences with a comparative, in which two nouns are picked
by chance. Of these the rules label those that they read; all others count as NONE, which is nearly always true, and
weigh little.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commentlens.components.pair_features import compares
from commentlens.components.pairs import Span, order_of_pair
from commentlens.components.scope import read_sentences
from commentlens.errors import KnowledgeError
from commentlens.knowledge.rules import RuleSet
from commentlens.training.labelled import read_labelled

OWN = Path(__file__).with_name("data") / "orderings"
LABELS = ("BETTER", "NONE", "WORSE")
SETS = ("goemotions/train", "jindal_liu06/all", "sentihood/train")
_MASKED = "sentihood/train"
_MASKED_KEPT = 400
_LONGEST = 300
_MARK = re.compile(r"\[([^\[\]]+)\]")
_DETERMINER = "(?:the|a|an|my|your|our|his|her|their|this|that|these|those|any|some)"
_NOUN = re.compile(
    rf"(?<![\w'])(?:(?i:{_DETERMINER})\s+([a-z][a-z-]{{2,}})|(?<=[a-z,] )([A-Z][A-Za-z]{{2,}})|(LOCATION[12]))(?![\w'])"
)
_NO_NOUN = frozenset("best first last least more most one only other same way worst".split())
# An order that no rule reads, most likely: left out, for it would be labelled wrongly.
_LIKELY = re.compile(r"\b(?:than|then|over|instead of|compared)\b[^.,]{0,25}$")


@dataclass(frozen=True, slots=True)
class Ordering:
    """A sentence, the characters of its two things in order, and how it orders them (one of `LABELS`)."""

    label: str
    text: str
    first: Span
    second: Span


def read_own(folder: Path = OWN) -> Iterator[Ordering]:
    """Our own sentences, file by file.

    Raises:
        KnowledgeError: If a line is not ``LABEL | sentence with two [marked] things``.
    """
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                yield parse(line, f"{path.name}, line {number}")


def parse(line: str, where: str) -> Ordering:
    """One line; raises `KnowledgeError` as `read_own` does."""
    label, bar, marked = (part.strip() for part in line.partition("|"))
    marks = list(_MARK.finditer(marked))
    if not bar or label not in LABELS or len(marks) != 2:
        raise KnowledgeError(
            f"{where}: got {line.strip()!r}; a line is a label ({', '.join(LABELS)}), a bar, and a sentence with two "
            "things in square brackets."
        )
    spans = [(mark.start() - 2 * i, mark.end() - 2 * i - 2) for i, mark in enumerate(marks)]
    return Ordering(label, _MARK.sub(r"\1", marked), spans[0], spans[1])


def read_sets(folder: Path, rules: RuleSet, seed: int) -> Iterator[Ordering]:
    """Sentences of the labelled sets with two nouns picked by chance, and what the rules say of them.

    Args:
        folder: where the sets lie, a folder each.
        rules: the comparison rules.
        seed: of the choice.

    Raises:
        SourceError: If a set is missing.
    """
    chance = random.Random(seed)
    masked: list[Ordering] = []
    for name in SETS:
        for text in _texts(folder / f"{name}.jsonl"):
            found = _picked(text, name == _MASKED, chance)
            if found is None:
                continue
            order = order_of_pair(text, *found, rules)
            if order.rule is None and compared(text) and _LIKELY.search(text[found[0][1] : found[1][0]].lower()):
                continue
            ordering = Ordering(order.label, text, *found)
            if name == _MASKED and order.label == "NONE":
                masked.append(ordering)
            else:
                yield ordering
    yield from chance.sample(masked, min(_MASKED_KEPT, len(masked)))


def compared(text: str) -> bool:
    """Whether a text holds a word that compares."""
    return any(compares(sentence.units) for sentence in read_sentences(text, []))


def _texts(path: Path) -> Iterator[str]:
    needed = f"{', '.join(SETS)} (docs/second-reader.md says where they come from)"
    yield from (str(row["text"]) for row in read_labelled(path, needed))


def _picked(text: str, masked: bool, chance: random.Random) -> tuple[Span, Span] | None:
    """Two different nouns of a text, by chance; the two masked places where it has them."""
    if len(text) > _LONGEST or (not masked and not compared(text)):
        return None
    spans = [(match.start(match.lastindex or 0), match.end(match.lastindex or 0)) for match in _NOUN.finditer(text)]
    spans = [span for span in spans if _is_noun(text[span[0] : span[1]])]
    if len(spans) < 2:
        return None
    i, j = (0, 1) if masked else sorted(chance.sample(range(len(spans)), 2))
    return (spans[i], spans[j]) if text[slice(*spans[i])] != text[slice(*spans[j])] else None


def _is_noun(word: str) -> bool:
    return word.lower() not in _NO_NOUN and not compared(word.lower())
