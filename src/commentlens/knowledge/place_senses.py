"""What a name of a place may mean: `Place`, `PlaceSense`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from commentlens.knowledge.place_data import Ambiguity, Region

PlaceLabel = Literal["CITY", "COUNTRY", "REGION"]
PREFIX = "geonames:"
# Venice has few people within its limits; everybody knows it.
_WELL_KNOWN = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city. ``id`` is GeoNames', ``country`` ISO 3166 alpha-2, coordinates in degrees, ``admin`` GeoNames' code.

    A city of a user's own gazetteer has ``id`` 0 unless the file gives GeoNames', ``own_id`` as the file has it, no
    coordinates and no country where the file has none.
    """

    id: int
    name: str
    country: str
    latitude: float | None
    longitude: float | None
    population: int
    admin: str = ""
    own_id: str | None = None

    @property
    def ref(self) -> str | None:
        """The id that mentions have: ``geonames:N``, a user's own, None where there is neither."""
        return self.own_id or (f"{PREFIX}{self.id}" if self.id else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSense:
    """One meaning of a name.

    ``id``: ``geonames:N`` or None. ``form``: how the name relates to the place. ``ambiguity``: what else the name is.
    ``upper``: the name counts only in capitals. ``only_entry``: only where the place is an entry. ``code``: only
    after a comma. ``region`` is set where ``label`` is REGION.
    """

    label: PlaceLabel
    name: str
    id: str | None
    country: str | None
    form: Literal["name", "alternate", "nickname", "code"]
    place: Place | None = None
    ambiguity: Ambiguity | None = None
    upper: bool = False
    only_entry: bool = False
    region: Region | None = None
    has_nickname: bool = False

    @property
    def population(self) -> int:
        """People living there; 0 for countries and regions."""
        return self.place.population if self.place else 0

    @property
    def prominence(self) -> int:
        """Population, but not less than a well-known city's where people have given the city a nickname."""
        return max(self.population, _WELL_KNOWN) if self.has_nickname else self.population
