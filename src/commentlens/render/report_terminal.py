"""The report for eyes: header, one row a city, the most disputed entries, companies with their cities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from commentlens.render.columns import Column, table
from commentlens.render.consensus_terminal import consensus_view
from commentlens.render.console import Screen
from commentlens.render.contradictions import contradictions_view
from commentlens.render.figures import (
    AGREE,
    DOWN,
    MENTIONED,
    NOTHING,
    STANCE_SIGNS,
    UNCLEAR,
    UNTITLED,
    UP,
    company_city,
    count,
    crowd_rank,
    dispute_line,
    groups_of_rows,
    header_facts,
    list_names,
    mood_bar,
    signed,
)
from commentlens.render.moods import months_view, mood_style, plus_minus, split_columns
from commentlens.render.printable import printable
from commentlens.render.sparks import spark
from commentlens.render.themes_terminal import themes_view
from commentlens.summary_records import CityRow, CompanyRow, DisputeRow, ListSummary, Report

_MOST_DISPUTED = 8
_MOST_MENTIONED = 15
_ROOM_FOR_SPARKS = 100
"""Columns of a screen below which no distribution is shown."""


def report_view(report: Report, screen: Screen) -> Iterator[RenderableType]:
    """The parts of the report, top to bottom."""
    report = printable(report)
    yield from _header(report)
    groups = groups_of_rows(report)
    for group in groups:
        yield Text()
        if len(groups) > 1:
            yield Text(group.title, style="bold")
            yield Text()
        yield from city_table(group.rows, screen, name=group.entries)
        if group.mentioned:
            yield Text()
            yield Text(MENTIONED, style="bold")
            yield from city_table(group.mentioned, screen, name="Name")
    yield from months_view(report, screen)
    yield from consensus_view(report, screen)
    yield from themes_view(report, screen)
    names = list_names(report)
    disputed = [row for row in report.disputes if row.stance != "right"]
    yield from _disputed(disputed, screen, names if len(report.lists) > 1 else {})
    yield from _companies(report.companies, screen, names if len({row.list_id for row in report.companies}) > 1 else {})
    yield from contradictions_view(report, screen)


def city_table(rows: Sequence[CityRow], screen: Screen, *, name: str = "City") -> Iterator[RenderableType]:
    """The table of cities (``name``: what the list's entries are), and under it what its signs mean."""
    entries = [row for row in rows if row.is_entry]
    others = [row for row in rows if not row.is_entry]
    shown = others if screen.plain or not entries else others[:_MOST_MENTIONED]
    rows = [*entries, *shown]
    breaks = [len(entries) - 1] if entries and shown else []
    yield table(_columns(rows, screen, name), screen.width, breaks=breaks)
    if len(shown) < len(others):
        yield Text(f"… and {count(len(others) - len(shown), 'more', 'more')} mentioned; --format csv lists all", "dim")
    if not screen.plain and any(row.disputes for row in rows):
        unclear = any(row.disputes and row.disputes.unspecified for row in rows)
        signs, places = (f" {UNCLEAR}", ", another") if unclear else ("", "")
        legend = f"{UP} {DOWN} {AGREE}{signs} voices for a better, a worse, this{places} place"
        yield Text(f"{legend} · n voices behind the mood", "dim")


def dispute_parts(row: DisputeRow, *, quotes: int, of: str | None = None) -> Iterator[RenderableType]:
    """One disputed entry (``of``: the list's name, to show): who says what about its rank, and the sentences."""
    style = {"too_low": "green", "too_high": "red"}.get(row.stance, "yellow")
    head = Text.assemble(
        (STANCE_SIGNS[row.stance], style), " ", (row.entry, "bold"), dispute_line(row)[len(row.entry) :]
    )
    if of:
        head.append(f" · {of}", "dim")
    yield Padding(head, (0, 0, 0, 2), expand=False)
    for quote in row.quotes[:quotes]:
        by = f", {quote.author}" if quote.author else ""
        said = Text.assemble((f"“{quote.sentence}”", "italic"), (f"  {quote.comment}{by}", "dim"))
        yield Padding(said, (0, 0, 0, 6), expand=False)


def _header(report: Report) -> Iterator[RenderableType]:
    if len(report.lists) == 1:
        (only,) = report.lists
        yield Text(_title(only, only.title or UNTITLED), style="bold")
        if only.description:
            yield Text(only.description, style="dim")
    elif report.lists:
        names = list_names(report)
        for item in report.lists:
            yield Text.assemble(
                (_title(item, names[item.list_id]), "bold"),
                f"  {count(item.entries, 'entry', 'entries')}, {count(item.comments, 'comment')}",
            )
    yield Text(" · ".join(header_facts(report.header)))


def _title(item: ListSummary, title: str) -> str:
    return f"{title} (a negative list: no. 1 is no honour)" if item.polarity == "negative" else title


def _columns(rows: Sequence[CityRow], screen: Screen, name: str) -> list[Column]:
    half = 7 if screen.width is None or screen.width >= 120 else 4
    narrow = screen.width is not None and screen.width < 96
    countries = [(row.country_code if narrow else row.country) or "" for row in rows]

    def voices(stance: str, style: str) -> list[Text]:
        numbers = [getattr(row.disputes, stance) if row.disputes else 0 for row in rows]
        return [Text(str(number) if number else "", style) for number in numbers]

    def numbers(values: Sequence[int]) -> list[Text]:
        return [Text(f"{value:,}", "" if value else "dim") for value in values]

    moods = [row.mood for row in rows]
    blank = [Text() for _ in rows]
    columns = [
        Column(
            header="#",
            cells=[_rank(row) for row in rows] if any(row.rank is not None for row in rows) else blank,
            justify="right",
        ),
        Column(header=name, cells=[_name(row) for row in rows], flexible=True),
        Column(header="" if narrow else "Country", cells=[Text(country) for country in countries], priority=5),
        Column(
            header="Cmts" if narrow else "Comments",
            cells=numbers([row.comments for row in rows]),
            priority=4,
            justify="right",
        ),
        Column(
            header="Ment" if narrow else "Mentions",
            cells=numbers([row.mentions for row in rows]),
            priority=6,
            justify="right",
        ),
    ]
    if not screen.plain:
        bars = [Text(mood_bar(mood.shrunk, half) if mood.comments else "", mood_style(mood.shrunk)) for mood in moods]
        columns.append(Column(header="Mood", cells=bars))
    columns += [
        Column(
            header="Mood" if screen.plain else "",
            cells=[Text(signed(mood.shrunk), mood_style(mood.shrunk)) for mood in moods],
            justify="right",
        ),
        Column(header="±", cells=[Text(plus_minus(mood)) for mood in moods], priority=7, justify="right"),
        Column(header="n", cells=[Text(str(mood.voices or ""), "dim") for mood in moods], justify="right"),
        *split_columns(moods, priority=9),
    ]
    if not screen.plain and screen.width is not None and screen.width >= _ROOM_FOR_SPARKS:
        sparks = [Text(spark((mood.neg, mood.neu, mood.pos), ascii=screen.ascii), "dim") for mood in moods]
        columns.append(Column(header="-0+", cells=sparks, priority=10))
    for stance, sign, words, style in (
        ("too_low", UP, "Too low", "green"),
        ("too_high", DOWN, "Too high", "red"),
        ("right", AGREE, "Right", ""),
        ("unspecified", UNCLEAR, "Disputed", "yellow"),
    ):
        cells = voices(stance, style)
        columns.append(Column(header=words if screen.plain else sign, cells=cells, priority=1, justify="right"))
    columns += [
        Column(header="Crowd", cells=[_crowd(row) for row in rows], priority=2),
        Column(header="Companies", cells=[Text(", ".join(row.companies)) for row in rows], priority=8, flexible=True),
    ]
    return columns


def _rank(row: CityRow) -> Text:
    return Text(str(row.rank) if row.rank is not None else NOTHING, "dim" if row.rank is None else "")


def _name(row: CityRow) -> Text:
    name = Text(row.name, "bold" if row.comments or row.mentions else "dim")
    if row.within:
        name.append(f", {row.within}", "dim")
    return name


def _crowd(row: CityRow) -> Text:
    if row.crowd is None:
        return Text("")
    if not row.evidence or not row.change:
        return Text(crowd_rank(row), "" if row.evidence else "dim")
    return Text(crowd_rank(row), "green" if row.change > 0 else "red")


def _disputed(rows: Sequence[DisputeRow], screen: Screen, names: Mapping[str | None, str]) -> Iterator[RenderableType]:
    if not rows:
        return
    shown = rows if screen.plain else rows[:_MOST_DISPUTED]
    yield Text()
    yield Text("Most disputed", style="bold")
    for row in shown:
        yield from dispute_parts(row, quotes=1, of=names.get(row.list_id))
    if len(shown) < len(rows):
        yield Text(f"  … and {len(rows) - len(shown)} more: commentlens disputes", "dim")


def _companies(rows: Sequence[CompanyRow], screen: Screen, names: Mapping[str | None, str]) -> Iterator[RenderableType]:
    if not rows:
        return
    shown = rows if screen.plain else rows[: 2 * _MOST_MENTIONED]
    yield Text()
    yield table(
        [
            Column(header="Company", cells=[Text(row.company, "bold") for row in shown], flexible=True),
            Column(header="Mentions", cells=[Text(f"{row.mentions:,}") for row in shown], priority=2, justify="right"),
            Column(header="Comments", cells=[Text(f"{row.comments:,}") for row in shown], priority=1, justify="right"),
            Column(
                header="Cities",
                cells=[Text(", ".join(company_city(city) for city in row.cities)) for row in shown],
                flexible=True,
            ),
            *(
                [Column(header="List", cells=[Text(names[row.list_id]) for row in shown], flexible=True)]
                if names
                else []
            ),
        ],
        screen.width,
    )
    if len(shown) < len(rows):
        yield Text(f"… and {len(rows) - len(shown)} more; --format json lists all", "dim")
