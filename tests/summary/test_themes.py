"""Phrases that are said of one city and not of the others."""

from __future__ import annotations

from commentlens.themes import Theme, ThemeTexts

OTHERS = ["The beach is crowded", "Fine beach and old trams", "Nobody can sleep here", "Quiet old town"]


def test_phrases_that_several_comments_share_stand_out() -> None:
    """Strongest first; not the city's own name, and not what only one comment says."""
    own = [
        "Bergen has so much street food and rain",
        "street food everywhere, it rains",
        "I love the street food of Bergen. Beach?",
        "A beach, too",
    ]

    themes = ThemeTexts(own, OTHERS).themes(without=["Bergen"])

    assert [(theme.phrase, theme.comments) for theme in themes] == [("street food", 3), ("beach", 2)]
    assert all(0 < theme.weight <= 1 for theme in themes)


def test_too_little_text_has_no_themes() -> None:
    """One comment, or none with a word in it."""
    assert ThemeTexts(["street food"], OTHERS).themes() == []
    assert ThemeTexts([], OTHERS).themes() == []
    assert ThemeTexts(["!!!", "123"], []).themes() == []


def test_themes_are_the_same_each_time() -> None:
    """Ties are broken by the phrase."""
    texts = ThemeTexts(["alpha beta", "beta alpha"], [])

    first = texts.themes()

    assert first == texts.themes()
    assert all(isinstance(theme, Theme) for theme in first)
    assert {theme.phrase for theme in first} == {"alpha", "beta"}
