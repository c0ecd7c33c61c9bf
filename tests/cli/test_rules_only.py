"""``--rules-only`` and ``--implied`` through the real command: less and more than what is found by default."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

PAGE = '{"schema": "commentlens-corpus/1", "list": {"id": "t", "title": "Best Towns", "polarity": "positive", "kind": "city", "entries": [{"name": "Ghent", "rank": 9}]}}\n'  # noqa: E501
ROW = {"id": "t-1", "list": "t", "entry": {"name": "Ghent", "rank": 9}, "raw": None}
TEXT = "Bruges is noisy, dirty and slow, Ghent in all honesty cleaner, calmer and so much nicer"


IMPLIED = "drove up to Bruges and slept like a stone"


def rules_of(folder: Path, *options: str, text: str = TEXT) -> set[str]:
    """Rules that the comparisons of the page name."""
    path = folder / "page.jsonl"
    path.write_text(PAGE + json.dumps({**ROW, "text": text}) + "\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "commentlens", "export", str(path), "--format", "jsonl", *options],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
    )
    (record,) = map(json.loads, done.stdout.splitlines())
    return {item["rule"] for item in record["comparisons"]}


def test_rules_only(tmp_path: Path) -> None:
    """With the reader, without it, and with it again: what the cache holds of one is not given for the other."""
    with_reader = rules_of(tmp_path)
    assert "model:order" in with_reader
    assert rules_of(tmp_path, "--rules-only") == with_reader - {"model:order"}
    assert rules_of(tmp_path) == with_reader


def test_implied(tmp_path: Path) -> None:
    """Only when asked for, and kept apart in the cache."""
    assert rules_of(tmp_path, text=IMPLIED) == set()
    assert rules_of(tmp_path, "--implied", text=IMPLIED) == {"it-is-not-far"}
    assert rules_of(tmp_path, "--implied", "--rules-only", text=IMPLIED) == {"it-is-not-far"}
    assert rules_of(tmp_path, text=IMPLIED) == set()


def test_preferences(tmp_path: Path) -> None:
    """Two verdicts side by side order two cities; by rules alone they do not."""
    text = "Too expensive and dirty, Bruges is clean and cheap"
    assert rules_of(tmp_path, text=text) == {"model:preference"}
    assert rules_of(tmp_path, "--rules-only", text=text) == set()
