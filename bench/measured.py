"""Runs a command and measures it with its child processes: time, processor time, and the peak memory of each."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOK_EVERY_SECONDS = 0.05
_MEGABYTE = 1_000_000
_HELPER = b"resource_tracker"
"""In the command line of the process by which Python's multiprocessing tidies up; it does none of the work."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run.

    Args:
        wall: seconds by the clock.
        processor: seconds of processor time, children included.
        parent: peak memory of the process that was started, in megabytes (resident, shared pages counted).
        workers: peak memory of each of its child processes, in the order in which they appeared.
    """

    wall: float
    processor: float
    parent: float
    workers: tuple[float, ...]


def measured(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Measured:
    """Run a command to its end.

    Args:
        command: program and arguments.
        environment: variables to set beside those that are set.

    Raises:
        SystemExit: If it fails; with the end of what it wrote to stderr.
    """
    # A file and not a pipe, which could fill up.
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=errors, env={**os.environ, **(environment or {})}
        )
        peaks: dict[int, float] = {}
        while True:
            for number in (process.pid, *_descendants(process.pid)):
                peaks[number] = _peak(number) or peaks.get(number, 0.0)
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(_LOOK_EVERY_SECONDS)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            said = errors.read().decode(errors="replace")[-2000:]
            raise SystemExit(f"{' '.join(map(str, command))} failed ({process.returncode}):\n{said}")
    parent = peaks.pop(process.pid)
    return Measured(wall, used.ru_utime + used.ru_stime, parent, tuple(peak for peak in peaks.values() if peak))


def _descendants(process: int) -> Iterator[int]:
    """Child processes, and theirs, that work."""
    try:
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (thread / "children").read_text(encoding="ascii").split()):
                if _HELPER not in Path(f"/proc/{child}/cmdline").read_bytes():
                    yield child
                    yield from _descendants(child)
    except (FileNotFoundError, ProcessLookupError):
        return


def _peak(process: int) -> float | None:
    """The most memory that a process has held so far, in megabytes; None where it is gone."""
    try:
        for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / _MEGABYTE
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None


def load() -> str:
    """What else the machine has to do, for the foot of a table."""
    one, five, _ = os.getloadavg()
    return f"{os.cpu_count()} cores, load {one:.1f} over one minute, {five:.1f} over five"
