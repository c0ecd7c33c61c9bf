"""How figures are written."""

from __future__ import annotations

import pytest

from commentlens.corpus.formulas import defused
from commentlens.records import RankInterval
from commentlens.render.figures import count, interval, mood_bar, proposals, signed
from commentlens.render.printable import printable
from commentlens.summary_records import Proposal, Quote


@pytest.mark.parametrize(
    ("score", "bar"),
    [
        (None, "    │    "),
        (0.0, "    │    "),
        (-0.004, "    │    "),
        (-0.006, "   ▐│    "),
        (1.0, "    │████"),
        (-1.0, "████│    "),
        (0.5, "    │██  "),
        (0.4, "    │█▌  "),
        (-0.4, "  ▐█│    "),
        (0.01, "    │▌   "),
        (-0.01, "   ▐│    "),
    ],
)
def test_a_mood_bar_goes_both_ways_from_the_middle(score: float | None, bar: str) -> None:
    """Half cells; what is not zero is seen."""
    assert mood_bar(score, 4) == bar


@pytest.mark.parametrize(
    ("score", "expected"), [(None, "–"), (0.0, " 0.00"), (-0.001, " 0.00"), (0.416, "+0.42"), (-1.0, "-1.00")]
)
def test_scores_have_signs(score: float | None, expected: str) -> None:
    """There is no -0.00."""
    assert signed(score) == expected


@pytest.mark.parametrize(
    ("proposed", "expected"),
    [((1, 1), "no. 1"), ((1, 2), "1–2"), ((1, 5), "top 5"), ((3, 4), "3–4"), ((11, None), "11 or more")],
)
def test_intervals_in_words(proposed: RankInterval, expected: str) -> None:
    """As one would say them."""
    assert interval(proposed) == expected


def test_proposals_say_how_many_where_it_is_more_than_one() -> None:
    """In the order given."""
    rows = [Proposal(best=1, worst=1, voices=2), Proposal(best=3, worst=4, voices=1)]

    assert proposals(rows) == "no. 1 (2), 3–4"


@pytest.mark.parametrize(("number", "expected"), [(0, "0 entries"), (1, "1 entry"), (1200, "1,200 entries")])
def test_counting(number: int, expected: str) -> None:
    """With the right plural."""
    assert count(number, "entry", "entries") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-cmd", "'-cmd"),
        ("@here", "'@here"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("a=1", "a=1"),
        ("", ""),
        (-0.5, -0.5),
        (None, None),
    ],
)
def test_formulas_are_defused(value: object, expected: object) -> None:
    """Texts only; numbers stay numbers."""
    assert defused(value) == expected


def test_escape_sequences_do_not_reach_the_terminal() -> None:
    """One character for one, so that offsets stay right; line breaks and tabs stay."""
    quote = Quote(comment="c", author=None, sentence="a\x1b[2J\u202eb\x9b\n\tc", start=0, rule="r")

    assert printable((quote, ["\x07", {"k\x00": 1}])) == (
        Quote(comment="c", author=None, sentence="a\ufffd[2J\ufffdb\ufffd\n\tc", start=0, rule="r"),
        ["\ufffd", {"k\ufffd": 1}],
    )
