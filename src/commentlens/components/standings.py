"""A whole ranking given in a comment: "1. Rome 2. Oslo 3. Lima", "Rome 1st, Oslo 2nd", "my top 3: Rome, Oslo"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from commentlens.components.topic import Topic
from commentlens.components.units import Unit

Standing = tuple[str, int, tuple[int, int]]
# What may stand between a name and the number behind it, and what parts one item from the next.
_LINKS = frozenset(["-", "–", "—", ":", "=", "(", "is", "at", "'s", "as", ">"])
_BREAKS = frozenset([",", ";", ".", "\n", ")", "and", "then", "&", "/", "!", "..."])


def personal_ranking(topic: Topic) -> list[Standing]:
    """Items of a commenter's own ranking: name, rank, characters; empty where the comment holds none.

    It is one where at least two ranks, rising by one, each stand right before a mention (signs between them aside), or
    right behind one where the name comes first; or where the mentions follow "my top 3:".
    """
    ranks = [unit for s in topic.sentences if s.holds_ranks for unit in s.units if unit.rank is not None]
    if len(ranks) > 1:
        units = [unit for sentence in topic.sentences for unit in sentence.units]
        read = _behind(topic) if _begins_with_a_name(units) else []
        for standings in (read, _before(topic, units)):
            if len(standings) > 1:
                said = [rank for _, rank, _ in standings]
                rising = all(b - a == 1 for a, b in itertools.pairwise(said))
                return standings if rising else []
    return _top_list(topic) if any(unit.top for unit in ranks) else []


def _is_one_rank(unit: Unit) -> bool:
    return unit.rank is not None and unit.rank[0] == unit.rank[1] and not unit.top


def _is_one_mention(unit: Unit) -> bool:
    return unit.kind == "mention" and len(unit.mentions) == 1


def _begins_with_a_name(units: Sequence[Unit]) -> bool:
    """Whether a name stands before the first number."""
    first = next((unit for unit in units if _is_one_rank(unit) or _is_one_mention(unit)), None)
    return first is not None and _is_one_mention(first)


def _before(topic: Topic, units: Sequence[Unit]) -> list[Standing]:
    """Numbers before their names: "1. Rome 2. Oslo"."""
    standings: list[Standing] = []
    i = 0
    while i < len(units):
        if _is_one_rank(units[i]):
            j = i + 1
            while j < len(units) and units[j].kind == "mark" and j - i <= 2:
                j += 1
            if j < len(units) and _is_one_mention(units[j]):
                standings.append(_standing(topic, units[j], units[i]))
                i = j
        i += 1
    return standings


def _behind(topic: Topic) -> list[Standing]:
    """Numbers behind their names: "Rome - 1st, Oslo - 2nd"; each item ends at a comma, a line or the like."""
    standings: list[Standing] = []
    for units in (sentence.units for sentence in topic.sentences):
        for i, unit in enumerate(units):
            if not _is_one_mention(unit):
                continue
            j = i + 1
            while j < len(units) and units[j].norm in _LINKS and j - i <= 2:
                j += 1
            ends = j + 1 >= len(units) or units[j + 1].norm in _BREAKS or _is_one_mention(units[j + 1])
            if j < len(units) and _is_one_rank(units[j]) and ends:
                standings.append(_standing(topic, unit, units[j]))
    return standings


def _standing(topic: Topic, named: Unit, ranked: Unit) -> Standing:
    """One item; ``ranked`` is one that `_is_one_rank` let through."""
    rank = ranked.rank[0] if ranked.rank else 0
    return topic.names(named)[0], rank, (min(named.start, ranked.start), max(named.end, ranked.end))


def _top_list(topic: Topic) -> list[Standing]:
    """ "My top 3: Rome, Oslo, Lima": the order of the mentions is the ranking."""
    for sentence in topic.sentences:
        for i, unit in enumerate(sentence.units):
            if not (unit.top and unit.rank):
                continue
            rest = sentence.units[i + 1 : i + 6]
            colon = next((j for j, u in enumerate(rest) if u.norm == ":"), None)
            if colon is None or colon + 1 >= len(rest) or rest[colon + 1].kind != "mention":
                continue
            named = rest[colon + 1]
            names = topic.names(named)
            if 2 <= len(names) <= unit.rank[1]:
                return [(name, n, (unit.start, named.end)) for n, name in enumerate(names, 1)]
    return []
