"""The statistics of the crowd's ranking: posterior of the worths, and ranks drawn from it.

Each judgement "worth[a] - worth[b] > t" has the likelihood 1 / (1 + exp(-(worth[a] - worth[b] - t) / noise)), as in the
model of Bradley and Terry. With a normal prior around the listed order, the posterior is that of a ridge-penalised
logistic regression: log-concave, with one maximum. The slope of a judgement is at most 1 / noise, so that nobody gains
by asking for more.

scipy's Newton method with a trust region finds the maximum; Laplace's approximation has the rest: a normal distribution
with the curvature there. Loaded only where there is evidence, since numpy and scipy take longer than a small report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize
from scipy.sparse import csr_array, diags_array
from scipy.sparse.csgraph import connected_components
from scipy.special import expit, log_expit

from commentlens.consensus_evidence import Evidence
from commentlens.consensus_parameters import CrowdParameters

Floats = npt.NDArray[np.float64]

_GRADIENT = 1e-8
"""Largest slope at what counts as the maximum; worths are then exact to about as many digits."""
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
    spoken_of: npt.NDArray[np.intp]
    groups: Sequence[tuple[npt.NDArray[np.intp], Floats]]

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
        for start in range(0, parameters.draws, _DRAWS_AT_ONCE):
            part = noise[start : start + _DRAWS_AT_ONCE]
            worths = np.tile(self.worth, (len(part), 1))
            for group, factor in self.groups:
                worths[:, self.spoken_of[group]] += solve_triangular(factor, part[:, group].T, lower=True, trans="T").T
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
    found = minimize(
        problem.value,
        problem.mean,
        jac=problem.slope,
        hessp=problem.curved,
        method="trust-ncg",
        options={"gtol": _GRADIENT},
    )
    worths[spoken_of] = found.x
    if float(np.abs(problem.slope(found.x)).max()) > 1e-4:
        raise ArithmeticError(f"the crowd's ranking did not settle: {found.message}")
    return Posterior(worths, spoken_of, _factors(problem.curvature(found.x)))


class _Problem:
    """The negative logarithm of the posterior over the entries that are spoken of, its slope and its curvature."""

    def __init__(
        self, prior: Floats, spoken_of: npt.NDArray[np.intp], evidence: Evidence, parameters: CrowdParameters
    ) -> None:
        self.mean = prior[spoken_of]
        self._noise = parameters.noise
        position = {int(i): k for k, i in enumerate(spoken_of)}
        signs = [
            (row, position[i], sign)
            for row, (judgement, _) in enumerate(evidence.judgements)
            for i, sign in ((judgement.above, 1.0), (judgement.below, -1.0))
            if i is not None
        ]
        rows, columns, values = zip(*signs, strict=True) if signs else ((), (), ())
        shape = (len(evidence.judgements), len(spoken_of))
        self._signs = csr_array((values, (rows, columns)), shape=shape, dtype=np.float64)
        self._thresholds = np.array([judgement.threshold for judgement, _ in evidence.judgements])
        self._weights = np.array([weight for _, weight in evidence.judgements])
        # Prior and moods are quadratic: a precision for each entry, and the worth that they ask for.
        self._precision = np.full(len(spoken_of), parameters.prior_spread**-2)
        asked = self._precision * self.mean
        for pull in evidence.pulls:
            precision = pull.weight / (parameters.noise**2 * _LOGISTIC_VARIANCE)
            asked[position[pull.entry]] += precision * pull.worth
            self._precision[position[pull.entry]] += precision
        self._asked = asked / self._precision

    def _margins(self, worth: Floats) -> Floats:
        return np.asarray((self._signs @ worth - self._thresholds) / self._noise)

    def value(self, worth: Floats) -> float:
        """Up to a constant."""
        prior = 0.5 * np.sum(self._precision * (worth - self._asked) ** 2)
        return float(prior - np.sum(self._weights * log_expit(self._margins(worth))))

    def slope(self, worth: Floats) -> Floats:
        """First derivative."""
        pushes = self._weights * expit(-self._margins(worth)) / self._noise
        return np.asarray(self._precision * (worth - self._asked) - self._signs.T @ pushes)

    def _stiffness(self, worth: Floats) -> Floats:
        margins = self._margins(worth)
        return np.asarray(self._weights * expit(margins) * expit(-margins) / self._noise**2)

    def curved(self, worth: Floats, direction: Floats) -> Floats:
        """Second derivative times a direction."""
        along = self._stiffness(worth) * (self._signs @ direction)
        return np.asarray(self._precision * direction + self._signs.T @ along)

    def curvature(self, worth: Floats) -> csr_array:
        """Second derivative."""
        return csr_array(
            diags_array(self._precision) + self._signs.T @ diags_array(self._stiffness(worth)) @ self._signs
        )


def _factors(precision: csr_array) -> list[tuple[npt.NDArray[np.intp], Floats]]:
    """The entries that comparisons join, group by group, with the lower Cholesky factor of their precision."""
    number, labels = connected_components(precision, directed=False)
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.searchsorted(labels[order], np.arange(1, number)))
    return [(group, np.asarray(cholesky(precision[group][:, group].toarray(), lower=True))) for group in groups]
