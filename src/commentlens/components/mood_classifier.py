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


class WordWeights:
    """What units weigh, remembered, since the same ones come again and again: ``rows`` of ``values``, (N, Q)."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.values: Floats = np.zeros((1024, len(QUESTIONS)), dtype=np.float32)

    def add(self, key: str, weights: Floats) -> int:
        """Remember one unit; its row."""
        row = len(self.rows)
        if row == len(self.values):
            self.values = np.concatenate([self.values, np.zeros_like(self.values)])
        self.values[row] = weights
        self.rows[key] = row
        return row

    def forget(self) -> None:
        """Begin anew where too many are remembered."""
        if len(self.rows) > _REMEMBERED:
            self.rows.clear()


@dataclass(frozen=True, slots=True)
class Weights:
    """Of one classifier. ``step_one``: (F, Q), ``intercepts``: (Q,); ``mean``, ``scale``: (D,), ``mixing``: (D + 1, 4)
    with the intercepts in its last row."""

    step_one: Floats
    intercepts: Floats
    mean: Floats
    scale: Floats
    mixing: Floats
    words: WordWeights = field(default_factory=lambda: WordWeights(), compare=False)

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
    places: Mapping[str, int] = field(init=False)
    pairs: dict[tuple[str, str], int | None] = field(init=False, default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", {name: row for row, name in enumerate(self.features)})
        object.__setattr__(self, "sums", [self.rows[name] for name in SUMS])
        object.__setattr__(self, "places", {name: place for place, name in enumerate(self.figures)})

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
        values = np.zeros(len(self.figures), dtype=np.float32)
        for name, value in figures.items():
            if (place := self.places.get(name)) is not None:
                values[place] = value
        inputs = second_input(self._step_one(seen, held, weights), values, bool(seen.others))
        scores = (inputs - weights.mean) / weights.scale @ weights.mixing[:-1] + weights.mixing[-1]
        shares = three_shares(scores)
        if listed:
            shares = (1 - _OF_RULES) * shares + _OF_RULES * _shares_of_rules(figures.get("score", 0.0))
        return Shares(dict(zip(MOODS, shares.tolist(), strict=True)))

    def _step_one(self, seen: Seen, held: Floats, weights: Weights) -> Floats:
        """Log-odds of each view, shape (V, Q): what the features of `view_features` weigh, unit by unit."""
        weights.words.forget()
        rows = weights.words.rows
        known = [
            row if (row := rows.get(denied)) is not None else self._learn(word, denied, weights)
            for word, denied in zip(seen.words, seen.denied, strict=True)
        ]
        odds: Floats = held @ weights.words.values[known]
        pairs = self._of_pairs(seen.words, weights)
        odds += (held[:, :-1] * held[:, 1:]) @ pairs
        if any(seen.valences):
            valences = np.array(seen.valences, dtype=np.float32)
            good, bad = held @ np.maximum(valences, 0), held @ np.maximum(-valences, 0)
        else:
            good = bad = np.zeros(len(held), dtype=np.float32)
        odds += sum_features(good, bad, held.sum(axis=1)) @ weights.step_one[self.sums]
        odds += weights.intercepts
        return odds

    def _learn(self, word: str, denied: str, weights: Weights) -> int:
        """Row of what one unit weighs, summed up when it is first met."""
        found = np.zeros(len(QUESTIONS), dtype=np.float32)
        for name, value in word_features(word, denied).items():
            if name in self.rows:
                found += value * weights.step_one[self.rows[name]]
        return weights.words.add(denied, found)

    def _of_pairs(self, words: Sequence[str], weights: Weights) -> Floats:
        """What each two units that stand side by side weigh: (N - 1, Q)."""
        found = np.zeros((len(words) - 1, len(QUESTIONS)), dtype=np.float32)
        places, rows = [], []
        for place, pair in enumerate(itertools.pairwise(words)):
            row = self.pairs.get(pair, -1)
            if row == -1:
                row = self.rows.get(pair_feature(*pair))
                if len(self.pairs) < _REMEMBERED:
                    self.pairs[pair] = row
            if row is not None:
                places.append(place)
                rows.append(row)
        if rows:
            found[places] = PAIR * weights.step_one[rows]
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
    shares: NDArray[Any] = odds[..., :3]
    shares[..., 2] += odds[..., 3]
    return shares


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
    views, asked = odds.shape
    width = asked + len(MOODS)
    found = np.zeros(2 * views * width + len(figures), dtype=np.float32)
    first = found[: views * width].reshape(views, width)
    np.maximum(odds, -_CLIPPED, out=first[:, :asked])
    np.minimum(first[:, :asked], _CLIPPED, out=first[:, :asked])
    first[:, :asked] /= _CLIPPED
    plain = np.exp(odds[:, : len(MOODS)])
    np.divide(plain, plain.sum(axis=1, keepdims=True), out=first[:, asked:])
    if two:
        found[views * width : 2 * views * width] = found[: views * width]
    found[2 * views * width :] = figures
    return found
