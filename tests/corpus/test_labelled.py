"""What people drew in doccano or Prodigy, joined with the record that went with the task."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commentlens.corpus.labelled import is_labelled
from commentlens.corpus.read import read_source
from commentlens.records import AnnotatedComment

TEXT = "Ghent over Bruges? Put Ghent at 3. Barco sits in Kortrijk."
RECORD: dict[str, Any] = {
    "schema": "commentlens/1",
    "id": "b-1",
    "list": "Best Flemish Cities",
    "entry": {"name": "Bruges", "rank": 2},
    "mentions": [
        {"start": 0, "end": 5, "label": "CITY", "name": "Gent", "id": "geonames:2797656", "via": "entry"},
        {"start": 11, "end": 17, "label": "CITY", "name": "Bruges", "id": None, "via": "entry"},
    ],
    "moods": [{"target": "Bruges", "label": "neg", "score": -0.4, "implied": False, "evidence": [[0, 17]]}],
    "claims": [{"subject": "Gent", "stance": "too_low", "proposed": [3, 3], "span": [19, 33], "rule": "put-at"}],
    "comparisons": [{"better": "Gent", "worse": "Bruges", "relation": "better", "span": [0, 17], "rule": "over"}],
    "links": [],
}
AS_IT_WAS = [[0, 5, "CITY"], [11, 17, "CITY"], [19, 33, "claim:too_low"], [0, 17, "comparison:better"]]


def read(tmp_path: Path, *rows: dict[str, Any]) -> tuple[list[AnnotatedComment], list[str]]:
    """The comments of a file with these lines, and why what is set aside is."""
    path = tmp_path / "corrected.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    reading = read_source(path)
    assert reading.annotated is not None
    return list(reading.annotated), [item.reason for item in reading.set_aside]


def corrected(tmp_path: Path, label: list[list[object]]) -> tuple[AnnotatedComment, list[str]]:
    """The comment with these labels."""
    (comment,), unclear = read(tmp_path, {"id": 7, "text": TEXT, "label": label, "commentlens": RECORD, "Comments": []})
    return comment, unclear


def said(comment: AnnotatedComment) -> dict[str, list[tuple[object, ...]]]:
    """What was found, in short."""
    return {
        "mentions": [(m.text, m.label, m.name, m.id, m.via) for m in comment.mentions],
        "claims": [(c.subject, c.stance, c.proposed, comment.text[slice(*c.span)], c.rule) for c in comment.claims],
        "comparisons": [(c.better, c.worse, c.relation, c.rule) for c in comment.comparisons],
    }


GHENT = ("Ghent", "CITY", "Gent", "geonames:2797656", "entry")
BRUGES = ("Bruges", "CITY", "Bruges", None, "entry")
CLAIM = ("Gent", "too_low", (3, 3), "Put Ghent at 3", "put-at")
OVER = ("Gent", "Bruges", "better", "over")


@pytest.mark.parametrize(
    ("label", "mentions", "claims", "comparisons"),
    [
        (AS_IT_WAS, [GHENT, BRUGES], [CLAIM], [OVER]),
        # Taken away.
        ([], [], [], []),
        (AS_IT_WAS[:2], [GHENT, BRUGES], [], []),
        # Another label, another border: what is known of it stays.
        ([[0, 5, "REGION"]], [("Ghent", "REGION", "Gent", None, "gold")], [], []),
        ([[0, 10, "CITY"]], [("Ghent over", "CITY", "Gent", "geonames:2797656", "gold")], [], []),
        ([[19, 34, "claim:right"]], [], [("Gent", "right", (3, 3), "Put Ghent at 3.", "gold")], []),
        ([[0, 18, "comparison:equal"]], [], [], [("Gent", "Bruges", "equal", "gold")]),
        # New ones.
        ([[35, 40, "COMPANY"]], [("Barco", "COMPANY", "Barco", None, "gold")], [], []),
        (
            [[49, 57, "CITY"], [35, 57, "claim:too_high"]],
            [("Kortrijk", "CITY", "Kortrijk", None, "gold")],
            [("Kortrijk", "too_high", None, "Barco sits in Kortrijk", "gold")],
            [],
        ),
        ([[35, 40, "claim:too_high"]], [], [("Bruges", "too_high", None, "Barco", "gold")], []),
    ],
)
def test_what_was_drawn_counts(
    tmp_path: Path,
    label: list[list[object]],
    mentions: list[tuple[object, ...]],
    claims: list[tuple[object, ...]],
    comparisons: list[tuple[object, ...]],
) -> None:
    """And everything else of the record stays."""
    comment, unclear = corrected(tmp_path, label)

    assert said(comment) == {"mentions": mentions, "claims": claims, "comparisons": comparisons}
    assert unclear == []
    assert (comment.id, comment.list, comment.moods[0].score) == ("b-1", "Best Flemish Cities", -0.4)


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        (
            [35, 57, "comparison:better"],
            "'Barco sits in Kortrijk' labelled comparison:better: a span alone does not",
        ),
        ([35, 57, "link:offices"], "'Barco sits in Kortrijk' labelled link:offices: a span alone does not say which"),
        ([0, 17, "claim:too_low"], "'Ghent over Bruges' labelled claim:too_low: it does not say which of the names"),
        ([35, 40, "claim:low"], "'Barco' labelled claim:low: the stance must be one of too_low, too_high, right"),
        ([35, 40, "PERSON"], "'Barco' has the label 'PERSON', which is none of ours"),
    ],
)
def test_what_a_span_does_not_say_is_set_aside(tmp_path: Path, mark: list[object], reason: str) -> None:
    """The comment is read without it."""
    comment, unclear = corrected(tmp_path, [*AS_IT_WAS, mark])

    assert said(comment) == {"mentions": [GHENT, BRUGES], "claims": [CLAIM], "comparisons": [OVER]}
    assert [item[: len(reason)] for item in unclear] == [reason]


def test_rows_that_were_not_accepted_or_are_broken_are_set_aside(tmp_path: Path) -> None:
    """Each says why; the others are read, also those that no export made."""
    spans = [{"start": 0, "end": 5, "label": "CITY", "token_start": 0, "token_end": 0}]
    comments, reasons = read(
        tmp_path,
        {"text": TEXT, "spans": spans, "answer": "accept", "_input_hash": 5},
        {"text": TEXT, "spans": spans, "answer": "reject"},
        {"text": TEXT, "spans": [{"start": 5, "end": 99, "label": "CITY"}]},
        {"text": TEXT},
        {"text": 5, "spans": []},
        {"id": 12, "text": TEXT, "entities": [{"id": 1, "start_offset": 11, "end_offset": 17, "label": "CITY"}]},
    )

    assert [(item.id, item.mentions[0].name) for item in comments] == [("corrected-0001", "Ghent"), ("12", "Bruges")]
    assert reasons == [
        "answered 'reject'",
        (
            '"spans[0]" must be start, end and label, 0 <= start < end <= 58, '
            "got {'start': 5, 'end': 99, 'label': 'CITY'}."
        ),
        'none of "label", "entities" and "spans" is there.',
        '"text" must be a string, got 5.',
    ]


@pytest.mark.parametrize(
    ("row", "labelled"),
    [
        ({"text": "a b", "label": [[0, 1, "CITY"]]}, True),
        ({"text": "a b", "label": [], "commentlens": {}}, True),
        ({"text": "a b", "spans": [{"start": 0, "end": 1, "label": "CITY"}]}, True),
        ({"text": "a b", "label": ["pos"]}, False),
        ({"text": "a b", "label": []}, False),
        ({"text": "a b", "label": "pos"}, False),
        ({"text": "a b", "spans": [{"from": 0}]}, False),
        ({"body": "a b", "label": [[0, 1, "CITY"]]}, False),
        ([1], False),
    ],
)
def test_what_is_a_labelled_row(row: object, labelled: bool) -> None:
    """A table with a column of that name is none."""
    assert is_labelled(json.dumps(row)) is labelled
