"""Batches spread over the workers of a Dask cluster, which may stand on many machines.

The scheduler hands a batch whose worker was lost to another one, until so many were lost with it that it suspects the
batch (`distributed.KilledWorker`). But it suspects all batches that a lost worker had in hand; so a suspect is done
again alone, with nothing else of ours on the cluster, before it is divided and blamed.
"""

from __future__ import annotations

import logging
import pickle
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import Any, TypeVar

from commentlens.engines import ComparedWork, Piece, Work
from commentlens.engines.outcomes import FATAL, Outcome, divided, outcome_of
from commentlens.errors import CommentlensError, MissingExtraError

try:
    from distributed import Client, Future, KilledWorker
except ModuleNotFoundError as error:
    raise MissingExtraError(
        f"the Dask engine needs a library that is not installed ({error.name}). Run: pip install 'commentlens[dask]'"
    ) from error

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4
"""Batches a worker that are with the cluster before the first of them must be given back."""

PATIENCE_SECONDS = 60.0
"""How long a cluster may be without any worker."""

_CONNECT_SECONDS = 15.0
_LOOK_SECONDS = 2.0
_FETCH_SECONDS = 3.0
_LOGGERS = ("distributed", "distributed.client", "distributed.core", "distributed.comm")
_GO_ON = "What is written is kept: the same command goes on where it was."


class DaskEngine:
    """An `Engine` of the workers of a Dask cluster that runs already.

    Args:
        address: of its scheduler, such as ``tcp://host:8786``.
        patience: how many seconds to wait while it has no worker; to reach the scheduler, no more than 15 of them.
    """

    def __init__(self, address: str, *, patience: float = PATIENCE_SECONDS) -> None:
        self.address, self.patience = address, patience

    def run(self, work: Work[R], batches: Iterable[Sequence[T]]) -> Generator[list[Piece[T, R]], None, None]:
        """See `Engine.run`; the workers are the cluster's and stay when it is closed.

        Raises:
            CommentlensError: Also if the scheduler cannot be reached or is lost, if no worker comes, or if the workers'
                commentlens, its models or files are not those of this machine.
        """
        with _quiet():
            client = _connected(self.address, min(self.patience, _CONNECT_SECONDS))
            try:
                yield from _Run(client, work, self).in_order(batches)
            finally:
                client.close(timeout=_CONNECT_SECONDS)


class _Run:
    """One run of a work on a cluster."""

    def __init__(self, client: Client, work: Work[Any], engine: DaskEngine) -> None:
        self._client, self._engine = client, engine
        state = work.state() if isinstance(work, ComparedWork) else ""
        self._work = pickle.dumps((work, state))
        self._workers, self._looked = 0, -_LOOK_SECONDS
        self._worked = time.monotonic()

    def in_order(self, batches: Iterable[Sequence[T]]) -> Iterator[list[Piece[T, Any]]]:
        """The pieces of each batch, in order of input; a few batches a worker are under way."""
        stream = iter(batches)
        waiting: deque[tuple[Sequence[T], Future]] = deque()
        while True:
            self._hand_more(stream, waiting)
            if not waiting:
                return
            self._wait(waiting[0][1])
            if waiting[0][1].status == "finished":
                finished = self._finished(waiting)
                # Workers get their next batches before the results of the last ones are used.
                self._hand_more(stream, waiting)
                for items, outcome in finished:
                    yield self._pieces(items, *outcome)
            else:
                self._blame(waiting[0][1])
                for _, future in waiting:
                    self._wait(future)
                yield self._alone(waiting.popleft()[0])

    def _hand_more(self, stream: Iterator[Sequence[T]], waiting: deque[tuple[Sequence[T], Future]]) -> None:
        """Hand batches to the cluster until there are enough."""
        self._look()
        lacking = AHEAD * max(self._workers, 1) - len(waiting)
        waiting.extend((items, self._handed(items)) for items in islice(stream, max(lacking, 0)))

    def _handed(self, items: Sequence[Any] | None) -> Future:
        # Bytes, because Dask looks for tasks of its own in anything else, one object after the other.
        return self._client.submit(annotate_batch, self._work, pickle.dumps(items), pure=False)

    def _finished(self, waiting: deque[tuple[Sequence[T], Future]]) -> list[tuple[Sequence[T], tuple[Outcome, Any]]]:
        """Take what is finished at the head of the queue."""
        number = next((n for n, (_, future) in enumerate(waiting) if future.status != "finished"), len(waiting))
        taken = [waiting.popleft() for _ in range(number)]
        answers = self._answers([future for _, future in taken])
        return [(items, answer) for (items, _), answer in zip(taken, answers, strict=True)]

    def _answers(self, futures: list[Future]) -> list[tuple[Outcome, Any]]:
        async def fetched() -> list[bytes]:
            answers: list[bytes] = await self._client.gather(futures, asynchronous=True)
            return answers

        patience = _FETCH_SECONDS
        while True:
            try:
                return [pickle.loads(answer) for answer in self._client.sync(fetched, callback_timeout=patience)]
            except TimeoutError:
                # Dask tries for half a minute to reach a worker that was lost with a result, while another one has
                # been told long since to do the batch again. Asked anew, it waits for that one.
                patience *= 2
                self._look()
            except (OSError, CancelledError) as error:
                raise self._lost() from error

    def _pieces(self, items: Sequence[T], outcome: Outcome, answer: Any) -> list[Piece[T, Any]]:
        if outcome == "unusable":
            raise answer
        if outcome == "done":
            return [Piece(items, answer)]
        return self._divided(items, answer)

    def _divided(self, items: Sequence[T], failure: str) -> list[Piece[T, Any]]:
        """Give up a single item; look for the one to blame among several."""
        if len(items) == 1:
            return [Piece(items, None, failure)]
        return [piece for part in divided(items) for piece in self._alone(part)]

    def _alone(self, items: Sequence[T]) -> list[Piece[T, Any]]:
        """Have some items done while nothing else is, so that lost workers are theirs to answer for."""
        future = self._handed(items)
        self._wait(future)
        if future.status == "finished":
            return self._pieces(items, *self._answers([future])[0])
        self._blame(future)
        self._check_start()
        return self._divided(items, FATAL)

    def _check_start(self) -> None:
        """Find out whether workers are lost without any item, too."""
        future = self._handed(None)
        self._wait(future)
        if future.status == "finished":
            self._pieces((), *self._answers([future])[0])
            return
        self._blame(future)
        raise CommentlensError(
            f"workers of the cluster at {self._engine.address} end before they have loaded the pipeline. Look at what "
            f"they say, and at the memory that they may use (dask worker --memory-limit). {_GO_ON}"
        )

    def _blame(self, future: Future) -> None:
        """Find that workers have ended with a batch that has no outcome.

        Raises:
            CommentlensError: If it was not workers that ended: the cluster cannot run it, or is lost.
        """
        if future.status != "error":
            raise self._lost()
        error = future.exception()
        if isinstance(error, KilledWorker):
            return
        raise CommentlensError(
            f"the cluster at {self._engine.address} cannot run commentlens ({type(error).__name__}: {error}). "
            "Its scheduler and workers need the same versions of Python, commentlens and Dask as this machine: "
            f"pip install 'commentlens[dask]'. {_GO_ON}"
        ) from error

    def _wait(self, future: Future) -> None:
        """Wait until a batch has an outcome, or none is to be had."""
        while not future.done():
            try:
                future.exception(timeout=_LOOK_SECONDS)
            except TimeoutError:
                self._look()
            except (OSError, CancelledError) as error:
                raise self._lost() from error

    def _look(self) -> None:
        """Count the workers, now and then.

        Raises:
            CommentlensError: If there have been none for too long, or the scheduler is lost.
        """
        now = time.monotonic()
        if self._workers and now - self._looked < _LOOK_SECONDS:
            return
        try:
            self._workers, self._looked = len(self._client.nthreads()), now
        except (OSError, CancelledError) as error:
            raise self._lost() from error
        if self._workers:
            self._worked = now
        elif now - self._worked > self._engine.patience:
            raise CommentlensError(
                f"the cluster at {self._engine.address} has had no worker for {self._engine.patience:.0f} seconds. "
                f"Start some: dask worker {self._engine.address} --nthreads 1 --nworkers auto. {_GO_ON}"
            )

    def _lost(self) -> CommentlensError:
        return CommentlensError(
            f"the connection to the Dask scheduler at {self._engine.address} was lost. See whether it still runs. "
            f"{_GO_ON}"
        )


def _connected(address: str, seconds: float) -> Client:
    try:
        return Client(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise CommentlensError(
            f"no Dask scheduler can be reached at {address} ({str(error).splitlines()[0]}). Start one with: dask "
            "scheduler, and give the address that it prints, such as tcp://host:8786."
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from telling on stderr what errors of ours tell."""
    before = {name: logging.getLogger(name).level for name in _LOGGERS}
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


_one_at_a_time = Lock()


def annotate_batch(work: bytes, items: bytes) -> bytes:
    """What a worker of the cluster does: outcome and result of some items, pickled.

    Args:
        work: the pickled `Work`, and its state on the caller's machine; started at its first batch and then kept.
        items: pickled; None only starts the work.
    """
    # A worker that was given several threads must not load the pipeline several times, nor use it at once.
    with _one_at_a_time:
        try:
            function = _started(work)
        except CommentlensError as error:
            return pickle.dumps(("unusable", error))
        some = pickle.loads(items)
        return pickle.dumps(("done", None) if some is None else outcome_of(function, some))


@lru_cache(maxsize=1)
def _started(pickled: bytes) -> Callable[[Sequence[Any]], Any]:
    work, state = pickle.loads(pickled)
    if isinstance(work, ComparedWork) and work.state() != state:
        import platform

        raise CommentlensError(
            f"the worker on {platform.node()} would annotate otherwise than this machine: its commentlens, its "
            "libraries, or the files that were given are others. Install the same versions there, and put the same "
            "files at the same paths."
        )
    function: Callable[[Sequence[Any]], Any] = work.start()
    return function
