"""What a comment under an entry says about the entry's place in the list, as features of a linear model.

Words and runs of up to three units; a rank counts by where it lies from the listed one (``#up``: a smaller number,
``#down``, ``#same``), a mention by whether it is the entry. Names and numbers themselves are never among the features.
"""

from __future__ import annotations

from collections.abc import Iterator

from commentlens.components.topic import Topic
from commentlens.components.units import Unit

Features = dict[str, float]

_LONGEST = 3
_NEGATIONS = frozenset(["not", "n't", "never", "no"])
_REACH = 4
"""Units that a negation denies after it."""
# Without a rank or one of these a comment may praise or blame, but does not speak of a place in a list.
_OF_RANKS = frozenset(
    "list lists rank ranks ranked ranking rankings rating place placed places spot spots slot position positions top "
    "bottom higher highest lower lowest high low above below ahead behind up down first last podium deserve deserves "
    "deserved deserving should belong belongs surprised shocked missing underrated overrated put number swap switch "
    "move moved agree agreed accurate inaccurate vote voted votes".split()
)


def speaks_of_ranks(topic: Topic) -> bool:
    """Whether a comment holds a rank or a word about places in a list at all, and denies no rank: what "not number 1"
    means depends on the listed rank, which rules know better."""
    speaks = False
    for sentence in topic.sentences:
        if not sentence.holds_ranks:
            speaks = speaks or not _OF_RANKS.isdisjoint(sentence.keys)
            continue
        units = sentence.units
        for i, unit in enumerate(units):
            if unit.kind == "rank":
                if any(before.norm in _NEGATIONS for before in units[:i]):
                    return False
                speaks = True
    return speaks


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
        names = ["^", *_denied([_name(topic, unit, listed) for unit in sentence.units]), "$"]
        length += len(names) - 2
        for size in range(1, _LONGEST + 1):
            runs = zip(*(names[i:] for i in range(size)), strict=False)
            found |= dict.fromkeys(map(" ".join, runs), 1.0)
    found.update(_whole(topic, length))
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
        return f"#{'top' if unit.top else ''}{way}"
    return unit.norm


def _whole(topic: Topic, length: int) -> Iterator[tuple[str, float]]:
    yield f"units: {'few' if length <= 6 else 'some' if length <= 15 else 'many'}", 1.0
    yield "long", min(length, 80) / 80
    if topic.negative:
        yield "negative list", 1.0
