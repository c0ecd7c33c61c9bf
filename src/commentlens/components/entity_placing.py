"""Which places the entries of a list mean: of namesakes the one that lies where the other entries lie."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from commentlens.knowledge.names import fold
from commentlens.knowledge.place_senses import Place
from commentlens.knowledge.places import Places
from commentlens.records import Label

# Cities so near to each other (in degrees of a great circle, about 1,000 km) are of one part of the world.
_NEAR = math.cos(math.radians(9.0))
# The largest namesake is meant unless it stands alone among the others and another one does not.
_ALONE, _AMONG, _MIN_OTHERS = 0.1, 0.6, 3
_NAMESAKES = 6
# Nobody means a village of the name, wherever it lies.
_MIN_SHARE = 0.015


@dataclass(frozen=True, slots=True)
class _Point:
    """A place as a point on the unit sphere, and its country."""

    place: Place
    x: float
    y: float
    z: float

    @classmethod
    def of(cls, place: Place) -> _Point:
        latitude, longitude = math.radians(place.latitude or 0.0), math.radians(place.longitude or 0.0)
        across = math.cos(latitude)
        return cls(place, across * math.cos(longitude), across * math.sin(longitude), math.sin(latitude))

    def is_near(self, other: _Point) -> bool:
        """Whether two places are of one country or of one part of the world."""
        if self.place.country == other.place.country:
            return True
        return self.x * other.x + self.y * other.y + self.z * other.z >= _NEAR


def placed_together(
    entries: Sequence[tuple[str, str | None]], judged: Sequence[tuple[Label, Place | None]], places: Places
) -> list[Place | None]:
    """The place of every entry.

    Args:
        entries: name, and what followed the comma.
        judged: what each is, and the place that it would mean alone.
        places: the gazetteer.

    Returns:
        The same places, but a namesake where it lies among the others and the larger one does not: "San José" between
        "Panama City" and "San Salvador" is in Costa Rica.
    """
    found = [place for _, place in judged]
    if sum(place is not None for place in found) <= _MIN_OTHERS:
        return found
    points = [
        [] if place is None else [_Point.of(same) for same in _namesakes(name, place, within, places)]
        for (name, within), place in zip(entries, found, strict=True)
    ]
    for number, same in enumerate(points):
        others = [other for at, other in enumerate(points) if at != number and other]
        if len(same) < 2 or _share(same[0], [other[:1] for other in others]) > _ALONE:
            continue
        share, rank = max((_share(point, others), -rank) for rank, point in enumerate(same[1:], start=1))
        if share >= _AMONG:
            found[number] = same[-rank].place
    return found


def _namesakes(name: str, first: Place, within: str | None, places: Places) -> list[Place]:
    """Cities so called, first the one that is meant where nothing else is known; that alone if the list says which."""
    if first.latitude is None:
        return []
    if within:
        return [first]
    same = {sense.place.id: sense.place for sense in places.lookup(fold(name)) if sense.place and sense.form == "name"}
    same.pop(first.id, None)
    large = [p for p in same.values() if p.latitude is not None and p.population >= _MIN_SHARE * first.population]
    return [first, *sorted(large, key=lambda place: -place.population)[: _NAMESAKES - 1]]


def _share(point: _Point, others: Sequence[Sequence[_Point]]) -> float:
    """Share of the other entries of which some namesake is near."""
    return sum(any(point.is_near(other) for other in same) for same in others) / len(others)
