"""What people corrected in Label Studio comes back as records."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.corpus.labelstudio import read_task
from commentlens.corpus.read import read_source
from commentlens.errors import CommentlensError, RecordError, SourceError
from commentlens.records import (
    LABELS,
    MOODS,
    STANCES,
    AnnotatedComment,
    Claim,
    Comparison,
    Entry,
    Link,
    Mention,
    Mood,
)
from commentlens.render.labelstudio import task_of

Json = dict[str, Any]
TEXT = "😀 Ystad beats Gdynia, says Vela,\nand should be 5-6!"
FERRY = AnnotatedComment(
    id="ferry-1",
    list="Ten Finest Ferries",
    entry=Entry(name="Turku", rank=4),
    author="ann",
    likes=3,
    text=TEXT,
    mentions=(
        Mention(start=2, end=7, text="Ystad", label="CITY", name="Ystad", id="geonames:1", via="gazetteer"),
        Mention(start=14, end=20, text="Gdynia", label="CITY", name="Gdynia", via="model"),
        Mention(start=27, end=31, text="Vela", label="COMPANY", name="Vela", via="model"),
    ),
    moods=(
        Mood(target="Ystad", label="pos", score=0.5, implied=False, evidence=((8, 13),)),
        Mood(target="Turku", label="neg", score=-0.25, implied=True),
        Mood(target="Malmö", label="neu", score=0.0, implied=False),
    ),
    claims=(Claim(subject="Turku", stance="too_high", proposed=(5, 6), listed=4, span=(37, 50), rule="r1"),),
    comparisons=(Comparison(better="Ystad", worse="Gdynia", relation="better", span=(2, 20), rule="r2"),),
    links=(Link(company="Vela", city="Ystad", relation="offices", span=(2, 31), rule="r3"),),
)


def accepted(comment: AnnotatedComment, **more: object) -> Json:
    """The task as Label Studio exports it when somebody submits the prediction as it is."""
    task = task_of(comment)
    annotation = {"id": 7, "was_cancelled": False, "result": task["predictions"][0]["result"], **more}
    return {"id": 12, **task, "annotations": [annotation]}


def result_of(task: Json) -> list[Json]:
    """The regions, fields and relations of the first annotation."""
    result: list[Json] = task["annotations"][0]["result"]
    return result


def item(task: Json, id_: str, name: str) -> Json:
    """One item of the first annotation."""
    return next(one for one in result_of(task) if one.get("id") == id_ and one["from_name"] == name)


def written(tmp_path: Path, tasks: list[Json]) -> Path:
    """A file of tasks."""
    path = tmp_path / "project.json"
    path.write_text(json.dumps(tasks, ensure_ascii=False), "utf-8")
    return path


def test_accepted_is_the_same_record() -> None:
    """With what nobody sees in Label Studio: who found it, by which rule, and with which score."""
    assert read_task(accepted(FERRY), "t") == FERRY


_NAMES = st.text(st.characters(exclude_categories=["Cs", "Zl", "Zp", "Cc"]), min_size=1, max_size=8).filter(
    lambda name: name.strip() == name and ":" not in name
)
_WORDS = st.lists(
    st.sampled_from(["a", "É", "e\u0301", "\u05d0", "\u0627", "😀", "𝔘", "\n", " ", "\\", "n", "👩‍👩‍👧", "."]),
    min_size=2,
    max_size=30,
).map("".join)


@st.composite
def comments(draw: st.DrawFn) -> AnnotatedComment:
    """Any record whose moods have each their own target, and whose mentions stand in the order of the text."""
    text = draw(_WORDS)
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).map(
        lambda pair: (min(pair), max(pair)) if pair[0] != pair[1] else (pair[0] - 1, pair[0])
    )
    names = draw(st.lists(_NAMES, min_size=2, max_size=5, unique_by=str.casefold))
    name, rule = st.sampled_from(names), st.sampled_from(["r1", "r2"])
    rank = st.none() | st.integers(1, 60)
    entry = draw(st.none() | st.builds(Entry, name=name, rank=rank, within=st.none() | _NAMES))
    mention = st.builds(
        lambda span, label, name, id_, via: Mention(
            start=span[0], end=span[1], text=text[slice(*span)], label=label, name=name, id=id_, via=via
        ),
        spans, st.sampled_from(LABELS), name, st.none() | st.just("geonames:5"), st.sampled_from(["entry", "model"]),
    )  # fmt: skip
    mood = st.builds(
        Mood,
        target=name,
        label=st.sampled_from(MOODS),
        score=st.floats(-1, 1),
        implied=st.booleans(),
        evidence=st.lists(spans, max_size=2).map(tuple),
    )
    proposed = st.tuples(st.integers(1, 9), st.none() | st.integers(9, 30))
    claim = st.builds(
        Claim, subject=name, stance=st.sampled_from(STANCES), proposed=st.none() | proposed, listed=rank, stated=rank,
        span=spans, rule=rule,
    )  # fmt: skip
    pair = st.builds(
        Comparison, better=name, worse=name | st.just("*"), relation=st.sampled_from(["better", "equal"]),
        aspect=st.none() | _NAMES, span=spans, rule=rule,
    )  # fmt: skip
    link = st.builds(Link, company=name, city=name, relation=st.just("offices"), span=spans, rule=rule)
    return AnnotatedComment(
        id=draw(_NAMES),
        text=text,
        list=draw(st.none() | _NAMES),
        entry=entry,
        mentions=tuple(sorted(draw(st.lists(mention, max_size=4)), key=lambda m: (m.start, m.end))),
        moods=tuple(draw(st.lists(mood, max_size=3, unique_by=lambda m: m.target))),
        claims=tuple(draw(st.lists(claim, max_size=2))),
        comparisons=tuple(draw(st.lists(pair, max_size=2))),
        links=tuple(draw(st.lists(link, max_size=2))),
    )


@given(comment=comments(), data=st.data())
def test_every_record_survives_the_way_there_and_back(comment: AnnotatedComment, data: st.DataObject) -> None:
    """Through JSON, and in whatever order Label Studio writes what it holds."""
    task = json.loads(json.dumps(accepted(comment)))
    task["annotations"][0]["result"] = data.draw(st.permutations(result_of(task)))

    assert read_task(task, "t") == comment


def test_what_a_person_changed_is_gold() -> None:
    """And what was left alone keeps its rule."""
    task = accepted(FERRY)
    item(task, "mentions-1", "name")["value"]["text"] = ["Gdańsk"]
    item(task, "mentions-0", "mood")["value"]["choices"] = ["neg"]
    item(task, "claims-0", "proposed")["value"]["text"] = [" 11- "]
    item(task, "claims-0", "subject")["value"]["text"] = ["Ystad"]
    result_of(task).remove(item(task, "entry_mood", "entry_mood"))
    span = {"start": 43, "end": 50}
    result_of(task).append(
        {
            "id": "aB3x",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {**span, "labels": ["MOOD"]},
        }
    )
    result_of(task).append({"type": "relation", "from_id": "mentions-0", "to_id": "aB3x", "direction": "left"})

    found = read_task(task, "t")

    assert found.mentions[:2] == (
        FERRY.mentions[0],
        Mention(start=14, end=20, text="Gdynia", label="CITY", name="Gdańsk", via="gold"),
    )
    assert found.moods == (
        Mood(target="Ystad", label="neg", score=-1.0, implied=False, evidence=((8, 13), (43, 50))),
        FERRY.moods[2],
    )
    assert found.claims == (
        Claim(subject="Ystad", stance="too_high", proposed=(11, None), listed=None, span=(37, 50), rule="gold"),
    )
    assert (found.comparisons[0].worse, found.comparisons[0].rule) == ("Gdańsk", "gold")
    assert (found.links, found.author, found.likes) == (FERRY.links, "ann", 3)


def test_a_renamed_mention_loses_the_id_of_its_old_name() -> None:
    """Unless a person gives it another one."""
    task = accepted(FERRY)
    item(task, "mentions-0", "name")["value"]["text"] = ["Trelleborg"]
    assert read_task(task, "t").mentions[0].id is None

    item(task, "mentions-0", "place_id")["value"]["text"] = ["geonames:2"]
    assert read_task(task, "t").mentions[0].id == "geonames:2"


@pytest.mark.parametrize(
    ("span", "said", "expected"),
    [
        ((2, 7), "Ystad", (2, 7)),
        ((3, 8), "Ystad", (2, 7)),
        ((2, 7), None, (2, 7)),
        ((27, 36), "Vela,\\nand", (27, 36)),
        ((28, 37), "Vela,\\nand", (27, 36)),
    ],
    ids=["code points", "UTF-16 units", "no words", "line break", "line break in UTF-16"],
)
def test_offsets_of_old_and_new_versions(span: tuple[int, int], said: str | None, expected: tuple[int, int]) -> None:
    """The words that are marked show how the version counted."""
    value = {"start": span[0], "end": span[1], "labels": ["COMPANY"], **({"text": said} if said else {})}
    marked = {"id": "x", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    found = read_task({"id": 1, "data": {"text": TEXT}, "annotations": [{"result": [marked]}]}, "t")

    assert (found.mentions[0].start, found.mentions[0].end) == expected
    assert (found.id, found.mentions[0].name) == ("1", TEXT[slice(*expected)])


@pytest.mark.parametrize(
    ("annotations", "label"),
    [
        ([("2026-01-02", {}, "pos"), ("2026-01-03", {}, "neg")], "neg"),
        ([("2026-01-03", {}, "pos"), ("2026-01-02", {}, "neg")], "pos"),
        ([("2026-01-02", {}, "pos"), ("2026-01-03", {"was_cancelled": True}, "neg")], "pos"),
        ([("2026-01-02", {"ground_truth": True}, "pos"), ("2026-01-03", {}, "neg")], "pos"),
    ],
    ids=["latest", "latest comes first", "latest was cancelled", "ground truth"],
)
def test_one_annotation_counts(annotations: list[tuple[str, Json, str]], label: str) -> None:
    """Of several annotators."""
    task = task_of(FERRY)
    task["annotations"] = []
    for updated, more, mood in annotations:
        result = copy.deepcopy(task["predictions"][0]["result"])
        next(one for one in result if one.get("from_name") == "mood")["value"]["choices"] = [mood]
        task["annotations"].append({"updated_at": f"{updated}T10:00:00Z", "result": result, **more})

    assert read_task(task, "t").moods[0].label == label


def _set(id_: str, name: str, key: str, value: object) -> Callable[[Json], None]:
    def change(task: Json) -> None:
        item(task, id_, name)["value"][key] = value

    return change


def _drop(id_: str, name: str) -> Callable[[Json], None]:
    return lambda task: result_of(task).remove(item(task, id_, name))


def _relate(from_id: str, to_id: str, *labels: str) -> Callable[[Json], None]:
    added = {"type": "relation", "from_id": from_id, "to_id": to_id, "direction": "right", "labels": list(labels)}
    return lambda task: result_of(task).append(added)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("claims-0", "label", "labels", ["Claim"]), 'region claims-0: "labels" must be one of CITY, COMPANY'),
        (_set("mentions-0", "label", "end", 900), f"region mentions-0: .*<= {len(TEXT)}, got .2, 900."),
        (_set("mentions-0", "label", "start", "2"), 'region mentions-0: "start, end" must be offsets'),
        (_set("mentions-0", "label", "text", "Malmö"), "region mentions-0: marks 'Malmö', but .* are 'Ystad'"),
        (_set("claims-0", "stance", "choices", ["low"]), '"stance" must be one of too_low, .* got .low.'),
        (_set("claims-0", "stance", "choices", []), 'region claims-0: CLAIM has no "stance"'),
        (_set("claims-0", "proposed", "text", ["top five"]), '"proposed" must be a rank .7., .* got .top five.'),
        (_set("claims-0", "proposed", "text", ["9-2"]), "best <= worst"),
        (_drop("claims-0", "subject"), 'region claims-0: CLAIM has no "subject". Draw a relation'),
        (_drop("mentions-0", "label"), 'region mentions-0: has "name" and no label'),
        (_drop("mentions-0", "mood"), "region moods-0-0: MOOD about 'Ystad', and no mood is chosen"),
        (_set("other_moods", "other_moods", "text", ["Malmö: good"]), '"other_moods" must be name: mood'),
        (_set("other_moods", "other_moods", "text", ["Turku: pos"]), "two moods towards 'Turku', neg and pos"),
        (_relate("claims-0", "nowhere", "subject"), "relation claims-0 → nowhere: leads to no marked region"),
        (_relate("mentions-0", "mentions-1"), "goes from CITY to CITY; a relation goes from CLAIM"),
        (_relate("comparisons-0", "mentions-2"), '"labels" must be one of better, worse'),
        (_relate("comparisons-0", "mentions-2", "worse"), "comparisons-0: two relations worse"),
        (_relate("claims-0", "mentions-0"), "\"subject\" leads to 'Ystad', and its field says 'Turku'"),
        (lambda task: task["annotations"][0].update(result="[]"), '"result" must be a list of objects'),
        (lambda task: task["annotations"][0].update(was_cancelled=True), "no annotation that was submitted"),
        (lambda task: task["data"].update(text=None), '"data.text" must be the comment'),
    ],
)  # fmt: skip
def test_errors_name_task_and_region(change: Callable[[Json], None], message: str) -> None:
    """What was got, and what is allowed."""
    task = copy.deepcopy(accepted(FERRY))
    change(task)

    with pytest.raises(RecordError, match=message) as error:
        read_task(task, "project.json, task 12")
    assert str(error.value).startswith("project.json, task 12")


def test_a_project_is_a_source(tmp_path: Path) -> None:
    """Tasks that nobody has done, and those that are broken, are set aside with their reasons."""
    skipped = {**task_of(FERRY), "id": 13, "annotations": []}
    broken = copy.deepcopy(accepted(FERRY))
    broken["id"] = 14
    _drop("claims-0", "stance")(broken)
    reading = read_source(written(tmp_path, [accepted(FERRY), skipped, broken]))

    assert reading.annotated is not None
    assert list(reading.annotated) == [FERRY]
    assert [(ranked.title, [entry.name for entry in ranked.entries]) for ranked in reading.lists] == [
        ("Ten Finest Ferries", ["Turku"])
    ]
    assert [(aside.line, aside.reason[:46]) for aside in reading.set_aside] == [
        (2, "task 13: no annotation that was submitted."),
        (3, "task 14, annotation 7, region claims-0: CLAIM "),
    ]


def test_an_export_that_nobody_has_worked_on_is_its_predictions(tmp_path: Path) -> None:
    """As `export` writes it."""
    reading = read_source(written(tmp_path, [task_of(FERRY)]))

    assert list(reading.annotated or ()) == [FERRY]


def test_json_min_is_refused(tmp_path: Path) -> None:
    """It does not hold enough."""
    row = {"text": TEXT, "id": 12, "label": [], "annotator": 1, "annotation_id": 7, "lead_time": 4.2}

    with pytest.raises(SourceError, match=r"JSON-MIN, which drops relations.*Export the project again, as JSON"):
        read_source(written(tmp_path, [row]))


def test_a_table_with_data_is_still_a_table(tmp_path: Path) -> None:
    """A column of that name makes no project."""
    reading = read_source(written(tmp_path, [{"data": "x", "text": "Ystad is fine", "annotations": 2}]))

    assert (reading.annotated, [comment.text for comment in reading.comments]) == (None, ["Ystad is fine"])


def test_a_file_cut_short_says_so(tmp_path: Path) -> None:
    """With its name."""
    path = written(tmp_path, [accepted(FERRY)])
    path.write_text(path.read_text("utf-8")[:-40], "utf-8")

    with pytest.raises(CommentlensError, match=r"project\.json"):
        read_source(path)
