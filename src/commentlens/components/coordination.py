"""Coordinated mentions as one unit: "Rome, Paris and London" is one subject; "Seoul, Korea" is Seoul."""

from __future__ import annotations

from collections.abc import Iterator

from commentlens.components.units import Unit
from commentlens.knowledge.words import words


def join_mentions(units: list[Unit]) -> Iterator[Unit]:
    """Make one unit of coordinated mentions; take a city's country ("Seoul, Korea") into the city's unit."""
    i = 0
    while i < len(units):
        unit = units[i]
        i += 1
        if unit.kind != "mention":
            yield unit
            continue
        while True:
            j = i
            # A bare number is also called "n".
            while j < len(units) and units[j].norm in words().classes.joiners and units[j].kind != "rank" and j - i < 2:
                j += 1
            while j < len(units) and j > i and units[j].norm in words().classes.between_joined:
                j += 1
            if j == i or j >= len(units) or units[j].kind != "mention":
                break
            following = units[j]
            joiner = "".join(u.norm for u in units[i:j])
            if joiner == "," and unit.norm == "city" and following.norm in {"country", "region"}:
                unit = Unit(unit.norm, "mention", unit.start, following.end, unit.mentions)
            elif not _coordinated(unit, following, joiner, units, j):
                break
            else:
                unit = Unit(unit.norm, "mention", unit.start, following.end, (*unit.mentions, *following.mentions))
            i = j + 1
        yield unit


def _coordinated(unit: Unit, following: Unit, joiner: str, units: list[Unit], j: int) -> bool:
    places = {"city", "country", "region"}
    if unit.norm != following.norm and not {unit.norm, following.norm} <= places:
        return False
    after = units[j + 1].norm if j + 1 < len(units) else ""
    if (
        after in words().classes.singular_verbs
        and joiner in {",", "and", ",and"}
        and not (after == "should" and joiner == "and")
    ):
        # "I love Rome, London is bad": what follows begins a clause of its own.
        return len(unit.mentions) > 1 and joiner != ","
    return True
