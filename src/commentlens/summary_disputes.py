"""Claims and comparisons of one list, gathered into the rows of the report."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from commentlens.consensus import nearest_rank
from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Claim, Comparison, RankInterval, Span, Stance
from commentlens.summary_records import ComparisonRow, DisputeCounts, DisputeRow, Proposal, Quote
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
    voices: dict[str, float] = field(default_factory=dict)
    proposals: Counter[RankInterval] = field(default_factory=Counter)
    quotes: list[tuple[float, Quote]] = field(default_factory=list)

    def quote(self, strength: float, quote: Quote) -> None:
        """Keep the strongest quotes; the earlier of two equally strong ones, and one a comment and sentence."""
        if any((kept.comment, kept.start) == (quote.comment, quote.start) for _, kept in self.quotes):
            return
        self.quotes.append((strength, quote))
        self.quotes.sort(key=lambda pair: -pair[0])
        del self.quotes[_QUOTES:]


class Disputes:
    """Who says what about the order of one list; memory grows with what is said."""

    def __init__(self, title: str | None) -> None:
        self._title = title
        self._claims: dict[tuple[str, Stance], _Said] = {}
        self._comparisons: dict[tuple[str, str, str], _Said] = {}

    def add(self, comment: AnnotatedComment, voice: str) -> None:
        """Take the claims and comparisons of one comment."""
        for claim in comment.claims:
            self._add_claim(comment, voice, claim)
        for comparison in comment.comparisons:
            self._add_comparison(comment, voice, comparison)

    def counts(self, name: str) -> DisputeCounts:
        """Voices for each stance about one folded name."""

        def voices(stance: Stance) -> int:
            said = self._claims.get((name, stance))
            return len(said.voices) if said else 0

        return DisputeCounts(
            too_low=voices("too_low"),
            too_high=voices("too_high"),
            right=voices("right"),
            unspecified=voices("unspecified"),
        )

    def subjects(self) -> dict[str, str]:
        """Folded and written name of everything that a claim is about."""
        return {name: said.name for (name, _), said in self._claims.items()}

    def dispute_rows(self, display: Callable[[str], str | None], rank: Rank) -> list[DisputeRow]:
        """Disputed ranks, strongest first, confirmed ones after them.

        Args:
            display: the list's own name of a folded name, None where it is no entry.
            rank: listed rank of a folded name.
        """
        rows = [
            DisputeRow(
                list=self._title,
                entry=display(name) or said.name,
                listed=said.listed if said.listed is not None else rank(name),
                stance=stance,
                voices=len(said.voices),
                strength=round(math.fsum(said.voices.values()), 4),
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
        return sorted(rows, key=lambda row: (row.stance == "right", -row.strength, row.listed or math.inf, row.entry))

    def comparison_rows(
        self, display: Callable[[str], str | None], rank: Rank, *, reverse: bool
    ) -> list[ComparisonRow]:
        """Comparisons, most voices first, then those against the list.

        Args:
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
                    list=self._title,
                    better=display(better) or said.name,
                    worse=display(worse) or said.other,
                    relation=relation,
                    voices=len(said.voices),
                    against_list=against,
                    quotes=tuple(quote for _, quote in said.quotes),
                )
            )
        return sorted(rows, key=lambda row: (-row.voices, row.against_list is not True, row.better, row.worse))

    def _add_claim(self, comment: AnnotatedComment, voice: str, claim: Claim) -> None:
        said = self._claims.setdefault((fold(claim.subject), claim.stance), _Said(claim.subject))
        listed = claim.listed
        if listed is None and comment.entry is not None and fold(comment.entry.name) == fold(claim.subject):
            listed = comment.entry.rank
        if said.listed is None:
            said.listed = listed
        strength = _strength(claim, listed)
        if strength > said.voices.get(voice, -1):
            said.voices[voice] = strength
        if claim.proposed is not None:
            said.proposals[claim.proposed] += 1
        said.quote(strength, _quote(comment, claim.span, claim.rule, claim.proposed))

    def _add_comparison(self, comment: AnnotatedComment, voice: str, comparison: Comparison) -> None:
        worse = "*" if comparison.worse == "*" else fold(comparison.worse)
        key = (fold(comparison.better), worse, comparison.relation)
        said = self._comparisons.setdefault(key, _Said(comparison.better, comparison.worse))
        said.voices[voice] = 1.0
        said.quote(1.0, _quote(comment, comparison.span, comparison.rule, None))


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
