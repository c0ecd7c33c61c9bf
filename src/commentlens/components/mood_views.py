"""What the mood classifier sees of one target in a comment: one bag of features over several views of the text.

A view is the units that belong to the target under one hypothesis of ownership: all of them, those of the rules'
scopes, those after the mention last named, those nearest to it, the stretch between marks that holds it. All views are
read with the same weights, so that little data is enough; the classifier's second step learns which view to trust.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commentlens.components.mood_scopes import Scope
from commentlens.components.topic import Topic
from commentlens.components.units import Unit

TARGET, SHARED, OTHER = "<T>", "<T+>", "<O>"
VIEWS = ("all", "own", "last", "near", "stretch")
_RANK, _NUMBER, _GAP = "<R>", "<N>", "||"
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


@dataclass(frozen=True, slots=True)
class Seen:
    """A comment from one target, a value a unit: the masked word, the same with ``!`` where it is denied, its valence
    (VADER's scale, -4 to 4), and whether the rules' scopes give it to the target."""

    words: tuple[str, ...]
    denied: tuple[str, ...]
    valences: tuple[float, ...]
    own: tuple[bool, ...]

    @property
    def named(self) -> list[int]:
        """Where the target is named."""
        return [i for i, word in enumerate(self.words) if word in {TARGET, SHARED}]

    @property
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
    owners = {unit.start: scope.targets for scope in scopes for unit in scope.units}
    units = [unit for sentence in topic.sentences for unit in sentence.units]
    words = [_masked(topic, unit, target) for unit in units]
    return Seen(
        tuple(words),
        tuple(_denied(words)),
        tuple(valences.get(unit.start, 0.0) for unit in units),
        tuple(target in owners.get(unit.start, ()) for unit in units),
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


def views(seen: Seen) -> dict[str, tuple[int, ...]]:
    """Indices of the units in each of `VIEWS`."""
    every = tuple(range(len(seen.words)))
    mine, others = seen.named, seen.others
    own = tuple(i for i in every if seen.own[i])
    if not mine:
        # Implied by the entry or by "it": the rules' scopes are all there is.
        held = own or every
        return {view: every if view == "all" else held for view in VIEWS}
    stretches = list(itertools.accumulate(int(word in _CUTS) for word in seen.words))
    held_by = {stretches[i] for i in mine}
    last = _owners(seen.words)
    return {
        "all": every,
        "own": own,
        "last": tuple(i for i in every if last[i]),
        "near": tuple(i for i in every if distance(i, mine) <= distance(i, others)),
        "stretch": tuple(i for i in every if stretches[i] in held_by),
    }


def distance(i: int, places: Sequence[int]) -> int:
    """Units to the nearest of some places; far where there is none."""
    return min((abs(i - place) for place in places), default=_FAR)


def _owners(words: Sequence[str]) -> list[bool]:
    """Whether the place last named is the target; before any is named, the first one."""
    places = {TARGET: True, SHARED: True, OTHER: False}
    current = next(places[word] for word in words if word in places)
    out = []
    for word in words:
        current = places.get(word, current)
        out.append(current)
    return out


def view_features(seen: Seen, view: Sequence[int]) -> Features:
    """Features of one view: words, pairs, denied words, how words begin and end, sums of valences, length."""
    words: list[str] = []
    before = None
    for i in view:
        if before is not None and i != before + 1:
            words.append(_GAP)
        words.append(seen.words[i])
        before = i
    found: Features = dict.fromkeys(map("u:".__add__, words), 1.0)
    found |= {f"b:{a}_{b}": 0.7 for a, b in itertools.pairwise(words)}
    good = bad = 0.0
    for i in view:
        word, valence = seen.words[i], seen.valences[i]
        if seen.denied[i] != word:
            found[seen.denied[i]] = 1.0
        if len(word) > _LONG_WORD and word.isalpha():
            found[f"p:{word[:_BEGINNING]}"] = 0.4
            found[f"s:{word[-_END:]}"] = 0.3
        good += max(valence, 0.0)
        bad += max(-valence, 0.0)
    total = good - bad
    found |= {"V+": min(good, 6) / 2, "V-": min(bad, 6) / 2, "V": total / math.sqrt(total * total + 15)}
    found |= {"V0": float(not good and not bad), "hp": float(good > 0), "hm": float(bad > 0)}
    found["ln"] = math.log1p(len(view)) / 3
    return found
