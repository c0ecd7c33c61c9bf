"""Which way "not even in the top ten" points: out of it for what the list has there, into it for what it has below.

Part of `components.claims`: the rules find the words.
"""

from __future__ import annotations

from commentlens.components.topic import Topic

Interval = tuple[int, int | None]
# Who says of a true thing that it is so and has one of these words is at ease with it ("just outside the ten, fair").
_AT_EASE = frozenset(
    "fair fine ok okay agree agreed right correct deserved justified same reasonable sounds fits suits accurate".split()
)


def outside_top(
    topic: Topic, listed: int | None, at: tuple[int, int] | None, *, top: bool
) -> tuple[str, Interval | None]:
    """Stance and proposed ranks of what is said to stand outside of ``at``.

    Args:
        topic: the comment.
        listed: where the list has the subject.
        at: the first ranks, outside of which the subject is said to be.
        top: whether they were written as "top N", so that all ranks behind them are proposed.
    """
    if at is None:
        return "too_high", None
    if listed is None or listed <= at[1]:
        return "too_high", (at[1] + 1, None) if top else None
    words = {unit.norm for sentence in topic.sentences for unit in sentence.units}
    return ("right", None) if words & _AT_EASE else ("too_low", at)
