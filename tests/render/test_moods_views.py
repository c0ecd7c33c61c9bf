"""Moods for eyes: figures in words, and by month."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from test_views import LIST, NoPlaces, comments, on_terminal, plain

from commentlens.records import AnnotatedComment
from commentlens.render.console import PLAIN
from commentlens.render.moods import (
    interval_words,
    months_of_city,
    months_view,
    mood_cells,
    mood_words,
    net_words,
    plus_minus,
)
from commentlens.render.report_text import write_report_markdown
from commentlens.summary import summarise
from commentlens.summary_moods import NO_MOOD, MoodCounting
from commentlens.summary_records import MonthMood, MoodFigures, Report

MOOD = MoodFigures(
    mean=0.4, comments=5, pos=3, neu=1, neg=1, voices=4, net=0.5, shrunk=0.1949, low=-0.2, high=0.59
)  # fmt: skip
SURE = replace(MOOD, shrunk=0.9615, low=0.92, high=1.0)
ZERO = replace(MOOD, shrunk=-0.001, low=-0.3, high=0.298, net=0.0)
DATES = ("2023-12-30", "2024-02-01T10:00:00Z", "Feb 9, 2024", None, "3 weeks ago", "2024-02-03", "2024-02-29")


@pytest.mark.parametrize(
    ("mood", "words", "half", "interval", "net"),
    [
        (MOOD, "+0.19 ±0.40", "±0.40", "-0.20 to +0.59", "+0.50"),
        (SURE, "+0.96 ±0.04", "±0.04", "+0.92 to +1.00", "+0.50"),
        (ZERO, "0.00 ±0.30", "±0.30", "-0.30 to +0.30", "0.00"),
        (NO_MOOD, "–", "", "", ""),
    ],
)
def test_words(mood: MoodFigures, words: str, half: str, interval: str, net: str) -> None:
    """With their signs; an interval that is cut off at 1 is as wide as its other side."""
    assert (mood_words(mood), plus_minus(mood), interval_words(mood), net_words(mood)) == (words, half, interval, net)


@pytest.mark.parametrize(
    ("mood", "cells"),
    [(MOOD, ["+0.19", "-0.20 to +0.59", "4", "+0.50", "+0.40", "3, 1, 1"]), (NO_MOOD, ["–", "", "", "", "", ""])],
)
def test_markdown_cells(mood: MoodFigures, cells: list[str]) -> None:
    """One for each header."""
    assert mood_cells(mood) == cells


def dated(dates: tuple[str | None, ...] = DATES) -> list[AnnotatedComment]:
    """The sample with these dates."""
    return [replace(comment, created=date) for comment, date in zip(comments(), dates, strict=True)]


def report(said: list[AnnotatedComment], *, by_month: bool = True) -> Report:
    """Its report."""
    return summarise(said, [LIST], NoPlaces(), moods=MoodCounting(by_month=by_month))


def markdown(of: Report) -> str:
    """As markdown."""
    file = io.StringIO()
    write_report_markdown(of, file)
    return file.getvalue()


def test_months_in_a_table() -> None:
    """Each city with its months, the earliest first, what has no date last."""
    assert plain(months_view(report(dated()), PLAIN)).splitlines()[1:6] == [
        "Mood by month",
        "City          Month     Mood      ±  n    Net  pos  neu  neg",
        "────────────────────────────────────────────────────────────",
        "Lisbon        2023-12  +0.12  ±0.58  1  +1.00    1",
        "Lisbon        2024-02  -0.06  ±0.53  1  -1.00              1",
    ]


@pytest.mark.parametrize("width", [50, 80])
def test_months_fit_a_terminal(width: int) -> None:
    """With bars where there is room; `on_terminal` looks at the width."""
    text = on_terminal(lambda screen: months_view(report(dated()), screen), width)

    assert "2023-12" in text
    assert ("│" in text) == (width == 80)


def test_long_months_are_shortened_on_a_terminal_only() -> None:
    """And it says where the rest is."""
    months = tuple(MonthMood(month=f"20{year}-01", mood=MOOD) for year in range(10, 60))
    whole = report(dated())
    many = replace(whole, cities=(replace(whole.cities[0], months=months), *whole.cities[1:]))

    assert "… and 21 more; --format json lists all" in on_terminal(lambda screen: months_view(many, screen), 100)
    assert "more" not in plain(months_view(many, PLAIN))


def test_months_as_markdown() -> None:
    """After the cities."""
    assert "| Lisbon | 2023-12 | +0.12 | -0.46 to +0.70 | 1 | +1.00 | +0.59 | 1, 0, 0 |" in markdown(report(dated()))


def test_no_dates_are_told() -> None:
    """A table of nothing says nothing."""
    undated = report(dated((None,) * 7))

    assert "No comment with a mood has a date that is read." in plain(months_view(undated, PLAIN))
    assert "No comment with a mood has a date that is read." in markdown(undated)


def test_months_are_shown_where_they_were_asked_for() -> None:
    """Only there."""
    without = report(dated(), by_month=False)

    assert plain(months_view(without, PLAIN)) == ""
    assert "Mood by month" not in markdown(without)


def test_the_months_of_one_city() -> None:
    """A table for each list that it stands in, with its name; one alone needs none."""
    (row,) = (row for row in report(dated()).cities if row.name == "Lisbon")
    other = replace(row, list="Busiest Ports", list_id="ports")

    alone = plain(months_of_city([row], PLAIN)).splitlines()
    both = plain(months_of_city([row, other, replace(row, months=None)], PLAIN)).splitlines()

    assert alone[1:3] == ["Mood by month", "Month     Mood      ±  n    Net  pos  neg"]
    assert [line for line in both if "Mood by" in line] == [
        "Mood by month: Best Harbour Cities",
        "Mood by month: Busiest Ports",
    ]
