"""Batches spread over processes of this machine.

One process a worker, one thread of ours beside each that hands it batches and waits for it: so a worker is never idle
while the caller is busy, and one that is killed takes nothing along but the batch it had, which is done again by the
one that replaces it.
"""

from __future__ import annotations

import itertools
import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import PriorityQueue, SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from commentlens.engines import DEATHS, Piece, Work
from commentlens.engines.outcomes import FATAL, Outcome, divided, outcome_of
from commentlens.errors import CommentlensError

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 3
"""Batches a worker that are read before the first of them must be given back."""

# One thread a process: the processes are the parallelism.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(eq=False)
class _Part(Generic[T, R]):
    """Some items of one batch that go to a worker together."""

    items: Sequence[T]
    deaths: int = 0
    piece: Piece[T, R] | None = None


@dataclass(eq=False)
class _Batch(Generic[T, R]):
    number: int
    parts: list[_Part[T, R]]

    @property
    def done(self) -> bool:
        return all(part.piece is not None for part in self.parts)

    def divide(self, part: _Part[T, R]) -> list[_Part[T, R]]:
        """Put smaller parts in the place of one, and give them."""
        smaller = [_Part[T, R](items) for items in divided(part.items)]
        place = self.parts.index(part)
        self.parts[place : place + 1] = smaller
        return smaller


@dataclass(order=True)
class _Job:
    """A part on its way to a worker, early batches first; None ends a worker's thread."""

    order: tuple[int, int]
    batch: _Batch[Any, Any] | None = field(compare=False)
    part: _Part[Any, Any] | None = field(compare=False, default=None)


class LocalEngine:
    """An `Engine` of processes on this machine.

    Args:
        processes: how many.
    """

    def __init__(self, processes: int) -> None:
        self.processes = processes

    def run(self, work: Work[R], batches: Iterable[Sequence[T]]) -> Generator[list[Piece[T, R]], None, None]:
        """See `Engine.run`."""
        crew = _Crew(work, self.processes)
        try:
            yield from _in_order(crew, batches, AHEAD * self.processes)
        finally:
            crew.end()


def _in_order(crew: _Crew, batches: Iterable[Sequence[T]], ahead: int) -> Iterator[list[Piece[T, Any]]]:
    stream = enumerate(batches)
    waiting: deque[_Batch[T, Any]] = deque()
    while True:
        for number, items in itertools.islice(stream, ahead - len(waiting)):
            waiting.append(_Batch(number, [_Part(items)]))
            crew.hand(waiting[-1], waiting[-1].parts[0])
        if not waiting:
            return
        while not waiting[0].done:
            _settle(crew, *crew.next_outcome())
        yield [part.piece for part in waiting.popleft().parts if part.piece is not None]


def _settle(crew: _Crew, batch: _Batch[T, Any], part: _Part[T, Any], outcome: Outcome, answer: Any) -> None:
    """Note what came of a part: its result, another try, a division, or that its one item is given up."""
    if outcome == "unusable":
        raise answer
    if outcome == "done":
        part.piece = Piece(part.items, answer)
        return
    if outcome == "died":
        part.deaths += 1
        if part.deaths < DEATHS:
            crew.hand(batch, part)
            return
        answer = FATAL
    if len(part.items) == 1:
        part.piece = Piece(part.items, None, answer)
        return
    for smaller in batch.divide(part):
        crew.hand(batch, smaller)


class _Crew:
    """The workers, each with its thread."""

    def __init__(self, work: Work[Any], size: int) -> None:
        self._work = work
        self._jobs: PriorityQueue[_Job] = PriorityQueue()
        self._outcomes: SimpleQueue[tuple[Any, Any, Outcome, Any]] = SimpleQueue()
        self._counter = itertools.count()
        self._ended = False
        self._processes: dict[int, BaseProcess] = {}
        self._threads = [Thread(target=self._serve, args=(place,), daemon=True) for place in range(size)]
        for thread in self._threads:
            thread.start()

    def hand(self, batch: _Batch[Any, Any], part: _Part[Any, Any]) -> None:
        """Let the next free worker have a part; those of earlier batches go first."""
        self._jobs.put(_Job((batch.number, next(self._counter)), batch, part))

    def next_outcome(self) -> tuple[Any, Any, Outcome, Any]:
        """Wait for a worker: batch, part, what came of it, and the result, reason or error."""
        return self._outcomes.get()

    def end(self) -> None:
        """End all workers at once, whatever they are doing."""
        self._ended = True
        for process in list(self._processes.values()):
            # Its thread may have buried it meanwhile.
            with suppress(ValueError):
                process.kill()
        for _ in self._threads:
            self._jobs.put(_Job((-1, next(self._counter)), None))
        for thread in self._threads:
            thread.join()

    def _serve(self, place: int) -> None:
        """One worker's thread: hands it a part, waits, passes on what came of it; replaces it when it dies."""
        connection: Connection | None = None
        while (job := self._jobs.get()).part is not None and not self._ended:
            try:
                connection = connection or self._started(place)
                outcome, answer = _asked(connection, job.part.items)
            except CommentlensError as error:
                outcome, answer = "unusable", error
            if outcome == "died":
                connection, answer = None, self._buried(place)
            self._outcomes.put((job.batch, job.part, outcome, answer))
        if place in self._processes:
            self._processes[place].kill()
            self._buried(place)

    def _started(self, place: int) -> Connection:
        """A new worker that is ready.

        Raises:
            CommentlensError: What its start raised, or that it died again and again before it was ready.
        """
        how = ""
        for _ in range(DEATHS):
            context = get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_be_worker, args=(theirs, self._work), daemon=True)
            _block_interrupts()
            process.start()
            self._processes[place] = process
            theirs.close()
            if self._ended:
                process.kill()
            outcome, answer = _answer(ours)
            if outcome == "done":
                return ours
            if outcome == "unusable":
                raise answer
            how = self._buried(place)
            if self._ended:
                break
        raise CommentlensError(
            f"worker processes end before they have loaded the pipeline ({how}). "
            "Check the memory that is free, or use fewer --processes."
        )

    def _buried(self, place: int) -> str:
        """Wait for a dead worker's process, and say how it ended."""
        process = self._processes.pop(place)
        process.join()
        code = process.exitcode or 0
        process.close()
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _block_interrupts() -> None:
    """Keep Ctrl-C from the processes that this thread starts; it is the caller's, who then ends them."""
    if hasattr(signal, "pthread_sigmask"):
        # What multiprocessing starts before its first process lets signals through again.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _asked(connection: Connection, items: Sequence[Any]) -> tuple[Outcome, Any]:
    try:
        connection.send(items)
    except OSError:
        connection.close()
        return "died", None
    return _answer(connection)


def _answer(connection: Connection) -> tuple[Outcome, Any]:
    try:
        outcome: tuple[Outcome, Any] = connection.recv()
    except (EOFError, OSError):
        connection.close()
        return "died", None
    return outcome


def _be_worker(connection: Connection, work: Work[Any]) -> None:
    """What a worker process does, until nobody is at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    # The other end is gone when the caller was killed: nothing is left to do, and nobody to tell.
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            function = work.start()
        except CommentlensError as error:
            connection.send(("unusable", error))
            return
        connection.send(("done", None))
        while True:
            connection.send(outcome_of(function, connection.recv()))
