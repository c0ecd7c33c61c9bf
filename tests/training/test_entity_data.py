"""Labelled sets as examples: labels, narrowing by the gazetteer, trimming, and what a bad row is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commentlens.errors import SourceError
from commentlens.knowledge.places import Places
from commentlens.training.entity_data import LabelledSet, read_labelled, read_texts, trimmed

MADE = LabelledSet("made", "made/train.jsonl", {"loc": "PLACE", "org": "ORGANISATION", "thing": "UNKNOWN"})


def written(folder: Path, *rows: object) -> Path:
    (folder / "made").mkdir()
    (folder / "made" / "train.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return folder


def test_rows_become_examples(tmp_path: Path) -> None:
    text = "In Busan , the Netherlands and Velmora we like # Acme 's things"
    spans = [[3, 8, "loc"], [11, 26, "loc"], [31, 38, "loc"], [47, 53, "org"], [57, 63, "thing"]]
    (example,) = read_labelled(written(tmp_path, {"text": text, "spans": spans}), MADE, Places.load())
    named = [(text[start:end], label) for start, end, label in example.spans]
    assert named == [
        ("Busan", "CITY"),
        ("Netherlands", "COUNTRY"),
        ("Velmora", "PLACE"),
        ("Acme", "ORGANISATION"),
    ]
    assert [text[start:end] for start, end in example.unknown] == ["things"]
    assert example.source == "made"


def test_a_text_that_stands_twice_counts_once(tmp_path: Path) -> None:
    row = {"text": "I like Busan", "spans": [[7, 12, "loc"]]}
    assert len(list(read_labelled(written(tmp_path, row, row), MADE, Places.load()))) == 1


def test_peoples_that_a_set_calls_places_are_left_open(tmp_path: Path) -> None:
    folder = written(tmp_path, {"text": "Canadian fires", "spans": [[0, 8, "loc"]]})
    (example,) = read_labelled(folder, MADE, Places.load())
    assert (example.spans, example.unknown) == ((), ((0, 8),))


@pytest.mark.parametrize(
    ("text", "start", "end", "kept"),
    [
        ("#Oslo", 0, 5, "Oslo"), ("the Nile", 0, 8, "Nile"), ("the", 0, 3, "the"), ("Oslo,", 0, 5, "Oslo"),
        ("U.S.", 0, 4, "U.S."), ("Acme Inc.", 0, 9, "Acme Inc."), (" Oslo ", 0, 6, "Oslo"),
        ("##", 0, 2, ""), ("St. Louis.", 0, 10, "St. Louis"),
    ],
)  # fmt: skip
def test_names_are_trimmed(text: str, start: int, end: int, kept: str) -> None:
    first, last = trimmed(text, start, end)
    assert text[first:last] == kept


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": "x", "spans": [[0, 1, "place"]]}, r"made/train.jsonl.*1.*label.*one of loc, org, thing.*got .place"),
        ({"spans": []}, r"train.jsonl.*1.*text.*a string"),
        ([1], r"train.jsonl.*1.*text.*a string"),
    ],
)
def test_a_bad_row_is_told(tmp_path: Path, row: object, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        list(read_labelled(written(tmp_path, row), MADE, Places.load()))


def test_a_missing_set_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="--data takes the folder that holds the labelled sets"):
        list(read_labelled(tmp_path, MADE, Places.load()))
    with pytest.raises(SourceError, match="goemotions"):
        read_texts(tmp_path, "goemotions")
