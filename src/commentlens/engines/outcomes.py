"""What can come of a batch that was handed to a worker, and how one that has gone wrong is divided: for all engines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

from commentlens.engines import PARTS

T = TypeVar("T")
R = TypeVar("R")

Outcome = Literal["done", "failed", "died", "unusable"]
"""It has a result; its function raised; its worker ended; no worker can be started for it."""


FATAL = "ends the process that annotates it"
"""The reason why an item is given up with which workers were lost: in the same words whoever they were."""


def outcome_of(function: Callable[[Sequence[Any]], R], items: Sequence[Any]) -> tuple[Outcome, R | str]:
    """Call the function of a work: its result, or the reason why there is none."""
    try:
        return "done", function(items)
    except Exception as error:  # whatever it is, it must not stop the other comments
        return "failed", f"could not be annotated: {type(error).__name__}: {error}"


def divided(items: Sequence[T]) -> list[Sequence[T]]:
    """At most `engines.PARTS` parts of about one size, in order."""
    size = -(-len(items) // PARTS)
    return [items[start : start + size] for start in range(0, len(items), size)]
