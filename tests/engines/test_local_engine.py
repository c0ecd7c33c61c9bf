"""Batches over processes: order, processes that die, batches that kill, what cannot be loaded, and the end of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_work import Doubling, Processes, Unloadable

from commentlens.engines.local import AHEAD, LocalEngine
from commentlens.errors import CommentlensError, ModelError


def batches(count: int, size: int = 20) -> Iterator[range]:
    """Batches of whole numbers, from 0 on."""
    return (range(start, start + size) for start in range(0, count * size, size))


def outcome(work: Doubling, count: int, processes: int = 2) -> tuple[list[int], dict[int, str]]:
    """Results in the order in which they came, and what was given up with the reason."""
    results: list[int] = []
    failures = {}
    for pieces in LocalEngine(processes).run(work, batches(count)):
        for piece in pieces:
            if piece.result is None:
                (item,) = piece.items
                failures[item] = piece.failure or ""
            else:
                assert piece.result == [2 * item for item in piece.items]
                results += piece.result
    return results, failures


@pytest.mark.parametrize("processes", [1, 3])
def test_results_come_in_order(processes: int) -> None:
    """Whichever process is quicker."""
    assert outcome(Doubling(), 9, processes) == ([2 * number for number in range(180)], {})


def test_nothing_in_nothing_out() -> None:
    """No batch, no result, and the processes end."""
    assert outcome(Doubling(), 0) == ([], {})


def test_a_killed_process_is_replaced(tmp_path: Path) -> None:
    """Its batch is done again; nothing is lost, nothing comes twice."""
    assert outcome(Doubling(once=tmp_path), 9) == ([2 * number for number in range(180)], {})
    assert len(list(tmp_path.iterdir())) == 1


def test_only_the_item_that_kills_is_given_up() -> None:
    """After three processes each for the batch, for its part, and for the item alone; all others have their result."""
    results, failures = outcome(Doubling(deadly=(33,)), 3)
    assert results == [2 * number for number in range(60) if number != 33]
    assert failures == {33: "ends the process that annotates it"}


def test_only_the_item_that_raises_is_given_up() -> None:
    """At once, with what was raised; two of one batch too."""
    results, failures = outcome(Doubling(faulty=(21, 38)), 3)
    assert results == [2 * number for number in range(60) if number not in {21, 38}]
    assert failures == {
        21: "could not be annotated: ValueError: no 21, please",
        38: "could not be annotated: ValueError: no 38, please",
    }


def test_what_cannot_be_loaded_is_told() -> None:
    """The error of the start, or that the processes die."""
    with pytest.raises(ModelError, match="no such pipeline"):
        list(LocalEngine(2).run(Unloadable(), batches(2)))
    with pytest.raises(CommentlensError, match=r"before they have loaded the pipeline \(exit code 3\)"):
        list(LocalEngine(1).run(Unloadable(dies=True), batches(1)))


def test_no_more_is_read_than_is_needed() -> None:
    """A few batches a process, however many there are."""
    read = 0

    def counted() -> Iterator[range]:
        nonlocal read
        for read, batch in enumerate(batches(1000), 1):  # noqa: B007
            yield batch

    running = LocalEngine(2).run(Doubling(), counted())
    for _ in range(5):
        next(running)
    running.close()
    assert read <= 2 * AHEAD + 5


def test_processes_end_with_the_run() -> None:
    """When it is closed in the middle, and when reading the batches raises."""

    def broken() -> Iterator[range]:
        yield range(3)
        raise OSError("the disk is gone")

    running = LocalEngine(2).run(Processes(), batches(100))
    (piece,) = next(running)
    running.close()
    assert _is_gone(piece.result or 0)
    with pytest.raises(OSError, match="the disk is gone"):
        list(LocalEngine(2).run(Processes(), broken()))


def _is_gone(process: int) -> bool:
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_an_interrupt_is_the_callers(tmp_path: Path) -> None:
    """Ctrl-C goes to all processes of a terminal; the workers leave it to the caller, who ends them without a word."""
    script = tmp_path / "script.py"
    script.write_text(
        "from engine_work import Doubling\n"
        "from commentlens.engines.local import LocalEngine\n"
        "if __name__ == '__main__':\n"
        "    for number, _ in enumerate(LocalEngine(2).run(Doubling(), ([n] for n in iter(int, 1)))):\n"
        "        if not number:\n"
        "            print('begun', flush=True)\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen(
        [sys.executable, str(script)],
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == -signal.SIGINT
    assert said.count("Traceback") == 1
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert "Process Spawn" not in said
