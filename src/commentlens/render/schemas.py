"""What ``commentlens schema`` prints: JSON Schemas of report and JSON document, a data package of the tables.

The report's schema is read from the dataclasses of `summary_records`: each field with its type and its own words.
"""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from commentlens.corpus.export_document import EXPORT_SCHEMA
from commentlens.record_schema import record_schema
from commentlens.render.export_csv import COMMENT_COLUMNS
from commentlens.render.tables import TABLES, Column
from commentlens.summary_records import RECORDS, REPORT_SCHEMA, Report

Schema = dict[str, Any]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_ON_DEMAND = ("consensus", "themes")
"""Keys of a report that are absent unless they were asked for."""


def report_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of what ``report --format json`` writes. No other key is allowed anywhere."""
    definitions = {record.__name__: _object(record) for record in RECORDS if record is not Report}
    whole = _object(Report)
    whole["required"] = [key for key in whole["required"] if key not in _ON_DEMAND]
    whole["properties"]["schema"] = {"const": REPORT_SCHEMA}
    return {
        "$schema": _DRAFT,
        "$id": f"urn:commentlens:report:{REPORT_SCHEMA.rpartition('/')[2]}",
        "title": "commentlens report",
        **whole,
        "$defs": definitions,
    }


def document_schema() -> Schema:
    """The JSON Schema of what ``export --format json`` writes; it holds those of record and report."""
    properties: Schema = {
        "schema": {"const": EXPORT_SCHEMA},
        "version": {"type": "string", "description": "version of commentlens"},
        "sources": {
            "type": "array",
            "items": {"type": "string"},
            "description": "the sources as they were named; none: the corpus that ships",
        },
        "options": {"type": "object", "description": "options that change what is read in a comment"},
        "comments": {"type": "array", "items": record_schema(), "description": "the records"},
        "report": report_schema(),
    }
    return {
        "$schema": _DRAFT,
        "$id": f"urn:commentlens:export:{EXPORT_SCHEMA.rpartition('/')[2]}",
        "title": "commentlens export",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def data_package() -> Schema:
    """The CSV files of ``export`` and ``export --table`` as a Frictionless Data Package describes them.

    Each resource is called after its table and lies beside the descriptor as ``NAME.csv``; ``comments`` is what
    ``--format csv`` writes without a table.
    """
    resources = [_resource("comments", "a row a comment, its layers in words", COMMENT_COLUMNS)]
    resources += [_resource(table.name, table.description, table.columns) for table in TABLES.values()]
    return {"profile": "tabular-data-package", "name": "commentlens", "resources": resources}


def _resource(name: str, description: str, columns: tuple[Column, ...]) -> Schema:
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [
                {"name": column.name, "type": column.type, "description": column.description} for column in columns
            ],
            "missingValues": [""],
        },
    }


def _object(record: type) -> Schema:
    hints = get_type_hints(record)
    properties = {
        item.name: {**_of(hints[item.name]), "description": item.metadata.get("help", "")} for item in fields(record)
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _of(hint: Any) -> Schema:
    """The schema of a type as it stands in JSON; a tuple is an array."""
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if isinstance(hint, type) and is_dataclass(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(argument) for argument in arguments]}
    if origin is tuple and arguments[1:] == (Ellipsis,):
        return {"type": "array", "items": _of(arguments[0])}
    if origin is tuple:
        return {
            "type": "array",
            "prefixItems": [_of(argument) for argument in arguments],
            "items": False,
            "minItems": len(arguments),
        }
    raise TypeError(f"no JSON Schema for {hint!r}")
