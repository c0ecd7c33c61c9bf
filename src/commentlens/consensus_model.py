"""The statistics of the crowd's ranking: posterior of the worths, and ranks drawn from it.

Each judgement "worth[a] - worth[b] > t" has the likelihood 1 / (1 + exp(-(worth[a] - worth[b] - t) / noise)), as in the
model of Bradley and Terry. With a normal prior around the listed order, the posterior is that of a ridge-penalised
logistic regression: log-concave, with one maximum. The slope of a judgement is at most 1 / noise, so that nobody gains
by asking for more.

Newton's method finds the maximum, each step by conjugate gradients (Nocedal and Wright, Numerical Optimization, 2006,
algorithm 7.1); Laplace's approximation has the rest: a normal distribution with the curvature there. numpy alone: to
import scipy takes longer than all else in a report of what was annotated before. Loaded only where there is evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from commentlens.consensus_evidence import Evidence
from commentlens.consensus_parameters import CrowdParameters

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]

_GRADIENT = 1e-8
"""Largest slope at what counts as the maximum; worths are then exact to about as many digits."""
_SETTLED = 1e-4
"""Slope above which the search has failed; rounding lies between."""
_STEPS = 100
_SUFFICIENT = 1e-4
"""Share of the decrease foretold by the slope that a step must bring (Armijo's condition)."""
_DRAWS_AT_ONCE = 500
_LOGISTIC_VARIANCE = np.pi**2 / 3
_DIGITS = 9
"""Worths that agree to so many digits are equal, and the listed order decides."""


class Spread(NamedTuple):
    """Best and worst rank of an interval, the share of draws inside, and the share of draws above the listed rank."""

    best: int
    worst: int
    inside: float
    above: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known of the worths.

    ``worth``: the most probable one of each entry; the prior's where nothing is said. ``spoken_of``: numbers of the
    entries of which something is said. ``groups``: of these, positions in ``spoken_of`` of those that comparisons join,
    with the Cholesky factor L of their precision, L Lᵀ.
    """

    worth: Floats
    spoken_of: Numbers
    groups: Sequence[tuple[Numbers, Floats]]

    def order(self) -> list[int]:
        """Numbers of the entries from the greatest worth to the smallest, ties as they come."""
        return [int(i) for i in np.argsort(-np.round(self.worth, _DIGITS), kind="stable")]

    def spread(self, listed: Sequence[int], crowd: Sequence[int], parameters: CrowdParameters) -> list[Spread]:
        """How far draws of each entry's rank lie apart.

        Args:
            listed: ranks of the entries, in ascending order; they are dealt anew in every draw.
            crowd: the crowd's ranks. They belong to the most probable worths together, an interval to one entry by
                itself; where it would leave the rank out, it is widened.
            parameters: number, seed and level of the draws.
        """
        ranks = np.asarray(listed, dtype=np.int64)[self._places(parameters)]
        outside = (1 - parameters.level) / 2
        bounds = np.quantile(ranks, [outside, 1 - outside], axis=0, method="inverted_cdf")
        best, worst = np.minimum(bounds[0], crowd), np.maximum(bounds[1], crowd)
        inside = np.mean((best <= ranks) & (ranks <= worst), axis=0)
        above = np.mean(ranks < np.asarray(listed), axis=0)
        return [
            Spread(int(best[i]), int(worst[i]), round(float(inside[i]), 4), round(float(above[i]), 4))
            for i in range(len(listed))
        ]

    def _places(self, parameters: CrowdParameters) -> npt.NDArray[np.int32]:
        """Draws of each entry's place, from 0: an array (draws, entries).

        Entries of which nothing is said keep their worth in every draw.
        """
        noise = np.random.default_rng(parameters.seed).standard_normal((parameters.draws, len(self.spoken_of)))
        places = np.empty((parameters.draws, len(self.worth)), dtype=np.int32)
        numbers = np.arange(len(self.worth), dtype=np.int32)
        inverses = [(group, np.linalg.inv(factor)) for group, factor in self.groups]
        for start in range(0, parameters.draws, _DRAWS_AT_ONCE):
            part = noise[start : start + _DRAWS_AT_ONCE]
            worths = np.tile(self.worth, (len(part), 1))
            for group, inverse in inverses:
                worths[:, self.spoken_of[group]] += part[:, group] @ inverse
            order = np.argsort(-np.round(worths, _DIGITS), axis=1, kind="stable")
            np.put_along_axis(places[start : start + len(part)], order, numbers[np.newaxis, :], axis=1)
        return places


def posterior(prior: Sequence[float], evidence: Evidence, parameters: CrowdParameters) -> Posterior:
    """The posterior of the worths.

    Args:
        prior: expected worth of each entry before anything is said.
        evidence: what is said, by the numbers of these entries.
        parameters: spreads and weights.

    Raises:
        ArithmeticError: If the maximum was not reached, which a log-concave posterior does not allow.
    """
    worths = np.array(prior, dtype=np.float64)
    asked = {i for judgement, _ in evidence.judgements for i in judgement[:2] if i is not None}
    spoken_of = np.array(sorted(asked | {pull.entry for pull in evidence.pulls}), dtype=np.intp)
    if not len(spoken_of):
        return Posterior(worths, spoken_of, [])
    problem = _Problem(worths, spoken_of, evidence, parameters)
    found = _lowest(problem)
    steepest = float(np.abs(problem.slope(found)).max())
    if steepest > _SETTLED:
        raise ArithmeticError(f"the crowd's ranking did not settle: its slope is {steepest:.1g}")
    worths[spoken_of] = found
    return Posterior(worths, spoken_of, problem.factors(found))


class _Problem:
    """The negative logarithm of the posterior over the entries that are spoken of, its slope and its curvature.

    A judgement that has one side only is against an entry of worth 0 behind all others.
    """

    def __init__(self, prior: Floats, spoken_of: Numbers, evidence: Evidence, parameters: CrowdParameters) -> None:
        self.mean = prior[spoken_of]
        self._noise = parameters.noise
        position: dict[int | None, int] = {int(i): k for k, i in enumerate(spoken_of)}
        nobody = len(spoken_of)
        judgements = evidence.judgements
        self._above = np.array([position.get(found.above, nobody) for found, _ in judgements], dtype=np.intp)
        self._below = np.array([position.get(found.below, nobody) for found, _ in judgements], dtype=np.intp)
        self._thresholds = np.array([found.threshold for found, _ in judgements], dtype=np.float64)
        self._weights = np.array([weight for _, weight in judgements], dtype=np.float64)
        # Prior and moods are quadratic: a precision for each entry, and the worth that they ask for.
        self._precision = np.full(len(spoken_of), parameters.prior_spread**-2)
        asked = self._precision * self.mean
        for pull in evidence.pulls:
            precision = pull.weight / (parameters.noise**2 * _LOGISTIC_VARIANCE)
            asked[position[pull.entry]] += precision * pull.worth
            self._precision[position[pull.entry]] += precision
        self._asked = asked / self._precision

    def _differences(self, worth: Floats) -> Floats:
        """Above less below, a judgement each."""
        padded = np.append(worth, 0.0)
        return np.asarray(padded[self._above] - padded[self._below], dtype=np.float64)

    def _gathered(self, pushes: Floats) -> Floats:
        """What pushes of the judgements come to for each entry: up for the one above, down for the one below."""
        size = len(self.mean) + 1
        up = np.bincount(self._above, weights=pushes, minlength=size)
        down = np.bincount(self._below, weights=pushes, minlength=size)
        return np.asarray((up - down)[:-1], dtype=np.float64)

    def _margins(self, worth: Floats) -> Floats:
        return np.asarray((self._differences(worth) - self._thresholds) / self._noise, dtype=np.float64)

    def value(self, worth: Floats) -> float:
        """Up to a constant."""
        prior = 0.5 * np.sum(self._precision * (worth - self._asked) ** 2)
        return float(prior + np.sum(self._weights * np.logaddexp(0.0, -self._margins(worth))))

    def slope(self, worth: Floats) -> Floats:
        """First derivative."""
        pushes = self._weights * _logistic(-self._margins(worth)) / self._noise
        return np.asarray(self._precision * (worth - self._asked) - self._gathered(pushes), dtype=np.float64)

    def stiffness(self, worth: Floats) -> Floats:
        """What each judgement adds to the second derivative along its difference."""
        margins = self._margins(worth)
        return np.asarray(self._weights * _logistic(margins) * _logistic(-margins) / self._noise**2, dtype=np.float64)

    def curved(self, stiffness: Floats, direction: Floats) -> Floats:
        """Second derivative times a direction."""
        added = self._gathered(stiffness * self._differences(direction))
        return np.asarray(self._precision * direction + added, dtype=np.float64)

    def factors(self, worth: Floats) -> list[tuple[Numbers, Floats]]:
        """The entries that comparisons join, group by group, with the Cholesky factor L of their precision, L Lᵀ."""
        stiffness = self.stiffness(worth)
        size = len(self.mean)
        labels = _joined(self._above, self._below, size)
        # The one behind all others belongs to no group: a judgement is in the group of whichever entry it has.
        of_judgement = labels[np.minimum(self._above, self._below)]
        by_label = np.argsort(of_judgement, kind="stable")
        bounds = np.searchsorted(of_judgement[by_label], np.arange(labels.max() + 2))
        members = np.split(
            np.argsort(labels, kind="stable"), np.searchsorted(np.sort(labels), range(1, labels.max() + 1))
        )
        place = np.empty(size + 1, dtype=np.intp)
        found = []
        for label, group in enumerate(members):
            place[group] = np.arange(len(group))
            place[size] = len(group)
            rows = by_label[bounds[label] : bounds[label + 1]]
            second = _laplacian(place[self._above[rows]], place[self._below[rows]], stiffness[rows], len(group))
            second[np.diag_indices(len(group))] += self._precision[group]
            found.append((group, np.asarray(np.linalg.cholesky(second), dtype=np.float64)))
        return found


def _logistic(values: Floats) -> Floats:
    return np.asarray(np.exp(-np.logaddexp(0.0, -values)), dtype=np.float64)


def _laplacian(above: Numbers, below: Numbers, weights: Floats, size: int) -> Floats:
    """Sum over judgements of weight times (e_above - e_below)(e_above - e_below)ᵀ; a number of ``size`` is nobody."""
    wide = size + 1
    flat = np.concatenate([above * wide + above, below * wide + below, above * wide + below, below * wide + above])
    signed = np.concatenate([weights, weights, -weights, -weights])
    added = np.bincount(flat, weights=signed, minlength=wide * wide).reshape(wide, wide)
    return np.array(added[:size, :size], dtype=np.float64)


def _joined(above: Numbers, below: Numbers, size: int) -> Numbers:
    """A label from 0 for each entry, the same for those that judgements join, by the smallest number of each group."""
    both = (above < size) & (below < size)
    left, right = above[both], below[both]
    labels = np.arange(size)
    while True:
        smaller = np.minimum(labels[left], labels[right])
        before = labels.copy()
        np.minimum.at(labels, left, smaller)
        np.minimum.at(labels, right, smaller)
        labels = labels[labels]
        if np.array_equal(labels, before):
            return np.unique(labels, return_inverse=True)[1]


def _lowest(problem: _Problem) -> Floats:
    """The worths of greatest probability."""
    worth = problem.mean.copy()
    value = problem.value(worth)
    for _ in range(_STEPS):
        slope = problem.slope(worth)
        if float(np.abs(slope).max()) <= _GRADIENT:
            break
        step = _newton_step(problem, problem.stiffness(worth), slope)
        size = 1.0
        while problem.value(worth + size * step) > value + _SUFFICIENT * size * float(slope @ step):
            size /= 2
            if size < 1e-10:
                # As low as rounding lets it be.
                return worth
        worth = worth + size * step
        value = problem.value(worth)
    return worth


def _newton_step(problem: _Problem, stiffness: Floats, slope: Floats) -> Floats:
    """Conjugate gradients on "second derivative times step = -slope"; the smaller the slope, the more exactly."""
    steepness = float(np.sqrt(slope @ slope))
    enough = (min(0.5, np.sqrt(steepness)) * steepness) ** 2
    step = np.zeros_like(slope)
    left, direction = -slope, -slope
    squared = float(left @ left)
    for _ in range(10 * len(slope)):
        curved = problem.curved(stiffness, direction)
        length = squared / float(direction @ curved)
        step = step + length * direction
        left = left - length * curved
        before, squared = squared, float(left @ left)
        if squared <= enough:
            break
        direction = left + squared / before * direction
    return step
