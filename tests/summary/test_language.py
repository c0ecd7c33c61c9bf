"""Which comments look as though they were not English."""

from __future__ import annotations

import pytest

from commentlens.summary_language import looks_english


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!!!",
        "number 1",
        "so hi tech",
        "Great city",
        "Tokyo, São Paulo, Las Vegas, Los Angeles, La Paz",
        "HQ of Deutsche Bank, BMW and Volkswagen AG",
        "Linus Torvalds started Linux here",
        "This is the best, por favor visit",
        "die hard fans live in Den Haag and San Marino come on",
        "東京 is the best city in the world and I love it",
        "c est la vie",
        "gr8 plce 2 liv",
    ],
)
def test_nothing_speaks_against_english(text: str) -> None:
    """Short comments, names and loan words pass."""
    assert looks_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "東京は最高の都市です",
        "лучший город",
        "Es la mejor ciudad del mundo porque tiene todo",
        "Das ist eine sehr schöne Stadt und ich bin gern dort",
        "C'est une très belle ville avec du charme",
        "Genova è la città più bella che ci sia",
        "Esta cidade não é muito limpa",
        "dit is een mooie stad maar het is niet de beste",
    ],
)
def test_other_languages_are_doubted(text: str) -> None:
    """Other scripts, and other languages' small words."""
    assert not looks_english(text)
