"""Names of the lists beside the place table by folded name: a user's own, countries, regions, nicknames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from commentlens.knowledge.names import fold
from commentlens.knowledge.place_data import Ambiguity, Country, Nickname, Region
from commentlens.knowledge.place_senses import PREFIX, Place, PlaceSense
from commentlens.knowledge.user_names import UserName

_COMPASS = {
    "north": "North", "south": "South", "east": "East", "west": "West", "central": "Central", "northern": "Northern",
    "southern": "Southern", "eastern": "Eastern", "western": "Western", "mid": "Mid", "middle": "Middle",
    "northeast": "Northeast", "northwest": "Northwest", "southeast": "Southeast", "southwest": "Southwest",
    "north east": "North East", "north west": "North West", "south east": "South East", "south west": "South West",
    "upper": "Upper", "lower": "Lower", "inner": "Inner", "outer": "Outer", "far": "Far",
}  # fmt: skip


class ListedSenses:
    """Collects them; ``by_name`` holds the senses of each folded name in the order in which they were added."""

    def __init__(self, ambiguous: Mapping[str, Ambiguity]) -> None:
        """Begin with nothing; ``ambiguous``: folded name to what else it is."""
        self.by_name: dict[str, tuple[PlaceSense, ...]] = {}
        self._ambiguous = ambiguous

    def add(self, name: str, sense: PlaceSense) -> None:
        """One more sense of a folded name, unless it is there."""
        if name:
            senses = self.by_name.get(name, ())
            if not any(other.id == sense.id and other.name == sense.name for other in senses):
                self.by_name[name] = (*senses, sense)

    def add_own(self, names: Iterable[UserName]) -> None:
        """A user's own names; those of companies are left out."""
        for own in names:
            if own.label == "COMPANY":
                continue
            for written in (own.name, *own.aliases):
                self.add(
                    fold(written),
                    PlaceSense(
                        label=own.label,
                        name=own.name,
                        id=own.id,
                        country=own.country,
                        form="name",
                        place=own_place(own) if own.label == "CITY" else None,
                        has_nickname=True,
                    ),
                )

    def add_countries(self, countries: Iterable[Country]) -> None:
        """Countries, and their north, south, west and east."""
        for country in countries:
            main = PlaceSense(
                label="COUNTRY", name=country.name, id=f"{PREFIX}{country.id}", country=country.iso, form="name"
            )
            self._add_area(main, country)

    def add_regions(self, regions: Iterable[Region]) -> None:
        """Regions, and the parts of those that belong to no country."""
        for region in regions:
            main = PlaceSense(
                label="REGION",
                name=region.name,
                id=f"{PREFIX}{region.id}" if region.id else None,
                country=region.country,
                form="name",
                region=region,
            )
            self._add_area(main, region)
            if region.code:
                self.add(fold(region.code), replace(main, form="code", upper=True))

    def _add_area(self, main: PlaceSense, area: Country | Region) -> None:
        """An area under all its names, and its parts under those that have them."""
        words = {fold(written) for written in area.common}
        for written in (area.name, *area.aliases):
            name = fold(written)
            if name in words:
                self.add(name, replace(main, ambiguity="word", upper=_in_capitals(written)))
                continue
            self.add(name, main)
            if _has_parts(main, name, written):
                for compass, said in _COMPASS.items():
                    if f"{compass} {name}" not in self.by_name:
                        self.add(f"{compass} {name}", _part(f"{said} {main.name}", main.country))

    def add_nicknames(self, nicknames: Iterable[Nickname], city: Callable[[str, str], Place | None]) -> None:
        """Nicknames of cities.

        Args:
            nicknames: as `place_data.read_nicknames` gives them.
            city: the place of a folded name in a country.
        """
        for nickname in nicknames:
            place = city(fold(nickname.name), nickname.country)
            sense = PlaceSense(
                label="CITY",
                name=place.name if place else nickname.name,
                id=place.ref if place else None,
                country=nickname.country,
                form="nickname",
                place=place,
                ambiguity=self._ambiguous.get(fold(nickname.alias)),
                upper=nickname.upper,
                only_entry=nickname.only_entry,
            )
            name = fold(nickname.alias)
            if name in self.by_name and not nickname.only_entry and self.by_name[name][0].form == "code":
                # "NY" after a comma is the state, elsewhere the city.
                self.by_name[name] = (sense, *self.by_name[name])
            else:
                self.add(name, sense)


def own_place(own: UserName) -> Place:
    """The city that a user's name means."""
    number = (own.id or "").removeprefix(PREFIX)
    known = number if (own.id or "").startswith(PREFIX) and number.isdecimal() else "0"
    return Place(
        id=int(known),
        name=own.name,
        country=own.country or "",
        latitude=own.latitude,
        longitude=own.longitude,
        population=own.population,
        own_id=None if known != "0" else own.id,
    )


def _has_parts(main: PlaceSense, name: str, written: str) -> bool:
    """Whether people speak of the north or east of an area by this name (folded, and as written)."""
    if main.label == "COUNTRY":
        return len(name) > 3 and written in (main.name, "Korea")
    return main.country is None


def _in_capitals(written: str) -> bool:
    return written.replace(".", "").replace(" ", "").isupper()


def _part(name: str, country: str | None) -> PlaceSense:
    return PlaceSense(label="REGION", name=name, id=None, country=country, form="name")
