"""What cities are praised and blamed for, for eyes."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from commentlens.render.columns import Column, table
from commentlens.render.console import Screen
from commentlens.render.figures import count
from commentlens.render.printable import printable
from commentlens.render.themes_text import HEADERS, TITLE, aspects, entries, judged, phrases, too_little
from commentlens.summary_records import Report
from commentlens.summary_themes import CityThemes
from commentlens.themes import LEAST_VOICES, ThemeMood

_STYLES: dict[ThemeMood, str] = {"praised": "green", "blamed": "red", "mixed": "yellow", "neutral": "dim"}
_MOST_CITIES = 30
_MOST_ASPECTS = 5


def themes_view(report: Report, screen: Screen) -> Iterator[RenderableType]:
    """A table, one row a city; nothing where the report has no themes."""
    report = printable(report)
    if report.themes is None:
        return
    yield Text()
    yield Text(TITLE, style="bold")
    rows = judged(report.themes)
    if not rows:
        yield Text(too_little(report.themes), "dim")
    listed = [row for row in report.themes.cities if row in rows or row.aspects]
    shown = listed if screen.plain else listed[:_MOST_CITIES]
    if not shown:
        return
    yield table(
        [
            Column(header=entries(report), cells=[Text(row.name, "bold") for row in shown], flexible=True),
            *(
                Column(
                    header=header,
                    cells=[Text(phrases(row, mood), _STYLES[mood]) for row in shown],
                    flexible=True,
                    priority=2 if mood == "mixed" else 0,
                )
                for mood, header in HEADERS.items()
            ),
            Column(
                header="Aspects",
                cells=[Text(aspects(row.aspects if screen.plain else row.aspects[:_MOST_ASPECTS])) for row in shown],
                flexible=True,
                priority=1 if rows else 0,
            ),
        ],
        screen.width,
    )
    if len(shown) < len(listed):
        yield Text(f"… and {len(listed) - len(shown)} more; --format json lists all", "dim")
    if not screen.plain:
        yield Text("phrases with their voices · aspects: sentences that praise (+), blame (-), do neither (~)", "dim")


def city_themes(row: CityThemes | None) -> Iterator[RenderableType]:
    """The lines of one city, each with its heading; nothing where nobody says anything of it."""
    if row is None:
        return
    for mood, header in {**HEADERS, "neutral": "Spoken of"}.items():
        if found := phrases(row, mood):
            yield Text.assemble((f"{header:<12}", "dim"), (found, _STYLES[mood] if mood != "neutral" else ""))
    if not row.themes:
        said = f"none: no phrase that {count(LEAST_VOICES, 'voice')} say"
        yield Text.assemble((f"{'Themes':<12}", "dim"), said)
    if row.aspects:
        yield Text.assemble((f"{'Aspects':<12}", "dim"), aspects(row.aspects))
