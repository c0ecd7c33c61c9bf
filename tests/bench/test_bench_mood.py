"""bench/mood.py on small files of each shape that it takes."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench"
OVERALL = [
    {"id": 1, "text": "LOCATION1 is lovely", "target": "LOCATION1", "label": "positive", "aspects": {}},
    {"id": 2, "text": "LOCATION1 is horrible", "target": "LOCATION1", "label": "negative", "aspects": {}},
    {"id": 3, "text": "I walked to LOCATION1", "target": "LOCATION1", "label": "none", "aspects": {}},
    {"id": 4, "text": "LOCATION1 is great but LOCATION2 is awful", "target": "LOCATION1", "label": "positive",
     "aspects": {}},
    {"id": 4, "text": "LOCATION1 is great but LOCATION2 is awful", "target": "LOCATION2", "label": "negative",
     "aspects": {}},
]  # fmt: skip
ASPECTS = [
    {"text": "LOCATION1 is a safe area", "target": "LOCATION1", "aspect": "safety", "label": "positive"},
    {"text": "LOCATION1 is very expensive", "target": "LOCATION1", "aspect": "price", "label": "negative"},
]
RATED = [{"text": "great", "score": 3.0}, {"text": "awful", "score": -2.0}, {"text": "a chair", "score": 0.0}]
GOLD = [
    {"id": "1", "list": "Best Towns", "entry": {"name": "Ghent", "rank": 9}, "text": "I love it", "mentions": [],
     "moods": [{"target": "Ghent", "label": "pos"}], "claims": [], "comparisons": []}
]  # fmt: skip


def run(*args: str) -> subprocess.CompletedProcess[str]:
    """The script in a Python of its own."""
    return subprocess.run([sys.executable, str(BENCH / "mood.py"), *args], capture_output=True, text=True, check=False)


def written(folder: Path, name: str, rows: list[dict[str, Any]]) -> str:
    """A file of these rows."""
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, Any]]:
    """Every shape in one run: a row of the table by file and figure."""
    folder = tmp_path_factory.mktemp("rows")
    shapes: dict[str, list[dict[str, Any]]] = {"overall": OVERALL, "aspects": ASPECTS, "rated": RATED, "gold": GOLD}
    files = [written(folder, name, rows) for name, rows in shapes.items()]
    table = json.loads(run("--data", *files, "--json").stdout)
    return {(row["file"].removesuffix(".jsonl"), row["figure"]): row for row in table}


def test_figures(told: dict[tuple[str, str], dict[str, Any]]) -> None:
    """A row a figure; VADER says the same of both places of a sentence, so it is right of one of the two."""
    differ = told["overall", "accuracy where two places differ (1 sentences)"]
    assert (differ["texts"], differ["commentlens"], differ["rules"], differ["vader"]) == (2, 1.0, 1.0, 0.5)
    overall = told["overall", "macro-F1"]
    assert (overall["texts"], overall["rules"]) == (5, 1.0)
    assert overall["vader"] < 1.0
    aspects = told["aspects", "accuracy under an aspect"]
    assert (aspects["texts"], aspects["commentlens"]) == (2, 1.0)
    assert told["rated", "Pearson r"]["commentlens"] > 0.9
    assert (told["gold", "macro-F1 of moods"]["texts"], told["gold", "macro-F1 of moods"]["vader"]) == (1, None)


def test_calibration(told: dict[tuple[str, str], dict[str, Any]]) -> None:
    """Only the classifier has shares to be calibrated."""
    for shape in ("overall", "aspects"):
        row = told[shape, "expected calibration error"]
        assert (row["rules"], row["vader"]) == (None, None)
        assert 0 < row["commentlens"] < 0.6


@pytest.fixture
def places() -> Iterator[Any]:
    """The module that scores sentences about places."""
    sys.path.insert(0, str(BENCH))
    try:
        yield importlib.import_module("mood_places")
    finally:
        sys.path.remove(str(BENCH))


@pytest.mark.parametrize(
    ("tops", "right", "error"),
    [
        ([1.0, 1.0], [True, True], 0.0),
        ([0.95, 0.95], [True, False], 0.45),
        ([0.55, 0.95], [False, True], 0.3),  # (0.55 + 0.05) / 2, a bin each
        ([0.61, 0.69], [True, False], 0.15),  # one bin: their mean 0.65 against 0.5
    ],
)
def test_calibration_error(places: Any, tops: list[float], right: list[bool], error: float) -> None:
    """By hand."""
    assert places.calibration_error(tops, right) == pytest.approx(error)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": "x"}, "nothing to score. Wanted: rows with"),
        ({**OVERALL[0], "target": "LOCATION2"}, "'LOCATION2', which its text does not hold"),
        ({**OVERALL[0], "label": "good"}, "'good'; it is one of positive, negative, none, mixed"),
        ({**ASPECTS[0], "label": "none"}, '"label" is positive or negative'),
        ({**ASPECTS[0], "aspect": "weather"}, "aspect 'weather': what is known is dining,"),
        ({"target": "LOCATION1", "aspects": {}, "label": "none"}, "a row lacks 'text'"),
    ],
)
def test_rows_of_no_shape(row: dict[str, Any], said: str, tmp_path: Path) -> None:
    """Named, with what is wanted, without a traceback."""
    result = run("--data", written(tmp_path, "rows", [row]))
    assert result.returncode == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr
