"""Claims and comparisons of one list, gathered into the rows of the report."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from commentlens.consensus import nearest_rank
from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Claim, Comparison, RankInterval, Span, Stance
from commentlens.summary_records import ComparisonRow, DisputeCounts, DisputeRow, ListRef, Proposal, Quote
from commentlens.summary_sentences import sentence_around

_QUOTES = 5
_STANCES_DISPUTING: tuple[Stance, ...] = ("too_low", "too_high", "unspecified")

Rank = Callable[[str], int | None]
"""Listed rank of a folded name, None where the list has none."""


@dataclass(slots=True)
class _Said:
    """One (subject, stance) or (better, worse, relation): its voices, proposals and strongest sentences."""

    name: str
    other: str = ""
    listed: int | None = None
    authors: dict[str, float] = field(default_factory=dict)
    anonymous: int = 0
    anonymous_strength: float = 0.0
    proposals: Counter[RankInterval] = field(default_factory=Counter)
    quotes: list[tuple[float, Quote]] = field(default_factory=list)

    @property
    def voices(self) -> int:
        """Named authors and anonymous comments."""
        return len(self.authors) + self.anonymous

    @property
    def strength(self) -> float:
        """Sum over the voices, each at its strongest."""
        return math.fsum([self.anonymous_strength, *self.authors.values()])

    def hear(self, author: str | None, strength: float) -> None:
        """Count one comment: a named author once, at their strongest, an anonymous one each time."""
        if author is None:
            self.anonymous += 1
            self.anonymous_strength += strength
        else:
            self.authors[author] = max(strength, self.authors.get(author, strength))

    def quote(
        self, strength: float, comment: AnnotatedComment, span: Span, rule: str, proposed: RankInterval | None
    ) -> None:
        """Keep the strongest sentences; the earlier of two equally strong ones, each sentence once a comment."""
        if len(self.quotes) == _QUOTES and strength <= self.quotes[-1][0]:
            return
        quote = _quote(comment, span, rule, proposed)
        if any((kept.comment, kept.start) == (quote.comment, quote.start) for _, kept in self.quotes):
            return
        self.quotes.append((strength, quote))
        self.quotes.sort(key=lambda pair: -pair[0])
        del self.quotes[_QUOTES:]


class Disputes:
    """Who says what about the order of one list.

    Memory grows with the different things that are said and with the named authors who dispute, not with the comments.
    """

    def __init__(self) -> None:
        self._claims: dict[tuple[str, Stance], _Said] = {}
        self._comparisons: dict[tuple[str, str, str], _Said] = {}

    def add(self, comment: AnnotatedComment) -> None:
        """Take the claims and comparisons of one comment."""
        claims: dict[tuple[str, Stance], float] = {}
        for claim in comment.claims:
            key = (fold(claim.subject), claim.stance)
            claims[key] = max(self._add_claim(comment, key, claim), claims.get(key, 0.0))
        for key, strength in claims.items():
            self._claims[key].hear(comment.author, strength)
        for pair in {self._add_comparison(comment, item) for item in comment.comparisons}:
            self._comparisons[pair].hear(comment.author, 1.0)

    def counts(self, name: str) -> DisputeCounts:
        """Voices for each stance about one folded name."""

        def voices(stance: Stance) -> int:
            said = self._claims.get((name, stance))
            return said.voices if said else 0

        return DisputeCounts(
            too_low=voices("too_low"),
            too_high=voices("too_high"),
            right=voices("right"),
            unspecified=voices("unspecified"),
        )

    def subjects(self) -> dict[str, str]:
        """Folded and written name of everything that a claim is about."""
        return {name: said.name for (name, _), said in self._claims.items()}

    def dispute_rows(self, of: ListRef, display: Callable[[str], str | None], rank: Rank) -> list[DisputeRow]:
        """Disputed ranks, strongest first, confirmed ones after them.

        Args:
            of: the list.
            display: the list's own name of a folded name, None where it is no entry.
            rank: listed rank of a folded name.
        """
        rows = [
            DisputeRow(
                list=of.title,
                list_id=of.id,
                entry=display(name) or said.name,
                listed=said.listed if said.listed is not None else rank(name),
                stance=stance,
                voices=said.voices,
                strength=round(said.strength, 4),
                proposed=tuple(
                    Proposal(best=best, worst=worst, voices=voices)
                    for (best, worst), voices in sorted(
                        said.proposals.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or math.inf)
                    )
                ),
                quotes=tuple(quote for _, quote in said.quotes),
            )
            for (name, stance), said in self._claims.items()
        ]
        return sorted(rows, key=strongest_first)

    def comparison_rows(
        self, of: ListRef, display: Callable[[str], str | None], rank: Rank, *, reverse: bool
    ) -> list[ComparisonRow]:
        """Comparisons, most voices first, then those against the list.

        Args:
            of: the list.
            display: as in `dispute_rows`.
            rank: as in `dispute_rows`.
            reverse: whether the list is negative, so that the better one deserves the larger number.
        """
        rows = []
        for (better, worse, relation), said in self._comparisons.items():
            first, second = rank(better), rank(worse)
            against = None
            if relation == "better" and first is not None and second is not None and first != second:
                against = (first > second) != reverse
            rows.append(
                ComparisonRow(
                    list=of.title,
                    list_id=of.id,
                    better=display(better) or said.name,
                    worse=display(worse) or said.other,
                    relation=relation,
                    voices=said.voices,
                    against_list=against,
                    quotes=tuple(quote for _, quote in said.quotes),
                )
            )
        return sorted(rows, key=most_said_first)

    def _add_claim(self, comment: AnnotatedComment, key: tuple[str, Stance], claim: Claim) -> float:
        """Note one claim and return its strength."""
        said = self._claims.setdefault(key, _Said(claim.subject))
        listed = claim.listed
        if listed is None and comment.entry is not None and fold(comment.entry.name) == fold(claim.subject):
            listed = comment.entry.rank
        if said.listed is None:
            said.listed = listed
        strength = _strength(claim, listed)
        if claim.proposed is not None:
            said.proposals[claim.proposed] += 1
        said.quote(strength, comment, claim.span, claim.rule, claim.proposed)
        return strength

    def _add_comparison(self, comment: AnnotatedComment, comparison: Comparison) -> tuple[str, str, str]:
        """Note one comparison and return its key."""
        worse = "*" if comparison.worse == "*" else fold(comparison.worse)
        key = (fold(comparison.better), worse, comparison.relation)
        said = self._comparisons.setdefault(key, _Said(comparison.better, comparison.worse))
        said.quote(1.0, comment, comparison.span, comparison.rule, None)
        return key


def strongest_first(row: DisputeRow) -> tuple[bool, float, float, str]:
    """Sorts disputes: confirmed ranks last, else by strength, then by listed rank."""
    return row.stance == "right", -row.strength, row.listed or math.inf, row.entry


def most_said_first(row: ComparisonRow) -> tuple[int, bool, str, str]:
    """Sorts comparisons: most voices first, then those against the list."""
    return -row.voices, row.against_list is not True, row.better, row.worse


def _strength(claim: Claim, listed: int | None) -> float:
    """1, and how far the proposed rank is from the listed one in logarithms; confirming a rank has no distance."""
    if claim.proposed is None or listed is None or claim.stance not in _STANCES_DISPUTING:
        return 1.0
    return 1 + abs(math.log(max(listed, 1) / max(nearest_rank(claim.proposed, listed), 1)))


def _quote(comment: AnnotatedComment, span: Span, rule: str, proposed: RankInterval | None) -> Quote:
    start, end = sentence_around(comment.text, span)
    return Quote(
        comment=comment.id,
        author=comment.author,
        sentence=comment.text[start:end],
        start=start,
        rule=rule,
        proposed=proposed,
    )
