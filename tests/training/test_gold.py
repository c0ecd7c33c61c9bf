"""What people corrected as rows of training."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from commentlens.components.valence import Valence
from commentlens.pipeline import build_nlp
from commentlens.records import AnnotatedComment, Claim, Comparison, Entry, Mention, Mood, Stance
from commentlens.render.labelstudio import task_of
from commentlens.training.arguments import page_arguments
from commentlens.training.entity_examples import Example
from commentlens.training.gold import MOOD_WEIGHTS, Gold
from commentlens.training.mood import WEIGHTS, matrices, step_one
from commentlens.training.mood_rows import record_rows
from commentlens.training.orderings import Ordering

TEXT = "Ystad beats Gdynia. Turku and Ystad are on the list, Gdynia is not."


def mention(name: str, nth: int = 0, label: str = "CITY", text: str = TEXT) -> Mention:
    """A mention of the name where it stands for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return Mention(start=start, end=start + len(name), text=name, label=label, name=name, via="gold")  # type: ignore[arg-type]


def pair(better: str, worse: str, relation: str = "better") -> Comparison:
    """A comparison; where it stands does not matter here."""
    return Comparison(better=better, worse=worse, relation=relation, span=(0, 5), rule="gold")  # type: ignore[arg-type]


FERRY = AnnotatedComment(
    id="ferry-1",
    list="Ten Finest Ferries",
    entry=Entry(name="Turku", rank=4),
    text=TEXT,
    mentions=(
        mention("Ystad"),
        mention("Gdynia"),
        mention("Turku"),
        mention("Ystad", 1),
        mention("Gdynia", 1),
    ),
    comparisons=(pair("Ystad", "Gdynia"),),
)


@pytest.mark.parametrize(
    ("comparisons", "labels"),
    [
        ((pair("Ystad", "Gdynia"),), ["BETTER", "NONE", "NONE", "BETTER"]),
        ((pair("Gdynia", "Ystad"),), ["WORSE", "NONE", "NONE", "WORSE"]),
        ((pair("Gdynia", "Ystad", "equal"),), ["NONE", "NONE"]),
        ((), ["NONE"] * 4),
        ((pair("Ystad", "*"),), ["NONE"] * 4),
    ],
)
def test_pairs_of_one_sentence(comparisons: tuple[Comparison, ...], labels: list[str]) -> None:
    """Each pair of names once, its spans in the sentence; nothing is said of equal ones."""
    found = list(Gold((replace(FERRY, comparisons=comparisons),)).orderings())

    assert [item.label for item in found] == labels
    if labels[0] != "NONE":
        assert found[0] == Ordering(labels[0], "Ystad beats Gdynia.", (0, 5), (12, 18))


def test_names_of_a_text() -> None:
    """Of overlapping ones the longer; an entry of another kind is left open; each text once."""
    text = "New Ystad Line sails to the Gdynia docks with Ferry Queen"
    comment = AnnotatedComment(
        id="a",
        text=text,
        mentions=(
            mention("New Ystad Line", 0, "COMPANY", text),
            mention("Ystad", 0, "CITY", text),
            mention("the Gdynia", 0, "CITY", text),
            mention("Ferry Queen", 0, "ENTRY", text),
        ),
    )

    assert Gold((comment, replace(comment, id="b", mentions=()))).names() == [
        Example(text=text, spans=((0, 14, "COMPANY"), (28, 34, "CITY")), unknown=((46, 57),), source="gold")
    ]


@pytest.mark.parametrize(
    ("stances", "rank", "labels"),
    [
        ([("Turku", "too_low")], 4, ["too_low"]),
        ([("Ystad", "too_low")], 4, ["none"]),
        ([("Turku", "unspecified"), ("Turku", "right")], 4, ["right"]),
        ([], 4, ["none"]),
        ([("Turku", "too_low")], None, []),
    ],
)
def test_arguments_of_a_page(stances: list[tuple[str, Stance]], rank: int | None, labels: list[str]) -> None:
    """What is said of the entry's own rank; nothing where it has none."""
    claims = tuple(Claim(subject=subject, stance=stance, span=(0, 5), rule="gold") for subject, stance in stances)
    gold = Gold((replace(FERRY, entry=Entry(name="Turku", rank=rank), claims=claims),))

    assert [item.label for page in gold.pages() for item in page_arguments(page)] == labels


def test_pages_are_lists() -> None:
    """What stands under no list stands alone."""
    alone = replace(FERRY, list=None, entry=None)
    gold = Gold((FERRY, alone, replace(FERRY, id="ferry-2"), replace(FERRY, list="Ports"), alone))

    assert [[row["id"] for row in page] for page in gold.pages()] == [
        ["ferry-1", "ferry-2"],
        ["ferry-1"],
        ["ferry-1"],
        ["ferry-1"],
    ]


def test_moods_of_people_weigh_in() -> None:
    """A row a target whose name is found; rows of people change the weights."""
    texts = [
        (f"I {verb} {city}, it is so {word}", label)
        for city in ("Oslo", "Lima")
        for verb, word, label in (
            ("love", "lovely", "pos"), ("adore", "great", "pos"), ("hate", "awful", "neg"), ("dislike", "grim", "neg"),
            ("saw", "far", "neu"), ("passed", "wide", "neu"),
        )
    ]  # fmt: skip
    comments = [
        AnnotatedComment(
            id=str(number),
            text=text,
            moods=(Mood(target="Oslo" if "Oslo" in text else "Lima", label=label, score=0.0, implied=False),),  # type: ignore[arg-type]
        )
        for number, (text, label) in enumerate(texts)
    ]
    nlp, valence = build_nlp(mood_model="rules"), Valence.load()
    rows = [
        row for source in ("pages", "gold") for row in record_rows(Gold(tuple(comments)).pages(), nlp, valence, source)
    ]

    assert [(row.target, row.label) for row in rows[:12]] == [
        (comment.moods[0].target, comment.moods[0].label) for comment in comments
    ]
    assert [row.source for row in rows] == ["pages"] * 12 + ["gold"] * 12
    data = matrices(rows)
    everything = np.ones(len(rows), dtype=bool)
    weights = [
        step_one(data, everything, np.array([{"pages": 0.3, "gold": gold}[source] for source in data.sources]))[0]
        for gold in (1.0, 0.1)
    ]
    assert np.abs(weights[0] - weights[1]).max() > 0.01
    assert MOOD_WEIGHTS.keys() == WEIGHTS.keys()


def test_gold_names_its_files(tmp_path: Path) -> None:
    """With their checksums, for the model card; of Label Studio only what was submitted."""
    task = task_of(FERRY)
    done = {**task, "annotations": [{"id": 1, "result": task["predictions"][0]["result"]}]}
    path = tmp_path / "project.json"
    path.write_text(json.dumps([done, {**task, "annotations": []}]), "utf-8")
    notes: list[str] = []
    gold = Gold.read([path], notes.append)

    assert (gold.comments, len(notes)) == ((FERRY,), 1)
    assert gold.checksums == (("project.json", hashlib.sha256(path.read_bytes()).hexdigest()),)
