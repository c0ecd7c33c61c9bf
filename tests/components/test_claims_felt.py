"""Rank claims that go by what is felt, by the podium, and what only looks like one."""

from __future__ import annotations

import pytest
from marked import claims

OTHERS = {"Oslo": 3, "Lima": 12}


@pytest.mark.parametrize(
    "text",
    [
        "taxes should be higher",
        "the rent should be lower",
        "Rents in [Oslo] must be lower",
        "Fares shouldn't be this high",
        "The bread should go up",
        "If it's not number two now, it will be when the tunnel is dug",
        "It just missed the podium",
        "The band was on the podium again",
        "They danced on a podium in the square",
    ],
)
def test_what_is_no_entrys_place(text: str) -> None:
    """What else goes up and down, what is yet to come, what only happened: no claim of any rule."""
    assert claims(text, "Rome", 4, others=OTHERS) == []


@pytest.mark.parametrize(
    ("text", "rank", "expected"),
    [
        ("Who put this at 7?", 7, "unspecified"),
        ("Who put this at 7? I adore it", 7, "too_low"),
        ("Rude, filthy, dangerous. Who put this at 7?", 7, "too_high"),
        ("Who put this awful dump at 7?", 7, "too_high"),
        ("Who put this at 2?", 2, "too_high"),
        ("Who put this at 2? I adore it", 2, "too_low"),
        ("Who put this at 1? I adore it", 1, "too_high"),
        ("Who put this at 7? Nope", 7, "too_high"),
    ],
)
def test_a_question_at_whoever_did_it_goes_by_what_is_felt(text: str, rank: int, expected: str) -> None:
    """Without any feeling only the first three have a direction."""
    assert [claim["stance"] for claim in claims(text, "Rome", rank, others=OTHERS)] == [expected]


def test_a_question_at_whoever_did_it_on_a_list_that_is_no_honour() -> None:
    """Who likes it wants it further down such a list."""
    (found,) = claims("Who put this at 7? I adore it", "Rome", 7, polarity="negative")
    assert found["stance"] == "too_high"


@pytest.mark.parametrize(
    ("text", "rank", "stance", "proposed"),
    [
        ("It belongs on the podium", 7, "too_low", [1, 3]),
        ("It belongs on the podium", 2, "right", [1, 3]),
        ("A podium place at least", 7, "too_low", [1, 3]),
        ("It should have made the podium", 7, "too_low", [1, 3]),
        ("Robbed of a podium finish", 7, "too_low", [1, 3]),
        ("Should be off the podium", 2, "too_high", [4, None]),
        ("It should just miss the podium", 2, "too_high", [4, None]),
        ("Not on the podium!", 2, "too_high", [4, None]),
        ("Not even top 10?!", 14, "too_low", [1, 10]),
        ("Not even on the podium?", 7, "too_low", [1, 3]),
    ],
)
def test_the_podium_is_the_first_three(text: str, rank: int, stance: str, proposed: list[int | None]) -> None:
    """On it is 1 to 3, off it is 4 or worse."""
    (found,) = claims(text, "Rome", rank, others=OTHERS)
    assert (found["stance"], found["proposed"]) == (stance, proposed)
