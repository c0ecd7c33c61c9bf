"""``commentlens report --consensus`` in every format."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from commentlens.consensus_parameters import CrowdParameters

SAMPLE = str(Path(__file__).parents[1] / "render" / "harbour.annotated.jsonl")


def report(*options: str) -> str:
    """What the command writes on stdout; it must succeed and say nothing on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "commentlens", "report", SAMPLE, "--quiet", *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_a_table_comes_with_the_option_only(format: str) -> None:
    """Between the cities and the disputes; the rest is the same."""
    without, with_it = report("--format", format), report("--format", format, "--consensus")
    title, next_title = "The crowd's ranking", {"table": "Most disputed", "markdown": "## Disputed ranks"}[format]

    assert title not in without
    before, _, rest = with_it.partition(title)
    table, _, after = rest.partition(next_title)
    assert without.replace("#", "").split() == (before + next_title + after).replace("#", "").split()
    assert "90%" in table


def test_json_has_all_parameters_and_every_entry() -> None:
    """Under its key; the same bytes at every run."""
    text = report("--format", "json", "--consensus")
    document = json.loads(text)
    plain = json.loads(report("--format", "json"))

    consensus = document.pop("consensus")
    assert document == plain
    assert consensus["parameters"] == asdict(CrowdParameters())
    (of_list,) = consensus["lists"]
    cities = [row for row in document["cities"] if row["is_entry"]]
    assert [(row["name"], row["crowd"], row["change"], row["voices"]) for row in of_list["entries"]] == [
        (row["name"], row["crowd"], row["change"], row["evidence"]) for row in cities
    ]
    assert text == report("--format", "json", "--consensus")


def test_csv_has_more_columns_with_it() -> None:
    """At the end, and the others unchanged."""
    plain = list(csv.reader(io.StringIO(report("--format", "csv"))))
    longer = list(csv.reader(io.StringIO(report("--format", "csv", "--consensus"))))

    added = len(longer[0]) - len(plain[0])
    assert [row[:-added] for row in longer] == plain
    assert longer[0][-added:][:4] == ["crowd_best", "crowd_worst", "inside", "above"]


def test_sums_across_lists_keep_the_ranking_of_each_list() -> None:
    """A crowd's rank belongs to a list: the rows have none, the section has."""
    document = json.loads(report("--format", "json", "--consensus", "--across-lists"))

    assert {row["crowd"] for row in document["cities"]} == {None}
    assert [row["crowd"] is not None for row in document["consensus"]["lists"][0]["entries"]] == [True] * 4
