"""``commentlens schema``."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commentlens.cli.options import OutputOptions, grouped

if TYPE_CHECKING:
    from collections.abc import Callable


class Described(StrEnum):
    """Values of ``--of``."""

    record = "record"
    report = "report"
    document = "document"
    tables = "tables"


@grouped
def schema(
    output: OutputOptions,
    of: Annotated[
        Described,
        typer.Option(help="record (jsonl), report (its json), document (export's json), tables (csv)."),
    ] = Described.record,
) -> None:
    """The JSON Schema (draft 2020-12) of the record that export --format jsonl writes, or of another file.

    For tables, the descriptor of a Frictionless Data Package: the columns of each table that export writes as csv.

    \b
    Example:
      commentlens schema --output record.schema.json
      commentlens schema --of tables --output datapackage.json
    """
    from commentlens.cli.output import written

    with written(output.output) as file:
        json.dump(_schema_of(of)(), file, ensure_ascii=False, indent=2)
        file.write("\n")


def _schema_of(of: Described) -> Callable[[], dict[str, Any]]:
    if of is Described.record:
        from commentlens.record_schema import record_schema

        return record_schema
    from commentlens.render.schemas import data_package, document_schema, report_schema

    return {
        Described.report: report_schema,
        Described.document: document_schema,
        Described.tables: data_package,
    }[of]
