"""Any source to a `Reading`: finds the files, sees what each is, and calls the reader for it."""

from __future__ import annotations

import glob
import os
import re
import shutil
import sys
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Literal

from commentlens.corpus.annotated_folder import AnnotatedPart, is_annotated_folder, parts_of, read_part
from commentlens.corpus.columns import knows_text_column
from commentlens.corpus.exports import export_records
from commentlens.corpus.jsonl import (
    CORPUS_SCHEMA,
    annotated_reading,
    read_annotated,
    read_corpus,
    reason_of,
    schema_of,
)
from commentlens.corpus.page import read_page
from commentlens.corpus.reading import Columns, Reading, SetAside, SetAsides
from commentlens.corpus.repair import encoding_of_file
from commentlens.corpus.rows import (
    Row,
    delimited_rows,
    delimiter_of,
    first_lines,
    header_cells,
    json_array_rows,
    json_columns,
    json_lines_rows,
    parquet_columns,
    parquet_rows,
)
from commentlens.corpus.spacy_file import read_spacy
from commentlens.corpus.streams import PACKED, SourceFile
from commentlens.corpus.table import RowSource, read_table
from commentlens.errors import CommentlensError, NoCommentsError, SourceError, place
from commentlens.record_json import annotated_from_dict
from commentlens.records import SCHEMA, AnnotatedComment, Kind, Polarity
from commentlens.storage import Location, location

SUFFIXES = (
    *(".txt", ".md", ".html", ".htm", ".xhtml", ".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet"),
    *(".spacy", ".conll"),
)
_PARQUET = b"PAR1"
_READ_WHOLE = ("page", "html", "text", "json")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</(?:p|div|li|h[1-6]|span|section|article|ol|ul|table)>", re.IGNORECASE)


def expand_sources(sources: Sequence[str]) -> list[Location | Literal["-"] | AnnotatedPart]:
    """The files that the sources mean.

    A file is itself, a folder its readable files without its subfolders', a pattern its matches; each a path or a URL.
    Sorted within each source; a file named twice comes once; ``-`` stands for standard input. A folder of annotated
    shards is what it was annotated from, one part a source.

    Raises:
        SourceError: If a source is not there, or a folder or pattern holds nothing readable.
        CommentlensError: If object storage refuses access or cannot be reached.
    """
    found: dict[Location | Literal["-"] | AnnotatedPart, None] = {}
    folders: set[Location] = set()
    for source in sources:
        if source == "-":
            found["-"] = None
            continue
        there = location(source)
        if is_annotated_folder(there):
            if there not in folders:
                folders.add(there)
                found.update(dict.fromkeys(parts_of(there)))
        elif there.is_folder():
            inside = [file for file in there.files() if _is_readable(file.name)]
            if not inside:
                raise SourceError(f"{there} holds no readable file. Looked for {', '.join(SUFFIXES)}.")
            found.update(dict.fromkeys(inside))
        elif there.is_file():
            found[there] = None
        elif glob.has_magic(source):
            matches = there.matches()
            if not matches:
                raise SourceError(f"no file matches {source}. Check the pattern and the folder it starts from.")
            found.update(dict.fromkeys(matches))
        else:
            raise SourceError(f"{source} does not exist. Check the path; use - for standard input.")
    return list(found)


def _is_readable(name: str) -> bool:
    """Whether a file in a folder is a source, by its ending."""
    lowered = name.lower()
    packed = next((ending for ending in PACKED if lowered.endswith(ending)), "")
    return lowered.removesuffix(packed).endswith(SUFFIXES)


def read_source(
    source: str | Path | Location | AnnotatedPart,
    *,
    columns: Columns | None = None,
    title: str | None = None,
    polarity: Polarity | None = None,
    kind: Kind | None = None,
) -> Reading:
    """Open a source: a file (path or URL), ``-`` for standard input, or a part of an annotated folder.

    What it is shows in its content first, in its name's ending second. ``columns`` maps a table's columns;
    ``title``, ``polarity`` and ``kind`` go before what the source says of its list.

    Raises:
        SourceError: If it cannot be found, opened, decoded or recognised, or is empty.
        NoCommentsError: If it holds no comment.
        RecordError: If a corpus holds a broken list.
    """
    if isinstance(source, AnnotatedPart):
        return read_part(source, polarity=polarity, kind=kind)
    columns = columns or Columns()
    if str(source) == "-":
        path = _spool()
        try:
            reading = _open(location(path), "-", columns, title, polarity, kind)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        weakref.finalize(reading, path.unlink, missing_ok=True)
        return reading
    there = location(source)
    if there.is_folder():
        raise SourceError(
            f"{there} is a folder. Give the files in it one by one, or the folder where sources are asked for."
        )
    if not there.is_file():
        raise SourceError(f"{there} does not exist. Check the path; use - for standard input.")
    return _open(there, str(source), columns, title, polarity, kind)


def _open(
    path: Location, source: str, columns: Columns, title: str | None, polarity: Polarity | None, kind: Kind | None
) -> Reading:
    shown = "standard input" if source == "-" else source
    file = SourceFile(path, shown)
    reading = _recognised(file, source, shown, columns, title, polarity, kind)
    if reading.format not in _READ_WHOLE:
        reading.fraction = file.fraction
    return reading


def _recognised(
    path: SourceFile,
    source: str,
    shown: str,
    columns: Columns,
    title: str | None,
    polarity: Polarity | None,
    kind: Kind | None,
) -> Reading:
    with path.open("rb") as file:
        head = file.read(4)
    if not head:
        raise SourceError(f"{shown} is empty.")
    suffix = path.suffix if source != "-" else ""

    def table(rows: RowSource, names: Sequence[str], format: str) -> Reading:
        reading = read_table(
            rows, names, source=source, format=format, columns=columns, title=title, polarity=polarity, kind=kind
        )
        return _refuse_empty(reading, shown)

    if head == _PARQUET or suffix == ".parquet":
        names = parquet_columns(path)
        if "schema" in names and "mentions" in names:
            return _annotated_parquet(path, source, polarity, kind)
        return table(lambda: parquet_rows(path), names, "parquet")

    if suffix == ".spacy":
        return annotated_reading(
            lambda aside: read_spacy(path, source, aside), source=source, polarity=polarity, kind=kind
        )

    encoding = encoding_of_file(path)
    top = first_lines(path, encoding, 3)
    if not top:
        raise SourceError(f"{shown} is empty: it holds nothing but white space.")
    first = top[0].lstrip("\ufeff").strip()
    records = export_records(path, source, encoding, first)
    if records is not None:
        return annotated_reading(records, source=source, polarity=polarity, kind=kind)
    if first.startswith("{") or suffix in (".jsonl", ".ndjson"):
        schema = schema_of(first)
        if schema == CORPUS_SCHEMA:
            return _refuse_empty(
                read_corpus(path, source=source, encoding=encoding, title=title, polarity=polarity, kind=kind), shown
            )
        if schema == SCHEMA:
            return read_annotated(path, source=source, encoding=encoding, polarity=polarity, kind=kind)
        whole = suffix == ".json" or (first == "{" and suffix not in (".jsonl", ".ndjson"))
        if not whole:
            names = json_columns(json_lines_rows(path, encoding))
            return table(lambda: json_lines_rows(path, encoding), names, "jsonl")
    if (first.startswith("[") and re.match(r"\[\s*(?:[{\]]|$)", first)) or first == "{" or suffix == ".json":
        names = json_columns(json_array_rows(path, encoding))
        return table(lambda: json_array_rows(path, encoding), names, "json")
    delimiter = delimiter_of(first)
    if delimiter and (
        suffix in (".csv", ".tsv")
        or (suffix in ("", ".txt") and knows_text_column(header_cells(first, delimiter)) and not first.endswith("."))
    ):
        names = header_cells(first, delimiter)
        format = "tsv" if delimiter == "\t" else "csv"
        return table(lambda: delimited_rows(path, encoding, delimiter), names, format)
    if suffix in (".csv", ".tsv"):
        names = header_cells(first, ",")
        return table(lambda: delimited_rows(path, encoding, ","), names, suffix[1:])
    return _page(path, source, shown, encoding, title, polarity, kind)


def _page(
    path: SourceFile,
    source: str,
    shown: str,
    encoding: str,
    title: str | None,
    polarity: Polarity | None,
    kind: Kind | None,
) -> Reading:
    with path.open(encoding=encoding, newline="") as file:
        text = file.read()
    is_html = _HTML.match(text[:4096]) is not None or (len(_TAG.findall(text)) >= 3 and text.lstrip()[:1] == "<")
    is_html = is_html or (path.suffix in (".html", ".htm", ".xhtml") and "<" in text)
    page = read_page(text, source=source, html=is_html, title=title, polarity=polarity, kind=kind)
    if not page.comments:
        raise NoCommentsError(_nothing_said(shown, len(page.list.entries) if page.list else 0, len(page.set_aside)))
    return Reading(
        source=source,
        format="html" if is_html else "page" if page.list else "text",
        lists=(page.list,) if page.list else (),
        comments=iter(page.comments),
        set_aside=SetAsides(replace(item, sort="furniture") for item in page.set_aside),
    )


def _nothing_said(shown: str, entries: int, aside: int) -> str:
    found = f"{entries} entries" if entries else "no ranked list"
    return (
        f"{shown} holds no comments: found {found}, and {aside} lines were set aside. Paste the whole page, "
        "comments opened, or give a CSV or JSONL table with a column of text."
    )


def _refuse_empty(reading: Reading, shown: str) -> Reading:
    """Pass the reading on if it holds a comment; the first one is read ahead to see."""
    first = next(reading.comments, None)
    if first is None:
        aside = reading.set_aside
        why = (
            f"; {aside.total} rows were set aside, the first in line {aside[0].line}: {aside[0].reason}"
            if aside
            else ""
        )
        raise NoCommentsError(f"{shown} holds no comments{why}. Check which column holds the text (--text).")
    reading.comments = chain((first,), reading.comments)
    return reading


def _annotated_parquet(path: SourceFile, source: str, polarity: Polarity | None, kind: Kind | None) -> Reading:
    import json

    def annotated(set_aside: list[SetAside]) -> Iterator[AnnotatedComment]:
        for row in parquet_rows(path):
            if not isinstance(row, Row):
                continue
            # Layers may be kept as columns of JSON text or as nested columns.
            cells = {
                key: json.loads(value)
                if isinstance(value, str) and value[:1] in "[{" and key not in ("text", "raw", "author", "list", "id")
                else value
                for key, value in row.cells.items()
            }
            try:
                yield annotated_from_dict(cells, place(source, row.line))
            except CommentlensError as error:
                set_aside.append(
                    SetAside(line=row.line, reason=reason_of(error, place(source, row.line)), text=row.raw)
                )

    return annotated_reading(annotated, source=source, polarity=polarity, kind=kind)


def _spool() -> Path:
    handle, name = tempfile.mkstemp(prefix="commentlens-", suffix=".in")
    with os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return Path(name)
