"""What each city is praised and blamed for, summed up from a stream in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from commentlens.knowledge.aspects import Aspects
from commentlens.knowledge.names import fold
from commentlens.knowledge.theme_words import tokens
from commentlens.records import AnnotatedComment, MoodLabel
from commentlens.summary_clauses import SaidClause, clauses_said
from commentlens.summary_help import help_text as _help
from commentlens.themes import LEAST_VOICES, PhraseCounts, Theme, choose, no_themes, phrases_of, weights

PHRASES_KEPT = 100_000
"""Phrases of all cities together that are counted exactly; at twice as many those with the fewest voices go."""

AUTHORS_KEPT = 1_000
"""Authors remembered for one phrase of one city; what comes after them counts as if it were anonymous."""

_BITS: dict[MoodLabel, int] = {"pos": 1, "neu": 2, "neg": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectCount:
    """Sentences that speak of one aspect of one city."""

    aspect: str = field(metadata=_help("its name in the lexicon of aspects"))
    pos: int = field(metadata=_help("sentences that praise the city where they speak of it"))
    neu: int = field(metadata=_help("sentences that do neither, or both"))
    neg: int = field(metadata=_help("sentences that blame the city where they speak of it"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CityThemes:
    """What one city (or other entry) is praised and blamed for."""

    name: str = field(metadata=_help("as most comments' moods name it"))
    comments: int = field(metadata=_help("comments with a clause that speaks of it"))
    themes: tuple[Theme, ...] = field(metadata=_help("distinctive phrases, strongest first, at most 6 of each mood"))
    aspects: tuple[AspectCount, ...] = field(metadata=_help("aspects that are spoken of, most sentences first"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Themes:
    """What cities are praised and blamed for."""

    least_voices: int = field(default=LEAST_VOICES, metadata=_help("voices that make a phrase a theme"))
    exact: bool = field(
        metadata=_help("false where there were too many phrases to count all, and rare ones were given up on the way")
    )
    cities: tuple[CityThemes, ...] = field(metadata=_help("in the order of the report's cities"))


@dataclass(slots=True)
class _Cell:
    """One phrase of one city. There may be very many, so plain dicts, and none before there is something in them."""

    voices: int = 0
    moods: dict[MoodLabel, int] = field(default_factory=dict)
    authors: dict[str, int] | None = None
    written: dict[str, int] = field(default_factory=dict)

    def add(self, author: str | None, labels: set[MoodLabel], written: set[str]) -> bool:
        """Count one comment's say; whether it is a new voice."""
        for form in written:
            self.written[form] = self.written.get(form, 0) + 1
        before = 0
        if author is not None:
            self.authors = {} if self.authors is None else self.authors
            if author in self.authors or len(self.authors) < AUTHORS_KEPT:
                before = self.authors.get(author, 0)
                self.authors[author] = before | sum(_BITS[label] for label in labels)
        for label in labels:
            if not before & _BITS[label]:
                self.moods[label] = self.moods.get(label, 0) + 1
        self.voices += not before
        return not before

    def counts(self) -> PhraseCounts:
        written = min(self.written.items(), key=lambda item: (-item[1], item[0]))[0]
        return PhraseCounts(
            written=written,
            voices=self.voices,
            pos=self.moods.get("pos", 0),
            neu=self.moods.get("neu", 0),
            neg=self.moods.get("neg", 0),
        )


@dataclass(slots=True)
class _City:
    names: Counter[str] = field(default_factory=Counter)
    comments: int = 0
    total: int = 0
    cells: dict[str, _Cell] = field(default_factory=dict)
    aspects: dict[str, Counter[MoodLabel]] = field(default_factory=dict)


class ThemeCounter:
    """Counts phrases and aspects by city while comments go by.

    Below `PHRASES_KEPT` phrases and `AUTHORS_KEPT` authors a phrase the counts are exact and do not depend on the order
    of the comments. Above, the phrases with the fewest voices are given up (as in lossy counting: G. S. Manku and
    R. Motwani, "Approximate Frequency Counts over Data Streams", VLDB 2002).

    Args:
        aspects: the lexicon of aspects.
        kept: see `PHRASES_KEPT`.
    """

    def __init__(self, aspects: Aspects, kept: int = PHRASES_KEPT) -> None:
        self._aspects = aspects
        self._kept = kept
        self._cities: dict[str, _City] = {}
        self._cells = 0
        self._exact = True

    def add(self, comment: AnnotatedComment) -> None:
        """Count one comment."""
        by_target: dict[str, list[SaidClause]] = {}
        for clause in clauses_said(comment):
            by_target.setdefault(clause.target, []).append(clause)
        if not by_target:
            return
        names = [(mention.start, mention.end) for mention in comment.mentions]
        for target, clauses in by_target.items():
            city = self._cities.setdefault(fold(target), _City())
            city.names[target] += 1
            city.comments += 1
            self._add_phrases(city, comment, clauses, names)
            self._add_aspects(city, comment, clauses)
        if self._cells > 2 * self._kept:
            self._prune()

    def themes(self, order: Sequence[str] = (), names: Collection[str] = (), titles: Collection[str] = ()) -> Themes:
        """The themes of all cities that have a theme or an aspect.

        Args:
            order: names in the order wanted; others follow, most comments first.
            names: names of cities and entries beside those that have moods; no phrase with one in it is a theme.
            titles: of lists; their words are in no theme.
        """
        places = {fold(name): number for number, name in reversed(list(enumerate(order)))}
        keys = sorted(self._cities, key=lambda key: (places.get(key, len(places)), -self._cities[key].comments, key))
        without = no_themes([*names, *(name for city in self._cities.values() for name in city.names)], titles)
        everywhere: Counter[str] = Counter()
        for city in self._cities.values():
            everywhere.update({phrase: cell.voices for phrase, cell in city.cells.items()})
        mean = sum(city.total for city in self._cities.values()) / max(1, len(self._cities))
        rows = []
        for key in keys:
            city = self._cities[key]
            # Only what may be a theme is looked at: most phrases are said once.
            counts = {phrase: cell.counts() for phrase, cell in city.cells.items() if cell.voices >= LEAST_VOICES}
            found = choose(counts, weights(counts, city.total, mean, everywhere), without)
            if found or city.aspects:
                name = min(city.names.items(), key=lambda item: (-item[1], item[0]))[0]
                rows.append(
                    CityThemes(name=name, comments=city.comments, themes=found, aspects=self._aspect_counts(city))
                )
        return Themes(exact=self._exact, cities=tuple(rows))

    def _add_phrases(
        self, city: _City, comment: AnnotatedComment, clauses: Sequence[SaidClause], names: Sequence[tuple[int, int]]
    ) -> None:
        labels: dict[str, set[MoodLabel]] = {}
        forms: dict[str, set[str]] = {}
        for clause in clauses:
            for phrase, written in phrases_of(comment.text, clause.start, clause.end, names):
                labels.setdefault(phrase, set()).add(clause.label)
                forms.setdefault(phrase, set()).add(written)
        for phrase, of_phrase in labels.items():
            if len(of_phrase) > 1:
                # Said once with praise or blame and once without: the praise or blame is meant.
                of_phrase.discard("neu")
            cell = city.cells.get(phrase)
            if cell is None:
                cell = city.cells[phrase] = _Cell()
                self._cells += 1
            city.total += cell.add(comment.author, of_phrase, forms[phrase])

    def _add_aspects(self, city: _City, comment: AnnotatedComment, clauses: Sequence[SaidClause]) -> None:
        sentences: dict[tuple[int, str], set[MoodLabel]] = {}
        for clause in clauses:
            words = list(tokens(comment.text, clause.start, clause.end))
            for *_, aspects in self._aspects.find(words):
                for aspect in aspects:
                    sentences.setdefault((clause.sentence, aspect), set()).add(clause.label)
        for (_, aspect), labels in sentences.items():
            opinions = labels - {"neu"}
            label = opinions.pop() if len(opinions) == 1 else "neu"
            city.aspects.setdefault(aspect, Counter())[label] += 1

    def _aspect_counts(self, city: _City) -> tuple[AspectCount, ...]:
        place = {name: number for number, name in enumerate(self._aspects.names)}
        return tuple(
            AspectCount(aspect=aspect, pos=moods["pos"], neu=moods["neu"], neg=moods["neg"])
            for aspect, moods in sorted(city.aspects.items(), key=lambda item: (-item[1].total(), place[item[0]]))
        )

    def _prune(self) -> None:
        """Give up the phrases with the fewest voices; of equals the later ones in the alphabet."""
        cells = [
            (-cell.voices, key, phrase) for key, city in self._cities.items() for phrase, cell in city.cells.items()
        ]
        for _, key, phrase in sorted(cells)[self._kept :]:
            del self._cities[key].cells[phrase]
        self._cells = self._kept
        self._exact = False
