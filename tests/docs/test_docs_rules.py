"""docs/rules.md names all that a rule may say."""

from __future__ import annotations

import dataclasses
import re

import pytest
from doc_examples import ROOT

from commentlens.knowledge.patterns import SLOT_KINDS
from commentlens.knowledge.rules import LAYERS, Example, load_rules

TEXT = (ROOT / "docs" / "rules.md").read_text("utf-8")


def section(title: str) -> str:
    """The text under a heading, to the next one of any level."""
    found = re.search(rf"^#+ {title}\n(.*?)(?=^#|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_option_and_value_of_a_layer_is_described(layer: str) -> None:
    """In the layer's section, guards aside, which have a paragraph of their own."""
    said = re.findall(r"`([^`]+)`", section(layer))
    words = {word for part in said for word in re.findall(r"\w+", part)}

    for option, values in LAYERS[layer].items():
        if option != "guards":
            assert {option, *(values or ())} - words == set()


@pytest.mark.parametrize("layer", ["claims", "comparisons"])
def test_every_guard_is_named(layer: str) -> None:
    """Those of the shipped files."""
    guards = load_rules(layer).guards

    assert guards
    assert {name for name in guards if f"`{name}`" not in section("Which rule has the words")} == set()


def test_every_kind_of_slot_is_described() -> None:
    """Each with an example of its form."""
    kinds = re.findall(r"`\{\w+:(\w+)\}`", section("Patterns"))

    assert set(SLOT_KINDS) - set(kinds) == set()


def test_every_key_of_an_example_is_described() -> None:
    """As `knowledge.rules.Example` has them."""
    keys = re.findall(
        r"`(\w+)`", " ".join(re.findall(r"^\| (`[^|]*?`) \|", section("Trying the examples"), re.MULTILINE))
    )

    assert sorted(keys) == sorted(field.name for field in dataclasses.fields(Example))
