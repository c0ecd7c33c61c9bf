"""What a list ranks: cities, companies, countries or other things; told by its title and its entries.

The words of titles are data (``data/listkind.toml``).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.knowledge.companies import Companies, CompanySense
from commentlens.knowledge.datafile import read_data_file
from commentlens.knowledge.names import BOUNDARY, fold
from commentlens.knowledge.places import Places
from commentlens.records import KINDS, Kind, RankedList

_MAJORITY = 0.6
# With this share of its entries behind it, the title's word decides, unless another kind is that much stronger.
_SUPPORT, _STRONGER = 0.3, 0.4
_SECTOR_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class TitleWords:
    """Words of titles: ``kinds`` and ``sectors`` by single word, ``phrases`` by several."""

    kinds: Mapping[str, Kind]
    phrases: Mapping[str, Kind]
    sectors: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, path: Path | None = None) -> TitleWords:
        """The shipped words, or those in ``path``; raises `KnowledgeError` naming file, line and key."""
        return _load(path)


class CompanyLookup(Protocol):
    """What is used of the companies; `Companies` is one."""

    def lookup(self, folded: str) -> CompanySense | None:
        """The company that a folded name means."""


class CompaniesOnDemand:
    """The shipped companies, loaded when the first is asked for: the places of most lists tell what they rank."""

    def lookup(self, folded: str) -> CompanySense | None:
        """See `Companies.lookup`."""
        return Companies.load().lookup(folded)


def list_kind(ranked: RankedList, places: Places, companies: CompanyLookup) -> Kind:
    """What a list ranks; "other" where neither title nor entries tell."""
    return kind_of_entries(ranked.title, [entry.name for entry in ranked.entries], places, companies)


def kind_of_entries(title: str | None, entries: Sequence[str], places: Places, companies: CompanyLookup) -> Kind:
    """The same from a title and the names of the entries.

    The title decides where some entries bear it out (or there are none); else a clear majority of the entries does.
    """
    hint = _title_hint(title)
    if not entries:
        return hint or "other"
    shares = _shares_of_places(entries, places)
    if hint and shares.get(hint, 0.0) > 1 - _STRONGER:
        # No share of companies could be so much larger.
        return hint
    known = sum(companies.lookup(_folded(name)) is not None for name in entries)
    shares = {"city": shares["city"], "company": known / len(entries), "country": shares["country"]}
    best = max(shares, key=lambda kind: shares[kind])
    if hint and shares[hint] >= _SUPPORT and shares[best] < shares[hint] + _STRONGER:
        return hint
    return best if shares[best] >= _MAJORITY else "other"


def list_sectors(title: str | None, entries: Sequence[str], companies: Companies) -> frozenset[str]:
    """Sectors (as in `companies.Company`) that a list is about: named in its title, or those of many entries."""
    by_word = TitleWords.load().sectors
    found: set[str] = set()
    for word in _words(title):
        found |= by_word.get(word, frozenset())
    known = [sense.company.sector for name in entries if (sense := companies.lookup(fold(name))) is not None]
    enough = max(2.0, _SECTOR_SHARE * len(entries))
    return frozenset(found | {sector for sector in known if known.count(sector) >= enough})


def _words(title: str | None) -> list[str]:
    return fold(title or "").replace(BOUNDARY, " ").split()


def _title_hint(title: str | None) -> Kind | None:
    known = TitleWords.load()
    words = _words(title)
    text = f" {' '.join(words)} "
    # "Cities in rich countries": what comes first is ranked, what follows a preposition only narrows it down.
    for word in words:
        if word in known.kinds:
            return known.kinds[word]
    return next((kind for phrase, kind in known.phrases.items() if f" {phrase} " in text), None)


def _shares_of_places(entries: Sequence[str], places: Places) -> dict[Kind, float]:
    counts: dict[Kind, int] = {"city": 0, "country": 0}
    for name in entries:
        labels = {sense.label for sense in places.lookup(_folded(name)) if sense.form != "code"}
        counts["city"] += "CITY" in labels
        counts["country"] += "COUNTRY" in labels
    return {kind: count / len(entries) for kind, count in counts.items()}


def _folded(entry: str) -> str:
    return fold(entry.split(",")[0])


@functools.cache
def _load(path: Path | None) -> TitleWords:
    data = read_data_file(path or Path(str(files("commentlens.knowledge").joinpath("data", "listkind.toml"))))
    tables = {"kinds", "phrases", "sectors"}
    if unknown := data.data.keys() - tables:
        raise KnowledgeError(unknown_keys_message(str(data.path), unknown, tables))
    kinds: dict[str, Kind] = {}
    for kind, words in _strings(data.data, "kinds", data.where("kinds")).items():
        kinds |= dict.fromkeys(words.split(), _kind(kind, data.where("kinds", 0, kind), kind))
    phrases = {
        phrase: _kind(kind, data.where("phrases", 0, phrase), phrase)
        for phrase, kind in _strings(data.data, "phrases", data.where("phrases")).items()
    }
    sectors: dict[str, frozenset[str]] = {}
    for sector, words in _strings(data.data, "sectors", data.where("sectors")).items():
        for word in words.split():
            sectors[word] = sectors.get(word, frozenset()) | {sector}
    return TitleWords(kinds, phrases, sectors)


def _kind(value: str, where: str, field: str) -> Kind:
    if value not in KINDS:
        raise KnowledgeError(field_message(where, field, value, f"one of {', '.join(KINDS)}"))
    return value


def _strings(data: Mapping[str, Any], table: str, where: str) -> Mapping[str, str]:
    value = data.get(table, {})
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise KnowledgeError(field_message(where, table, value, "a table of strings"))
    return value
