"""``commentlens city``."""

from __future__ import annotations

from collections.abc import Sequence
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
    from commentlens.records import AnnotatedComment, Comment
    from commentlens.render.city_terminal import Traced


@grouped
def city(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A city (or other entry), written in any usual way.")],
    source: SourceOptions,
    reading: ReadingOptions,
    moods: MoodOptions,
    themes: AspectOptions,
    output: OutputOptions,
    showing: ShowOptions,
    why: Annotated[
        bool, typer.Option("--why", help="Below each mood the steps that led to it (docs/mood.md).")
    ] = False,
    format: Annotated[ViewFormat, typer.Option(help="How to show it; csv has its comments.")] = ViewFormat.table,
) -> None:
    """One city: its figures, themes and comments, marked up, and why.

    \b
    Example:
      commentlens city "New York" page.txt
      commentlens city nyc page.txt
      commentlens city nyc comments.csv --by-month --weight-by likes
      commentlens city nyc page.txt --why
    """
    from commentlens.cli.output import check_writable, shown, written
    from commentlens.cli.reports import counting_of, summed_up
    from commentlens.knowledge.aspects import Aspects
    from commentlens.knowledge.places import Places
    from commentlens.summary_city import CityCollector
    from commentlens.summary_themes import ThemeCounter

    if why and format is ViewFormat.csv:
        message = "csv has no place for steps: use --format json, markdown or table."
        raise typer.BadParameter(message, param_hint="--why")
    counting = counting_of(moods, format)
    counter = ThemeCounter(Aspects.load(themes.aspects))
    check_writable(output.output)
    collector = CityCollector(name, Places.load(reading.gazetteer), counter)
    as_read: list[Comment | None] = []

    def collect(comment: AnnotatedComment, read: Comment | None) -> None:
        if collector.add(comment):
            as_read.append(read)

    result = summed_up(source, reading, moods=counting, as_read=collect)
    view = collector.view(result)
    steps = _steps(as_read, reading, quiet=source.quiet) if why else []
    if format is ViewFormat.table:
        from commentlens.render.city_terminal import city_view

        shown(lambda screen: city_view(view, screen, steps), output.output, showing)
        return
    from commentlens.render.city_text import write_city_csv, write_city_json, write_city_markdown

    with written(output.output) as file:
        if format is ViewFormat.csv:
            write_city_csv(view, file)
        else:
            write = write_city_json if format is ViewFormat.json else write_city_markdown
            write(view, file, steps)


def _steps(as_read: Sequence[Comment | None], reading: ReadingOptions, *, quiet: bool) -> list[Traced | None]:
    """For each comment its moods with the steps that led to them, None where it was annotated elsewhere."""
    from commentlens.cli.output import note
    from commentlens.cli.sources import make_annotator

    here = [comment for comment in as_read if comment is not None]
    if elsewhere := len(as_read) - len(here):
        comments = "1 comment that was" if elsewhere == 1 else f"{elsewhere:,} comments that were"
        note(f"--why has no steps for {comments} annotated elsewhere: a record holds none", quiet=quiet)
    explained = make_annotator(reading).explain_moods(here)
    return [None if comment is None else next(explained) for comment in as_read]
