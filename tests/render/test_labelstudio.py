"""Tasks of Label Studio: their published format, exact spans, and what a person is shown to correct."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from commentlens.corpus.labelstudio_format import CHOICES, FIELDS, LAYERS, OTHER_MOODS, ROLES
from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment, Claim, Comparison, Entry, Link, Mention, Mood
from commentlens.render.labelstudio import labelling_config, task_of, write_labelstudio

SAMPLE = Path(__file__).parent / "harbour.annotated.jsonl"
_SPAN = {"start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 1}}
_ITEM = {
    "type": "object",
    "required": ["id", "from_name", "to_name", "type", "value"],
    "properties": {"id": {"type": "string"}, "from_name": {"type": "string"}, "to_name": {"const": "text"}},
    "oneOf": [
        {
            "properties": {
                "type": {"const": "labels"},
                "value": {
                    "required": ["start", "end", "text", "labels"],
                    "properties": {
                        **_SPAN,
                        "text": {"type": "string"},
                        "labels": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"enum": list(LAYERS)}},
                    },
                },
            }
        },
        {
            "properties": {
                "type": {"const": "choices"},
                "value": {
                    "required": ["choices"],
                    "properties": {**_SPAN, "choices": {"type": "array", "items": {"type": "string"}}},
                },
            }
        },
        {
            "properties": {
                "type": {"const": "textarea"},
                "value": {
                    "required": ["text"],
                    "properties": {**_SPAN, "text": {"type": "array", "items": {"type": "string"}}},
                },
            }
        },
    ],
}
_RELATION = {
    "type": "object",
    "required": ["type", "from_id", "to_id", "direction"],
    "properties": {
        "type": {"const": "relation"},
        "direction": {"enum": ["left", "right", "bi"]},
        "labels": {"type": "array", "items": {"type": "string"}},
    },
}
#: Label Studio's task format (labelstud.io/guide/task_format, /guide/predictions), as far as texts go.
TASKS: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["data", "predictions"],
        "properties": {
            "data": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
            "predictions": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["result"],
                    "properties": {
                        "model_version": {"type": "string"},
                        "result": {
                            "type": "array",
                            "items": {
                                "if": {"properties": {"type": {"const": "relation"}}},
                                "then": _RELATION,
                                "else": _ITEM,
                            },
                        },
                    },
                },
            },
        },
    },
}
FERRY = AnnotatedComment(
    id="ferry-1",
    list="Ten Finest Ferries",
    entry=Entry(name="Turku", rank=4),
    text="😀 Ystad beats Gdynia, and should be 5-6!",
    mentions=(
        Mention(start=2, end=7, text="Ystad", label="CITY", name="Ystad", id="geonames:1", via="gazetteer"),
        Mention(start=14, end=20, text="Gdynia", label="CITY", name="Gdynia", via="model"),
    ),
    moods=(
        Mood(target="Ystad", label="pos", score=0.5, implied=False, evidence=((8, 13),)),
        Mood(target="Turku", label="neg", score=-0.2, implied=True),
        Mood(target="Malmö", label="neu", score=0.0, implied=False),
    ),
    claims=(Claim(subject="Turku", stance="too_high", proposed=(5, 6), listed=4, span=(26, 39), rule="r1"),),
    comparisons=(Comparison(better="Ystad", worse="Gdynia", relation="better", span=(2, 20), rule="r2"),),
    links=(Link(company="Vela", city="Ystad", relation="offices", span=(2, 7), rule="r3"),),
)


@pytest.fixture
def comments() -> list[AnnotatedComment]:
    """The sample: seven comments on four harbours."""
    lines = SAMPLE.read_text("utf-8").splitlines()
    return [annotated_from_dict(json.loads(line), f"sample, line {number}") for number, line in enumerate(lines, 1)]


def _items(comment: AnnotatedComment) -> list[dict[str, Any]]:
    result: list[dict[str, Any]] = task_of(comment)["predictions"][0]["result"]
    return result


def test_tasks_are_as_label_studio_publishes_them(comments: list[AnnotatedComment]) -> None:
    """All of the file, its spans exact, each id one region's."""
    file = io.StringIO()

    assert write_labelstudio([*comments, FERRY], file) == 8
    tasks = json.loads(file.getvalue())
    jsonschema.validate(tasks, TASKS)
    for task in tasks:
        marked = [item for item in task["predictions"][0]["result"] if item["type"] == "labels"]
        assert len({item["id"] for item in marked}) == len(marked)
        for item in marked:
            value = item["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


@pytest.mark.parametrize(
    ("broken", "of"),
    [
        ({"type": "relation", "from_id": "a", "to_id": "b"}, "'direction' is a required"),
        ({"id": "a", "from_name": "label", "to_name": "text", "type": "labels", "value": {"start": 0}}, "not valid"),
        ({"id": "a", "from_name": "mood", "to_name": "words", "type": "choices", "value": {"choices": []}}, "'text'"),
    ],
)
def test_the_schema_refuses_what_is_no_task(broken: dict[str, Any], of: str) -> None:
    """Or the test above could not fail."""
    with pytest.raises(jsonschema.ValidationError, match=of):
        jsonschema.validate([{"data": {"text": "x"}, "predictions": [{"result": [broken]}]}], TASKS)


def test_everything_of_the_record_is_there_to_be_corrected() -> None:
    """Offsets count an emoji as one character, as Label Studio's editor does."""
    said = [
        (
            item["id"],
            item["from_name"],
            *(item["value"].get("labels") or item["value"].get("choices") or item["value"]["text"]),
        )
        for item in _items(FERRY)
        if item["type"] != "relation"
    ]
    related = [(item["from_id"], item["labels"], item["to_id"]) for item in _items(FERRY) if item["type"] == "relation"]

    assert said == [
        ("mentions-0", "label", "CITY"),
        ("mentions-0", "name", "Ystad"),
        ("mentions-0", "place_id", "geonames:1"),
        ("mentions-1", "label", "CITY"),
        ("mentions-1", "name", "Gdynia"),
        ("mentions-0", "mood", "pos"),
        ("moods-0-0", "label", "MOOD"),
        ("entry_mood", "entry_mood", "neg"),
        ("other_moods", "other_moods", "Malmö: neu"),
        ("claims-0", "label", "CLAIM"),
        ("claims-0", "stance", "too_high"),
        ("claims-0", "subject", "Turku"),
        ("claims-0", "proposed", "5-6"),
        ("comparisons-0", "label", "COMPARISON"),
        ("comparisons-0", "order", "better"),
        ("links-0", "label", "LINK"),
        ("links-0", "company", "Vela"),
        ("links-0", "relation", "offices"),
    ]
    assert related == [
        ("moods-0-0", ["target"], "mentions-0"),
        ("comparisons-0", ["better"], "mentions-0"),
        ("comparisons-0", ["worse"], "mentions-1"),
        ("links-0", ["city"], "mentions-0"),
    ]


def test_the_interface_has_a_control_for_each_field() -> None:
    """And nothing that is not read back; all of it is about the one text, whose blanks are kept."""
    root = ET.fromstring(labelling_config())
    controls = {item.get("name"): item for item in root.iter() if item.get("toName")}

    assert {item.get("toName") for item in controls.values()} == {"text"}
    assert set(controls) == {"label", OTHER_MOODS, *CHOICES, *(name for names in FIELDS.values() for name in names)}
    assert [item.get("value") for item in root.iter("Label")] == list(LAYERS)
    assert [item.get("value") for item in root.iter("Relation")] == [role for roles in ROLES.values() for role in roles]
    for name, values in CHOICES.items():
        assert tuple(item.get("value") for item in controls[name].iter("Choice")) == values
    assert "white-space: pre-wrap" in (root.findtext("Style") or "")
