"""The commands on the corpus that ships, with the pipeline that ships: the way a newcomer meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for this module, so that the pipeline runs once."""
    return tmp_path_factory.mktemp("cache")


def run(cache: Path, *args: str) -> str:
    """Run commentlens and return what it wrote on stdout; it must succeed and say nothing on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "commentlens", *args],
        capture_output=True,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


def test_the_report_shows_every_entry(cache: Path) -> None:
    """Fifty entries in listed order, their countries, and what is disputed."""
    report = json.loads(run(cache, "report", "--format", "json"))
    shown = run(cache, "report")

    assert (report["header"]["entries"], report["header"]["comments"]) == (50, 83)
    entries = [row for row in report["cities"] if row["is_entry"]]
    assert [row["rank"] for row in entries] == sorted(row["rank"] for row in entries)
    assert len(entries) == 50
    assert sum(row["comments"] for row in entries) == 83
    assert sorted(row["crowd"] for row in entries) == [row["rank"] for row in entries]
    assert sum(row["country"] is not None for row in entries) >= 48
    assert report["disputes"][0]["quotes"][0]["sentence"] in shown
    for row in report["cities"]:
        assert row["name"] in shown
    for company in report["companies"]:
        assert company["company"] in shown


IMPORTED = """
import atexit, sys
atexit.register(lambda: print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr))
from commentlens.cli import main
main(sys.argv[1:])
"""


def test_a_report_from_the_cache_loads_no_large_library(cache: Path) -> None:
    """Only the terminal's, and numpy for the crowd's ranking: importing others would take longer than all else."""
    run(cache, "report")
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, "report"],
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        check=True,
    )
    loaded = set(done.stderr.split())

    assert {"commentlens", "rich", "numpy"} <= loaded
    assert not loaded & {"spacy", "thinc", "scipy", "sklearn", "pyarrow", "duckdb", "pandas", "jinja2", "ftfy"}


def test_one_city_in_three_spellings(cache: Path) -> None:
    """The same view, with its comments marked up."""
    views = {run(cache, "city", name) for name in ("New York", "NEW YORK", "nyc")}

    assert len(views) == 1
    assert "[NYC]" in views.pop()


def test_an_export_can_be_evaluated_and_reported_again(cache: Path, tmp_path: Path) -> None:
    """Against itself it is without mistakes, and its report has the same cities and disputes."""
    path = tmp_path / "annotated.jsonl"
    run(cache, "export", "--output", str(path))

    scores = json.loads(run(cache, "evaluate", str(path), "--format", "json"))
    again = json.loads(run(cache, "report", str(path), "--format", "json"))
    first = json.loads(run(cache, "report", "--format", "json"))

    assert scores["comments"] == {"gold": 83, "missing": 0}
    assert {layer: scores[layer]["f1"] for layer in ("city", "company", "claim", "claim_rank", "comparison")} == {
        "city": 1.0,
        "company": 1.0,
        "claim": 1.0,
        "claim_rank": 1.0,
        "comparison": 1.0,
    }
    assert scores["mood"]["accuracy"] == scores["linked"]["accuracy"] == 1.0
    assert [(row["entry"], row["voices"]) for row in again["disputes"]] == [
        (row["entry"], row["voices"]) for row in first["disputes"]
    ]
    assert again["companies"] == first["companies"]


def test_explain_shows_each_step(cache: Path) -> None:
    """As text and as JSON."""
    args = ("explain", "Oslo should be in the top 5", "--entry", "Oslo", "--rank", "17")

    shown = run(cache, *args)
    document = json.loads(run(cache, *args, "--format", "json"))

    assert document["claims"][0]["stance"] == "too_low"
    assert document["claims"][0]["rule"] in shown
    assert "“Oslo”" in shown
