"""Aspects in text, and files of aspects with their faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.knowledge.aspects import Aspect, Aspects
from commentlens.knowledge.theme_words import load_theme_words, singular, theme_words, tokens

SHIPPED = Aspects.load()
NAMES = (
    "transit traffic price housing safety nightlife people food internet jobs weather nature culture cleanliness "
    "beauty government health education"
).split()
SMALL = Aspects(
    [
        Aspect(name="food", words=("beer", "street food", "food")),
        Aspect(name="weather", words=("cold", "rain"), excluded=("cold beer", "cold war")),
        Aspect(name="art", words=("street", "street art")),
    ]
)


def test_the_shipped_aspects_are_complete() -> None:
    """Each with enough words, and examples and near-misses, which loading has tried."""
    assert list(SHIPPED.names) == NAMES
    assert all(len(set(aspect.words)) == len(aspect.words) for aspect in SHIPPED.all)
    assert [aspect.name for aspect in SHIPPED.all if not 15 <= len(aspect.words) <= 60] == []
    assert [aspect.name for aspect in SHIPPED.all if len(aspect.examples) < 2 or len(aspect.near_misses) < 2] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cold beer!", {"food"}),
        ("cold, and the beer is flat", {"food", "weather"}),
        ("a relic of the cold war", set()),
        ("Street foods", {"food"}),
        ("street-art", {"art"}),
        ("the street", {"art"}),
        ("rains", {"weather"}),
        ("raining trains", set()),
        ("", set()),
    ],
)
def test_the_longest_phrase_wins(text: str, expected: set[str]) -> None:
    """What an aspect excludes is hidden from it alone; plural and case do not matter."""
    assert SMALL.of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferries are late, and rents went up", {"transit", "housing"}),
        ("Pickpockets in the metro", {"safety", "transit"}),
        ("Summer school by the lake", {"education", "nature"}),
        ("We rent a car and park it in the car park", {"traffic", "nature"}),
        ("Nothing here is about anything", set()),
    ],
)
def test_shipped_aspects_are_found(text: str, expected: set[str]) -> None:
    """Several in a sentence."""
    assert SHIPPED.of(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("trams", "tram"), ("cities", "city"), ("beaches", "beach"), ("glasses", "glass"), ("boxes", "box")]
    + [(word, word) for word in ("bus", "glass", "tennis", "gas", "")],
)
def test_plurals_are_the_same_word(word: str, expected: str) -> None:
    """What ends like a plural and is none stays."""
    assert singular(word) == expected


def test_words_keep_their_places() -> None:
    """A hyphen parts words, a genitive's s goes, numbers are no words."""
    text = "Baku’s old-town 24 isn't"

    assert [(text[token.start : token.end], token.norm) for token in tokens(text)] == [
        ("Baku’s", "baku"),
        ("old", "old"),
        ("town", "town"),
        ("isn't", "isn't"),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", '{path}: "aspect" must be one or more tables [[aspect]], got None.'),
        ("[[theme]]\n", '{path}: unknown "theme". Allowed: aspect.'),
        ("aspect = [1]\n", '{path}: "aspect" must be one or more tables [[aspect]], got 1.'),
        ('[[aspect]]\nwords = ["a"]\n', '{path}, line 1: "name" must be a string that is not empty, got None.'),
        ('[[aspect]]\nname = "x"\n', '{path}, line 1: "words" must be at least one word or phrase, got [].'),
        (
            '[[aspect]]\nname = "x"\nwords = "tram"\n',
            "{path}, line 3: \"words\" must be a list of strings with words in them, got 'tram'.",
        ),
        (
            '[[aspect]]\nname = "x"\nwords = ["tram", "24"]\n',
            "{path}, line 3: \"words\" must be a list of strings with words in them, got ['tram', '24'].",
        ),
        (
            '[[aspect]]\nname = "x"\nwords = ["tram"]\nweight = 1\n',
            '{path}, line 1: unknown "weight". Allowed: examples, name, near_misses, not, words.',
        ),
        (
            '[[aspect]]\nname = "x"\nwords = ["tram"]\n\n[[aspect]]\nname = "x"\nwords = ["bus"]\n',
            "{path}, line 6: \"name\" must be a name used once, got 'x'.",
        ),
        (
            '[[aspect]]\nname = "x"\nwords = ["tram"]\nexamples = ["Two trams", "A bus"]\n',
            (
                "{path}, line 4: \"examples\" must be sentences that give the aspect 'x', got 'A bus'. "
                "Mend its words, its not, or the sentence."
            ),
        ),
        (
            '[[aspect]]\nname = "x"\nwords = ["tram"]\nnear_misses = ["Two trams"]\n',
            (
                "{path}, line 4: \"near_misses\" must be sentences that do not give the aspect 'x', got 'Two trams'. "
                "Mend its words, its not, or the sentence."
            ),
        ),
    ],
)
def test_a_fault_is_named_with_its_place(content: str, message: str, tmp_path: Path) -> None:
    """File, line, field, what was got and what is allowed."""
    path = tmp_path / "own.toml"
    path.write_text(content, "utf-8")

    with pytest.raises(KnowledgeError) as caught:
        Aspects.load(path)

    assert str(caught.value) == message.format(path=path)


def test_words_of_themes_are_checked(tmp_path: Path) -> None:
    """The shipped ones are there; a class that is missing or no list is named."""
    assert {"the", "people"} & theme_words().stop == {"the"}
    path = tmp_path / "themes.toml"
    path.write_text('[stop]\nwords = ["The"]\n', "utf-8")

    with pytest.raises(KnowledgeError) as caught:
        load_theme_words(path)

    assert str(caught.value) == f"{path}, line 2: \"words\" must be a list of lower-case words, got ['The']."
