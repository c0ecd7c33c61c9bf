"""Whom a sentence is about, and what the list says of a name."""

from __future__ import annotations

from typing import Any

import pytest
from marked import topic_of

from commentlens.components.topic import Topic

OTHERS = {"Oslo": 3, "São Paulo": 12, "Lima": None}


def test_what_the_context_says() -> None:
    """Entry, polarity, ranks; names are compared without case and accents."""
    topic = topic_of("x", "Rome", 7, others=OTHERS, polarity="negative")
    assert (topic.entry, topic.negative, topic.has_list) == ("Rome", True, True)
    assert [topic.listed(name) for name in ("Rome", "rome", "OSLO", "Sao Paulo", "Lima", "Paris")] == [
        7,
        7,
        3,
        12,
        None,
        None,
    ]
    assert [topic.in_list(name) for name in ("rome", "Sao Paulo", "Lima", "Paris")] == [True, True, True, False]


def test_no_context() -> None:
    """Nothing is listed, and there is nothing to dispute."""
    topic = topic_of("[Oslo]")
    assert (topic.context, topic.entry, topic.negative, topic.has_list) == (None, None, False, False)
    assert (topic.listed("Oslo"), topic.in_list("Oslo")) == (None, False)
    assert topic.resolve(0, None, 1) == ["Oslo"]


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({"list": "Best", "entries": [], "entry": None}, True),
        ({"list": None, "entries": [{"name": "Rome", "rank": 1}], "entry": None}, True),
        ({"list": None, "entries": [], "entry": {"name": "Rome", "rank": None}}, True),
        ({"list": None, "entries": [], "entry": None}, False),
        (None, False),
    ],
)
def test_whether_there_is_a_list(context: dict[str, Any] | None, expected: bool) -> None:
    """A title, entries or the entry alone are enough."""
    assert Topic(context, [], []).has_list is expected


@pytest.mark.parametrize(
    ("text", "sentence", "value", "before", "expected"),
    [
        # A mention is itself, several are several.
        ("[Oslo] is", 0, "@city0", 0, ["Oslo"]),
        ("[NYC|CITY=New York], [Oslo] and [Oslo] are", 0, "@city0", 0, ["New York", "Oslo"]),
        # This place is the entry, whatever was named before.
        ("[Oslo] is fine but this city is", 0, "this city", 4, ["Rome"]),
        ("[Oslo] is fine. this", 1, "this", 0, ["Rome"]),
        # A pronoun or nothing is the subject before it, in this sentence or the last.
        ("[Oslo] is fine but it is", 0, "it", 4, ["Oslo"]),
        ("[Oslo] is fine. it is", 1, "it", 0, ["Oslo"]),
        ("[Oslo] is fine. it is", 1, None, 0, ["Oslo"]),
        ("I love [Oslo]. it is", 1, "it", 0, ["Oslo"]),
        ("As for [Oslo], it is", 0, "it", 4, ["Oslo"]),
        ("[Oslo] is fine, [Bern] is not. it is", 1, "it", 0, ["Bern"]),
        # Else the entry.
        ("it is", 0, "it", 0, ["Rome"]),
        ("We went to [Oslo] once. it is", 1, "it", 0, ["Rome"]),
        ("[Oslo] is fine. Really. it is", 2, "it", 0, ["Rome"]),
        ("[Asia|REGION] is fine. it is", 1, "it", 0, ["Rome"]),
    ],
)
def test_what_a_slot_stands_for(text: str, sentence: int, value: str | None, before: int, expected: list[str]) -> None:
    """Under Rome."""
    assert topic_of(text, "Rome", 7).resolve(sentence, value, before) == expected


def test_a_slot_that_stands_for_nothing() -> None:
    """No entry, no subject before."""
    assert topic_of("it is").resolve(0, "it", 0) == []


@pytest.mark.parametrize(
    ("text", "sentence", "before", "expected"),
    [
        ("[Oslo]? Nicer than [Rome]", 1, 2, "Oslo"),
        ("[Bern] or [Oslo]? Nicer than [Rome]", 1, 2, "Oslo"),
        ("[Bern] [Oslo] than [Rome]", 0, 3, "Oslo"),
        ("[Oslo]. Good. Nicer than [Rome]", 2, 2, None),
        ("[Rome] than", 0, 1, None),
    ],
)
def test_the_nearest_other_thing(text: str, sentence: int, before: int, expected: str | None) -> None:
    """Named before, in this sentence or the last, and not Rome."""
    assert topic_of(text, "Rome", 7).other_named(sentence, before, "Rome") == expected
