"""Numbers that stand alone and are no rank all the same: "14 euro for a coke. Fourteen!", "1. Too loud. 2. Too hot."

Part of `components.claims`; what a number can be by its own words is told by `components.number_senses`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from commentlens.components.ranks import cardinal
from commentlens.components.topic import Topic
from commentlens.components.units import Unit

_AFTER_A_POINT = frozenset([".", ")", ":"])
_DIGITS = re.compile(r"\d+")


def is_counted(topic: Topic, sentence: int, value: int) -> bool:
    """Whether another sentence counts something by the same number ("six cups. SIX."), which so is only said again."""
    counted = (_counts(other.units) for i, other in enumerate(topic.sentences) if i != sentence)
    return any(value in values for values in counted)


def is_point(topic: Topic, sentence: int) -> bool:
    """Whether the number that opens a sentence numbers points of an argument: "1. … 2. …" rising by one."""
    points = [
        (i, unit.rank[0])
        for i, other in enumerate(topic.sentences)
        for unit, following in itertools.pairwise(other.units)
        if unit.rank and following.norm in _AFTER_A_POINT
    ]
    return any(sentence in {i, j} and b == a + 1 for (i, a), (j, b) in itertools.pairwise(points))


def _counts(units: tuple[Unit, ...]) -> Iterator[int]:
    for unit, following in itertools.pairwise(units):
        if unit.kind != "word":
            continue
        if digits := _DIGITS.fullmatch(unit.norm):
            yield int(digits.group())
        elif (value := cardinal(unit.norm)) and following.kind == "word":
            yield value
