"""Which of two targets a comment puts above the other, told by what is felt towards both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from commentlens.components.examples import topic_of
from commentlens.components.linear_model import LinearModel
from commentlens.components.mood_rules import compared
from commentlens.components.preference_features import pairs_of, preference_features
from commentlens.components.preferences import EQUAL, FIRST, MOST, NONE, SECOND, PreferenceReader
from commentlens.components.topic import Topic
from commentlens.errors import ModelError
from commentlens.knowledge.rules import Example


def topic(text: str, others: Sequence[str] = ("Bergen",), polarity: str = "positive") -> Topic:
    """A comment under Oslo, no. 4; every name in it is a mention."""
    for name in ("Oslo", *others):
        text = text.replace(name, f"[{name}]")
    ranks = {name: 5 + i for i, name in enumerate(others)}
    return topic_of(Example(text=text, entry="Oslo", rank=4, polarity=polarity, others=ranks))


def mood(
    target: str, label: str, *, implied: bool = False, shares: Mapping[str, float] | None = None
) -> dict[str, Any]:
    """A mood as the component of moods writes it; with shares, the classifier was asked."""
    step = {"step": "classifier", "shares": shares, "rules": {"label": "neu", "score": 0.0}}
    score = {"pos": 0.6, "neg": -0.6, "neu": 0.0}[label]
    return {"target": target, "label": label, "score": score, "implied": implied, "trace": [step] if shares else []}


def moods(*found: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """By target."""
    return {item["target"]: item for item in found}


def reader(threshold: float = 0.7, **weights: Sequence[float]) -> PreferenceReader:
    """One that knows a few features; weights for FIRST, SECOND, EQUAL, NONE."""
    names = [name.replace("__", " ") for name in weights]
    rows = np.array(list(weights.values()), dtype=np.float64).reshape(len(names), 4)
    return PreferenceReader(LinearModel(names, [FIRST, SECOND, EQUAL, NONE], rows, np.array([0.0, 0, 0, 1])), threshold)


BY_MOOD = reader(A__over__B=(3.0, -3.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (["Bergen", "Oslo"], [("Oslo", "Bergen")]),
        (["Bergen", "Graz"], [("Bergen", "Graz")]),
        (["Bergen", "Graz", "Oslo"], [("Oslo", "Bergen"), ("Oslo", "Graz"), ("Bergen", "Graz")]),
        (["Oslo"], []),
    ],
)
def test_pairs(targets: list[str], expected: list[tuple[str, str]]) -> None:
    """The entry stands first wherever it is named."""
    assert pairs_of(topic("Bergen and Oslo"), targets) == expected


def test_features_of_both_sides() -> None:
    """Moods by the classifier's shares, else by the label; what is argued; the words with both masked."""
    found = preference_features(
        topic("Dirty. Bergen is nicer!"),
        moods(mood("Oslo", "neg", implied=True, shares={"pos": 0.1, "neg": 0.7, "neu": 0.2}), mood("Bergen", "pos")),
        [{"subject": "Oslo", "stance": "too_high"}],
        ("Oslo", "Bergen"),
    )
    wanted = {
        "A pos": 0.1,
        "A neg": 0.7,
        "A neu": 0.2,
        "A by rules neu": 1.0,
        "B pos": 1.0,
        "B by rules pos": 1.0,
        "B by rules": 0.6,
        "A implied": 1.0,
        "A is the entry": 1.0,
        "A too_high": 1.0,
        "B not argued": 1.0,
        "A pos, B neg": 0.0,
        "A neg, B pos": 0.7,
        "A over B": pytest.approx(-1.6),
        "A not named": 1.0,
        "opens with B": 0.0,
        "A not named, before B: dirty": 1.0,
        "B more": 0.0,
        "more": 1.0,
        "B+2 more": 1.0,
        "B-1 |": 1.0,
        "near after B: more": 1.0,
        "bergen": 0.0,
    }
    assert {name: found.get(name, 0.0) for name in wanted} == wanted


def test_features_between_two_that_are_named() -> None:
    """Their order, how far apart they are, and whether a sentence ends between them."""
    pair = ("Oslo", "Bergen")
    felt = moods(mood("Oslo", "neu"), mood("Bergen", "neu"))
    apart = preference_features(topic("Bergen has hills. And Oslo has trams."), felt, [], pair)
    assert {"B first", "between: hills", "between: |", "apart: 2"} <= apart.keys()
    assert "in one sentence" not in apart
    near = preference_features(topic("From Oslo to Bergen by train"), felt, [], pair)
    assert {"A first", "in one sentence", "between: to", "apart: 0"} <= near.keys()


def test_a_name_is_no_feature() -> None:
    """Other names, other words in the list's title: the same features."""
    felt = (mood("Oslo", "neg"), mood("Bergen", "pos"))
    other = (mood("Oslo", "neg"), mood("Graz", "pos"))
    one = preference_features(topic("Bergen is the place"), moods(*felt), [], ("Oslo", "Bergen"))
    two = preference_features(topic("Graz is the place", ("Graz",)), moods(*other), [], ("Oslo", "Graz"))
    assert one == two


@pytest.mark.parametrize(
    ("felt", "expected"),
    [
        ((mood("Oslo", "neg"), mood("Bergen", "pos")), [("Bergen", "Oslo", "better")]),
        ((mood("Oslo", "pos"), mood("Bergen", "neg")), [("Oslo", "Bergen", "better")]),
        ((mood("Oslo", "pos"), mood("Bergen", "pos")), []),
        ((mood("Oslo", "pos"),), []),
        ((), []),
    ],
)
def test_two_moods_make_an_order(felt: Sequence[Mapping[str, Any]], expected: list[tuple[str, str, str]]) -> None:
    """Of a reader that looks at nothing but moods; the label says which of the two is put above."""
    found = BY_MOOD.comparisons(topic("Queued for hours. Bergen was a joy."), felt, [], [])
    assert [(item["better"], item["worse"], item["relation"]) for item in found] == expected
    assert all(item["rule"] == "model:preference" and item["praises"] == "none" for item in found)


def test_the_span_is_the_sentences_that_name_them() -> None:
    """From the first to the last of them."""
    text = "Well. Bergen was a joy. I mean it. Oslo was not. Bye."
    (found,) = BY_MOOD.comparisons(topic(text), (mood("Oslo", "neg"), mood("Bergen", "pos")), [], [])
    assert text[slice(*found["span"])] == "Bergen was a joy. I mean it. Oslo was not."


def test_equals_stand_in_the_order_of_the_alphabet() -> None:
    """As in the record."""
    same = reader(both__pos=(0.0, 0.0, 5.0, 0.0))
    (found,) = same.comparisons(topic("Bergen too"), (mood("Oslo", "pos"), mood("Bergen", "pos")), [], [])
    assert (found["better"], found["worse"], found["relation"]) == ("Bergen", "Oslo", "equal")


def test_what_a_rule_has_ordered_stays() -> None:
    """Nothing is asked about it, whichever way it was ordered."""
    felt = (mood("Oslo", "neg"), mood("Bergen", "pos"))
    known = {"better": "Oslo", "worse": "Bergen", "span": [0, 6], "rule": "comparative-than"}
    assert BY_MOOD.comparisons(topic("Queued for hours. Bergen was a joy."), felt, [], [known]) == [known]


def test_a_doubtful_order_is_none() -> None:
    """Below the threshold."""
    felt = (mood("Oslo", "neg"), mood("Bergen", "pos"))
    unsure = PreferenceReader(BY_MOOD.model, 0.999)
    assert unsure.comparisons(topic("Bergen was a joy."), felt, [], []) == []


@pytest.mark.parametrize(
    ("oslo", "bergen", "found"), [(0.6, 0.4, True), (0.5, 0.75, True), (0.4, 0.75, False), (0.1, 0.9, False)]
)
def test_no_order_against_what_is_felt(oslo: float, bergen: float, found: bool) -> None:
    """Where the other one is felt to be better by more than 0.3, shares of pos less neg."""
    prejudiced = reader(A__is__the__entry=(9.0, 0.0, 0.0, 0.0))
    felt = [mood(name, "pos", shares={"pos": pos, "neg": 0.0, "neu": 1 - pos})
            for name, pos in (("Oslo", oslo), ("Bergen", bergen))]  # fmt: skip
    assert bool(prejudiced.comparisons(topic("Bergen and Oslo"), felt, [], [])) is found


def test_a_list_of_names_is_no_order() -> None:
    """Up to so many targets only, and not in an essay."""
    names = ["Bergen", "Graz", "Lviv", "Cork", "Ghent", "Porto"]
    felt = [mood("Oslo", "neg"), *(mood(name, "pos") for name in names)]
    text = f"{', '.join(names)}."
    assert len(BY_MOOD.comparisons(topic(text, names), felt[:MOST], [], [])) == MOST - 1
    assert BY_MOOD.comparisons(topic(text, names), felt[: MOST + 1], [], []) == []
    assert BY_MOOD.comparisons(topic("Bergen was a joy" + " so" * 200), felt[:2], [], []) == []


ARGUED = {"step": "claim", "span": [0, 3], "rule": "high", "push": 0.6}


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("Oslo", "Bergen", "better")], {"Oslo": ("pos", 0.5, [[0, 9]]), "Bergen": ("neg", -0.26, [[0, 9]])}),
        ([("Bergen", "Oslo", "better")], {"Bergen": ("pos", 0.74, [[0, 9]]), "Oslo": ("neg", -0.5, [[0, 9]])}),
        # The middle one of a chain is praised, whatever the order in which it is told.
        (
            [("Graz", "Bergen", "better"), ("Bergen", "Oslo", "better")],
            {"Bergen": ("pos", 0.74, [[0, 9], [0, 9]]), "Oslo": ("neg", -0.5, [[0, 9]])},
        ),
        # Of equals the words decide; what nobody feels about has no mood, and what is claimed stays.
        ([("Bergen", "Oslo", "equal")], {}),
        ([("Porto", "Graz", "better")], {}),
    ],
)
def test_orders_decide_moods(
    pairs: list[tuple[str, str, str]], expected: dict[str, tuple[str, float, list[list[int]]]]
) -> None:
    """As comparisons by rule do: by half, and the words add to it."""
    felt = [mood("Oslo", "neu"), mood("Bergen", "pos"), {**mood("Graz", "pos"), "trace": [ARGUED]}]
    felt = [{**item, "evidence": []} for item in felt]
    orders = [{"better": a, "worse": b, "relation": r, "span": [0, 9], "rule": "model:preference"} for a, b, r in pairs]
    found = {item["target"]: item for item in compared(felt, orders)}
    moved = {name: (item["label"], item["score"], item["evidence"]) for name, item in found.items() if item["evidence"]}
    assert moved == expected
    assert found["Graz"] == felt[2]
    for name in expected:
        assert found[name]["trace"][-1]["rule"] == "model:preference"


def test_a_folder_that_holds_none(tmp_path: Path) -> None:
    """What is missing, and how to build it again."""
    with pytest.raises(ModelError, match=r"meta\.json: no threshold .* commentlens train preferences --output FOLDER"):
        PreferenceReader.load(tmp_path)
    (tmp_path / "meta.json").write_text(json.dumps({"thresholds": {"stated": "high"}}), encoding="utf-8")
    with pytest.raises(ModelError, match=r"could not convert string to float"):
        PreferenceReader.load(tmp_path)


def test_what_ships() -> None:
    """Plain statements side by side order two cities; naming one on the way does not."""
    shipped = PreferenceReader.load(implied=True)
    assert shipped.threshold == 0.7
    assert set(shipped.model.labels) == {FIRST, SECOND, EQUAL, NONE}
