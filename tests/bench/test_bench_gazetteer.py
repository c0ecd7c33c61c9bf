"""bench/gazetteer.py runs and says what it measured; how fast anything is is no test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "bench" / "gazetteer.py"


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *args], capture_output=True, text=True, check=False)


def test_json_and_its_figures() -> None:
    """All figures are there, and none is nothing."""
    done = run("--runs", "1", "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures.keys() == {
        "places_ms",
        "companies_ms",
        "load_ms",
        "memory_mb",
        "lookups_per_s",
        "entities_per_s",
        "words_per_comment",
    }
    assert min(figures.values()) > 0
    assert abs(figures["load_ms"] - figures["places_ms"] - figures["companies_ms"]) < 1e-6
    assert round(figures["words_per_comment"], 1) == 20.1


def test_usage_errors() -> None:
    """One line, and exit code 2."""
    done = run("--runs", "0")
    assert done.returncode == 2
    assert "--runs: at least 1." in done.stderr
