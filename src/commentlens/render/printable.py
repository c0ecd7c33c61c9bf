"""Texts of strangers made safe for a terminal: an escape sequence in a comment must not move the cursor."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

T = TypeVar("T")
_REPLACEMENT = "\ufffd"
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_DIRECTION_OVERRIDES = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_KEPT = "\n\t"
_TABLE = {code: _REPLACEMENT for code in (*_CONTROLS, *_DIRECTION_OVERRIDES) if chr(code) not in _KEPT}


def printable(value: T) -> T:
    """The value with each control character and direction override in its texts replaced, one for one.

    Goes through records (dataclasses), tuples, lists and dicts; offsets stay right.
    """
    return cast("T", _printable(value))


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_TABLE)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {item.name: _printable(getattr(value, item.name)) for item in fields(value) if item.init}
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_printable(item) for item in value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {_printable(key): _printable(item) for key, item in value.items()}
    return value
