"""How strongly the context says that a candidate names what it is proposed as.

Each judgement is a sum of small, named pieces of evidence; a candidate is accepted where the sum reaches
`entity_types.ACCEPT`. The names are what ``doc._.commentlens_rejected`` and ``explain`` show.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from commentlens.components.entity_company import FREQUENT_ENTRY, FREQUENT_PHRASE, CompanyEvidence
from commentlens.components.entity_context import (
    called_a,
    holding_evidence,
    neighbour_evidence,
    person_evidence,
    place_cue,
    row_evidence,
)
from commentlens.components.entity_cues import Cues
from commentlens.components.entity_forms import needs_capitals
from commentlens.components.entity_list import ListNames
from commentlens.components.entity_types import (
    HOLDING_LABELS,
    PLACE_LABELS,
    Candidate,
    Judgement,
    Surface,
)
from commentlens.knowledge.names import fold
from commentlens.knowledge.places import Places

_BIG, _TOWN = 1_000_000, 100_000
_COPULAS = frozenset({"is", "was"})
_FREQUENT = 3.0
_VERY_FREQUENT = 4.9
_SHORT_ACRONYM = 4
_LONG_NAME = 9
# "OwO", "LIEda": capitals that no city has; "McAllen", "DeKalb" and "SanFrancisco" have others.
_ODD_CAPITALS = re.compile(r"^(?!Mc|Mac|De|La|Le|San|New|El|Los)(?:[A-Z]{2,}[a-z]|[A-Z]?[a-z]+[A-Z])[A-Za-z]*$")
_ARTICLES = frozenset({"the", "a", "my", "of", "than"})


def _in_capitals(written: str, name: str) -> bool:
    """Whether initials are written as such: in capitals, or like "GoT" with those of the name."""
    return written.replace(".", "").replace(" ", "").isupper() or (
        not written.islower() and written == "".join(word[0] for word in re.findall(r"\w+", name))
    )


def _is_small_elsewhere(candidate: Candidate, surface: Surface) -> bool:
    """Whether the same word stands without a capital: "take a bath in Bath", but not "reading Reading Rainbow"."""
    after = candidate.last + 1
    if surface.same_phrase(candidate.last, after) and surface.capital[after]:
        return False
    return any(word == candidate.name and not surface.capital[number] for number, word in enumerate(surface.words))


class Evidence:
    """Judges candidates; holds only cue words and the gazetteer."""

    def __init__(self, places: Places, cues: Cues) -> None:
        """Keep what is looked up."""
        self._places = places
        self._cues = cues
        self._companies = CompanyEvidence(places, cues)

    def alone(self, candidate: Candidate, surface: Surface, names: ListNames) -> Judgement:
        """Add up the evidence for a candidate that no other candidate changes."""
        judgement = Judgement()
        if candidate.label == "COMPANY":
            self._companies.judge(judgement, candidate, surface, names)
        elif candidate.label == "ENTRY":
            self._entry(judgement, candidate, surface)
        else:
            self._place(judgement, candidate, surface, names)
        self._case(judgement, candidate, surface, names)
        if candidate.form != "code":
            person_evidence(judgement, candidate, surface, self._cues, self._places)
        return judgement

    def beside(
        self,
        alone: Judgement,
        candidate: Candidate,
        surface: Surface,
        names: ListNames,
        accepted: Sequence[Candidate],
        undecided: Sequence[Candidate] = (),
    ) -> Judgement:
        """Add what candidates accepted so far, and those that may yet be, say of a candidate to what `alone` found."""
        judgement = alone.copy()
        neighbour_evidence(judgement, candidate, surface, accepted, undecided)
        holding_evidence(judgement, candidate, accepted)
        row_evidence(judgement, candidate, surface, accepted, undecided)
        alike = judgement.score > alone.score
        model_only = candidate.via == "model" and candidate.label == "CITY"
        if model_only and not alike and not place_cue(candidate, surface, self._cues, names.kind == "city"):
            judgement.add(-1.0, "nothing beside it says place")
        return judgement

    def _place(self, judgement: Judgement, candidate: Candidate, surface: Surface, names: ListNames) -> None:
        sense = candidate.senses[0] if candidate.senses else None
        population = max((s.prominence for s in candidate.senses), default=0)
        if candidate.via == "model":
            judgement.add(-0.9, "known only to the model")
            if any(self._places.is_word(word) for word in candidate.name.split(" ")):
                judgement.add(-1.0, "an ordinary word too")
            if surface.word(candidate.first - 1) == "the":
                judgement.add(-1.0, 'after "the"')
        elif candidate.entry is not None:
            judgement.add(2.0, "entry of the list")
        elif candidate.form == "code":
            judgement.add(-1.0, "code of a state")
            if "," not in surface.gaps[candidate.first]:
                judgement.add(1.6, "after a city of that state")
        elif candidate.form == "nickname":
            judgement.add(1.5, "nickname")
        elif candidate.label != "CITY":
            judgement.add(1.6, "country or region")
        else:
            judgement.add(
                1.5 if population >= _BIG else 1.3 if population >= 3 * _TOWN else 1.1 if population >= _TOWN else 0.8,
                f"city of {population} people",
            )
            if candidate.form == "alternate" and candidate.name.isascii():
                judgement.add(-0.4, "alternate name")
            elif candidate.form == "misspelt":
                # The longer a name, the less else it can be.
                judgement.add(-0.4 if len(candidate.name) < _LONG_NAME else 0.0, "misspelt")
        if candidate.own_entry:
            judgement.add(0.5, "entry of the comment")
        if candidate.words > 1:
            judgement.add(0.4, "more than one word")
        if sense is not None and sense.ambiguity == "district" and candidate.entry is None:
            judgement.add(-4.0, "part of a city")
        if sense is not None and candidate.entry is None and candidate.words == 1:
            self._rarity(judgement, candidate, population, surface)
        elif sense is not None and sense.ambiguity == "word" and candidate.words == 1:
            judgement.add(-1.0, "an ordinary word too")
        if names.kind == "city" and candidate.label == "CITY":
            judgement.add(0.2, "list of cities")
        self._place_context(judgement, candidate, surface)

    def _rarity(self, judgement: Judgement, candidate: Candidate, population: int, surface: Surface) -> None:
        ambiguity = candidate.senses[0].ambiguity
        if candidate.label == "CITY" and candidate.form != "nickname":
            zipf = self._places.zipf(candidate.name)
            if ambiguity == "word":
                judgement.add(-1.6 if population < _BIG else -0.9, "an ordinary word too")
                if not surface.text[candidate.start : candidate.end].isascii() and candidate.name.isascii():
                    judgement.add(1.2, "written with its accent")
            elif ambiguity == "person":
                firm = population >= 3 * _TOWN and surface.capital[candidate.first]
                firm = firm or population >= 2 * _BIG
                judgement.add(-0.3 if firm else -0.6 if population >= 3 * _TOWN else -1.4, "a person's name too")
            elif zipf >= _FREQUENT and population < _TOWN:
                judgement.add(-0.6, "frequent word")
        elif ambiguity == "word":
            judgement.add(-1.0, "an ordinary word too")
        written = surface.text[candidate.start : candidate.end]
        initials = written.isupper() and 2 < len(written) <= _SHORT_ACRONYM and surface.style != "upper"
        small = candidate.label == "CITY" and population < _BIG and candidate.form in ("name", "alternate")
        if initials and small and not candidate.upper:
            judgement.add(-1.2, "written like initials")
        elif candidate.label == "CITY" and not candidate.upper and _ODD_CAPITALS.search(written):
            judgement.add(-1.2, "capitals inside the word")
        sense = candidate.senses[0]
        a_part = sense.form == "name" and fold(sense.name) == f"{candidate.name} city"
        if small and a_part and self._places.zipf(candidate.name) >= _FREQUENT:
            judgement.add(-0.8, f"only a part of {sense.name}")
        if (
            small
            and population < 3 * _TOWN
            and surface.word(candidate.first - 1) == "the"
            and (surface.word(candidate.last + 1) != "of")
        ):
            judgement.add(-1.0, 'after "the"')

    def _place_context(self, judgement: Judgement, candidate: Candidate, surface: Surface) -> None:
        cues = self._cues
        before, after = candidate.first - 1, candidate.last + 1
        if surface.same_phrase(before, candidate.first):
            word = surface.word(before)
            pair = f"{surface.word(before - 1)} {word}"
            if word in cues.place_before or pair in cues.place_before:
                judgement.add(0.8, f'after "{word}"')
            elif word in cues.order_before or pair in cues.order_before:
                judgement.add(0.4, f'after "{word}"')
            elif self._is_common(candidate) and word in cues.word_before:
                judgement.add(-1.5, f'after "{word}"')
        if surface.same_phrase(candidate.last, after):
            word = surface.word(after)
            adjective = self._is_common(candidate) and not surface.capital[candidate.first] and word in cues.nouns_after
            if word in cues.place_after and not surface.capital[after] and not adjective:
                judgement.add(0.4, f'before "{word}"')
                if word in _COPULAS and (noun := called_a(surface, after, cues.place_nouns)):
                    judgement.add(1.3, f'called a "{noun}"')
            elif (
                self._is_common(candidate)
                and not surface.capital[after]
                and word not in cues.order_before
                and word not in cues.clause_after
                and (surface.opens[candidate.first] or not surface.capital[candidate.first])
            ):
                judgement.add(-1.2, f'before "{word}"')
        proposal = surface.covering(candidate)
        if proposal is None:
            return
        exact = candidate.end - candidate.start >= proposal.end - proposal.start - 2
        if proposal.label in PLACE_LABELS:
            judgement.add(0.8 if exact else 0.3, "the model calls it a place")
        elif proposal.label in HOLDING_LABELS and not exact and candidate.form != "code":
            judgement.add(-0.4, f"inside a {proposal.label} of the model")

    def _is_common(self, candidate: Candidate) -> bool:
        return bool(candidate.senses) and candidate.senses[0].ambiguity == "word" and candidate.words == 1

    def _entry(self, judgement: Judgement, candidate: Candidate, surface: Surface) -> None:
        judgement.add(2.0 if candidate.form == "full" else 1.4, "entry of the list")
        if candidate.own_entry:
            judgement.add(0.5, "entry of the comment")
        if candidate.words > 1 and not surface.capital[candidate.first]:
            zipfs = [self._places.zipf(word) for word in candidate.name.split(" ")]
            if sum(zipfs) / len(zipfs) >= FREQUENT_PHRASE:
                judgement.add(-1.2, "ordinary words")
        written = surface.capital[candidate.first : candidate.last + 1]
        if candidate.form == "prefix" and not all(written) and needs_capitals(candidate.name, self._places):
            judgement.add(-1.2, "ordinary words without capitals")
        if candidate.name.isdigit() and not candidate.own_entry and surface.word(candidate.first - 1) not in _ARTICLES:
            judgement.add(-1.0, "only a number")
        if candidate.words == 1:
            zipf = self._places.zipf(candidate.name)
            capital = surface.capital[candidate.first]
            if zipf >= _VERY_FREQUENT and not capital:
                judgement.add(-2.6, "an ordinary word")
            elif zipf >= FREQUENT_ENTRY:
                judgement.add(-0.3 if capital else -0.6, "an ordinary word too")
            if zipf >= _VERY_FREQUENT and capital and surface.opens[candidate.first]:
                judgement.add(-1.2, "an ordinary word, first in its sentence")

    def _case(self, judgement: Judgement, candidate: Candidate, surface: Surface, names: ListNames) -> None:
        written = surface.text[candidate.start : candidate.end]
        if written.lower() == written.upper():
            # A script without capitals.
            return
        capital = all(surface.capital[n] or surface.words[n].isdigit() for n in (candidate.first, candidate.last))
        if candidate.upper and not _in_capitals(written, candidate.said):
            # "akl" under Auckland is no word, and who writes no capitals writes none here either.
            known = candidate.own_entry or self._places.zipf(candidate.name) == 0
            code = known and len(written) > 2 and not self._places.is_word(candidate.name)
            judgement.add(-0.5 if code else -2.5, "counts only in capitals")
        if candidate.upper and surface.style == "upper":
            judgement.add(-1.2, "everything is in capitals")
        if capital:
            if surface.style == "mixed" and not surface.opens[candidate.first]:
                judgement.add(0.6, "capital inside a sentence")
                if candidate.common and candidate.words == 1 and _is_small_elsewhere(candidate, surface):
                    judgement.add(0.7, "the word is written without its capital elsewhere")
            elif surface.style == "mixed":
                judgement.add(0.1, "capital")
            return
        if surface.style == "upper":
            return
        if candidate.label == "COMPANY":
            self._companies.small_letters(judgement, candidate, surface, names)
        elif candidate.label == "CITY" and candidate.entry is None and candidate.form != "nickname":
            zipfs = [self._places.zipf(word) for word in candidate.name.split(" ")]
            well_known = any(s.has_nickname or s.population >= _BIG for s in candidate.senses)
            if candidate.words > 1 and not well_known and min(zipfs) >= FREQUENT_ENTRY + 0.3:
                judgement.add(-2.0, "ordinary words without capitals")
            big = max((s.prominence for s in candidate.senses), default=0) >= 3 * _TOWN
            # Where nothing has a capital, a name that is no English word is a name all the same.
            plain = surface.style == "lower" and max(zipfs) < _FREQUENT and candidate.form == "name"
            judgement.add(-0.2 if big else -0.5 if plain else -0.9, "no capital")
            if self._is_common(candidate):
                judgement.add(-0.9, "an ordinary word without a capital")
        elif candidate.label == "CITY" and not candidate.senses and candidate.via == "entry":
            if candidate.words == 1 and self._places.zipf(candidate.name) >= FREQUENT_ENTRY:
                judgement.add(-1.8, "an ordinary word without a capital")
        elif candidate.label in ("CITY", "COUNTRY", "REGION") and candidate.senses:
            if candidate.senses[0].ambiguity == "word" and candidate.words == 1:
                judgement.add(-0.8, "an ordinary word without a capital")
            elif candidate.form == "acronym":
                judgement.add(-0.6, "initials without capitals")
