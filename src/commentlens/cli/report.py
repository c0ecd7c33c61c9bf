"""``commentlens report``."""

from __future__ import annotations

from typing import Annotated

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
) -> None:
    """The summary: one row a city, the most disputed ranks, companies with their cities.

    \b
    Example:
      commentlens report page.txt
      commentlens report page.txt --format csv --output cities.csv
      commentlens report page.txt --consensus
      commentlens report page.txt --themes
    """
    from commentlens.cli.output import check_writable, shown, written
    from commentlens.cli.reports import counting_of, summed_up
    from commentlens.knowledge.aspects import Aspects
    from commentlens.summary_city_themes import with_themes
    from commentlens.summary_themes import ThemeCounter

    counting = counting_of(moods, format)
    counter = ThemeCounter(Aspects.load(aspects.aspects)) if themes or aspects.aspects else None
    check_writable(output.output)
    result = summed_up(
        source,
        reading,
        across_lists=across_lists,
        consensus=consensus,
        moods=counting,
        also=counter.add if counter else None,
    )
    result = with_themes(result, counter) if counter else result
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
