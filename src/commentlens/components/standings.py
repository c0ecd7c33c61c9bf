"""A whole ranking given in a comment: "1. Rome 2. Oslo 3. Lima", "1 - Rome, 2 - Oslo", "my top 3: Rome, Oslo"."""

from __future__ import annotations

import itertools

from commentlens.components.topic import Topic

Standing = tuple[str, int, tuple[int, int]]


def personal_ranking(topic: Topic) -> list[Standing]:
    """Items of a commenter's own ranking: name, rank, characters; empty where the comment holds none.

    It is one where at least two ranks, rising by one, are each followed (signs between them aside) by a mention.
    """
    units = [unit for sentence in topic.sentences for unit in sentence.units]
    standings: list[Standing] = []
    i = 0
    while i < len(units):
        rank = units[i].rank
        if rank and rank[0] == rank[1] and not units[i].top:
            j = i + 1
            while j < len(units) and units[j].kind == "mark" and j - i <= 2:
                j += 1
            if j < len(units) and units[j].kind == "mention" and len(units[j].mentions) == 1:
                standings.append((topic.names(units[j])[0], rank[0], (units[i].start, units[j].end)))
                i = j
        i += 1
    if len(standings) < 2:
        return _top_list(topic)
    ranks = [number for _, number, _ in standings]
    rising = all(b - a == 1 for a, b in itertools.pairwise(ranks))
    return standings if rising else []


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
