"""Moods added up: one voice an author, an interval that few voices leave wide, likes as weights, months."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from commentlens.records import AnnotatedComment, Entry, Mention, Mood, MoodLabel
from commentlens.summary import summarise
from commentlens.summary_moods import (
    NO_MOOD,
    PRIOR_SPREAD,
    PRIOR_VOICES,
    SPREAD_VOICES,
    MoodCounting,
    MoodTally,
    _quantile,
    month_of,
)
from commentlens.summary_records import CityRow, MonthMood, MoodFigures

SCORES = st.integers(-100, 100).map(lambda score: score / 100)


class NoPlaces:
    """A gazetteer that knows nothing."""

    def by_id(self, id: str) -> None:
        """As `Places.by_id`."""

    def resolve(self, name: str, within: str | None = None) -> None:
        """As `Places.resolve`."""

    def country_name(self, iso2: str) -> str | None:
        """As `Places.country_name`."""
        return iso2


def label_of(score: float) -> MoodLabel:
    """The label that a score has here."""
    return "pos" if score > 0 else "neg" if score < 0 else "neu"


def tally(said: Iterable[tuple[str | None, float] | tuple[str | None, float, float]]) -> MoodTally:
    """The tally of (author, score) and perhaps the weight."""
    result = MoodTally()
    for author, score, *weight in said:
        result.add(Mood(target="Oslo", label=label_of(score), score=score, implied=False), author, *weight)
    return result


def anonymous(scores: Sequence[float]) -> MoodFigures:
    """The figures of anonymous comments with these scores."""
    return tally((None, score) for score in scores).figures()


def width(figures: MoodFigures) -> float:
    """Of its interval."""
    assert figures.low is not None
    assert figures.high is not None
    return figures.high - figures.low


def by_voices(figures: MoodFigures) -> tuple[object, ...]:
    """What does not depend on the comments but on the voices."""
    return figures.voices, figures.net, figures.shrunk, figures.low, figures.high


def test_nobody_speaks() -> None:
    """No mood is no neutral mood."""
    assert MoodTally().figures() == NO_MOOD
    assert [getattr(NO_MOOD, item.name) for item in fields(MoodFigures)] == [
        None,
        0,
        0,
        0,
        0,
        0,
        None,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("scores", "counts", "net", "shrunk", "low", "high"),
    [
        # By hand, with t at 95 %: 1 voice: s² = (4 · 0.25 + 4 · 1/5 · 0.25) / 5, half = 2.5703 · √(s² / 5).
        ([0.5], (1, 0, 0), 1.0, 0.1, -0.4631, 0.6631),
        # 4 voices: s² = (4 · 0.25 + 4 · 0.25 + 4 · 4/8 · 0) / 8, half = 2.3060 · √(s² / 8).
        ([0.5, -0.5, 0.5, -0.5], (2, 0, 2), 0.0, 0.0, -0.4076, 0.4076),
        # 12 voices that all say 0.8: s² = (4 · 0.25 + 0 + 4 · 12/16 · 0.64) / 16, half = 2.1199 · √(s² / 16).
        ([0.8] * 12, (12, 0, 0), 1.0, 0.6, 0.3736, 0.8264),
        # No more than 1, however sure.
        ([1.0] * 100, (100, 0, 0), 1.0, 0.9615, 0.9196, 1.0),
        ([0.0, 0.0, -0.6], (0, 2, 1), -0.3333, -0.0857, -0.4721, 0.3007),
    ],
)
def test_the_formula(
    scores: list[float], counts: tuple[int, int, int], net: float, shrunk: float, low: float, high: float
) -> None:
    """That of docs/mood.md, and nothing else."""
    pos, neu, neg = counts
    assert anonymous(scores) == MoodFigures(
        mean=round(math.fsum(scores) / len(scores), 4),
        comments=len(scores),
        pos=pos,
        neu=neu,
        neg=neg,
        voices=len(scores),
        net=net,
        shrunk=shrunk,
        low=low,
        high=high,
    )


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ([("ann", 0.5)] * 10, [("ann", 0.5)]),
        ([("ann", 0.9), ("ann", 0.3)], [("ann", 0.6)]),
        ([("ann", 0.4), (None, -0.2)], [(None, 0.4), (None, -0.2)]),
        ([("ann", 0.5), ("bob", -0.5), ("ann", 0.5)], [("ann", 0.5), ("bob", -0.5)]),
        ([("ann", 0.5, 3.0), ("ann", 0.5, 5.0), ("bob", -0.5, 1.0)], [("ann", 0.5, 4.0), ("bob", -0.5, 1.0)]),
    ],
)
def test_one_author_is_one_voice(said: list[tuple[str, float]], same: list[tuple[str, float]]) -> None:
    """All comments of an author count as one with their mean; the comments are counted all the same."""
    assert by_voices(tally(said).figures()) == by_voices(tally(same).figures())
    assert tally(said).figures().comments == len(said)


@pytest.mark.parametrize("said", [[(None, 0.5)] * 2, [("ann", 0.5), ("bob", 0.5)], [("ann", 0.5), (None, 0.5)]])
def test_who_is_not_known_to_be_one_is_two(said: list[tuple[str | None, float]]) -> None:
    """Anonymous comments are a voice each, and other authors of course."""
    assert tally(said).figures().voices == 2
    assert by_voices(tally(said).figures()) != by_voices(anonymous([0.5]))


@given(st.lists(SCORES, min_size=1, max_size=12))
def test_ten_comments_of_one_author_say_what_their_mean_says(scores: list[float]) -> None:
    """Whatever their number."""
    ten = tally(("ann", score) for score in scores).figures()
    mean = math.fsum(scores) / len(scores)

    assert ten.voices == 1
    assert ten.shrunk == pytest.approx(mean / (1 + PRIOR_VOICES), abs=2e-4)
    assert by_voices(ten)[2:] == pytest.approx(by_voices(anonymous([mean]))[2:], abs=2e-4)


@given(st.lists(SCORES, min_size=1, max_size=20), st.integers(2, 4))
def test_more_voices_narrow_the_interval(scores: list[float], times: int) -> None:
    """The same said by more people: nearer to their mean, and surer of it."""
    few, many = anonymous(scores), anonymous(scores * times)

    assert width(many) < width(few)
    assert few.shrunk is not None
    assert many.shrunk is not None
    assert abs(many.shrunk) >= abs(few.shrunk)
    assert many.net == few.net


@given(
    st.lists(st.tuples(st.sampled_from([None, "ann", "bob", "cem"]), SCORES, st.floats(1, 12)), min_size=1),
    st.randoms(),
)
def test_the_order_of_the_comments_does_not_matter(
    said: list[tuple[str | None, float, float]], chance: random.Random
) -> None:
    """Nor how they are divided between tables that are put together; what is shown lies in the interval."""
    shuffled = chance.sample(said, len(said))
    apart, rest = tally(said[::2]), tally(said[1::2])
    apart.absorb(rest)
    figures = tally(said).figures()

    assert figures == tally(shuffled).figures() == apart.figures()
    assert figures.low is not None
    assert figures.shrunk is not None
    assert figures.high is not None
    assert figures.net is not None
    assert -1 <= figures.low <= figures.shrunk <= figures.high <= 1
    assert -1 <= figures.net <= 1


@pytest.mark.parametrize("voices", [1, 2, 5, 20])
def test_the_interval_holds_as_often_as_it_says(voices: int) -> None:
    """In worlds drawn from the model: 95 times in 100, for few voices as for many."""
    chance = random.Random(voices)
    worlds, held = 3_000, 0
    for _ in range(worlds):
        deviates = math.fsum(chance.gauss() ** 2 for _ in range(SPREAD_VOICES))
        spread = PRIOR_SPREAD * math.sqrt(SPREAD_VOICES / deviates)
        true = chance.gauss(0, spread / math.sqrt(PRIOR_VOICES))
        figures = anonymous([chance.gauss(true, spread) for _ in range(voices)])
        assert figures.low is not None
        assert figures.high is not None
        held += figures.low <= min(max(true, -1), 1) <= figures.high

    assert 0.94 <= held / worlds <= 0.96


@pytest.mark.parametrize("voices", [1, 2, 5, 20])
def test_the_interval_holds_in_a_world_like_the_shipped_list(voices: int) -> None:
    """Cities 0.22 apart around 0, voices 0.41 apart, scores cut to [-1, 1]: not less often than it says."""
    chance = random.Random(100 + voices)
    worlds, held = 2_000, 0
    for _ in range(worlds):
        true = chance.gauss(0, 0.22)
        figures = anonymous([min(max(chance.gauss(true, 0.41), -1), 1) for _ in range(voices)])
        assert figures.low is not None
        assert figures.high is not None
        held += figures.low <= true <= figures.high

    assert 0.945 <= held / worlds <= 1


@pytest.mark.parametrize("freedom", [5, 5.5, 6, 8, 12, 30, 200, 10_000])
def test_students_t(freedom: float) -> None:
    """As SciPy has it."""
    assert _quantile(freedom) == pytest.approx(stdtrit(freedom, 0.975), abs=3e-4)


@pytest.mark.parametrize(
    ("likes", "weight"), [(None, 1), (-7, 1), (0, 1), (1, 1 + math.log(2)), (99, 1 + math.log(100))]
)
def test_likes_as_weights(likes: int | None, weight: float) -> None:
    """1 + ln(1 + likes) where that is asked for; else everything weighs 1."""
    assert MoodCounting(by_likes=True).weight(likes) == pytest.approx(weight)
    assert MoodCounting().weight(likes) == 1


def test_likes_move_the_mean_and_make_no_voices() -> None:
    """A voice with many likes counts for more, but the interval does not become that of a crowd."""
    even, liked = tally([(None, 0.8), (None, -0.8)]).figures(), tally([(None, 0.8, 6.0), (None, -0.8, 1.0)]).figures()

    assert even.shrunk == 0
    assert liked.shrunk is not None
    assert liked.shrunk > 0.1
    assert liked.net == pytest.approx(5 / 7, abs=1e-4)
    assert liked.voices == 2
    assert (liked.mean, liked.pos, liked.neg) == (even.mean, even.pos, even.neg)
    assert by_voices(tally([(None, 0.8, 6.0)]).figures()) == by_voices(anonymous([0.8]))


@pytest.mark.parametrize(
    ("created", "month"),
    [
        (None, None),
        ("", None),
        ("2024-05-03T10:00:00Z", "2024-05"),
        ("2024-05", "2024-05"),
        ("2024/5/3", "2024-05"),
        ("2024-13-01", None),
        ("2024", None),
        ("20240503", None),
        ("May 3, 2024", "2024-05"),
        ("Sept. 12th 2019 at 10:00", "2019-09"),
        ("3 May 2024", "2024-05"),
        ("Fri, 03 May 2024 10:00:00 GMT", "2024-05"),
        ("December 2011", "2011-12"),
        ("03/05/2024", None),
        ("5 months ago", None),
        ("maybe 2024", None),
        ("3 Mai 2024", None),
        ("yesterday", None),
    ],
)
def test_the_month_of_a_date(created: str | None, month: str | None) -> None:
    """What can be told for sure."""
    assert month_of(created) == month


LISBON, OSLO = Entry(name="Lisbon", rank=1), Entry(name="Oslo", rank=2)


def comment(score: float, *, under: Entry = OSLO, **given: object) -> AnnotatedComment:
    """A comment with a mood towards Oslo."""
    base = AnnotatedComment(
        id="c",
        text="xyz",
        list="Harbours",
        entry=under,
        mentions=(Mention(start=0, end=1, text="x", label="CITY", name="Oslo", via="test"),),
        moods=(Mood(target="Oslo", label=label_of(score), score=score, implied=False),),
    )
    return replace(base, **given)  # type: ignore[arg-type]


def oslo(comments: Sequence[AnnotatedComment], **given: object) -> CityRow:
    """Its row of the report."""
    report = summarise(comments, [], NoPlaces(), **given)  # type: ignore[arg-type]
    return next(row for row in report.cities if row.name == "Oslo")


def test_an_author_is_one_voice_under_all_entries() -> None:
    """Of a list, and of several that are added up."""
    said = [comment(0.6, author="ann"), comment(0.2, author="ann", under=LISBON), comment(-0.4)]
    other = [*said, comment(0.4, author="ann", list="Ports")]

    assert by_voices(oslo(said).mood) == by_voices(tally([("ann", 0.4), (None, -0.4)]).figures())
    assert by_voices(oslo(other, across_lists=True).mood) == by_voices(oslo(said).mood)


def test_likes_weigh_only_where_that_is_asked_for() -> None:
    """And the report says so."""
    said = [comment(0.8, likes=200), comment(-0.8, likes=-3)]
    weighted = MoodCounting(by_likes=True)

    assert by_voices(oslo(said).mood) == by_voices(anonymous([0.8, -0.8]))
    assert by_voices(oslo(said, moods=weighted).mood) == by_voices(
        tally([(None, 0.8, 1 + math.log(201)), (None, -0.8)]).figures()
    )
    assert summarise(said, [], NoPlaces()).header.moods_weighted_by is None
    assert summarise(said, [], NoPlaces(), moods=weighted).header.moods_weighted_by == "likes"


def test_months_are_there_where_they_were_asked_for() -> None:
    """Earliest first, what has no date last; one author is one voice a month."""
    said = [
        comment(0.5, created="2024-05-03", author="ann"),
        comment(-0.5, created="5 days ago"),
        comment(0.3, created="2023-12-31", under=LISBON),
        comment(0.1, created="May 9, 2024", author="ann"),
    ]

    assert oslo(said).months is None
    assert oslo(said, moods=MoodCounting(by_month=True)).months == (
        MonthMood(month="2023-12", mood=anonymous([0.3])),
        MonthMood(month="2024-05", mood=tally([("ann", 0.5), ("ann", 0.1)]).figures()),
        MonthMood(month=None, mood=anonymous([-0.5])),
    )
    assert oslo(said, moods=MoodCounting(by_month=True)).mood == oslo(said).mood
