"""bench/consensus.py runs and says what it measured; tests/consensus asserts how well the ranking does."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from commentlens.consensus_parameters import CrowdParameters

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "bench" / "consensus.py"
SAMPLE = ROOT / "tests" / "render" / "harbour.annotated.jsonl"
HEAD = "| Crowd | Voices an entry | Interval says | Interval holds | Its width | Error | Error of the list |"


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *args], capture_output=True, text=True, check=False)


def test_the_table_of_simulated_crowds_is_that_of_the_document() -> None:
    """The same columns and rows; a JSON row has the crowd, and what was measured."""
    done = run("--lists", "1", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    page = (ROOT / "docs" / "consensus.md").read_text("utf-8")

    assert document["parameters"] == asdict(CrowdParameters())
    assert HEAD in page
    for row in document["simulated"]:
        assert f"\n| {row['crowd']} | {row['voices']:g} | " in page
        assert 0.5 < row["measured"]["coverage"] <= 1
        assert row["measured"]["entries"] > 0


def test_comments_of_a_list_are_foretold_from_others() -> None:
    """Annotated comments: seven, with two comparisons and three claims of a direction."""
    done = run("--data", str(SAMPLE), "--json")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)["checked"]

    assert (row["list"], row["comments"], row["with_evidence"]) == ("Best Harbour Cities", 7, 4)
    assert 0 <= row["agree_crowd"] <= row["comparisons"]
    assert 0 <= row["foretold"] <= row["claims"] <= 3


def test_mistakes_are_one_line() -> None:
    """Of usage, and of data."""
    usage, data = run("--lists", "0"), run("--data", "nowhere.jsonl")

    assert usage.returncode == 2
    assert "--lists: at least 1." in usage.stderr
    assert data.returncode == 1
    assert data.stderr.startswith("bench/consensus.py: nowhere.jsonl does not exist")
    assert len(data.stderr.splitlines()) == 1
