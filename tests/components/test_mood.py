"""Moods: whole moods compared, evidence and trace among them. Scores of words are VADER's: x / sqrt(x * x + 15)."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import Dicts, moods

from commentlens.components.mood_rules import DECIDED, THRESHOLD
from commentlens.knowledge.rules import Example

OTHERS = {"Oslo": 3, "Lima": 12}
# Of VADER's lexicon.
BEAUTIFUL, UGLY, LOVE, LOVELY, GREAT, GORGEOUS = 2.9, -2.3, 3.2, 2.8, 3.1, 3.0


def compound(total: float) -> float:
    """VADER's normalisation."""
    return round(total / math.sqrt(total * total + 15), 4)


def read(text: str, entry: str | None = "Rome", rank: int | None = 7, **under: Any) -> Dicts:
    """Moods under Rome at 7, in a list with Oslo at 3 and Lima at 12."""
    return moods(text, entry, rank, **{"others": OTHERS, **under})


def labels(text: str, entry: str | None = "Rome", rank: int | None = 7, **under: Any) -> dict[str, str]:
    """Only target and label."""
    return {mood["target"]: mood["label"] for mood in read(text, entry, rank, **under)}


def mood(
    target: str,
    label: str,
    score: float,
    evidence: list[list[int]],
    trace: Dicts,
    *,
    implied: bool = False,
) -> dict[str, Any]:
    """What is expected of one mood."""
    return {
        "target": target,
        "label": label,
        "score": score,
        "implied": implied,
        "evidence": evidence,
        "trace": trace,
    }


def clause(
    span: list[int], target: str, words: list[tuple[int, int, str, float]], weight: float = 1.0, **adjusted: float
) -> dict[str, Any]:
    """A step that values the words of a clause."""
    return {
        "step": "clause",
        "span": span,
        "targets": [target],
        "words": [{"start": a, "end": b, "text": text, "valence": value} for a, b, text, value in words],
        "weight": weight,
        **adjusted,
    }


def left_out(span: list[int], why: str) -> dict[str, Any]:
    """A step that says why something was not felt."""
    return {"step": "left out", "span": span, "why": why}


def push(step: str, span: list[int], rule: str, strength: float) -> dict[str, Any]:
    """A step of a claim or comparison."""
    return {"step": step, "span": span, "rule": rule, "push": strength}


ROME_UNMOVED = mood("Rome", "neu", 0.0, [], [], implied=True)


def test_the_entry_where_nothing_is_named() -> None:
    """Implied, with the word that did it."""
    assert read("Beautiful parks") == [
        mood(
            "Rome",
            "pos",
            compound(BEAUTIFUL),
            [[0, 9]],
            [clause([0, 15], "Rome", [(0, 9, "beautiful", BEAUTIFUL)])],
            implied=True,
        )
    ]


def test_two_cities_in_one_sentence() -> None:
    """Each clause for the city named in it; the entry, not named, stays unmoved."""
    assert read("[Oslo] is beautiful, [Lima] is ugly") == [
        ROME_UNMOVED,
        mood(
            "Oslo", "pos", compound(BEAUTIFUL), [[8, 17]], [clause([0, 18], "Oslo", [(8, 17, "beautiful", BEAUTIFUL)])]
        ),
        mood("Lima", "neg", compound(UGLY), [[27, 31]], [clause([19, 31], "Lima", [(27, 31, "ugly", UGLY)])]),
    ]


def test_what_follows_but_weighs_more() -> None:
    """Half of what stands before it, one and a half of what follows, as VADER has it."""
    total = 0.5 * LOVE + 1.5 * UGLY
    assert read("I love the food but the streets are ugly") == [
        mood(
            "Rome",
            "neg",
            compound(total),
            [[2, 6], [36, 40]],
            [
                clause([0, 15], "Rome", [(2, 6, "love", LOVE)], 0.5, contrast=0.5),
                clause([16, 40], "Rome", [(36, 40, "ugly", UGLY)], 1.5, contrast=1.5),
            ],
            implied=True,
        )
    ]


def test_contrast_weights() -> None:
    """Half before "but", one and a half after it; a "but" that opens the comment has nothing to weigh against."""
    (found,) = read("I love the food but the streets are ugly")
    assert (found["label"], [step["weight"] for step in found["trace"]]) == ("neg", [0.5, 1.5])
    (alone,) = read("But I love it")
    assert [step["weight"] for step in alone["trace"]] == [1.0]


def test_although_concedes_without_weights() -> None:
    """A concession cuts a clause and changes no weight."""
    (found,) = read("Ugly although I love the food")
    assert [step["weight"] for step in found["trace"]] == [1.0, 1.0]
    assert found["score"] == compound(UGLY + LOVE)


@pytest.mark.parametrize(("polarity", "label", "strength"), [("positive", "pos", 0.6), ("negative", "neg", -0.6)])
def test_a_claim_moves_its_subject(polarity: str, label: str, strength: float) -> None:
    """Asking for a smaller number praises, on a negative list it blames."""
    assert read("should be number 1", polarity=polarity) == [
        mood("Rome", label, strength, [[0, 18]], [push("claim", [0, 18], "should-be-number", strength)], implied=True)
    ]


def test_agreement_is_mild() -> None:
    """Rightly there."""
    assert read("rightfully number 7") == [
        mood("Rome", "pos", 0.4, [[0, 19]], [push("claim", [0, 19], "rightly-there", 0.4)], implied=True)
    ]


def test_agreement_with_a_place_further_down_praises_nothing() -> None:
    """From the eighth place on the words decide: "8 is fair" is no praise, and no blame on a negative list."""
    assert [found["label"] for found in read("rightfully number 8", rank=8)] == ["neu"]
    assert [found["label"] for found in read("rightfully number 8", rank=8, polarity="negative")] == ["neu"]
    (ugly,) = read("rightfully number 8, it is ugly", rank=8)
    assert (ugly["label"], ugly["score"]) == ("neg", compound(UGLY))


def test_a_claim_outweighs_words() -> None:
    """Words add to the score of a claim, its direction stays."""
    (found,) = read("Beautiful. Should be number 90")
    assert (found["label"], found["score"]) == ("neg", round(-0.6 + 0.4 * BEAUTIFUL / math.sqrt(BEAUTIFUL**2 + 15), 4))
    assert [step["step"] for step in found["trace"]] == ["clause", "claim"]
    assert found["evidence"] == [[0, 9], [11, 30]]


def test_winner_and_loser() -> None:
    """A comparison moves both; its words are not counted again."""
    assert read("[Oslo] is better than [Lima]") == [
        ROME_UNMOVED,
        mood(
            "Oslo",
            "pos",
            0.5,
            [[0, 24]],
            [left_out([0, 24], DECIDED), push("comparison", [0, 24], "comparative-than", 0.5)],
        ),
        mood("Lima", "neg", -0.5, [[0, 24]], [push("comparison", [0, 24], "comparative-than", -0.5)]),
    ]


def test_equals() -> None:
    """The one that is spoken of gains, what it is measured against is unmoved."""
    assert read("as good as [Oslo]") == [
        mood("Rome", "pos", 0.5, [[0, 15]], [push("comparison", [0, 15], "as-good-as", 0.5)], implied=True),
        mood("Oslo", "neu", 0.0, [], [left_out([0, 15], DECIDED)]),
    ]


def test_a_loser_that_is_praised() -> None:
    """Second only to another: both are good."""
    assert read("second only to [Oslo]") == [
        mood("Rome", "pos", 0.5, [[0, 19]], [push("comparison", [0, 19], "second-only-to", 0.5)], implied=True),
        mood("Oslo", "pos", 0.5, [[0, 19]], [push("comparison", [0, 19], "second-only-to", 0.5)]),
    ]


def test_a_landmark_is_unmoved() -> None:
    """What is said near, from or to a city is not said of it."""
    assert read("A lovely day trip from [Oslo]") == [
        mood(
            "Rome",
            "pos",
            compound(LOVELY),
            [[2, 8]],
            [clause([0, 27], "Rome", [(2, 8, "lovely", LOVELY)])],
            implied=True,
        ),
        mood("Oslo", "neu", 0.0, [], []),
    ]


def test_a_metaphor_is_no_target() -> None:
    """The Oslo of the south is not Oslo."""
    assert labels("A lovely place, the [Oslo] of the south") == {"Rome": "pos"}


def test_a_question_that_asks_to_know_says_nothing() -> None:
    """While one that is outraged does."""
    assert read("Is it beautiful there?") == [
        mood("Rome", "neu", 0.0, [], [left_out([0, 22], "only asks")], implied=True)
    ]
    assert read("Any lovely hotels?") == [mood("Rome", "neu", 0.0, [], [left_out([0, 18], "only asks")], implied=True)]


def test_facts_are_neutral() -> None:
    """And so is nothing at all."""
    assert read("4 airports, 2 rivers") == [ROME_UNMOVED]
    assert read("") == [ROME_UNMOVED]


def test_cities_off_the_list_and_no_list() -> None:
    """A city need not be an entry; without an entry only what is named counts."""
    assert read("[Paris] is gorgeous", None, None, others={}) == [
        mood("Paris", "pos", compound(GORGEOUS), [[9, 17]], [clause([0, 17], "Paris", [(9, 17, "gorgeous", GORGEOUS)])])
    ]
    assert read("gorgeous", None, None, others={}) == []
    assert labels("[Paris] is gorgeous") == {"Rome": "neu", "Paris": "pos"}


def test_on_other_lists_the_entries_are_the_targets() -> None:
    """Cities there are none, nor companies that are no entries."""
    under: dict[str, Any] = {"entry": "BMW", "rank": 2, "kind": "company", "others": {"Audi": 3}}
    assert labels("[BMW|COMPANY] is ugly", **under) == {"BMW": "neg"}
    assert labels("[Oslo] is beautiful", **under) == {"BMW": "pos"}
    assert labels("[Audi|COMPANY] is beautiful, [BMW|COMPANY] is ugly", **under) == {"Audi": "pos", "BMW": "neg"}
    assert list(labels("[Fiat|COMPANY] is ugly", **under)) == ["BMW"]
    game: dict[str, Any] = {"entry": "Halo", "rank": 2, "kind": "other", "others": {"Doom": 3}}
    assert labels("[Doom|ENTRY] is lovely", **game) == {"Halo": "neu", "Doom": "pos"}


def test_what_the_list_is_about_is_praise() -> None:
    """Its own criterion, said of the entry; on a negative list blame."""
    title = "Ten Most High Tech Cities"
    assert read("So many people, high tech city", title=title, others={}) == [
        mood(
            "Rome",
            "pos",
            compound(1.5),
            [[16, 25]],
            [clause([0, 30], "Rome", [(16, 25, "what the list is about", 1.5)])],
            implied=True,
        )
    ]
    assert labels("high tech firms", title=title) == {"Rome": "neu"}
    assert labels("not high tech", title=title) == {"Rome": "neu"}
    assert labels("run down city", title="Ten Most Run Down Cities", polarity="negative") == {"Rome": "neg"}


def test_long_comments_are_damped() -> None:
    """Beyond forty words the sum is divided by the root of the excess."""
    filler = "we took a train to a town and then a bus to a hill. " * 6
    (short,), (long,) = read("Great!"), read(f"Great! {filler}")
    words = 1 + 6 * 14
    assert (short["trace"][0]["weight"], long["trace"][0]["weight"]) == (1.0, round(1 / math.sqrt(words / 40), 4))
    assert 0 < long["score"] < short["score"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I love it", {"Rome": "pos"}),
        ("I don't love it", {"Rome": "neg"}),
        ("[Oslo] is lovely. It is gorgeous", {"Rome": "neu", "Oslo": "pos"}),
        ("[Oslo] is ugly. This city is gorgeous", {"Rome": "pos", "Oslo": "neg"}),
        ("[Oslo] and [Lima] are ugly", {"Rome": "neu", "Oslo": "neg", "Lima": "neg"}),
        ("Unlike [Oslo] it is beautiful", {"Rome": "pos", "Oslo": "neu"}),
        ("[Rome] is gorgeous", {"Rome": "pos"}),
        ("Nice is nice", {"Rome": "pos"}),
        ("swap [Oslo] and [Lima]", {"Rome": "neu", "Oslo": "neg", "Lima": "pos"}),
    ],
)
def test_labels(text: str, expected: dict[str, str]) -> None:
    """Each target of a comment, the entry's own first where it is not named."""
    assert labels(text) == expected


vocabulary = st.sampled_from(
    "[Rome] [Oslo] [BMW|COMPANY] it this city is not n't love ugly great but although so very , . ! ? and better than "
    "should be number 1 from of the here :) 😀".split()
)


@given(
    st.lists(vocabulary, max_size=16).map(" ".join),
    st.sampled_from(["positive", "negative"]),
    st.sampled_from(["city", "company", None]),
)
def test_moods_are_sane_whatever_is_said(text: str, polarity: str, kind: str | None) -> None:
    """One a target, scores in range and of one mind with their labels, evidence exact and wherever there is a score."""
    plain, _ = Example(text).plain()
    found = moods(text, "Rome", 7, others=OTHERS, polarity=polarity, kind=kind)
    assert len({item["target"] for item in found}) == len(found)
    assert "Rome" in {item["target"] for item in found}
    for item in found:
        assert -1 <= item["score"] <= 1
        assert item["evidence"] == sorted(item["evidence"])
        assert all(0 <= start < end <= len(plain) for start, end in item["evidence"])
        felt = [step for step in item["trace"] if step["step"] != "left out"]
        assert bool(item["evidence"]) == bool(felt)
        assert item["evidence"] or item["score"] == 0
        if all(step["step"] == "clause" for step in felt):
            expected = "pos" if item["score"] >= THRESHOLD else "neg" if item["score"] <= -THRESHOLD else "neu"
            assert item["label"] == expected
