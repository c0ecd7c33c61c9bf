"""An explanation is printed as people read it, never as JSON or Python."""

from __future__ import annotations

import io
from typing import Any

import pytest

from commentlens.render.console import write_plain
from commentlens.render.explain_terminal import explain_view

TEXT = "Gdynia should be in the top 3"


def lines(**explanation: Any) -> list[str]:
    """What a pipe gets below the text."""
    file = io.StringIO()
    write_plain(explain_view({"text": TEXT, **explanation}), file)
    text, *rest = file.getvalue().splitlines()
    assert text == TEXT
    return [line.strip() for line in rest if line]


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (
            {
                "list": "Best Ports",
                "list_id": "explained",
                "polarity": "positive",
                "kind": "city",
                "entries": [
                    {"within": None, "name": "Gdynia", "rank": 7},
                    {"within": "Italy", "name": "Bari", "rank": 2},
                    {"within": None, "name": "Split", "rank": None},
                ],
                "entry": {"within": None, "name": "Gdynia", "rank": 7},
            },
            ["list “Best Ports” of cities", "entry no. 7 Gdynia", "entries no. 2 Bari, Italy, no. 7 Gdynia, Split"],
        ),
        (
            {
                "list": None,
                "polarity": "negative",
                "kind": None,
                "entries": [],
                "entry": {"name": "Bari", "rank": None},
            },
            ["list without a title where rank 1 is no honour", "entry Bari"],
        ),
        (
            {"list": "Games", "kind": "other", "entry": None, "mood_board": {"a": 1}},
            ["list “Games” of other things", "mood board a 1"],
        ),
    ],
)
def test_what_a_comment_stands_under(context: dict[str, Any], expected: list[str]) -> None:
    """List, entry, entries by rank; a key that nobody knows stays."""
    assert lines(context=context) == ["What it stands under", *expected]


def test_a_comment_under_nothing() -> None:
    """Says so."""
    assert lines(context=None) == ["What it stands under", "none"]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("proposed", [1, 3], "proposed top 3"),
        ("proposed", [11, None], "proposed 11 or more"),
        ("others", ["Bari", "Split"], "others Bari, Split"),
        ("contested", True, "contested yes"),
        ("evidence", [[0, 6]], "evidence “Gdynia”"),
        ("weight", 0.123456, "weight 0.1235"),
        ("pair", {"a": [1, 2], "b": None}, "pair a 1, 2"),
    ],
)
def test_values_are_in_words(key: str, value: object, expected: str) -> None:
    """Ranks, lists, truth and quotations."""
    assert lines(claims=[{"span": [0, 6], key: value}]) == ["Claims about a rank", f"“Gdynia”  {expected}"]
