"""Works for the tests of engines, in a module of their own so that worker processes can load them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from commentlens.errors import ModelError


@dataclass(frozen=True)
class Doubling:
    """Doubles numbers.

    Attributes:
        deadly: numbers that end the process, every time.
        faulty: numbers that raise.
        once: a folder in which each worker leaves a file; the first one to find the folder empty is killed with its
            first batch.
    """

    deadly: tuple[int, ...] = ()
    faulty: tuple[int, ...] = ()
    once: Path | None = None

    def start(self) -> Callable[[Sequence[int]], list[int]]:
        """Nothing to load."""
        return self._double

    def _double(self, numbers: Sequence[int]) -> list[int]:
        if self.once is not None and not any(self.once.iterdir()):
            (self.once / str(os.getpid())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if set(self.deadly) & set(numbers):
            os.kill(os.getpid(), signal.SIGKILL)
        if set(self.faulty) & set(numbers):
            raise ValueError(f"no {numbers[0]}, please")
        return [2 * number for number in numbers]


@dataclass(frozen=True)
class Processes:
    """Tells which process does the work."""

    def start(self) -> Callable[[Sequence[int]], int]:
        """Nothing to load."""
        return lambda _: os.getpid()


@dataclass(frozen=True)
class Unloadable:
    """Cannot be started: raises, or ends its process."""

    dies: bool = False

    def start(self) -> Callable[[Sequence[int]], None]:
        """Never returns.

        Raises:
            ModelError: Unless it dies.
        """
        if self.dies:
            os._exit(3)
        raise ModelError("no such pipeline")
