"""What was found as Arrow, pandas and polars frames; the tables are those of ``export --table`` (docs/exports.md)."""

from __future__ import annotations

import html
import importlib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from commentlens.errors import MissingExtraError, UnknownNameError
from commentlens.records import AnnotatedComment
from commentlens.render.tables import TABLES
from commentlens.summary_records import Report

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

COMMENTS = "comments"
OF_REPORT = tuple(name for name, table in TABLES.items() if table.of_report is not None)


def comments_table(comments: Iterable[AnnotatedComment]) -> pyarrow.Table:
    """One row a comment, its layers as nested lists of structs: what ``export --format parquet`` holds."""
    import pyarrow

    from commentlens.record_arrow import arrow_schema, batches_of

    return pyarrow.Table.from_batches(batches_of(comments), arrow_schema())


def flat_table(name: str, comments: Iterable[AnnotatedComment], report: Callable[[], Report]) -> pyarrow.Table:
    """One of the tables of ``export --table``, one row an item.

    Args:
        name: of the table.
        comments: whose items.
        report: gives the report; asked only where the rows come from it.
    """
    import pyarrow

    from commentlens.render.export_parquet import flat_schema

    table = TABLES[name]
    rows = [dict(zip(table.names, row, strict=True)) for row in table.rows(comments, report)]
    return pyarrow.Table.from_pylist(rows, schema=flat_schema(table))


class HasArrow(Protocol):
    """What gives Arrow tables by name."""

    def to_arrow(self, table: str = ...) -> pyarrow.Table:
        """One table."""


class Frames:
    """Gives pandas and polars frames of whatever Arrow tables a class has."""

    def to_pandas(self: HasArrow, table: str | None = None) -> pandas.DataFrame:
        """A table as a pandas frame; whole numbers and truth values that may be missing are ``Int64``, ``boolean``.

        Args:
            table: which one; None for the first of ``tables``.

        Raises:
            MissingExtraError: If pandas is not installed.
            UnknownNameError: If there is no such table.
        """
        pd = library("pandas")
        found = self.to_arrow(table) if table else self.to_arrow()
        nullable = {"int32": pd.Int64Dtype(), "int64": pd.Int64Dtype(), "bool": pd.BooleanDtype()}
        return found.to_pandas(types_mapper=lambda kind: nullable.get(str(kind)))

    def to_polars(self: HasArrow, table: str | None = None) -> polars.DataFrame:
        """A table as a polars frame; arguments and errors as for `to_pandas`, with polars."""
        frame: polars.DataFrame = library("polars").from_arrow(self.to_arrow(table) if table else self.to_arrow())
        return frame


def library(name: str) -> Any:
    """An optional library, imported.

    Raises:
        MissingExtraError: If it is not installed; says how to install it.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"{name} is not installed. pip install 'commentlens[{name}]' brings it.") from error


def known_table(table: str, tables: Sequence[str]) -> None:
    """Raise `UnknownNameError` where a table is none of those that are there."""
    if table not in tables:
        raise UnknownNameError(f"no table {table!r}. The tables are {', '.join(tables)}.")


def html_table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]], total: int) -> str:
    """A small HTML table for a notebook; everything in it is escaped.

    Args:
        caption: above it.
        columns: headings.
        rows: of cells, None for an empty one.
        total: how many rows there are in all, said below where they are more than are shown.
    """
    shown = [[html.escape("" if cell is None else str(cell)) for cell in row] for row in rows]
    head = "".join(f'<th scope="col">{html.escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in shown)
    more = f"<p>{total - len(shown):,} more rows</p>" if total > len(shown) else ""
    return (
        f"<table><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{more}"
    )
