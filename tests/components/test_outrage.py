"""Outrage at a rank that is only named: whether it is outrage, and which way it points."""

from __future__ import annotations

import pytest
from marked import claims


def stances(text: str, rank: int, polarity: str = "positive") -> list[tuple[str, str]]:
    """Subject and stance of each claim of a comment under Rome."""
    return [(found["subject"], found["stance"]) for found in claims(text, "Rome", rank, polarity=polarity)]


@pytest.mark.parametrize(
    ("text", "rank", "stance"),
    [
        ("17?? 17???", 17, "too_low"),
        ("twelfth. TWELFTH.", 12, "too_low"),
        ("Ninth! What were you thinking", 9, "too_low"),
        ("sixth, and they wrote sixth with a straight face", 6, "too_low"),
        # Joy: one of the first three, or words of assent beside it.
        ("Third! Third!", 3, "right"),
        ("sixth, yeah, a solid sixth", 6, "right"),
        # Said once and calmly it is only told.
        ("ninth", 9, "right"),
        # Another number is asked for, however loud.
        ("Third! Third!", 9, "too_low"),
        ("30th! 30th!", 9, "too_high"),
    ],
)
def test_the_listed_rank_cried_out(text: str, rank: int, stance: str) -> None:
    """Once it tells, twice or with a mark it is outrage."""
    assert stances(text, rank) == [("Rome", stance)]


@pytest.mark.parametrize(
    ("text", "rank", "polarity", "stance"),
    [
        ("Number 8?? Dirty, loud, horrible", 8, "positive", "too_high"),
        ("Number 8?? Lovely, wonderful, beautiful", 8, "positive", "too_low"),
        # Far down blame is of the voters, not of the place.
        ("Number 18?? Horrible, a crime, hell on earth", 18, "positive", "too_low"),
        ("Number 18?? Dirty, loud, horrible", 18, "negative", "too_low"),
        ("Number 18?? Lovely, wonderful, beautiful", 18, "negative", "too_high"),
        # Whoever asks and answers in one breath agrees, unless it mocks or speaks of another rank.
        ("First? Obviously. No contest", 1, "positive", "right"),
        ("Eighth? Fair enough", 8, "positive", "right"),
        ("Eighth? Sure, and I am the pope", 8, "positive", "too_low"),
        # "No." refuses one of the first three; further down it is only anger.
        ("Second? No no. Lovely people though", 2, "positive", "too_high"),
        ("Seventh? No no. Lovely people and beautiful parks", 7, "positive", "too_low"),
    ],
)
def test_the_way_outrage_points(text: str, rank: int, polarity: str, stance: str) -> None:
    """What the rest of the comment feels, and how far down the list it is."""
    assert stances(text, rank, polarity) == [("Rome", stance)]


@pytest.mark.parametrize(
    ("text", "rank", "expected"),
    [
        ("not #1 but not #14 either", 14, [("Rome", "too_low")]),
        ("not #1 but not #14 either", 1, [("Rome", "too_high")]),
        ("not #1 but not #14 either", 7, []),
        ("Please swap 3 and 5", 5, [("Rome", "too_low")]),
        ("Please swap 3 and 5", 3, [("Rome", "too_high")]),
        ("Please swap 3 and 5", 4, []),
        ("swap the top two", 2, [("Rome", "too_low")]),
        ("swap the top five", 2, []),
    ],
)
def test_towards_the_other_number(text: str, rank: int, expected: list[tuple[str, str]]) -> None:
    """Of two numbers one is the listed one; without that there is no claim."""
    assert stances(text, rank) == expected
