"""Ranks that are said from the listed one on: "three places up", "half that number", "add ten to it".

Part of `components.claims`: the rules find the words and say the direction, this module works out the rank.
"""

from __future__ import annotations

from collections.abc import Sequence

from commentlens.components.ranks import cardinal
from commentlens.components.units import Unit

Rank = tuple[int, int]
# How the number among the words of a match moves the listed rank.
BY_PLACES, BY_FACTOR = "by_places", "by_factor"
_FACTORS = {"half": 2, "halve": 2, "halved": 2, "double": 2, "twice": 2, "third": 3, "quarter": 4, "triple": 3}
_AMOUNTS = {"a": 1, "one": 1, "couple": 2, "dozen": 12}
_NOT_AN_AMOUNT = frozenset(["few", "several", "some", "many"])


def moved_rank(listed: int | None, units: Sequence[Unit], how: str, *, up: bool) -> Rank | None:
    """The rank that the words of a match ask for, none where it cannot be told or no list has it.

    Args:
        listed: where the list has the subject.
        units: the match.
        how: `BY_PLACES` or `BY_FACTOR`.
        up: towards the first place.
    """
    amount = _factor(units) if how == BY_FACTOR else _places(units)
    if listed is None or amount is None:
        return None
    if how == BY_FACTOR:
        rank = round(listed / amount) if up else listed * amount
    else:
        rank = listed - amount if up else listed + amount
    return (rank, rank) if rank > 0 else None


def _places(units: Sequence[Unit]) -> int | None:
    """The one number among the words; "a" only where there is no other ("a place up", not "a few places up")."""
    if any(unit.norm in _NOT_AN_AMOUNT for unit in units):
        return None
    said = [value for unit in units if (value := _value(unit))]
    if not said:
        said = [_AMOUNTS[unit.norm] for unit in units if unit.norm in _AMOUNTS and unit.norm != "a"]
    if not said and any(unit.norm == "a" for unit in units):
        said = [1]
    return said[0] if len(said) == 1 else None


def _factor(units: Sequence[Unit]) -> int | None:
    said = [_FACTORS[unit.norm] for unit in units if unit.norm in _FACTORS]
    said = said or [value for unit in units if (value := _value(unit))]
    return said[0] if len(said) == 1 and said[0] > 1 else None


def _value(unit: Unit) -> int:
    if unit.rank is not None:
        return unit.rank[0] if unit.rank[0] == unit.rank[1] else 0
    return cardinal(unit.norm) if unit.kind == "word" else 0
