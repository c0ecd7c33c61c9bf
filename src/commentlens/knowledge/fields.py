"""Rows of data files and their fields, read with messages that name place, field, what was got and what is allowed.

All raise `KnowledgeError` where the value has another shape; ``where`` is the place as `errors.place` writes it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from commentlens.errors import KnowledgeError, field_message, place, unknown_keys_message


def json_rows(name: str, content: str, keys: Collection[str]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The objects of JSONL text, each with its place for messages.

    Args:
        name: of the file.
        content: one JSON object a line; empty lines are passed over.
        keys: those that are allowed.
    """
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            where = place(name, number)
            yield json_row(line, where, keys), where


def json_row(line: str, where: str, keys: Collection[str], what: str = "row") -> Mapping[str, Any]:
    """One JSON object with no keys but ``keys``; ``what`` it is, for messages."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise KnowledgeError(f"{where}: not JSON ({error}). Write one JSON object a line.") from error
    if not isinstance(row, dict):
        raise KnowledgeError(field_message(where, what, row, "a JSON object"))
    if unknown := row.keys() - set(keys):
        raise KnowledgeError(unknown_keys_message(where, unknown, keys))
    return row


def text(row: Mapping[str, Any], key: str, where: str) -> str:
    """A string that is not empty."""
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise KnowledgeError(field_message(where, key, value, "a string that is not empty"))
    return value


def whole(row: Mapping[str, Any], key: str, where: str) -> int:
    """A whole number."""
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise KnowledgeError(field_message(where, key, value, "a whole number"))
    return value


def number(row: Mapping[str, Any], key: str, where: str, low: float, high: float) -> float:
    """A number from ``low`` to ``high``."""
    value = row.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        raise KnowledgeError(field_message(where, key, value, f"a number from {low} to {high}"))
    return float(value)


def texts(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of strings, none of them empty; none at all where the key is absent."""
    if key not in row:
        return ()
    value = row[key]
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise KnowledgeError(field_message(where, key, value, "a list of strings"))
    return tuple(value)
