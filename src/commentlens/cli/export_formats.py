"""The formats of ``commentlens export``: each once, with what writes it, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

if TYPE_CHECKING:
    from commentlens.records import AnnotatedComment

    TextWriter: TypeAlias = Callable[[Iterator[AnnotatedComment], TextIO], int]
    FileWriter: TypeAlias = Callable[[Iterator[AnnotatedComment], Path], int]


class ExportFormat(StrEnum):
    """Values of ``--format``."""

    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    parquet = "parquet"
    markdown = "markdown"
    spacy = "spacy"
    conll = "conll"
    doccano = "doccano"
    prodigy = "prodigy"
    labelstudio = "labelstudio"
    html = "html"


class ExportTable(StrEnum):
    """Values of ``--table``; `render.tables` has their columns."""

    cities = "cities"
    companies = "companies"
    mentions = "mentions"
    moods = "moods"
    claims = "claims"
    comparisons = "comparisons"
    links = "links"


def _jsonl() -> TextWriter:
    from commentlens.render.export import write_jsonl

    return write_jsonl


def _csv() -> TextWriter:
    from commentlens.render.export_csv import write_csv

    return write_csv


def _parquet() -> FileWriter:
    from commentlens.render.export_parquet import write_parquet

    return write_parquet


def _spacy() -> FileWriter:
    from commentlens.docbin import write_docbin

    return write_docbin


def _markdown() -> TextWriter:
    from commentlens.render.export_markdown import write_markdown

    return write_markdown


def _conll() -> TextWriter:
    from commentlens.render.export_conll import write_conll

    return write_conll


def _doccano() -> TextWriter:
    from commentlens.render.export_labelled import write_doccano

    return write_doccano


def _prodigy() -> TextWriter:
    from commentlens.render.export_labelled import write_prodigy

    return write_prodigy


def _labelstudio() -> TextWriter:
    from commentlens.render.labelstudio import write_labelstudio

    return write_labelstudio


TEXT_WRITERS: dict[ExportFormat, Callable[[], TextWriter]] = {
    ExportFormat.jsonl: _jsonl,
    ExportFormat.csv: _csv,
    ExportFormat.markdown: _markdown,
    ExportFormat.conll: _conll,
    ExportFormat.doccano: _doccano,
    ExportFormat.prodigy: _prodigy,
    ExportFormat.labelstudio: _labelstudio,
}
"""Formats that are text and need nothing but the comments; they may go to stdout."""

FILE_WRITERS: dict[ExportFormat, Callable[[], FileWriter]] = {
    ExportFormat.parquet: _parquet,
    ExportFormat.spacy: _spacy,
}
"""Formats that are no text and need a file."""

REPORTED = (ExportFormat.json, ExportFormat.html)
"""Formats that hold the report too: `cli.export` writes them."""
TABULAR = (ExportFormat.csv, ExportFormat.parquet)
"""Formats that ``--table`` goes with."""
