"""Counting different strings in bounded memory."""

from __future__ import annotations

import pytest

from commentlens.summary_distinct import DistinctCounter


def test_it_is_exact_below_its_limit() -> None:
    """And the same string counts once."""
    counter = DistinctCounter(kept=1000)
    for number in range(1000):
        counter.add(f"author {number}")
        counter.add(f"author {number}")

    assert len(counter) == 1000


@pytest.mark.parametrize("authors", [2_500, 5_000, 50_000])
def test_it_estimates_above_its_limit(authors: int) -> None:
    """With the error that the k smallest hashes have: one in the root of k."""
    counter = DistinctCounter(kept=1000)
    for number in range(authors):
        counter.add(f"author {number}")

    assert len(counter) == pytest.approx(authors, rel=0.1)
    assert len(counter._hashes) <= 2000


def test_nothing_is_none() -> None:
    """An empty counter."""
    assert len(DistinctCounter()) == 0
