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
    if format in (ExportFormat.parquet, ExportFormat.spacy):
        with completed(None if is_stdout(output.output) else output.output) as path:
            _binary(format)(stream.annotated(reading), path)
    else:
        _write_text(format, stream, reading, output)
    stream.note_set_aside()


def _binary(format: ExportFormat) -> Callable[[Iterator[AnnotatedComment], Path], int]:
    if format is ExportFormat.spacy:
        from commentlens.docbin import write_docbin

        return write_docbin
    from commentlens.render.export_parquet import write_parquet

    return write_parquet


def _write_text(format: ExportFormat, stream: SourceStream, reading: ReadingOptions, output: OutputOptions) -> None:
    from commentlens import __version__
    from commentlens.cli.output import written
    from commentlens.cli.reports import on_the_way
    from commentlens.render.export import write_csv, write_json, write_jsonl, write_labelstudio

    with written(output.output) as file:
        if format is ExportFormat.json:
            comments, report = on_the_way(stream, reading)
            write_json(comments, report, __version__, file)
        elif format is ExportFormat.html:
            from commentlens.cli.spool import spooled
            from commentlens.render.html_page import write_html

            comments, report = on_the_way(stream, reading)
            with spooled(comments) as again:
                write_html(report(), again, __version__, file)
        else:
            write = {
                ExportFormat.jsonl: write_jsonl,
                ExportFormat.csv: write_csv,
                ExportFormat.labelstudio: write_labelstudio,
            }[format]
            write(stream.annotated(reading), file)
