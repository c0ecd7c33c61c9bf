"""bench/kills.py in small: a run that is killed in every way comes to the same bytes; a difference would be seen."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "bench"
TITLE = "Best Cities For Rain"


def load(name: str) -> ModuleType:
    """A script of the folder as a module."""
    spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


kills = load("kills")


def write_corpus(path: Path, count: int) -> None:
    """Comments that are all read differently."""
    entries = [{"name": "Bergen", "rank": 1}, {"name": "Hilo", "rank": 2}]
    row = {"id": "rain", "title": TITLE, "polarity": "positive", "kind": "city", "entries": entries}
    rows: list[object] = [{"schema": "commentlens-corpus/1", "list": row}]
    rows += [
        {"id": f"c{n}", "list": "rain", "entry": entries[n % 2], "text": f"{n} days of rain, it should be number {n}"}
        for n in range(count)
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for workers in /proc")
def test_a_killed_run_comes_to_the_same_bytes(tmp_path: Path) -> None:
    """A worker, the parent and the whole group are killed."""
    source = tmp_path / "rain.jsonl"
    write_corpus(source, 1200)
    whole = kills.command_for(source, tmp_path / "whole", 150, 1)
    assert kills.Run(whole, tmp_path / "whole").wait() == 0

    command = kills.command_for(source, tmp_path / "killed", 150, 1)
    victims = [kills.Kill("worker", 1, 0), kills.Kill("parent", 2, 0), kills.Kill("group", 5, 0)]
    done = kills.killed_run(command, tmp_path / "killed", victims)
    assert done == len(victims)
    assert kills.complete_shards(tmp_path / "killed") == 8
    assert kills.differences(tmp_path / "whole", tmp_path / "killed") == []


def test_differences_are_seen(tmp_path: Path) -> None:
    """A byte, a file too many on either side."""
    for side in ("left", "right"):
        (tmp_path / side / "shards").mkdir(parents=True)
        (tmp_path / side / "shards" / "same").write_bytes(b"x")
        (tmp_path / side / "other").write_bytes(side.encode())
        (tmp_path / side / f"only {side}").touch()
    found = kills.differences(tmp_path / "left", tmp_path / "right")
    assert found == ["only left", "only right", "other"]


def test_random_kills_are_the_same_every_time() -> None:
    """In order of the run, of all sorts, and others for another seed."""
    planned = kills.random_kills(20, 50, 1)
    assert planned == kills.random_kills(20, 50, 1)
    assert planned != kills.random_kills(20, 50, 2)
    assert [kill.shards for kill in planned] == sorted(kill.shards for kill in planned)
    assert {kill.victim for kill in planned} == {"group", "parent", "worker"}
