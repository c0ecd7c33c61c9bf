"""The forms of a list's entries, and which places its entries mean."""

from __future__ import annotations

import pytest

from commentlens.components.entity_list import list_names
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.places import Places
from commentlens.records import Kind


@pytest.mark.parametrize(
    ("name", "kind", "forms", "no_forms"),
    [
        (
            "Grand Theft Auto: San Andreas",
            "other",
            ["gta", "gta sa", "gtasa", "gta san andreas", "san andreas"],
            ["sa"],
        ),
        ("Counter-Strike: Global Offensive", "other", ["csgo", "cs go", "counter strike"], ["cs", "go"]),
        ("Metal Gear Solid 3: Snake Eater", "other", ["mgs3", "mgs 3", "snake eater", "metal gear solid 3"], ["3"]),
        (
            "The Lord of the Rings: The Return of the King",
            "other",
            ["lotr", "rotk", "return of the king", "lord of the rings"],
            ["the king", "of"],
        ),
        (
            "Star Wars: Episode V – The Empire Strikes Back",
            "other",
            ["star wars", "empire strikes back", "esb"],
            ["episode v", "v"],
        ),
        ("Halo: Combat Evolved", "other", ["halo", "halo ce"], ["ce", "combat"]),
        ("Ducati Panigale V4", "other", ["panigale v4", "panigale"], ["ducati", "v4"]),
        ("Yamaha R1", "other", ["r1"], ["yamaha"]),
        ("Microsoft", "company", ["microsoft", "ms"], ["soft"]),
        ("Mercedes-Benz", "company", ["mercedes", "merc", "mercedes benz"], ["me"]),
        ("Delta Air Lines", "company", ["delta airlines"], ["air", "lines"]),
    ],
)
def test_forms(name: str, kind: Kind, forms: list[str], no_forms: list[str]) -> None:
    """Shorter forms that people write are known, and those that would find something else are not."""
    names = list_names([{"name": name}], kind, Places.load(), Companies.load())
    assert [form for form in forms if form not in names.forms] == []
    assert [form for form in no_forms if form in names.forms] == []


def test_a_form_of_two_entries_is_of_none() -> None:
    """What two titles have in common says nothing."""
    names = list_names(
        [{"name": "Halo: Combat Evolved"}, {"name": "Halo: Reach"}], "other", Places.load(), Companies.load()
    )
    assert "halo" not in names.forms
    assert {"halo ce", "reach"} & names.forms.keys() == {"halo ce"}


@pytest.mark.parametrize(
    ("entries", "countries"),
    [
        (["San José", "Panama City", "León", "Granada", "San Salvador"], ["CR", "PA", "NI", "NI", "SV"]),
        (["San José", "Austin", "Denver", "Boston", "Seattle"], ["US"] * 5),
        (["London", "Toronto", "Hamilton", "Ottawa", "Windsor"], ["CA"] * 5),
        (["London", "Paris", "Tokyo", "Lima", "Nairobi", "Sydney"], ["GB", "FR", "JP", "PE", "KE", "AU"]),
        (["Valencia", "Caracas", "Maracaibo", "Barcelona", "Mérida"], ["VE"] * 5),
        (["Valencia", "Madrid", "Bilbao", "Barcelona", "Mérida"], ["ES"] * 5),
        (["Vienna", "Austin", "Boston", "Nashville", "Memphis"], ["AT", "US", "US", "US", "US"]),
        (["Birmingham", "London"], ["GB", "GB"]),
        (["Birmingham", "Mobile"], ["GB", "US"]),
    ],
)
def test_namesakes_lie_together(entries: list[str], countries: list[str]) -> None:
    """An entry's place lies where the others lie; a few entries alone decide nothing."""
    names = list_names([{"name": name} for name in entries], "city", Places.load(), Companies.load())
    assert [entry.place.country if entry.place else None for entry in names.entries] == countries


def test_what_the_list_says_of_a_place_goes_first() -> None:
    """An entry with its country stays there, wherever the others lie."""
    entries = [{"name": "London", "within": "United Kingdom"}, *({"name": n} for n in ("Toronto", "Ottawa", "Windsor"))]
    names = list_names(entries, "city", Places.load(), Companies.load())
    assert names.entries[0].place is not None
    assert names.entries[0].place.country == "GB"
