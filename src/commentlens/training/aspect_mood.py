"""Trains the mood under an aspect: what announces each aspect, and a logistic regression over its stretches.

Part of ``commentlens train mood``. The same rows give the same model.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from commentlens.components.aspect_mood import AspectMood, Table, aspect_features
from commentlens.components.mood_views import Features
from commentlens.errors import SourceError
from commentlens.training.mood_rows import MoodRow

SEED = 0
FOLDS = 5
_C = 0.1
"""Inverse strength of the L2 penalty, chosen by cross-validation on SentiHood's training part (docs/mood.md)."""
_SEEN = 2
"""A feature must stand in so many rows, a word with an aspect in so many to announce it."""
_LEAST = 1.2
"""Log-odds from which a word announces an aspect."""
_LETTERS = 3
"""A word of fewer announces nothing."""
_LABELS = {"pos": 1, "neg": 0}


@dataclass(frozen=True, slots=True)
class Asked:
    """A row asked for one aspect, and the answer: 1 pos, 0 neg."""

    row: MoodRow
    aspect: str
    answer: int


def fit_aspects(rows: Iterable[MoodRow]) -> tuple[AspectMood, float]:
    """The model, and how good it is in cross-validation over the rows' groups: share with the right sign.

    Args:
        rows: targets of comments with ``aspects``; others, and aspects of two minds, are left out.

    Raises:
        SourceError: If no row feels something about an aspect, or all feel the same.
    """
    known = [row for row in rows if row.aspects is not None]
    asked = opinions(known)
    if len({a.answer for a in asked}) < len(_LABELS):
        raise SourceError(
            "No moods by aspect: the rows must feel pos about one aspect at least, and neg about another."
        )
    tables = [announcing(row for row in known if row.group != fold) for fold in range(FOLDS)]
    # What announces an aspect is learnt without the row's own fold, else the rows trained on look too clear.
    features = [aspect_features(a.row.seen, a.row.figures, a.aspect, tables[a.row.group]) for a in asked]
    answers = np.array([a.answer for a in asked])
    groups = np.array([a.row.group for a in asked])
    right = 0
    for fold in range(FOLDS):
        held = np.flatnonzero(groups == fold)
        names, weights, intercept = _fit([features[i] for i in np.flatnonzero(groups != fold)], answers[groups != fold])
        found = _matrix(names, [features[i] for i in held]) @ weights + intercept
        right += int(((found > 0) == answers[held]).sum())
    names, weights, intercept = _fit(features, answers)
    model = AspectMood(names, weights.astype(np.float32), intercept, announcing(known))
    return model, round(right / len(asked), 4)


def opinions(rows: Iterable[MoodRow]) -> list[Asked]:
    """Each aspect about which a row feels one thing: pos or neg, not both."""
    return [
        Asked(row, aspect, _LABELS[label])
        for row in rows
        for aspect, label in sorted((row.aspects or {}).items())
        if label in _LABELS
    ]


def announcing(rows: Iterable[MoodRow]) -> dict[str, Table]:
    """Words and pairs of words that announce each aspect: smoothed log-odds of it given the word, less its prior.

    Args:
        rows: targets of comments with ``aspects``.
    """
    total = 0
    with_word: Counter[str] = Counter()
    with_aspect: Counter[str] = Counter()
    with_both: Counter[tuple[str, str]] = Counter()
    for row in rows:
        total += 1
        words, aspects = row.seen.words, sorted(row.aspects or {})
        said = {*words, *(f"{word}_{following}" for word, following in itertools.pairwise(words))}
        said = {word for word in said if len(word) >= _LETTERS and not word.startswith("<")}
        with_aspect.update(aspects)
        with_word.update(said)
        with_both.update((word, aspect) for word in said for aspect in aspects)
    tables: dict[str, dict[str, float]] = {aspect: {} for aspect in sorted(with_aspect)}
    for (word, aspect), count in sorted(with_both.items()):
        prior = math.log((with_aspect[aspect] + 0.5) / (total - with_aspect[aspect] + 0.5))
        odds = math.log((count + 0.3) / (with_word[word] - count + 1.0)) - prior
        if count >= _SEEN and odds > _LEAST:
            tables[aspect][word] = odds
    return dict(tables)


def _fit(features: Sequence[Features], answers: NDArray[Any]) -> tuple[list[str], NDArray[Any], float]:
    """Names, weights (F,) and intercept of the regression of some rows."""
    counts = Counter(name for found in features for name in found)
    names = sorted(name for name, count in counts.items() if count >= _SEEN)
    model = LogisticRegression(C=_C, solver="liblinear", dual=True, max_iter=2000, random_state=SEED)
    model.fit(_matrix(names, features), answers)
    return names, model.coef_[0], float(model.intercept_[0])


def _matrix(names: Sequence[str], features: Sequence[Mapping[str, float]]) -> csr_matrix:
    """Rows of named features as (N, F); liblinear wants indices of 32 bits."""
    columns = {name: column for column, name in enumerate(names)}
    held = [[(columns[name], value) for name, value in sorted(row.items()) if name in columns] for row in features]
    ends = np.cumsum([0, *map(len, held)], dtype=np.int32)
    found = [entry for row in held for entry in row]
    places = np.array([column for column, _ in found], dtype=np.int32)
    return csr_matrix((np.array([value for _, value in found]), places, ends), shape=(len(features), len(names)))
