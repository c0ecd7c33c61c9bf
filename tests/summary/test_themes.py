"""Phrases that are said of one city and not of the others, and how much each is its own."""

from __future__ import annotations

import math

import pytest

from commentlens.themes import PhraseCounts, Theme, choose, no_themes, phrases_of, weights


def counted(text: str, hidden: tuple[str, ...] = ()) -> list[str]:
    """The phrases of a text, as they are counted; names are found where they stand first."""
    spans = [(text.index(name), text.index(name) + len(name)) for name in hidden]
    return [phrase for phrase, _ in phrases_of(text, 0, len(text), spans)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so many museums", ["museum"]),
        ("The cost of living is insane", ["cost", "cost of living", "insane"]),
        ("cost is living", ["cost"]),
        ("old harbours", ["old harbour", "harbour"]),
        ("the old", []),
        ("friendly people", ["friendly", "friendly people"]),
        ("people are friendly", ["friendly"]),
        ("really clean trams", ["clean", "clean tram", "tram"]),
        ("clean, fast trams", ["clean", "fast tram", "tram"]),
        ("the night-bus network", ["night", "night bus", "night bus network", "bus", "bus network", "network"]),
        ("the 19th tower", ["tower"]),
        ("coffee 4 breakfast", ["coffee", "breakfast"]),
        ("the city's bridges", ["bridge"]),
        ("Baku’s bridges", ["baku", "baku bridge", "bridge"]),
        ("great love, terrible hate", []),
        ("it isn't, I don't, they've", []),
        ("", []),
    ],
)
def test_phrases_have_no_stop_word_at_either_end(text: str, expected: list[str]) -> None:
    """One to three words side by side; the last one without its plural."""
    assert counted(text) == expected


def test_no_phrase_holds_a_name() -> None:
    """Nor does one go across it."""
    assert counted("clean Baku trams", ("Baku",)) == ["clean", "tram"]
    assert list(phrases_of("Fog. Noisy trams", 5, 16)) == [
        ("noisy", "noisy"),
        ("noisy tram", "noisy trams"),
        ("tram", "trams"),
    ]


def counts(voices: int, pos: int = 0, neg: int = 0, neu: int = 0, written: str = "") -> PhraseCounts:
    """What is counted for one phrase."""
    return PhraseCounts(written=written, voices=voices, pos=pos, neu=neu, neg=neg)


@pytest.mark.parametrize(
    ("found", "mood"),
    [
        (counts(2, pos=2), "praised"),
        (counts(3, pos=2, neg=1), "praised"),
        (counts(4, pos=2, neg=2), "mixed"),
        (counts(5, pos=3, neg=2), "mixed"),
        (counts(3, pos=1, neg=2), "blamed"),
        (counts(4, pos=1, neu=3), "neutral"),
        (counts(4, pos=2, neu=2), "praised"),
        (counts(2, neu=2), "neutral"),
    ],
)
def test_a_phrase_is_praised_where_twice_as_many_praise(found: PhraseCounts, mood: str) -> None:
    """It is neutral where fewer than half judge."""
    assert found.mood == mood


def test_weights_are_class_based_tf_idf() -> None:
    """Share in the city times log(1 + mean size of a city / frequency everywhere)."""
    found = weights({"tram": counts(3), "fog": counts(3)}, 12, 10.0, {"tram": 3, "fog": 30})

    assert found == {"tram": 3 / 12 * math.log(1 + 10 / 3), "fog": 3 / 12 * math.log(1 + 10 / 30)}


def chosen(found: dict[str, PhraseCounts], names: tuple[str, ...] = (), titles: tuple[str, ...] = ()) -> list[str]:
    """Phrases of the themes, where each phrase weighs as much as it has voices."""
    written = {
        phrase: PhraseCounts(written=phrase, voices=of.voices, pos=of.pos, neu=of.neu, neg=of.neg)
        for phrase, of in found.items()
    }
    themes = choose(written, {phrase: float(of.voices) for phrase, of in found.items()}, no_themes(names, titles))
    assert all(isinstance(theme, Theme) for theme in themes)
    return [theme.phrase for theme in themes]


def test_what_one_voice_says_is_no_theme() -> None:
    """Two do."""
    assert chosen({"tram": counts(1, pos=1), "fog": counts(2, neg=2)}) == ["fog"]


def test_a_phrase_gives_way_to_a_longer_one_that_is_nearly_always_meant() -> None:
    """Three voices of four; with fewer the shorter one stays, and the longer one would repeat it."""
    assert chosen({"bridge": counts(4, pos=4), "old bridge": counts(3, pos=3)}) == ["old bridge"]
    assert chosen({"bridge": counts(5, pos=5), "old bridge": counts(3, pos=3)}) == ["bridge"]


def test_names_and_words_of_titles_are_no_themes() -> None:
    """A phrase that only shares a word with a name of two stays."""
    found = {phrase: counts(2, pos=2) for phrase in ("salt", "lake side", "salt lake", "baku", "harbour", "tram")}

    assert chosen(found, names=("Salt Lake", "Baku"), titles=("Best Harbours of the Caspian",)) == [
        "lake side",
        "salt",
        "tram",
    ]


def test_there_are_six_themes_of_a_mood_at_most() -> None:
    """The heaviest; of equals the first in the alphabet; other moods have their own six."""
    found = {f"thing{letter}": counts(3, pos=3) for letter in "hgfedcba"} | {"fog": counts(2, neg=2)}

    assert chosen(found) == [*(f"thing{letter}" for letter in "abcdef"), "fog"]
