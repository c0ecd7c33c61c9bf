"""What a comment under an entry says about the entry's place in the list, as features of a linear model.

Words and pairs of units; a rank counts by where it lies from the listed one (``#up``: a smaller number, ``#down``,
``#same``), a mention by whether it is the entry; how high the entry is listed; how sentences end. Names and numbers
themselves are never among the features.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from commentlens.components.topic import Topic
from commentlens.components.units import Unit

Features = dict[str, float]

_PLAIN = frozenset(["word", "mark"])
_LISTED = ((1, "first"), (3, "podium"), (6, "upper"), (10, "ten"), (20, "twenty"), (10**9, "beyond"))
_HIGH = 5
"""Up to this listed rank, outrage that names no direction is likelier to mean too high."""
_HEAPED = frozenset(["that", "this", "it", "all"])
_ENDS = frozenset([",", ".", "$", "i", "we"])
_NO_WORD = "_"
_NEGATIONS = frozenset(["not", "n't", "never", "no"])
_SHOCKED = frozenset(["how", "why", "if", "who"])
_REACH = 4
"""Units that a negation denies after it."""


def argue_features(topic: Topic, listed: int | None) -> Features:
    """Features of one comment.

    Args:
        topic: the comment's sentences, mentions and context.
        listed: the listed rank of the entry it hangs under.

    Returns:
        Name of each feature, and its value.
    """
    found: Features = {}
    length = 0
    for sentence in topic.sentences:
        said = [unit.norm if unit.kind in _PLAIN else _name(topic, unit, listed) for unit in sentence.units]
        names = ["^", *(said if _NEGATIONS.isdisjoint(said) else _denied(said)), "$"]
        if "top" in names:
            names = _without_heaps(names)
        length += len(said)
        found |= dict.fromkeys(names, 1.0)
        found |= dict.fromkeys(map(" ".join, itertools.pairwise(names)), 1.0)
    found.update(_whole(topic, length))
    if listed is not None:
        found.update(_placed(topic, listed))
    return found


def _without_heaps(names: list[str]) -> list[str]:
    """ "On top of that" is no place in a list."""
    found = list(names)
    for i in range(len(names) - 3):
        if names[i : i + 2] == ["top", "of"] and names[i + 2] in _HEAPED and names[i + 3] in _ENDS:
            found[i : i + 3] = [_NO_WORD] * 3
    return found


def _denied(names: list[str]) -> Iterator[str]:
    """The names of a sentence's units; after a negation those of the next few are others."""
    left = 0
    for name in names:
        yield f"not {name}" if left else name
        left = _REACH if name in _NEGATIONS else max(0, left - 1)


def _name(topic: Topic, unit: Unit, listed: int | None) -> str:
    if unit.kind == "mention":
        return "@entry" if topic.entry in topic.names(unit) else "@other"
    if unit.kind == "rank" and unit.rank:
        best, worst = unit.rank
        way = "" if listed is None else "same" if best <= listed <= worst else "up" if best < listed else "down"
        return f"{'n' if unit.norm == 'n' else '#'}{'top' if unit.top else ''}{way}"
    return unit.norm


def _whole(topic: Topic, length: int) -> Iterator[tuple[str, float]]:
    yield f"units: {'few' if length <= 6 else 'some' if length <= 15 else 'many'}", 1.0
    yield "long", min(length, 80) / 80
    if topic.negative:
        yield "negative list", 1.0


def _placed(topic: Topic, listed: int) -> Iterator[tuple[str, float]]:
    """How high the entry is listed, by itself and with how sentences end and whether they name a rank."""
    half = "high" if listed <= _HIGH else "low"
    yield f"listed {next(name for bound, name in _LISTED if listed <= bound)}", 1.0
    for sentence in topic.sentences:
        last = sentence.units[-1].norm
        if last in {"?", "!"}:
            yield f"ends {last}", 1.0
            yield f"ends {last} {half}", 1.0
        if sentence.asks:
            yield "asks", 1.0
        if sentence.holds_ranks:
            yield f"names a rank {half}", 1.0


def denies_better(topic: Topic, listed: int) -> bool:
    """Whether a comment denies a rank better than the listed one ("I don't think it's the top 1"): it asks for none."""
    for sentence in topic.sentences:
        units = sentence.units
        if not sentence.holds_ranks or sentence.asks or units[0].norm in _SHOCKED:
            continue
        for i, unit in enumerate(units):
            denied = unit.kind == "rank" and not _NEGATIONS.isdisjoint(u.norm for u in units[max(0, i - 6) : i])
            if denied and unit.rank and unit.rank[0] < listed:
                return True
    return False
