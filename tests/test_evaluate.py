"""Scores against gold, worked out by hand for each layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from commentlens.evaluate import LAYERS, Mistake, Scores, compared_name, evaluate
from commentlens.records import AnnotatedComment, Claim, Comparison, Mention, Mood

TEXT = "Rome beats Oslo, BMW is in Munich"


def mention(start: int, end: int, label: Any, name: str) -> Mention:
    return Mention(start=start, end=end, text=TEXT[start:end], label=label, name=name, via="gold")


def mood(target: str, label: Any) -> Mood:
    return Mood(target=target, label=label, score={"pos": 1.0, "neg": -1.0, "neu": 0.0}[label], implied=False)


def claim(subject: str, stance: Any, proposed: Any = None) -> Claim:
    return Claim(subject=subject, stance=stance, proposed=proposed, span=(0, 4), rule="gold")


def pair(better: str, worse: str, relation: Any = "better") -> Comparison:
    return Comparison(better=better, worse=worse, relation=relation, span=(0, 4), rule="gold")


def comment(
    identity: str = "a",
    text: str = TEXT,
    *,
    mentions: Sequence[Mention] = (),
    moods: Sequence[Mood] = (),
    claims: Sequence[Claim] = (),
    comparisons: Sequence[Comparison] = (),
) -> AnnotatedComment:
    return AnnotatedComment(
        id=identity,
        text=text,
        mentions=tuple(mentions),
        moods=tuple(moods),
        claims=tuple(claims),
        comparisons=tuple(comparisons),
    )


ROME, OSLO = mention(0, 4, "CITY", "Rome"), mention(11, 15, "CITY", "Oslo")
BMW, MUNICH = mention(17, 20, "COMPANY", "BMW"), mention(27, 33, "CITY", "Munich")


def figures(scores: Scores, layer: str) -> dict[str, float | int]:
    return dict(scores.figures[layer])


def test_mentions_by_span_and_label() -> None:
    """Two of three cities found, one invented; the company called a city is both missed and invented."""
    gold = comment(mentions=[ROME, OSLO, BMW, MUNICH])
    found = comment(mentions=[ROME, replace(OSLO, name="Olso"), replace(BMW, label="CITY")])
    scores = evaluate([gold], [found])
    # tp Rome, Oslo; fp BMW; fn Munich: p = 2/3, r = 2/3.
    assert figures(scores, "city") == {"p": 0.6667, "r": 0.6667, "f1": 0.6667, "tp": 2, "fp": 1, "fn": 1}
    assert figures(scores, "company") == {"p": 0.0, "r": 0.0, "f1": 0.0, "tp": 0, "fp": 0, "fn": 1}
    # Of the two matched cities one has another name.
    assert figures(scores, "linked") == {"accuracy": 0.5, "of": 2}
    assert scores.mistakes["city"] == (Mistake("-", "a", "'Munich'", TEXT), Mistake("+", "a", "'BMW'", TEXT))
    assert scores.mistakes["company"] == (Mistake("-", "a", "'BMW'", TEXT),)
    assert scores.mistakes["linked"] == (Mistake("~", "a", "'Oslo' is 'Oslo', got 'olso'", TEXT),)


def test_countries_and_regions_are_not_counted() -> None:
    """Only cities and companies."""
    gold = comment(mentions=[mention(0, 4, "COUNTRY", "Rome"), mention(11, 15, "REGION", "Oslo")])
    scores = evaluate([gold], [comment()])
    assert [scores.figures[layer]["fn"] for layer in ("city", "company")] == [0, 0]


def test_moods_by_macro_f1() -> None:
    """A missing target counts as wrong; one too many is told, not counted."""
    gold = [
        comment("a", moods=[mood("Rome", "pos"), mood("Oslo", "neg")]),
        comment("b", "b", moods=[mood("Rome", "pos")]),
        comment("c", "c", moods=[mood("Lima", "neu"), mood("Rome", "neu")]),
    ]
    found = [
        comment("a", moods=[mood("rome", "pos"), mood("Oslo", "pos")]),
        comment("b", "b", moods=[mood("Oslo", "pos")]),
        comment("c", "c", moods=[mood("Lima", "neu"), mood("Rome", "neg")]),
    ]
    scores = evaluate(gold, found)
    # pos: tp 1, fp 1 (Oslo), fn 1 (Rome in b): f1 0.5. neg: tp 0, fp 1, fn 1: 0. neu: tp 1, fp 0, fn 1: f1 2/3.
    assert figures(scores, "mood") == {"accuracy": 0.4, "macro_f1": 0.3889, "pairs": 5, "extra": 1}
    assert scores.mistakes["mood"] == (
        Mistake("~", "a", "oslo is neg, got pos", TEXT),
        Mistake("~", "b", "rome is pos, got None", "b"),
        Mistake("~", "c", "rome is neu, got neg", "c"),
    )


def test_claims_with_and_without_their_ranks() -> None:
    """Same subject and stance is a claim; claim_rank wants the same proposed ranks too."""
    gold = comment(claims=[claim("Rome", "too_low", (1, 5)), claim("Oslo", "too_high"), claim("Lima", "right")])
    found = comment(claims=[claim("rome", "too_low", (1, 3)), claim("Oslo", "too_high"), claim("Lima", "too_low")])
    scores = evaluate([gold], [found])
    assert figures(scores, "claim") == {"p": 0.6667, "r": 0.6667, "f1": 0.6667, "tp": 2, "fp": 1, "fn": 1}
    assert figures(scores, "claim_rank") == {"p": 0.3333, "r": 0.3333, "f1": 0.3333, "tp": 1, "fp": 2, "fn": 2}
    assert scores.mistakes["claim"] == (
        Mistake("-", "a", "lima right", TEXT),
        Mistake("+", "a", "lima too_low", TEXT),
    )
    assert scores.mistakes["claim_rank"][0] == Mistake("-", "a", "lima right", TEXT)
    assert Mistake("+", "a", "rome too_low (1, 3)", TEXT) in scores.mistakes["claim_rank"]


def test_comparisons_by_both_sides_and_relation() -> None:
    """Order counts, except where they are equal."""
    gold = comment(comparisons=[pair("Rome", "Oslo"), pair("Lima", "Bern", "equal"), pair("Rome", "*")])
    found = comment(comparisons=[pair("Oslo", "Rome"), pair("Bern", "Lima", "equal"), pair("Rome", "*")])
    scores = evaluate([gold], [found])
    assert figures(scores, "comparison") == {"p": 0.6667, "r": 0.6667, "f1": 0.6667, "tp": 2, "fp": 1, "fn": 1}
    assert scores.mistakes["comparison"] == (
        Mistake("-", "a", "rome oslo better", TEXT),
        Mistake("+", "a", "oslo rome better", TEXT),
    )


FULL = comment(
    mentions=[ROME, OSLO, BMW, MUNICH],
    moods=[mood("Rome", "pos"), mood("Oslo", "neg"), mood("Munich", "neu")],
    claims=[claim("Rome", "too_low", (1, 1))],
    comparisons=[pair("Rome", "Oslo")],
)


def test_against_itself() -> None:
    """Everything is right, nothing is a mistake."""
    scores = evaluate([FULL], [FULL])
    for layer in LAYERS:
        key = {"mood": "macro_f1", "linked": "accuracy"}.get(layer, "f1")
        assert scores.figures[layer][key] == 1.0
        assert scores.mistakes[layer] == ()
    assert figures(scores, "comments") == {"gold": 1, "missing": 0}


@pytest.mark.parametrize(
    ("predicted", "missing"),
    [
        ([FULL], 0),
        ([replace(FULL, id="other")], 0),
        ([replace(FULL, id="other", text=TEXT.replace(" ", "\n", 1))], 0),
        ([replace(FULL, id="a", text="something else"), replace(FULL, id="b")], 0),
        ([replace(FULL, text="something else")], 1),
        ([], 1),
    ],
)
def test_joining(predicted: list[AnnotatedComment], missing: int) -> None:
    """By id where the text is the same, else by text, white space aside; what has no counterpart is wholly missed."""
    scores = evaluate([FULL], predicted)
    assert figures(scores, "comments") == {"gold": 1, "missing": missing}
    assert scores.figures["city"]["fn"] == 3 * missing
    assert scores.figures["city"]["tp"] == 3 * (1 - missing)


def test_the_same_text_twice() -> None:
    """Each of two equal comments is joined to one of its own."""
    first, second = comment("1", "no", claims=[claim("Rome", "too_low")]), comment("2", "no")
    scores = evaluate([first, second], [replace(first, id="x"), replace(second, id="y")])
    assert (scores.figures["claim"]["f1"], scores.figures["comments"]["missing"]) == (1.0, 0)


def test_curly_quotes_are_the_same_text() -> None:
    """A reader may straighten them."""
    scores = evaluate([comment("1", "it’s “so”")], [comment("2", 'it\'s "so"')])
    assert scores.figures["comments"]["missing"] == 0


def test_predictions_without_gold_are_left_out() -> None:
    """They are neither right nor wrong."""
    assert evaluate([], [FULL]).figures["city"]["fp"] == 0


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("São Paulo", "sao paulo"),
        ("The Hague", "hague"),
        ("St. John's", "st john s"),
        ("Theodore", "theodore"),
        ("*", "*"),
        (None, ""),
        ("Los-Angeles", "los angeles"),
    ],
)
def test_names_are_folded(name: str | None, folded: str) -> None:
    """Without case, accents, punctuation and a leading article."""
    assert compared_name(name) == folded
