"""Fitting a linear classifier over named features: the same examples give the same weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from commentlens.components.linear_model import LinearModel

SEED = 7
_LEAST = 3
"""A feature must stand in so many examples."""
_FOLDS = 10

Features = Mapping[str, float]
Weighted = tuple[str, Features, float]
"""Label, features and weight of one example."""


def fit(examples: Sequence[Weighted], strength: float) -> LinearModel:
    """A multinomial logistic regression over the features that enough examples have.

    Args:
        examples: label, features and weight of each.
        strength: inverse of the L2 penalty (scikit-learn's C).
    """
    vectorizer, rows, labels, weights = _matrix(examples)
    model = _regression(strength)
    model.fit(rows, labels, sample_weight=weights)
    names = [str(name) for name in vectorizer.get_feature_names_out()]
    found, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn then keeps the second label's only
        found, intercepts = np.vstack([-found / 2, found / 2]), np.hstack([-intercepts / 2, intercepts / 2])
    return LinearModel(names, [str(label) for label in model.classes_], found.T.copy(), intercepts.copy())


def share_right(examples: Sequence[Weighted], strength: float) -> float:
    """Share of right labels in cross-validation."""
    _, rows, labels, _ = _matrix(examples)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED)
    return float(np.mean(cross_val_predict(_regression(strength), rows, labels, cv=folds) == labels))


def counts_of(examples: Sequence[Weighted]) -> Mapping[str, int]:
    """How many examples have each label."""
    return dict(sorted(Counter(label for label, *_ in examples).items()))


def _regression(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=5000, tol=1e-6)


def _matrix(examples: Sequence[Weighted]) -> tuple[DictVectorizer, Any, Any, Any]:
    seen = Counter(name for _, features, _ in examples for name in features)
    kept = [{name: value for name, value in found.items() if seen[name] >= _LEAST} for _, found, _ in examples]
    vectorizer = DictVectorizer(sort=True)
    rows = vectorizer.fit_transform(kept)
    return vectorizer, rows, np.array([label for label, *_ in examples]), np.array([weight for *_, weight in examples])
