"""Names to fill templates with: the project's own word lists, and the gazetteer's places and companies.

`EntityNames.pick` draws one for a slot. The lists' slots are in ``data/entity_names.toml``, the gazetteer's in
`entity_gazetteer`, drawn numbers, dates and acronyms in `entity_words`. All draws come from the caller's
random numbers, so that the same seed gives the same names.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from commentlens.components.name_tags import LABELS
from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.datafile import DataFile, read_data_file
from commentlens.knowledge.names import fold
from commentlens.training.entity_gazetteer import GAZETTEER_SLOTS, GazetteerNames
from commentlens.training.entity_words import WORDS

ARTICLE = "the "
_KEYS = frozenset({"label", "items", "patterns", "made_up", "mix"})
_SLOT = re.compile(r"\{(\w+)\}")
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Picked:
    """A name: as it is written, with "the " before it where it takes an article, and what it is ("" for no name).

    ``area``: for a city, the country or state that may follow it with a comma, and its label.
    """

    text: str
    label: str
    area: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of the lists; see the head of the data file."""

    label: str
    items: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    made_up: float = 0.0
    mixed: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()


class EntityNames:
    """All names; made by `load`."""

    def __init__(self, slots: Mapping[str, Slot], gazetteer: GazetteerNames, companies: Companies) -> None:
        """Put together.

        Args:
            slots: those of the lists, by name.
            gazetteer: draws cities, countries, regions and companies.
            companies: organisations that it lists count as companies, whatever slot they come from.
        """
        self._slots = slots
        self._gazetteer = gazetteer
        self._companies = companies
        self._label = functools.cache(self._label_of)
        self._parts = functools.cache(_parts)
        self.known = _known(slots)

    @classmethod
    def load(cls, path: Path | None = None) -> EntityNames:
        """Those of the data file, or of the one at ``path``, with the shipped gazetteer.

        Raises:
            KnowledgeError: If the file is not valid; names file, line and field.
        """
        return _load(path)

    def pick(self, slot: str, rng: random.Random) -> Picked:
        """A name for a slot of `known`."""
        return self._pick(slot, rng)

    @functools.cached_property
    def persons(self) -> tuple[str, ...]:
        """First names, for masks of people in texts."""
        return self._slots["first"].items

    @functools.cached_property
    def cities(self) -> tuple[str, ...]:
        """Names of cities that many people know, best known first."""
        return self._gazetteer.cities

    def count(self, label: str) -> int:
        """How many names the lists hold for a label, patterns not counted."""
        return len({item for slot in self._slots.values() if slot.label == label for item in slot.items})

    def label(self, slot: str) -> str:
        """What names of a slot are; "" for words that are no names."""
        if slot in self._slots:
            return self._slots[slot].label
        return GAZETTEER_SLOTS.get(slot, "")

    def _pick(self, name: str, rng: random.Random) -> Picked:
        slot = self._slots.get(name)
        if slot is None:
            if word := WORDS.get(name):
                return Picked(word(rng), "")
            drawn = self._gazetteer.draw(name, rng)
            return Picked(drawn.text, drawn.label, drawn.area)
        if slot.mixed:
            at = bisect.bisect(slot.shares, rng.random() * slot.shares[-1])
            return self._pick(slot.mixed[min(at, len(slot.mixed) - 1)], rng)
        if slot.patterns and (not slot.items or rng.random() < slot.made_up):
            return Picked(self._filled(rng.choice(slot.patterns), rng), slot.label)
        text = rng.choice(slot.items)
        return Picked(text, self._label(text, slot.label))

    def _filled(self, pattern: str, rng: random.Random) -> str:
        filled = []
        for text, slot in self._parts(pattern):
            filled.append(text)
            if slot:
                # "Bank of the Netherlands", but "Netherlands Airlines": an article only where the pattern has "of".
                name = self._pick("plaincity" if slot == "city" else slot, rng).text
                filled.append(name if text.endswith(" of ") else name.removeprefix(ARTICLE))
        return "".join(filled)

    def _label_of(self, text: str, label: str) -> str:
        if label != "ORG":
            return label
        sense = self._companies.lookup(fold(text.removeprefix(ARTICLE)))
        return "COMPANY" if sense is not None and not sense.common and not sense.sector_only else label


def _parts(pattern: str) -> tuple[tuple[str, str], ...]:
    pieces = _SLOT.split(pattern)
    return tuple(itertools.zip_longest(pieces[::2], pieces[1::2], fillvalue=""))


@functools.cache
def _load(path: Path | None) -> EntityNames:
    source = path or Path(str(files("commentlens.training").joinpath("data", "entity_names.toml")))
    file = read_data_file(source)
    if unknown := file.data.keys() - {"slot", "boost", "article"}:
        raise KnowledgeError(unknown_keys_message(source.name, unknown, ("slot", "boost", "article")))
    slots = {name: _slot(file, name, row) for name, row in file.data.get("slot", {}).items()}
    boost = file.data.get("boost", {}).get("countries", {})
    for iso, times in boost.items():
        if not isinstance(times, int | float) or times <= 0:
            raise KnowledgeError(
                field_message(file.where("boost.countries", field=iso), iso, times, "a number above 0")
            )
    articles = _items(file.data.get("article", {}).get("names", {}), "items", file.where("article.names"))
    for name, slot in slots.items():
        _check_slots(file, name, slot, _known(slots))
    _check_depth(file, slots)
    companies = Companies.load()
    return EntityNames(slots, GazetteerNames(companies, boost, frozenset(articles)), companies)


def _known(slots: Iterable[str]) -> frozenset[str]:
    return frozenset({*slots, *GAZETTEER_SLOTS, *WORDS})


def _slot(file: DataFile, name: str, row: Mapping[str, Any]) -> Slot:
    header = f"slot.{name}"
    where = file.where(header)
    if unknown := row.keys() - _KEYS:
        raise KnowledgeError(unknown_keys_message(where, unknown, _KEYS))
    label = row.get("label")
    if label not in ("", *LABELS):
        raise KnowledgeError(field_message(where, "label", label, f'"" or one of {", ".join(LABELS)}'))
    items, patterns = _items(row, "items", where), _items(row, "patterns", where)
    mix = row.get("mix", {})
    if not isinstance(mix, dict) or not all(isinstance(share, int | float) and share > 0 for share in mix.values()):
        raise KnowledgeError(field_message(file.where(header, field="mix"), "mix", mix, "slots with shares above 0"))
    if bool(mix) == bool(items or patterns):
        raise KnowledgeError(field_message(where, "items", items[:3], "given, or patterns, or else a mix, not both"))
    made_up = row.get("made_up", 0.0)
    if not isinstance(made_up, int | float) or not 0 <= made_up <= 1 or bool(items and patterns) != ("made_up" in row):
        hint = "It is needed where there are both items and patterns, and only there."
        raise KnowledgeError(field_message(where, "made_up", row.get("made_up"), "a number from 0 to 1", hint))
    return Slot(label, items, patterns, made_up, tuple(mix), tuple(itertools.accumulate(mix.values())))


def _items(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise KnowledgeError(field_message(where, key, value, "one string, names parted by | or new lines"))
    return tuple(name.strip() for name in value.replace("\n", "|").split("|") if name.strip())


def _check_slots(file: DataFile, name: str, slot: Slot, known: Iterable[str]) -> None:
    used = {used for pattern in slot.patterns for used in _SLOT.findall(pattern)} | set(slot.mixed)
    if unknown := used - set(known):
        allowed = f"slots among {', '.join(sorted(known))}"
        field = "mix" if slot.mixed else "patterns"
        where = file.where(f"slot.{name}", field=field)
        raise KnowledgeError(field_message(where, field, sorted(unknown), allowed))


def _check_depth(file: DataFile, slots: Mapping[str, Slot]) -> None:
    def depth(name: str, above: Sequence[str]) -> None:
        if name in above or len(above) > _DEPTH:
            where = file.where(f"slot.{above[0]}", field="patterns")
            raise KnowledgeError(field_message(where, "patterns", " > ".join([*above, name]), "free of circles"))
        if slot := slots.get(name):
            for used in {used for pattern in slot.patterns for used in _SLOT.findall(pattern)} | set(slot.mixed):
                depth(used, [*above, name])

    for name in slots:
        depth(name, [])
