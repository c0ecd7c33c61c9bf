"""A line on stderr that says how far it is; nothing at all where stderr is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_EVERY_SECONDS = 0.1


def counted(items: Iterable[T], what: str, *, quiet: bool) -> Iterator[T]:
    """Pass items on and show how many there were."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    started = shown = time.monotonic()
    number = 0
    _line(f"{what}: loading")
    try:
        for number, item in enumerate(items, 1):
            yield item
            now = time.monotonic()
            if now - shown >= _EVERY_SECONDS:
                shown = now
                _line(f"{number:,} {what} ({number / (now - started):,.0f} a second)")
    finally:
        _line("")


def _line(text: str) -> None:
    sys.stderr.write(f"\r\x1b[2K{text}")
    sys.stderr.flush()
