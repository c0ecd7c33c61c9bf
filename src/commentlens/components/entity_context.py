"""Evidence from what stands around a name: persons, neighbours told in the same breath, longer names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commentlens.components.entity_cues import Cues
from commentlens.components.entity_types import Candidate, Judgement, Surface
from commentlens.knowledge.names import fold
from commentlens.knowledge.places import Places

_SETTLED_CITY = 300_000
# A word that is rarer than this (zipf) behind a first name may be a family name.
_SURNAME_ZIPF = 3.8
_PLACES = frozenset({"CITY", "COUNTRY", "REGION"})
# What is said of a company's seat, alone and where people have it too.
_SEAT, _ORIGIN = 1.4, 0.9
# Names further apart than this are not told in one breath.
_MAX_GAP = 16
_ROW = 3
# What may stand between two names that are told in one breath.
_COORDINATION = re.compile(
    r"^(?:\s*\([^()]{1,10}\))?\s*(?:,|/|&|\+|;|>|<|=|,?\s*(?:and|or|nor|n|vs\.?|versus|then|than|like|over|above|below|beats|to|with|but|even)\b"
    r"(?:\s+(?:even|also|then|maybe|the))?)\s*$",
    re.IGNORECASE,
)
_COMMA_OR_BLANK = re.compile(r"\s*,\s*|\s+|\s*\(\s*")
_ENUMERATION = re.compile(r"(?:\s*\([^()]{1,10}\))?\s*(?:[,/+&;]|,?\s*(?:and|or|n|then)\b)\s*", re.IGNORECASE)
_HAS = re.compile(r"\s+(?:has|have|had|got|hosts|houses|with)\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")


def person_evidence(judgement: Judgement, candidate: Candidate, surface: Surface, cues: Cues, places: Places) -> None:
    """ "Paris Hilton", "Jack London", "my friend Florence": names that belong to a person."""
    if candidate.words > 1 or not surface.capital[candidate.first]:
        return
    before, after = candidate.first - 1, candidate.last + 1
    word = surface.word(before)
    follows = surface.same_phrase(before, candidate.first)
    titled = word in cues.person_before
    named = surface.capital[before] and (titled or word in cues.given_names) if follows else False
    if follows and (named or word in cues.relation_before):
        judgement.add(-3.0 if named else -4.0, f'name of a person after "{word}"')
    elif titled and surface.gaps[candidate.first].strip() == ".":
        judgement.add(-3.0, f'name of a person after "{word}."')
    if candidate.label == "COMPANY":
        senses = places.lookup(word) if follows and surface.capital[before] and surface.style == "mixed" else ()
        if senses and senses[0].ambiguity == "person":
            judgement.add(-3.0, f'name of a person after "{word}"')
        return
    is_name = bool(candidate.senses) and candidate.senses[0].ambiguity == "person"
    following = surface.word(after)
    family_name_next = surface.style == "mixed" and not places.lookup(following) and following not in cues.place_after
    if is_name and surface.same_phrase(candidate.last, after) and _in_title_case(surface, after) and family_name_next:
        judgement.add(-3.0, f'name of a person before "{following}"')
    proposal = surface.covering(candidate)
    if proposal is None or proposal.label != "PERSON":
        return
    surname = _in_title_case(surface, after) if surface.same_phrase(candidate.last, after) else False
    if surname and family_name_next and not is_name and places.zipf(following) < _SURNAME_ZIPF:
        # "Milan Kundera": a great city's name, a word that nobody knows, and the model sees a person.
        judgement.add(-3.0, f'name of a person before "{following}"')
        return
    longer = proposal.end - proposal.start > candidate.end - candidate.start + 2
    if is_name and longer:
        judgement.add(-2.5 if follows and surface.capital[before] else -1.5, "the model calls it a person")
    elif candidate.label == "CITY" and candidate.entry is None and (is_name or not _is_settled(candidate)):
        foreign = places.zipf(candidate.name) == 0
        judgement.add(-0.9 if longer else -0.2 if foreign else -0.5, "the model calls it a person")


def _in_title_case(surface: Surface, number: int) -> bool:
    start, end = surface.spans[number]
    return surface.capital[number] and surface.text[start + 1 : end].islower()


def _is_settled(candidate: Candidate) -> bool:
    return any(sense.prominence >= _SETTLED_CITY for sense in candidate.senses)


def neighbour_evidence(
    judgement: Judgement,
    candidate: Candidate,
    surface: Surface,
    accepted: Sequence[Candidate],
    undecided: Sequence[Candidate],
) -> None:
    """Names told in one breath are of one kind; "Nice, France" is a place whatever else "nice" is.

    Two companies that may both be words ("Oracle and Dell") lend each other a little.
    """
    if candidate.label == "COMPANY":
        sure = _row_of_companies(candidate, accepted, undecided, surface)
        if sure is not None:
            judgement.add(3.6, f"in a row of companies with {sure.said}")
            return
    for other in accepted:
        if other.first <= candidate.last and candidate.first <= other.last:
            continue
        left, right = (other, candidate) if other.first < candidate.first else (candidate, other)
        if right.start - left.end > _MAX_GAP:
            continue
        gap = surface.text[left.end : right.start]
        both_places = candidate.label in _PLACES and other.label in _PLACES
        shared = both_places and _share_country(candidate, other)
        inside = candidate.label == "CITY" or (candidate.label == "REGION" and other.label == "COUNTRY")
        if shared and left is candidate and inside and _COMMA_OR_BLANK.fullmatch(gap):
            judgement.add(1.6, f"in {other.said}")
            return
        if shared and right is candidate and candidate.form == "code" and _COMMA_OR_BLANK.fullmatch(gap):
            judgement.add(2.2, f"after {other.said}")
            return
        apart = left is candidate and not shared and other.label != "CITY" and _COMMA.fullmatch(gap)
        if apart and _city_inside(candidate, other, undecided):
            judgement.add(-2.0, f"a city of that name lies in {other.said}")
            return
        if {candidate.label, other.label} == {"CITY", "COMPANY"} and right.label == "COMPANY" and _HAS.fullmatch(gap):
            judgement.add(1.2, f"{left.said} has {right.said}")
            return
        if candidate.label == "COMPANY" == other.label and _in_chain(candidate, accepted, surface):
            judgement.add(2.6, f"in a list of companies with {other.said}")
            return
        if _COORDINATION.match(gap) and (both_places or candidate.label == other.label):
            # Of a country and a state of one name the kind decides that stands beside it.
            alike = 1.2 if candidate.label == other.label else 1.0
            if candidate.sector is not None and candidate.sector == other.sector and not other.common:
                # "walmart and target": two shops.
                alike = 2.8
            judgement.add(alike, f"beside {other.said}")
            return
    modelled = candidate.via == "model"
    if candidate.label != "COMPANY" or not (
        modelled or (candidate.via == "gazetteer" and surface.capital[candidate.first])
    ):
        return
    for other in undecided:
        alike = other.label == "COMPANY" and other.via == candidate.via and (modelled or surface.capital[other.first])
        left, right = (other, candidate) if other.first < candidate.first else (candidate, other)
        near = left.last < right.first and right.start - left.end <= _MAX_GAP
        if alike and near and _COORDINATION.match(surface.text[left.end : right.start]):
            judgement.add(0.5 if modelled else 1.1, f"beside what may be {other.said}")
            return


def _row_of_companies(
    candidate: Candidate, accepted: Sequence[Candidate], undecided: Sequence[Candidate], surface: Surface
) -> Candidate | None:
    """The company that is no word in a row of three or more names of companies: "google meta stripe"."""
    if candidate.via == "model":
        return None
    firms = [other for other in undecided if other.label == "COMPANY" and other.via != "model"]
    row: list[Candidate] = []
    for step in (-1, 1):
        at = candidate
        # A few to either side tell as much as a hundred.
        for _ in range(_ROW):
            following = _next_in_row(at, firms, step, surface)
            if following is None:
                break
            row.append(following)
            at = following
    sure = [other for other in row if not other.common and other in accepted]
    return sure[0] if len(row) > 1 and sure else None


def _next_in_row(at: Candidate, firms: Sequence[Candidate], step: int, surface: Surface) -> Candidate | None:
    """The next company in a direction; ``firms`` in text order."""
    for other in reversed(firms) if step < 0 else firms:
        if _enumerated(at, other, step, surface) or _side_by_side(at, other, step, surface):
            return other
    return None


def _side_by_side(at: Candidate, other: Candidate, step: int, surface: Surface) -> bool:
    left, right = (other, at) if step < 0 else (at, other)
    return left.last + 1 == right.first and surface.text[left.end : right.start] == " "


def _in_chain(candidate: Candidate, accepted: Sequence[Candidate], surface: Surface) -> bool:
    """Whether two accepted companies stand in one enumeration with a candidate: "Dell, Tesla, oracle and Indeed"."""
    firms = [other for other in accepted if other.label == "COMPANY" and other is not candidate]
    count = 0
    for step in (-1, 1):
        at: Candidate | None = candidate
        while at is not None and count < 2:
            near = (other for other in firms if _enumerated(at, other, step, surface))
            at = next(near, None)
            count += at is not None
    return count > 1


def _enumerated(at: Candidate, other: Candidate, step: int, surface: Surface) -> bool:
    left, right = (other, at) if step < 0 else (at, other)
    if not left.last < right.first or right.start - left.end > _MAX_GAP:
        return False
    return bool(_ENUMERATION.fullmatch(surface.text[left.end : right.start]))


def holding_evidence(judgement: Judgement, candidate: Candidate, accepted: Sequence[Candidate]) -> None:
    """ "Georgia peaches, Atlanta traffic": what may be a word or two areas is the one in which a named city lies."""
    if candidate.label not in ("COUNTRY", "REGION") or not candidate.common:
        return
    area = candidate.senses[0]
    for other in accepted:
        if other.label != "CITY" or other.place is None or other.place.country != area.country:
            continue
        if area.region is not None and area.region.code != other.place.admin:
            continue
        judgement.add(1.2, f"{other.said} lies there")
        return


def row_evidence(
    judgement: Judgement,
    candidate: Candidate,
    surface: Surface,
    accepted: Sequence[Candidate],
    undecided: Sequence[Candidate],
) -> None:
    """ "Montréal and Québec": a province's name in a row of cities is the city's, "Montréal, Québec" is in it."""
    if candidate.label != "REGION" or not any(
        other.label == "CITY"
        and (other.first, other.last) == (candidate.first, candidate.last)
        and _is_so_called(other)
        for other in undecided
    ):
        return
    sides = [
        (other, step)
        for other in accepted
        for step in (-1, 1)
        if other.label == "CITY" and _enumerated(candidate, other, step, surface)
    ]
    joined = any(
        not _COMMA.fullmatch(surface.text[min(other.end, candidate.end) : max(other.start, candidate.start)])
        for other, _ in sides
    )
    if joined or len({step for _, step in sides}) == 2:
        judgement.add(-4.0, f"in a row of cities with {sides[0][0].said}")


def _is_so_called(candidate: Candidate) -> bool:
    """Whether a city's name is the one that matched, not one that goes on: Kansas City is not called Kansas."""
    sense = candidate.senses[0]
    return sense.form == "nickname" or fold(sense.name) == candidate.name


def _city_inside(candidate: Candidate, area: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether the same words may name a city in the area: "Cali, Colombia" is not California."""
    return any(
        other.label == "CITY"
        and (other.first, other.last) == (candidate.first, candidate.last)
        and _share_country(other, area)
        for other in others
    )


def called_a(surface: Surface, copula: int, nouns: frozenset[str]) -> str | None:
    """The noun of "is a small town": one of ``nouns`` within a few words of an article behind a copula."""
    if surface.word(copula + 1) not in ("a", "an", "the", "another"):
        return None
    return next((word for word in surface.words[copula + 2 : copula + 6] if word in nouns), None)


def place_cue(candidate: Candidate, surface: Surface, cues: Cues, ranked: bool) -> bool:
    """Whether words beside a name say that it is a place; ``ranked``: cities are what the comment puts in order."""
    before, after = candidate.first - 1, candidate.last + 1
    if surface.same_phrase(candidate.last, after):
        pair = f"{surface.word(after)} {surface.word(after + 1)}"
        if surface.word(after) in cues.city_after or pair in cues.city_after:
            return True
    if not surface.same_phrase(before, candidate.first):
        return False
    said = {surface.word(before), f"{surface.word(before - 1)} {surface.word(before)}"}
    return bool(said & cues.place_before or (ranked and said & (cues.order_before - cues.joins_anything)))


def seat_cue(candidate: Candidate, surface: Surface, cues: Cues, places: Places) -> tuple[str, float]:
    """Words after a known company that are said of firms, and their weight; ("", 0.0) if there are none."""
    if candidate.via == "model":
        return "", 0.0
    following = surface.words[candidate.last + 1 : candidate.last + 6]
    said = [word for word in following if word not in cues.company_seat_between]
    for phrases, weight in ((cues.company_seat_after, _SEAT), (cues.company_origin_after, _ORIGIN)):
        found = [phrase for count in (2, 3, 4) if (phrase := " ".join(said[:count])) in phrases]
        if found:
            # Towns are founded and have offices too: Lincoln, Phoenix.
            return found[0], _ORIGIN if any(
                sense.label == "CITY" for sense in places.lookup(candidate.name)
            ) else weight
    return "", 0.0


def _share_country(one: Candidate, other: Candidate) -> bool:
    """Whether an area may hold the place: the area's country is that of some place so called."""
    area, place = (other, one) if other.label != "CITY" else (one, other)
    if not area.senses:
        return False
    return any(sense.country == area.senses[0].country for sense in place.senses)


def inside_longer_name(candidate: Candidate, surface: Surface, cues: Cues) -> str | None:
    """The longer name to which a place belongs ("University of X", "X Bridge", "X United"), None if to none."""
    before, after = candidate.first - 1, candidate.last + 1
    if surface.same_phrase(candidate.last, after):
        word = surface.word(after)
        if (
            candidate.words == 1
            and not candidate.upper
            and candidate.name in cues.begins_names
            and surface.capital[after]
        ):
            return f'the beginning of a name with "{word}"'
        pair = f"{word} {surface.word(after + 1)}"
        named = surface.capital[after] and surface.capital[candidate.first]
        if surface.style not in ("title", "upper") and named and (word in cues.owner_after or pair in cues.owner_after):
            return f'part of a name with "{word}"'
        if (word in cues.owner_after_lower or pair in cues.owner_after_lower) and pair not in cues.not_owner:
            return f'part of a name with "{word}"'
    if surface.same_phrase(before, candidate.first) and surface.capital[before] and surface.capital[candidate.first]:
        word = surface.word(before)
        if word in cues.owner_before and surface.style not in ("title", "upper"):
            return f'part of a name with "{word}"'
    if surface.same_phrase(before - 1, candidate.first) and surface.word(before) == "of":
        owner = surface.word(before - 1)
        if owner in cues.owner_of and surface.capital[before - 1]:
            return f'part of a name with "{owner} of"'
    return None
