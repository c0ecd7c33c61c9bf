"""The crowd's ranking: the listed order, moved by what the comments say about it.

A Bayesian model with the listed order as its prior; docs/consensus.md describes it on one page. `consensus_evidence`
gathers what each voice says, `consensus_model` has the statistics, `consensus_parameters` every number that is taken as
given. An entry of which nothing is said keeps its worth, so it moves only to make room, and an empty corpus gives the
listed ranks exactly. Entries without a listed rank have no crowd's rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commentlens.consensus_evidence import SAID, CrowdEvidence, Said, worth
from commentlens.consensus_parameters import CrowdParameters
from commentlens.records import AnnotatedComment, Entry, Polarity, RankInterval

if TYPE_CHECKING:
    from commentlens.consensus_model import Posterior

DEFAULT = CrowdParameters()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdPlace:
    """The crowd's rank of one entry with its uncertainty, and what it rests on.

    ``interval``: ranks, best and worst, that hold the crowd's with the stated probability at least, and ``inside`` with
    which; ranks are whole, so that the two differ. ``above``: the probability that the crowd puts it above its listed
    rank. All speak of what the comments add: entries without evidence stand still. They are None without a listed rank.
    ``said``: how many voices say what, by the names in `SAID`.
    """

    entry: Entry
    rank: int | None
    change: int | None
    interval: tuple[int, int] | None
    inside: float | None
    above: float | None
    voices: int
    said: Mapping[Said, int]


def crowd_ranking(
    entries: Sequence[Entry],
    comments: Iterable[AnnotatedComment],
    polarity: Polarity = "positive",
    parameters: CrowdParameters = DEFAULT,
) -> list[CrowdRank]:
    """The crowd's ranking of one list from the annotated comments under it; see `crowd_ranks`."""
    return crowd_ranks(entries, gathered(comments), polarity, parameters)


def gathered(comments: Iterable[AnnotatedComment]) -> CrowdEvidence:
    """What the comments under one list say about its order."""
    evidence = CrowdEvidence()
    for comment in comments:
        evidence.add(comment)
    return evidence


def crowd_ranks(
    entries: Sequence[Entry],
    evidence: CrowdEvidence,
    polarity: Polarity = "positive",
    parameters: CrowdParameters = DEFAULT,
) -> list[CrowdRank]:
    """The crowd's rank of each entry, in the order of ``entries``: the listed ranks, dealt in the order of worth."""
    crowd = _Crowd(entries, evidence, polarity, parameters)
    ranks = crowd.ranks()
    return [
        CrowdRank(
            name=entry.name,
            listed=entry.rank,
            rank=ranks.get(i),
            change=None if entry.rank is None else entry.rank - ranks[i],
            evidence=crowd.voices(i),
        )
        for i, entry in enumerate(entries)
    ]


def crowd_places(
    entries: Sequence[Entry],
    evidence: CrowdEvidence,
    polarity: Polarity = "positive",
    parameters: CrowdParameters = DEFAULT,
) -> list[CrowdPlace]:
    """The same ranks with intervals and what they rest on, in the order of ``entries``."""
    crowd = _Crowd(entries, evidence, polarity, parameters)
    ranks = crowd.ranks()
    spread = crowd.spread()
    return [
        CrowdPlace(
            entry=entry,
            rank=ranks.get(i),
            change=None if entry.rank is None else entry.rank - ranks[i],
            interval=spread[i][:2] if i in spread else None,
            inside=spread[i][2] if i in spread else None,
            above=spread[i][3] if i in spread else None,
            voices=crowd.voices(i),
            said=crowd.said(i),
        )
        for i, entry in enumerate(entries)
    ]


def nearest_rank(proposed: RankInterval, listed: int) -> int:
    """The rank of an interval that is nearest to the listed one."""
    best, worst = proposed
    return max(best, listed if worst is None else min(worst, listed))


class _Crowd:
    """One list: its ranked entries in listed order, what is said of them, and their worths."""

    def __init__(
        self, entries: Sequence[Entry], gathered: CrowdEvidence, polarity: Polarity, parameters: CrowdParameters
    ) -> None:
        ranked = [(entry.rank, i) for i, entry in enumerate(entries) if entry.rank is not None]
        ranked.sort()
        self._listed = [rank for rank, _ in ranked]
        self._numbers = [i for _, i in ranked]
        self._position = {i: position for position, i in enumerate(self._numbers)}
        self._parameters = parameters
        self._evidence = gathered.of([entries[i] for i in self._numbers], polarity, parameters)
        self._posterior: Posterior | None = None
        if self._evidence.judgements or self._evidence.pulls:
            # Here, because numpy takes longer to load than a list without evidence needs.
            from commentlens.consensus_model import posterior

            prior = [worth(rank, self._listed[-1]) for rank in self._listed]
            self._posterior = posterior(prior, self._evidence, parameters)

    def ranks(self) -> dict[int, int]:
        """The crowd's rank of each ranked entry, by its number."""
        order = self._posterior.order() if self._posterior else range(len(self._listed))
        return {self._numbers[position]: rank for position, rank in zip(order, self._listed, strict=True)}

    def spread(self) -> dict[int, tuple[int, int, float, float]]:
        """Best and worst rank of the interval, shares of draws inside and above the listed rank, by the entry's number.

        No draw moves anything where nothing is said.
        """
        if self._posterior is None:
            return {i: (rank, rank, 1.0, 0.0) for i, rank in zip(self._numbers, self._listed, strict=True)}
        ranks = self.ranks()
        spread = self._posterior.spread(self._listed, [ranks[i] for i in self._numbers], self._parameters)
        return dict(zip(self._numbers, spread, strict=True))

    def voices(self, i: int) -> int:
        """How many voices speak of an entry."""
        return self._evidence.voices[self._position[i]] if i in self._position else 0

    def said(self, i: int) -> dict[Said, int]:
        """How many voices say what of an entry."""
        said = self._evidence.said[self._position[i]] if i in self._position else {}
        return {kind: said.get(kind, 0) for kind in SAID}
