"""Simulated crowds: a true order near a listed one, and comments that know it with errors.

What the crowd's ranking makes of them can be compared with the truth (`measure`): `bench/consensus.py` prints it,
tests/consensus asserts it. The comments are records as the reader gives them, without words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

import numpy as np

from commentlens.consensus import DEFAULT, crowd_places, gathered
from commentlens.consensus_evidence import worth
from commentlens.consensus_parameters import CrowdParameters
from commentlens.records import AnnotatedComment, Claim, Comparison, Entry, Mood, RankInterval, Stance

_CHEERFUL = 0.2
"""Mean mood of a simulated list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedCrowd:
    """How the true order differs from the listed one, and how the voices speak.

    ``voices``: mean number of voices an entry. ``error``: distribution of a voice's error, all of one standard
    deviation but ``heavy`` (Student's t with 2 degrees of freedom, which has none). ``opinions``: shares of claims with
    ranks, claims with a direction only, comparisons, and mere moods. ``trolls``: share of voices that ask for the first
    place, or for no. 700, whichever is farther from the truth. ``complaints``: who agrees with the list says nothing.
    ``spoken_of``: share of the entries that anybody speaks of.
    """

    entries: int = 30
    voices: float = 3
    spread: float = 0.5
    noise: float = 0.75
    error: Literal["logistic", "normal", "heavy"] = "logistic"
    opinions: tuple[float, float, float, float] = (0.4, 0.25, 0.25, 0.1)
    trolls: float = 0
    complaints: bool = False
    spoken_of: float = 1
    tie: float = CrowdParameters().tie


@dataclass(frozen=True, slots=True)
class Simulation:
    """A list, the comments under it, one voice each, and the true rank of each entry."""

    entries: tuple[Entry, ...]
    comments: tuple[AnnotatedComment, ...]
    truth: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the crowd's ranking made of simulated lists, over their entries with evidence.

    ``coverage``: share of the intervals that hold the true rank; ``stated``: what they say of that, on average.
    ``width``: ranks in an interval. ``error`` and ``listed_error``: mean distance in ranks of the crowd's rank, and of
    the listed one, from the true rank.
    """

    entries: int
    coverage: float
    stated: float
    width: float
    error: float
    listed_error: float


def measure(crowd: SimulatedCrowd, lists: int, parameters: CrowdParameters = DEFAULT) -> Measured:
    """Simulate so many lists and compare their crowd's ranking with the truth."""
    rows: list[tuple[float, float, float, float, float]] = []
    for seed in range(lists):
        simulation = simulate(crowd, seed)
        places = crowd_places(simulation.entries, gathered(simulation.comments), "positive", parameters)
        for place, truth in zip(places, simulation.truth, strict=True):
            if place.voices and place.rank and place.entry.rank and place.interval and place.inside:
                best, worst = place.interval
                errors = abs(place.rank - truth), abs(place.entry.rank - truth)
                rows.append((best <= truth <= worst, place.inside, worst - best + 1, *errors))
    coverage, stated, width, error, listed = (fmean(column) for column in zip(*rows, strict=True))
    return Measured(entries=len(rows), coverage=coverage, stated=stated, width=width, error=error, listed_error=listed)


def simulate(crowd: SimulatedCrowd, seed: int) -> Simulation:
    """One list with its comments; the same for the same seed."""
    rng = np.random.default_rng(seed)
    last = crowd.entries
    entries = tuple(Entry(name=f"Entry {rank}", rank=rank) for rank in range(1, last + 1))
    listed = np.array([worth(rank, last) for rank in range(1, last + 1)])
    worths = rng.normal(listed, crowd.spread)
    truth = np.empty(last, dtype=int)
    truth[np.argsort(-worths)] = np.arange(1, last + 1)
    spoken_of = rng.permutation(last)[: max(2, round(crowd.spoken_of * last))]
    # Each has one voice at least, so that the figures are about entries with evidence.
    subjects = [*spoken_of, *rng.choice(spoken_of, size=max(0, round((crowd.voices - 1) * len(spoken_of))))]
    speaker = _Speaker(crowd, entries, listed, worths, spoken_of, rng)
    comments = tuple(comment for number, i in enumerate(subjects) for comment in speaker.says(number, int(i)))
    return Simulation(entries, comments, tuple(int(rank) for rank in truth))


class _Speaker:
    """Writes comments."""

    def __init__(
        self,
        crowd: SimulatedCrowd,
        entries: tuple[Entry, ...],
        listed: np.ndarray[tuple[int], np.dtype[np.float64]],
        worths: np.ndarray[tuple[int], np.dtype[np.float64]],
        spoken_of: np.ndarray[tuple[int], np.dtype[np.int64]],
        rng: np.random.Generator,
    ) -> None:
        self._crowd, self._entries, self._rng = crowd, entries, rng
        self._listed, self._worths, self._spoken_of = listed, worths, spoken_of
        self._last = len(entries)
        self._ends = [worth(rank + 0.5, self._last) for rank in range(1, self._last)]

    def says(self, number: int, i: int) -> Iterator[AnnotatedComment]:
        """The comment of one voice about one entry; none where it prefers to be silent."""
        rng, crowd = self._rng, self._crowd
        entry, claims, comparisons, moods = self._entries[i], [], [], []
        kind = rng.choice(4, p=crowd.opinions)
        if rng.random() < crowd.trolls:
            up = self._worths[i] < 0
            claims = [self._claim(i, "too_low" if up else "too_high", (1, 1) if up else (700, 700))]
        elif kind == 2:
            comparisons = self._compares(i)
        else:
            seen = self._worths[i] + self._error()
            if kind == 3:
                score = float(np.clip(_CHEERFUL + (seen - self._listed[i]) / 2 + rng.normal(0, 0.3), -1, 1))
                label: Literal["pos", "neg", "neu"] = "pos" if score > 0.1 else "neg" if score < -0.1 else "neu"
                moods = [Mood(target=entry.name, label=label, score=score, implied=True)]
            elif not (crowd.complaints and abs(seen - self._listed[i]) < crowd.noise):
                claims = [self._places(i, seen) if kind == 0 else self._directs(i, seen)]
        if claims or comparisons or moods:
            yield AnnotatedComment(
                id=f"voice-{number}",
                text="",
                list="Simulated",
                entry=entry,
                claims=tuple(claims),
                comparisons=tuple(comparisons),
                moods=tuple(moods),
            )

    def _error(self) -> float:
        """The error of one voice; the model has the logistic one."""
        noise = self._crowd.noise
        if self._crowd.error == "logistic":
            return float(self._rng.logistic(0, noise))
        if self._crowd.error == "normal":
            return float(self._rng.normal(0, noise * np.pi / np.sqrt(3)))
        return float(noise * self._rng.standard_t(2))

    def _places(self, i: int, seen: float) -> Claim:
        """A claim that names ranks: one number, or which side of a top so-and-so."""
        rank = 1 + sum(seen < end for end in self._ends)
        proposed: RankInterval = (rank, rank)
        if self._rng.random() < 0.5:
            top = int(self._rng.choice([k for k in (3, 5, 10, 20) if k < self._last] or [1]))
            proposed = (1, top) if rank <= top else (top + 1, None)
        listed = i + 1
        if proposed[0] <= listed and (proposed[1] is None or listed <= proposed[1]):
            return self._claim(i, "right" if proposed == (listed, listed) else "unspecified", proposed)
        return self._claim(i, "too_high" if proposed[0] > listed else "too_low", proposed)

    def _directs(self, i: int, seen: float) -> Claim:
        """A claim that names no rank."""
        listed = i + 1
        if listed > 1 and seen > worth(listed - 0.5, self._last):
            return self._claim(i, "too_low", None)
        if listed < self._last and seen < worth(listed + 0.5, self._last):
            return self._claim(i, "too_high", None)
        return self._claim(i, "right", None)

    def _compares(self, i: int) -> list[Comparison]:
        """A comparison with any other entry that is spoken of."""
        crowd = self._crowd
        j = int(self._rng.choice(self._spoken_of[self._spoken_of != i]))
        seen = self._worths[i] - self._worths[j] + self._error()
        if abs(seen) < crowd.tie:
            return [] if crowd.complaints else [self._comparison(i, j, "equal")]
        better, worse = (i, j) if seen > 0 else (j, i)
        return [] if crowd.complaints and better < worse else [self._comparison(better, worse, "better")]

    def _claim(self, i: int, stance: Stance, proposed: RankInterval | None) -> Claim:
        return Claim(
            subject=self._entries[i].name, stance=stance, proposed=proposed, listed=i + 1, span=(0, 0), rule="simulated"
        )

    def _comparison(self, better: int, worse: int, relation: Literal["better", "equal"]) -> Comparison:
        names = self._entries[better].name, self._entries[worse].name
        return Comparison(better=names[0], worse=names[1], relation=relation, span=(0, 0), rule="simulated")
