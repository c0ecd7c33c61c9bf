"""Rated texts, for bench/mood.py: how well valences of whole texts agree with people's ratings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from commentlens.components.valence import Valence

Row = Mapping[str, Any]
_FELT = 0.05


def pearson(a: Sequence[float], b: Sequence[float]) -> float:
    """Pearson's correlation; nan where one side never changes."""
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    spread = math.sqrt(sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b))
    return both / spread if spread else math.nan


def macro_f1(gold: Sequence[int], found: Sequence[int]) -> float:
    """Mean F1 of the classes that the gold has."""
    pairs = list(zip(gold, found, strict=True))
    scores = []
    for label in sorted(set(gold)):
        right = sum(g == f == label for g, f in pairs)
        scores.append(2 * right / (sum(g == label for g in gold) + sum(f == label for f in found)))
    return sum(scores) / len(scores)


def label_of(score: float) -> int:
    """Class of a score in [-1, 1]: -1, 0 or 1."""
    return (score >= _FELT) - (score <= -_FELT)


def score_rows(rows: Iterable[Row], read: Callable[[str], float]) -> tuple[str, int, float]:
    """Name of the figure that the rows' keys ask for, how many rows count, and the figure."""
    rated = [row for row in rows if row["score"] is not None]
    if not rated:
        raise SystemExit('no row with a score: a row is {"text": …, "score": …}.')
    scores = [read(row["text"]) for row in rated]
    if any("groups" in row for row in rated):
        return "macro-F1", len(rated), macro_f1([row["score"] for row in rated], [label_of(score) for score in scores])
    return "Pearson r", len(rated), pearson([float(row["score"]) for row in rated], scores)


def score_texts(rows: Sequence[Row], vader: Callable[[str], float]) -> list[dict[str, Any]]:
    """The figure of a file of rated texts. Whole texts are read by the rules alone."""
    figure, count, own = score_rows(rows, Valence.load().score_text)
    beside = score_rows(rows, vader)[2]
    found = {"commentlens": own, "rules": own, "vader": beside}
    return [{"texts": count, "figure": figure} | {name: round(value, 4) for name, value in found.items()}]
