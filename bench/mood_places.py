"""Sentences about masked places, for bench/mood.py: moods towards each place, and towards a place under an aspect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from mood_texts import Row, label_of, macro_f1

from commentlens.components.aspect_mood import AspectMood
from commentlens.components.mood_classifier import MoodClassifier
from commentlens.components.mood_figures import seen_from
from commentlens.components.mood_rules import Feeling
from commentlens.components.topic import Topic
from commentlens.components.valence import Valence
from commentlens.knowledge.names import fold
from commentlens.training.mood_rows import read_masked

Vader = Callable[[str], float]
SYSTEMS = ("commentlens", "rules", "vader")
BINS = 10
_CLASSES = {"positive": 1, "negative": -1, "none": 0, "mixed": 0}
_OF_MOOD = {"pos": 1, "neg": -1, "neu": 0}


class Masked:
    """Sentences whose places are masked, each read once by the rules."""

    def __init__(self) -> None:
        self.valence = Valence.load()
        self.read: dict[str, tuple[Topic, Feeling]] = {}

    def mood(self, row: Row) -> tuple[Topic, Feeling, Mapping[str, Any]]:
        """The rules' mood towards a row's place; SystemExit where its text does not hold the place."""
        text = row["text"]
        if text not in self.read:
            self.read[text] = read_masked(text, self.valence)
        topic, felt = self.read[text]
        for mood in felt.moods:
            if fold(str(mood["target"])) == fold(row["target"]):
                return topic, felt, mood
        raise SystemExit(
            f"a row has the target {row['target']!r}, which its text does not hold: places are masked as LOCATION1 and "
            "LOCATION2, in the text and as target."
        )


def score_overall(rows: Sequence[Row], vader: Vader) -> list[dict[str, Any]]:
    """Figures of moods towards each place: three classes (none and mixed are neutral).

    Macro-F1; of sentences whose two places differ the accuracy over their rows; the expected calibration error of the
    classifier's top share.
    """
    masked, classifier = Masked(), MoodClassifier.load()
    gold = [_class_of(row) for row in rows]
    found: dict[str, list[int]] = {name: [] for name in SYSTEMS}
    tops = []
    for row in rows:
        topic, felt, mood = masked.mood(row)
        shares = classifier.read(*seen_from(topic, felt, str(mood["target"])))
        tops.append(shares.shares[shares.label])
        found["commentlens"].append(_OF_MOOD[shares.label])
        found["rules"].append(_OF_MOOD[mood["label"]])
        found["vader"].append(label_of(vader(row["text"])))
    differing, sentences = _differing(rows, gold)
    right = [g == f for g, f in zip(gold, found["commentlens"], strict=True)]
    told = [_figure("macro-F1", len(rows), {name: macro_f1(gold, labels) for name, labels in found.items()})]
    if differing:
        shares_right = {name: _share_equal(gold, labels, differing) for name, labels in found.items()}
        name = f"accuracy where two places differ ({sentences} sentences)"
        told.append(_figure(name, len(differing), shares_right))
    told.append(_figure("expected calibration error", len(rows), {"commentlens": calibration_error(tops, right)}))
    return told


def score_aspects(rows: Sequence[Row], vader: Vader) -> list[dict[str, Any]]:
    """Figures of opinions under a given aspect: the share with the right sign, and the calibration error.

    Rules and VADER know no aspects: a score of 0 or more is positive.
    """
    masked, model = Masked(), AspectMood.load()
    gold = [_class_of(row) for row in rows]
    if 0 in gold:
        raise SystemExit('a row under an aspect has an opinion: its "label" is positive or negative.')
    found: dict[str, list[int]] = {name: [] for name in SYSTEMS}
    tops = []
    for row in rows:
        topic, felt, mood = masked.mood(row)
        share = model.read(*seen_from(topic, felt, str(mood["target"])), row["aspect"])
        tops.append(max(share, 1 - share))
        found["commentlens"].append(1 if share >= 0.5 else -1)
        found["rules"].append(1 if mood["score"] >= 0 else -1)
        found["vader"].append(1 if vader(row["text"]) >= 0 else -1)
    every = range(len(rows))
    right = [g == f for g, f in zip(gold, found["commentlens"], strict=True)]
    return [
        _figure("accuracy under an aspect", len(rows), {n: _share_equal(gold, f, every) for n, f in found.items()}),
        _figure("expected calibration error", len(rows), {"commentlens": calibration_error(tops, right)}),
    ]


def calibration_error(tops: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error: mean gap between the top share and how often it is right, in 10 equal bins."""
    shares, hits = np.array(tops), np.array(right, dtype=float)
    bins = np.minimum((shares * BINS).astype(int), BINS - 1)
    return float(sum(abs((hits - shares)[bins == k].sum()) for k in range(BINS)) / len(shares))


def _class_of(row: Row) -> int:
    if row["label"] not in _CLASSES:
        raise SystemExit(f"a row has the label {row['label']!r}; it is one of {', '.join(_CLASSES)}.")
    return _CLASSES[row["label"]]


def _differing(rows: Sequence[Row], gold: Sequence[int]) -> tuple[list[int], int]:
    """Rows of sentences with several places that differ, and how many such sentences there are."""
    by_sentence: defaultdict[tuple[object, str], list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        by_sentence[row.get("id"), row["text"]].append(i)
    differ = [held for held in by_sentence.values() if len({gold[i] for i in held}) > 1]
    return [i for held in differ for i in held], len(differ)


def _share_equal(gold: Sequence[int], found: Sequence[int], chosen: Sequence[int]) -> float:
    return sum(gold[i] == found[i] for i in chosen) / len(chosen)


def _figure(name: str, count: int, values: Mapping[str, float]) -> dict[str, Any]:
    """One line of the table; a system without the figure has None."""
    told = {system: round(values[system], 4) if system in values else None for system in SYSTEMS}
    return {"texts": count, "figure": name, **told}
