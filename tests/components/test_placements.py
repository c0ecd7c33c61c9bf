"""What a writer makes of one thing standing above another on the list."""

from __future__ import annotations

import pytest
from marked import comparisons

from commentlens.components.placements import Placement, placed_relation

OTHERS = {"Oslo": 3, "Lima": 12}


@pytest.mark.parametrize(
    ("relation", "placement", "negative", "expected"),
    [
        ("above", Placement.SAID, False, "better"),
        ("above", Placement.SAID, True, "better"),
        ("above", Placement.AGREED, False, "better"),
        ("above", Placement.AGREED, True, "worse"),
        ("above", Placement.DENIED, False, "worse"),
        ("above", Placement.DENIED, True, "better"),
        ("below", Placement.SAID, True, "worse"),
        ("below", Placement.AGREED, False, "worse"),
        ("below", Placement.DENIED, False, "better"),
        ("below", Placement.DENIED, True, "worse"),
    ],
)
def test_order_of_two(relation: str, placement: Placement, negative: bool, expected: str) -> None:
    """An outcry turns the list's order; on a list of the worst the one above is the worse one."""
    assert placed_relation(relation, placement, negative=negative) == expected


@pytest.mark.parametrize(
    ("text", "polarity", "expected"),
    [
        # The writer's own order of better and worse.
        ("[Rome] is miles ahead of [Oslo]", "positive", [("Rome", "Oslo")]),
        ("[Rome] is miles ahead of [Oslo]", "negative", [("Rome", "Oslo")]),
        # An outcry at the list's, in the sentence or behind it.
        ("[Rome] one place behind [Oslo], lol", "positive", [("Rome", "Oslo")]),
        ("[Rome] one place behind [Oslo]. Who votes here? I am crying", "positive", [("Rome", "Oslo")]),
        ("You ranked [Oslo] over [Rome]", "positive", [("Rome", "Oslo")]),
        # Assent to it.
        ("[Rome] one place behind [Oslo], fair", "positive", [("Oslo", "Rome")]),
        ("[Rome] one place behind [Oslo], fair", "negative", [("Rome", "Oslo")]),
        # No tone at all: whoever stands below complains, whoever stands above does not.
        ("[Rome] three rows under [Oslo]", "positive", [("Rome", "Oslo")]),
        ("[Rome] three rows above [Lima]", "positive", [("Rome", "Lima")]),
        # "Them" is what was named, where "we" are the entry.
        ("[Oslo] is asleep, why are we behind them", "positive", [("Rome", "Oslo")]),
        # No places.
        ("There is a garden behind [Oslo] station", "positive", []),
        ("We waited behind [Oslo] fans", "positive", []),
    ],
)
def test_placements(text: str, polarity: str, expected: list[tuple[str, str]]) -> None:
    """Under Rome at 7, in a list with Oslo at 3 and Lima at 12."""
    found = comparisons(text, "Rome", 7, others=OTHERS, polarity=polarity)
    assert [(pair["better"], pair["worse"]) for pair in found] == expected
