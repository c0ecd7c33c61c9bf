"""Noise: each kind by examples, and for all of them that the names stay where they are."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentlens.errors import CommentlensError
from commentlens.training.entity_edits import Edit, edited
from commentlens.training.entity_examples import Example, Span
from commentlens.training.entity_noise import Noise, noisy
from commentlens.training.entity_templates import make_examples

KINDS = tuple(field.name for field in fields(Noise))
QUIET = dict.fromkeys(KINDS, 0.0)
CASE = ("lower", "lower_names", "upper", "title")
MADE = tuple(make_examples(300, seed=11))


def example(marked: str) -> Example:
    """From a text with names in [brackets]CITY and unknown parts in {braces}."""
    text, spans, unknown = "", [], []
    for before, name, label, part in re.findall(r"([^\[{]*)(?:\[(.+?)\]([A-Z]+)|\{(.+?)\}|$)", marked):
        text += before
        if name:
            spans.append((len(text), len(text) + len(name), label))
        elif part:
            unknown.append((len(text), len(text) + len(part)))
        text += name or part
    return Example(text, tuple(spans), tuple(unknown), "test")


def marked(of: Example) -> str:
    """The other way."""
    text = of.text
    signs = [(start, end, "[", f"]{label}") for start, end, label in of.spans]
    signs += [(start, end, "{", "}") for start, end in of.unknown]
    for start, end, first, last in sorted(signs, reverse=True):
        text = f"{text[:start]}{first}{text[start:end]}{last}{text[end:]}"
    return text


def only(kind: str, of: Example, seed: int = 1) -> Example:
    """With one kind of noise alone."""
    return noisy(of, random.Random(seed), Noise(**{**QUIET, kind: 1.0}))


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("lower", "I love [Paris]CITY and {Rome}!", "i love [paris]CITY and {rome}!"),
        ("lower", "[İzmir]CITY", "[İzmir]CITY"),
        ("lower", "The [US]COUNTRY asked [WHO]ORG, [US]COUNTRY", "the [us]COUNTRY asked [WHO]ORG, [US]COUNTRY"),
        ("lower_names", "[IBM]COMPANY IS IN THE [US]COUNTRY", "[ibm]COMPANY IS IN THE [us]COUNTRY"),
        ("lower_names", "I love [Paris]CITY. You?", "I love [paris]CITY. You?"),
        ("upper", "I love [Paris]CITY's food", "I LOVE [PARIS]CITY'S FOOD"),
        ("upper", "[Gießen]CITY", "[GIEßEN]CITY"),
        ("title", "I don't like [Frankfurt am Main]CITY", "I Don't Like [Frankfurt Am Main]CITY"),
        ("small_start", "The list", "the list"),
        ("small_start", "[Paris]CITY rocks", "[Paris]CITY rocks"),
        ("no_accents", "[São Paulo]CITY, [Łódź]CITY", "[Sao Paulo]CITY, [Łodz]CITY"),
        ("no_accents", "why not ¯\\_(ツ)_/¯ é", "why not ¯\\_(ツ)_/¯ e"),
        ("no_accents", "[東京]CITY", "[東京]CITY"),
        ("no_apostrophes", "I don't like [Rick]PERSON's car", "I dont like [Ricks]PERSON car"),
        ("no_apostrophes", "[O'Brien]PERSON's and [Rosa's]COMPANY", "[OBriens]PERSON and [Rosas]COMPANY"),
        ("no_apostrophes", "l'[Oreal]COMPANY", "[lOreal]COMPANY"),
        ("no_apostrophes", "[Paris]CITY'[Rome]CITY", "[Paris]CITY'[Rome]CITY"),
        ("no_apostrophes", "the boys' [Paris]CITY", "the boys' [Paris]CITY"),
        ("curly", "don't, [Rick]PERSON's", "don’t, [Rick]PERSON’s"),
        ("no_end", "I love [Paris]CITY.", "I love [Paris]CITY"),
        ("no_end", "at [Velnora Inc.]COMPANY", "at [Velnora Inc.]COMPANY"),
        ("tokenised", "I don't, [Rick]PERSON's.", "I do n't , [Rick]PERSON 's ."),
        ("tokenised", "([Oslo]CITY, [Norway]COUNTRY)", "( [Oslo]CITY , [Norway]COUNTRY )"),
        ("tokenised", "[Lee, Katz & Co]COMPANY 1,500 at 5:45", "[Lee , Katz & Co]COMPANY 1,500 at 5:45"),
        ("tokenised", "see http://a.example/b?c ok", "see http://a.example/b?c ok"),
        ("no_blank", "[Paris]CITY, [Rome]CITY. Nice.", "[Paris]CITY,[Rome]CITY.Nice."),
        ("no_blank", "so good. Nice, really", "so good.Nice,really"),
        ("no_blank", "[Lee, Katz]COMPANY", "[Lee,Katz]COMPANY"),
        ("blank_before", "[Seoul]CITY, [Korea]COUNTRY 1,500", "[Seoul]CITY , [Korea]COUNTRY 1,500"),
        ("escaped", "[Lee & Co]COMPANY & you", "[Lee &amp; Co]COMPANY &amp; you"),
        ("tag", "in [New York]CITY", "in #[NewYork]CITY"),
        ("tag", "in [St. Louis]CITY", "in [St. Louis]CITY"),
        ("tag", "#[Paris]CITY", "#[Paris]CITY"),
        ("long_word", "[Oslo]CITY hmm", "[Oslo]CITY hmm"),
        ("typo", "[Oslo]CITY is fun", "[Oslo]CITY is fun"),
    ],
)
def test_kinds(kind: str, before: str, after: str) -> None:
    assert re.sub("@", "#", marked(only(kind, example(before)))) == after


@pytest.mark.parametrize(
    ("kind", "before", "pattern"),
    [
        ("repeated", "I love [Paris]CITY!", r"I love \[Paris\]CITY!{2,5}"),
        ("repeated", "I love [Paris]CITY.", r"I love \[Paris\]CITY\.\.\."),
        ("emoji", "I love [Paris]CITY", r"I love \[Paris\]CITY \S+"),
        ("long_word", "so, [Paris]CITY", r"so{2,6}, \[Paris\]CITY"),
        ("short_words", "[Rome]CITY {you} please", r"\[Rome\]CITY \{you\} (?:pls|please)"),
        ("typo", "[Barcelona]CITY is fun", r"\[B\w{6,10}\]CITY is fun"),
        ("typo", "[Oslo]CITY rocks", r"\[Oslo\]CITY r\w{3,6}"),
    ],
)
@pytest.mark.parametrize("seed", range(6))
def test_kinds_that_are_drawn(kind: str, before: str, pattern: str, seed: int) -> None:
    after = marked(only(kind, example(before), seed))
    assert re.fullmatch(pattern, after), after


def test_some_tokenised_texts_part_every_full_stop_and_tag() -> None:
    texts = {marked(only("tokenised", example("the [U.S.]COUNTRY is #[big]CITY"), seed)) for seed in range(40)}
    assert "the [U . S .]COUNTRY is # [big]CITY" in texts
    assert "the [U.S.]COUNTRY is #[big]CITY" in texts


def test_short_words_and_typos_do_act() -> None:
    assert {only("short_words", example("please"), seed).text for seed in range(9)} == {"please", "pls"}
    before = example("[Barcelona]CITY is wonderful")
    assert len({only("typo", before, seed).text for seed in range(20)}) > 8


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_may_be_shut_off(kind: str) -> None:
    noise = Noise(**QUIET)
    assert all(noisy(made, random.Random(1), noise) == made for made in MADE[:40])
    if kind not in ("no_accents", "small_start"):
        assert any(only(kind, made) != made for made in MADE)


@pytest.mark.parametrize("value", [-0.1, 1.5])
def test_probabilities_are_checked(value: float) -> None:
    with pytest.raises(CommentlensError, match='"typo" must be a number from 0 to 1'):
        Noise(typo=value)


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([(7, 7, "#")], "I love #[Paris]CITY now"),
        ([(12, 12, "!")], "I love [Paris]CITY! now"),
        ([(8, 9, "aa")], "I love [Paaris]CITY now"),
        ([(0, 2, ""), (12, 16, "")], "love [Paris]CITY"),
        ([(7, 12, "Rome")], "I love [Rome]CITY now"),
        ([(6, 8, "")], "I love [Paris]CITY now"),
        ([(8, 10, "x"), (9, 11, "y")], "I love [Pxis]CITY now"),
        ([(7, 7, "#"), (7, 8, "p")], "I love #[paris]CITY now"),
        ([], "I love [Paris]CITY now"),
    ],
)
def test_edits_move_names_along(edits: list[Edit], after: str) -> None:
    assert marked(edited(example("I love [Paris]CITY now"), edits)) == after


def letters(name: str) -> str:
    """Letters alone, folded: what no kind but typos may change."""
    parts = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in parts if letter.isalnum())


def same_name(before: str, after: str) -> bool:
    """Whether one is a noisy form of the other: an apostrophe's word may have come to it."""
    one, other = letters(before), letters(after)
    return one in other.replace("amp", "") or (one in other and len(other) <= len(one) + 4)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(MADE))
def test_names_of_made_texts_stay_themselves(seed: int, made: Example) -> None:
    after = noisy(
        made,
        random.Random(seed),
        Noise(**{name: 0.0 if name == "typo" else 0.5 / (1 + (name in CASE)) for name in KINDS}),
    )
    assert [label for _, label in after.names()] == [label for _, label in made.names()]
    for (name, _), (noisy_name, _) in zip(made.names(), after.names(), strict=True):
        assert same_name(name, noisy_name), (name, noisy_name, after.text)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(MADE))
def test_typos_change_two_letters_at_most(seed: int, made: Example) -> None:
    after = only("typo", made, seed)
    assert abs(len(after.text) - len(made.text)) <= 2
    for (name, _), (noisy_name, _) in zip(made.names(), after.names(), strict=True):
        assert name[0] == noisy_name[0]
        # Swapped letters count as two.
        gone = sum((letter_counts(name) - letter_counts(noisy_name)).values())
        assert gone <= 2


def letter_counts(name: str) -> Counter[str]:
    return Counter(name)


@st.composite
def any_example(draw: st.DrawFn) -> Example:
    """Any text with names and unknown parts anywhere, also within words."""
    word = st.text(st.sampled_from("abÉßİ'’.,!?:;()#@ -1é\n\u0301"), min_size=1, max_size=7)
    text, spans, unknown = "", list[Span](), list[tuple[int, int]]()
    for piece in draw(st.lists(st.tuples(word, st.sampled_from(["", "", "CITY", "ORG", "unknown"])), max_size=8)):
        part, label = piece
        name = part.strip()
        if label and name:
            start = len(text) + part.index(name)
            if label == "unknown":
                unknown.append((start, start + len(name)))
            else:
                spans.append((start, start + len(name), label))
        text += part
    return Example(text, tuple(spans), tuple(unknown), "any")


@settings(max_examples=400, deadline=None)
@given(any_example(), st.integers(0, 10**9), st.sampled_from([0.1, 0.25]))
def test_any_text_keeps_its_parts_in_order(before: Example, seed: int, share: float) -> None:
    # An Example refuses parts that overlap, are empty or have blanks at their ends.
    after = noisy(before, random.Random(seed), Noise(**{name: share if name in CASE else 0.5 for name in KINDS}))
    assert [label for _, label in after.names()] == [label for _, label in before.names()]
    assert len(after.unknown) == len(before.unknown)
    assert after.source == before.source


def test_the_same_random_numbers_give_the_same_noise() -> None:
    one = [noisy(made, random.Random(5)) for made in MADE]
    assert one == [noisy(made, random.Random(5)) for made in MADE]
    changed = sum(before != after for before, after in zip(MADE, one, strict=True))
    assert changed > 0
