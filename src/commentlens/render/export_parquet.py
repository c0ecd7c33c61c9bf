"""Annotated comments as Parquet: one row a record, the layers nested lists of structs; or one of the flat `tables`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from commentlens.record_json import annotated_to_dict
from commentlens.records import AnnotatedComment
from commentlens.render.tables import Table
from commentlens.summary_records import Report

_BATCH = 4_096


def write_parquet(comments: Iterable[AnnotatedComment], path: Path) -> int:
    """Write a Parquet file in row groups of 4,096 and return how many records it holds."""
    # Here, because pyarrow takes a quarter of a second to import and the other exports do without it.
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = record_schema()
    number = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _batches(comments):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            number += len(rows)
    return number


def write_table_parquet(
    table: Table, comments: Iterable[AnnotatedComment], report: Callable[[], Report], path: Path
) -> int:
    """Write one of the `tables` as a flat Parquet file, as `export_csv.write_table_csv` does, with nothing defused."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = flat_schema(table)
    rows = table.rows(comments, report)
    number = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := [dict(zip(table.names, row, strict=True)) for row in islice(rows, _BATCH)]:
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            number += len(batch)
    return number


def _batches(comments: Iterable[AnnotatedComment]) -> Iterator[list[dict[str, Any]]]:
    stream = iter(comments)
    while batch := [annotated_to_dict(comment) for comment in islice(stream, _BATCH)]:
        yield batch


def flat_schema(table: Table) -> Any:
    """The `pyarrow.Schema` of one of the `tables`."""
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    return pa.schema([(column.name, types[column.type]) for column in table.columns])


def record_schema() -> Any:
    """The `pyarrow.Schema` of a record: layers are lists of structs."""
    import pyarrow as pa

    span = pa.list_(pa.int32())
    struct = pa.struct
    entry = struct([("name", pa.string()), ("within", pa.string()), ("rank", pa.int32())])
    text, rank = pa.string(), pa.int32()
    mention = struct(
        [("start", rank), ("end", rank), ("text", text), ("label", text), ("name", text), ("id", text), ("via", text)]
    )
    mood = struct(
        [
            ("target", text),
            ("label", text),
            ("score", pa.float64()),
            ("implied", pa.bool_()),
            ("evidence", pa.list_(span)),
        ]
    )
    claim = struct(
        [
            *(("subject", text), ("stance", text), ("proposed", span)),
            *(("listed", rank), ("stated", rank), ("span", span), ("rule", text)),
        ]
    )
    comparison = struct(
        [("better", text), ("worse", text), ("relation", text), ("aspect", text), ("span", span), ("rule", text)]
    )
    link = struct([("company", text), ("city", text), ("relation", text), ("span", span), ("rule", text)])
    return pa.schema(
        [
            *(("schema", text), ("id", text), ("list", text), ("entry", entry)),
            *(("author", text), ("created", text), ("likes", pa.int64()), ("text", text), ("raw", text)),
            ("mentions", pa.list_(mention)),
            ("moods", pa.list_(mood)),
            ("claims", pa.list_(claim)),
            ("comparisons", pa.list_(comparison)),
            ("links", pa.list_(link)),
        ]
    )
