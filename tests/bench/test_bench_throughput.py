"""What bench/throughput.py and bench/scaling.py are made of: distinct comments, measured commands, rates and slopes."""

from __future__ import annotations

import importlib
import json
import math
import sys
from pathlib import Path
from typing import Any

import pytest

from commentlens.corpus import read_source

BENCH = Path(__file__).parents[2] / "bench"
TEXTS = [
    "Rain again in the harbour town. I would not mind moving there!",
    "The trams are late every single day.",
    "Nice. The old mill is worth a visit, and so is the bridge.",
    "Too loud at night?",
]


@pytest.fixture(scope="module")
def bench() -> dict[str, Any]:
    """The scripts as modules; they import each other by name, as when they are run."""
    sys.path.insert(0, str(BENCH))
    try:
        return {
            name: importlib.import_module(name) for name in ("corpus_of_texts", "measured", "throughput", "scaling")
        }
    finally:
        sys.path.remove(str(BENCH))


def test_texts_as_they_are_while_they_last(bench: dict[str, Any]) -> None:
    """Each once, shuffled in the same way every time."""
    found = list(bench["corpus_of_texts"].comment_texts(TEXTS, 4))

    assert sorted(found) == sorted(TEXTS)
    assert found == list(bench["corpus_of_texts"].comment_texts(TEXTS, 4))


def test_more_comments_than_texts_are_pairs_of_sentences(bench: dict[str, Any]) -> None:
    """All distinct up to the last pair; "Nice." is too short to be one of a pair."""
    sentences = bench["corpus_of_texts"].sentences_of(TEXTS)
    found = list(bench["corpus_of_texts"].comment_texts(TEXTS, 20))

    assert len(sentences) == 5
    assert len(set(found)) == 20
    assert sum(text.startswith("@writer") for text in found) == 2
    assert all(sum(sentence in text for sentence in sentences) == 2 for text in found)
    with pytest.raises(ValueError, match="no 21 pairs"):
        list(bench["corpus_of_texts"].comment_texts(TEXTS, 21))


def test_both_systems_read_the_same_file(bench: dict[str, Any], tmp_path: Path) -> None:
    """Flat rows, which commentlens reads with lists and ranks; every fourth comment is under none."""
    path = tmp_path / "comments.jsonl"
    bench["corpus_of_texts"].write_comments(tmp_path, 8, path, texts=TEXTS)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    comments = list(read_source(path).comments)

    assert [comment.text for comment in comments] == [row["text"] for row in rows]
    assert [comment.entry and (comment.entry.name, comment.entry.rank) for comment in comments] == [
        row["entry"] and (row["entry"], row["rank"]) for row in rows
    ]
    assert [row["entry"] is None for row in rows] == [True, False, False, False] * 2


def test_a_command_is_measured_with_its_children(bench: dict[str, Any]) -> None:
    """Memory of parent and child apart, processor time of both together."""
    child = "held = bytearray(90_000_000); sum(range(3_000_000)); import time; time.sleep(0.4)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    found = bench["measured"].measured([sys.executable, "-c", parent])

    assert len(found.workers) == 1
    assert found.workers[0] > 90 > found.parent > 1
    assert found.wall > 0.4
    assert found.processor > 0


def test_a_command_that_fails_says_why(bench: dict[str, Any]) -> None:
    """With its code and the end of its stderr."""
    with pytest.raises(SystemExit, match=r"failed \(3\):\nno luck"):
        bench["measured"].measured([sys.executable, "-c", "import sys; sys.stderr.write('no luck'); sys.exit(3)"])


def test_rates_with_and_without_start_up(bench: dict[str, Any]) -> None:
    """1,000 comments in 12 s, 200 of them in 4: 100 a second once started; no rate where both took as long."""
    throughput, run = bench["throughput"], bench["measured"].Measured
    turns = [
        throughput.Turn("commentlens", 1, 1000, 200, run(12, 12, 150, (300.0,)), run(4, 4, 150, (290.0,))),
        throughput.Turn("naive", 1, 1000, 200, run(50, 40, 250, ()), run(10, 8, 240, ())),
    ]
    noisy = throughput.Turn("naive", 1, 1000, 200, run(5, 5, 250, ()), run(4.9, 4.9, 240, ()))

    assert turns[0].rate == pytest.approx(1000 / 12)
    assert [turn.started_rate for turn in turns] == [100, 20]
    assert [turn.started_processor_rate for turn in turns] == [100, 25]
    assert throughput.ratio(turns, 1, "started_rate") == 5
    assert throughput.table(turns).splitlines()[2:] == [
        "| 1 | commentlens | 83 | 100 | 83 | 100 | 150 | 300 |",
        "| 1 | naive | 20 | 20 | 25 | 25 | 250 | none |",
        "| 1 | times as many | **4.17** | **5.00** | **3.33** | **4.00** | | |",
    ]
    assert math.isnan(noisy.started_rate)


def test_what_the_next_comments_cost(bench: dict[str, Any]) -> None:
    """Start-up falls out: 3 s for the first thousand, 2 ms for each of the nine thousand more."""
    scaling, run = bench["scaling"], bench["measured"].Measured
    sizes = [
        scaling.Size(10_000, 1, 900_000, run(22, 21, 160, (310.0,))),
        scaling.Size(1000, 1, 95_000, run(4, 3, 150, (280.0,))),
    ]

    assert scaling.table(sizes).splitlines()[2:] == [
        "| 1 | 1,000 | 4.0 | 3.0 | – | 150 | 280 | 95 |",
        "| 1 | 10,000 | 22.0 | 21.0 | 2.00 | 160 | 310 | 90 |",
    ]
