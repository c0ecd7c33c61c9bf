"""The tables of the HTML page: which columns they have, and each cell with the exact value beside what is shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from commentlens.render import figures, moods
from commentlens.render.consensus_text import interval, share
from commentlens.render.html_places import Slugs, list_slug
from commentlens.summary_consensus import ConsensusEntry
from commentlens.summary_records import CityRow, MoodFigures, Report

ROWS_SHOWN = 200
"""Rows of a table after which the page only says how many more there are; entries of a list are all shown."""


class ColumnHead(NamedTuple):
    """A column: what its cells hold (a key of the JSON report), its header, and what that means."""

    field: str
    header: str
    help: str


class ColumnGroup(NamedTuple):
    """Columns under a common header."""

    header: str
    columns: Sequence[ColumnHead]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure: the key and exact value of the JSON report, and how it is shown; ``tone`` is pos, neg or nothing."""

    field: str
    value: str
    text: str
    tone: str = ""


class MoodMark(NamedTuple):
    """Where the mood of a city and its interval stand on a scale from -1 to 1, in percent of its width."""

    low: float
    high: float
    at: float


CITY_GROUPS = (
    ColumnGroup(
        "Said",
        (
            ColumnHead("comments", "Comments", "comments under the entry; for other cities, comments that mention it"),
            ColumnHead("mentions", "Mentions", "times it is named in any comment"),
        ),
    ),
    ColumnGroup(
        "Mood of the voices",
        (
            ColumnHead("shrunk", "Mood", "mean mood of the voices from -1 to 1, drawn towards 0 where they are few"),
            ColumnHead("low", "from", "lower end of the 95 % interval"),
            ColumnHead("high", "to", "upper end of the 95 % interval"),
            ColumnHead("voices", "Voices", "voices behind the mood: a named author is one"),
            ColumnHead("net", "Net", "share of positive minus share of negative voices"),
        ),
    ),
    ColumnGroup(
        "Comments by mood",
        (
            ColumnHead("pos", "+", "comments with a positive mood towards it"),
            ColumnHead("neu", "~", "comments with a neutral mood towards it"),
            ColumnHead("neg", "−", "comments with a negative mood towards it"),
            ColumnHead("mood_comments", "n", "comments with a mood towards it"),
            ColumnHead("mood_mean", "Mean", "mean score of these comments, from -1 to 1"),
        ),
    ),
    ColumnGroup(
        "Its rank is",
        (
            ColumnHead("too_low", "▲", "voices that say it should stand higher"),
            ColumnHead("too_high", "▼", "voices that say it should stand lower"),
            ColumnHead("right", "=", "voices that agree with its rank"),
            ColumnHead("unspecified", "?", "voices that dispute its rank and name no direction"),
        ),
    ),
    ColumnGroup(
        "Crowd",
        (
            ColumnHead("crowd", "Rank", "rank that the crowd would give"),
            ColumnHead("change", "Change", "listed rank minus crowd's rank: positive is up"),
            ColumnHead("evidence", "Voices", "voices behind the crowd's rank"),
        ),
    ),
)
"""Columns of the figures of a city."""

RANKING = (
    ColumnHead("crowd", "Crowd", "rank that the crowd would give"),
    ColumnHead("change", "Change", "listed rank minus crowd's rank: positive is up"),
    ColumnHead("best", "Best", "best rank of the interval"),
    ColumnHead("worst", "Worst", "worst rank of the interval"),
    ColumnHead("above", "Above", "probability of a better rank than listed"),
    ColumnHead("voices", "Voices", "voices that say anything of its place"),
    ColumnHead("claims_up", "Up", "voices that claim a better rank"),
    ColumnHead("claims_down", "Down", "voices that claim a worse rank"),
    ColumnHead("claims_right", "Right", "voices that agree with the rank"),
    ColumnHead("comparisons", "Compared", "voices that compare it with another entry"),
    ColumnHead("moods", "Moods", "voices that have a mood towards it and neither claim nor compare"),
)
"""Columns of the crowd's ranking."""


def city_cells(row: CityRow) -> list[Cell]:
    """The cells under `CITY_GROUPS`."""
    mood, disputes = row.mood, row.disputes
    return [
        _count("comments", row.comments),
        _count("mentions", row.mentions),
        _score("shrunk", mood.shrunk),
        _score("low", mood.low, toned=False),
        _score("high", mood.high, toned=False),
        _count("voices", mood.voices),
        _score("net", mood.net),
        _count("pos", mood.pos),
        _count("neu", mood.neu),
        _count("neg", mood.neg),
        _count("mood_comments", mood.comments),
        _score("mood_mean", mood.mean),
        _count("too_low", disputes.too_low if disputes else None, tone="pos"),
        _count("too_high", disputes.too_high if disputes else None, tone="neg"),
        _count("right", disputes.right if disputes else None),
        _count("unspecified", disputes.unspecified if disputes else None),
        Cell("crowd", json.dumps(row.crowd), "" if row.crowd is None else str(row.crowd)),
        _change(row.change, row.evidence),
        _count("evidence", row.evidence),
    ]


def ranking_cells(row: ConsensusEntry) -> list[Cell]:
    """The cells under `RANKING`."""
    best, worst = row.interval or (None, None)
    return [
        Cell("crowd", json.dumps(row.crowd), figures.NOTHING if row.crowd is None else str(row.crowd)),
        _change(row.change, row.voices),
        _count("best", best),
        _count("worst", worst),
        Cell("above", json.dumps(row.above), share(row)),
        *(
            _count(name, getattr(row, name))
            for name in ("voices", "claims_up", "claims_down", "claims_right", "comparisons", "moods")
        ),
    ]


def mood_mark(mood: MoodFigures) -> MoodMark | None:
    """Where a mood stands on its scale; None without a mood."""
    if mood.shrunk is None or mood.low is None or mood.high is None:
        return None
    return MoodMark(*(round(50 + 50 * value, 1) for value in (mood.low, mood.high, mood.shrunk)))


def mood_said(mood: MoodFigures) -> str:
    """The mood of a city in words: ``+0.31, 95 %: +0.19 to +0.43, by 12 voices``."""
    return (
        f"{figures.signed(mood.shrunk).strip()}, 95 %: {moods.interval_words(mood)}, "
        f"by {figures.count(mood.voices, 'voice')}"
    )


@dataclass(frozen=True, slots=True)
class ListTables:
    """What the page shows of one list, or of what stands under none.

    ``id`` ends the ids of its elements. ``rows`` are shown as its table, ``hidden`` tells how many more there are.
    ``ranking`` has the crowd's ranking of its ranked entries.
    """

    id: str
    list_id: str | None
    title: str
    entries: str
    ranked: bool
    rows: Sequence[CityRow]
    hidden: int
    mentioned: Sequence[CityRow]
    mentioned_hidden: int
    ranking: Sequence[ConsensusEntry]


def list_tables(report: Report) -> list[ListTables]:
    """The report's lists in order, each with its rows."""
    rankings = {} if report.consensus is None else {item.list_id: item.entries for item in report.consensus.lists}
    tables = []
    for group in figures.groups_of_rows(report):
        list_id = next((row.list_id for row in (*group.rows, *group.mentioned)), None)
        entries = [row for row in group.rows if row.is_entry]
        others = [row for row in group.rows if not row.is_entry]
        tables.append(
            ListTables(
                id=list_slug(list_id),
                list_id=list_id,
                title=group.title,
                entries=group.entries,
                ranked=group.ranked,
                rows=[*entries, *others[:ROWS_SHOWN]],
                hidden=max(0, len(others) - ROWS_SHOWN),
                mentioned=group.mentioned[:ROWS_SHOWN],
                mentioned_hidden=max(0, len(group.mentioned) - ROWS_SHOWN),
                ranking=[row for row in rankings.get(list_id, ()) if row.listed is not None],
            )
        )
    return tables


def cities_to_choose(report: Report, slugs: Slugs) -> list[tuple[str, str]]:
    """Slugs and names for the filter by city, by name, of what is spoken of."""
    spoken = {slugs.of_row(row) for row in report.cities if row.comments or row.mentions or row.mood.comments}
    return sorted(((key, name) for key, name in slugs.names.items() if key in spoken), key=_by_name)


def ranking_interval(row: ConsensusEntry) -> str:
    """``2–9``: the ranks that hold the crowd's."""
    return interval(row)


def contradicted(report: Report) -> frozenset[str]:
    """Companies that comments put in different cities."""
    return frozenset(item.company for item in report.contradictions)


def shown(rows: Sequence[object]) -> Sequence[object]:
    """The rows that a table shows."""
    return rows[:ROWS_SHOWN]


def _by_name(item: tuple[str, str]) -> tuple[str, str]:
    return item[1].casefold(), item[0]


def _count(field: str, number: int | None, *, tone: str = "") -> Cell:
    return Cell(field, json.dumps(number), f"{number:,}" if number else "", tone)


def _score(field: str, score: float | None, *, toned: bool = True) -> Cell:
    text = "" if score is None else figures.signed(score).strip().replace("-", "−")
    return Cell(field, json.dumps(score), text, tone_of(score) if toned else "")


def _change(change: int | None, voices: int) -> Cell:
    """The change of a rank; that of an entry which only made room is not shown, as everywhere."""
    if not change or not voices:
        return Cell("change", json.dumps(change), "")
    sign = figures.UP if change > 0 else figures.DOWN
    return Cell("change", json.dumps(change), f"{sign}{abs(change)}", "pos" if change > 0 else "neg")


def tone_of(score: float | None) -> str:
    """``pos`` or ``neg``; nothing near 0 and without a score."""
    if score is None or abs(score) < 0.05:
        return ""
    return "pos" if score > 0 else "neg"
