"""The themes of a report's cities: what was counted, with the names, titles and order that only the report knows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from commentlens.knowledge.names import fold
from commentlens.summary_records import Report
from commentlens.summary_themes import CityThemes, ThemeCounter, Themes


def with_themes(report: Report, counter: ThemeCounter) -> Report:
    """The report with what its cities are praised and blamed for, counted of the same comments."""
    return replace(report, themes=themes_of(report, counter))


def themes_of(report: Report, counter: ThemeCounter) -> Themes:
    """Themes in the order of the report's cities; no name of a city and no word of a list's title is among them."""
    names = [row.name for row in report.cities]
    titles = [item.title for item in report.lists if item.title is not None]
    return counter.themes(order=names, names=names, titles=titles)


def themes_of_city(report: Report, counter: ThemeCounter, keys: Collection[str]) -> CityThemes | None:
    """Themes of the city whose folded name is among the keys, of several the one with most comments; None for none."""
    found = [row for row in themes_of(report, counter).cities if fold(row.name) in keys]
    return max(found, key=lambda row: row.comments, default=None)
