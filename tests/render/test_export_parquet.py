"""The Parquet export in the programs that people open it with: the same values, the nested layers within reach."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment
from commentlens.render.export_parquet import write_parquet, write_table_parquet
from commentlens.render.tables import TABLES
from commentlens.summary_records import Report

SAMPLE = Path(__file__).parent / "harbour.annotated.jsonl"
RECORDS = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as Parquet."""
    path = tmp_path_factory.mktemp("parquet") / "harbours.parquet"
    assert write_parquet([annotated_from_dict(row, "sample") for row in RECORDS], path) == 7
    return path


def records(rows: list[dict[str, Any]]) -> list[AnnotatedComment]:
    """Rows as records."""
    return [annotated_from_dict(row, "row") for row in rows]


def plain(value: object) -> object:
    """Arrays and tuples as lists, missing numbers as None."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and value != value else value


def test_polars_reads_the_same(path: Path) -> None:
    """Nested."""
    assert records(pl.read_parquet(path).to_dicts()) == records(RECORDS)


def test_pandas_reads_the_same(path: Path) -> None:
    """With Arrow types, so that a whole number stays one beside missing ones."""
    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    rows = [
        {str(key): None if cell is pd.NA else plain(cell) for key, cell in row.items()}
        for row in frame.to_dict("records")
    ]

    assert records(rows) == records(RECORDS)


def test_duckdb_reads_the_same(path: Path) -> None:
    """And unnests a layer."""
    with duckdb.connect() as database:
        found = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        claims = database.execute(
            "SELECT id, entry.name, claim.subject, claim.stance, claim.proposed, claim.span[1] "
            "FROM (SELECT id, entry, unnest(claims) AS claim FROM read_parquet(?)) ORDER BY id",
            [str(path)],
        ).fetchall()

    assert records(rows) == records(RECORDS)
    assert claims[:2] == [
        ("harbour-01", "Lisbon", "Lisbon", "right", [1, 1], 18),
        ("harbour-03", "Oslo", "Oslo", "too_high", [4, 4], 25),
    ]
    assert len(claims) == sum(len(row["claims"]) for row in RECORDS) == 4


def test_the_same_comments_are_the_same_bytes(path: Path, tmp_path: Path) -> None:
    """No time, no chance."""
    again = tmp_path / "again.parquet"
    write_parquet(records(RECORDS), again)

    assert again.read_bytes() == path.read_bytes()


def test_a_flat_table_keeps_its_types(tmp_path: Path) -> None:
    """Numbers are numbers, also where the first rows have none."""
    path = tmp_path / "claims.parquet"

    def no_report() -> Report:
        raise AssertionError

    assert write_table_parquet(TABLES["claims"], records(RECORDS), no_report, path) == 4
    frame = pl.read_parquet(path)
    assert frame.columns == TABLES["claims"].names
    assert [str(kind) for kind in frame.dtypes[6:10]] == ["Int64"] * 4
    assert frame.filter(pl.col("stance") == "too_low").select("subject", "proposed_best", "proposed_worst").rows() == [
        ("Genoa", 1, 2),
        ("Porto", None, None),
    ]
