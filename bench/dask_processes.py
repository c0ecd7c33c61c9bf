"""Schedulers and workers of Dask as processes of the benchmarks, ended with them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ENDING_SECONDS = 10
_TICK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Canned:
    """A work for engines that costs its worker nothing: what is left is the cost of handing out and taking back.

    Args:
        size: bytes of each result.
    """

    size: int

    def start(self) -> Callable[[Sequence[Any]], bytes]:
        """Nothing to load."""
        return lambda _: bytes(self.size)


class Processes:
    """Processes that are started here, each in a group of its own; leaving the context ends them all."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_ENDING_SECONDS)
            # What is left of a group, whether or not its first process has ended.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def scheduler(self, address: str, inside: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """A scheduler at ``tcp://host:port``; ``inside`` is put before the command."""
        host, _, port = address.removeprefix("tcp://").rpartition(":")
        module = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
        return self._start([*inside, *module, "--host", host, "--port", port, "--no-dashboard"])

    def worker(
        self, address: str, number: int = 1, *, host: str, inside: Sequence[str] = ()
    ) -> subprocess.Popen[bytes]:
        """So many workers of one thread at a host, with their nanny."""
        module = [sys.executable, "-m", "distributed.cli.dask_worker", address]
        options = ["--nthreads", "1", "--nworkers", str(number), "--host", host, "--no-dashboard"]
        return self._start([*inside, *module, *options])

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        # So that workers find the works of this module.
        found = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
        process = subprocess.Popen(
            command,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": found},
        )
        self._started.append(process)
        return process


def wait_until(true: Callable[[], bool], what: str, seconds: float = 600) -> None:
    """Wait for something.

    Raises:
        SystemExit: If it does not come in time.
    """
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise SystemExit(f"{what}: not in {seconds:.0f} s")
        time.sleep(_TICK_SECONDS)
