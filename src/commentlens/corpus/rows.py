"""Tables as rows: CSV and TSV, JSONL and JSON, Parquet; broken rows come as such, in their place."""

from __future__ import annotations

import csv
import io
import json
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from commentlens.corpus.formulas import is_defused, undefused
from commentlens.corpus.streams import SourceFile
from commentlens.errors import SourceError

DELIMITERS = (",", "\t", ";", "|")
_LONGEST_RECORD = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line (for Parquet its number), its cells by column, and itself as it came."""

    line: int
    cells: dict[str, Any]
    raw: str


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be read."""

    line: int
    reason: str
    raw: str


def delimiter_of(header: str) -> str | None:
    """The delimiter of a table with this header line: the one that parts most cells; None where none does."""
    counts = {delimiter: len(_cells(header, delimiter) or ()) for delimiter in DELIMITERS}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] > 1 else None


def header_cells(header: str, delimiter: str) -> list[str]:
    """The column names of a header line."""
    return [cell.strip() for cell in _cells(header.strip("\r\n"), delimiter) or []]


def delimited_rows(path: SourceFile, encoding: str, delimiter: str) -> Iterator[Row | BrokenRow]:
    """The rows behind the header. A quote that never closes breaks its own line and none of those behind it.

    In an export of our own, texts are again what they were before they were defused (`formulas`).
    """
    with path.open(encoding=encoding, newline="") as file:
        waiting: deque[str] = deque()
        number = 0
        header: list[str] = []
        own = False
        while True:
            first = waiting.popleft() if waiting else next(file, "")
            if not first:
                return
            number += 1
            if not first.strip("\r\n \t"):
                continue
            if not header:
                header = header_cells(first, delimiter)
                own = is_defused(header)
                continue
            cells, more = _record(first, file, waiting, delimiter)
            if cells is not None and len(cells) == len(header):
                for _ in range(more):
                    first += waiting.popleft()
                cells = list(map(undefused, cells)) if own else cells
                yield Row(number, dict(zip(header, cells, strict=True)), first.rstrip("\r\n"))
                number += more
            elif cells is None:
                yield BrokenRow(number, "a quotation mark is never closed", first.rstrip("\r\n"))
            else:
                reason = f"{len(cells)} cells where the header has {len(header)}"
                yield BrokenRow(number, reason, first.rstrip("\r\n"))


def _record(first: str, file: Iterator[str], waiting: deque[str], delimiter: str) -> tuple[list[str] | None, int]:
    """The cells of the record that begins with the line, and how many more lines it spans; those stay waiting."""
    cells = _cells(first, delimiter)
    if cells is not None:
        return cells, 0
    text = first
    for more in range(1, _LONGEST_RECORD):
        if len(waiting) < more:
            following = next(file, "")
            if not following:
                return None, 0
            waiting.append(following)
        line = waiting[more - 1]
        text += line
        # Only a line with a quotation mark can close the cell: without this, long cells cost their square.
        if '"' in line and (cells := _cells(text, delimiter)) is not None:
            return cells, more
    return None, 0


def _cells(text: str, delimiter: str) -> list[str] | None:
    """The cells of one record; None while a quotation mark is open."""
    for strict in (True, False):
        try:
            rows = list(
                csv.reader(
                    io.StringIO(text, newline=""),
                    delimiter=delimiter,
                    strict=strict,
                    skipinitialspace=delimiter != "\t",
                )
            )
        except csv.Error as error:
            if "unexpected end" in str(error):
                return None
            continue
        return rows[0] if len(rows) == 1 else None
    return []


def json_lines_rows(path: SourceFile, encoding: str) -> Iterator[Row | BrokenRow]:
    """The objects of a JSONL file."""
    with path.open(encoding=encoding) as file:
        for number, line in enumerate(file, 1):
            raw = line.rstrip("\r\n")
            if not raw.strip():
                continue
            try:
                value = json.loads(raw)
            except (ValueError, RecursionError) as error:
                yield BrokenRow(number, f"not JSON: {getattr(error, 'msg', 'nested too deeply')}", raw)
                continue
            if isinstance(value, dict):
                yield Row(number, value, raw)
            else:
                yield BrokenRow(number, "not a JSON object", raw)


def json_array_rows(path: SourceFile, encoding: str) -> Iterator[Row | BrokenRow]:
    """The objects of a file that is one JSON array; the file is read whole. ``line`` is the object's number.

    Raises:
        SourceError: If the file is not JSON.
    """
    try:
        values = json.loads(path.read_text(encoding))
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"{path} begins like JSON and is not: {error}. Mend it, or save one object a line."
        ) from error
    if isinstance(values, dict):
        lists = [value for value in values.values() if isinstance(value, list)]
        values = lists[0] if len(lists) == 1 else [values]
    if not isinstance(values, list):
        raise SourceError(f"{path} is JSON and holds no rows. Give a list of objects, or one object a line.")
    for number, value in enumerate(values, 1):
        raw = json.dumps(value, ensure_ascii=False)
        yield Row(number, value, raw) if isinstance(value, dict) else BrokenRow(number, "not a JSON object", raw)


def parquet_rows(path: SourceFile) -> Iterator[Row | BrokenRow]:
    """The rows of a Parquet file, batch by batch; ``line`` is the row's number from 1.

    Raises:
        SourceError: If the file cannot be read to its end.
    """
    import pyarrow
    import pyarrow.parquet as parquet

    try:
        with parquet.ParquetFile(path.for_pyarrow()) as file:
            number = 0
            total = file.metadata.num_rows
            for batch in file.iter_batches(batch_size=2048):
                for cells in batch.to_pylist():
                    number += 1
                    path.advanced(number / total)
                    yield Row(number, cells, json.dumps(cells, ensure_ascii=False, default=str))
    except (pyarrow.ArrowException, OSError) as error:
        raise SourceError(f"{path} cannot be read as Parquet: {str(error).splitlines()[0]}") from error


def parquet_columns(path: SourceFile) -> list[str]:
    """The column names of a Parquet file.

    Raises:
        SourceError: If the file cannot be read as Parquet.
    """
    import pyarrow
    import pyarrow.parquet as parquet

    try:
        return list(parquet.read_schema(path.for_pyarrow()).names)
    except (pyarrow.ArrowException, OSError) as error:
        raise SourceError(f"{path} cannot be read as Parquet: {str(error).splitlines()[0]}") from error


def json_columns(rows: Iterator[Row | BrokenRow], sample: int = 200) -> list[str]:
    """The keys of the first rows, in the order in which they come up."""
    names: dict[str, None] = {}
    for row in islice(rows, sample):
        if isinstance(row, Row):
            names.update(dict.fromkeys(str(key) for key in row.cells))
    return list(names)


def first_lines(path: SourceFile, encoding: str, count: int) -> Sequence[str]:
    """The first lines of a file that are not blank."""
    with path.open(encoding=encoding, newline="") as file:
        return list(islice((line for line in file if line.strip()), count))
