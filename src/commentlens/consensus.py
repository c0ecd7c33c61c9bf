"""The crowd's ranking: the listed order, moved by what the comments say about it.

Simple and deterministic. All arithmetic is in logarithms of ranks: from 2 to 1 is a longer way than from 42 to 41.

- A **voice** is one named author, or one anonymous comment, on one entry. What one voice says about an entry several
  times is averaged, so that it counts once.
- What a voice says becomes a rank, clipped to 1 … n, n the largest listed rank; r is the entry's listed rank:
  a claim that names ranks: the nearest of them to r; too low without a number: r / 2; too high without one: 2 r (at
  least one place further); right: r; disputed without a direction: nothing.
- A comparison of two entries A (better) and B is a voice on both. Where the list agrees, each is held at its own
  rank; where it says the opposite, A is asked to B's rank and B to A's. Equal: both to the middle (geometric mean).
  Better than any other (``*``) names no place and is no voice. On a negative list the better one of a comparison
  deserves the larger number.
- An entry's position is exp((4 ln r + Σ ln v) / (4 + number of voices)): its listed place weighs as much as four
  voices. Entries are sorted by position, ties by the listed order, and take the listed ranks in that order.

So an entry without evidence keeps its order among its like, moves only to make room, and an empty corpus gives the
listed ranks exactly. Entries without a listed rank have no crowd's rank. No place is given by the mood.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Entry, Polarity, RankInterval, Stance

LISTED_WEIGHT = 4
"""How many voices an entry's listed place weighs."""

_SaidOfRank = tuple[str, Stance, RankInterval | None]
_SaidOfPair = tuple[str, str, str]
_Asked = tuple[float, int]


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


@dataclass(slots=True)
class _Voice:
    """What one author says in all their comments, or one anonymous comment says."""

    claims: set[_SaidOfRank] = field(default_factory=set)
    comparisons: set[_SaidOfPair] = field(default_factory=set)


class CrowdEvidence:
    """What the comments under one list say about its order.

    Anonymous comments that say the same are counted together, so memory grows with the different things that are
    said and with the named authors who dispute, not with the comments.
    """

    def __init__(self) -> None:
        self._authors: defaultdict[str, _Voice] = defaultdict(_Voice)
        self._anonymous: Counter[tuple[frozenset[_SaidOfRank], frozenset[_SaidOfPair]]] = Counter()

    def add(self, comment: AnnotatedComment) -> None:
        """Take the claims and comparisons of one comment of the list."""
        claims = {(fold(claim.subject), claim.stance, claim.proposed) for claim in comment.claims}
        comparisons = {
            (fold(item.better), fold(item.worse), item.relation) for item in comment.comparisons if item.worse != "*"
        }
        if comment.author is None:
            self._anonymous[frozenset(claims), frozenset(comparisons)] += 1
        else:
            voice = self._authors[comment.author]
            voice.claims |= claims
            voice.comparisons |= comparisons

    def ranking(self, entries: Sequence[Entry], polarity: Polarity = "positive") -> list[CrowdRank]:
        """The crowd's rank of each entry, in the order of ``entries``."""
        listed: dict[str, int] = {}
        for entry in entries:
            if entry.rank is not None:
                listed.setdefault(fold(entry.name), entry.rank)
        asked = self._asked(listed, polarity)
        order = sorted(
            (i for i, entry in enumerate(entries) if entry.rank is not None), key=lambda i: entries[i].rank or 0
        )
        position = {i: _position(entries[i].rank or 0, asked[fold(entries[i].name)]) for i in order}
        places = [entries[i].rank for i in order]
        crowd = dict(zip(sorted(order, key=lambda i: position[i]), places, strict=True))
        return [
            CrowdRank(
                name=entry.name,
                listed=entry.rank,
                rank=crowd.get(i),
                change=None if entry.rank is None else entry.rank - (crowd.get(i) or 0),
                evidence=sum(voices for _, voices in asked[fold(entry.name)]),
            )
            for i, entry in enumerate(entries)
        ]

    def _asked(self, listed: dict[str, int], polarity: Polarity) -> defaultdict[str, list[_Asked]]:
        """For each folded name the logarithms of the ranks that are asked for, and how many voices ask for each."""
        asked: defaultdict[str, list[_Asked]] = defaultdict(list)
        voices: list[tuple[Iterable[_SaidOfRank], Iterable[_SaidOfPair], int]] = [
            *((voice.claims, voice.comparisons, 1) for voice in self._authors.values()),
            *((claims, comparisons, number) for (claims, comparisons), number in self._anonymous.items()),
        ]
        for claims, comparisons, number in voices:
            for name, ranks in _ranks_of_voice(claims, comparisons, listed, polarity).items():
                asked[name].append((math.fsum(ranks) / len(ranks), number))
        return asked


def crowd_ranking(
    entries: Sequence[Entry], comments: Iterable[AnnotatedComment], polarity: Polarity = "positive"
) -> list[CrowdRank]:
    """The crowd's ranking of one list from the annotated comments under it; see `CrowdEvidence.ranking`."""
    evidence = CrowdEvidence()
    for comment in comments:
        evidence.add(comment)
    return evidence.ranking(entries, polarity)


def nearest_rank(proposed: RankInterval, listed: int) -> int:
    """The rank of an interval that is nearest to the listed one."""
    best, worst = proposed
    return max(best, listed if worst is None else min(worst, listed))


def _ranks_of_voice(
    claims: Iterable[_SaidOfRank], comparisons: Iterable[_SaidOfPair], listed: dict[str, int], polarity: Polarity
) -> defaultdict[str, list[float]]:
    """Logarithms of all ranks that one voice asks for, for each folded name."""
    last = max(listed.values(), default=1)
    ranks: defaultdict[str, list[float]] = defaultdict(list)
    for name, stance, proposed in claims:
        rank = _asked_rank(stance, proposed, listed[name]) if name in listed else None
        if rank is not None:
            ranks[name].append(_log(rank, last))
    for better, worse, relation in comparisons:
        first, second = (worse, better) if polarity == "negative" else (better, worse)
        if first not in listed or second not in listed or first == second:
            continue
        one, other = _log(listed[first], last), _log(listed[second], last)
        if relation == "equal":
            one = other = (one + other) / 2
        elif listed[first] > listed[second]:
            one, other = other, one
        ranks[first].append(one)
        ranks[second].append(other)
    return ranks


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


def _position(listed: int, asked: Sequence[_Asked]) -> float:
    voices = sum(number for _, number in asked)
    total = math.fsum([LISTED_WEIGHT * math.log(listed), *(rank * number for rank, number in asked)])
    # Rounded, so that voices which only confirm a rank cannot break a tie by an error in the last digit.
    return round(total / (LISTED_WEIGHT + voices), 9)
