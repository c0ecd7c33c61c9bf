"""What the list of a comment says about names: its entries and the forms in which people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commentlens.components.entity_forms import DIGITS, company_forms, full_forms, loose_forms
from commentlens.components.entity_placing import placed_together
from commentlens.components.entity_types import Candidate, Form, Surface
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.names import BOUNDARY, fold, reach_of
from commentlens.knowledge.place_senses import Place
from commentlens.knowledge.places import Places
from commentlens.records import Kind, Label

_COUNTED = frozenset("times time hours hour days day weeks week months month years year stars points of out x".split())
_LONGEST_NUMBER = 3
_BIG_CITY = 100_000
_LABELS: dict[Kind, Label] = {"city": "CITY", "company": "COMPANY", "country": "COUNTRY"}


@dataclass(frozen=True, slots=True)
class ListedName:
    """An entry under one of its forms."""

    entry: int
    form: Form


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry: its name, what it is, and the place it means."""

    name: str
    label: Label
    place: Place | None


@dataclass(frozen=True, slots=True)
class ListNames:
    """A list's entries, by folded form and by place id.

    ``reach``: first word of any form to how many words the longest form has that begins with it. ``main_names``: the
    entries' own names, ``by_letter`` the same by their first letter. ``countries``: countries (ISO) of the entries,
    with the share of the entries in each. ``sectors``: what the list is about.
    """

    kind: Kind | None
    entries: tuple[ListedEntry, ...]
    forms: Mapping[str, ListedName]
    by_place: Mapping[str, int]
    reach: Mapping[str, int]
    main_names: Mapping[str, int]
    countries: Mapping[str, float]
    sectors: frozenset[str] = frozenset()
    by_letter: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def own(self, entry: Mapping[str, Any] | None) -> int | None:
        """Number of the entry under which a comment stands."""
        if entry is None:
            return None
        listed = self.forms.get(fold(str(entry["name"])))
        return listed.entry if listed else None


NO_LIST = ListNames(None, (), {}, {}, {}, {}, {})


def list_names(
    entries: Sequence[Mapping[str, Any]],
    kind: Kind | None,
    places: Places,
    companies: Companies,
    sectors: frozenset[str] = frozenset(),
) -> ListNames:
    """Work out all forms of a list's entries.

    Args:
        entries: ``{"name", "within", "rank"}`` each, as in the context of a Doc.
        kind: what the entries are; for "other" and None each entry is judged on its own.
        places: for the places that entries mean.
        companies: for the other names of companies.
        sectors: what the list is about.
    """
    listed: list[ListedEntry] = []
    full: dict[str, ListedName] = {}
    loose: dict[str, set[tuple[int, Form]]] = {}
    by_place: dict[str, int] = {}
    main: dict[str, int] = {}
    judged = [_judge(str(entry["name"]), entry.get("within"), kind, places, companies) for entry in entries]
    together = placed_together([(str(entry["name"]), entry.get("within")) for entry in entries], judged, places)
    for number, ((label, _), place) in enumerate(zip(judged, together, strict=True)):
        name = str(entries[number]["name"])
        listed.append(ListedEntry(name, label, place))
        if place is not None and place.ref is not None:
            by_place.setdefault(place.ref, number)
        for form in full_forms(name):
            full.setdefault(form, ListedName(number, "full"))
        main.setdefault(fold(name), number)
        if label == "COMPANY":
            for form in company_forms(name, companies):
                full.setdefault(form, ListedName(number, "full"))
        for form, how in loose_forms(name, label, places, companies):
            loose.setdefault(form, set()).add((number, how))
    for form, owners in loose.items():
        if len({number for number, _ in owners}) == 1 and form not in full:
            number, how = min(owners, key=str)
            full[form] = ListedName(number, how)
    found = [entry.place.country for entry in listed if entry.place]
    shares = {country: found.count(country) / len(found) for country in set(found)}
    by_letter: dict[str, list[str]] = {}
    for name in main:
        by_letter.setdefault(name[:1], []).append(name)
    return ListNames(kind, tuple(listed), full, by_place, reach_of(full), main, shares, sectors, by_letter)


def _judge(
    name: str, within: str | None, kind: Kind | None, places: Places, companies: Companies
) -> tuple[Label, Place | None]:
    if kind == "city":
        return "CITY", places.resolve(name, within)
    if kind is not None and kind in _LABELS:
        return _LABELS[kind], None
    senses = places.lookup(fold(name))
    if senses and senses[0].ambiguity is None:
        first = senses[0]
        if first.label == "COUNTRY":
            return "COUNTRY", None
        if first.label == "CITY" and first.form == "name" and first.population >= _BIG_CITY:
            return "CITY", places.resolve(name, within)
    company = companies.lookup(fold(name))
    if company is not None and not company.common:
        return "COMPANY", None
    return "ENTRY", None


def another_number(candidate: Candidate, surface: Surface, names: ListNames) -> str | None:
    """The number after a short form that makes it a thing not on the list: "Mario Kart 64" is not Mario Kart 8."""
    if candidate.label != "ENTRY" or candidate.entry is None or candidate.form not in ("short", "prefix", "acronym"):
        return None
    after = candidate.last + 1
    if not surface.same_phrase(candidate.last, after):
        return None
    written = surface.text[slice(*surface.spans[after])]
    number = DIGITS.get(surface.words[after], "") if written.isupper() else ""
    number = written if written.isdecimal() else number
    if not number or surface.word(after + 1) in _COUNTED or surface.text[surface.spans[after][1] :][:1] in ("/", "%"):
        return None
    words = fold(names.entries[candidate.entry].name).replace(BOUNDARY, " ").split()
    own = {DIGITS.get(word, word) for word in words if word.isdecimal() or word in DIGITS}
    # "Zelda 1998", "Zelda 1": a year, or the very one that is on the list.
    unlikely = not own and (len(number) > _LONGEST_NUMBER or number == "1")
    return (
        None
        if number in own or unlikely
        else f"followed by {number}, which {names.entries[candidate.entry].name} lacks"
    )
