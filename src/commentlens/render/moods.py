"""The mood towards a city for eyes: its figures in words, and tables by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

from rich.console import RenderableType
from rich.text import Text

from commentlens.render.columns import Column, table
from commentlens.render.console import Screen
from commentlens.render.figures import NOTHING, UNTITLED, count, list_names, mood_bar, signed
from commentlens.render.markdown import write_table
from commentlens.summary_records import CityRow, MoodFigures, Report

BY_MONTH = "Mood by month"
NO_DATE = "no date"
_NO_MONTHS = "No comment with a mood has a date that is read."
_MOST_MONTHS = 36
MOOD_COLUMNS = ("Mood", "95 %", "Voices", "Net", "Mean", "Pos, neu, neg")
"""Headers of `mood_cells`."""


class MonthRow(NamedTuple):
    """The mood towards a city in a month; ``of`` is the list's name, where there are several."""

    name: str
    of: str
    month: str
    mood: MoodFigures


def half_width(mood: MoodFigures) -> float | None:
    """How far the interval reaches from the shrunken mean, where it is not cut off at 1; None without a mood."""
    if mood.shrunk is None or mood.low is None or mood.high is None:
        return None
    return max(mood.shrunk - mood.low, mood.high - mood.shrunk)


def plus_minus(mood: MoodFigures) -> str:
    """``±0.12``; nothing without a mood."""
    half = half_width(mood)
    return "" if half is None else f"±{half:.2f}"


def mood_words(mood: MoodFigures) -> str:
    """``+0.31 ±0.12``, ``–`` without a mood."""
    return f"{signed(mood.shrunk).strip()} {plus_minus(mood)}".strip()


def interval_words(mood: MoodFigures) -> str:
    """``+0.19 to +0.43``; nothing without a mood."""
    if mood.low is None or mood.high is None:
        return ""
    return f"{signed(mood.low).strip()} to {signed(mood.high).strip()}"


def net_words(mood: MoodFigures) -> str:
    """``+0.50``; nothing without a mood."""
    return "" if mood.net is None else signed(mood.net).strip()


def split_words(mood: MoodFigures) -> str:
    """``2 pos, 1 neu, 0 neg``: comments by their label."""
    return f"{mood.pos} pos, {mood.neu} neu, {mood.neg} neg"


def mood_style(score: float | None) -> str:
    """Green above 0, red below, dim near it."""
    if score is None or abs(score) < 0.05:
        return "dim"
    return "green" if score > 0 else "red"


def mood_lines(mood: MoodFigures, screen: Screen) -> Iterator[str]:
    """The mood of a city in two lines: by voices, then net mood and the comments as they stand."""
    bar = "" if screen.plain else f"{mood_bar(mood.shrunk, 7)} "
    yield f"{bar}{mood_words(mood)} by {count(mood.voices, 'voice')} (95 %: {interval_words(mood)})"
    of_comments = f"{count(mood.comments, 'comment')}: mean {signed(mood.mean).strip()}, {split_words(mood)}"
    yield f"net {net_words(mood)} · {of_comments}"


def mood_cells(mood: MoodFigures) -> list[str]:
    """Cells of a markdown table, under `MOOD_COLUMNS`."""
    if not mood.comments:
        return [NOTHING, *[""] * (len(MOOD_COLUMNS) - 1)]
    return [
        signed(mood.shrunk).strip(),
        interval_words(mood),
        str(mood.voices),
        net_words(mood),
        signed(mood.mean).strip(),
        f"{mood.pos}, {mood.neu}, {mood.neg}",
    ]


def split_columns(moods: Sequence[MoodFigures], *, priority: int) -> list[Column]:
    """Net mood, and how many comments are pos, neu and neg."""
    net = [Text(net_words(mood), mood_style(mood.net)) for mood in moods]
    columns = [Column(header="Net", cells=net, priority=priority, justify="right")]
    for label, style in (("pos", "green"), ("neu", ""), ("neg", "red")):
        cells = [Text(str(getattr(mood, label) or ""), style) for mood in moods]
        columns.append(Column(header=label, cells=cells, priority=priority, justify="right"))
    return columns


def months_of_city(rows: Sequence[CityRow], screen: Screen) -> Iterator[RenderableType]:
    """A table of the months of one city, one for each of its rows; nothing where they were not asked for."""
    for row in rows:
        if row.months is None:
            continue
        yield Text()
        yield Text(f"{BY_MONTH}: {row.list or UNTITLED}" if len(rows) > 1 else BY_MONTH, style="bold")
        yield from _months([MonthRow("", "", item.month or NO_DATE, item.mood) for item in row.months], screen)


def months_view(report: Report, screen: Screen) -> Iterator[RenderableType]:
    """A table of all cities' months; nothing where they were not asked for."""
    if all(row.months is None for row in report.cities):
        return
    rows = month_rows(report)
    shown = rows if screen.plain else rows[:_MOST_MONTHS]
    yield Text()
    yield Text(BY_MONTH, style="bold")
    yield from _months(shown, screen)
    if len(shown) < len(rows):
        yield Text(f"… and {count(len(rows) - len(shown), 'more', 'more')}; --format json lists all", "dim")


def write_months_markdown(report: Report, file: TextIO) -> None:
    """The same as markdown."""
    if all(row.months is None for row in report.cities):
        return
    file.write(f"\n## {BY_MONTH}\n\n")
    rows = month_rows(report)
    if not any(row.month != NO_DATE for row in rows):
        file.write(f"{_NO_MONTHS}\n")
        return
    several = any(row.of for row in rows)
    head = ["City", *(["List"] if several else []), "Month", *MOOD_COLUMNS]
    cells = [[row.name, *([row.of] if several else []), row.month, *mood_cells(row.mood)] for row in rows]
    write_table(head, cells, file)


def dated_months(report: Report) -> list[MonthRow]:
    """The months of all cities; none where they were not asked for, or no comment has a date."""
    rows = month_rows(report)
    return rows if any(row.month != NO_DATE for row in rows) else []


def month_rows(report: Report) -> list[MonthRow]:
    """A row a city and month, cities as in the report; the list is said where there are several."""
    names = list_names(report) if len({row.list_id for row in report.cities}) > 1 else {}
    return [
        MonthRow(_full_name(row), names.get(row.list_id, ""), item.month or NO_DATE, item.mood)
        for row in report.cities
        for item in row.months or ()
    ]


def _full_name(row: CityRow) -> str:
    return f"{row.name}, {row.within}" if row.within else row.name


def _months(rows: Sequence[MonthRow], screen: Screen) -> Iterator[RenderableType]:
    if not any(row.month != NO_DATE for row in rows):
        yield Text(_NO_MONTHS, "dim")
        return
    moods = [row.mood for row in rows]
    styles = [mood_style(mood.shrunk) for mood in moods]
    bars = [
        Text("" if screen.plain else mood_bar(mood.shrunk, 7), style) for mood, style in zip(moods, styles, strict=True)
    ]
    numbers = [Text(signed(mood.shrunk), style) for mood, style in zip(moods, styles, strict=True)]
    columns = [
        Column(header="City", cells=[Text(row.name, "bold") for row in rows], flexible=True),
        Column(header="List", cells=[Text(row.of) for row in rows], priority=3, flexible=True),
        Column(header="Month", cells=[Text(row.month) for row in rows]),
        Column(header="Mood", cells=bars, priority=2),
        Column(header="Mood" if screen.plain else "", cells=numbers, justify="right"),
        Column(header="±", cells=[Text(plus_minus(mood)) for mood in moods], priority=1, justify="right"),
        Column(header="n", cells=[Text(str(mood.voices), "dim") for mood in moods], justify="right"),
        *split_columns(moods, priority=4),
    ]
    yield table(columns, screen.width)
