"""Companies that comments put in different cities, with the sentences that say so: terminal and markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from commentlens.render.console import Screen
from commentlens.render.figures import count, relation_words
from commentlens.render.markdown import write_table
from commentlens.summary_links import Contradiction, SaidPlace
from commentlens.summary_records import Report

TITLE = "Companies that are put in different cities"
_ABOUT = {"seat": "where it is", "founding": "where it was founded"}
_MOST_SHOWN = 8


def contradictions_view(report: Report, screen: Screen) -> Iterator[RenderableType]:
    """Each company, its cities, and the first sentence for each; nothing where nobody contradicts."""
    if not report.contradictions:
        return
    shown = report.contradictions if screen.plain else report.contradictions[:_MOST_SHOWN]
    yield Text()
    yield Text(TITLE, style="bold")
    for item in shown:
        head = Text.assemble((item.company, "bold"), f": {_ABOUT[item.about]}")
        yield Padding(head, (0, 0, 0, 2), expand=False)
        for place in item.places:
            said = Text.assemble(
                f"{said_place(place)}  ", (f"“{place.sentence}”", "italic"), (f"  {_by(place)}", "dim")
            )
            yield Padding(said, (0, 0, 0, 6), expand=False)
    if len(shown) < len(report.contradictions):
        yield Text(f"  … and {len(report.contradictions) - len(shown)} more; --format json lists all", "dim")


def write_contradictions_markdown(report: Report, file: TextIO) -> None:
    """The same as a markdown table, a row a city."""
    if not report.contradictions:
        return
    file.write(f"\n## {TITLE}\n\n")
    rows = [
        [item.company, _ABOUT[item.about], said_place(place), f"“{place.sentence}” ({place.comment})"]
        for item in report.contradictions
        for place in item.places
    ]
    write_table(["Company", "About", "Said to be in", "First sentence"], rows, file)


def said_place(place: SaidPlace) -> str:
    """``Stuttgart (located in, 2 voices)``."""
    relations = ", ".join(relation_words(relation) for relation in place.relations)
    return f"{place.city} ({relations}, {count(place.voices, 'voice')})"


def said_of(item: Contradiction) -> str:
    """What the cities are said to be to the company: ``BMW: where it is``."""
    return f"{item.company}: {_ABOUT[item.about]}"


def _by(place: SaidPlace) -> str:
    return f"{place.comment}, {place.author}" if place.author else place.comment
