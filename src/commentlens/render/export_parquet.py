"""Annotated comments as Parquet: one row a record, the layers nested lists of structs; or one of the flat `tables`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from commentlens.records import AnnotatedComment
from commentlens.render.tables import Table
from commentlens.summary_records import Report

_BATCH = 4_096


def write_parquet(comments: Iterable[AnnotatedComment], path: Path) -> int:
    """Write a Parquet file in row groups of 4,096 and return how many records it holds."""
    # Here, because pyarrow takes a quarter of a second to import and the other exports do without it.
    import pyarrow.parquet as pq

    from commentlens.record_arrow import arrow_schema, batches_of

    number = 0
    with pq.ParquetWriter(path, arrow_schema(), compression="zstd") as writer:
        for batch in batches_of(comments, _BATCH):
            writer.write_batch(batch)
            number += batch.num_rows
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


def flat_schema(table: Table) -> Any:
    """The `pyarrow.Schema` of one of the `tables`."""
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    return pa.schema([(column.name, types[column.type]) for column in table.columns])
