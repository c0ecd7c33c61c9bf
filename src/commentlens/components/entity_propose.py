"""Proposes candidates: the list's entries, places, companies, misspellings, the model's names. Decides nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from commentlens.components.entity_cues import Cues
from commentlens.components.entity_list import ListNames
from commentlens.components.entity_nearest import NearestNames
from commentlens.components.entity_types import Candidate, Form, Surface, Via
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.names import BOUNDARY, fold
from commentlens.knowledge.place_senses import PlaceSense
from commentlens.knowledge.places import Places
from commentlens.records import Label

_GLUED_LETTERS = 6
# Initials that are so frequent a word count in capitals only.
_ACRONYM_MAX_ZIPF = 4.0
_MAJOR_PLURAL = 5
# A word that is no rarer than this (zipf) is no name without its capital.
_NAME_MAX_ZIPF = 3.5
_LINKS = frozenset("and of de do da the & n".split())
# Words of a city that stands before its state.
_LONGEST_CITY = 3
_CAMEL = re.compile(r"[A-Z][a-z]{2,}(?:[A-Z][a-z]+)+")
# What the model alone may propose, by its label.
_MODELLED: dict[str, Label] = {"GPE": "CITY", "CITY": "CITY", "ORG": "COMPANY", "COMPANY": "COMPANY"}
_INITIALS = re.compile(r"(?:.*[\s.])?\w\.\w\.")
_SUFFIX_DOT = frozenset({"inc", "ltd", "corp", "co"})


class Proposers:
    """Everything that proposes, over one gazetteer; holds nothing of a comment."""

    def __init__(self, places: Places, companies: Companies, cues: Cues) -> None:
        """Keep what the proposers look things up in."""
        self._places = places
        self._companies = companies
        self._cues = cues
        self._small_words = cues.legal_suffixes | _LINKS
        majors: dict[tuple[str, int], list[str]] = {}
        for name in places.major_names:
            majors.setdefault((name[0], len(name)), []).append(name)
        self._majors = majors
        self._near = NearestNames(majors)

    def propose(self, surface: Surface, names: ListNames, own: int | None) -> list[Candidate]:
        """Every candidate of a comment, in no particular order; spans may overlap and repeat."""
        found: list[Candidate] = []
        known: set[int] = set()
        firms, places, entries = self._companies.reach, self._places, names.reach.get
        for number, word in enumerate(surface.words):
            listed, firm = entries(word, 0), firms(word)
            seen: set[tuple[int, str]] = set()
            if listed or firm:
                found.extend(self._at(surface, names, own, number, (listed, firm), seen))
            if places.may_start(word) and (said := places.matches(surface.folded, number)):
                found.extend(self._places_at(surface, names, own, number, said, seen))
            if len(word) > _MAJOR_PLURAL and word[-1] == "s":
                found.extend(self._plural(surface, names, own, number))
        for candidate in found:
            known.update(range(candidate.first, candidate.last + 1))
        found.extend(self._misspelt(surface, names, own, known))
        found.extend(self._modelled(surface, found, known))
        found.extend(self._shaped(surface, known))
        found.extend(self._areas(surface, found, own))
        return found

    def _at(
        self, surface: Surface, names: ListNames, own: int | None, first: int, reach: tuple[int, int],
        seen: set[tuple[int, str]],
    ) -> Iterator[Candidate]:  # fmt: skip
        """Entries and companies that may begin at a word; ``reach``: words of the longest of each. Adds to ``seen`` the
        last word and label of each entry."""
        folded = surface.folded
        start = folded.starts[first]
        for last in range(first, min(first + max(reach), len(surface.words))):
            if last > first and "\n" in surface.gaps[last]:
                break
            text = folded.text[start : folded.ends[last]]
            if last < first + reach[0]:
                listed = names.forms.get(text)
                if listed is None and BOUNDARY in text and surface.gaps[last].strip(" ") in (":", ".", "'", "’"):
                    listed = names.forms.get(" ".join(text.replace(BOUNDARY, " ").split()))
                if listed is not None and not self._excepted(surface, text, last):
                    entry = names.entries[listed.entry]
                    senses = tuple(s for s in self._places.lookup(text) if entry.place and s.place == entry.place)
                    seen.add((last, entry.label))
                    firm = self._companies.lookup(text) if entry.label == "COMPANY" else None
                    yield self._candidate(
                        surface, first, last, entry.label, entry.name, text, "entry", listed.form,
                        senses=senses, entry=listed.entry, own=own,
                        common=firm is not None and firm.common, sector=firm.company.sector if firm else None,
                        upper=listed.form == "acronym"
                        and (len(text) < 3 or self._places.zipf(text) >= _ACRONYM_MAX_ZIPF),
                    )  # fmt: skip
            if last < first + reach[1] and (
                self._companies.lookup(text) is not None
                and (last, "COMPANY") not in seen
                and not self._excepted(surface, text, last)
            ):
                yield self._company(surface, names, own, first, last, text)

    def _places_at(
        self, surface: Surface, names: ListNames, own: int | None, first: int, said: Iterable[tuple[int, str]],
        seen: set[tuple[int, str]],
    ) -> Iterator[Candidate]:  # fmt: skip
        """The places of names that begin at a word (`Places.matches`), but those of entries that were ``seen``."""
        for last, name in said:
            if last == first and self._places.is_everyday(name) and self._is_plain(surface, names, first):
                continue
            yield from self._place(surface, names, own, first, last, name, seen, "name")

    def _is_plain(self, surface: Surface, names: ListNames, number: int) -> bool:
        """Whether nothing at all speaks for a name in an everyday word: no capital, no list, no comma, no model."""
        start, end = surface.spans[number]
        return (
            not surface.capital[number]
            and surface.words[number] not in names.forms
            and surface.text[end : end + 1] != ","
            and not any(proposal.start < end and start < proposal.end for proposal in surface.proposals)
        )

    def _place(
        self, surface: Surface, names: ListNames, own: int | None, first: int, last: int, name: str,
        seen: set[tuple[int, str]], form: Form, cut: int = 0,
    ) -> Iterator[Candidate]:  # fmt: skip
        senses = self._places.lookup(name)
        if name.startswith("the ") and not senses[0].name.startswith("The "):
            first += 1
        for sense in sorted(senses, key=lambda sense: own is None or names.by_place.get(sense.id or "") != own):
            number = names.by_place.get(sense.id or "") if sense.label == "CITY" else None
            # "Mexico" is Mexico City's without the last word, and a country's.
            cut_off = (
                sense.form == "name" and any(other.label == "COUNTRY" for other in senses) and fold(sense.name) != name
            )
            another = cut_off or (sense.form == "alternate" and any(other.label != "CITY" for other in senses))
            if number is not None and sense.form != "code" and not another:
                if (last, "CITY") not in seen:
                    how: Form = sense.form if form == "name" else form
                    yield self._candidate(
                        surface, first, last, "CITY", names.entries[number].name, name, "entry", how,
                        senses=(sense,), entry=number, own=own, common=sense.ambiguity is not None,
                        upper=sense.upper, cut=cut,
                    )  # fmt: skip
                return
        if (last, "CITY") in seen:
            return
        in_capitals = surface.text[slice(*surface.spans[first])].isupper()
        after_comma = in_capitals and "," in surface.gaps[first]
        usable = tuple(
            s
            for s in senses
            if not s.only_entry
            and (s.form != "code" or after_comma or (in_capitals and self._ends_a_city_of(surface, first, s)))
        )
        if not usable:
            return
        for label in dict.fromkeys(sense.label for sense in usable):
            same = tuple(sense for sense in usable if sense.label == label)
            if (last, label) in seen:
                continue
            head = same[0]
            yield self._candidate(
                surface, first, last, label, head.name, name, "gazetteer", head.form if form == "name" else form,
                senses=same, common=head.ambiguity is not None, upper=head.upper, own=own, cut=cut,
            )  # fmt: skip

    def _ends_a_city_of(self, surface: Surface, number: int, state: PlaceSense) -> bool:
        """ "San Jose CA": whether a city of the state stands right before its code, with no comma between."""
        region = state.region
        if region is None or region.country != "US" or surface.style == "upper":
            return False
        for count in range(1, min(_LONGEST_CITY, number) + 1):
            if not surface.same_phrase(number - count, number - count + 1):
                return False
            senses = self._places.lookup(" ".join(surface.words[number - count : number]))
            if any(s.place and (s.place.country, s.place.admin) == ("US", region.code) for s in senses):
                return True
        return False

    def _plural(self, surface: Surface, names: ListNames, own: int | None, number: int) -> Iterator[Candidate]:
        """ "indias" for "India's": a name with an s that is no word and no name of its own."""
        word = surface.words[number]
        stem = word[:-1]
        if self._places.is_word(word):
            return
        if self._places.lookup(word) or word in names.forms:
            return
        listed = names.main_names.get(stem)
        if listed is not None:
            entry = names.entries[listed]
            yield self._candidate(
                surface, number, number, entry.label, entry.name, stem, "entry", "plural", entry=listed, own=own, cut=1,
                senses=tuple(s for s in self._places.lookup(stem) if entry.place and s.place == entry.place),
            )  # fmt: skip
        elif stem in self._majors.get((stem[0], len(stem)), ()):
            yield from self._place(surface, names, own, number, number, stem, set(), "plural", cut=1)

    def _company(
        self, surface: Surface, names: ListNames, own: int | None, first: int, last: int, text: str
    ) -> Candidate:
        sense = self._companies.lookup(text)
        assert sense is not None  # the caller has just found it
        last_word, dot = self._with_suffix(surface, first, last)
        listed = names.forms.get(text)
        form: Form = "name" if sense.written == sense.company.name else "alternate"
        if listed is None and names.sectors:
            # "Wells" and "Citi": words that count as an entry's name among its likes.
            listed = names.forms.get(fold(sense.company.name))
            form = form if listed is None else "short"
        is_entry = listed is not None and names.entries[listed.entry].label == "COMPANY"
        return self._candidate(
            surface, first, last_word, "COMPANY", sense.company.name, text, "entry" if is_entry else "gazetteer",
            form, common=sense.common,
            sector=sense.company.sector, sector_only=sense.sector_only,
            upper=sense.written.isupper() and len(sense.written) <= 3 and sense.common, own=own, cut=-dot,
            entry=listed.entry if is_entry and listed else None,
        )  # fmt: skip

    def _excepted(self, surface: Surface, text: str, last: int) -> bool:
        """Whether a company's name means something else before the word that follows: "google it"."""
        company = self._companies.lookup(text)
        return company is not None and surface.word(last + 1) in company.company.excluded

    def _with_suffix(self, surface: Surface, first: int, last: int) -> tuple[int, int]:
        """The last word of a company's name with its legal form, and 1 where the full stop of "inc." belongs to it."""
        nxt = last + 1
        if (
            nxt < len(surface.words)
            and surface.words[nxt] in self._cues.legal_suffixes
            and surface.gaps[nxt].strip(",") == " "
            and (surface.capital[first] or surface.words[nxt] in self._cues.sure_suffixes)
            and (surface.capital[nxt] or len(surface.words[nxt]) > 2)
        ):
            end = surface.spans[nxt][1]
            dotted = surface.words[nxt] in _SUFFIX_DOT and surface.text[end : end + 1] == "."
            return nxt, int(dotted)
        return last, 0

    def _end(self, surface: Surface, first: int, last: int) -> int:
        """Where a name ends: with the last full stop of "L.A.", which folding has taken away."""
        end = surface.spans[last][1]
        if surface.text[end : end + 1] != ".":
            return end
        return end + 1 if _INITIALS.fullmatch(surface.text, surface.spans[first][0], end + 1) else end

    def _misspelt(self, surface: Surface, names: ListNames, own: int | None, known: set[int]) -> Iterator[Candidate]:
        mains = names.main_names
        for number, word in enumerate(surface.words):
            if number in known:
                continue
            if mains and (glued := word + surface.word(number + 1)) in mains and len(glued) >= _GLUED_LETTERS:
                # "ryan air" is Ryanair.
                if surface.same_phrase(number, number + 1) and number + 1 not in known:
                    yield self._of_list(surface, names, own, number, number + 1, glued, "misspelt")
                continue
            if len(word) < 4 or self._places.is_word(word) or not (word.isascii() and word.isalpha()):
                continue
            plain = self._places.glued_names.get(word)
            if plain is not None:
                yield from self._place(surface, names, own, number, number, plain, set(), "name")
                continue
            for first, last in ((number, number), (number - 1, number), (number, number + 1), (number - 1, number + 1)):
                if first < 0 or last >= len(surface.words) or not surface.joined(first, last):
                    continue
                if any(n in known for n in range(first, last + 1)):
                    continue
                text = " ".join(surface.words[first : last + 1])
                name = self._near.nearest(text, names)
                if name is None:
                    continue
                if name in mains:
                    yield self._of_list(surface, names, own, first, last, name, "misspelt")
                else:
                    yield from self._place(surface, names, own, first, last, name, set(), "misspelt")

    def _of_list(
        self, surface: Surface, names: ListNames, own: int | None, first: int, last: int, name: str, form: Form
    ) -> Candidate:
        """The entry that has a folded name, under another spelling."""
        number = names.main_names[name]
        entry = names.entries[number]
        return self._candidate(
            surface, first, last, entry.label, entry.name, name, "entry", form, entry=number, own=own,
            senses=tuple(s for s in self._places.lookup(name) if entry.place and s.place == entry.place),
        )  # fmt: skip

    def _modelled(self, surface: Surface, found: list[Candidate], known: set[int]) -> Iterator[Candidate]:
        firms = {n for c in found if c.label in ("COMPANY", "ENTRY") for n in range(c.first, c.last + 1)}
        for proposal in surface.proposals:
            label = _MODELLED.get(proposal.label)
            first_word = bisect_left(surface.spans, (proposal.start, 0))
            last_word = bisect_right(surface.spans, proposal.end, key=lambda span: span[1])
            inside = list(range(first_word, last_word))
            inside = inside[1:] if inside and surface.words[inside[0]] == "the" else inside
            if label is None or not inside:
                continue
            # "Bank of Montreal" is more than the cities inside it, "the Montreal Industries" are not.
            firm = any(surface.words[n] in self._cues.legal_suffixes for n in inside)
            whole = label == "COMPANY" and len(inside) > 1 and firm and surface.word(inside[0] - 1) != "the"
            taken = firms if whole else known
            if any(n in taken for n in inside) or not self._looks_like_name(surface, inside, proposal.label):
                continue
            first, last = inside[0], inside[-1]
            if any(surface.gaps[n].strip(" -&.'’") for n in inside[1:]):
                continue
            start, short = surface.spans[first][0], last
            while short > first and surface.words[short] in self._cues.legal_suffixes:
                short -= 1
            said = surface.text[start : surface.spans[short][1]]
            dot = surface.words[last] in _SUFFIX_DOT and surface.text[surface.spans[last][1] :][:1] == "."
            name = " ".join(surface.words[first : last + 1])
            yield self._candidate(surface, first, last, label, said, name, "model", "model", own=None, cut=-int(dot))

    def _looks_like_name(self, surface: Surface, inside: list[int], label: str) -> bool:
        """Whether words have their capitals, or are a company's and so rare that nobody needs any: "zte", "swiggy"."""
        if not surface.capital[inside[0]]:
            return label == "COMPANY" and all(self._places.zipf(surface.words[n]) < _NAME_MAX_ZIPF for n in inside)
        return all(
            surface.capital[n]
            or (label == "COMPANY" and (surface.gaps[n] != " " or surface.words[n] in self._small_words))
            for n in inside
        )

    def _shaped(self, surface: Surface, known: set[int]) -> Iterator[Candidate]:
        """ "PicsArt": a capital inside a word is how companies like to write themselves."""
        if not _CAMEL.search(surface.text):
            return
        for number, (start, end) in enumerate(surface.spans):
            if (
                surface.text[start - 1 : start] != "#"
                and number not in known
                and _CAMEL.fullmatch(surface.text[start:end])
            ):
                yield self._candidate(
                    surface, number, number, "COMPANY", surface.text[start:end], surface.words[number], "model", "model"
                )

    def _areas(self, surface: Surface, found: list[Candidate], own: int | None) -> Iterator[Candidate]:
        """Once "Silicon Valley" has been said, "the valley" is the same."""
        named: set[str] = set()
        for candidate in sorted(found, key=lambda candidate: candidate.start):
            region = candidate.senses[0].region if candidate.senses else None
            if region is None or not region.short or region.name in named:
                continue
            named.add(region.name)
            shorts = {short.casefold().removeprefix("the ") for short in region.short}
            for number in range(candidate.last + 1, len(surface.words)):
                if surface.words[number] in shorts and surface.word(number - 1) == "the":
                    yield self._candidate(
                        surface, number, number, candidate.label, candidate.said, candidate.name, "gazetteer", "area",
                        senses=candidate.senses, own=own,
                    )  # fmt: skip

    def _candidate(
        self, surface: Surface, first: int, last: int, label: Label, said: str, name: str, via: Via, form: Form, *,
        senses: tuple[PlaceSense, ...] = (), common: bool = False, upper: bool = False, entry: int | None = None,
        own: int | None = None, cut: int = 0, sector: str | None = None, sector_only: bool = False,
    ) -> Candidate:  # fmt: skip
        return Candidate(
            start=surface.spans[first][0],
            end=self._end(surface, first, last) - cut,
            first=first,
            last=last,
            label=label,
            said=said,
            name=name,
            via=via,
            form=form,
            senses=senses,
            common=common,
            upper=upper,
            sector=sector,
            sector_only=sector_only,
            entry=entry,
            own_entry=entry is not None and entry == own,
        )
