"""The mood classifier at run time: numpy and plain arrays.

Step one reads each view of a target with the same weights and answers `QUESTIONS` in log-odds; step two, a softmax
over them and the rules' figures, says which view to trust and gives the shares of pos, neg and neu. There are two sets
of weights, for comments under a ranked list and for others, since people argue under a list and tell elsewhere.
docs/mood.md says what they were trained on and how good they are.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commentlens.components.mood_rules import THRESHOLD
from commentlens.components.mood_views import (
    PAIR,
    SUMS,
    VIEWS,
    Floats,
    Seen,
    masks,
    pair_feature,
    sum_features,
    view_features,
    word_features,
)
from commentlens.errors import ModelError
from commentlens.records import MOODS
from commentlens.shipped import shipped

_ASPECTS = "general price safety transit-location live nightlife shopping multicultural".split()
LABELS = (*MOODS, "mixed")
QUESTIONS = (
    *LABELS,
    "any pos",
    "any neg",
    *(f"{aspect} {label}" for aspect in _ASPECTS for label in ("pos", "neg")),
)
"""What step one is asked of a view: is the target's mood there pos, neg, neu; is it mixed; is anything felt about one
of SentiHood's aspects. Only the first three are wanted; the others teach the words more."""
KINDS = ("listed", "free")
"""Comments under a ranked list, and others."""
_WEIGHED = 8
"""Of what weighed, so many of the heaviest are named."""
_SUMS_IN_WORDS = dict(
    zip(
        SUMS,
        ("good words", "bad words", "all valences", "no valences", "any good word", "any bad word", "length"),
        strict=True,
    )
)
_CLIPPED = 4.0
_REMEMBERED = 50_000
"""Words whose weights are remembered."""
_OF_RULES = 0.2
"""Under a list, the rules' own shares count so much: their lexicon knows words that training text lacks. Chosen on
best-cities-for-students, which was not trained on (docs/mood.md)."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Probabilities of the labels (sum 1)."""

    shares: Mapping[str, float]

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
    """Of one classifier. ``step_one``: (F, Q), ``intercepts``: (Q,); ``mean``, ``scale``: (D,), ``mixing``: (D + 1, 4)
    with the intercepts in its last row."""

    step_one: Floats
    intercepts: Floats
    mean: Floats
    scale: Floats
    mixing: Floats
    words: dict[str, Floats] = field(default_factory=dict, compare=False)

    @classmethod
    def from_file(cls, path: Path, features: int) -> Weights:
        """Read plain arrays for a vocabulary of so many features; raises ValueError where they do not fit."""
        with np.load(path, allow_pickle=False) as arrays:
            found = cls(**{name: arrays[name].astype(np.float32) for name in arrays.files})
        wanted = (features, len(QUESTIONS)), (len(found.mean) + 1, len(LABELS))
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
    sums: Sequence[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", {name: row for row, name in enumerate(self.features)})
        object.__setattr__(self, "sums", [self.rows[name] for name in SUMS])

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
        held = masks(seen)
        values = np.array([figures.get(name, 0.0) for name in self.figures], dtype=np.float32)
        inputs = second_input(self._step_one(seen, held, weights), values, bool(seen.others))
        scores = (inputs - weights.mean) / weights.scale @ weights.mixing[:-1] + weights.mixing[-1]
        shares = three_shares(scores)
        if listed:
            shares = (1 - _OF_RULES) * shares + _OF_RULES * _shares_of_rules(figures.get("score", 0.0))
        return Shares(dict(zip(MOODS, map(float, shares), strict=True)))

    def _step_one(self, seen: Seen, held: Floats, weights: Weights) -> Floats:
        """Log-odds of each view, shape (V, Q): what the features of `view_features` weigh, unit by unit."""
        units = np.array([self._of_word(*pair, weights) for pair in zip(seen.words, seen.denied, strict=True)])
        pairs = self._of_pairs(seen.words, weights)
        valences = np.array(seen.valences, dtype=np.float32)
        good, bad = held @ np.maximum(valences, 0), held @ np.maximum(-valences, 0)
        sums = sum_features(good, bad, held.sum(axis=1)) @ weights.step_one[self.sums]
        odds: Floats = held @ units + (held[:, :-1] * held[:, 1:]) @ pairs + sums + weights.intercepts
        return odds

    def _of_word(self, word: str, denied: str, weights: Weights) -> Floats:
        """What one unit weighs, (Q,); remembered, since the same words come again and again."""
        key = word if word == denied else denied
        known = weights.words.get(key)
        if known is None:
            known = np.zeros(len(QUESTIONS), dtype=np.float32)
            for name, value in word_features(word, denied).items():
                if name in self.rows:
                    known += value * weights.step_one[self.rows[name]]
            if len(weights.words) < _REMEMBERED:
                weights.words[key] = known
        return known

    def _of_pairs(self, words: Sequence[str], weights: Weights) -> Floats:
        """What each two units that stand side by side weigh: (N - 1, Q)."""
        found = np.zeros((len(words) - 1, len(QUESTIONS)), dtype=np.float32)
        for i, (word, following) in enumerate(itertools.pairwise(words)):
            row = self.rows.get(pair_feature(word, following))
            if row is not None:
                found[i] = PAIR * weights.step_one[row]
        return found

    def reasons(self, seen: Seen, figures: Mapping[str, float], label: str) -> list[tuple[str, float]]:
        """What weighed for a label: words of the target's own clauses by step one, the rules' figures by step two.

        Returns:
            Name and weight, heaviest first.
        """
        weights = self.listed if figures.get("listed") else self.free
        column = MOODS.index(label)
        own = view_features(seen, masks(seen)[VIEWS.index("own")])
        found = [
            (_shown(name), value * float(weights.step_one[self.rows[name], column]))
            for name, value in own.items()
            if name in self.rows
        ]
        for k, name in enumerate(self.figures):
            mixed = weights.mixing[k - len(self.figures) - 1]
            value = figures.get(name, 0.0) / float(weights.scale[k - len(self.figures)])
            found.append((f"rules: {name}", value * float(mixed[column] - mixed.mean())))
        heaviest = sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:_WEIGHED]
        return [(name, weight) for name, weight in heaviest if weight]


def three_shares(scores: NDArray[Any]) -> NDArray[Any]:
    """Shares of pos, neg and neu from the scores of `LABELS`: (…, 4) to (…, 3); what is mixed counts as neu."""
    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    odds /= odds.sum(axis=-1, keepdims=True)
    return np.concatenate([odds[..., :2], odds[..., 2:].sum(axis=-1, keepdims=True)], axis=-1)


def _shown(feature: str) -> str:
    """A feature as it is shown: a word, two words, how a word begins or ends, quoted; a sum by what it adds up."""
    if feature in _SUMS_IN_WORDS:
        return _SUMS_IN_WORDS[feature]
    kind, _, rest = feature.partition(":")
    if feature.startswith("!"):
        return f"denied “{feature[1:]}”"
    return {"u": f"“{rest}”", "b": f"“{rest.replace('_', ' ')}”", "p": f"“{rest}…”", "s": f"“…{rest}”"}.get(
        kind, feature
    )


def _shares_of_rules(score: float) -> Floats:
    """The rules' score in [-1, 1] as shares of pos, neg and neu."""
    pos, neg = max(0.0, score), max(0.0, -score)
    neu = 1 - pos - neg if abs(score) < THRESHOLD else (1 - abs(score)) / 2
    total = pos + neg + neu
    return np.array([pos / total, neg / total, neu / total], dtype=np.float32)


def second_input(odds: Floats, figures: Floats, two: bool) -> Floats:
    """Step two's input: clipped log-odds and shares of each view, again where two are named, and the figures.

    Args:
        odds: (V, Q) log-odds of each of `VIEWS`.
        figures: values of the rules' figures that are read.
        two: whether another target is named, on which the trust in a view may depend.
    """
    plain = np.exp(odds[:, : len(MOODS)])
    shares = plain / plain.sum(axis=1, keepdims=True)
    views = np.concatenate([np.clip(odds, -_CLIPPED, _CLIPPED) / _CLIPPED, shares], axis=1).ravel()
    again = views if two else np.zeros_like(views)
    return np.concatenate([views, again, figures]).astype(np.float32)
