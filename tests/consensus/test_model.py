"""The posterior of the worths against arithmetic that is done another way."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.sparse.csgraph import connected_components

from commentlens.consensus_evidence import Evidence, Judgement, Pull
from commentlens.consensus_model import posterior
from commentlens.consensus_parameters import CrowdParameters

PARAMETERS = CrowdParameters(draws=20_000)
GRID = np.linspace(-6, 6, 24_001)


def evidence(entries: int, *judgements: tuple[Judgement, float], pulls: tuple[Pull, ...] = ()) -> Evidence:
    """Evidence without its counts, which the model does not read."""
    return Evidence(judgements=judgements, pulls=pulls, said=[Counter() for _ in range(entries)], voices=[0] * entries)


def above(entry: int, threshold: float, weight: float = 1) -> tuple[Judgement, float]:
    """Somebody holds that the entry's worth is more."""
    return Judgement(entry, None, threshold), weight


def below(entry: int, threshold: float, weight: float = 1) -> tuple[Judgement, float]:
    """Somebody holds that it is less."""
    return Judgement(None, entry, -threshold), weight


@pytest.mark.parametrize(
    "said",
    [
        [above(0, 1.8)],
        [above(0, 1.8, 9)],
        [below(0, -2.0, 0.5)],
        [above(0, 0.4), below(0, 0.6)],
        [above(0, 0.4, 40), below(0, 0.6, 40)],
        [above(0, 1.5, 3), below(0, -1.5, 3), above(0, 0.2)],
    ],
)
def test_one_entry_as_by_a_fine_grid(said: list[tuple[Judgement, float]]) -> None:
    """The most probable worth exactly; mean and spread, which Laplace's approximation gives, nearly."""
    log = -0.5 * ((GRID - 0.3) / PARAMETERS.prior_spread) ** 2
    for (over, _, threshold), weight in said:
        margin = (GRID if over is not None else -GRID) - threshold
        log -= weight * np.log1p(np.exp(-margin / PARAMETERS.noise))
    density = np.exp(log - log.max())
    density /= density.sum()
    mean = float((GRID * density).sum())
    deviation = float(np.sqrt((density * (GRID - mean) ** 2).sum()))

    found = posterior([0.3], evidence(1, *said), PARAMETERS)
    ((_, factor),) = found.groups

    assert found.worth[0] == pytest.approx(GRID[log.argmax()], abs=5e-4)
    assert found.worth[0] == pytest.approx(mean, abs=0.03)
    assert 1 / factor[0, 0] == pytest.approx(deviation, rel=0.03)


def test_two_entries_that_are_compared() -> None:
    """One is pushed up as far as the other down, and what is known of them hangs together."""
    said = evidence(3, (Judgement(1, 0, 0.1), 4))
    found = posterior([0.4, -0.4, -1.0], said, PARAMETERS)
    ((group, factor),) = found.groups
    covariance = np.linalg.inv(factor @ factor.T)

    assert found.worth[0] + found.worth[1] == pytest.approx(0, abs=1e-6)
    assert found.worth[1] > -0.4
    assert found.worth[2] == -1.0
    assert list(found.spoken_of[group]) == [0, 1]
    # The sum of both has the prior's variance, since only the difference was spoken of.
    assert covariance.sum() == pytest.approx(2 * PARAMETERS.prior_spread**2)
    assert covariance[0, 1] > 0


def test_entries_that_nobody_compares_are_apart() -> None:
    """Each group by itself, in the order of its first entry."""
    said = evidence(4, above(3, 0.0), above(0, 1.0), (Judgement(1, 2, 0.0), 1))
    found = posterior([1.0, 0.5, 0.0, -1.0], said, PARAMETERS)

    assert [list(group) for group, _ in found.groups] == [[0], [1, 2], [3]]


@pytest.mark.parametrize("voices", [1, 5, 10])
def test_moods_are_a_normal_pull(voices: int) -> None:
    """The precision of as many voices as they weigh, added to the prior's."""
    weight = 0.1 * voices
    precision = weight / (PARAMETERS.noise**2 * np.pi**2 / 3)
    prior = PARAMETERS.prior_spread**-2

    found = posterior([0.0], evidence(1, pulls=(Pull(0, 0.8, weight),)), PARAMETERS)

    assert found.worth[0] == pytest.approx(0.8 * precision / (precision + prior))
    assert found.groups[0][1][0, 0] == pytest.approx((precision + prior) ** 0.5)


def test_intervals_and_shares_are_those_of_the_draws() -> None:
    """One entry moves among three that stand: where its normal distribution says."""
    found = posterior([1.0, 0.0, -0.5, -1.0], evidence(4, above(2, -0.5, 0.001)), PARAMETERS)
    spread = found.spread([1, 2, 3, 4], [1, 2, 3, 4], PARAMETERS)

    # Its worth is normal with mean -0.5 and deviation 0.5: above 0 with 16 %, above 1 with 0.1 %, below -1 with 16 %.
    assert spread[2][:2] == (2, 4)
    assert spread[2].above == pytest.approx(0.1587, abs=0.01)
    assert spread[2].inside == pytest.approx(0.9987, abs=0.001)
    assert (spread[1].best, spread[1].worst, spread[1].above) == (2, 3, 0)
    assert spread[0].best == 1
    assert spread[3].above == pytest.approx(0.1587, abs=0.01)


def test_an_interval_is_widened_to_hold_the_rank() -> None:
    """And says what it holds then."""
    found = posterior([1.0, 0.0], evidence(2, above(0, 9.0, 20)), PARAMETERS)

    assert [row[:2] for row in found.spread([1, 2], [1, 2], PARAMETERS)] == [(1, 1), (2, 2)]
    assert [row[:2] for row in found.spread([1, 2], [2, 1], PARAMETERS)] == [(1, 2), (1, 2)]


@pytest.mark.parametrize(("entries", "judgements", "heaviest"), [(3, 4, 1), (20, 12, 3), (60, 400, 1), (40, 30, 5000)])
def test_maximum_groups_and_precision_as_with_scipy(entries: int, judgements: int, heaviest: float) -> None:
    """Judgements at random, of one entry or two, some of great weight: the same maximum, the same entries together."""
    chance = np.random.default_rng(entries)
    prior = list(np.linspace(2, -2, entries))
    said = []
    for _ in range(judgements):
        one, other = (int(i) for i in chance.choice(entries, 2, replace=False))
        sides = [(one, other), (one, None), (None, one)][int(chance.integers(3))]
        said.append((Judgement(*sides, float(chance.normal())), float(chance.uniform(0.1, heaviest))))
    pulls = (Pull(0, 1.0, 0.5), Pull(entries - 1, 0.5, 2.0))
    signs = np.array([[(i == found.above) - (i == found.below) for i in range(entries)] for found, _ in said])
    thresholds, weights = np.array([found.threshold for found, _ in said]), np.array([weight for _, weight in said])

    def minus_log(worth: np.ndarray) -> float:
        margins = (signs @ worth - thresholds) / PARAMETERS.noise
        total = np.sum(weights * np.logaddexp(0, -margins)) + 0.5 * np.sum((worth - prior) ** 2) / spread**2
        for pull in pulls:
            total += 0.5 * pull.weight * (worth[pull.entry] - pull.worth) ** 2 / (PARAMETERS.noise**2 * np.pi**2 / 3)
        return float(total)

    spread = PARAMETERS.prior_spread
    reference = minimize(minus_log, prior, method="BFGS", options={"gtol": 1e-6}).x
    found = posterior(prior, evidence(entries, *said, pulls=pulls), PARAMETERS)

    assert found.worth == pytest.approx(reference, abs=1e-4)
    assert minus_log(found.worth) <= minus_log(reference) + 1e-9
    spoken_of = found.spoken_of
    joined = (np.abs(signs[:, spoken_of]).T @ np.abs(signs[:, spoken_of])) > 0
    _, labels = connected_components(joined, directed=False)
    assert sorted(map(list, (group for group, _ in found.groups))) == sorted(
        list(np.flatnonzero(labels == label)) for label in set(labels)
    )
    for group, factor in found.groups:
        rows = signs[:, spoken_of[group]]
        margins = (signs @ found.worth - thresholds) / PARAMETERS.noise
        stiffness = weights / (2 + 2 * np.cosh(margins)) / PARAMETERS.noise**2
        precision = rows.T @ (stiffness[:, None] * rows) + np.eye(len(group)) / spread**2
        for pull in pulls:
            place = np.flatnonzero(spoken_of[group] == pull.entry)
            precision[place, place] += pull.weight / (PARAMETERS.noise**2 * np.pi**2 / 3)
        assert factor @ factor.T == pytest.approx(precision)
