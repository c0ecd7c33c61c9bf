"""What a list ranks: cities, companies, countries or other things; told by its title and its entries."""

from __future__ import annotations

from collections.abc import Sequence

from commentlens.knowledge.companies import Companies
from commentlens.knowledge.names import fold
from commentlens.knowledge.places import Places
from commentlens.records import Kind, RankedList

# The last noun of a title tells what is ranked ("Best Cities in Video Games" aside: there the entries decide).
_TITLE_WORDS: dict[str, Kind] = {
    **dict.fromkeys(
        "city cities town towns capital capitals metropolis metropolises skyline skylines destination destinations".split(),
        "city",
    ),
    **dict.fromkeys(
        "company companies brand brands airline airlines bank banks manufacturer manufacturers maker makers carmaker carmakers "
        "automaker automakers publisher publishers developers retailer retailers chain chains store stores employer employers "
        "corporation corporations carrier carriers startup startups firm firms label labels operator operators provider "
        "providers marque marques make makes studio studios".split(),
        "company",
    ),
    **dict.fromkeys("country countries nation nations".split(), "country"),
}
_PHRASES: dict[str, Kind] = {"places to live": "city", "places to visit": "city", "cars": "company", "car": "company"}
_MAJORITY = 0.6
_SUPPORT = 0.3
_TOWN = 15_000


def list_kind(ranked: RankedList, places: Places, companies: Companies) -> Kind:
    """What a list ranks; "other" where neither title nor entries tell."""
    return kind_of_entries(ranked.title, [entry.name for entry in ranked.entries], places, companies)


def kind_of_entries(title: str | None, entries: Sequence[str], places: Places, companies: Companies) -> Kind:
    """The same from a title and the names of the entries.

    The title decides where some entries bear it out (or there are none); else a clear majority of the entries does.
    """
    hint = _title_hint(title)
    shares = _shares(entries, places, companies)
    if not entries:
        return hint or "other"
    best = max(shares, key=lambda kind: shares[kind])
    if hint and shares[hint] >= _SUPPORT and (shares[best] < shares[hint] + 0.4):
        return hint
    if shares[best] >= _MAJORITY:
        return best
    return "other"


def _title_hint(title: str | None) -> Kind | None:
    if not title:
        return None
    words = fold(title).replace("|", " ").split()
    text = f" {' '.join(words)} "
    # "Cities in Asian countries": what comes first is ranked, what follows a preposition only narrows it down.
    for word in words:
        if word in _TITLE_WORDS:
            return _TITLE_WORDS[word]
    return next((kind for phrase, kind in _PHRASES.items() if f" {phrase} " in text), None)


def _shares(entries: Sequence[str], places: Places, companies: Companies) -> dict[Kind, float]:
    counts: dict[Kind, int] = {"city": 0, "company": 0, "country": 0}
    for name in entries:
        folded = fold(name.split(",")[0])
        senses = places.lookup(folded)
        if any(s.label == "CITY" and s.population >= _TOWN and s.form in ("name", "nickname", "alternate") for s in senses):
            counts["city"] += 1
        if any(s.label == "COUNTRY" for s in senses):
            counts["country"] += 1
        if companies.lookup(folded) is not None:
            counts["company"] += 1
    return {kind: count / max(1, len(entries)) for kind, count in counts.items()}
