"""Sentences, coordinated mentions and clauses; and that a sentence put in front shifts offsets and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import claims, comparisons, moods

from commentlens.components.scope import Sentence, read_sentences
from commentlens.knowledge.rules import Example


def sentences_of(text: str) -> list[Sentence]:
    """Sentences of a comment with marked mentions."""
    return read_sentences(*Example(text=text).plain())


def codes(text: str) -> list[str]:
    """Each sentence as the patterns see it, without the space at its end."""
    return [sentence.code.removesuffix(" ") for sentence in sentences_of(text)]


def clauses(text: str) -> list[str]:
    """The words of the clauses of a one-sentence comment."""
    (sentence,) = sentences_of(text)
    return [" ".join(unit.norm for unit in sentence.units[start:end]) for start, end in sentence.clauses()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nice place. Go there! Why not? ok... fine", ["nice place .", "go there !", "why not ?", "ok ...", "fine"]),
        ("first line\nsecond\n\n\nthird", ["first line", "#r0", "#r0"]),
        ("no.7? It should be no.700!", ["#r0 ?", "it should be #r3 !"]),
        ("12. [Rome]", ["#n0 .", "@city0"]),
        ("U.S. vs. us, e.g. here", ["u.s. vs. us , e.g. here"]),
        ("", []),
        (" \n ", []),
        ("> quoted\nmine", ["mine"]),
        ("...", ["..."]),
        ("😀", ["😀"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Cut at marks that end one and at line breaks."""
    assert codes(text) == expected


def test_decimals_are_no_ends() -> None:
    """One sentence."""
    assert len(sentences_of("It is 1.5 hours away.")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Rome], [Paris] and [London] should be higher", "@city0 should be higher"),
        ("[Rome], [Paris], and [London] is fine", "@city0 is fine"),
        ("[Rome]/[Paris] & [Oslo] + [Lima]", "@city0"),
        ("[Rome] or even [Oslo]", "@city0"),
        ("neither [Rome] nor [Oslo]", "neither @city1"),
        ("[Rome] and the [Oslo]", "@city0"),
        ("[Rome] and [Oslo] should swap", "@city0 should swap"),
        ("[Rome] and [Italy|COUNTRY]", "@city0"),
        ("[Halo|ENTRY] and [Doom|ENTRY]", "@entry0"),
        # A city with its country is the city alone.
        ("[Seoul], [Korea|COUNTRY] is great", "@city0 is great"),
        ("[Oslo], [Norway|COUNTRY] and [Lima], [Peru|COUNTRY] are", "@city0 are"),
        # Not one thing.
        ("[Rome] [Oslo]", "@city0 @city1"),
        ("[Rome] and [BMW|COMPANY]", "@city0 and @company2"),
        ("[Rome], and then [Oslo]", "@city0 , and then @city4"),
        ("[Rome] is nice, [London] is bad", "@city0 is nice , @city4 is bad"),
        ("I love [Rome], [London] is bad", "i love @city2 , @city4 is bad"),
        ("[Rome] and [Oslo] is", "@city0 and @city2 is"),
        ("[Rome] > [Oslo] > [Lima]", "@city0 > @city2 > @city4"),
        ("[Rome] than [Oslo]", "@city0 than @city2"),
    ],
)
def test_coordinated_mentions(text: str, expected: str) -> None:
    """One unit for several of a kind; two where the second begins a clause of its own."""
    assert codes(text) == [expected]


def test_a_coordinated_unit_keeps_its_mentions() -> None:
    """All indices, and the characters from the first to the last; the country of a city only lends its characters."""
    (listed,) = sentences_of("[Rome], [Paris] and [London]")
    (within,) = sentences_of("[Seoul], [Korea|COUNTRY]")
    assert [(unit.mentions, unit.start, unit.end) for unit in listed.units] == [((0, 1, 2), 0, 22)]
    assert [(unit.mentions, unit.start, unit.end) for unit in within.units] == [((0,), 0, 12)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I don't like it, but it's OK", ["i do n't like it ,", "but it 's ok"]),
        ("[Rome] is nice although crowded", ["city is nice", "although crowded"]),
        ("cheap yet clean while [Oslo] is not", ["cheap", "yet clean", "while city is not"]),
        ("good food; bad air", ["good food ;", "bad air"]),
        ("good: cheap (very) - clean", ["good :", "cheap (", "very )", "- clean"]),
        ("it is nice and it has parks because we pay", ["it is nice and", "it has parks because", "we pay"]),
        ("[Rome] is nice, [London] is bad", ["city is nice ,", "city is bad"]),
        ("parks are nice so people come", ["parks are nice so", "people come"]),
        # One clause.
        ("nice and clean", ["nice and clean"]),
        ("nice, clean, safe", ["nice , clean , safe"]),
        ("it is still nice", ["it is still nice"]),
        ("but nice", ["but nice"]),
        ("a well-known place", ["a well-known place"]),
        ("food and [Rome]", ["food and city"]),
        ("because of it", ["because of it"]),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    """Cut at contrast, at strong marks, and before a new subject."""
    assert clauses(text) == expected


@pytest.mark.parametrize(
    ("text", "asks", "doubts"),
    [
        ("Is it better than [Rome]?", True, False),
        ("How is it better than [Rome]?", True, True),
        ("How can it be better than [Rome]", False, True),
        ("why is [Rome] here", False, True),
        ("why not?!", True, True),
        ("why I love it", False, False),
        ("It is better!", False, False),
    ],
)
def test_questions(text: str, asks: bool, doubts: bool) -> None:
    """What asks, and what asks how something can be."""
    (sentence,) = sentences_of(text)
    assert (sentence.asks, sentence.doubts) == (asks, doubts)


def test_slot_values_lead_back_to_units() -> None:
    """By index, by character of the code, and by span."""
    (sentence,) = sentences_of("so [Rome] is #2 or [Oslo]")
    assert sentence.code == "so @city1 is #r3 or @city5 "
    assert sentence.unit("@city1").mentions == (0,)
    assert sentence.unit("#r3").rank == (2, 2)
    assert [sentence.offset(i) for i in range(7)] == [0, 3, 10, 13, 17, 20, 27]
    assert (sentence.start, sentence.end) == (0, 21)
    assert sentence.keys == {"so", "@", "is", "#r", "or"}


@given(st.text())
def test_sentences_keep_every_unit_in_order(text: str) -> None:
    """Whatever the text: not overlapping, none empty, clauses cover each sentence, and all comes back from lists."""
    position = 0
    for sentence in read_sentences(text, []):
        assert position <= sentence.start < sentence.end <= len(text)
        position = sentence.end
        covered = [i for start, end in sentence.clauses() for i in range(start, end)]
        assert covered == list(range(len(sentence.units)))
        assert Sentence([unit.to_list() for unit in sentence.units]) == sentence


FRONT = "Well, that was a long walk home on a Monday evening. "
COMMENTS: list[tuple[str, str | None, int | None, dict[str, Any]]] = [
    ("Should be no. 1", "Rome", 8, {}),
    ("no.7? It should be no.700!", "Rome", 7, {}),
    ("[Rome] deserves a top 5 place, it is so beautiful", "Rome", 12, {}),
    ("How is this above [Oslo]?", "Rome", 2, {"others": {"Oslo": 9}}),
    ("[Oslo] and [Lima] should be switched", "Rome", 2, {"others": {"Oslo": 9, "Lima": 3}}),
    ("[Oslo] is way better than [Lima]", "Rome", 2, {"others": {"Oslo": 9, "Lima": 3}}),
    ("nothing beats [Rome], but the traffic is awful", "Rome", 2, {}),
    ("as good as [Oslo], cheaper than [Lima]", "Rome", 4, {"others": {"Oslo": 9, "Lima": 3}}),
    ("1. [Rome] 2. [Oslo] 3. [Lima]", "Rome", 4, {"others": {"Oslo": 9, "Lima": 3}}),
    ("dirty, loud and overpriced. Should be out of the top ten", "Rome", 4, {}),
    ("I love the food but hate the crowds", "Rome", 4, {"polarity": "negative"}),
    ("[BMW|COMPANY] is the best, should be first", "BMW", 4, {"kind": "company", "polarity": "negative"}),
]


def shifted(value: Any, by: int, key: str = "") -> Any:
    """A finding with all its offsets moved."""
    if isinstance(value, dict):
        return {k: v + by if k in {"start", "end"} else shifted(v, by, k) for k, v in value.items()}
    if key == "span":
        return [n + by for n in value]
    if key == "evidence":
        return [[n + by for n in span] for span in value]
    return [shifted(item, by) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("text", "entry", "rank", "under"), COMMENTS, ids=[comment[0] for comment in COMMENTS])
def test_a_sentence_in_front_changes_nothing(
    text: str, entry: str | None, rank: int | None, under: dict[str, Any]
) -> None:
    """Claims, comparisons and moods, all keys, traces among them: the same but for the offsets."""
    by = len(FRONT)
    for read in (claims, comparisons, moods):
        alone = read(text, entry, rank, **under)
        assert read(FRONT + text, entry, rank, **under) == shifted(alone, by)
    assert moods(text, entry, rank, **under)


def test_the_comments_above_are_not_empty() -> None:
    """What is compared there is there: claims in eight of them, comparisons in six."""
    assert sum(bool(claims(text, entry, rank, **under)) for text, entry, rank, under in COMMENTS) == 8
    assert sum(bool(comparisons(text, entry, rank, **under)) for text, entry, rank, under in COMMENTS) == 6
