"""What a Dask cluster of one and of two workers makes of the same comments, and what each part of it costs.

    python bench/corpus_of_texts.py 20000 --data ../shared/data --output comments.jsonl
    python bench/cluster.py comments.jsonl

Both clusters run on this machine and are started before anything is measured, pipelines loaded. Then the comments are
annotated into a new folder, with one worker, with two, with one, … in turn. Rates are by the clock; where the machine
has other work, two workers get less than two processors, and only the processor times mean anything: those of the
workers, of the scheduler, and of this process, which reads, finds what is new, hands out, and writes. From them follow
the ratio that two free processors would give. Last, batches of comments are handed to workers that do nothing with
them but give so many bytes back: that is what the scheduler and the calling process can do when they never wait.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import shutil
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dask_processes import Canned, Processes, wait_until
from distributed import Client

from commentlens.annotate import AnnotateOptions
from commentlens.engines.dask import DaskEngine
from commentlens.shards import annotating
from commentlens.sources import CommentStream

_WARM_UP = 2000
_BATCH = 256
_BATCHES = 1000
# About what the layers of a batch of short comments take.
_RESULT_BYTES = 25_000


@dataclass(frozen=True, slots=True)
class Turn:
    """One run: its seconds by the clock, and those of processor time of the parts."""

    workers: int
    comments: int
    wall: float
    caller: float
    scheduler: float
    working: float

    @property
    def rate(self) -> float:
        """Comments a second."""
        return self.comments / self.wall


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def cluster(workers: int) -> Iterator[Client]:
    """A scheduler and its workers, each a process, all of them there."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with Processes() as processes:
        processes.scheduler(address)
        with Client(address, timeout=60, set_as_default=False) as client:
            processes.worker(address, workers, host="127.0.0.1")
            wait_until(lambda: len(client.nthreads()) == workers, "workers")
            yield client


def processor_seconds(client: Client) -> tuple[float, float, float]:
    """What this process, the scheduler and the workers have used until now."""
    scheduler = client.run_on_scheduler(time.process_time)
    return time.process_time(), scheduler, sum(client.run(time.process_time).values())


def annotate(source: Path, client: Client, limit: int | None = None) -> int:
    """Annotate a file into a folder that is then thrown away; how many comments it held."""
    folder = Path(tempfile.mkdtemp())
    try:
        number = 0
        engine = DaskEngine(client.scheduler.address)
        for done in annotating(CommentStream([str(source)]).readings(), folder, AnnotateOptions(), engine):
            number += done
            if limit is not None and number >= limit:
                break
        return number
    finally:
        shutil.rmtree(folder)


def turn(source: Path, client: Client) -> Turn:
    """One measured run."""
    before, started = processor_seconds(client), time.perf_counter()
    comments = annotate(source, client)
    wall = time.perf_counter() - started
    used = [after - earlier for after, earlier in zip(processor_seconds(client), before, strict=True)]
    return Turn(len(client.nthreads()), comments, wall, *used)


def line(turn: Turn) -> str:
    """A row of the table."""
    each = [1e6 * used / turn.comments for used in (turn.working, turn.scheduler, turn.caller)]
    return f"{turn.workers:7d} {turn.wall:8.1f} {turn.rate:11.0f} " + " ".join(f"{micro:10.0f}" for micro in each)


def conclusions(turns: list[Turn]) -> list[str]:
    """Ratio of the rates, and the memory of this process."""
    by_workers = {
        workers: statistics.median(turn.rate for turn in turns if turn.workers == workers) for workers in (1, 2)
    }
    ones, twos = ([turn for turn in turns if turn.workers == workers] for workers in (1, 2))

    def each(group: list[Turn], part: str) -> float:
        return statistics.median(getattr(turn, part) / turn.comments for turn in group)

    # One worker beside the rest, which has a processor of its own; two workers with the rest on the same two.
    one = max(each(ones, "working"), each(ones, "caller") + each(ones, "scheduler"))
    two = (each(twos, "working") + each(twos, "caller") + each(twos, "scheduler")) / 2
    return [
        f"rate with two workers over rate with one: {by_workers[2] / by_workers[1]:.2f} by the clock",
        f"by processor times, on two free processors at best: {one / two:.2f}",
        f"peak memory of the caller: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB",
    ]


def handing(source: Path, client: Client) -> str:
    """What it costs to hand a batch out and to take its result back."""
    (reading,) = CommentStream([str(source)]).readings()
    batch = list(itertools.islice(reading.comments, _BATCH))
    before, started = processor_seconds(client), time.perf_counter()
    for _ in DaskEngine(client.scheduler.address).run(Canned(_RESULT_BYTES), itertools.repeat(batch, _BATCHES)):
        pass
    wall = time.perf_counter() - started
    caller, scheduler, _ = (after - earlier for after, earlier in zip(processor_seconds(client), before, strict=True))
    return (
        f"handing out alone: {_BATCHES / wall:.0f} batches of {len(batch)} a second; milliseconds of processor time a "
        f"batch: scheduler {1000 * scheduler / _BATCHES:.1f}, caller {1000 * caller / _BATCHES:.1f}"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="comments")
    parser.add_argument("--turns", type=int, default=3, help="of each cluster")
    given = parser.parse_args()
    turns: list[Turn] = []
    with cluster(1) as one, cluster(2) as two:
        for client in (one, two):
            annotate(given.source, client, _WARM_UP)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        print("workers  seconds  comments/s  microseconds of processor time a comment: workers, scheduler, caller")
        for number in range(2 * given.turns):
            turns.append(turn(given.source, (one, two)[number % 2]))
            print(line(turns[-1]), flush=True)
        print(handing(given.source, two))
        print(f"load of the machine after: {os.getloadavg()[0]:.1f}")
    print("\n".join(conclusions(turns)))


if __name__ == "__main__":
    main()
