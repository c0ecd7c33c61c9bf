"""Measures what commentlens annotate costs against the number of comments and of processes.

    python bench/scaling.py --data ../shared/data                         1,000 to 100,000 comments, two processes
    python bench/scaling.py --data ../shared/data --counts 1000000        one size, an hour
    python bench/scaling.py --data ../shared/data --processes 1 2 4

One line a run: comments a second by the clock, processor time a comment (which a busy machine changes less), and the
most memory that the parent and any worker had. The forums are those of bench/forum.py, made for the run and thrown
away. The time until the pipeline is loaded is in it, so small forums look slower.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from forum import write_forum
from kills import children, command_for


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: seconds by the clock and of all processors, megabytes of parent and largest worker."""

    wall: float
    processor: float
    parent_mb: float
    worker_mb: float


def measured(source: Path, folder: Path, processes: int) -> Cost:
    """Annotate a source into a folder, and watch it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    parent = worker = 0.0
    with subprocess.Popen(command_for(source, folder, 10_000, processes)) as process:
        while process.poll() is None:
            parent = max(parent, peak_mb(process.pid))
            worker = max([worker, *map(peak_mb, children(process.pid))])
            time.sleep(0.1)
    if process.returncode != 0:
        raise SystemExit(f"commentlens annotate failed with {process.returncode}")
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, used, parent, worker)


def peak_mb(process: int) -> float:
    """The most memory that a process has had so far, in megabytes; 0 where it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    kilobytes = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(kilobytes[0]) / 1024 if kilobytes else 0


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000, 20_000, 50_000, 100_000])
    parser.add_argument("--processes", type=int, nargs="+", default=[2])
    given = parser.parse_args()
    print(f"{'comments':>10} {'processes':>9} {'a second':>9} {'µs each':>9} {'parent MB':>9} {'worker MB':>9}")
    for count in given.counts:
        for processes in given.processes:
            with tempfile.TemporaryDirectory() as scratch:
                source = Path(scratch, "forum.jsonl")
                write_forum(given.data, count, source)
                cost = measured(source, Path(scratch, "annotated"), processes)
            line = f"{count:>10,} {processes:>9} {count / cost.wall:>9,.0f} {1e6 * cost.processor / count:>9,.0f}"
            print(f"{line} {cost.parent_mb:>9,.0f} {cost.worker_mb:>9,.0f}", flush=True)


if __name__ == "__main__":
    main()
