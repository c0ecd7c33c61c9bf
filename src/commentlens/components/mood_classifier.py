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


_NOTHING_KNOWN = Shares({})


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
        return self.read_all([(seen, figures)])[0]

    def read_all(self, targets: Sequence[tuple[Seen, Mapping[str, float]]]) -> list[Shares]:
        """The same for many targets, in a fraction of the time; each gets the very shares that it gets alone.

        What is done to each number apart is done to all at once. Products of matrices stay those of one target, since
        how a library adds up depends on their shapes.
        """
        found: list[Shares] = [_NOTHING_KNOWN] * len(targets)
        for listed, weights in ((True, self.listed), (False, self.free)):
            places = [place for place, (_, said) in enumerate(targets) if bool(said.get("listed")) is listed]
            if not places:
                continue
            group = [targets[place] for place in places]
            shares = self._shares(group, weights)
            if listed:
                rules = np.stack([_shares_of_rules(said.get("score", 0.0)) for _, said in group])
                shares = (1 - _OF_RULES) * shares + _OF_RULES * rules
            for place, row in zip(places, shares.tolist(), strict=True):
                found[place] = Shares(dict(zip(MOODS, row, strict=True)))
        return found

    def _shares(self, targets: Sequence[tuple[Seen, Mapping[str, float]]], weights: Weights) -> Floats:
        """Shares of pos, neg and neu by one set of weights: (B, 3)."""
        values = np.zeros((len(targets), len(self.figures)), dtype=np.float32)
        for row, (_, said) in zip(values, targets, strict=True):
            known = [(place, value) for name, value in said.items() if (place := self.places.get(name)) is not None]
            row[[place for place, _ in known]] = [value for _, value in known]
        odds = self._step_one([seen for seen, _ in targets], [masks(seen) for seen, _ in targets], weights)
        inputs = second_input(odds, values, np.array([bool(seen.others) for seen, _ in targets]))
        rows = ((inputs - weights.mean) / weights.scale)[:, None, :] @ weights.mixing[:-1]
        return three_shares(rows[:, 0] + weights.mixing[-1])

    def _step_one(self, seen: Sequence[Seen], held: Sequence[Floats], weights: Weights) -> Floats:
        """Log-odds of each view of each target, shape (B, V, Q): what the features of `view_features` weigh."""
        shape = len(seen), len(VIEWS)
        odds = np.empty((*shape, len(QUESTIONS)), dtype=np.float32)
        good, bad, count = (np.zeros(shape, dtype=np.float32) for _ in range(3))
        weights.words.forget()
        rows = weights.words.rows
        for i, (one, mask) in enumerate(zip(seen, held, strict=True)):
            known = [
                row if (row := rows.get(denied)) is not None else self._learn(word, denied, weights)
                for word, denied in zip(one.words, one.denied, strict=True)
            ]
            np.matmul(mask, weights.words.values[known], out=odds[i])
            pairs = self._of_pairs(one.words, weights)
            if pairs is not None:
                odds[i] += (mask[:, :-1] * mask[:, 1:]) @ pairs
            mask.sum(axis=1, out=count[i])
            if any(one.valences):
                valences = np.array(one.valences, dtype=np.float32)
                np.matmul(mask, np.maximum(valences, 0), out=good[i])
                np.matmul(mask, np.maximum(-valences, 0), out=bad[i])
        odds += sum_features(good, bad, count) @ weights.step_one[self.sums]
        odds += weights.intercepts
        return odds

    def _learn(self, word: str, denied: str, weights: Weights) -> int:
        """Row of what one unit weighs, summed up when it is first met."""
        found = np.zeros(len(QUESTIONS), dtype=np.float32)
        for name, value in word_features(word, denied).items():
            if name in self.rows:
                found += value * weights.step_one[self.rows[name]]
        return weights.words.add(denied, found)

    def _of_pairs(self, words: Sequence[str], weights: Weights) -> Floats | None:
        """What each two units that stand side by side weigh: (N - 1, Q); None where no two are known."""
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
        if not rows:
            return None
        found = np.zeros((len(words) - 1, len(QUESTIONS)), dtype=np.float32)
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


def second_input(odds: Floats, figures: Floats, two: NDArray[np.bool_] | bool) -> Floats:
    """Step two's input: clipped log-odds and shares of each view, again where two are named, and the figures.

    Args:
        odds: (…, V, Q) log-odds of each of `VIEWS`.
        figures: (…, K) values of the rules' figures that are read.
        two: (…) whether another target is named, on which the trust in a view may depend.
    """
    *many, views, asked = odds.shape
    width = asked + len(MOODS)
    each = views * width
    found = np.zeros((*many, 2 * each + figures.shape[-1]), dtype=np.float32)
    # To split the last axis makes a view, so that all is written in its place.
    first = found[..., :each].reshape(*many, views, width)
    clipped = first[..., :asked]
    np.maximum(odds, -_CLIPPED, out=clipped)
    np.minimum(clipped, _CLIPPED, out=clipped)
    clipped /= _CLIPPED
    plain = np.exp(odds[..., : len(MOODS)])
    np.divide(plain, plain.sum(axis=-1, keepdims=True), out=first[..., asked:])
    np.copyto(found[..., each : 2 * each], found[..., :each], where=np.asarray(two)[..., None])
    found[..., 2 * each :] = figures
    return found
