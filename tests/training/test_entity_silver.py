"""What two annotators agree on, and how gold goes before it."""

from __future__ import annotations

import random

import pytest

from commentlens.knowledge.companies import Companies
from commentlens.knowledge.places import Places
from commentlens.training.entity_data import LabelledSet
from commentlens.training.entity_examples import Example
from commentlens.training.entity_silver import Ent, agreed, joined, unmasked

TEXT = "Jo left Nokia in the Congo for Velmora and Oslo's FIFA"
JO, NOKIA, CONGO, OSLO, FIFA = (0, 2), (8, 13), (21, 26), (43, 47), (50, 54)


@pytest.mark.parametrize(
    ("first", "second", "spans", "unknown"),
    [
        ([], [], (), ()),
        ([(*JO, "PERSON")], [(*JO, "PERSON")], ((*JO, "PERSON"),), ()),
        # The article and the genitive are no part of a name.
        ([(17, 26, "GPE")], [(*CONGO, "GPE")], ((*CONGO, "COUNTRY"),), ()),
        ([(*NOKIA, "ORG")], [(*NOKIA, "ORG")], ((*NOKIA, "COMPANY"),), ()),
        ([(*FIFA, "ORG")], [(*FIFA, "ORG")], ((*FIFA, "ORG"),), ()),
        # One names what the other does not; they differ in kind; they differ in length.
        ([(*NOKIA, "ORG")], [], (), (NOKIA,)),
        ([(*NOKIA, "ORG")], [(*NOKIA, "PERSON")], (), (NOKIA,)),
        ([(43, 54, "ORG")], [(*OSLO, "GPE")], (), ((43, 54),)),
        ([(*NOKIA, "CARDINAL")], [(*NOKIA, "CARDINAL")], (), ()),
    ],
)
def test_agreement(
    first: list[Ent], second: list[Ent], spans: tuple[Ent, ...], unknown: tuple[tuple[int, int], ...]
) -> None:
    example = agreed(TEXT, first, second, "made", Places.load(), Companies.load())
    assert example == Example(text=TEXT, spans=spans, unknown=unknown, source="made")


def test_gold_goes_before_what_others_say() -> None:
    labelled = LabelledSet("made", "x", {}, silent=("PERSON",), partial=("OTHER",))
    gold = Example(text=TEXT, spans=((*OSLO, "CITY"),), source="made")
    extra = Example(
        text=TEXT, spans=((*JO, "PERSON"), (*NOKIA, "OTHER"), (*FIFA, "ORG")), unknown=(CONGO, (43, 49)), source="x"
    )
    assert joined(gold, extra, labelled) == Example(
        text=TEXT, spans=((*JO, "PERSON"), (*OSLO, "CITY")), unknown=(NOKIA, CONGO), source="made"
    )


def test_masks_are_filled_the_same_mask_with_the_same_place() -> None:
    text = unmasked("[NAME] says LOCATION1 is not LOCATION2, LOCATION1!", random.Random(1), ["Ann"], ["Oslo", "Bonn"])
    assert text in {f"Ann says {one} is not {two}, {one}!" for one in ("Oslo", "Bonn") for two in ("Oslo", "Bonn")}
    assert unmasked("no mask", random.Random(1), ["Ann"], ["Oslo"]) == "no mask"
