"""What is set against the entry with no word that compares, and what only looks like it."""

from __future__ import annotations

from typing import Any

import pytest
from marked import comparisons

OTHERS = {"Oslo": 3, "Lima": 12}


def pairs(text: str, entry: str | None = "Rome", rank: int | None = 7, **under: Any) -> list[tuple[str, str]]:
    """What is compared with Rome, and the rule that found it, under Rome at 7."""
    found = comparisons(text, entry, rank, implied=True, **{"others": OTHERS, **under})
    return [(f"{item['better']} > {item['worse']}", item["rule"]) for item in found]


HERE_LAST = [("Rome > Oslo", "said-in-contrast")]
COMPLAINT = [("Oslo > Rome", "said-in-contrast")]
BLAMED = [("Rome > Oslo", "other-blamed")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Oslo] has the name, we have the sea", HERE_LAST),
        ("[Oslo] files the patents. We build the trams.", HERE_LAST),
        ("in [Oslo] they sell you the map, here they walk you there", HERE_LAST),
        ("[Oslo] gave me a cold, this place gave me a tan", HERE_LAST),
        ("[Oslo] and [Lima] talk of it, we do it", [*HERE_LAST, ("Rome > Lima", "said-in-contrast")]),
        ("[Oslo] goes to bed at nine, and over here the band arrives", HERE_LAST),
        # The other thing alone is praised.
        ("[Oslo] is lovely and the people are great, this place is a car park", []),
        # No side of its own, or the poorer one.
        ("[Oslo] and us, we share the rain", []),
        ("[Oslo] has hills and a pulse, here only banks", []),
        ("[Oslo] dances in June, this summer we might", []),
        ("[Oslo] for bread, here for fish", []),
        ("does [Oslo] have the name? We have the sea", []),
        ("[Oslo] has the name, we have the sea of [Lima]", []),
        ("[Norway|COUNTRY] has the name, we have the sea", []),
        ("[Statoil|COMPANY] has the name, we have the sea", []),
        # One is said to be better in so many words: that holds.
        ("[Oslo] is better, we only have the sea", [("Oslo > Rome", "comparative-alone")]),
    ],
)
def test_who_speaks_last_has_the_last_word(text: str, expected: list[tuple[str, str]]) -> None:
    """ "We", "here" and "this" behind another city; not behind what is no city or says nothing of it."""
    assert pairs(text, kind="city") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In [Oslo] they say good morning. Here nobody looks up", COMPLAINT),
        ("In [Oslo] the bus waits for you, here it speeds up", COMPLAINT),
        ("[Oslo] sweeps the stairs, we sweep the flat", []),
    ],
)
def test_on_a_negative_list_here_is_a_complaint(text: str, expected: list[tuple[str, str]]) -> None:
    """There people tell of "here" what is wrong with it; "we" says nothing."""
    assert pairs(text, kind="city", polarity="negative") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Red sausage, ice slides. [Oslo] is dull and ugly", BLAMED),
        ("the trams come on time. [Oslo] trams are broken", BLAMED),
        ("[Oslo] malls are dull and ugly, [Rome] has squares", BLAMED),
        # The entry is blamed as well, a third is named, or the other is not blamed at all.
        ("The trams are awful. [Oslo] trams are broken", []),
        ("[Oslo] is dull and ugly, [Lima] is fine", []),
        ("[Oslo] has trams", []),
        ("Is [Oslo] dull and ugly?", []),
        ("[Oslo] is not ugly", []),
        ("[Oslo] is as ugly and dull as it is here", []),
    ],
)
def test_who_blames_the_other_alone(text: str, expected: list[tuple[str, str]]) -> None:
    """One clause blames another city, and no clause blames the entry."""
    assert pairs(text, kind="city") == expected


@pytest.mark.parametrize("text", ["Ice slides! [Oslo] is dull and ugly", "[Oslo] has the name, we have the sea"])
def test_nothing_without_an_entry(text: str) -> None:
    """With no entry there is nothing that a thing is set against."""
    assert pairs(text, None, None, kind="city") == []


def test_blame_on_a_negative_list_says_nothing() -> None:
    """There it may be what the list is about."""
    assert pairs("Ice slides! [Oslo] is dull and ugly", kind="city", polarity="negative") == []


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("[Oslo] kept its old market", "city", ["Oslo > Rome"]),
        ("[Peru|COUNTRY] kept its old market", "city", []),
        ("[Statoil|COMPANY] kept its old market", "city", []),
        ("[Statoil|COMPANY] kept its old market", "company", ["Statoil > Rome"]),
        ("[Peru|COUNTRY] kept its old market", "country", ["Peru > Rome"]),
        ("[Peru|COUNTRY] kept its old market", "other", []),
        ("[Statoil|COMPANY] kept its old market", "other", ["Statoil > Rome"]),
        ("[Lima] kept its old market", "other", ["Lima > Rome"]),
        ("[Quito] kept its old market", "other", []),
        ("[Quito] kept its old market", None, ["Quito > Rome"]),
        ("[Peru|COUNTRY] kept its old market", None, []),
    ],
)
def test_only_a_thing_of_its_kind_rivals_the_entry(text: str, kind: str | None, expected: list[str]) -> None:
    """By the kind of the list; on a list of other things, its entries and what is no place."""
    assert [pair for pair, _ in pairs(text, kind=kind)] == expected
