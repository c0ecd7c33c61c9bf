"""The sentence that holds a span: an exact piece of the comment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.summary_sentences import sentence_around, sentence_bounds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("One only", ["One only"]),
        ("Who put this as 7? This should be at least 4.", ["Who put this as 7?", "This should be at least 4."]),
        ("Should be no. 1! I want to go", ["Should be no. 1!", "I want to go"]),
        ("It is No. 3 at best. Bye", ["It is No. 3 at best.", "Bye"]),
        ("I said no. Bye", ["I said no.", "Bye"]),
        ("St. Louis is nicer. Really", ["St. Louis is nicer.", "Really"]),
        ("They have trams, bikes etc. Nice", ["They have trams, bikes etc.", "Nice"]),
        ("cities, e.g. here", ["cities, e.g. here"]),
        ("Well... maybe not. Ok... Fine", ["Well... maybe not.", "Ok...", "Fine"]),
        ("well… yes", ["well… yes"]),
        ("no.2 behind 1.5 million", ["no.2 behind 1.5 million"]),
        ("He said “go!” Then left", ["He said “go!”", "Then left"]),
        ("first line\nsecond line\n\nthird", ["first line", "second line", "third"]),
        ("What?! No!!", ["What?!", "No!!"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Marks end a sentence, abbreviations and three dots before a small letter do not."""
    assert [text[start:end] for start, end in sentence_bounds(text)] == expected


@pytest.mark.parametrize(
    ("text", "piece", "expected"),
    [
        ("Nice. It should be 4. Bye.", "should be 4", "It should be 4."),
        ("Nice. It should be 4. Bye.", "4. Bye", "It should be 4. Bye."),
        ("Nice. It should be 4. Bye.", "Nice. It should be 4. Bye.", "Nice. It should be 4. Bye."),
        ("no. 1", "no. 1", "no. 1"),
    ],
)
def test_the_sentence_around_a_span(text: str, piece: str, expected: str) -> None:
    """Or the run of sentences that it touches."""
    start = text.index(piece)

    bounds = sentence_around(text, (start, start + len(piece)))

    assert text[bounds[0] : bounds[1]] == expected


@given(st.text(alphabet="ab .!?…\n\"'1,", max_size=60), st.data())
def test_sentences_lose_nothing_but_white_space(text: str, data: st.DataObject) -> None:
    """They follow one another, and the one around a span holds the span."""
    bounds = sentence_bounds(text)

    assert "".join(text[start:end] for start, end in bounds).split() == text.split() or "".join(
        "".join(text[start:end].split()) for start, end in bounds
    ) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in bounds)
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        around = sentence_around(text, (start, end))
        assert around[0] <= start < end <= around[1]
