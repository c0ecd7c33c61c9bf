"""The report and its comments as one HTML page that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from commentlens.records import AnnotatedComment
from commentlens.render import contradictions, figures, moods
from commentlens.render.markup import BRACKETS, marks_of, segments
from commentlens.summary_records import Report


def write_html(report: Report, comments: Iterable[AnnotatedComment], version: str, file: TextIO) -> None:
    """Write the page.

    Args:
        report: the report.
        comments: written one after the other, marked up; grouped by entry where neighbours share one.
        version: of commentlens.
        file: where to write.
    """
    environment = Environment(
        loader=PackageLoader("commentlens.render"),
        autoescape=select_autoescape(["html", "j2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        figures=figures,
        contradictions=contradictions,
        moods=moods,
        segments=segments,
        marks_of=marks_of,
        brackets=BRACKETS,
        bar=_bar,
        mood_class=_mood_class,
    )
    stream = environment.get_template("report.html.j2").stream(
        report=report,
        groups=figures.groups_of_rows(report),
        names=figures.list_names(report),
        comments=comments,
        version=version,
    )
    stream.enable_buffering(50)
    file.writelines(stream)


def _bar(mean: float) -> tuple[float, float]:
    """Where the bar of a mood starts and how wide it is, in percent of its box; the middle is 0."""
    width = round(abs(mean) * 50, 1)
    return (50 - width if mean < 0 else 50, width)


def _mood_class(mean: float | None) -> str:
    if mean is None or abs(mean) < 0.05:
        return "neu"
    return "pos" if mean > 0 else "neg"
