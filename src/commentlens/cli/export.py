"""``commentlens export``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from commentlens.cli.options import OutputOptions, ReadingOptions, SourceOptions, grouped

if TYPE_CHECKING:
    from pathlib import Path

    from commentlens.cli.sources import SourceStream
    from commentlens.records import AnnotatedComment
    from commentlens.summary_records import Report


class ExportFormat(StrEnum):
    """Values of ``--format``."""

    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    parquet = "parquet"
    spacy = "spacy"
    labelstudio = "labelstudio"
    html = "html"


@grouped
def export(
    source: SourceOptions,
    reading: ReadingOptions,
    output: OutputOptions,
    format: Annotated[ExportFormat, typer.Option(help="What to write.")] = ExportFormat.jsonl,
) -> None:
    """The annotated comments as a file (jsonl: one record a line, see commentlens schema).

    \b
    Example:
      commentlens export page.txt --format jsonl --output page.annotated.jsonl
      commentlens export page.txt --format html --output page.html
    """
    from commentlens.cli.output import completed, is_stdout
    from commentlens.cli.sources import SourceStream

    stream = SourceStream(source)
    comments = stream.annotated(reading)
    if format in (ExportFormat.parquet, ExportFormat.spacy):
        with completed(None if is_stdout(output.output) else output.output) as path:
            _binary(format)(comments, path)
    else:
        _write_text(format, stream, comments, output)
    stream.note_set_aside()


def _binary(format: ExportFormat) -> Callable[[Iterator[AnnotatedComment], Path], int]:
    if format is ExportFormat.spacy:
        from commentlens.docbin import write_docbin

        return write_docbin
    from commentlens.render.export_parquet import write_parquet

    return write_parquet


def _write_text(
    format: ExportFormat, stream: SourceStream, comments: Iterator[AnnotatedComment], output: OutputOptions
) -> None:
    from commentlens import __version__
    from commentlens.cli.output import written
    from commentlens.render.export import write_csv, write_json, write_jsonl, write_labelstudio

    with written(output.output) as file:
        if format is ExportFormat.json:
            reported, report = _on_the_way(stream, comments)
            write_json(reported, report, __version__, file)
        elif format is ExportFormat.html:
            from commentlens.cli.spool import spooled
            from commentlens.render.html_page import write_html

            reported, report = _on_the_way(stream, comments)
            with spooled(reported) as again:
                write_html(next(report), again, __version__, file)
        else:
            write = {
                ExportFormat.jsonl: write_jsonl,
                ExportFormat.csv: write_csv,
                ExportFormat.labelstudio: write_labelstudio,
            }[format]
            write(comments, file)


def _on_the_way(
    stream: SourceStream, comments: Iterator[AnnotatedComment]
) -> tuple[Iterator[AnnotatedComment], Iterator[Report]]:
    """The same comments, and a report that is complete when they have all been taken."""
    from commentlens.knowledge.places import Places
    from commentlens.summary import Summariser

    places = Places.load()
    summariser = Summariser(places)

    def passed_on() -> Iterator[AnnotatedComment]:
        for comment in comments:
            summariser.add(comment)
            yield comment

    def report() -> Iterator[Report]:
        for ranked_list in stream.known_lists(places):
            summariser.add_list(ranked_list)
        yield summariser.report(len(stream.set_aside))

    return passed_on(), report()
