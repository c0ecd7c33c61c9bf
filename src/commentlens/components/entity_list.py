"""What the list of a comment says about names: its entries and the forms in which people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commentlens.components.entity_types import Candidate, Form, Surface
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.names import BOUNDARY, acronym, fold, reach_of
from commentlens.knowledge.place_senses import Place
from commentlens.knowledge.places import Places
from commentlens.records import Kind, Label

_DIGITS = {"ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
_ROMAN = {digit: roman for roman, digit in _DIGITS.items()}
_APOSTROPHE_S = re.compile(r"['’]s\b")
_BRACKETS = re.compile(r"\s*[\(\[].*?[\)\]]\s*")
# A short form must stand out: rarer than this (zipf), and long enough.
_SHORT_MAX_ZIPF = 3.9
_SHORT_MIN_LETTERS = 4
_BIG_CITY = 100_000
# Words that end no short form: what they belong to has been cut off.
_SMALL_WORDS = frozenset("a an the of and or in on at to for from by with n vs my your its".split())
# At least one word of a prefix must be rarer than this (zipf), or the prefix counts only in capitals.
_PREFIX_MAX_ZIPF = 4.5
_COUNTED = frozenset("times time hours hour days day weeks week months month years year stars points of out x".split())
_LONGEST_NUMBER = 3
# What kind of company it is, and not which: left out when people know what they talk about.
_GENERIC = frozenset(
    """
    airlines airline airways air motors motor game games studio studios entertainment interactive bank group electronics
    wireless mobile telecom communications foods hotels hotel pharmaceuticals cars auto automobiles technologies
    technology systems software computers stores supermarkets insurance energy oil corporation company inc ltd co corp
    burger pizza coffee donuts chicken sandwiches cola brothers bros restaurants
    """.split()
)
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
    entries' own names. ``countries``: countries (ISO) of the entries, with the share of the entries in each.
    ``sectors``: what the list is about.
    """

    kind: Kind | None
    entries: tuple[ListedEntry, ...]
    forms: Mapping[str, ListedName]
    by_place: Mapping[str, int]
    reach: Mapping[str, int]
    main_names: Mapping[str, int]
    countries: Mapping[str, float]
    sectors: frozenset[str] = frozenset()

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
    for number, entry in enumerate(entries):
        name, within = str(entry["name"]), entry.get("within")
        label, place = _judge(name, within, kind, places, companies)
        listed.append(ListedEntry(name, label, place))
        if place is not None and place.ref is not None:
            by_place.setdefault(place.ref, number)
        for form in _full_forms(name):
            full.setdefault(form, ListedName(number, "full"))
        main.setdefault(fold(name), number)
        if label == "COMPANY":
            for form in _company_forms(name, companies):
                full.setdefault(form, ListedName(number, "full"))
        for form, how in _loose_forms(name, label, places, companies):
            loose.setdefault(form, set()).add((number, how))
    for form, owners in loose.items():
        if len({number for number, _ in owners}) == 1 and form not in full:
            number, how = min(owners, key=str)
            full[form] = ListedName(number, how)
    found = [entry.place.country for entry in listed if entry.place]
    shares = {country: found.count(country) / len(found) for country in set(found)}
    return ListNames(kind, tuple(listed), full, by_place, reach_of(full), main, shares, sectors)


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


def _full_forms(name: str) -> list[str]:
    """The name itself, without its article or brackets, with digits for Roman numerals, with "and" for "&"."""
    forms = [fold(name), fold(_BRACKETS.sub(" ", name)), fold(_APOSTROPHE_S.sub("s", name))]
    for form in list(forms):
        forms.append(form.removeprefix("the "))
        if "&" in form:
            forms.append(" ".join(form.replace("&", " and ").split()))
        elif " and " in form:
            forms.append(form.replace(" and ", " & "))
    for form in list(forms):
        words = form.split(" ")
        if len(words) > 1:
            forms.append(" ".join(_DIGITS.get(word, word) for word in words))
            forms.append(" ".join(_ROMAN.get(word, word) for word in words))
            if len(form) >= 8:
                forms.append(form.replace(" ", "").replace(BOUNDARY, ""))
    plain = [" ".join(form.replace(BOUNDARY, " ").split()) for form in forms if BOUNDARY in form]
    return [form for form in dict.fromkeys([*forms, *plain]) if form]


def _company_forms(name: str, companies: Companies) -> list[str]:
    sense = companies.lookup(fold(name))
    if sense is None:
        return []
    company = sense.company
    return [fold(written) for written in (company.name, *company.aliases) if written not in company.common]


def _loose_forms(name: str, label: Label, places: Places, companies: Companies) -> list[tuple[str, Form]]:
    """Shorter forms that hold only if no other entry shares them: title before a colon, one word, initials."""
    forms: list[tuple[str, Form]] = []
    written = _BRACKETS.sub(" ", name).strip()
    bare = _APOSTROPHE_S.sub("s", written)
    for variant in dict.fromkeys((written, bare)):
        head, colon, tail = variant.partition(":")
        parts = [fold(part).removeprefix("the ") for part in (head, tail)] if colon else []
        forms.extend((part, "short") for part in parts if part and (" " in part or _stands_out(part, places)))
        # "The Legend of Zelda: …" is Zelda.
        forms.extend((last, "short") for part in parts[:1] if _stands_out(last := part.split(" ")[-1], places))
    words = fold(bare).replace(BOUNDARY, " ").removeprefix("the ").split()
    if len(words) >= 2:
        forms.extend(
            (word, "short")
            for word in (words[0], words[-1])
            if _stands_out(word, places)
            and not (label == "CITY" and places.lookup(word))
            and not (label == "ENTRY" and companies.lookup(word))
        )
        if words[-1] in _DIGITS or words[-1].isdigit():
            forms.append((" ".join(words[:-1]), "short"))
        if label == "ENTRY":
            said = {form for form, _ in forms}
            forms.extend((prefix, "prefix") for prefix in _prefixes(words, places, companies) if prefix not in said)
            # "Nissan GT-R" is the GT-R to those who talk about cars.
            made_by = next((n for n in (2, 1) if n < len(words) and companies.lookup(" ".join(words[:n]))), 0)
            model = " ".join(words[made_by:])
            if made_by and len(model) > 2:
                forms.append((model, "short"))
        if label == "COMPANY" and words[-1] in _GENERIC:
            forms.append((" ".join(words[:-1]), "short"))
        short = acronym(bare.removeprefix("The "))
        if short and len(short) >= (2 if label in ("CITY", "COMPANY") else 3) and places.zipf(short) < _SHORT_MAX_ZIPF:
            forms.append((short, "acronym"))
    before_number = words[:-1] if words and (words[-1] in _DIGITS or words[-1].isdigit()) else []
    if len(before_number) >= 2:
        initials = "".join(word[0] for word in before_number)
        last = words[-1]
        numbers = sorted({last, _DIGITS.get(last, last), _ROMAN.get(last, last)})
        forms.extend((f"{initials}{blank}{number}", "acronym") for number in numbers for blank in ("", " "))
        if places.zipf(initials) < _SHORT_MAX_ZIPF:
            forms.append((initials, "acronym"))
    return [(form, how) for form, how in forms if len(form) >= 2]


def _prefixes(words: Sequence[str], places: Places, companies: Companies) -> list[str]:
    """ "Diddy Kong" of "Diddy Kong Racing", "F-Zero" of "F-Zero GX"; nothing that is a place, a company or a torso."""
    found = [" ".join(words[:count]) for count in range(2, len(words))]
    return [
        prefix
        for prefix in found
        if not _SMALL_WORDS.intersection((words[0], prefix.rsplit(" ", 1)[-1]))
        and not places.lookup(prefix)
        and not companies.lookup(prefix)
    ]


def needs_capitals(name: str, places: Places) -> bool:
    """Whether a prefix of an entry's name is made of frequent words only ("Red Dead"); a lone letter is no word."""
    return all(len(word) > 1 and places.zipf(word) >= _PREFIX_MAX_ZIPF for word in name.split(" "))


def another_number(candidate: Candidate, surface: Surface, names: ListNames) -> str | None:
    """The number after a short form that makes it a thing not on the list: "Mario Kart 64" is not Mario Kart 8."""
    if candidate.label != "ENTRY" or candidate.entry is None or candidate.form not in ("short", "prefix", "acronym"):
        return None
    after = candidate.last + 1
    if not surface.same_phrase(candidate.last, after):
        return None
    written = surface.text[slice(*surface.spans[after])]
    number = _DIGITS.get(surface.words[after], "") if written.isupper() else ""
    number = written if written.isdecimal() else number
    if not number or surface.word(after + 1) in _COUNTED or surface.text[surface.spans[after][1] :][:1] in ("/", "%"):
        return None
    words = fold(names.entries[candidate.entry].name).replace(BOUNDARY, " ").split()
    own = {_DIGITS.get(word, word) for word in words if word.isdecimal() or word in _DIGITS}
    # "Zelda 1998", "Zelda 1": a year, or the very one that is on the list.
    unlikely = not own and (len(number) > _LONGEST_NUMBER or number == "1")
    return (
        None
        if number in own or unlikely
        else f"followed by {number}, which {names.entries[candidate.entry].name} lacks"
    )


def _stands_out(word: str, places: Places) -> bool:
    return len(word) >= _SHORT_MIN_LETTERS and places.zipf(word) < _SHORT_MAX_ZIPF and not word.isdigit()
