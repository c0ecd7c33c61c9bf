"""The crowd's ranking: the listed order, moved by what the comments say about it.

Simple and deterministic. All arithmetic is in logarithms of ranks: from 2 to 1 is a longer way than from 42 to 41.

- A **voice** is one named author, or one anonymous comment, on one entry. What one voice says about an entry several
  times is averaged, so that it counts once.
- What a voice says becomes a rank, clipped to 1 … n, n the largest listed rank; r is the entry's listed rank:
  a claim that names ranks: the nearest of them to r; too low without a number: r / 2; too high without one: 2 r (at
  least one place further); right: r; disputed without a direction: nothing.
- A comparison of two entries A (better) and B is a voice on both. Where the list agrees, each is held at its own
  rank; where it says the opposite, A is asked to B's rank and B to A's. Equal: both to the middle (geometric mean).
  Better than any other (``*``): 1. On a negative list the better one of a comparison deserves the larger number.
- An entry's position is exp((4 ln r + Σ ln v) / (4 + number of voices)): its listed place weighs as much as four
  voices. Entries are sorted by position, ties by the listed order, and take the listed ranks in that order.

So an entry without evidence keeps its order among its like, moves only to make room, and an empty corpus gives the
listed ranks exactly. Entries without a listed rank have no crowd's rank. No place is given by the mood.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Claim, Comparison, Entry, Polarity, RankInterval, Stance

LISTED_WEIGHT = 4
"""How many voices an entry's listed place weighs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdRank:
    """The crowd's rank of one entry.

    ``rank`` and ``change`` (listed minus crowd's: positive is up) are None where the list gives no rank. ``evidence``
    is the number of voices behind it, 0 where the entry only made room for others.
    """

    name: str
    listed: int | None
    rank: int | None
    change: int | None
    evidence: int


class CrowdEvidence:
    """What the comments under one list say about its order; memory grows with what is said, not with the comments."""

    def __init__(self) -> None:
        self._claims: defaultdict[tuple[str, str], set[tuple[Stance, RankInterval | None]]] = defaultdict(set)
        self._comparisons: set[tuple[str, str, str, str]] = set()

    def add(self, comment: AnnotatedComment) -> None:
        """Take the claims and comparisons of one comment of the list."""
        voice = voice_of(comment)
        for claim in comment.claims:
            self.add_claim(voice, claim)
        for comparison in comment.comparisons:
            self.add_comparison(voice, comparison)

    def add_claim(self, voice: str, claim: Claim) -> None:
        """Take one claim of a voice."""
        self._claims[voice, fold(claim.subject)].add((claim.stance, claim.proposed))

    def add_comparison(self, voice: str, comparison: Comparison) -> None:
        """Take one comparison of a voice."""
        if comparison.worse != "*":
            key = (voice, fold(comparison.better), fold(comparison.worse), comparison.relation)
            self._comparisons.add(key)

    def ranking(self, entries: Sequence[Entry], polarity: Polarity = "positive") -> list[CrowdRank]:
        """The crowd's rank of each entry, in the order of ``entries``."""
        listed: dict[str, int] = {}
        for entry in entries:
            if entry.rank is not None:
                listed.setdefault(fold(entry.name), entry.rank)
        voices = self._voices(listed, polarity)
        order = sorted(
            (i for i, entry in enumerate(entries) if entry.rank is not None), key=lambda i: entries[i].rank or 0
        )
        position = {i: _position(entries[i].rank or 0, voices.get(fold(entries[i].name), ())) for i in order}
        places = [entries[i].rank for i in order]
        crowd = dict(zip(sorted(order, key=lambda i: position[i]), places, strict=True))
        return [
            CrowdRank(
                name=entry.name,
                listed=entry.rank,
                rank=crowd.get(i),
                change=None if entry.rank is None else entry.rank - (crowd.get(i) or 0),
                evidence=len(voices.get(fold(entry.name), ())),
            )
            for i, entry in enumerate(entries)
        ]

    def _voices(self, listed: dict[str, int], polarity: Polarity) -> dict[str, list[float]]:
        """Logarithms of the ranks that the voices ask for, one a voice, for each folded name."""
        last = max(listed.values(), default=1)
        said: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
        for (voice, name), claims in self._claims.items():
            if name in listed:
                for stance, proposed in sorted(claims, key=repr):
                    rank = _asked_rank(stance, proposed, listed[name])
                    if rank is not None:
                        said[name, voice].append(_log(rank, last))
        for voice, better, worse, relation in sorted(self._comparisons):
            first, second = (worse, better) if polarity == "negative" else (better, worse)
            if first in listed and second in listed and first != second:
                one, other = _log(listed[first], last), _log(listed[second], last)
                if relation == "equal":
                    one = other = (one + other) / 2
                elif listed[first] > listed[second]:
                    one, other = other, one
                said[first, voice].append(one)
                said[second, voice].append(other)
        voices: defaultdict[str, list[float]] = defaultdict(list)
        for (name, _), ranks in said.items():
            voices[name].append(math.fsum(ranks) / len(ranks))
        return dict(voices)


def crowd_ranking(
    entries: Sequence[Entry], comments: Iterable[AnnotatedComment], polarity: Polarity = "positive"
) -> list[CrowdRank]:
    """The crowd's ranking of one list from the annotated comments under it; see `CrowdEvidence.ranking`."""
    evidence = CrowdEvidence()
    for comment in comments:
        evidence.add(comment)
    return evidence.ranking(entries, polarity)


def voice_of(comment: AnnotatedComment) -> str:
    """Who speaks: the author where one is named, else the comment itself."""
    return f"author {comment.author}" if comment.author is not None else f"comment {comment.id}"


def nearest_rank(proposed: RankInterval, listed: int) -> int:
    """The rank of an interval that is nearest to the listed one."""
    best, worst = proposed
    return max(best, listed if worst is None else min(worst, listed))


def _asked_rank(stance: Stance, proposed: RankInterval | None, listed: int) -> float | None:
    if stance == "right":
        return listed
    if proposed is not None:
        return nearest_rank(proposed, listed)
    if stance == "too_low":
        return listed / 2
    if stance == "too_high":
        return max(2 * listed, listed + 1)
    return None


def _log(rank: float, last: int) -> float:
    return math.log(min(max(rank, 1), last))


def _position(listed: int, voices: Sequence[float]) -> float:
    # Rounded, so that voices which only confirm a rank cannot break a tie by an error in the last digit.
    return round(math.fsum([LISTED_WEIGHT * math.log(listed), *voices]) / (LISTED_WEIGHT + len(voices)), 9)
