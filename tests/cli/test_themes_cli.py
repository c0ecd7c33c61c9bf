"""``commentlens report --themes`` and ``commentlens city`` with their lexicon of aspects."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = str(Path(__file__).parents[1] / "render" / "harbour.annotated.jsonl")
OWN = '[[aspect]]\nname = "rails"\nwords = ["tram"]\n'


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the sample."""
    return subprocess.run(
        [sys.executable, "-m", "commentlens", *arguments, SAMPLE, "--quiet"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_json_has_themes_where_they_were_asked_for() -> None:
    """The rest of the report is the same; the same bytes at every run."""
    done = run("report", "--format", "json", "--themes")
    document = json.loads(done.stdout)

    themes = document.pop("themes")
    assert document == json.loads(run("report", "--format", "json").stdout)
    assert (themes["least_voices"], themes["exact"]) == (2, True)
    lisbon = next(row for row in themes["cities"] if row["name"] == "Lisbon")
    assert {row["aspect"]: (row["pos"], row["neu"], row["neg"]) for row in lisbon["aspects"]} == {
        "transit": (1, 0, 0),
        "price": (0, 0, 1),
    }
    assert done.stdout == run("report", "--format", "json", "--themes").stdout


@pytest.mark.parametrize("command", [("report", "--format", "json"), ("city", "Lisbon", "--format", "json")])
def test_another_lexicon_takes_the_place_of_the_shipped_one(command: tuple[str, ...], tmp_path: Path) -> None:
    """In both commands; with ``report`` it implies ``--themes``."""
    path = tmp_path / "own.toml"
    path.write_text(OWN, "utf-8")

    document = json.loads(run(*command, "--aspects", str(path)).stdout)

    themes = document["themes"]
    row = next(row for row in themes.get("cities", [themes]) if row["name"] == "Lisbon")
    assert row["aspects"] == [{"aspect": "rails", "pos": 1, "neu": 0, "neg": 0}]


@pytest.mark.parametrize("command", [("report",), ("city", "Lisbon")])
def test_a_fault_in_a_lexicon_is_told_before_anything_is_read(command: tuple[str, ...], tmp_path: Path) -> None:
    """On one line, with its place."""
    path = tmp_path / "own.toml"
    path.write_text(OWN + "examples = ['Two trams', 'A ferry']\n", "utf-8")

    done = run(*command, "--aspects", str(path))

    assert (done.returncode, done.stdout) == (1, "")
    assert f"{path}, line 4: \"examples\" must be sentences that give the aspect 'rails', got 'A ferry'." in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [("report", "--themes"), ("city", "Lisbon")])
def test_themes_need_no_large_library(command: tuple[str, ...]) -> None:
    """They are counted in plain Python."""
    code = "import sys, runpy; sys.argv = sys.argv[1:]\ntry: runpy.run_module('commentlens', run_name='__main__')\n"
    code += "finally: print('sklearn' in sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, "commentlens", *command, SAMPLE, "--quiet"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "False\n")
