"""``commentlens city --why`` and ``commentlens explain``: every step of a mood, by the real entry point."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[1] / "render" / "harbour.annotated.jsonl"
PAGE = """{"id": "1", "text": "Lovely quays. Is it safe?", "entry": "Lisbon", "rank": 3}
{"id": "2", "text": "Should be higher than Bergen", "entry": "Lisbon", "rank": 3}
{"id": "3", "text": "Ugly", "entry": "Bergen", "rank": 1}
"""
NOTE = "commentlens: --why has no steps for 2 comments that were annotated elsewhere: a record holds none\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run commentlens in a folder with a page."""
    (tmp_path / "page.jsonl").write_text(PAGE, "utf-8")

    def ran(*args: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "commentlens", *map(str, args)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
            check=False,
        )

    return ran


def steps(mood: dict[str, Any]) -> list[str]:
    """Names of the steps of a mood."""
    return [step["step"] for step in mood["trace"]]


def test_json_has_the_steps_of_each_comment(run: Run) -> None:
    """The same moods as in the record, with or without the cache; nothing else changes."""
    plain = json.loads(run("city", "lisbon", "page.jsonl", "--format", "json").stdout)
    done = run("city", "lisbon", "page.jsonl", "--format", "json", "--why")
    document = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (0, "")
    first, second = (comment.pop("why") for comment in document["comments"])
    assert document == plain
    for comment, why in zip(plain["comments"], (first, second), strict=True):
        assert [{key: mood[key] for key in comment["moods"][0]} for mood in why] == comment["moods"]
    assert steps(first[0]) == ["clause", "left out", "classifier"]
    assert {mood["target"]: steps(mood) for mood in second}["Lisbon"] == ["claim", "comparison"]
    last = first[0]["trace"][-1]
    assert last["rules"]["label"] == "pos"
    assert len(last["reasons"]) > 0
    assert run("city", "lisbon", "page.jsonl", "--format", "json", "--why").stdout == done.stdout


def test_the_table_has_them_below_the_mood(run: Run) -> None:
    """In the order in which they acted; without the option nothing of it."""
    done = run("city", "lisbon", "page.jsonl", "--why")

    shown = [" ".join(line.split()) for line in done.stdout.splitlines()]
    start = next(number for number, line in enumerate(shown) if line.startswith("mood Lisbon pos"))
    assert shown[start + 1 : start + 4] == [
        "clause “Lovely quays.”",
        "“Lovely” +2.80",
        "left out “Is it safe?”: only asks",
    ]
    assert shown[start + 4].startswith("classifier pos ")
    assert shown[start + 5].startswith("for pos: ")
    assert "claim “Should be higher than Bergen” pushes +0.60 [should-be-higher]" in shown
    assert "left out" not in run("city", "lisbon", "page.jsonl").stdout


def test_by_rules_alone_no_classifier_acts(run: Run) -> None:
    """The options of the reading hold for the steps too."""
    done = run("city", "lisbon", "page.jsonl", "--format", "json", "--why", "--mood-model", "rules")
    assert steps(json.loads(done.stdout)["comments"][0]["why"][0]) == ["clause", "left out"]


@pytest.mark.parametrize(("more", "why"), [((), [False, False]), (("page.jsonl",), [False, False, True, True])])
def test_what_was_annotated_elsewhere_has_no_steps(run: Run, more: tuple[str, ...], why: list[bool]) -> None:
    """Which is said once on stderr, also where other sources have steps."""
    done = run("city", "lisbon", SAMPLE, *more, "--format", "json", "--why")

    assert (done.returncode, done.stderr) == (0, NOTE)
    assert [comment["why"] is not None for comment in json.loads(done.stdout)["comments"]] == why
    assert run("city", "lisbon", SAMPLE, "--why", "--quiet").stderr == ""


def test_csv_has_no_place_for_steps(run: Run) -> None:
    """Which is said before anything is read."""
    done = run("city", "lisbon", "missing.jsonl", "--format", "csv", "--why")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--why: csv has no place for steps: use --format json, markdown or table." in done.stderr


def test_explain_has_reasons(run: Run) -> None:
    """As JSON and in words."""
    text = ("explain", "Lovely quays in Bergen")
    (mood,) = json.loads(run(*text, "--format", "json").stdout)["moods"]
    reasons = mood["trace"][-1]["reasons"]

    assert steps(mood) == ["clause", "classifier"]
    name, weight = reasons[0]
    assert f"for {mood['label']}: {name} {weight:+.2f}" in run(*text).stdout
