"""The crowd's ranking of simulated crowds, whose true order is known: intervals hold what they say, errors fall."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commentlens.consensus_parameters import CrowdParameters
from commentlens.consensus_simulation import SimulatedCrowd, measure, simulate

FEW = CrowdParameters(draws=500)
CROWD = SimulatedCrowd(entries=20, voices=5)


@pytest.mark.parametrize("voices", [1, 5, 20])
@pytest.mark.parametrize("level", [0.5, 0.9])
def test_the_interval_covers_at_its_rate(level: float, voices: int) -> None:
    """Over 1,200 entries, within three binomial errors of what it says that it holds, which is the level or more.

    More, since ranks are whole numbers and an interval takes in the whole of the rank where it ends.
    """
    found = measure(replace(CROWD, voices=voices), 60, replace(FEW, level=level))

    assert found.entries == 1200
    assert level <= found.stated < level + 0.25 * (1 - level) + 0.1
    assert abs(found.coverage - found.stated) < 3 * (found.stated * (1 - found.stated) / found.entries) ** 0.5


def test_the_error_falls_as_evidence_grows() -> None:
    """With 1, 3, 10, 30 and 100 voices an entry, from three on below that of the list; and the intervals narrow."""
    by_voices = [measure(replace(CROWD, voices=voices), 12, FEW) for voices in (1, 3, 10, 30, 100)]
    errors, widths = [found.error for found in by_voices], [found.width for found in by_voices]

    assert errors == sorted(errors, reverse=True)
    assert widths == sorted(widths, reverse=True)
    assert all(found.error < found.listed_error for found in by_voices[1:])
    assert errors[-1] < 0.4 * by_voices[-1].listed_error


@pytest.mark.parametrize(
    ("crowd", "coverage", "better"),
    [
        ({"error": "normal"}, (0.9, 0.97), True),
        ({"error": "heavy"}, (0.9, 0.98), True),
        ({"complaints": True}, (0.9, 0.99), True),
        ({"spoken_of": 0.3}, (0.85, 0.97), True),
        # What the model does not know costs coverage, and trolls on every entry cost what the others bring.
        ({"noise": 1.5}, (0.85, 0.95), True),
        ({"spread": 1.0}, (0.78, 0.92), True),
        ({"trolls": 0.05}, (0.85, 0.95), True),
        ({"trolls": 0.2}, (0.8, 0.93), False),
    ],
    ids=lambda value: str(value),
)
def test_where_the_model_is_wrong(crowd: dict[str, object], coverage: tuple[float, float], better: bool) -> None:
    """Coverage stays near the stated rate, and the crowd's order is nearer to the truth than the listed one."""
    found = measure(replace(CROWD, voices=8, **crowd), 40, FEW)  # type: ignore[arg-type]

    assert coverage[0] <= found.coverage <= coverage[1]
    assert (found.error < found.listed_error) == better


def test_a_crowd_of_the_same_seed_is_the_same() -> None:
    """And of another is another."""
    assert simulate(CROWD, 3) == simulate(CROWD, 3)
    assert simulate(CROWD, 3) != simulate(CROWD, 4)
