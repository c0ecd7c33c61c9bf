"""Annotates on a cluster of several hosts, kills a worker and cuts a host off in mid-run, and compares the bytes.

    python bench/forum.py 20000 --data ../shared/data --output forum.jsonl
    sudo .venv/bin/python bench/cluster_hosts.py forum.jsonl

The hosts are network namespaces of Linux, each with an address of its own, on a bridge in another one; nothing outside
of them is touched, and all of it is gone in the end. Needs root and iproute2. One host has the scheduler and the
command, three have a worker each. When a third of the shards is there, one worker is killed (SIGKILL); when half of
them is, the network of another host is cut, without a word to anybody, until more shards are there and Dask has given
the host up; then it comes back. Dask calls a connection dead after twelve seconds here (30 unless told otherwise).

Prints what happened when, and whether the folder holds the bytes that the local engine writes.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dask_processes import Processes, wait_until
from kills import complete_shards, differences

_NETWORK = "10.213.77"
_PREFIX = f"lens{os.getpid()}"
_HUB = f"{_PREFIX}-hub"
_HEAD = 1
_WORKERS = (2, 3, 4)
_SCHEDULER = f"tcp://{_NETWORK}.{_HEAD}:8786"
_DEAD_AFTER_SECONDS = 12


def name_of(host: int) -> str:
    """The namespace of a host."""
    return f"{_PREFIX}-{host}"


def inside(host: int) -> list[str]:
    """What goes before a command that runs on a host."""
    return ["ip", "netns", "exec", name_of(host)]


def ip(*words: str, of: str | None = None) -> None:
    """Run ip, in a namespace where one is named."""
    subprocess.run(["ip", *(["-n", of] if of else []), *words], check=True, capture_output=True, text=True)


@contextmanager
def hosts() -> Iterator[None]:
    """The namespaces: a bridge, and the hosts on it."""
    made: list[str] = []
    try:
        for name in (_HUB, *map(name_of, (_HEAD, *_WORKERS))):
            ip("netns", "add", name)
            made.append(name)
            ip("link", "set", "lo", "up", of=name)
        ip("link", "add", "bridge", "type", "bridge", of=_HUB)
        ip("link", "set", "bridge", "up", of=_HUB)
        for host in (_HEAD, *_WORKERS):
            ip("link", "add", f"to{host}", "type", "veth", "peer", "name", "net", "netns", name_of(host), of=_HUB)
            ip("link", "set", f"to{host}", "master", "bridge", "up", of=_HUB)
            ip("address", "add", f"{_NETWORK}.{host}/24", "dev", "net", of=name_of(host))
            ip("link", "set", "net", "up", of=name_of(host))
        yield
    finally:
        for name in reversed(made):
            ip("netns", "delete", name)


def worker_process(nanny: int) -> int:
    """The process that does the work of a nanny's worker."""
    tasks = Path(f"/proc/{nanny}/task")
    children = [child for task in tasks.iterdir() for child in (task / "children").read_text("ascii").split()]
    (worker,) = [child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    return int(worker)


def workers() -> set[str]:
    """The hosts that the scheduler counts on."""
    code = (
        "from distributed import Client\n"
        f"with Client({_SCHEDULER!r}, timeout=20) as client:\n"
        "    print(*sorted(address.split('//')[1].split(':')[0] for address in client.nthreads()))"
    )
    done = subprocess.run([*inside(_HEAD), sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def command(source: Path, folder: Path, shard_size: int, *more: str) -> list[str]:
    """The command line of a run."""
    options = ["-o", str(folder), "--shard-size", str(shard_size), "--quiet", *more]
    return [sys.executable, "-m", "commentlens", "annotate", str(source), *options]


def disturbed(source: Path, folder: Path, shard_size: int, shards: int) -> None:
    """Run on the hosts, with a worker killed and a host cut off.

    Raises:
        SystemExit: If the run fails, or ends before everything has happened.
    """
    started = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - started:6.1f} s  {complete_shards(folder):3d} shards  {what}", flush=True)

    with Processes() as processes:
        processes.scheduler(_SCHEDULER, inside(_HEAD))
        nannies = [processes.worker(_SCHEDULER, host=f"{_NETWORK}.{host}", inside=inside(host)) for host in _WORKERS]
        wait_until(lambda: len(workers()) == len(_WORKERS), "workers")
        tell("cluster is up: three workers on three hosts")
        run = subprocess.Popen(
            [*inside(_HEAD), *command(source, folder, shard_size, "--engine", "dask", "--address", _SCHEDULER)]
        )

        def until(part: float) -> None:
            wait_until(lambda: complete_shards(folder) >= part * shards or run.poll() is not None, "shards")
            if run.poll() is not None:
                raise SystemExit("the run ended too early: take more comments")

        until(0.3)
        os.kill(worker_process(nannies[0].pid), signal.SIGKILL)
        tell(f"killed the worker of host {_WORKERS[0]}")
        until(0.5)
        cut = _WORKERS[1]
        ip("link", "set", f"to{cut}", "down", of=_HUB)
        tell(f"cut host {cut} off")
        wait_until(lambda: f"{_NETWORK}.{cut}" not in workers(), "the scheduler gives the host up")
        tell(f"the scheduler has given host {cut} up")
        until(0.6)
        ip("link", "set", f"to{cut}", "up", of=_HUB)
        tell(f"host {cut} is back on the network")
        # A worker that has lost its scheduler ends; on a real host a supervisor starts the next one.
        wait_until(lambda: nannies[1].poll() is not None, "the worker of the host that was cut off ends", 60)
        processes.worker(_SCHEDULER, host=f"{_NETWORK}.{cut}", inside=inside(cut))
        tell(f"its worker had lost the scheduler and ended; started another one on host {cut}")
        if run.wait():
            raise SystemExit("the run failed")
        tell("the run is complete")
        wait_until(lambda: len(workers()) == len(_WORKERS), "all workers are back", 60)
        tell("all three hosts have a worker again")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="comments")
    parser.add_argument("--shard-size", type=int, default=500)
    given = parser.parse_args(arguments)
    os.environ["DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP"] = f"{_DEAD_AFTER_SECONDS}s"
    with tempfile.TemporaryDirectory() as scratch:
        here, there = Path(scratch, "here"), Path(scratch, "there")
        subprocess.run(command(given.source, here, given.shard_size), check=True)
        shards = complete_shards(here)
        print(f"undisturbed, local engine: {shards} shards", flush=True)
        with hosts():
            disturbed(given.source, there, given.shard_size, shards)
        differing = differences(here, there)
        print("same bytes" if not differing else f"DIFFERENT: {', '.join(differing)}")
        raise SystemExit(bool(differing))


if __name__ == "__main__":
    main()
