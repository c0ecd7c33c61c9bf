"""Measures on comments of our own that were kept aside: written for it, neither trained nor tuned on.

    python bench/own.py            tests/training/data: arguments_aside, moods_aside, comparisons_aside, and the three
                                   in whole_aside, preferences_aside, voters_aside and debates_aside
    python bench/own.py --json     the same as JSON

Every figure stands three times: with the classifiers, with what is only implied (``--implied``) as well, and by the
rules alone. Totals only; no comment is shown.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from commentlens.annotate import AnnotateOptions, Annotator
from commentlens.knowledge.names import fold
from commentlens.records import MOODS, AnnotatedComment
from commentlens.training.own_comments import (
    OwnComment,
    read_own_arguments,
    read_own_comparisons,
    read_own_moods,
    read_own_whole,
)

DATA = Path(__file__).parents[1] / "tests" / "training" / "data"
Figures = Mapping[str, float]


def f1(right: int, found: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1."""
    score = 2 * right / (found + wanted) if found + wanted else 0.0
    return {"p": right / found if found else 0.0, "r": right / wanted if wanted else 0.0, "f1": score}


def stances(pairs: Iterable[tuple[OwnComment, AnnotatedComment]]) -> Figures:
    """Of the stance to the entry's rank."""
    right = found = wanted = 0
    for own, read in pairs:
        entry = fold(read.entry.name) if read.entry else ""
        said = next((claim.stance for claim in read.claims if fold(claim.subject) == entry), "none")
        right += said == own.stance != "none"
        found += said != "none"
        wanted += own.stance != "none"
    return f1(right, found, wanted)


def moods(pairs: Iterable[tuple[OwnComment, AnnotatedComment]]) -> Figures:
    """Macro-F1 of the moods; a target that was not found counts as wrong."""
    judged: list[tuple[str, str]] = []
    for own, read in pairs:
        labels = {fold(mood.target): str(mood.label) for mood in read.moods}
        names = _names(read)
        judged += [
            (label, labels.get(names.get(fold(target), fold(target)), "")) for target, label in own.moods.items()
        ]
    scores = [
        f1(
            sum(a == b == label for a, b in judged),
            sum(b == label for _, b in judged),
            sum(a == label for a, _ in judged),
        )
        for label in MOODS
    ]
    return {"macro_f1": sum(score["f1"] for score in scores) / len(scores)}


def orders(pairs: Iterable[tuple[OwnComment, AnnotatedComment]]) -> Figures:
    """Of the comparisons, pair and direction."""
    right = found = wanted = 0
    for own, read in pairs:
        names = _names(read)
        gold = {_order(names.get(fold(a), fold(a)), names.get(fold(b), fold(b)), r) for a, b, r in own.comparisons}
        said = {_order(fold(item.better), fold(item.worse), item.relation) for item in read.comparisons}
        right += len(gold & said)
        found += len(said)
        wanted += len(gold)
    return f1(right, found, wanted)


def _order(better: str, worse: str, relation: str) -> tuple[str, str, str]:
    first, second = (better, worse) if relation == "better" else sorted((better, worse))
    return first, second, relation


def _names(read: AnnotatedComment) -> dict[str, str]:
    """The name that a written form stands for in a comment."""
    return {fold(mention.text): fold(mention.name) for mention in read.mentions}


Read = Callable[[Sequence[Path]], list[OwnComment]]
KINDS: Sequence[tuple[str, str, Read, Callable[..., Figures]]] = (
    ("arguments_aside", "arguments", read_own_arguments, stances),
    ("whole_aside", "arguments", read_own_whole, stances),
    ("preferences_aside", "arguments", read_own_whole, stances),
    ("voters_aside", "arguments", read_own_whole, stances),
    ("debates_aside", "arguments", read_own_whole, stances),
    ("moods_aside", "moods", read_own_moods, moods),
    ("whole_aside", "moods", read_own_whole, moods),
    ("preferences_aside", "moods", read_own_whole, moods),
    ("voters_aside", "moods", read_own_whole, moods),
    ("debates_aside", "moods", read_own_whole, moods),
    ("comparisons_aside", "comparisons", read_own_comparisons, orders),
    ("whole_aside", "comparisons", read_own_whole, orders),
    ("preferences_aside", "comparisons", read_own_whole, orders),
    ("voters_aside", "comparisons", read_own_whole, orders),
    ("debates_aside", "comparisons", read_own_whole, orders),
)


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description="Measure on our own comments that were kept aside.")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    given = parser.parse_args()
    annotators = {
        "with the classifiers": Annotator(AnnotateOptions(cache=False)),
        "and what is implied": Annotator(AnnotateOptions(cache=False, implied=True)),
        "rules only": Annotator(AnnotateOptions(cache=False, rules_only=True, mood_model="rules")),
    }
    table: dict[str, dict[str, Figures]] = {}
    for folder, kind, read, score in KINDS:
        own = read(sorted((DATA / folder).glob("*.txt")))
        row: dict[str, Figures] = {"comments": {"n": len(own)}}
        for name, annotator in annotators.items():
            annotated = annotator.annotate(item.comment for item in own)
            figures = score(zip(own, annotated, strict=True))
            row[name] = {key: round(value, 4) for key, value in figures.items()}
        table[f"{folder}, {kind}"] = row
    if given.json:
        print(json.dumps(table, indent=2))
        return
    columns = ["Kept aside", "comments", *annotators]
    print(f"| {' | '.join(columns)} |\n| --- |{' ---: |' * (len(columns) - 1)}")
    for kind, row in table.items():
        shown = (" / ".join(f"{value:.2f}" for value in row[name].values()) for name in annotators)
        print(f"| {kind} | {int(row['comments']['n'])} | {' | '.join(shown)} |")
    print("\nArguments and comparisons: P / R / F1; moods: macro-F1.")


if __name__ == "__main__":
    main()
