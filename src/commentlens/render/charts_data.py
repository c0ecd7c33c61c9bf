"""The rows that charts draw: the report's figures under the names that encodings and tooltips use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from commentlens.render.figures import list_names
from commentlens.summary_records import CityRow, Report

Row = dict[str, Any]

UP, DOWN, SAME, SILENT = MOVES = ("up", "down", "unchanged", "no evidence")
"""What the crowd does with an entry; ``no evidence``: nobody says anything of its place."""
POSITIVE, NEUTRAL, NEGATIVE = FEELINGS = ("positive", "neutral", "negative")
NO_MOOD = "no mood"


def title_of(report: Report, list_id: str | None) -> str:
    """What a list is called in titles; one list never as another."""
    names = list_names(report)
    return "all lists" if list_id is None and report.lists else names.get(list_id, names[None])


def slope_rows(report: Report, list_id: str | None) -> list[Row]:
    """A row an entry with both ranks: name, listed, crowd, change, move, voices, best and worst (null: no interval)."""
    rows: list[Row] = []
    if report.consensus is not None:
        for of_list in report.consensus.lists:
            for entry in of_list.entries if of_list.list_id == list_id else ():
                best, worst = entry.interval or (None, None)
                rows.append(
                    _slope(_full(entry.name, entry.within), entry.listed, entry.crowd, entry.change, entry.voices)
                    | {"best": best, "worst": worst}
                )
    else:
        rows = [
            _slope(_full(row.name, row.within), row.rank, row.crowd, row.change, row.evidence)
            | {"best": None, "worst": None}
            for row in _of(report, list_id)
        ]
    return [row for row in rows if row["listed"] is not None and row["crowd"] is not None]


def mood_rows(report: Report, list_id: str | None) -> list[Row]:
    """A row a city with a mood: name (each once), mood, low, high, comments, voices, positive, neutral, negative."""
    rows = [row for row in _of(report, list_id) if row.mood.comments]
    return [
        {
            "name": name,
            "mood": row.mood.shrunk,
            "low": row.mood.low,
            "high": row.mood.high,
            "voices": row.mood.voices,
            "comments": row.mood.comments,
            POSITIVE: row.mood.pos,
            NEUTRAL: row.mood.neu,
            NEGATIVE: row.mood.neg,
        }
        for name, row in zip(_told_apart(_full(row.name, row.within) for row in rows), rows, strict=True)
    ]


def map_rows(report: Report, list_id: str | None) -> list[Row]:
    """A row a city whose place is known, most comments first, so that small points lie on large ones."""
    rows = [row for row in _of(report, list_id) if row.latitude is not None and row.longitude is not None]
    return [
        {
            "name": _full(row.name, row.within),
            "country": row.country,
            "latitude": row.latitude,
            "longitude": row.longitude,
            "comments": row.comments,
            "mood": row.mood.shrunk,
            "feeling": _feeling(row.mood.shrunk),
        }
        for row in sorted(rows, key=lambda row: -row.comments)
    ]


def _slope(name: str, listed: int | None, crowd: int | None, change: int | None, voices: int) -> Row:
    move = SILENT if not voices else UP if (change or 0) > 0 else DOWN if (change or 0) < 0 else SAME
    return {"name": name, "listed": listed, "crowd": crowd, "change": change, "voices": voices, "move": move}


def _of(report: Report, list_id: str | None) -> list[CityRow]:
    return [row for row in report.cities if row.list_id == list_id]


def _full(name: str, within: str | None) -> str:
    return f"{name}, {within}" if within else name


def _feeling(mood: float | None) -> str:
    if mood is None:
        return NO_MOOD
    # As everywhere: what is written 0.00 is neither.
    return NEUTRAL if not round(mood, 2) else POSITIVE if mood > 0 else NEGATIVE


def _told_apart(names: Iterable[str]) -> Iterator[str]:
    """Names with numbers where one comes again: an axis has one place for each different word."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"
