"""The mood towards a place under one aspect ("what of its prices?") at run time: numpy and plain arrays.

Where a comment speaks of the aspect is told by words that announce it, learnt from text whose aspects are known; a
logistic regression then weighs the words and valences of those stretches, of the rest, and the rules' figures.
`training/aspect_mood.py` trains it, docs/mood.md says how good it is.
"""

from __future__ import annotations

import itertools
import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from vaderSentiment.vaderSentiment import normalize

from commentlens.components.mood_figures import Figures
from commentlens.components.mood_views import Features, Seen, distances
from commentlens.errors import ModelError
from commentlens.shipped import shipped

Table = Mapping[str, float]
"""Words and pairs of words ("a_b") that announce an aspect, with their log-odds."""

_CUTS = frozenset(
    ", . ! ? ; : - ( ) but and though although however while yet because so or if as which with except plus /".split()
)
"""Where a stretch ends. A comma or "and" too: people go from aspect to aspect with them."""
_NOT_OWN = 0.5
"""A word that announces the aspect in a clause of another place counts so much."""
_RIVAL = 0.6
"""A stretch speaks of the aspect if it announces it at least so strongly as another one, in parts of the other's."""
_CLOSE = 4
"""Units around a word that announces the aspect."""
_ANNOUNCED = 5
"""Of the words that announce the aspect, the first so many are looked around."""
_FAR_FROM_OTHERS = 3
_MOST = 6.0


@dataclass(frozen=True, slots=True)
class AspectMood:
    """``features``: name of each weight; ``weights``: (F,); ``intercept``: log-odds of pos where nothing weighs;
    ``tables``: for each aspect what announces it."""

    features: Sequence[str]
    weights: NDArray[np.float32]
    intercept: float
    tables: Mapping[str, Table]
    rows: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", {name: row for row, name in enumerate(self.features)})

    @property
    def aspects(self) -> tuple[str, ...]:
        """Aspects that can be asked for, in order of their names."""
        return tuple(sorted(self.tables))

    @classmethod
    def load(cls, folder: Path | None = None) -> AspectMood:
        """Load what ``commentlens train mood`` wrote; without a folder, what ships. Nothing in it is executed.

        Raises:
            ModelError: If a file is missing or is not what it should be.
        """
        folder = folder or shipped("models", "mood")
        try:
            return cls._from_files(folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"{folder}: no moods by aspect ({error}). Build them again: commentlens train mood --output FOLDER."
            ) from error

    @classmethod
    def _from_files(cls, folder: Path) -> AspectMood:
        names = json.loads((folder / "aspects.json").read_text(encoding="utf-8"))
        features, announcing = names["features"], names["announcing"]
        with np.load(folder / "aspects.npz", allow_pickle=False) as arrays:
            weights, odds = arrays["weights"].astype(np.float32), arrays["odds"].astype(np.float32)
            intercept = float(arrays["intercept"])
        words = [(aspect, word) for aspect in sorted(announcing) for word in announcing[aspect]]
        if (weights.shape, odds.shape) != ((len(features),), (len(words),)):
            raise ValueError(f"aspects.npz: arrays of shapes {weights.shape} and {odds.shape}")
        tables: dict[str, dict[str, float]] = {aspect: {} for aspect in announcing}
        for (aspect, word), value in zip(words, odds, strict=True):
            tables[aspect][word] = float(value)
        return cls(features, weights, intercept, tables)

    def save(self, folder: Path) -> None:
        """Write names and weights; the same model gives the same bytes."""
        announcing = {aspect: sorted(self.tables[aspect]) for aspect in self.aspects}
        names = {"features": list(self.features), "announcing": announcing}
        (folder / "aspects.json").write_text(json.dumps(names, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        odds = [self.tables[aspect][word] for aspect in self.aspects for word in announcing[aspect]]
        np.savez_compressed(
            folder / "aspects.npz",
            weights=self.weights.astype(np.float16),
            odds=np.array(odds, dtype=np.float16),
            intercept=np.float32(self.intercept),
        )

    def read(self, seen: Seen, figures: Figures, aspect: str) -> float:
        """Share of pos, in [0, 1], given that something is felt about the place under the aspect.

        Args:
            seen: the comment from the place.
            figures: the rules' figures about it.
            aspect: one of `aspects`.

        Raises:
            ModelError: If the aspect is none of them.
        """
        if aspect not in self.tables:
            raise ModelError(f"aspect {aspect!r}: what is known is {', '.join(self.aspects)}.")
        found = aspect_features(seen, figures, aspect, self.tables)
        total = sum(value * float(self.weights[self.rows[name]]) for name, value in found.items() if name in self.rows)
        return 1 / (1 + math.exp(-(total + self.intercept)))


@dataclass(frozen=True, slots=True)
class Stretches:
    """Where a comment speaks of an aspect, a value a unit: whether it stands in a stretch that does (``inside``),
    whether a word that announces this aspect is at least as near as one of another (``near``), and whether such a word
    is close (``close``); ``announced``: where those words stand; ``rivals``: whether other aspects are announced."""

    inside: NDArray[np.bool_]
    near: NDArray[np.bool_]
    close: NDArray[np.bool_]
    announced: Sequence[int]
    rivals: bool


def stretches(seen: Seen, aspect: str, tables: Mapping[str, Table]) -> Stretches:
    """Where a comment speaks of an aspect; where it does nowhere, what speaks of no other."""
    words = seen.words
    mine = _strengths(words, tables.get(aspect, {}))
    rest = np.max([_strengths(words, table) for name, table in tables.items() if name != aspect], axis=0, initial=0.0)
    number = np.cumsum([word in _CUTS for word in words])
    own: defaultdict[int, float] = defaultdict(float)
    others: defaultdict[int, float] = defaultdict(float)
    for i, stretch in enumerate(number):
        own[stretch] = max(own[stretch], mine[i] * (1.0 if seen.own[i] else _NOT_OWN))
        others[stretch] = max(others[stretch], float(rest[i]))
    if any(own.values()):
        chosen = {s for s, value in own.items() if value and value >= _RIVAL * others[s]}
        chosen = chosen or {max(own, key=own.__getitem__)}
    else:
        chosen = {s for s in own if not others[s]} or set(own)
    announced, rivals = np.flatnonzero(mine), np.flatnonzero(rest > mine)
    away, away_from_rivals = distances(len(words), announced.tolist()), distances(len(words), rivals.tolist())
    near = away <= away_from_rivals if len(announced) else away_from_rivals > _FAR_FROM_OTHERS
    return Stretches(np.isin(number, sorted(chosen)), near, away <= _CLOSE, announced.tolist(), bool(len(rivals)))


def _strengths(words: Sequence[str], table: Table) -> NDArray[np.float64]:
    """How strongly each word announces an aspect, alone or with a neighbour."""
    found = np.array([table.get(word, 0.0) for word in words])
    for i, (word, following) in enumerate(itertools.pairwise(words)):
        both = table.get(f"{word}_{following}", 0.0)
        if both:
            found[i : i + 2] = np.maximum(found[i : i + 2], both)
    return found


def aspect_features(seen: Seen, figures: Figures, aspect: str, tables: Mapping[str, Table]) -> Features:
    """Features of a place under an aspect.

    Args:
        seen: the comment from the place.
        figures: the rules' figures about it.
        aspect: what is asked for.
        tables: for each aspect what announces it.
    """
    held = stretches(seen, aspect, tables)
    found = {f"rules {name}": value for name, value in figures.items()}
    found |= dict.fromkeys(_words(seen, held, aspect), 1.0)
    found |= {f"is {aspect}": 1.0, "stretch": _stretch_length(seen, held), "rivals": float(held.rivals)}
    if held.announced:
        found |= {"announced": 1.0, f"announced {aspect}": 1.0}
    found |= _valences(seen, held, aspect)
    return {name: value for name, value in found.items() if value}


def _stretch_length(seen: Seen, held: Stretches) -> float:
    number = np.cumsum([word in _CUTS for word in seen.words])
    return len(set(number[held.inside].tolist())) / 3


def _words(seen: Seen, held: Stretches, aspect: str) -> set[str]:
    """Names of features of words: which stands where."""
    found: set[str] = set()
    for i, word in enumerate(seen.denied):
        inside = bool(held.inside[i])
        found |= {f"{aspect}: {word}", f"{'in' if inside else 'out'}: {word}"}
        if inside:
            found.add(f"in {aspect}: {word}")
            if i + 1 < len(seen.words) and held.inside[i + 1]:
                found.add(f"in: {seen.words[i]}_{seen.words[i + 1]}")
    for i in held.announced[:_ANNOUNCED]:
        found.add(f"announces: {seen.denied[i]}")
        found |= {f"before: {word}" for word in seen.denied[max(0, i - _CLOSE) : i]}
        found |= {f"after: {word}" for word in seen.denied[i + 1 : i + 1 + _CLOSE]}
    return found


def _valences(seen: Seen, held: Stretches, aspect: str) -> Features:
    """Sums of valences by where their words stand from what speaks of the aspect."""
    values = np.array(seen.valences)
    zones = {
        "in": held.inside,
        "out": ~held.inside,
        "near": held.near,
        "away": ~held.near,
        "in own": held.inside & np.array(seen.own, dtype=bool),
        "close": held.close,
    }
    found: Features = {}
    for zone, mask in zones.items():
        good, bad = np.maximum(values, 0)[mask].sum(), np.maximum(-values, 0)[mask].sum()
        felt = float(normalize(good - bad))
        found |= {f"felt {zone}": felt, f"felt {zone}, {aspect}": felt}
        found |= {f"sum {zone} +": min(good, _MOST) / 2, f"sum {zone} -": min(bad, _MOST) / 2}
        if held.announced:
            found[f"felt {zone}, announced"] = felt
    return {name: float(value) for name, value in found.items()}
