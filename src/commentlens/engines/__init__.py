"""Engines: one function over many batches, by processes of this machine or of several; they know nothing of comments.

A `Work` says what a worker does with a batch; an `Engine` runs it on all of them and gives the results back in order
of input, whatever happened to the workers meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)

DEATHS = 3
"""How many workers a batch may end before it is divided, and a single item before it is given up."""

PARTS = 16
"""Into how many parts a batch is divided that ends workers or raises, to find the item that is to blame."""


class Work(Protocol[R_co]):
    """What workers do. It is sent to them, so it can be pickled."""

    def start(self) -> Callable[[Sequence[Any]], R_co]:
        """Load what is needed, once a worker, and give the function of a batch; it must depend on the batch alone.

        Raises:
            CommentlensError: If what is needed cannot be loaded; the run ends with it.
        """


@runtime_checkable
class ComparedWork(Protocol):
    """A `Work` that can tell whether workers elsewhere would give the same results."""

    def state(self) -> str:
        """A digest of all that results depend on besides the batch, programs and data files included."""


@dataclass(frozen=True, slots=True)
class Piece(Generic[T, R_co]):
    """A batch, or a part of one that had to be divided, and what came of it.

    Attributes:
        items: of the batch, in order.
        result: what the work's function gave; None where the item was given up.
        failure: why it was given up; None where it was not.
    """

    items: Sequence[T]
    result: R_co | None
    failure: str | None = None


class Engine(Protocol):
    """Runs a work on batches."""

    def run(self, work: Work[R_co], batches: Iterable[Sequence[T]]) -> Generator[list[Piece[T, R_co]], None, None]:
        """The pieces of each batch, in order of input: one, unless the batch had to be divided.

        Reads no more than a few batches a worker ahead of what it has given. Workers end when the iterator is closed.

        Raises:
            CommentlensError: What `Work.start` raised, or that workers cannot be kept alive even without a batch.
        """
