"""The number grammar: what each way of writing a rank means, and which numbers are no ranks at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.components.ranks import RankExpression, find_ranks


def found(text: str) -> list[tuple[str, int, int, str]]:
    """What is found, as (text, best, worst, form); form: m marked, t top, o a spelt ordinal that may be an adverb."""
    return [
        (
            text[rank.start : rank.end],
            rank.best,
            rank.worst,
            "m" * rank.marked + "t" * rank.top + "o" * rank.ordinal_word,
        )
        for rank in find_ranks(text)
    ]


def test_a_whole_expression() -> None:
    """All fields, offsets in characters of the text."""
    assert list(find_ranks("It's the top-5 now 🙂, not 2nd or 3rd")) == [
        RankExpression(start=9, end=14, best=1, worst=5, marked=True, top=True, ordinal_word=False),
        RankExpression(start=26, end=36, best=2, worst=3, marked=True, top=False, ordinal_word=False),
    ]


@pytest.mark.parametrize(
    ("text", "best", "worst", "form"),
    [
        # With a sign of its own.
        *[(text, 7, 7, "m") for text in ("7th", "#7", "# 7", "no.7", "no. 7", "No 7", "no7", "NO. 7", "n°7", "nº 7")],
        *[(text, 7, 7, "m") for text in ("№ 7", "nr. 7", "num 7", "number 7", "number seven", "Number Seven")],
        *[(text, 7, 7, "m") for text in ("number: 7", "number #7", "numero 7", "numbr 7", "no.seven", "7 th")],
        *[(text, 7, 7, "m") for text in ("position 7", "ranked 7", "rank: 7", "placed at 7", "spot #7", "slot 7")],
        *[
            (text, 7, 7, "m")
            for text in ("7th place", "7th spot", "seventh place", "seventh rank", "7 position", "#7th")
        ],
        ("numero uno", 1, 1, "m"),
        ("no. 700", 700, 700, "m"),
        ("1,000th", 1000, 1000, "m"),
        ("number 2000", 2000, 2000, "m"),
        # Spelt ordinals alone may be adverbs.
        ("first", 1, 1, "mo"),
        ("Second", 2, 2, "mo"),
        ("twenty-first", 21, 21, "mo"),
        ("ninety ninth", 99, 99, "mo"),
        ("hundredth", 100, 100, "mo"),
        # Bare numbers say nothing of themselves.
        ("7", 7, 7, ""),
        ("two", 2, 2, ""),
        ("forty-two", 42, 42, ""),
        ("1000", 1000, 1000, ""),
        # The top so many.
        *[(text, 1, 10, "mt") for text in ("top 10", "top ten", "top-ten", "Top-10", "top10", "top of the 10")],
        *[(text, 1, 10, "mt") for text in ("first ten", "first 10", "First-ten")],
        *[(text, 7, 7, "m") for text in ("n.7", "n. 7", "numba 7", "nummer 7", "7th-ish", "7thish")],
        *[(text, 7, 7, "") for text in ("7ish", "7-ish")],
        # Intervals.
        ("a two or a three"[2:], 2, 3, ""),
        ("2nd or maybe even 3rd", 2, 3, "m"),
        *[(text, 3, 4, "") for text in ("3 or 4", "4 or 3", "3-4", "3 - 4", "3–4", "3 to 4", "3 maybe 4")],
        *[(text, 3, 4, "m") for text in ("3rd or 4th", "third or fourth", "number 3 or 4", "no. 3-4", "#3 or #4")],
        *[(text, 3, 4, "m") for text in ("numbers 3 to 4", "no. 3, 4", "3rd or 4th place", "#3 - #4")],
        ("between 3 and 5", 3, 5, ""),
        ("somewhere between 3rd and 5th", 3, 5, "m"),
        ("number one or two", 1, 2, "m"),
    ],
)
def test_ways_of_writing_a_rank(text: str, best: int, worst: int, form: str) -> None:
    """The whole text is one expression."""
    assert found(text) == [(text, best, worst, form)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "24-hour market",
            "10/10",
            "I give it 9/10",
            "24/7",
            "3/4 of it",
            "a 1.5 hour drive",
            "version 2.0",
            "1,5 hours",
        ),
        *(
            "version 2.0",
            "1,5 hours",
            "$5",
            "€5",
            "£5",
            "5€",
            "5 $",
            "100%",
            "100 %",
            "7 percent",
            "5 per cent",
            "12:30",
            "+49",
            "-3",
        ),
        *("5km", "5 km", "3 miles", "40 000 people", "40,000", "7 million", "2 billion", "4k", "3D", "5G", "7x", "x7"),
        *("2019", "in 1999", "since 2007", "1001", "123456", "30°", "a 747x", "covid19", "7th7"),
        *("no one", "no two cities", "No One", "one", "only one", "one of them", "the one", "a hundred", "thousand"),
        *("0", "no. 0", "number 0", "0th", "number", "top", "between", "#", "rank", "", " "),
        *("second to last", "second-to-last", "third from the bottom", "second to none", "second last"),
        *("first-class", "second-best", "a one-way street", "stone", "ninety9", "oneself", "tenth-rate"),
    ],
)
def test_numbers_that_are_no_ranks(text: str) -> None:
    """Measures, scores, prices, years, times, fractions, amounts, pronouns."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "First one" and "first second" are no "first so many"; "last month" is a time.
        ("first one", [("first", 1, 1, "mo")]),
        ("first second", [("first", 1, 1, "mo"), ("second", 2, 2, "mo")]),
        ("5th last month", [("5th", 5, 5, "m")]),
        ("from 12 to 4", [("12", 12, 12, ""), ("4", 4, 4, "")]),
        ("from #12 to #4", [("#12", 12, 12, "m"), ("#4", 4, 4, "m")]),
        ("1, 2, 3", [("1", 1, 1, ""), ("2", 2, 2, ""), ("3", 3, 3, "")]),
        ("#1, #2", [("#1", 1, 1, "m"), ("#2", 2, 2, "m")]),
        ("1st and 2nd", [("1st", 1, 1, "m"), ("2nd", 2, 2, "m")]),
        ("top 5 or 6", [("top 5", 1, 5, "mt"), ("6", 6, 6, "")]),
        ("no.7? It should be no.700!", [("no.7", 7, 7, "m"), ("no.700", 700, 700, "m")]),
        ("$5 for number 2", [("number 2", 2, 2, "m")]),
        ("No one, but no. 1", [("no. 1", 1, 1, "m")]),
        ("2019: 9th of 10/10", [("9th", 9, 9, "m")]),
        ("(#1!)", [("#1", 1, 1, "m")]),
        ("between 3 and", [("3", 3, 3, "")]),
        # "May" is a month and a verb; the others are months however they are written.
        ("7th may be low, 7 may not", [("7th", 7, 7, "m"), ("7", 7, 7, "")]),
        ("7th of may, 7th May, May 7th, june 7, 7 june", []),
        # A time and a fraction, and places.
        ("a second, a second place, a close second", [("second place", 2, 2, "m"), ("second", 2, 2, "mo")]),
        ("a third of them, a third or fourth", [("third or fourth", 3, 4, "m")]),
        ("no 2 people, no 2 is right, no 1 cares", [("no 2", 2, 2, "m")]),
        ("the 90's, 90's a joke", [("90", 90, 90, "")]),
        ("podiums, a podium dancer, on the podium", [("podium", 1, 3, "mt")]),
        ("third on the podium", [("third", 3, 3, "mo"), ("podium", 1, 3, "mt")]),
        ("just outside the medals, a medal contender", [("medals", 1, 3, "mt"), ("medal contender", 1, 3, "mt")]),
        ("he won medals, a medal", []),
        ("ok with silver. Bronze! Give the gold", [("silver", 2, 2, "m"), ("Bronze", 3, 3, "m")]),
        ("take the gold.", [("gold", 1, 1, "m")]),
        ("a silver spoon, with silver jewelry, the gold rush", []),
        ("not in my ten, outside of ten", [("ten", 1, 10, "mt"), ("ten", 1, 10, "mt")]),
        ("in my worst thirty", [("thirty", 1, 30, "mt")]),
        ("third most boring? the third most boring road", [("third most boring", 3, 3, "m"), ("third", 3, 3, "mo")]),
        ("5 or $6", [("5", 5, 5, "")]),
    ],
)
def test_several_numbers(text: str, expected: list[tuple[str, int, int, str]]) -> None:
    """What is joined to one interval and what is not."""
    assert found(text) == expected


ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelt(number: int) -> str:
    """A number below 100 in words."""
    if number < 17:
        return ONES[number]
    if number < 20:
        return {17: "seventeen", 18: "eighteen", 19: "nineteen"}[number]
    return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")


def suffixed(number: int) -> str:
    """A number with its ordinal ending."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


ranks = st.integers(1, 999)
marks = st.sampled_from(
    ["#{}", "# {}", "no.{}", "no. {}", "No {}", "number {}", "num {}", "nr. {}", "rank {}", "spot {}"]
)
# Neither letters nor signs that belong to numbers, so that they may stand around any expression.
fillers = st.sampled_from(["", "it is ", "Madrid, ", "(", '"', "🙂 ", "é ", "\n", "well… ", "should be at "])
endings = st.sampled_from(["", "!", "?", ".", " please", ")", "\n", " 🙂", '"', "; but"])


@given(number=ranks, mark=marks, before=fillers, after=endings)
def test_marked_ranks_are_read_back(number: int, mark: str, before: str, after: str) -> None:
    """Any number, any sign, anything around it."""
    written = mark.format(number)
    assert found(before + written + after) == [(written, number, number, "m")]


@given(number=ranks, before=fillers, after=endings)
def test_ordinals_are_read_back(number: int, before: str, after: str) -> None:
    """First to 999th, with the ending that is theirs."""
    assert found(before + suffixed(number) + after) == [(suffixed(number), number, number, "m")]


@given(number=st.integers(2, 99), before=fillers, after=endings)
def test_numbers_in_words_are_read_back(number: int, before: str, after: str) -> None:
    """Two to ninety-nine, bare and with a sign."""
    assert found(before + spelt(number) + after) == [(spelt(number), number, number, "")]
    written = f"number {spelt(number)}"
    assert found(before + written + after) == [(written, number, number, "m")]


@given(worst=st.integers(2, 99), before=fillers, after=endings, words=st.booleans(), join=st.sampled_from(" -"))
def test_top_is_read_back(worst: int, before: str, after: str, words: bool, join: str) -> None:
    """The top N is 1 to N."""
    written = f"top{join}{spelt(worst) if words else worst}"
    assert found(before + written + after) == [(written, 1, worst, "mt")]


@given(
    best=ranks,
    more=st.integers(1, 50),
    join=st.sampled_from(["{} or {}", "{}-{}", "{} - {}", "{} to {}", "{}–{}", "between {} and {}"]),
    ordinals=st.booleans(),
    turned=st.booleans(),
    before=st.sampled_from(["", "it is ", "Madrid, ", "(", "🙂 "]),
    after=endings,
)
def test_intervals_are_read_back(
    best: int, more: int, join: str, ordinals: bool, turned: bool, before: str, after: str
) -> None:
    """Both ends, in whichever order they are written."""
    low, high = min(best, 949), min(best, 949) + more
    ends = (high, low) if turned else (low, high)
    written = join.format(*(suffixed(n) if ordinals else n for n in ends))
    assert found(before + written + after) == [(written, low, high, "m" if ordinals else "")]


@given(st.text())
def test_expressions_are_in_order_and_hold_a_sane_interval(text: str) -> None:
    """Whatever the text: left to right, not overlapping, never empty, best not worse than worst."""
    position = 0
    for rank in find_ranks(text):
        assert position <= rank.start < rank.end <= len(text)
        assert 1 <= rank.best <= rank.worst
        assert not rank.top or rank.best == 1
        position = rank.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not among the six best", ("six best", 1, 6, "mt")),
        ("in the 4 first ones", ("4 first ones", 1, 4, "mt")),
        ("one of the world's twenty best", ("twenty best", 1, 20, "mt")),
        ("why is it outside the ten?", ("ten", 1, 10, "mt")),
        ("get it into the 20, please", ("20", 1, 20, "mt")),
        ("somewhere in the low thirties", ("thirties", 30, 39, "")),
        ("put it in the 40s", ("40s", 40, 49, "")),
        ("worth single digits", ("single digits", 1, 9, "")),
        ("double-digit for me", ("double-digit", 10, 99, "")),
        ("a silver medal, please", ("silver medal", 2, 2, "m")),
        ("it deserves the gold!", ("gold", 1, 1, "m")),
        ("Bronze sounds fair", ("Bronze", 3, 3, "m")),
        ("my runner-up", ("runner-up", 2, 2, "m")),
        ("for me third worst.", ("third worst", 3, 3, "m")),
        ("fifty-ish", ("fifty-ish", 50, 50, "")),
    ],
)
def test_ranks_without_the_form_of_one(text: str, expected: tuple[str, int, int, str]) -> None:
    """The so many best, a medal, the thirties, a number of digits."""
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "gold rush",
        "the gold market",
        "silver jewellery",
        "a gold medal winner",
        "my late thirties",
        "the 1930s",
        "best",
    ],
)
def test_medals_and_decades_that_are_no_ranks(text: str) -> None:
    """Metals, ages and years."""
    assert found(text) == []
