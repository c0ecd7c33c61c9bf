"""Gold of any annotated kind, and what is said where it cannot be used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from commentlens.corpus.gold import read_gold
from commentlens.errors import CommentlensError
from commentlens.record_json import annotated_from_dict, annotated_to_dict
from commentlens.records import AnnotatedComment
from commentlens.render.export_parquet import write_parquet
from commentlens.render.labelstudio import task_of

SAMPLE = Path(__file__).parents[1] / "render" / "harbour.annotated.jsonl"


@pytest.fixture
def comments() -> list[AnnotatedComment]:
    """Seven comments on four harbours."""
    return [annotated_from_dict(json.loads(line), "sample") for line in SAMPLE.read_text("utf-8").splitlines()]


def tasks(comments: list[AnnotatedComment], done: int) -> list[dict[str, Any]]:
    """Tasks of Label Studio, the first of them submitted as they were."""
    given = [{"id": 40 + number, **task_of(comment)} for number, comment in enumerate(comments)]
    for task in given[:done]:
        task["annotations"] = [{"id": 1, "result": task["predictions"][0]["result"]}]
    return given


def test_records_documents_tables_and_tasks_are_gold(comments: list[AnnotatedComment], tmp_path: Path) -> None:
    """The same records of all."""
    rows = [annotated_to_dict(comment) for comment in comments]
    shutil.copy(SAMPLE, tmp_path / "gold.jsonl")
    document = {"schema": "commentlens-export/1", "comments": rows}
    (tmp_path / "gold.json").write_text(json.dumps(document), "utf-8")
    (tmp_path / "project.json").write_text(json.dumps(tasks(comments, 7)), "utf-8")
    write_parquet(comments, tmp_path / "gold.parquet")

    for name in ("gold.jsonl", "gold.json", "project.json", "gold.parquet"):
        assert read_gold(tmp_path / name) == comments, name


def test_gold_may_have_fewer_keys(tmp_path: Path) -> None:
    """What is absent is empty."""
    path = tmp_path / "short.jsonl"
    path.write_text('{"id": "a", "text": "Genoa!", "claims": [{"subject": "Genoa", "stance": "too_low"}]}\n', "utf-8")

    (found,) = read_gold(path)
    assert (found.claims[0].span, found.claims[0].rule, found.mentions) == ((0, 6), "gold", ())


def test_tasks_that_nobody_has_done_are_left_out_and_told(comments: list[AnnotatedComment], tmp_path: Path) -> None:
    """Their predictions are no gold."""
    path = tmp_path / "project.json"
    path.write_text(json.dumps(tasks(comments, 3)), "utf-8")
    notes: list[str] = []

    assert read_gold(path, notes.append) == comments[:3]
    assert notes == [f"{path}: 4 tasks have no annotation that was submitted, and are left out"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.jsonl", None, "none.jsonl does not exist. GOLD is a file of annotated comments."),
        ("empty.jsonl", "\n", "empty.jsonl is empty. GOLD is"),
        ("page.txt", "Genoa is a fine harbour\n", "page.txt, line 1: not a JSON object. GOLD is"),
        ("text.jsonl", '{"text": "Genoa"}\n', 'text.jsonl, line 1: "id" must be a string, got None. GOLD is'),
        (
            "mood.jsonl",
            '{"id": "a", "text": "Genoa", "moods": [{"target": "Genoa", "label": "good"}]}\n',
            'mood.jsonl, line 1: moods[0]: "label" must be one of',
        ),
        ("folder", "", "folder is a folder"),
    ],
)
def test_what_is_no_gold_says_why(name: str, content: str | None, message: str, tmp_path: Path) -> None:
    """With the place, and what is needed."""
    if name == "folder":
        (tmp_path / name).mkdir()
    elif content is not None:
        (tmp_path / name).write_text(content, "utf-8")

    with pytest.raises(CommentlensError) as error:
        read_gold(tmp_path / name)
    assert message in str(error.value)


def test_a_broken_task_is_an_error(comments: list[AnnotatedComment], tmp_path: Path) -> None:
    """Gold that is not all read would flatter."""
    given = tasks(comments, 7)
    given[2]["annotations"][0]["result"][0]["value"]["labels"] = ["Harbour"]
    path = tmp_path / "project.json"
    path.write_text(json.dumps(given), "utf-8")

    with pytest.raises(CommentlensError, match=r'project\.json, task 42, annotation 1, region .*: "labels" must be'):
        read_gold(path)


def test_nobody_has_done_anything(comments: list[AnnotatedComment], tmp_path: Path) -> None:
    """An export straight from commentlens is no gold."""
    path = tmp_path / "project.json"
    path.write_text(json.dumps(tasks(comments, 0)), "utf-8")

    with pytest.raises(CommentlensError, match=r"no annotation that was submitted in 7 tasks\. Correct some"):
        read_gold(path)
