"""One decision over all candidates: which are mentions, which place each means, under which name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from commentlens.components.entity_context import inside_longer_name
from commentlens.components.entity_cues import Cues
from commentlens.components.entity_evidence import Evidence
from commentlens.components.entity_list import ListNames, another_number
from commentlens.components.entity_types import Candidate, Found, Judgement, Nearby, Proposal, Rejected, Surface
from commentlens.knowledge.place_senses import PlaceSense
from commentlens.knowledge.places import Places

_PRIORITY = {"entry": 3, "gazetteer": 2, "model": 1}
_LABEL_PRIORITY = {"ENTRY": 4, "COUNTRY": 3, "REGION": 3, "COMPANY": 2, "CITY": 2}
_FORM_PRIORITY = {"full": 3, "nickname": 2, "name": 2}
# A smaller city of the same name is meant where its country is named, unless it is this much smaller than the largest.
_MIN_SHARE = 0.02
_LIST_COUNTRY_SHARE = 0.7
_ROUNDS = 3
# What may stand between a city and the area in which it lies.
_BEHIND = re.compile(r"\s*[,(]?\s*(?:in (?:the )?)?", re.IGNORECASE)


def decide(
    candidates: Sequence[Candidate],
    surface: Surface,
    names: ListNames,
    evidence: Evidence,
    places: Places,
    cues: Cues,
    title_countries: frozenset[str] = frozenset(),
) -> tuple[list[Found], list[Rejected]]:
    """Choose among candidates.

    Args:
        candidates: as `entity_propose` gives them.
        surface: the comment.
        names: what its list says.
        evidence: the judge.
        places: for the areas in which senses lie.
        cues: for names inside longer names.
        title_countries: countries (ISO) that the list's title names.

    Returns:
        Mentions in text order that do not overlap, and every other candidate with the reason why it lost.
    """
    rejected: list[Rejected] = []
    standing: list[Candidate] = []
    districts = Nearby(c for c in candidates if c.senses and c.senses[0].ambiguity == "district" and c.entry is None)
    for candidate in candidates:
        reason = _impossible(candidate, surface, names, cues) or _inside_district(
            candidate, districts.around(candidate)
        )
        if reason:
            rejected.append(Rejected(candidate, reason))
        else:
            standing.append(candidate)
    undecided = Nearby(standing)
    alone = {c: evidence.alone(c, surface, names) for c in standing}
    judged = {c: evidence.beside(alone[c], c, surface, names, (), undecided.around(c)) for c in standing}
    accepted = [candidate for candidate in standing if judged[candidate].accepted]
    # What has just been accepted speaks for its neighbours, and they for theirs.
    for _ in range(_ROUNDS if accepted and len(standing) > 1 else 0):
        chosen = _without_overlaps(accepted, judged)
        near = Nearby(chosen)
        for c in standing:
            judged[c] = evidence.beside(alone[c], c, surface, names, near.around(c), undecided.around(c))
        before, accepted = accepted, [candidate for candidate in standing if judged[candidate].accepted]
        if accepted == before:
            break
    chosen = _without_overlaps(accepted, judged)
    near = Nearby(chosen)
    rejected.extend(_losers(standing, set(chosen), near, judged))
    countries = {c.senses[0].country for c in chosen if c.label in ("COUNTRY", "REGION") and c.senses}
    home = {country for country in countries if country}
    found = [
        _found(candidate, near, surface, names, places, home, title_countries, str(judged[candidate]))
        for candidate in chosen
    ]
    rejected.sort(key=lambda lost: (lost.candidate.start, lost.candidate.end))
    return found, [*rejected, *_untaken(surface.proposals, candidates)]


def _impossible(candidate: Candidate, surface: Surface, names: ListNames, cues: Cues) -> str | None:
    for start, end in surface.hidden:
        if start <= candidate.start and candidate.end <= end:
            return "inside an address"
    if surface.text[candidate.end : candidate.end + 1] == "$":
        return "part of a sum of money"
    if candidate.label in ("CITY", "COUNTRY", "REGION"):
        return inside_longer_name(candidate, surface, cues)
    return another_number(candidate, surface, names)


def _inside_district(candidate: Candidate, districts: Sequence[Candidate]) -> str | None:
    """ "Hyde" in "Hyde Park" is no town."""
    for district in districts:
        if district.first <= candidate.first and candidate.last <= district.last and candidate.words < district.words:
            return f"part of {district.said}, a part of a city"
    return None


def _without_overlaps(accepted: Sequence[Candidate], judged: Mapping[Candidate, Judgement]) -> list[Candidate]:
    """The longest first; of equally long ones the list's, then what is more than a city's namesake, then evidence."""

    def order(candidate: Candidate) -> tuple[float, ...]:
        return (
            float(candidate.form != "area"),
            -candidate.words,
            -_PRIORITY[candidate.via],
            -_FORM_PRIORITY.get(candidate.form, 0) if candidate.via == "entry" else 0,
            -_LABEL_PRIORITY[candidate.label],
            -judged[candidate].score,
            candidate.start,
        )

    taken: set[int] = set()
    chosen: list[Candidate] = []
    for candidate in sorted(accepted, key=order):
        span = range(candidate.first, candidate.last + 1)
        if not taken.intersection(span):
            taken.update(span)
            chosen.append(candidate)
    return sorted(chosen, key=lambda candidate: candidate.start)


def _losers(
    standing: Sequence[Candidate], chosen: Set[Candidate], near: Nearby, judged: Mapping[Candidate, Judgement]
) -> list[Rejected]:
    lost: list[Rejected] = []
    for candidate in standing:
        if candidate in chosen:
            continue
        if judged[candidate].accepted:
            winner = next(c for c in near.around(candidate) if c.first <= candidate.last and candidate.first <= c.last)
            lost.append(Rejected(candidate, f"overlaps {winner.label} {winner.said}"))
        else:
            lost.append(Rejected(candidate, f"too little evidence: {judged[candidate]}"))
    return lost


def _untaken(proposals: Sequence[Proposal], candidates: Sequence[Candidate]) -> list[Rejected]:
    """What the model found and no candidate came of."""
    lost = []
    for proposal in proposals:
        inside = next((c for c in candidates if c.start < proposal.end and proposal.start < c.end), None)
        if inside is None:
            lost.append(Rejected(proposal, f"the model alone calls it {proposal.label}"))
        elif inside.via != "model":
            said = f"the model calls it {proposal.label}; the {inside.via} knows {inside.label} {inside.said} here"
            lost.append(Rejected(proposal, said))
    return lost


def _found(
    candidate: Candidate,
    near: Nearby,
    surface: Surface,
    names: ListNames,
    places: Places,
    countries: set[str],
    title_countries: frozenset[str],
    reason: str,
) -> Found:
    end = candidate.end
    elsewhere = _elsewhere(candidate, near, surface, names, places)
    if elsewhere is not None:
        return Found(candidate.start, end, "CITY", elsewhere.name, elsewhere.id, "gazetteer", reason)
    if candidate.entry is not None:
        entry = names.entries[candidate.entry]
        place_id = entry.place.ref if entry.place else None
        if place_id is None and entry.label == "COUNTRY":
            place_id = next((s.id for s in places.lookup(candidate.name) if s.label == "COUNTRY"), None)
        return Found(candidate.start, end, entry.label, entry.name, place_id, "entry", reason)
    if not candidate.senses:
        return Found(candidate.start, end, candidate.label, candidate.said, None, candidate.via, reason)
    sense, why = _sense(candidate, near, surface, names, places, countries, title_countries)
    if why:
        reason = f"{reason}; of {len(candidate.senses)} places so called {why}"
    return Found(candidate.start, end, candidate.label, sense.name, sense.id, candidate.via, reason)


def _area_behind(candidate: Candidate, near: Nearby, surface: Surface) -> Candidate | None:
    """The country or region named right behind a city: "Paris, Texas", "Naples Florida", "Naples (in Italy)"."""
    behind = (other for other in near.around(candidate) if other.first > candidate.last)
    other = next(iter(behind), None)
    if other is None or other.label not in ("COUNTRY", "REGION"):
        return None
    return other if _BEHIND.fullmatch(surface.text[candidate.end : other.start]) else None


def _elsewhere(
    candidate: Candidate, near: Nearby, surface: Surface, names: ListNames, places: Places
) -> PlaceSense | None:
    """The namesake of an entry that is meant where another area is named behind it: "San Jose, California"."""
    entry = names.entries[candidate.entry] if candidate.entry is not None else None
    if entry is None or entry.label != "CITY" or entry.place is None or candidate.form != "full":
        return None
    area = _area_behind(candidate, near, surface)
    if area is None:
        return None
    inside = [sense for sense in places.lookup(candidate.name) if places.is_within(sense, area.name)]
    return inside[0] if inside and all(sense.id != entry.place.ref for sense in inside) else None


def _sense(
    candidate: Candidate,
    near: Nearby,
    surface: Surface,
    names: ListNames,
    places: Places,
    countries: set[str],
    title_countries: frozenset[str],
) -> tuple[PlaceSense, str]:
    """Which place a name means, and why: said after it, named elsewhere, the list's country, the largest."""
    senses = candidate.senses
    if len(senses) == 1:
        return senses[0], ""
    area = _area_behind(candidate, near, surface)
    if area is not None:
        inside = [s for s in senses if places.is_within(s, area.name)]
        if inside:
            return inside[0], f"the one in {area.said}"
    largest = max(sense.population for sense in senses)
    homes = {
        "the comment": countries,
        "the list's title": set(title_countries),
        "most entries": {country for country, share in names.countries.items() if share >= _LIST_COUNTRY_SHARE},
    }
    for whose, home in homes.items():
        if home and senses[0].country not in home:
            inside = [s for s in senses if s.country in home and s.form != "code"]
            if inside and inside[0].population >= _MIN_SHARE * largest:
                return inside[0], f"the one in the country of {whose}"
    main = [s for s in senses if s.form in ("nickname", "name")]
    return (main or senses)[0], "the best known"
