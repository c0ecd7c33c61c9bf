"""Fields of the rows of data files, read with messages that name place, field, what was got and what is allowed.

All raise `KnowledgeError` where the value has another shape; ``where`` is the place as `errors.place` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commentlens.errors import KnowledgeError, field_message


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


def texts(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of strings, none of them empty; none at all where the key is absent."""
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise KnowledgeError(field_message(where, key, value, "a list of strings"))
    return tuple(value)
