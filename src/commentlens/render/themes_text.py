"""What cities are praised and blamed for, as markdown and as columns of CSV, and how themes are written everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TextIO

from commentlens.knowledge.names import fold
from commentlens.render.figures import count
from commentlens.render.markdown import write_table
from commentlens.summary_records import Report
from commentlens.summary_themes import AspectCount, CityThemes, Themes
from commentlens.themes import ThemeMood

TITLE = "What is praised and what is blamed"
HEADERS: Mapping[ThemeMood, str] = {"praised": "Praised for", "blamed": "Blamed for", "mixed": "Both"}
THEME_COLUMNS = ["praised_for", "blamed_for", "mixed", "aspects"]
"""Columns that a CSV of the report has at its end, where it was made with themes."""


def phrases(row: CityThemes, mood: ThemeMood) -> str:
    """``old bridge (5), coffee (2)``: themes of one mood, with their voices."""
    return ", ".join(f"{theme.phrase} ({theme.voices})" for theme in row.themes if theme.mood == mood)


def aspects(rows: Sequence[AspectCount]) -> str:
    """``transit +5 -2, price -7 ~3``: sentences that praise (+), that blame (-), and that do neither (~)."""
    return ", ".join(f"{row.aspect} {_counts(row)}" for row in rows)


def entries(report: Report) -> str:
    """What the column of names is called: not all lists are of cities."""
    return "City" if all((item.kind or "city") == "city" for item in report.lists) else "Name"


def judged(themes: Themes) -> list[CityThemes]:
    """Cities that are praised or blamed for something."""
    return [row for row in themes.cities if any(theme.mood != "neutral" for theme in row.themes)]


def too_little(themes: Themes) -> str:
    """Said where no city has a theme."""
    voices = count(themes.least_voices, "voice")
    return f"No phrase is praised or blamed by {voices} for one name: too few comments to tell themes."


def write_themes_markdown(report: Report, file: TextIO) -> None:
    """A heading and two tables, themes and aspects; nothing where the report has no themes."""
    if report.themes is None:
        return
    file.write(f"\n## {TITLE}\n\n")
    rows = judged(report.themes)
    if rows:
        cells = [[row.name, *(phrases(row, mood) for mood in HEADERS)] for row in rows]
        write_table([entries(report), *HEADERS.values()], cells, file)
    else:
        file.write(f"{too_little(report.themes)}\n")
    spoken = [row for row in report.themes.cities if row.aspects]
    if spoken:
        file.write("\n## Aspects\n\n")
        write_table(
            [entries(report), "Sentences that praise (+), blame (-), do neither (~)"], _aspect_rows(spoken), file
        )


def theme_cells(name: str, by_name: Mapping[str, CityThemes]) -> list[object]:
    """The cells of `THEME_COLUMNS` for one row of the report, by the folded name of its city."""
    row = by_name.get(fold(name))
    if row is None:
        return [None] * len(THEME_COLUMNS)
    return [*(phrases(row, mood) for mood in HEADERS), aspects(row.aspects)]


def by_name(themes: Themes) -> dict[str, CityThemes]:
    """The cities by their folded names."""
    return {fold(row.name): row for row in themes.cities}


def _aspect_rows(rows: Sequence[CityThemes]) -> list[list[str]]:
    return [[row.name, aspects(row.aspects)] for row in rows]


def _counts(row: AspectCount) -> str:
    signed = [f"{sign}{number}" for sign, number in (("+", row.pos), ("-", row.neg)) if number]
    return " ".join([*signed, *([f"~{row.neu}"] if row.neu else [])])
