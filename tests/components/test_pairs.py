"""The order of two given things, by the rules alone and with the second reader."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.components.linear_model import LinearModel
from commentlens.components.pair_features import compares, pair_features, reduced
from commentlens.components.pairs import order_of_pair
from commentlens.components.scope import read_sentences
from commentlens.components.second_reader import OrderReader, Thresholds
from commentlens.components.valence import Valence
from commentlens.knowledge.rules import load_rules
from commentlens.training.orderings import parse

RULES = load_rules("comparisons")
VALENCE = Valence.load()
# Knows one thing: that the second is better where a good comparative comes after it.
ORDER = OrderReader(
    LinearModel(["CMP+ after"], ["BETTER", "NONE", "WORSE"], np.array([[0.0, 0.0, 3.0]]), np.array([0.0, 2.0, 0.0])),
    VALENCE,
    Thresholds(given=0.5, open=0.9, argues=0.9),
)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("BETTER | The [trombone] is easier than the [oboe]", "comparative-than"),
        ("WORSE | [Decaf] is duller than [chicory]", "comparative-than"),
        ("NONE | [Decaf] and [chicory] are cheaper than ever", None),
        ("NONE | My sister plays the [oboe] and my brother the [trombone]", None),
        ("WORSE | I gave my [moped] away, the [bicycle] turned out to be faster and far cheaper", "model:order"),
    ],
)
def test_order(line: str, rule: str | None) -> None:
    """Rules first; the second reader where they are silent, under its own name."""
    item = parse(line, "here")
    found = order_of_pair(item.text, item.first, item.second, RULES, ORDER)
    assert (found.label, found.rule if found.label != "NONE" else None) == (item.label, rule)


def test_a_reader_that_is_not_sure_says_nothing() -> None:
    """0.7 is enough for a given pair, not for one that nobody asked about."""
    item = parse("WORSE | I gave my [moped] away, the [bicycle] turned out to be faster", "here")
    assert order_of_pair(item.text, item.first, item.second, RULES, ORDER).probability == pytest.approx(0.7053845)
    mentions = [{"start": a, "end": b, "label": "ENTRY", "name": "x"} for a, b in (item.first, item.second)]
    (sentence,) = read_sentences(item.text, mentions)
    places = [i for i, unit in enumerate(sentence.units) if unit.kind == "mention"]
    label, probability = ORDER.open_pair(sentence.units, *places)
    assert (label, round(probability, 7)) == ("NONE", 0.2594965)


def test_rules_alone() -> None:
    """What only the second reader sees is NONE without it."""
    item = parse("WORSE | I gave my [moped] away, the [bicycle] turned out to be faster and far cheaper", "here")
    assert order_of_pair(item.text, item.first, item.second, RULES).label == "NONE"


def shown(text: str) -> str:
    """The reduced form of a sentence with two marked things."""
    item = parse(f"NONE | {text}", "here")
    mentions = [
        {"start": start, "end": end, "label": "ENTRY", "name": str(start)} for start, end in (item.first, item.second)
    ]
    (sentence,) = read_sentences(item.text, mentions)
    first, second = (i for i, unit in enumerate(sentence.units) if unit.kind == "mention")
    return " ".join(name for name, _ in reduced(sentence.units, first, second, VALENCE))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[Walnut] is harder than [spruce]", "A be CMP- than B"),
        ("[Walnut] is nicer then [spruce]", "A be CMP+ than B"),
        ("unlike [walnut], [spruce] is less noisy", "but A , B be CMP+"),
        ("[Walnut] isn't the worst but [spruce] is the most reliable", "A be not SUP- but B be SUP+ good"),
        ("I prefer [walnut] to [spruce]", "prefer A to B"),
        ("[walnut] over [spruce]", "A over B"),
    ],
)
def test_what_is_kept_of_a_sentence(text: str, keys: str) -> None:
    """Only what can order things."""
    assert shown(text) == keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is cheaper", True),
        ("I prefer the old one", True),
        ("It beats everything", True),
        ("It never rains, but it pours", False),
        ("My brother is a writer", False),
    ],
)
def test_compares(text: str, expected: bool) -> None:
    """A comparative, or words that only compare."""
    assert [compares(sentence.units) for sentence in read_sentences(text, [])] == [expected]


@given(st.lists(st.sampled_from("A B than better not but worse , nicer and ? the best over".split()), max_size=12))
def test_features_never_name_the_things(words: list[str]) -> None:
    """Whatever stands around them: the same features for other names, and no name among them."""
    found = []
    for first, second in (("oboe", "viola"), ("zither", "kazoo")):
        text = " ".join([first, *(w for w in words if w not in "AB"), second])
        spans = [(0, len(first)), (len(text) - len(second), len(text))]
        mentions = [{"start": a, "end": b, "label": "ENTRY", "name": str(a)} for a, b in spans]
        units = [unit for sentence in read_sentences(text, mentions) for unit in sentence.units]
        places = [i for i, unit in enumerate(units) if unit.kind == "mention"]
        if len(places) == 2:
            found.append(pair_features(units, places[0], places[1], VALENCE))
    assert len(found) != 1
    assert not found or found[0] == found[1]
    assert not any(name in feature for features in found for feature in features for name in ("oboe", "kazoo"))
