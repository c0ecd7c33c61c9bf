"""bench/claims.py and bench/comparisons.py on small files of each shape that they take."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench"
ENTRY = {"list": "Best Towns", "entry": {"name": "Ghent", "rank": 9}, "mentions": [], "moods": []}
GOLD = [
    {
        **ENTRY,
        "id": "1",
        "text": "Should be number 2",
        "claims": [{"subject": "Ghent", "stance": "too_low", "proposed": [2, 2]}],
        "comparisons": [],
    },
    {
        **ENTRY,
        "id": "2",
        "text": "Nicer than Bruges",
        "claims": [{"subject": "Ghent", "stance": "right"}],
        "comparisons": [{"better": "Ghent", "worse": "Bruges", "relation": "better"}],
    },
]
PAIRS = [
    {"text": "Oak is harder to bend than willow", "a_span": [0, 3], "b_span": [27, 33], "label": "WORSE"},
    {"text": "Oak and willow grow here", "a_span": [0, 3], "b_span": [8, 14], "label": "NONE"},
]
QUINTUPLES = [
    {
        "text": "Oak is nicer than willow",
        "comparative": True,
        "quintuples": [{"subject": [0, 3], "object": [18, 24], "preference": "BETTER"}],
    },
    {"text": "Oak grows here", "comparative": False, "quintuples": []},
]


def run(script: str, *args: str) -> subprocess.CompletedProcess[str]:
    """The script in a Python of its own."""
    return subprocess.run([sys.executable, str(BENCH / script), *args], capture_output=True, text=True, check=False)


def written(folder: Path, rows: list[dict[str, Any]]) -> str:
    """A file of these rows."""
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_claims(tmp_path: Path) -> None:
    """One of two claims found, none wrong."""
    figures = json.loads(run("claims.py", "--data", written(tmp_path, GOLD), "--json").stdout)["rows.jsonl"]
    found = {layer: (score["p"], score["r"], round(score["f1"], 4)) for layer, score in figures.items()}
    assert found == {"claim": (1.0, 0.5, 0.6667), "claim_rank": (1.0, 0.5, 0.6667)}


@pytest.mark.parametrize(
    ("rows", "figures"),
    [
        (GOLD, {"p": 1.0, "r": 1.0, "f1": 1.0, "tp": 1, "fp": 0, "fn": 0}),
        (PAIRS, {"rows": 2, "weighted": 1.0, "BETTER": 0.0, "WORSE": 1.0, "NONE": 1.0}),
        (
            QUINTUPLES,
            {"sentences": 2, "comparative": 1, "comparative_f1": 1.0, "directed": 1, "told": 1, "right": 1},
        ),
    ],
    ids=["annotated", "pairs", "quintuples"],
)
def test_comparisons(rows: list[dict[str, Any]], figures: dict[str, float], tmp_path: Path) -> None:
    """Each shape is told by its keys."""
    results = json.loads(run("comparisons.py", "--data", written(tmp_path, rows), "--json").stdout)
    found = results["pages"][0] if "pages" in results else next(iter(results.values()))
    found = found["rules and second reader"]
    assert found.get("all", found) == figures


def test_a_file_of_no_known_shape(tmp_path: Path) -> None:
    """Says which keys it looked for."""
    done = run("comparisons.py", "--data", written(tmp_path, [{"text": "x"}]))
    assert done.returncode == 2
    assert "neither a_span and label, nor quintuples, nor comparisons" in done.stderr
