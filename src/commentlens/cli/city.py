"""``commentlens city``."""

from __future__ import annotations

from typing import Annotated

import typer

from commentlens.cli.options import (
    AspectOptions,
    MoodOptions,
    OutputOptions,
    ReadingOptions,
    SourceOptions,
    ViewFormat,
    grouped,
)


@grouped
def city(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A city (or other entry), written in any usual way.")],
    source: SourceOptions,
    reading: ReadingOptions,
    moods: MoodOptions,
    themes: AspectOptions,
    output: OutputOptions,
    format: Annotated[ViewFormat, typer.Option(help="How to show it; csv has its comments.")] = ViewFormat.table,
) -> None:
    """One city: its figures, themes and comments, marked up, and why.

    \b
    Example:
      commentlens city "New York" page.txt
      commentlens city nyc page.txt
      commentlens city nyc comments.csv --by-month --weight-by likes
    """
    from commentlens.cli.output import check_writable, shown, written
    from commentlens.cli.reports import counting_of, summed_up
    from commentlens.knowledge.aspects import Aspects
    from commentlens.knowledge.places import Places
    from commentlens.summary_city import CityCollector
    from commentlens.summary_themes import ThemeCounter

    counting = counting_of(moods, format)
    counter = ThemeCounter(Aspects.load(themes.aspects))
    check_writable(output.output)
    collector = CityCollector(name, Places.load(reading.gazetteer), counter)
    result = summed_up(source, reading, moods=counting, also=collector.add)
    view = collector.view(result)
    if format is ViewFormat.table:
        from commentlens.render.city_terminal import city_view

        shown(lambda screen: city_view(view, screen), output.output)
        return
    from commentlens.render.city_text import write_city_csv, write_city_json, write_city_markdown

    write = {
        ViewFormat.markdown: write_city_markdown,
        ViewFormat.json: write_city_json,
        ViewFormat.csv: write_city_csv,
    }[format]
    with written(output.output) as file:
        write(view, file)
