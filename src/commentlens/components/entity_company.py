"""How strongly the context says that a name is a company's: evidence as in `entity_evidence`."""

from __future__ import annotations

import re

from commentlens.components.entity_context import seat_cue
from commentlens.components.entity_cues import Cues
from commentlens.components.entity_list import ListNames
from commentlens.components.entity_types import COMPANY_LABELS, Candidate, Judgement, Surface
from commentlens.knowledge.listkind import TitleWords
from commentlens.knowledge.places import Places

#: Words more frequent than these (zipf; the mean of a phrase's words) are ordinary ones.
FREQUENT_ENTRY, FREQUENT_PHRASE = 4.2, 5.6
_EVERYWHERE = 5.4
# A word rarer than this is more often a name.
_RARE = 3.7
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")


class CompanyEvidence:
    """Judges candidates for companies; holds only cue words and the gazetteer."""

    def __init__(self, places: Places, cues: Cues) -> None:
        """Keep what is looked up."""
        self._places = places
        self._cues = cues
        by_word = TitleWords.load().sectors
        sectors = {sector for found in by_word.values() for sector in found}
        self._sector_words = {
            sector: frozenset(word for word, found in by_word.items() if sector in found) for sector in sectors
        }

    def judge(self, judgement: Judgement, candidate: Candidate, surface: Surface, names: ListNames) -> None:
        """Add what speaks for and against a company, apart from its neighbours."""
        cues = self._cues
        if candidate.via == "model":
            sure = self._is_called_company(candidate, surface)
            judgement.add(0.7 if sure else -0.3, "known only to the model")
            if _INNER_CAPITAL.search(surface.text, candidate.start, candidate.end):
                judgement.add(0.6, "capital inside the word")
            if any(self._places.is_word(w) for w in candidate.name.split(" ") if w not in cues.legal_suffixes):
                rare = sure and self._places.zipf(candidate.name) < _RARE
                judgement.add(-0.4 if rare else -0.6, "an ordinary word too")
            after = f"{surface.word(candidate.last + 1)} {surface.word(candidate.last + 2)}"
            if after in cues.dish_after:
                judgement.add(-0.6, f'before "{after}"')
        elif candidate.entry is not None:
            judgement.add(1.5 if candidate.form == "short" else 2.0, "entry of the list")
            if self._is_frequent(candidate):
                judgement.add(-0.4 if self._is_said_often(candidate) else -0.2, "an ordinary word too")
        elif candidate.common:
            judgement.add(-0.2, "an ordinary word too")
        else:
            judgement.add(1.4, "known company")
        if candidate.own_entry:
            judgement.add(0.5, "entry of the comment")
        if candidate.words > 1 and not candidate.common:
            judgement.add(0.4, "more than one word")
        if candidate.entry is None and candidate.sector in names.sectors:
            rare = candidate.common and not self._is_said_often(candidate)
            weight = 1.1 if rare or surface.capital[candidate.first] else 0.8
            judgement.add(weight, f"list about {candidate.sector}")
        elif candidate.entry is None and candidate.sector_only:
            judgement.add(-2.0, f"counts only on a list about {candidate.sector}")
        elif names.kind == "company" and candidate.entry is None:
            judgement.add(0.9 if candidate.via == "model" and surface.covering(candidate) else 0.5, "list of companies")
        firm = candidate.words > 1 and surface.word(candidate.last) in cues.sure_suffixes
        if surface.word(candidate.last) in cues.legal_suffixes and candidate.words > 1:
            judgement.add(1.0 if candidate.via == "model" else 2.8 if firm else 1.2, "legal form")
        before = candidate.first - 1
        common = candidate.common or (candidate.entry is not None and self._is_frequent(candidate))
        if surface.same_phrase(before, candidate.first):
            word, pair = surface.word(before), f"{surface.word(before - 1)} {surface.word(before)}"
            if pair in cues.company_owner_before:
                judgement.add(1.2 if surface.capital[candidate.first] else 2.6, f'after "{pair}"')
            elif word in cues.company_before or pair in cues.company_before:
                judgement.add(0.8, f'after "{word}"')
            elif (
                (common or candidate.via == "model")
                and (word == "the" or word in cues.word_before)
                and word not in cues.company_before
            ):
                named = surface.capital[candidate.first] and surface.style == "mixed" and word != "the"
                judgement.add(-0.6 if named and candidate.via != "model" else -1.2, f'after "{word}"')
        written = surface.text[candidate.start : candidate.end]
        if (
            candidate.via == "gazetteer"
            and _INNER_CAPITAL.search(candidate.said)
            and written.startswith(candidate.said)
        ):
            judgement.add(1.2, "written as the company writes it")
        self._after_company(judgement, candidate, surface, names, common and not firm)
        proposal = surface.covering(candidate)
        if proposal is None or candidate.via == "model":
            return
        if proposal.label in COMPANY_LABELS:
            sure = self._is_called_company(candidate, surface)
            judgement.add(1.1 if sure and candidate.common else 0.6, "the model calls it an organisation")
        elif proposal.label in ("GPE", "CITY", "PERSON") and candidate.common:
            # A person's name is at least a name; the model often takes companies for persons.
            judgement.add(-0.1 if proposal.label == "PERSON" else -0.4, f"the model calls it {proposal.label}")

    def _after_company(
        self, judgement: Judgement, candidate: Candidate, surface: Surface, names: ListNames, common: bool
    ) -> None:
        cues = self._cues
        before, after = candidate.first - 1, candidate.last + 1
        near = {*surface.words[max(0, before - 4) : candidate.first], *surface.words[after : after + 7]}
        cue = sorted(near & (cues.company_near | self._sector_words.get(candidate.sector or "", frozenset())))
        if cue and (candidate.common or candidate.via == "model"):
            judgement.add(0.7, f'near "{cue[0]}"')
        if surface.word(after) == "s" and surface.gaps[after] in ("'", "’"):
            judgement.add(0.3, "genitive")
            after += 1
        if after >= len(surface.words) or surface.gaps[after].strip(" -'’"):
            return
        word, pair = surface.word(after), f"{surface.word(after)} {surface.word(after + 1)}"
        as_a_word = surface.opens[candidate.first] or not surface.capital[candidate.first]
        seat, weight = seat_cue(candidate, surface, cues, self._places)
        if seat and not surface.gaps[after].strip():
            judgement.add(weight, f'before "{seat}"')
        elif {word, pair} & cues.company_after or (
            word in cues.company_acts and (candidate.own_entry or surface.capital[candidate.first])
        ):
            judgement.add(0.9, f'before "{word}"')
        elif candidate.entry is not None and word in cues.place_after:
            judgement.add(0.3, f'before "{word}"')
        elif (
            common
            and as_a_word
            and not cue
            and candidate.sector not in names.sectors
            and not self._is_called_company(candidate, surface)
            and not surface.capital[after]
            and word not in cues.order_before
        ):
            judgement.add(-0.5, f'before "{word}"')

    def small_letters(self, judgement: Judgement, candidate: Candidate, surface: Surface, names: ListNames) -> None:
        """Add what it means that a company's name has no capital where others have."""
        if candidate.common and self._has_capital_elsewhere(candidate, surface):
            judgement.add(-1.2, "written with its capital elsewhere")
        if candidate.entry is not None:
            zipfs = [self._places.zipf(word) for word in candidate.name.split(" ")]
            if candidate.words > 1 and sum(zipfs) / len(zipfs) >= FREQUENT_PHRASE - 0.4:
                judgement.add(-1.6, "ordinary words without capitals")
            elif candidate.words == 1 and self._places.zipf(candidate.name) >= _EVERYWHERE and not candidate.own_entry:
                judgement.add(-2.6, "an ordinary word without a capital")
            elif self._is_frequent(candidate):
                weight = -0.7 if self._is_said_often(candidate) else -0.3
                judgement.add(weight, "an ordinary word without a capital")
        elif candidate.common:
            rare = candidate.sector in names.sectors and not self._is_said_often(candidate)
            eased = surface.style == "lower" or self._is_called_company(candidate, surface)
            judgement.add(-0.6 if rare else -1.0 if eased else -1.4, "no capital")
        elif candidate.via == "model":
            judgement.add(-0.2, "no capital")
        elif candidate.words > 1 and all(
            self._places.zipf(surface.words[n]) >= FREQUENT_ENTRY + 0.3
            for n in range(candidate.first, candidate.last + 1)
        ):
            judgement.add(-1.2, "ordinary words without capitals")

    def _is_called_company(self, candidate: Candidate, surface: Surface) -> bool:
        """Whether the model has just this name for a company's, and not for any organisation's."""
        proposal = surface.covering(candidate)
        return (
            proposal is not None
            and proposal.label == "COMPANY"
            and proposal.end - proposal.start <= candidate.end - candidate.start + 2
        )

    def _has_capital_elsewhere(self, candidate: Candidate, surface: Surface) -> bool:
        """Whether the same word stands with a capital inside a sentence: "took the subway to Subway"."""
        return candidate.words == 1 and candidate.name in surface.named

    def _is_frequent(self, candidate: Candidate) -> bool:
        if candidate.sector is not None:
            # "Sony" is often said and yet no word: of a known company the list of companies knows best.
            return candidate.common and candidate.words == 1
        return candidate.words == 1 and self._is_said_often(candidate)

    def _is_said_often(self, candidate: Candidate) -> bool:
        return self._places.zipf(candidate.name) >= FREQUENT_ENTRY
