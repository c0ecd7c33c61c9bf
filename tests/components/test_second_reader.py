"""The second reader on the pipeline: asked where rules are silent, decides what is contested, says that it spoke."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from commentlens.components.argue_features import argue_features
from commentlens.components.examples import topic_of
from commentlens.components.linear_model import LinearModel
from commentlens.components.second_reader import (
    ARGUES_RULE,
    ORDER_RULE,
    OrderReader,
    SecondReader,
    Thresholds,
)
from commentlens.components.valence import Valence
from commentlens.errors import ModelError
from commentlens.knowledge.rules import Example
from commentlens.pipeline import CLASSIFIERS, build_nlp
from commentlens.shipped import shipped

VALENCE = Valence.load()
SURE = Thresholds(given=0.5, open=0.9, argues=0.6)
# Two classifiers that know one thing each, so that what is tested is what is done with their answers.
ORDER = LinearModel(["CMP+ after"], ["BETTER", "NONE", "WORSE"], np.array([[0.0, 0.0, 6.0]]), np.array([0.0, 2.0, 0.0]))
ARGUES = LinearModel(["yeah right"], ["none", "too_low"], np.array([[0.0, 5.0]]), np.array([2.0, 0.0]))
READER = SecondReader(OrderReader(ORDER, VALENCE, SURE), ARGUES)
CONTESTED = {"better": "Oslo", "worse": "Rome", "relation": "better", "aspect": None, "span": [0, 9], "rule": "x"}


def example(text: str, rank: int = 9) -> Any:
    """The topic of a comment under Rome."""
    return topic_of(Example(text=text, entry="Rome", rank=rank), "city")


def test_a_claim_that_no_rule_sees() -> None:
    """Under the reader's name, over the whole comment, with the one rank that it names."""
    topic = example("yeah right, second place for Rome, who counted the votes")
    assert READER.claims(topic, []) == [
        {
            "subject": "Rome",
            "stance": "too_low",
            "proposed": [2, 2],
            "listed": 9,
            "stated": None,
            "span": [0, 56],
            "rule": ARGUES_RULE,
            "others": [],
        }
    ]


@pytest.mark.parametrize(
    "text", ["We had ice cream and walked home", "It is not number 1 yet", "Lovely people, sunny squares"]
)
def test_no_claim(text: str) -> None:
    """Nothing about places in a list, or a denied rank, which is for the rules."""
    assert READER.claims(example(text), []) == []


def test_what_rules_found_stays() -> None:
    """Where they spoke it is not asked."""
    found = [{"subject": "Oslo", "stance": "right", "rule": "x"}]
    assert READER.claims(example("yeah right, second place for Rome"), found) == found


def test_an_order_that_no_rule_sees() -> None:
    """From the first of the two to the end of the sentence."""
    text = "[Rome] is noisy and dirty, [Oslo] is so much cleaner"
    assert READER.comparisons(example(text), []) == [
        {
            "better": "Oslo",
            "worse": "Rome",
            "relation": "better",
            "aspect": None,
            "span": [0, 48],
            "rule": ORDER_RULE,
            "praises": "winner",
            "contested": False,
        }
    ]


@pytest.mark.parametrize(
    "text",
    ["Rome is noisy, [Oslo] is cleaner", "[Rome] and [Oslo] are cleaner", "[Rome] is dirty, is [Oslo] cleaner?"],
)
def test_no_order(text: str) -> None:
    """One thing only, two in one breath, a question."""
    assert READER.comparisons(example(text), []) == []


@pytest.mark.parametrize(
    ("text", "better"),
    [("[Rome] is noisy and dirty, [Oslo] is so much cleaner and safer", "Oslo"), ("[Rome] and [Oslo] again", None)],
)
def test_a_contested_pair(text: str, better: str | None) -> None:
    """It decides what rules order both ways; where it sees nothing, the rules' first reading stands."""
    (found,) = READER.comparisons(example(text), [{**CONTESTED, "praises": "winner", "contested": True}])
    if better is None:
        assert found == {**CONTESTED, "praises": "winner", "contested": True}
    else:
        assert (found["better"], found["rule"], found["contested"]) == (better, ORDER_RULE, False)


def test_what_is_not_contested_stays() -> None:
    """Even against its own reading."""
    found = [{**CONTESTED, "praises": "winner", "contested": False}]
    assert READER.comparisons(example("[Oslo] is filthy, [Rome] is nicer"), found) == found


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("not 3rd", {"^", "not", "not #up", "not $", "^ not", "not not #up"}),
        ("9th it is", {"#same", "#same it"}),
        ("12th!", {"#down", "#down !"}),
    ],
)
def test_argue_features(text: str, features: set[str]) -> None:
    """Ranks by where they lie from the listed one; what is denied is something else."""
    found = set(argue_features(example(text), 9))
    assert features - {"not $"} <= found


def test_rules_only_leaves_it_out() -> None:
    """All else stays, in its order."""
    whole = build_nlp().pipe_names
    assert [name for name in whole if name not in CLASSIFIERS] == build_nlp(rules_only=True).pipe_names
    assert whole.index("commentlens_second_reader") == whole.index("commentlens_comparisons") + 1


@pytest.mark.parametrize("thresholds", ["", "{}", '{"thresholds": {"given": 0.5}}'])
def test_a_folder_without_thresholds(thresholds: str, tmp_path: Path) -> None:
    """Named, with what to do."""
    folder = tmp_path / "reader"
    shutil.copytree(shipped("models", "second_reader"), folder)
    (folder / "meta.json").write_text(thresholds, encoding="utf-8")
    with pytest.raises(ModelError, match=r"meta\.json: no thresholds of a second reader"):
        SecondReader.load(folder)


def test_the_card_tells_what_it_was_trained_on() -> None:
    """Counts and checksums of every file."""
    meta = json.loads(shipped("models", "second_reader", "meta.json").read_text(encoding="utf-8"))
    assert meta["sentences"]["own"].keys() == {"BETTER", "NONE", "WORSE"}
    assert all(len(checksum) == 64 for checksum in meta["sha256"].values())
    assert not any("compsent" in name or "coqe" in name for name in meta["sha256"])
