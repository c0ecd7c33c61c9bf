"""``commentlens report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commentlens.cli.options import (
    AspectOptions,
    MoodOptions,
    OutputOptions,
    ReadingOptions,
    ShowOptions,
    SourceOptions,
    ViewFormat,
    grouped,
)

if TYPE_CHECKING:
    from commentlens.summary_moods import MoodCounting
    from commentlens.summary_records import Report


@grouped
def report(
    source: SourceOptions,
    reading: ReadingOptions,
    moods: MoodOptions,
    aspects: AspectOptions,
    output: OutputOptions,
    showing: ShowOptions,
    format: Annotated[
        ViewFormat, typer.Option(help="How to show it; csv has the rows of the cities.")
    ] = ViewFormat.table,
    across_lists: Annotated[bool, typer.Option("--across-lists", help="Add up several lists.")] = False,
    consensus: Annotated[
        bool, typer.Option("--consensus", help="With the crowd's ranking: intervals, and what it rests on.")
    ] = False,
    themes: Annotated[
        bool, typer.Option("--themes", help="With what each city is praised and blamed for; --aspects implies it.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="PATH", help="Write it as an HTML page too (docs/html.md), with all of these."),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar="FILE",
            help="Draw ranks and moods of each list too, as .svg or .png (docs/charts.md).",
        ),
    ] = None,
    html_comments: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Comments that the page lists; else 20,000.")
    ] = None,
) -> None:
    """The summary: one row a city, the most disputed ranks, companies with their cities.

    \b
    Example:
      commentlens report page.txt
      commentlens report page.txt --format csv --output cities.csv
      commentlens report page.txt --consensus
      commentlens report page.txt --themes
      commentlens report page.txt --html report.html
      commentlens report page.txt --plot report.svg
    """
    from dataclasses import replace

    from commentlens.cli.output import check_apart, check_writable, shown, written
    from commentlens.cli.reports import counting_of, summed_up
    from commentlens.knowledge.aspects import Aspects
    from commentlens.summary_city_themes import with_themes
    from commentlens.summary_themes import ThemeCounter

    counting = counting_of(moods, format)
    with_these = themes or aspects.aspects is not None
    check_writable(output.output)
    check_apart(output=output.output, html=html, plot=plot)
    if plot is not None:
        _check_plot(plot)
    if html is not None:
        check_writable(html)
        whole = _with_page(source, reading, counting, aspects, html, across_lists=across_lists, most=html_comments)
    else:
        counter = ThemeCounter(Aspects.load(aspects.aspects)) if with_these else None
        whole = summed_up(
            source,
            reading,
            across_lists=across_lists,
            consensus=consensus or plot is not None,
            moods=counting,
            also=counter.add if counter else None,
        )
        whole = with_themes(whole, counter) if counter else whole
    if plot is not None:
        _draw(whole, plot)
    result = replace(
        whole, consensus=whole.consensus if consensus else None, themes=whole.themes if with_these else None
    )
    if format is ViewFormat.table:
        from commentlens.render.report_terminal import report_view

        shown(lambda screen: report_view(result, screen), output.output, showing)
        return
    from commentlens.render.report_text import write_report_csv, write_report_json, write_report_markdown

    write = {
        ViewFormat.markdown: write_report_markdown,
        ViewFormat.json: write_report_json,
        ViewFormat.csv: write_report_csv,
    }[format]
    with written(output.output) as file:
        write(result, file)


def _check_plot(path: Path) -> None:
    from commentlens.cli.output import check_writable, is_stdout
    from commentlens.errors import CommentlensError
    from commentlens.render.plot import check_plot

    if is_stdout(path):
        raise CommentlensError("--plot needs the name of a file, such as report.svg; stdout has the report.")
    check_plot(path)
    check_writable(path)


def _draw(report: Report, path: Path) -> None:
    from commentlens.cli.output import completed
    from commentlens.render.plot import plot

    picture = plot(report, path)
    with completed(path) as part:
        part.write_bytes(picture)


def _with_page(
    source: SourceOptions,
    reading: ReadingOptions,
    counting: MoodCounting,
    aspects: AspectOptions,
    html: Path,
    *,
    across_lists: bool,
    most: int | None,
) -> Report:
    """Write the HTML page; the report that it shows."""
    from commentlens.cli.html import write_page
    from commentlens.cli.output import is_stdout, written
    from commentlens.cli.reports import on_the_way
    from commentlens.cli.sources import SourceStream

    if is_stdout(html):
        message = "stdout is where the report goes: name a file, or use export --format html for the page alone."
        raise typer.BadParameter(message, param_hint="--html")
    stream = SourceStream(source)
    comments, report = on_the_way(stream, reading, across_lists=across_lists, consensus=True, moods=counting)
    with written(html) as file:
        result = write_page(comments, report, file, aspects=aspects.aspects, most=most)
    stream.note_set_aside()
    return result
