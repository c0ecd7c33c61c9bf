"""The mood classifier at run time: numpy and plain arrays.

Step one reads each view of a target with the same weights and answers `QUESTIONS` in log-odds; step two, a softmax
over them and the rules' figures, says which view to trust and gives the shares of pos, neg and neu. There are two sets
of weights, for comments under a ranked list and for others, since people argue under a list and tell elsewhere.
docs/mood.md says what they were trained on and how good they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commentlens.components.mood_rules import THRESHOLD
from commentlens.components.mood_views import VIEWS, Features, Seen, view_features, views
from commentlens.errors import ModelError
from commentlens.records import MOODS
from commentlens.shipped import shipped

Floats = NDArray[np.float32]

Known = tuple[NDArray[np.intp], Floats]

QUESTIONS = (*MOODS, "mixed")
"""What step one is asked of a view: is the target's mood there pos, neg, neu; is it mixed."""
KINDS = ("listed", "free")
"""Comments under a ranked list, and others."""
_WEIGHED = 8
"""Of what weighed, so many of the heaviest are named."""
_CLIPPED = 4.0
_CONDITIONS = ("two",)
"""Figures on which the trust in a view may depend."""
_OF_RULES = 0.2
"""Under a list, the rules' own shares count so much: their lexicon knows words that training text lacks. Chosen on
best-cities-for-students, which was not trained on (docs/mood.md)."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Probabilities of the labels (sum 1), and what weighed most for the likeliest: name and weight, heaviest first."""

    shares: Mapping[str, float]
    reasons: Sequence[tuple[str, float]]

    @property
    def label(self) -> str:
        """The likeliest label."""
        return max(MOODS, key=self.shares.__getitem__)

    @property
    def score(self) -> float:
        """Share of pos less share of neg, in [-1, 1]."""
        return self.shares["pos"] - self.shares["neg"]


@dataclass(frozen=True, slots=True)
class Weights:
    """Of one classifier. ``step_one``: (F, Q), ``intercepts``: (Q,); ``mean``, ``scale``: (D,), ``mixing``: (D + 1, 3)
    with the intercepts in its last row."""

    step_one: Floats
    intercepts: Floats
    mean: Floats
    scale: Floats
    mixing: Floats

    @classmethod
    def from_file(cls, path: Path, features: int) -> Weights:
        """Read plain arrays for a vocabulary of so many features; raises ValueError where they do not fit."""
        with np.load(path, allow_pickle=False) as arrays:
            found = cls(**{name: arrays[name].astype(np.float32) for name in arrays.files})
        wanted = (features, len(QUESTIONS)), (len(found.mean) + 1, len(MOODS))
        if (found.step_one.shape, found.mixing.shape) != wanted:
            raise ValueError(f"{path.name}: arrays of shapes {found.step_one.shape} and {found.mixing.shape}")
        return found

    def to_file(self, path: Path) -> None:
        """Write plain arrays; the same weights give the same bytes."""
        arrays: dict[str, Any] = {"step_one": self.step_one.astype(np.float16), "intercepts": self.intercepts}
        np.savez_compressed(path, **arrays, mean=self.mean, scale=self.scale, mixing=self.mixing)


@dataclass(frozen=True, slots=True)
class MoodClassifier:
    """``features``: name of each row of step one; ``figures``: names of the rules' figures that are read; ``listed``:
    weights for comments under a list, ``free``: for others."""

    features: Sequence[str]
    figures: Sequence[str]
    listed: Weights
    free: Weights
    rows: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", {name: row for row, name in enumerate(self.features)})

    @classmethod
    def load(cls, folder: Path | None = None) -> MoodClassifier:
        """Load what ``commentlens train mood`` wrote; without a folder, what ships. Nothing in it is executed.

        Raises:
            ModelError: If a file is missing or is not what it should be.
        """
        folder = folder or shipped("models", "mood")
        try:
            names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
            listed, free = (Weights.from_file(folder / f"{kind}.npz", len(names["features"])) for kind in KINDS)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"{folder}: no mood classifier ({error}). Build it again: commentlens train mood --output FOLDER, "
                "or leave it out: --mood-model rules."
            ) from error
        return cls(names["features"], names["figures"], listed, free)

    def save(self, folder: Path) -> None:
        """Write names and weights; the same classifier gives the same bytes."""
        names = {"features": list(self.features), "figures": list(self.figures)}
        (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        for kind, weights in zip(KINDS, (self.listed, self.free), strict=True):
            weights.to_file(folder / f"{kind}.npz")

    def read(self, seen: Seen, figures: Mapping[str, float]) -> Shares:
        """Shares of the labels for one target.

        Args:
            seen: the comment from the target.
            figures: the rules' figures about it.
        """
        listed = bool(figures.get("listed"))
        weights = self.listed if listed else self.free
        held = views(seen)
        read: dict[tuple[int, ...], Known] = {}
        for view in VIEWS:
            if held[view] not in read:
                read[held[view]] = self._known(view_features(seen, held[view]))
        odds = {view: values @ weights.step_one[rows] + weights.intercepts for view, (rows, values) in read.items()}
        inputs = second_input([odds[held[view]] for view in VIEWS], figures, self.figures)
        scores = (inputs - weights.mean) / weights.scale @ weights.mixing[:-1] + weights.mixing[-1]
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        if listed:
            shares = (1 - _OF_RULES) * shares + _OF_RULES * _shares_of_rules(figures.get("score", 0.0))
        reasons = self._reasons(int(shares.argmax()), read[held["own"]], inputs[-len(self.figures) :], weights)
        return Shares(dict(zip(MOODS, map(float, shares), strict=True)), reasons)

    def _known(self, features: Features) -> Known:
        """Rows and values of the features that were seen in training."""
        known = [(row, value) for name, value in features.items() if (row := self.rows.get(name)) is not None]
        rows, values = zip(*known, strict=True) if known else ((), ())
        return np.array(rows, dtype=np.intp), np.array(values, dtype=np.float32)

    def _reasons(self, label: int, own: Known, figures: Floats, weights: Weights) -> list[tuple[str, float]]:
        """What weighed for a label: words of the target's own clauses by step one, the rules' figures by step two."""
        rows, values = own
        by_words = values * weights.step_one[rows, label]
        heaviest = np.argsort(-np.abs(by_words), kind="stable")[:_WEIGHED]
        found = [(_shown(self.features[rows[i]]), float(by_words[i])) for i in heaviest]
        mixed = weights.mixing[-len(figures) - 1 : -1]
        by_rules = figures / weights.scale[-len(figures) :] * (mixed[:, label] - mixed.mean(axis=1))
        heaviest = np.argsort(-np.abs(by_rules), kind="stable")[:_WEIGHED]
        found += [(f"rules: {self.figures[i]}", float(by_rules[i])) for i in heaviest if by_rules[i]]
        return sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:_WEIGHED]


def _shown(feature: str) -> str:
    """A feature as it is shown: a word, two words, how a word begins or ends."""
    kind, colon, rest = feature.partition(":")
    if not colon or kind not in {"u", "b", "p", "s"}:
        return feature
    return {"u": rest, "b": rest.replace("_", " "), "p": f"{rest}…", "s": f"…{rest}"}[kind]


def _shares_of_rules(score: float) -> Floats:
    """The rules' score in [-1, 1] as shares of pos, neg and neu."""
    pos, neg = max(0.0, score), max(0.0, -score)
    neu = 1 - pos - neg if abs(score) < THRESHOLD else (1 - abs(score)) / 2
    total = pos + neg + neu
    return np.array([pos / total, neg / total, neu / total], dtype=np.float32)


def second_input(odds: Sequence[Floats], figures: Mapping[str, float], names: Sequence[str]) -> Floats:
    """Step two's input: clipped log-odds and shares of each view, again under each of the conditions, and the figures.

    Args:
        odds: (Q,) log-odds of each of `VIEWS`.
        figures: the rules' figures.
        names: which of them are read, in order.
    """
    parts = []
    for odd in odds:
        plain = np.exp(odd[: len(MOODS)])
        parts += [np.clip(odd, -_CLIPPED, _CLIPPED) / _CLIPPED, plain / plain.sum()]
    views = np.concatenate(parts)
    again = [views * figures.get(condition, 0.0) for condition in _CONDITIONS]
    return np.concatenate([views, *again, [figures.get(name, 0.0) for name in names]]).astype(np.float32)
