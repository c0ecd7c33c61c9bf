"""Compares commentlens with the script that an analyst would write: comments a second, processor time, memory.

    python bench/throughput.py --comments 20000 --data ../shared/data --naive ../shared/bench/naive.py
    python bench/throughput.py --comments 2000 --rounds 1 --processes 1 --json

Both read the same file of distinct comments (`corpus_of_texts.py`) and write what they find; commentlens runs as
``commentlens annotate`` with all layers, an empty cache and a new folder. They run in turn, round by round, so that
whatever else the machine does falls on both. Each also runs on few comments; what that takes is start-up, and is taken
off for the figures "once started". Ratios are those of one round, and of rounds the median: of clock times, and of
processor times, which mean more where the machine has other work.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus_of_texts import write_comments
from forum import texts_of
from measured import Measured, load, measured

SHARED = Path(__file__).parents[2] / "shared"
SYSTEMS = ("commentlens", "naive")
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_FEW = 200
_CLEARLY = 1.2
"""Times as long as a run on few that a run on all must take for their difference to mean anything."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One system's run on all comments, and its run on few, in one round.

    Args:
        system: which.
        processes: of each.
        comments: how many all are.
        few: how many few are.
        whole: the run on all.
        start: the run on few.
    """

    system: str
    processes: int
    comments: int
    few: int
    whole: Measured
    start: Measured

    @property
    def rate(self) -> float:
        """Comments a second by the clock, start-up included."""
        return self.comments / self.whole.wall

    @property
    def started_rate(self) -> float:
        """Comments a second by the clock, once started."""
        return self._beyond(self.whole.wall, self.start.wall)

    @property
    def started_processor_rate(self) -> float:
        """Comments a second of processor time, once started."""
        return self._beyond(self.whole.processor, self.start.processor)

    def _beyond(self, whole: float, start: float) -> float:
        return (self.comments - self.few) / (whole - start) if whole > _CLEARLY * start else math.nan

    @property
    def processor_rate(self) -> float:
        """Comments a second of processor time, start-up included."""
        return self.comments / self.whole.processor


RATES = ("rate", "started_rate", "processor_rate", "started_processor_rate")


def command(system: str, source: Path, scratch: Path, processes: int, naive: Path) -> list[str]:
    """The command line of a run, which writes into a folder that is empty."""
    if system == "naive":
        return [sys.executable, str(naive), str(source), str(scratch / "out.jsonl"), "--processes", str(processes)]
    output = ["-o", str(scratch / "annotated"), "--processes", str(processes), "--quiet"]
    return [sys.executable, "-m", "commentlens", "annotate", str(source), *output]


def run(system: str, source: Path, processes: int, naive: Path) -> Measured:
    """One run with nothing in the cache."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        environment = {**ENVIRONMENT, "XDG_CACHE_HOME": str(scratch / "cache")}
        return measured(command(system, source, scratch, processes, naive), environment)


def turns(source: Path, few: Path, given: argparse.Namespace) -> list[Turn]:
    """All rounds; a line on stderr after each run."""
    found = []
    for number in range(given.rounds):
        for processes in given.processes:
            # Not always the same one first.
            for system in SYSTEMS if number % 2 == 0 else SYSTEMS[::-1]:
                start = run(system, few, processes, given.naive)
                whole = run(system, source, processes, given.naive)
                turn = Turn(system, processes, given.comments, min(_FEW, given.comments // 2), whole, start)
                found.append(turn)
                print(f"round {number + 1}: {line(turn)}", file=sys.stderr, flush=True)
    return found


def line(turn: Turn) -> str:
    """One run in words."""
    return (
        f"{turn.system}, {turn.processes} process(es): {turn.whole.wall:.1f} s, {turn.whole.processor:.1f} s of "
        f"processor; on few {turn.start.wall:.1f} s, {turn.start.processor:.1f} s"
    )


def median(found: Sequence[Turn], system: str, processes: int, what: str) -> float:
    """The median over the rounds of one of `RATES`."""
    return statistics.median(
        getattr(turn, what) for turn in found if (turn.system, turn.processes) == (system, processes)
    )


def ratio(found: Sequence[Turn], processes: int, what: str) -> float:
    """How many times naive's rate commentlens has, the median over the rounds."""
    ours, theirs = (
        [getattr(turn, what) for turn in found if (turn.system, turn.processes) == (system, processes)]
        for system in SYSTEMS
    )
    return statistics.median(our / their for our, their in zip(ours, theirs, strict=True))


def peaks(found: Sequence[Turn], system: str, processes: int) -> tuple[float, float]:
    """The largest peak of a parent and of a worker, in megabytes; 0 for one that has no workers."""
    runs = [turn.whole for turn in found if (turn.system, turn.processes) == (system, processes)]
    return max(one.parent for one in runs), max((peak for one in runs for peak in one.workers), default=0.0)


def table(found: Sequence[Turn]) -> str:
    """Markdown: a row a system and number of processes, and the ratio below each pair."""
    columns = ("processes", "", "comments/s", "once started", "a second of processor", "once started")
    rows = [f"| {' | '.join((*columns, 'parent, MB', 'worker, MB'))} |", "|---:|---|---:|---:|---:|---:|---:|---:|"]
    for processes in dict.fromkeys(turn.processes for turn in found):
        for system in SYSTEMS:
            rates = " | ".join(f"{median(found, system, processes, what):,.0f}" for what in RATES)
            parent, worker = peaks(found, system, processes)
            rows.append(
                f"| {processes} | {system} | {rates} | {parent:,.0f} | {worker:,.0f} |"
                if worker
                else f"| {processes} | {system} | {rates} | {parent:,.0f} | none |"
            )
        ratios = " | ".join(f"**{ratio(found, processes, what):.2f}**" for what in RATES)
        rows.append(f"| {processes} | times as many | {ratios} | | |")
    return "\n".join(rows)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comments", type=int, default=20_000)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2], help="process numbers to try, of each")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, default=SHARED / "data", help="folder of the labelled sets")
    parser.add_argument("--naive", type=Path, default=SHARED / "bench" / "naive.py", help="the script")
    parser.add_argument("--json", action="store_true", help="every run, as JSON")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, few = Path(folder, "comments.jsonl"), Path(folder, "few.jsonl")
        texts = texts_of(given.data)
        write_comments(given.data, given.comments, source, texts=texts)
        lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
        few.write_text("".join(lines[: min(_FEW, given.comments // 2)]), encoding="utf-8")
        found = turns(source, few, given)
    if given.json:
        print(json.dumps({"machine": load(), "runs": [asdict(turn) for turn in found]}, indent=1))
        return
    print(f"{given.comments:,} distinct comments, {given.rounds} round(s); {load()}\n\n{table(found)}")


if __name__ == "__main__":
    main()
