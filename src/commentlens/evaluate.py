"""Annotated comments against gold ones: precision, recall and F1 a layer.

What counts as a match, by layer: `city` and `company` the same span and label; `linked`, among the city mentions whose
span matches, the same name; `mood` the (comment, target) pairs of the gold, a missing target counting as wrong; `claim`
the same comment, subject and stance, `claim_rank` also the same proposed ranks; `comparison` the same two things and
relation (either order where equal). Names are compared without case, accents, punctuation and a leading "the". Comments
are joined on id, on text where the ids differ.
"""

from __future__ import annotations

import collections
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from commentlens.records import MOODS, AnnotatedComment

COUNTED = ("city", "company", "claim", "claim_rank", "comparison")
LAYERS = (*COUNTED, "mood", "linked")
Item = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing missed (``-``), wrongly found (``+``) or read otherwise (``~``), with the comment it is in."""

    sign: str
    comment: str
    what: str
    text: str


@dataclass(slots=True)
class _Counts:
    tp: int = 0
    fp: int = 0
    fn: int = 0

    def figures(self) -> dict[str, float | int]:
        precision = self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0
        recall = self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {
            "p": round(precision, 4),
            "r": round(recall, 4),
            "f1": round(f1, 4),
            "tp": self.tp,
            "fp": self.fp,
            "fn": self.fn,
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures a layer (each a mapping of figure to number, rounded to four digits), and every mistake a layer."""

    figures: Mapping[str, Mapping[str, float | int]]
    mistakes: Mapping[str, tuple[Mistake, ...]] = field(default_factory=dict)


def compared_name(name: str | None) -> str:
    """A name without case, accents, punctuation and leading article: how names are compared here."""
    text = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return re.sub(r"^the ", "", re.sub(r"[^a-z0-9*]+", " ", text).strip())


def evaluate(gold: Iterable[AnnotatedComment], predicted: Iterable[AnnotatedComment]) -> Scores:
    """Score predicted comments against gold ones; gold comments without a counterpart count as wholly missed."""
    counts = {layer: _Counts() for layer in COUNTED}
    mistakes: dict[str, list[Mistake]] = {layer: [] for layer in LAYERS}
    confusion: collections.Counter[tuple[str, str | None]] = collections.Counter()
    linked = [0, 0]
    total = missing = extra = 0
    for truth, found in _join(list(gold), list(predicted)):
        total += 1
        missing += found is None
        there = _layers(found) if found else {}
        for layer, wanted in _layers(truth).items():
            got = there.get(layer, set())
            counts[layer].tp += len(wanted & got)
            counts[layer].fp += len(got - wanted)
            counts[layer].fn += len(wanted - got)
            for sign, items in (("-", wanted - got), ("+", got - wanted)):
                mistakes[layer] += [
                    Mistake(sign, truth.id, _shown(layer, item, truth.text), truth.text)
                    for item in sorted(items, key=str)
                ]
        names = {(m.start, m.end): compared_name(m.name) for m in found.mentions if m.label == "CITY"} if found else {}
        for mention in truth.mentions:
            span = (mention.start, mention.end)
            if mention.label == "CITY" and span in names:
                linked[1] += 1
                linked[0] += names[span] == compared_name(mention.name)
                if names[span] != compared_name(mention.name):
                    what = f"{mention.text!r} is {mention.name!r}, got {names[span]!r}"
                    mistakes["linked"].append(Mistake("~", truth.id, what, truth.text))
        wanted_moods = {compared_name(m.target): m.label for m in truth.moods}
        got_moods = {compared_name(m.target): m.label for m in found.moods} if found else {}
        extra += len(got_moods.keys() - wanted_moods.keys())
        for target, label in wanted_moods.items():
            confusion[label, got_moods.get(target)] += 1
            if got_moods.get(target) != label:
                what = f"{target} is {label}, got {got_moods.get(target)}"
                mistakes["mood"].append(Mistake("~", truth.id, what, truth.text))
    figures: dict[str, Mapping[str, float | int]] = {layer: count.figures() for layer, count in counts.items()}
    figures["mood"] = _mood_figures(confusion, extra)
    figures["linked"] = {"accuracy": round(linked[0] / linked[1], 4) if linked[1] else 0.0, "of": linked[1]}
    figures["comments"] = {"gold": total, "missing": missing}
    return Scores(figures, {layer: tuple(items) for layer, items in mistakes.items()})


def _mood_figures(confusion: Mapping[tuple[str, str | None], int], extra: int) -> dict[str, float | int]:
    pairs = sum(confusion.values())
    f1 = []
    for label in MOODS:
        tp = confusion.get((label, label), 0)
        fp = sum(n for (want, got), n in confusion.items() if got == label != want)
        fn = sum(n for (want, got), n in confusion.items() if want == label != got)
        f1.append(_Counts(tp, fp, fn).figures()["f1"])
    right = sum(confusion.get((label, label), 0) for label in MOODS)
    return {
        "accuracy": round(right / pairs, 4) if pairs else 0.0,
        "macro_f1": round(sum(f1) / len(MOODS), 4),
        "pairs": pairs,
        "extra": extra,
    }


def _layers(comment: AnnotatedComment) -> dict[str, set[Item]]:
    found: dict[str, set[Item]] = {layer: set() for layer in COUNTED}
    for mention in comment.mentions:
        if mention.label in ("CITY", "COMPANY"):
            found[mention.label.lower()].add((mention.start, mention.end))
    for claim in comment.claims:
        subject = compared_name(claim.subject)
        found["claim"].add((subject, claim.stance))
        found["claim_rank"].add((subject, claim.stance, claim.proposed))
    for pair in comment.comparisons:
        sides = (compared_name(pair.better), compared_name(pair.worse))
        if pair.relation == "equal":
            sides = (min(sides), max(sides))
        found["comparison"].add((*sides, pair.relation))
    return found


def _shown(layer: str, item: Item, text: str) -> str:
    if layer in ("city", "company"):
        start, end = item
        return repr(text[int(str(start)) : int(str(end))])
    return " ".join(str(part) for part in item if part is not None)


def _join(
    gold: list[AnnotatedComment], predicted: list[AnnotatedComment]
) -> Iterator[tuple[AnnotatedComment, AnnotatedComment | None]]:
    by_id = {comment.id: comment for comment in predicted}
    by_text = collections.defaultdict(list)
    for comment in predicted:
        by_text[_key(comment.text)].append(comment)
    used: set[int] = set()
    for truth in gold:
        found = by_id.get(truth.id)
        if found is None or _key(found.text) != _key(truth.text):
            found = next((c for c in by_text[_key(truth.text)] if id(c) not in used), None)
        if found is not None:
            used.add(id(found))
        yield truth, found


def _key(text: str) -> str:
    """A text without the differences that a reader may rightly make: white space, curly quotes, width forms."""
    straight = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return " ".join(unicodedata.normalize("NFKC", straight).split())
