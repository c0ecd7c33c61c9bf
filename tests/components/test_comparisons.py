"""Comparisons: which of two things a comment prefers. Whole comparisons are compared; words stand for their span."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import Dicts, comparisons

from commentlens.knowledge.rules import Example

OTHERS = {"Oslo": 3, "Lima": 12}


def read(text: str, entry: str | None = "Rome", rank: int | None = 7, **under: Any) -> Dicts:
    """Comparisons under Rome at 7, in a list with Oslo at 3 and Lima at 12; spans as the words that they cover."""
    plain, _ = Example(text).plain()
    found = comparisons(text, entry, rank, **{"others": OTHERS, **under})
    return [{**item, "span": plain[item["span"][0] : item["span"][1]]} for item in found]


def pairs(text: str, entry: str | None = "Rome", rank: int | None = 7, **under: Any) -> list[str]:
    """The same, as examples write them."""
    return [
        f"{item['better']} {'=' if item['relation'] == 'equal' else '>'} {item['worse']}"
        for item in read(text, entry, rank, **under)
    ]


def comparison(better: str, worse: str, words: str, rule: str, **more: Any) -> dict[str, Any]:
    """What is expected of one comparison; ``words``: what its span covers."""
    return {
        "better": better,
        "worse": worse,
        "relation": "better",
        "aspect": None,
        "span": words,
        "rule": rule,
        "praises": "winner",
        "contested": False,
        **more,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "So [Rome] is nicer than [Oslo], yes",
            [comparison("Rome", "Oslo", "Rome is nicer than Oslo", "comparative-than")],
        ),
        (
            "as good as [Oslo]",
            [comparison("Rome", "Oslo", "as good as Oslo", "as-good-as", relation="equal", praises="first")],
        ),
        ("nothing beats [Rome]!", [comparison("Rome", "*", "nothing beats Rome", "better-than-any")]),
        (
            "second only to [Oslo]",
            [comparison("Oslo", "Rome", "second only to Oslo", "second-only-to", praises="both")],
        ),
        ("should be above [Oslo]", [comparison("Rome", "Oslo", "should be above Oslo", "should-be-above-other")]),
        (
            "1. [Rome] 2. [Oslo]",
            [comparison("Rome", "Oslo", "1. Rome 2. Oslo", "personal-ranking", praises="both")],
        ),
        (
            "More museums than any other city except [Oslo]",
            [
                comparison(
                    "Oslo",
                    "Rome",
                    "More museums than any other city except Oslo",
                    "better-than-any-but",
                    praises="both",
                ),
                comparison("Rome", "*", "More museums than any other city except Oslo", "better-than-any-but"),
            ],
        ),
    ],
)
def test_whole_comparisons(text: str, expected: Dicts) -> None:
    """All keys: sides, relation, words, rule, and whether the loser is praised too."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Better and worse, with and without "not".
        ("[Rome] is better than [Oslo]", ["Rome > Oslo"]),
        ("[Rome] is not better than [Oslo]", ["Oslo > Rome"]),
        ("[Oslo] is worse than [Lima]", ["Lima > Oslo"]),
        ("It can't compete with [Oslo]", ["Oslo > Rome"]),
        ("not as good as [Oslo]", ["Oslo > Rome"]),
        ("[Rome] better then [Oslo]", ["Rome > Oslo"]),
        # Said of the entry where nothing else is named.
        ("better than [Oslo]", ["Rome > Oslo"]),
        ("worse than [Oslo]", ["Oslo > Rome"]),
        ("I prefer [Oslo]", ["Oslo > Rome"]),
        ("Where is [Oslo]? Nicer than this", ["Oslo > Rome"]),
        # Several at once.
        ("[Rome] is better than [Oslo] and [Lima]", ["Rome > Oslo", "Rome > Lima"]),
        ("[Rome] and [Oslo] are better than [Lima]", ["Rome > Lima", "Oslo > Lima"]),
        ("[Rome] > [Oslo] > [Lima]", ["Rome > Oslo", "Oslo > Lima"]),
        ("1. [Rome] 2. [Oslo] 3. [Lima]", ["Rome > Oslo", "Oslo > Lima"]),
        ("My top 3: [Rome], [Oslo], [Lima]", ["Rome > Oslo", "Oslo > Lima"]),
        # Signs.
        ("[Rome] < [Oslo]", ["Oslo > Rome"]),
        ("[Rome] >>> [Oslo]", ["Rome > Oslo"]),
        ("[Rome] = [Oslo]", ["Rome = Oslo"]),
        # Verbs.
        ("[Oslo] beats [Lima]", ["Oslo > Lima"]),
        ("[Oslo] over [Lima] any day", ["Oslo > Lima"]),
        ("I prefer [Oslo] to [Lima]", ["Oslo > Lima"]),
        # Equal.
        ("[Oslo] and [Lima] are equally good", ["Oslo = Lima"]),
        ("on par with [Oslo]", ["Rome = Oslo"]),
        # Any other.
        ("[Rome] is better than any other city", ["Rome > *"]),
        ("[Rome] is worse than any other city", ["* > Rome"]),
        ("cleaner than all others", ["Rome > *"]),
        # Countries, companies.
        ("[Japan|COUNTRY] is better than [Peru|COUNTRY]", ["Japan > Peru"]),
        ("[BMW|COMPANY] is better than [Audi|COMPANY]", ["BMW > Audi"]),
        # How something can be denies it; whether it is, leaves it open.
        ("How is [Oslo] better than [Lima]?", ["Lima > Oslo"]),
        ("How can [Oslo] be better than [Lima]", ["Lima > Oslo"]),
        ("Is [Oslo] better than [Lima]?", []),
        ("[Oslo] is better than [Lima]?", []),
        ("if [Oslo] were better than [Lima]", []),
        # What claims order.
        ("should be below [Lima]", ["Lima > Rome"]),
        ("swap [Oslo] and [Lima]", ["Lima > Oslo"]),
        ("How is [Oslo] above this?", ["Rome > Oslo"]),
        # The first word on a pair stands.
        ("[Oslo] beats [Lima]. [Lima] beats [Oslo]", ["Oslo > Lima"]),
        # Nothing is ordered.
        ("[Oslo] beats [Oslo]", []),
        ("the best city", []),
        ("better than ever", []),
        ("no more than 5 minutes from [Oslo]", []),
        ("[Oslo] and [Lima]", []),
        ("[Rome] is better", []),
        ("rather [Oslo] than nothing", []),
        ("", []),
    ],
)
def test_order(text: str, expected: list[str]) -> None:
    """Which is above which, in text order."""
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The preferred one deserves the greater number.
        ("should be above [Oslo]", ["Oslo > Rome"]),
        ("swap [Oslo] and [Lima]", ["Oslo > Lima"]),
        # What is said outright stays as it is said.
        ("[Oslo] is better than [Lima]", ["Oslo > Lima"]),
    ],
)
def test_order_on_a_negative_list(text: str, expected: list[str]) -> None:
    """Only what claims imply turns round."""
    assert pairs(text, polarity="negative") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Oslo] is better than [Lima]", ["Oslo > Lima"]),
        ("[Oslo] > [Lima]", ["Oslo > Lima"]),
        ("better than [Lima]", []),
        ("it is better than [Lima]", []),
        ("should be above [Lima]", []),
    ],
)
def test_order_without_list_or_entry(text: str, expected: list[str]) -> None:
    """What is named is ordered all the same."""
    assert pairs(text, None, None, others={}) == expected


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Nice, cheaper than [Lima]", "cheaper than Lima"),
        ("It is nice and cheaper than [Lima]", "It is nice and cheaper than Lima"),
    ],
)
def test_words_begin_where_they_say_it(text: str, evidence: str) -> None:
    """Evidence is what says it, with its subject, no more."""
    assert [item["span"] for item in read(text)] == [evidence]


def test_what_others_say_orders_nothing() -> None:
    """A reported opinion."""
    assert pairs("They say [Oslo] is better than [Lima]") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Oslo] is nicer than [Lima] but not better than [Rome]", ["Oslo > Lima", "Rome > Oslo"]),
        ("[Oslo] is nicer than [Lima] and better than [Rome]", ["Oslo > Lima", "Oslo > Rome"]),
    ],
)
def test_two_comparisons_of_one_subject(text: str, expected: list[str]) -> None:
    """The subject of the first is that of the second."""
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Two rules order one pair in contrary ways, in one sentence.
        ("[Rome] is nicer than [Oslo] but [Oslo] beats [Rome]", [("Rome", "Oslo", True)]),
        ("[Oslo] beats [Rome], [Rome] > [Oslo]", [("Oslo", "Rome", True)]),
        # The same way, as equals, another pair, another sentence.
        ("[Rome] is nicer than [Oslo] and [Rome] beats [Oslo]", [("Rome", "Oslo", False)]),
        ("[Rome] is nicer than [Oslo] but [Oslo] is as good as [Rome]", [("Rome", "Oslo", False)]),
        ("[Oslo] beats [Rome] but [Lima] beats [Oslo]", [("Oslo", "Rome", False), ("Lima", "Oslo", False)]),
        ("[Oslo] beats [Rome]. [Rome] beats [Oslo]", [("Oslo", "Rome", False)]),
        ("should be above [Oslo]", [("Rome", "Oslo", False)]),
    ],
)
def test_contested(text: str, expected: list[tuple[str, str, bool]]) -> None:
    """The first on a pair stands, and says whether its sentence orders the two the other way round, too."""
    assert [(item["better"], item["worse"], item["contested"]) for item in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Oslo] or [Lima]? [Lima].", ["Lima > Oslo"]),
        ("Between [Oslo] and [Lima]? [Oslo], easily", ["Oslo > Lima"]),
        ("[Oslo] vs [Lima]? [Oslo] wins hands down", ["Oslo > Lima"]),
        ("[Oslo] or [Lima]? [Rome].", []),
        ("[Oslo] or [Lima]? [Oslo] has a port", []),
        ("[Oslo] or [Lima]? [Oslo]?", []),
        ("Been to [Oslo] and [Lima]? [Lima].", []),
    ],
)
def test_own_answers(text: str, expected: list[str]) -> None:
    """The answer to a choice that one asks about is above the rest of it."""
    assert pairs(text, None, None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Oslo] would beat [Lima] if it had a river", []),
        ("It might be nicer than [Oslo] if they swept the streets", []),
        ("I'd take [Oslo] over [Lima] if you ask me", ["Oslo > Lima"]),
        ("I'd take [Oslo] over [Lima] if I had to", ["Oslo > Lima"]),
        ("[Oslo] beats [Lima] if the sun is out", ["Oslo > Lima"]),
    ],
)
def test_a_condition_that_follows(text: str, expected: list[str]) -> None:
    """What would be so if something else were says nothing of how it is."""
    assert pairs(text, None, None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In [Norway|COUNTRY] I know [Oslo]. [Lima] wins.", ["Lima > Oslo"]),
        ("I know [Oslo] in [Norway|COUNTRY]. [Lima] wins.", ["Lima > Oslo"]),
        ("I drove through [Norway|COUNTRY]. [Lima] wins.", []),
    ],
)
def test_a_city_is_set_against_a_city(text: str, expected: list[str]) -> None:
    """A country that was named last only says where a city lies."""
    assert pairs(text, None, None) == expected


vocabulary = st.sampled_from(
    "[Rome] [Oslo] [Lima] [BMW|COMPANY] it this is not n't better worse than nicer any other city as good > < = beats "
    "above prefer to over and or but , . ? ! how can 1. 2. should be second only".split()
)


@given(st.lists(vocabulary, max_size=14).map(" ".join), st.sampled_from(["positive", "negative"]))
def test_comparisons_are_sane_whatever_is_said(text: str, polarity: str) -> None:
    """Exact spans in order, two different things, each pair once."""
    plain, _ = Example(text).plain()
    found = comparisons(text, "Rome", 7, others=OTHERS, polarity=polarity)
    assert [item["span"] for item in found] == sorted(item["span"] for item in found)
    assert len({frozenset((item["better"], item["worse"])) for item in found}) == len(found)
    for item in found:
        start, end = item["span"]
        assert 0 <= start < end <= len(plain)
        assert {item["better"], item["worse"]} <= {"Rome", "Oslo", "Lima", "BMW", "*"}
        assert item["better"] != item["worse"]
        assert item["relation"] in {"better", "equal"}
        assert item["contested"] in {True, False}
