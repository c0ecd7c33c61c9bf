"""Which places the entries of a list mean: of namesakes the one that lies where the other entries lie."""

from __future__ import annotations

import math
from collections.abc import Sequence

from commentlens.knowledge.names import fold
from commentlens.knowledge.place_senses import Place
from commentlens.knowledge.places import Places
from commentlens.records import Label

# Cities so near to each other (in degrees of a great circle, about 1,000 km) are of one part of the world.
_NEAR = math.cos(math.radians(9.0))
# The largest namesake is meant unless it stands alone and another one stands among the others.
_ALONE, _AMONG, _MIN_OTHERS = 0.1, 0.6, 3
_NAMESAKES = 6
Vector = tuple[float, float, float]


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
        "Panama City" and "Managua" is in Costa Rica.
    """
    found = [place for _, place in judged]
    namesakes = [
        _namesakes(name, places) if place is not None else [] for (name, _), place in zip(entries, found, strict=True)
    ]
    points = [[_vector(place) for place in same] for same in namesakes]
    for number, (_, within) in enumerate(entries):
        if within or len(namesakes[number]) < 2:
            continue
        others = [same for other, same in enumerate(points) if other != number and same]
        if len(others) < _MIN_OTHERS:
            continue
        if _share_near(points[number][0], others) > _ALONE:
            continue
        shares = [(_share_near(point, others), -rank) for rank, point in enumerate(points[number])]
        share, rank = max(shares)
        if share >= _AMONG:
            found[number] = namesakes[number][-rank]
    return found


def _namesakes(name: str, places: Places) -> list[Place]:
    """Cities so called, the one first that is meant where nothing else is known."""
    first = places.resolve(name)
    same = [sense.place for sense in places.lookup(fold(name)) if sense.place is not None and sense.form == "name"]
    if first is None:
        return []
    rest = sorted((place for place in same if place.id != first.id), key=lambda place: -place.population)
    return [place for place in (first, *rest[: _NAMESAKES - 1]) if place.latitude is not None]


def _vector(place: Place) -> Vector:
    latitude, longitude = math.radians(place.latitude or 0.0), math.radians(place.longitude or 0.0)
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )


def _share_near(point: Vector, others: Sequence[Sequence[Vector]]) -> float:
    """Share of the other entries of which some namesake is near."""
    x, y, z = point
    near = sum(any(x * a + y * b + z * c >= _NEAR for a, b, c in same) for same in others)
    return near / len(others)
