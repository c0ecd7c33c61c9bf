"""What the mood classifier sees of one target in a comment: one bag of features over several views of the text.

A view is the units that belong to the target under one hypothesis of ownership: all of them, those of the rules'
scopes, those after the mention last named, those nearest to it, the stretch between marks that holds it. All views are
read with the same weights, so that little data is enough; the classifier's second step learns which view to trust.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from commentlens.components.mood_scopes import Scope
from commentlens.components.topic import Topic
from commentlens.components.units import Unit

TARGET, SHARED, OTHER = "<T>", "<T+>", "<O>"
VIEWS = ("all", "own", "last", "near", "stretch")
SUMS = ("V+", "V-", "V", "V0", "hp", "hm", "ln")
"""Features that sum up a view: its valences, and its length."""
PAIR = 0.7
_RANK, _NUMBER = "<R>", "<N>"
_SAID = frozenset(["word", "mark"])
_NEGATIONS = frozenset("not n't no never nor neither without hardly barely nothing none cannot".split())
_REACH = 4
_MARKS = frozenset([",", ".", "!", "?", ";", ":", "-", "(", ")", '"', "'", "..."])
_ENDS = _MARKS | frozenset(["but", "and", "although", "though"])
_CUTS = frozenset(
    ". ! ? ; but while whereas though although however - : ( ) except than compared "
    ", and or so because which with as if yet plus / like".split()
)
_BEGINNING, _END, _LONG_WORD = 4, 3, 4
_FAR = 99

Features = dict[str, float]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Seen:
    """A comment from one target, a value a unit: the masked word, the same with ``!`` where it is denied, its valence
    (VADER's scale, -4 to 4), and whether the rules' scopes give it to the target."""

    words: tuple[str, ...]
    denied: tuple[str, ...]
    valences: tuple[float, ...]
    own: tuple[bool, ...]

    @cached_property
    def named(self) -> list[int]:
        """Where the target is named."""
        return [i for i, word in enumerate(self.words) if word in {TARGET, SHARED}]

    @cached_property
    def others(self) -> list[int]:
        """Where only other targets are named."""
        return [i for i, word in enumerate(self.words) if word == OTHER]


def look(topic: Topic, scopes: Sequence[Scope], target: str, valences: Mapping[int, float]) -> Seen:
    """A comment as it is seen from a target.

    Args:
        topic: the comment's sentences, mentions and context.
        scopes: its clauses and their targets.
        target: name of the target.
        valences: value of each evaluative word by its first character.
    """
    units = [unit for sentence in topic.sentences for unit in sentence.units]
    words = [
        unit.norm if unit.kind in _SAID and not unit.norm[0].isdigit() else _masked(topic, unit, target)
        for unit in units
    ]
    own: list[bool] = []
    # The clauses hold each unit once, in order.
    for scope in scopes:
        own += [target in scope.targets] * len(scope.units)
    return Seen(
        tuple(words),
        tuple(words if _NEGATIONS.isdisjoint(words) else _denied(words)),
        tuple([valences.get(unit.start, 0.0) for unit in units] if valences else [0.0] * len(units)),
        tuple(own),
    )


def _masked(topic: Topic, unit: Unit, target: str) -> str:
    if unit.kind == "mention":
        names = topic.names(unit)
        return OTHER if target not in names else SHARED if len(names) > 1 else TARGET
    if unit.kind == "rank":
        return _RANK
    return _NUMBER if unit.norm[:1].isdigit() else unit.norm


def _denied(words: Sequence[str]) -> list[str]:
    """Words with ``!`` before those that a negation denies: up to four after it, to the next mark or contrast."""
    out = []
    left = 0
    for word in words:
        if word in _ENDS:
            left = 0
        out.append(f"!{word}" if left and not word.startswith("<") and word not in _NEGATIONS else word)
        left = _REACH if word in _NEGATIONS else max(0, left - 1)
    return out


def masks(seen: Seen) -> NDArray[np.float32]:
    """Which units are in each of `VIEWS`: shape (V, N), 1 or 0."""
    words, count, mine = seen.words, len(seen.words), seen.named
    held = np.ones((len(VIEWS), count), dtype=np.float32)
    if not mine:
        # Implied by the entry or by "it": the rules' scopes are all there is.
        if True in seen.own and False in seen.own:
            held[1:] = seen.own
        return held
    held[1] = seen.own
    held[2] = _owners(words)
    if seen.others or count > _FAR:
        held[3] = distances(count, mine) <= distances(count, seen.others)
    stretch = list(accumulate(int(word in _CUTS) for word in words))
    named = {stretch[place] for place in mine}
    held[4] = [number in named for number in stretch]
    return held


def distances(count: int, places: Sequence[int]) -> NDArray[np.int64]:
    """Units from each of so many to the nearest of some places; far where there is none."""
    if not places:
        return np.full(count, _FAR)
    found: NDArray[np.int64] = np.abs(np.arange(count)[:, None] - np.array(places)).min(axis=1)
    return found


def _owners(words: Sequence[str]) -> list[bool]:
    """Whether the place last named is the target; before any is named, the first one."""
    places = {TARGET: True, SHARED: True, OTHER: False}
    current = next(places[word] for word in words if word in places)
    out = []
    for word in words:
        current = places.get(word, current)
        out.append(current)
    return out


def word_features(word: str, denied: str) -> Features:
    """Features of one unit: the word, that it is denied, how it begins and ends."""
    found: Features = {f"u:{word}": 1.0}
    if denied != word:
        found[denied] = 1.0
    if len(word) > _LONG_WORD and word.isalpha():
        found[f"p:{word[:_BEGINNING]}"] = 0.4
        found[f"s:{word[-_END:]}"] = 0.3
    return found


def pair_feature(word: str, following: str) -> str:
    """Name of the feature of two units that stand side by side; its value is `PAIR`."""
    return f"b:{word}_{following}"


def sum_features(good: Floats, bad: Floats, count: Floats) -> Floats:
    """Values of `SUMS` for each view: shape (…, V, 7).

    Args:
        good, bad: sums of valences above 0, and below 0 with the sign turned: (…, V) each.
        count: units of each view: (…, V).
    """
    sums = np.empty((*count.shape, len(SUMS)), dtype=np.float32)
    total = good - bad
    sums[..., 0] = np.minimum(good, 6) / 2
    sums[..., 1] = np.minimum(bad, 6) / 2
    sums[..., 2] = total / np.sqrt(total * total + 15)
    sums[..., 3] = good + bad == 0
    sums[..., 4] = good > 0
    sums[..., 5] = bad > 0
    sums[..., 6] = np.log1p(count) / 3
    return sums


def view_features(seen: Seen, mask: Floats) -> Features:
    """All features of one view, each as often as it stands there: what the classifier sums up in a faster way."""
    found: defaultdict[str, float] = defaultdict(float)
    for i in np.flatnonzero(mask):
        for name, value in word_features(seen.words[i], seen.denied[i]).items():
            found[name] += value
        if i + 1 < len(mask) and mask[i + 1]:
            found[pair_feature(seen.words[i], seen.words[i + 1])] += PAIR
    valences = np.array(seen.valences, dtype=np.float32) * mask
    good, bad = np.maximum(valences, 0).sum(), np.maximum(-valences, 0).sum()
    sums = sum_features(*(np.array([value], dtype=np.float32) for value in (good, bad, mask.sum())))
    return dict(found) | dict(zip(SUMS, map(float, sums[0]), strict=True))
