"""What a comment says about which of two of its targets it puts above the other, as features of a linear model.

People mostly order two things without comparing them: "queued an hour for a pizza, in Naples I never waited". So the
features are the moods towards both, what is claimed of them, and the words of the whole comment with the two masked
(``A`` and ``B``; other mentions are ``O``, ranks ``#``), by where they stand from them. Names are never among them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from commentlens.components.topic import Topic
from commentlens.components.units import Unit
from commentlens.knowledge.comparatives import comparatives
from commentlens.records import MOODS

Features = dict[str, float]

_END = "|"
_EDGE = "^"
_BESIDE = 3
"""Units right and left of a mention that are told apart by their place."""
_AROUND = 5
"""Units around a mention that are not."""
_PAIR, _PAIR_AFTER = 0.7, 0.5
_LONGEST = 36
_APART = 16


def preference_features(
    topic: Topic, moods: Mapping[str, Mapping[str, Any]], claims: Sequence[Mapping[str, Any]], pair: tuple[str, str]
) -> Features:
    """Features of one pair of targets.

    Args:
        topic: the comment's sentences, mentions and context.
        moods: the comment's moods with trace, by target.
        claims: what the comment claims of ranks.
        pair: the two targets; the entry stands first where it is one of them.

    Returns:
        Name of each feature, and its value.
    """
    found: Features = {}
    shares = [shares_of(moods[target]) for target in pair]
    for side, target, share in zip("AB", pair, shares, strict=True):
        found.update(_of_side(side, topic, moods[target], share, claims))
    first, second = shares
    found["A pos, B neg"], found["A neg, B pos"] = first[0] * second[1], first[1] * second[0]
    found["both pos"], found["both neg"] = first[0] * second[0], first[1] * second[1]
    found["A over B"] = first[0] - first[1] - second[0] + second[1]
    found[f"targets: {min(4, len(moods))}"] = 1.0
    found["list"], found["negative list"] = float(topic.has_list), float(topic.negative)
    found["asks"] = float(any(sentence.asks for sentence in topic.sentences))
    found.update(_of_words(_masked(topic, pair)))
    return {name: value for name, value in found.items() if value}


def shares_of(mood: Mapping[str, Any]) -> list[float]:
    """Shares of pos, neg and neu in a mood with trace; where no classifier was asked, the label alone."""
    for step in reversed(mood["trace"]):
        if step["step"] == "classifier":
            return [step["shares"][label] for label in MOODS]
    return [float(mood["label"] == label) for label in MOODS]


def _of_side(
    side: str, topic: Topic, mood: Mapping[str, Any], shares: Sequence[float], claims: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, float]]:
    """What is known of one of the two: its mood, whether it is named, listed, argued about."""
    target = str(mood["target"])
    yield from zip((f"{side} {label}" for label in MOODS), shares, strict=True)
    rules = next((step["rules"] for step in mood["trace"] if "rules" in step), mood)
    yield f"{side} by rules {rules['label']}", 1.0
    yield f"{side} by rules", float(rules["score"])
    yield f"{side} implied", float(mood["implied"])
    yield f"{side} is the entry", float(target == topic.entry)
    yield f"{side} listed", float(topic.in_list(target))
    stance = next((str(claim["stance"]) for claim in claims if claim["subject"] == target), "not argued")
    yield f"{side} {stance}{' on a negative list' if topic.negative else ''}", 1.0


def _masked(topic: Topic, pair: tuple[str, str]) -> list[str]:
    """The units of all sentences, each sentence with a bar at its end."""
    return [_mask(topic, unit, pair) for sentence in topic.sentences for unit in (*sentence.units, None)]


def _mask(topic: Topic, unit: Unit | None, pair: tuple[str, str]) -> str:
    if unit is None:
        return _END
    if unit.kind == "mention":
        names = topic.names(unit)
        return "".join(side for side, target in zip("AB", pair, strict=True) if target in names) or "O"
    if unit.kind == "rank":
        return "#"
    if comparatives().is_comparative(unit.norm):
        return "more" if comparatives().order([unit.norm]) >= 0 else "less"
    return unit.norm


def _of_words(words: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The words and pairs of words, by themselves and by where they stand from the two."""
    firsts = [i for i, word in enumerate(words) if word in {"A", "AB"}]
    seconds = [i for i, word in enumerate(words) if word in {"B", "AB"}]
    named = "" if firsts else "A not named, "
    middle = seconds[0] if seconds else len(words)
    yield "A not named", float(not firsts)
    yield "opens with B", float(middle == 0)
    yield f"length: {min(_LONGEST, len(words)) // 6}", 1.0
    for i, word in enumerate(words):
        zone = "before B" if i < middle else "after B"
        yield word, 1.0
        yield f"{named}{zone}: {word}", 1.0
        if i + 1 < len(words):
            yield f"{word} {words[i + 1]}", _PAIR
            yield f"{named}{zone}: {word} {words[i + 1]}", _PAIR_AFTER
    for side, places in (("A", firsts[:2]), ("B", seconds[:2])):
        for place in places:
            yield from _beside(side, words, place)
    if firsts and seconds:
        yield from _between(words, firsts[0], seconds[0])


def _beside(side: str, words: Sequence[str], place: int) -> Iterator[tuple[str, float]]:
    """Words near one mention of one of the two."""
    for distance in (*range(-_BESIDE, 0), *range(1, _BESIDE + 1)):
        at = place + distance
        yield f"{side}{distance:+d} {words[at] if 0 <= at < len(words) else _EDGE}", 1.0
    for word in words[max(0, place - _AROUND) : place]:
        yield f"near before {side}: {word}", 1.0
    for word in words[place + 1 : place + 1 + _AROUND]:
        yield f"near after {side}: {word}", 1.0


def _between(words: Sequence[str], first: int, second: int) -> Iterator[tuple[str, float]]:
    """What stands between the two, in which order they come, and how far apart."""
    low, high = sorted((first, second))
    between = words[low + 1 : high]
    yield "A first" if first < second else "B first", 1.0
    yield f"apart: {min(_APART, len(between)) // 2}", 1.0
    yield "in one sentence", float(_END not in between)
    for word in between:
        yield f"between: {word}", 1.0


def pairs_of(topic: Topic, targets: Sequence[str]) -> list[tuple[str, str]]:
    """All pairs of targets; the entry comes first, the others in their order."""
    ordered = sorted(targets, key=lambda target: target != topic.entry)
    return list(itertools.combinations(ordered, 2))
