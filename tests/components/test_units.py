"""Units: words, marks, mentions and ranks, each an exact piece of the comment."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.components.units import Unit, cut_units
from commentlens.knowledge.rules import Example


def units_of(text: str) -> list[Unit]:
    """Units of a comment with marked mentions."""
    return cut_units(*Example(text=text).plain())


def norms(text: str) -> str:
    """The units in a row."""
    return " ".join("⏎" if unit.norm == "\n" else unit.norm for unit in units_of(text))


def test_all_fields() -> None:
    """A word shouted, a mention, a rank, a contraction and a mark, with their characters."""
    assert units_of("WHY isn't [Rome] top 5?") == [
        Unit("why", "word", 0, 3, capitals=True),
        Unit("is", "word", 4, 6),
        Unit("n't", "word", 6, 9),
        Unit("city", "mention", 10, 14, mentions=(0,)),
        Unit("r", "rank", 15, 20, rank=(1, 5), top=True),
        Unit("?", "mark", 20, 21),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Contractions, with any apostrophe or none.
        ("I don't, DON'T, don’t, don`t, don´t", "i do n't , do n't , do n't , do n't , do n't"),
        ("dont cant doesnt shouldve", "do n't can n't does n't should 've"),
        ("can't won't ain't shan't", "can n't will n't is n't shall n't"),
        ("cannot gonna gotta wanna shoulda", "can n't going to got to want to should have"),
        ("it's you're they've I'm he'd we'll", "it 's you 're they 've i 'm he 'd we 'll"),
        ("the city's best", "the city 's best"),
        ("O'Hare and rock'n'roll", "o'hare and rock'n'roll"),
        # Spelling.
        ("definatly shud be higer, becuz u r", "definitely should be higher , because you are"),
        ("shudder highest", "shudder highest"),
        # Marks.
        ("Nice!!! Why?!? !? ok... fine…", "nice ! why ? ok ... fine ..."),
        ("wait. . .", "wait . . ."),
        ("A > B >> C < D", "a > b > c < d"),
        ("“so called” «city» ‘x’", '" so called " " city " \' x \''),
        ("a-b well-known - x – y", "a-b well-known - x – y"),
        ("(yes); a: b/c & d", "( yes ) ; a : b / c & d"),
        ("a\nb\r\n\r\n  c", "a ⏎ b ⏎ c"),
        # Dots that end nothing.
        ("U.S. and U.S.A. vs. us, e.g. St. Mary", "u.s. and u.s.a. vs. us , e.g. st. mary"),
        ("see www.example.com/a?b. or example.org now", "see www.example.com/a?b. or example.org now"),
        # Emoticons and emoji.
        ("good :) bad :( :-D x", "good :) bad :( :-d x"),
        ("nice 😀👍🏽", "nice 😀 👍 🏽"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_words_and_marks(text: str, expected: str) -> None:
    """Lower-case words, contractions in two, marks by what they mean."""
    assert norms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # r: a rank by its sign; n: a bare number that could be one; a: a signed number that counts what follows.
        ("should be no. 7", "should be r"),
        ("should be 7", "should be n"),
        ("should be seventh", "should be r"),
        ("7 of them", "7 of them"),
        ("4 airports and seven hours", "4 airports and seven hours"),
        ("7 cities", "7 cities"),
        ("3 or 4 museums, twenty first museums", "3-or-4 museums , twenty-first museums"),
        ("the #1 city", "the r city"),
        ("the #1 museum", "the a museum"),
        ("second museum, second", "second museum , r"),
        ("first time, 1st time", "first time , 1st time"),
        ("2nd best", "r best"),
        ("top 10 cities", "r cities"),
        ("top 10 museums", "a museums"),
        ("top ten most fun", "r most fun"),
        ("3 isn't bad", "n is n't bad"),
        ("#3's fine", "r 's fine"),
        ("10/10 for 24-hour food", "10 / 10 for 24-hour food"),
        ("$5 and 40 000 people", "$ 5 and 40 000 people"),
    ],
)
def test_ranks_and_numbers_that_count(text: str, expected: str) -> None:
    """A number stands as a rank only where nothing follows that it counts."""
    assert norms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Rome] likes [vw|COMPANY=Volkswagen] in [Italy|COUNTRY]", "city likes company in country"),
        ("[Halo 3|ENTRY] at 3", "entry at n"),
        ("[7th Street|CITY]", "city"),
        ("ex-[Rome]ans", "ex - city ans"),
    ],
)
def test_mentions_are_units(text: str, expected: str) -> None:
    """Named by their label; numbers inside them are no ranks."""
    assert norms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> it is the worst\nI agree", "⏎ i agree"),
        (">it is the worst of [Rome], no 1\nI agree", "city ⏎ i agree"),
        ("yes\n> no way\nwell", "yes ⏎ ⏎ well"),
        ("> a\n> b\n\nc", "⏎ ⏎ c"),
        # Signs of order, not of quoting.
        ("a > b", "a > b"),
        ("[Rome] > [Oslo]", "city > city"),
        (">", ">"),
    ],
)
def test_of_quoted_lines_only_mentions_stay(text: str, expected: str) -> None:
    """A line that begins with ``>`` is somebody else's."""
    assert norms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("[Rome]'s better", "city 's better"), ("[Rome]’s food", "city 's food")]
)
def test_clitics_after_mentions(text: str, expected: str) -> None:
    """The same as after words."""
    assert norms(text) == expected


def test_a_heart_is_no_rank() -> None:
    """``<3`` is an emoticon."""
    assert norms("<3 [Rome]") == "<3 city"


def test_shouted_words_are_shown_as_they_were() -> None:
    """What VADER is given; contractions and single letters are never shouted."""
    assert [unit.shown for unit in units_of("A GOOD Place, I DON'T")] == ["a", "GOOD", "place", ",", "i", "do", "n't"]


# Letters of several scripts (right-to-left among them), marks that combine, astral signs, white space, quotes, numbers.
pieces = st.sampled_from(
    [
        "Rome",
        "no. 7",
        "don't",
        "😀",
        "👩‍👩‍👧",
        "e\u0301",
        "שלום",
        "مدينة",
        "\n",
        "\r\n",
        "> ",
        " ",
        "\t",
        "\u00a0",
        "'s",
        "…",
        "#1",
    ]
)
texts = st.one_of(st.text(), st.lists(st.one_of(pieces, st.text(max_size=4))).map("".join))


@st.composite
def texts_with_mentions(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    """Any text, with mentions at any characters of it, in order and not overlapping."""
    text = draw(texts)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [{"start": a, "end": b, "label": "CITY", "name": text[a:b]} for a, b in spans if text[a:b].strip()]


@given(texts_with_mentions())
def test_units_are_exact_pieces_in_order(commented: tuple[str, list[dict[str, Any]]]) -> None:
    """Whatever the text: in order, not overlapping, never empty, mentions and ranks where they are."""
    text, mentions = commented
    position = 0
    for unit in cut_units(text, mentions):
        assert position <= unit.start < unit.end <= len(text)
        position = unit.end
        piece = text[unit.start : unit.end]
        assert unit.kind in {"word", "mark", "mention", "rank"}
        assert unit.norm == "\n" or unit.norm.split() == [unit.norm]
        assert (unit.kind == "rank") == (unit.rank is not None)
        if unit.kind == "mention":
            (index,) = unit.mentions
            assert (mentions[index]["start"], mentions[index]["end"]) == (unit.start, unit.end)
        elif unit.norm != "\n":
            assert piece == piece.strip()


@given(texts_with_mentions())
def test_every_mention_is_a_unit(commented: tuple[str, list[dict[str, Any]]]) -> None:
    """Also in quoted lines."""
    text, mentions = commented
    named = [unit.mentions for unit in cut_units(text, mentions) if unit.kind == "mention"]
    assert named == [(i,) for i in range(len(mentions))]


@given(texts_with_mentions())
def test_units_come_back_from_plain_values(commented: tuple[str, list[dict[str, Any]]]) -> None:
    """As they are kept on the Doc."""
    for unit in cut_units(*commented):
        assert Unit.from_list(unit.to_list()) == unit
