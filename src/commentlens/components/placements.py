"""What a writer makes of one thing standing above another on the list: "Oslo two places above us, is this a joke?".

Part of `components.comparisons`. The rules find who stands above whom (relations ``above`` and ``below``); whether the
writer agrees with the list, cries out at it or orders the two on their own is read here, from what stands around.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from commentlens.components.matches import RuleMatch
from commentlens.components.topic import Topic
from commentlens.components.units import Unit
from commentlens.knowledge.words import words

PLACES = frozenset(["above", "below"])
"""Relations that say where the list, or the writer, puts the two."""
_AROUND = 12
"""Units before and behind the match in which the writer's tone is looked for."""

_STEPS = frozenset("place places spot spots rank ranks position positions step steps rung rungs row rows".split())

_VOTERS = frozenset(["you", "they", "who", "whoever", "voters"])
"""Whoever says what these put above what seldom holds with it."""


class Placement(Enum):
    """Who says that the one stands above the other, and whether the writer holds with it."""

    SAID = "said"
    """Nothing tells that it is the list's order: the writer's own, of better and worse."""
    AGREED = "agreed"
    """The list's order, or one that the writer asks of it."""
    DENIED = "denied"
    """The list's order, at which the writer cries out."""


def placement_of(topic: Topic, match: RuleMatch, claims: Sequence[Mapping[str, Any]]) -> Placement:
    """How an order of two on the list is meant.

    Args:
        topic: the comment.
        match: a match of a rule whose relation is one of `PLACES`.
        claims: what the claims component found; what is claimed of the entry tells where no tone does.
    """
    sentence = topic.sentences[match.sentence]
    before = sentence.units[max(0, match.start - _AROUND) : match.start]
    near = (*before, *sentence.units[match.start : match.end + _AROUND])
    tone = _tone(near)
    if tone is Placement.DENIED and sentence.asks and topic.entry is None and near[-1].norm == "?" and _only_asks(near):
        return Placement.SAID
    following = [unit for after in topic.sentences[match.sentence + 1 : match.sentence + 3] for unit in after.units]
    tone = tone or _tone(following[:_AROUND]) or _of_claims(topic, match, claims)
    if tone is None and not _VOTERS.isdisjoint(unit.norm for unit in sentence.units[match.start : match.end]):
        tone = Placement.DENIED
    if tone is None and _of_the_list(sentence.units[match.start : match.end]):
        # Whoever names the list's order and says no more complains where it has their own below.
        tone = Placement.AGREED if _entry_above(topic, match) else Placement.DENIED
    return tone or Placement.SAID


def placed_relation(relation: str, placement: Placement, *, negative: bool) -> str:
    """``better`` or ``worse``, of what stands first in a match.

    Args:
        relation: one of `PLACES`.
        placement: as `placement_of` reads it.
        negative: whether rank 1 of the list is no honour; there an order of the list's has the worse one above.
    """
    better = relation == "above"
    if placement is Placement.DENIED:
        better = not better
    if negative and placement is not Placement.SAID:
        better = not better
    return "better" if better else "worse"


def _tone(units: Sequence[Unit]) -> Placement | None:
    """What some units sound like; assent outweighs a laugh ("still above Rome, as always, haha")."""
    classes = words().classes
    said = [unit.norm for unit in units]
    if any(word in classes.assents for word in said):
        return Placement.AGREED
    if any(word in classes.outcries or word in classes.at_the_list for word in said):
        return Placement.DENIED
    return None


def _only_asks(units: Sequence[Unit]) -> bool:
    """Whether no word but the question mark cries out."""
    return _tone([unit for unit in units if unit.norm != "?"]) is None


def _of_the_list(units: Sequence[Unit]) -> bool:
    """Whether a match tells of places on a list: "three rows over Rome", "ahead of us"."""
    return any(unit.norm in _STEPS for unit in units) or units[-1].norm == "us"


def _entry_above(topic: Topic, match: RuleMatch) -> bool:
    """Whether it is the entry that stands above."""
    first = topic.resolve(match.sentence, match.slots.get("a"), match.slot_start("a", topic.sentences[match.sentence]))
    return (topic.entry in first) == (match.rule.option("relation") == "above")


def _of_claims(topic: Topic, match: RuleMatch, claims: Sequence[Mapping[str, Any]]) -> Placement | None:
    """The entry above another although it stands too high, or below it although it stands too low: denied."""
    own = [str(claim["stance"]) for claim in claims if claim["subject"] == topic.entry and not claim.get("others")]
    if not own or own[0] not in {"too_low", "too_high"}:
        return Placement.AGREED if own and own[0] == "right" else None
    return Placement.DENIED if _entry_above(topic, match) == (own[0] == "too_high") else Placement.AGREED
