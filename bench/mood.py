"""Scores moods on files of rated texts, beside VADER in the same run.

    python bench/mood.py --data FILE …          each file by its keys
    python bench/mood.py --data FILE … --json   as JSON

Rated texts have `text` and `score`, a number: Pearson's r. Where rows also have `groups`, `score` is -1, 0 or 1 (null:
unclear, left out): macro-F1 of three classes, a text being positive or negative from a score of 0.05 on, as VADER's
authors advise. Figures are totals a file: no text is shown.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

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


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description="Score moods of rated texts.")
    parser.add_argument("--data", type=Path, action="extend", nargs="+", required=True, help="rated texts, JSONL")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    given = parser.parse_args()
    vader = SentimentIntensityAnalyzer()
    systems: dict[str, Callable[[str], float]] = {
        "commentlens": Valence.load().score_text,
        "vader": lambda text: float(vader.polarity_scores(text)["compound"]),
    }
    table = []
    for path in given.data:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        told = {name: score_rows(rows, read) for name, read in systems.items()}
        figure, count, _ = told["commentlens"]
        table.append(
            {"file": path.name, "texts": count, "figure": figure}
            | {name: round(value, 4) for name, (_, _, value) in told.items()}
        )
    if given.json:
        print(json.dumps(table, indent=2))
        return
    print("| File | Texts | Figure | commentlens | VADER |\n| --- | ---: | --- | ---: | ---: |")
    for row in table:
        print(f"| {row['file']} | {row['texts']} | {row['figure']} | {row['commentlens']} | {row['vader']} |")


if __name__ == "__main__":
    main()
