"""Ranks said from the listed one on, and what is told to stand outside of a top N."""

from __future__ import annotations

import pytest
from marked import shipped_rules, shipped_valence

from commentlens.components.claims import find_claims
from commentlens.components.examples import shown_claim, topic_of
from commentlens.knowledge.rules import Example


def claims(text: str, rank: int) -> list[str]:
    """Claims of a comment under "Rome" by the shipped rules."""
    example = Example(text=text, entry="Rome", rank=rank)
    found = find_claims(topic_of(example), shipped_rules("claims"), shipped_valence().score)
    return [shown_claim(claim) for claim in found]


@pytest.mark.parametrize(
    ("text", "rank", "found"),
    [
        ("Six places up please", 10, "Rome too_low 4"),
        ("Six places up please", 4, "Rome too_low"),  # no list has a place before the first
        ("minus three places from me", 7, "Rome too_high 10"),
        ("Half that number, thank you", 9, "Rome too_low 4"),
        ("Double that number and we can talk", 9, "Rome too_high 18"),
        ("It doesn't even make the top ten", 14, "Rome too_low 1-10"),
        ("It doesn't even make the top ten", 4, "Rome too_high >10"),
        ("It doesn't make the top ten, fair", 14, "Rome right"),
        ("[Rome] 1 [Oslo] 2", 5, "Rome too_low 1"),
    ],
)
def test_rank_is_worked_out(text: str, rank: int, found: str) -> None:
    """From the listed rank and the words of the match."""
    assert claims(text, rank) == [found]


@pytest.mark.parametrize(
    "text", ["Six floors up please", "minus three degrees in May", "Half that price, thank you", "The first ten days"]
)
def test_other_numbers_move_nothing(text: str) -> None:
    """Floors, degrees, prices and days are no places of a list."""
    assert claims(text, 9) == []
