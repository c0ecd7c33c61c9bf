"""The number grammar by generated cases, both ways: every form of a rank is read back with its interval and its span,
in text, in units and in a claim; what is written alike and is none gives no rank in any of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import claims

from commentlens.components.ranks import find_ranks
from commentlens.components.units import cut_units

ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINAL_ENDS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def spelt(number: int) -> str:
    """1 to 99 in words."""
    if number < 20:
        return ONES[number - 1]
    ten = TENS[number // 10 - 2]
    return ten + (f"-{ONES[number % 10 - 1]}" if number % 10 else "")


def spelt_ordinal(number: int) -> str:
    """First to ninety-ninth."""
    head, dash, last = spelt(number).rpartition("-")
    ending = ORDINAL_ENDS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{head}{dash}{ending}"


def suffixed(number: int) -> str:
    """1st to 999th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


class Written(NamedTuple):
    """A rank as written, and what it means."""

    text: str
    best: int
    worst: int


SIGNS = (
    "number {}", "Number {}", "number: {}", "no.{}", "no. {}", "No. {}", "No {}", "no{}", "NO{}", "#{}", "# {}",
    "nr {}", "nr. {}", "num {}", "numero {}", "n°{}", "№ {}", "rank {}", "ranked {}", "position {}", "spot {}",
)  # fmt: skip
JOINS = ("{} or {}", "{} or maybe {}", "{}-{}", "{} - {}", "{}–{}", "{} to {}", "between {} and {}")
TOPS = ("top {}", "top-{}", "Top {}", "TOP {}", "first {}")
PODIUM = ("podium", "Podium", "podium place", "podium finish", "podium spot")
small, numbers = st.integers(2, 99), st.integers(1, 999)


def one(form: str, number: int, said: str) -> Written:
    """A single rank in a form."""
    return Written(form.format(said), number, number)


@st.composite
def intervals(draw: st.DrawFn) -> Written:
    """Two ends in either order, in digits, ordinals or words, bare or after a sign."""
    best = draw(st.integers(2, 98))
    worst = draw(st.integers(best + 1, 99))
    ways: list[Callable[[int], str]] = [str, suffixed, spelt, spelt_ordinal]
    say = draw(st.sampled_from(ways))
    join = draw(st.sampled_from(JOINS))
    if say in (spelt, spelt_ordinal) and ("-" in join or "–" in join):
        join = "{} or {}"  # "twenty-one-thirty" is nobody's way of writing
    ends = [say(best), say(worst)]
    if draw(st.booleans()):
        ends.reverse()
    sign = draw(st.sampled_from(["{}", "number {}", "#{}"])) if say is str and "between" not in join else "{}"
    return Written(sign.format(join.format(*ends)), best, worst)


single = st.one_of(
    st.builds(lambda form, n: one(form, n, str(n)), st.sampled_from(SIGNS), numbers),
    st.builds(lambda form, n: one(form, n, spelt(n)), st.sampled_from(["{}", "number {}", "no. {}", "num {}"]), small),
    st.builds(lambda form, n: one(form, n, suffixed(n)), st.sampled_from(["{}", "{} place", "{} spot"]), numbers),
    st.builds(
        lambda form, n: one(form, n, spelt_ordinal(n)), st.sampled_from(["{}", "{} place", "{} position"]), small
    ),
    st.builds(lambda n: one("{}", n, str(n)), numbers),
    st.sampled_from([Written("numero uno", 1, 1), Written("number one", 1, 1), Written("first place", 1, 1)]),
)
tops = st.one_of(
    st.builds(lambda form, n: Written(form.format(n), 1, n), st.sampled_from(TOPS), numbers),
    st.builds(lambda form, n: Written(form.format(spelt(n)), 1, n), st.sampled_from(TOPS), small),
    st.builds(lambda text: Written(text, 1, 3), st.sampled_from(PODIUM)),
)
written = st.one_of(single, intervals(), tops)
# What may stand around a rank that stands alone: no letters or signs that belong to numbers.
befores = st.sampled_from(["", "it is ", "well, ", "(", '"', "🙂 ", "definitely ", "é… ", "I said\n", "at least "])
afters = st.sampled_from(["", "!", "?", ".", " please", ")", "\n", " 🙂", '"', "; but why", " for me", ", really"])


@given(rank=written, before=befores, after=afters)
def test_every_form_is_read_back(rank: Written, before: str, after: str) -> None:
    """One expression, exactly its characters, exactly its interval; and one unit that says so."""
    text = before + rank.text + after
    span = (len(before), len(before) + len(rank.text))
    assert [(r.start, r.end, r.best, r.worst) for r in find_ranks(text)] == [(*span, rank.best, rank.worst)]
    units = [unit for unit in cut_units(text, []) if unit.kind == "rank"]
    assert [(u.start, u.end, u.rank) for u in units] == [(*span, (rank.best, rank.worst))]
    assert units[0].norm in {"r", "n"}


@given(rank=written, listed=st.integers(1, 120), frame=st.sampled_from(["It should be {}", "Should be {}!"]))
def test_every_form_is_what_a_claim_proposes(rank: Written, listed: int, frame: str) -> None:
    """The direction is where the interval lies from the listed rank."""
    (claim,) = claims(frame.format(rank.text), "Rome", listed)
    inside = rank.best <= listed <= rank.worst
    assert claim["stance"] == ("right" if inside else "too_low" if rank.best < listed else "too_high")
    assert claim["proposed"] == [rank.best, rank.worst]


@given(number=small, form=st.sampled_from(["number {}", "no.{}", "#{}", "{}"]))
def test_at_least_so_high_names_that_rank(number: int, form: str) -> None:
    """ "At least 4" proposes the fourth."""
    (claim,) = claims(f"It should be at least {form.format(number)}", "Rome", 120)
    assert (claim["stance"], claim["proposed"]) == ("too_low", [number, number])


@pytest.mark.parametrize("place", ["last", "dead last", "at the very bottom", "in last place"])
def test_the_end_of_a_list_is_no_number(place: str) -> None:
    """Its rank hangs on the list's length; the direction is plain."""
    text = f"It should be {place}"
    assert list(find_ranks(text)) == []
    (claim,) = claims(text, "Rome", 7)
    assert (claim["stance"], claim["proposed"]) == ("too_high", None)


@pytest.mark.parametrize("place", ["in the middle", "somewhere in the middle", "mid-table"])
def test_the_middle_of_a_list_is_no_number(place: str) -> None:
    """Nor has it a direction without the list's length."""
    assert list(find_ranks(f"It should be {place}")) == []
    assert claims(f"It should be {place}", "Rome", 7) == []


MONTHS = ("May", "June", "of July", "of September", "december")
COUNTED = "hours minutes days weeks years people euros dollars stars km times bars percent million".split()
THINGS = "time floor avenue century visit airport university restaurant language night".split()
SERIES = "floor line gate terminal room route bus platform day week level zone age".split()
days = st.integers(1, 31).map(suffixed)
# As people write numbers that are no ranks.
NEAR = (
    st.builds("in {}".format, st.integers(1900, 2100)),
    st.builds("{}{}".format, numbers, st.sampled_from(["%", " %", " percent", "k", "km", "€", " $", "G", "pm", "°C"])),
    st.builds("{}{}".format, st.sampled_from(["$", "€", "£", "-", "+", "x", "B", "G"]), numbers),
    st.builds("{}:{:02}".format, st.integers(1, 23), st.integers(0, 59)),
    st.builds("{}.{}".format, st.integers(1, 99), st.integers(0, 9)),
    st.builds("{} {}".format, st.integers(2, 999), st.sampled_from(COUNTED)),
    st.builds(lambda n, thing: f"{spelt(n)} {thing}", small, st.sampled_from(COUNTED)),
    st.builds("{}-{} {}".format, st.integers(2, 5), st.integers(6, 9), st.sampled_from(COUNTED[:6])),
    st.builds("between {} and {} {}".format, st.integers(2, 5), st.integers(6, 9), st.sampled_from(COUNTED[:6])),
    st.builds("no {}{}".format, st.integers(2, 9), st.sampled_from(["G", "D", "k", "%"])),
    st.builds("no {} {}".format, st.integers(2, 99), st.sampled_from(COUNTED)),
    st.builds(lambda n, thing: f"{suffixed(n)} {thing}", numbers, st.sampled_from(THINGS)),
    st.builds(lambda n, thing: f"{spelt_ordinal(n)} {thing}", small, st.sampled_from(THINGS)),
    st.builds("#{} {}".format, numbers, st.sampled_from(THINGS[5:])),
    st.builds("number {} {}".format, numbers, st.sampled_from(THINGS[5:])),
    st.builds("{} {}".format, days, st.sampled_from(["of May", "of July", "of December", "July"])),
    st.builds("{} {}".format, st.sampled_from(["May", "June", "July", "on July"]), days),
    st.builds("{} {}".format, st.sampled_from(SERIES), st.integers(1, 200)),
    st.builds("{}/{}".format, st.integers(1, 31), st.integers(1, 31)),
    st.builds("{} out of {}".format, st.integers(1, 10), st.integers(10, 100)),
    st.builds("{} in {}".format, st.integers(1, 9), st.integers(2, 9)),
    st.builds("the {}{}".format, st.integers(2, 9).map(lambda n: 10 * n), st.sampled_from(["s", "'s", "’s"])),
    st.builds("{} of them".format, st.one_of(numbers.map(str), small.map(spelt))),
    st.builds(lambda n: f"a {spelt_ordinal(n)} of the people", st.integers(3, 10)),
    st.builds("top {}".format, st.sampled_from(["floor", "notch", "secret", "of the hill", "to bottom", "speed"])),
    st.sampled_from(["24/7", "9/11", "a second", "just a second", "per second", "first of all", "First off"]),
    st.sampled_from(["number of people", "the number of bars", "no. of rooms", "numbers", "no one", "No 1 cares"]),
    st.sampled_from(["last year", "the last time", "one of the best", "twice", "5'11", "covid-19", "second to none"]),
    st.sampled_from(["rank and file", "a place to be", "podiums", "a podium dancer", "first-class", "at first"]),
)  # fmt: skip


@settings(max_examples=400)
@given(
    near=st.one_of(NEAR),
    before=st.sampled_from(["", "It has ", "We saw ", "(", "well, "]),
    after=st.sampled_from(["", ".", "!", ")", " here", ", really"]),
)
def test_what_is_written_alike_stands_for_no_rank(near: str, before: str, after: str) -> None:
    """No unit that a rule could read as a rank of its own, and no claim."""
    text = before + near + after
    assert [unit for unit in cut_units(text, []) if unit.kind == "rank" and unit.norm != "a"] == []
    assert claims(text, "Rome", 7) == []


@settings(max_examples=400)
@given(
    near=st.one_of(NEAR),
    frame=st.sampled_from(["It needs {}", "You should be there {}", "There must be {}", "Who put {} there"]),
)
def test_what_is_written_alike_is_not_proposed(near: str, frame: str) -> None:
    """Not even after the words with which claims begin."""
    assert claims(frame.format(near), "Rome", 7) == []


@settings(max_examples=400)
@given(
    near=st.one_of(NEAR), frame=st.sampled_from(["It should be {}", "I'd put it at {}", "definitely {}", "Only {}?"])
)
def test_where_a_rank_would_stand_it_is_still_none(near: str, frame: str) -> None:
    """ "It should be 7 hours" proposes nothing."""
    assert [claim["proposed"] for claim in claims(frame.format(near), "Rome", 7) if claim["proposed"]] == []
