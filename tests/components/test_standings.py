"""Rankings of a commenter's own."""

from __future__ import annotations

import pytest
from marked import topic_of

from commentlens.components.standings import personal_ranking


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. [Rome] 2. [Oslo] 3. [Lima]", [("Rome", 1, (0, 7)), ("Oslo", 2, (8, 15)), ("Lima", 3, (16, 23))]),
        ("1 - [Rome], 2 - [Oslo]", [("Rome", 1, (0, 8)), ("Oslo", 2, (10, 18))]),
        ("1) [Rome]\n2) [Oslo]", [("Rome", 1, (0, 7)), ("Oslo", 2, (8, 15))]),
        ("#4 [Rome] #5 [Oslo]", [("Rome", 4, (0, 7)), ("Oslo", 5, (8, 15))]),
        ("first [Rome], second [Oslo]", [("Rome", 1, (0, 10)), ("Oslo", 2, (12, 23))]),
        ("1. [Rome] - so nice 2. [NYC|CITY=New York]", [("Rome", 1, (0, 7)), ("New York", 2, (18, 24))]),
        ("My top 3: [Rome], [Oslo], [Lima]", [("Rome", 1, (3, 26)), ("Oslo", 2, (3, 26)), ("Lima", 3, (3, 26))]),
        ("top 5 for me: [Rome], [Oslo]", [("Rome", 1, (0, 24)), ("Oslo", 2, (0, 24))]),
        # Numbers behind the names, each item ended by a sign.
        ("[Rome] 1, [Oslo] 2, [Lima] 3", [("Rome", 1, (0, 6)), ("Oslo", 2, (8, 14)), ("Lima", 3, (16, 22))]),
        ("[Rome] - 1st, [Oslo] - 2nd", [("Rome", 1, (0, 10)), ("Oslo", 2, (12, 22))]),
        ("[Rome] #1\n[Oslo] #2", [("Rome", 1, (0, 7)), ("Oslo", 2, (8, 15))]),
        ("[Rome] (1), [Oslo] (2)", [("Rome", 1, (0, 7)), ("Oslo", 2, (10, 17))]),
        ("[Rome] is number 1, [Oslo] number 2", [("Rome", 1, (0, 16)), ("Oslo", 2, (18, 31))]),
        ("1 [Rome], 2 [Oslo]", [("Rome", 1, (0, 6)), ("Oslo", 2, (8, 14))]),
        ("I love [Rome]. 1. [Oslo] 2. [Lima]", [("Oslo", 1, (13, 20)), ("Lima", 2, (21, 28))]),
        ("[Rome] 4, [Oslo] 2", []),
        ("[Rome] won 3, [Oslo] won 4", []),
        ("[Rome] 1 bridge, [Oslo] 2 bridges", []),
        # Not rising by one, one alone, not followed by a name, too many for the top.
        ("1. [Rome] 3. [Oslo]", []),
        ("2. [Rome] 1. [Oslo]", []),
        ("1. [Rome]", []),
        ("1. nice [Rome] 2. [Oslo]", []),
        ("1 or 2 [Rome] 3 [Oslo]", []),
        ("top 2: [Rome], [Oslo], [Lima]", []),
        ("top 3: [Rome]", []),
        ("top 3 [Rome], [Oslo]", []),
        ("top 3: nice, [Rome] and [Oslo]", []),
        ("", []),
    ],
)
def test_personal_ranking(text: str, expected: list[tuple[str, int, tuple[int, int]]]) -> None:
    """Name, rank, characters."""
    assert personal_ranking(topic_of(text, "Rome", 7)) == expected
