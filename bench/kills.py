"""Kills a run of commentlens annotate again and again, and compares what it comes to with an undisturbed run.

    python bench/forum.py 50000 --data ../shared/data --output forum.jsonl
    python bench/kills.py forum.jsonl --kills 20 --shard-size 1000

Each kill is a SIGKILL, when so many shards are complete and a moment later, at random: to the whole group of
processes, to the parent alone, whose workers have to end by themselves, or to one worker, which the run has to get
over. After the kill of a group or a parent the same command is run again. Prints each kill and, last, whether both
folders hold the same bytes.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Victim = Literal["group", "parent", "worker"]
_PATIENCE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Kill:
    """Who is killed, when so many shards are complete and so many seconds have passed after that."""

    victim: Victim
    shards: int
    seconds: float


def random_kills(count: int, shards: int, seed: int) -> list[Kill]:
    """Kills at moments spread over a run of so many shards, in order of time."""
    chance = random.Random(seed)
    moments = sorted(chance.randrange(shards) for _ in range(count))
    victims: Sequence[Victim] = ("group", "group", "parent", "worker")
    return [Kill(chance.choice(victims), moment, chance.uniform(0, 1.5)) for moment in moments]


class Run:
    """One run of commentlens annotate, in a group of processes of its own."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)

    def wait_for(self, kill: Kill) -> bool:
        """Wait for the moment of a kill; False where the run has ended before."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while complete_shards(self._folder) < kill.shards and time.monotonic() < deadline:
            if self._process.poll() is not None:
                return False
            time.sleep(0.01)
        time.sleep(kill.seconds)
        return self._process.poll() is None

    def kill(self, victim: Victim) -> None:
        """Kill it, or a part of it."""
        if victim == "worker":
            workers = children(self._process.pid)
            if workers:
                os.kill(workers[0], signal.SIGKILL)
            return
        workers = children(self._process.pid)
        if victim == "group":
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        self._process.wait()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while any(is_alive(worker) for worker in workers):
            if time.monotonic() > deadline:
                raise SystemExit(f"workers {workers} outlive their parent")
            time.sleep(0.01)

    def wait(self) -> int:
        """Exit code."""
        return self._process.wait()


def complete_shards(folder: Path) -> int:
    """How many shards a folder holds."""
    try:
        return sum(name.endswith(".parquet") for name in os.listdir(folder / "shards"))  # noqa: PTH208 (quicker)
    except FileNotFoundError:
        return 0


def children(process: int) -> list[int]:
    """The worker processes of a process."""
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        started = [thread for thread in Path(f"/proc/{process}/task").iterdir() if thread.name != str(process)]
        for thread in started:
            found += (thread / "children").read_text(encoding="ascii").split()
        return [int(child) for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    except FileNotFoundError:
        return []


def is_alive(process: int) -> bool:
    """Whether a process runs; one that waits to be buried does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in {"Z", "X"}


def differences(left: Path, right: Path) -> list[str]:
    """Files that only one of two folders holds, or that differ in a byte."""
    names = [
        {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} for folder in (left, right)
    ]
    other = [name for name in names[0] & names[1] if not filecmp.cmp(left / name, right / name, shallow=False)]
    return sorted((names[0] ^ names[1]) | set(other))


def killed_run(command: Sequence[str], folder: Path, kills: Sequence[Kill]) -> int:
    """Run a command to its end through all the kills; how many of them found it running."""
    done = 0
    run = Run(command, folder)
    for kill in kills:
        if not run.wait_for(kill):
            break
        shards = complete_shards(folder)
        run.kill(kill.victim)
        done += 1
        print(f"killed {kill.victim:<6} with {shards} shards complete", flush=True)
        if kill.victim != "worker":
            run = Run(command, folder)
    if run.wait() != 0:
        raise SystemExit("the last run failed")
    return done


def command_for(source: Path, folder: Path, shard_size: int, processes: int) -> list[str]:
    """The command line of a run."""
    options = ["--shard-size", str(shard_size), "--processes", str(processes), "--quiet"]
    return [sys.executable, "-m", "commentlens", "annotate", str(source), "-o", str(folder), *options]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="comments")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--shard-size", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        whole, killed = Path(scratch, "whole"), Path(scratch, "killed")
        started = time.monotonic()
        subprocess.run(command_for(given.source, whole, given.shard_size, given.processes), check=True)
        shards = complete_shards(whole)
        print(f"undisturbed: {shards} shards, {time.monotonic() - started:.0f} s", flush=True)
        started = time.monotonic()
        command = command_for(given.source, killed, given.shard_size, given.processes)
        done = killed_run(command, killed, random_kills(given.kills, shards, given.seed))
        print(f"killed {done} times: {time.monotonic() - started:.0f} s")
        differing = differences(whole, killed)
        print("same bytes" if not differing else f"DIFFERENT: {', '.join(differing)}")
        raise SystemExit(bool(differing))


if __name__ == "__main__":
    main()
