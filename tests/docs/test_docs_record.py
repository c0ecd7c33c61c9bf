"""docs/record.md describes the record as it is: every key, and an example that is what export writes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from doc_examples import ROOT, blocks

from commentlens.record_schema import record_schema

TEXT = (ROOT / "docs" / "record.md").read_text("utf-8")
BLOCKS = blocks(TEXT)
PAGE = next(block for block in BLOCKS if block.file == "towns.txt")


def section(title: str) -> str:
    """The text under a heading, to the next one."""
    found = re.search(rf"^#+ {title}\n(.*?)(?=^#|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def keys(title: str) -> list[str]:
    """The keys in the first column of a section's first table."""
    rows = re.findall(r"^\| (`[^|]+?) \| (?:string|whole|list|object|true|number|`\[)", section(title), re.MULTILINE)
    return [key for row in rows for key in re.findall(r"`(\w+)`", row)]


@pytest.mark.parametrize("name", ["entry", "mention", "mood", "claim", "comparison", "link"])
def test_every_key_of_a_part_is_described(name: str) -> None:
    """In the order in which the record has them."""
    assert keys(name) == list(record_schema()["$defs"][name]["properties"])


def test_every_key_of_the_record_is_described() -> None:
    """In the order in which the record has them."""
    assert keys("The comment") == list(record_schema()["properties"])


def written(command: str, folder: Path) -> list[Any]:
    """The JSON lines that a command writes of the page that the document shows."""
    (folder / "towns.txt").write_text(PAGE.body, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "commentlens", command, "towns.txt"],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_record_shown_is_the_record_written(tmp_path: Path) -> None:
    """Key by key, for the page shown above it."""
    [shown] = (json.loads(block.body) for block in BLOCKS if block.language == "json")

    assert written("export", tmp_path) == [shown]


def test_the_corpus_shown_is_the_corpus_written(tmp_path: Path) -> None:
    """Line by line, for the same page."""
    [shown] = (block.body for block in BLOCKS if block.language == "jsonl" and block.file is None)

    assert written("load", tmp_path) == list(map(json.loads, shown.splitlines()))
