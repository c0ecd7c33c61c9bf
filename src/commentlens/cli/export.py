"""``commentlens export``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from commentlens.cli.export_formats import FILE_WRITERS, TABULAR, TEXT_WRITERS, ExportFormat, ExportTable
from commentlens.cli.options import OutputOptions, ReadingOptions, SourceOptions, grouped

if TYPE_CHECKING:
    from pathlib import Path

    from commentlens.cli.sources import SourceStream


@grouped
def export(
    source: SourceOptions,
    reading: ReadingOptions,
    output: OutputOptions,
    format: Annotated[ExportFormat, typer.Option(help="What to write (docs/exports.md).")] = ExportFormat.jsonl,
    table: Annotated[
        ExportTable | None, typer.Option(help="With csv or parquet: a row an item instead of a row a comment.")
    ] = None,
) -> None:
    """The annotated comments as a file (jsonl: one record a line, see commentlens schema).

    \b
    Example:
      commentlens export page.txt --format jsonl --output page.annotated.jsonl
      commentlens export page.txt --format csv --table claims --output claims.csv
      commentlens export page.txt --format html --output page.html
      commentlens export page.txt --format labelstudio --output tasks.json
    """
    from commentlens.cli.output import completed, is_stdout, written
    from commentlens.cli.sources import SourceStream

    if table is not None and format not in TABULAR:
        raise typer.BadParameter(f"{format} has no tables: use --format csv or parquet.", param_hint="--table")
    stream = SourceStream(source)
    if format in FILE_WRITERS:
        with completed(None if is_stdout(output.output) else output.output) as path:
            if table is None:
                FILE_WRITERS[format]()(stream.annotated(reading), path)
            else:
                _table_parquet(table, stream, reading, path)
    else:
        with written(output.output) as file:
            if table is not None:
                _table_csv(table, stream, reading, file)
            elif format is ExportFormat.json:
                _json(source, stream, reading, file)
            elif format is ExportFormat.html:
                _html(stream, reading, file)
            else:
                TEXT_WRITERS[format]()(stream.annotated(reading), file)
    if format is ExportFormat.labelstudio and not is_stdout(output.output):
        _labelling_config(output)
    stream.note_set_aside()


def _labelling_config(output: OutputOptions) -> None:
    """The interface of Label Studio that the tasks are for, beside them: ``tasks.config.xml`` for ``tasks.json``."""
    from commentlens.cli.output import written
    from commentlens.render.labelstudio import labelling_config

    assert output.output is not None
    with written(output.output.with_suffix(".config.xml")) as file:
        file.write(labelling_config())


def _table_csv(table: ExportTable, stream: SourceStream, reading: ReadingOptions, file: TextIO) -> None:
    from commentlens.cli.reports import on_the_way
    from commentlens.render.export_csv import write_table_csv
    from commentlens.render.tables import TABLES

    write_table_csv(TABLES[table], *on_the_way(stream, reading), file)


def _table_parquet(table: ExportTable, stream: SourceStream, reading: ReadingOptions, path: Path) -> None:
    from commentlens.cli.reports import on_the_way
    from commentlens.render.export_parquet import write_table_parquet
    from commentlens.render.tables import TABLES

    write_table_parquet(TABLES[table], *on_the_way(stream, reading), path)


def _json(source: SourceOptions, stream: SourceStream, reading: ReadingOptions, file: TextIO) -> None:
    from commentlens import __version__
    from commentlens.cli.reports import on_the_way
    from commentlens.render.export import MadeFrom, write_json

    made_from = MadeFrom(
        version=__version__,
        sources=tuple(source.sources or ()),
        options={
            "rules_only": reading.rules_only,
            "mood_model": reading.mood_model.value,
            **({"implied": True} if reading.implied else {}),
            **{name: str(value) for name in _OWN_FILES if (value := getattr(reading, name)) is not None},
            **({"limit": source.limit} if source.limit is not None else {}),
        },
    )
    write_json(*on_the_way(stream, reading), made_from, file)


_OWN_FILES = ("model", "rules", "gazetteer", "lexicon")
"""Options that name a file of the user's; only those given are written."""


def _html(stream: SourceStream, reading: ReadingOptions, file: TextIO) -> None:
    from commentlens.cli.html import write_page
    from commentlens.cli.reports import on_the_way

    write_page(*on_the_way(stream, reading, consensus=True), file)
