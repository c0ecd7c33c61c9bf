"""A bar on stderr that says how far it is, how fast, and how long still; nothing at all where stderr is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_EVERY_SECONDS = 0.1


def counted(
    items: Iterable[T], what: str, *, quiet: bool, fraction: Callable[[], float | None] | None = None
) -> Iterator[T]:
    """Pass items on and show how many there were.

    Args:
        items: what is passed on.
        what: its name in the plural.
        quiet: show nothing.
        fraction: tells how much of the input is used up, 0 to 1, None where nobody knows; with it there is a bar, and
            the time left is told from the time taken so far.
    """
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
                _line(status(number, what, now - started, fraction() if fraction else None))
    finally:
        _line("")


def status(number: int, what: str, seconds: float, fraction: float | None) -> str:
    """One line, at most 79 characters: the bar, the count, the rate, the time left.

    Args:
        number: items so far.
        what: their name.
        seconds: time so far.
        fraction: of the input that is used up, 0 to 1; None leaves bar and time left out.
    """
    line = f"{number:,} {what} ({number / max(seconds, 1e-9):,.0f} a second"
    if not fraction:
        return f"{line})"
    done = min(fraction, 1.0)
    left = seconds * (1 - done) / done
    bar = "#" * round(20 * done)
    return f"[{bar:<20}] {done:4.0%}  {line}, {_duration(left)} left)"


def _duration(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {whole % 60:02} s" if minutes else f"{whole} s"


def _line(text: str) -> None:
    sys.stderr.write(f"\r\x1b[2K{text}")
    sys.stderr.flush()
