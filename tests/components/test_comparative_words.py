"""Which of two things the comparative in a match puts above the other: up to "than", and turned by a denial."""

from __future__ import annotations

import pytest
from marked import shipped_rules, topic_of

from commentlens.components.comparative_words import said_order
from commentlens.components.matches import RuleMatch


def order(text: str, start: int = 0, end: int | None = None) -> int:
    """What the units from ``start`` to ``end`` of the only sentence of a text say; all of them where none are given."""
    (sentence,) = topic_of(text).sentences
    rule = shipped_rules("comparisons").rules[0]
    return said_order(sentence, RuleMatch(rule, 0, start, len(sentence.units) if end is None else end, {}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Said of what stands before "than".
        ("[Rome] is cosier than [Oslo]", 1),
        ("[Rome] is dirtier than [Oslo]", -1),
        ("[Rome] is less noisy than [Oslo]", 1),
        ("[Rome] has lower rents than [Oslo]", 1),
        ("[Rome] is smaller but prettier than [Oslo]", 1),
        ("[Rome] is cosier", 1),
        # Denied.
        ("[Rome] is not dirtier than [Oslo]", 1),
        ("[Rome] isn't cosier than [Oslo]", -1),
        ("[Rome] is never cosier than [Oslo]", -1),
        ("[Rome] is hardly worse than [Oslo]", 1),
        ("[Rome] has no lower rents than [Oslo]", -1),
        ("no longer cosier than [Oslo]", -1),
        # What starts anew is not denied, nor what stands before the denial.
        ("[Rome] is not big but cosier than [Oslo]", 1),
        ("not [Lima] and cosier than [Oslo]", 1),
        ("no one goes because it is cosier than [Oslo]", 1),
        ("cosier than [Oslo] but not than [Lima]", 1),
        # What stands after "than" or its like belongs to the other.
        ("[Rome] is cosier than dirtier [Oslo]", 1),
        ("[Rome] is cosier then dirtier [Oslo]", 1),
        ("cosier [Rome] over dirtier [Oslo]", 1),
        ("[Rome] is cosier compared to dirtier [Oslo]", 1),
        ("[Rome] is cosier vs dirtier [Oslo]", 1),
        ("[Rome] is cosier and dirtier", -1),
        # "Than" before the comparative cuts nothing off.
        ("compared to [Oslo] [Rome] is cosier", 1),
        ("as for [Rome] it is dirtier", -1),
        # Nothing is compared.
        ("[Rome] is nice", 0),
        ("[Rome] is not nice", 0),
        ("rather [Rome] than [Oslo]", 0),
    ],
)
def test_order_of_a_match(text: str, expected: int) -> None:
    """1: above, -1: below, 0: no comparative."""
    assert order(text) == expected


def test_only_the_words_of_the_match_count() -> None:
    """Neither what stands before it nor what stands after it: units "not, dirtier, city, is, cosier, than, city"."""
    text = "not dirtier [Rome] is cosier than [Oslo]"
    assert [order(text, 1, 3), order(text, 0, 3), order(text, 2, 7), order(text, 2, 4)] == [-1, 1, 1, 0]
