"""Valences as data: the shipped file, the user's over it, and what is said of a file that is not valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.knowledge.lexicon import Lexicon, load_lexicon

OWN = """\
[words]
zorby = 3
awful = 1.5

[phrases]
"out of this world" = 3.5

[neutral]
words = ["fun", "zorby"]

[boosters]
words = ["mega"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_ships_is_on_vaders_scale() -> None:
    """From -4 to 4, lower-case; a phrase is several units; a word with a valence is not neutral."""
    lexicon = load_lexicon()
    assert len(lexicon.words) > 1000
    assert all(-4 <= value <= 4 for value in (*lexicon.words.values(), *lexicon.phrases.values()))
    assert [word for word in lexicon.words if word != word.lower()] == []
    assert [phrase for phrase in lexicon.phrases if len(phrase) < 2] == []
    assert lexicon.neutral & lexicon.words.keys() == frozenset()
    assert lexicon.longest_phrase == max(map(len, lexicon.phrases))


def test_own_file_over_the_shipped_one(tmp_path: Path) -> None:
    """Its words and phrases win; its neutral words are added, unless a valence is given."""
    shipped, own = load_lexicon(), load_lexicon([write(tmp_path, OWN)])
    assert own.words == {**shipped.words, "zorby": 3.0, "awful": 1.5}
    assert own.phrases == {**shipped.phrases, ("out", "of", "this", "world"): 3.5}
    assert own.boosters == shipped.boosters | {"mega"}
    assert "zorby" not in own.neutral
    assert ("fun" in own.neutral) is ("fun" not in shipped.words)
    assert load_lexicon() == shipped


def test_no_phrase_at_all() -> None:
    """The longest is then a single word."""
    assert Lexicon({}, {}, frozenset(), frozenset()).longest_phrase == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("zorby = 3", "zorby = 5", ', line 2: "zorby" must be a number from -4 to 4, got 5.'),
        ("zorby = 3", 'zorby = "3"', ", line 2: \"zorby\" must be a number from -4 to 4, got '3'."),
        ("zorby = 3", "zorby = true", ', line 2: "zorby" must be a number from -4 to 4, got True.'),
        ("= 3.5", "= -4.1", ', line 6: "out of this world" must be a number from -4 to 4, got -4.1.'),
        ('["mega"]', '"mega"', ", line 12: \"words\" must be a list of words, got 'mega'."),
        ('["mega"]', "[1]", ', line 12: "words" must be a list of words, got [1].'),
        (
            "[neutral]",
            "[neutrals]",
            ', line 8: unknown "neutrals". Allowed: boosters, burdens, neutral, phrases, words.',
        ),
    ],
)
def test_files_that_are_not_valid(tmp_path: Path, old: str, new: str, message: str) -> None:
    """File, line, field, what was got, what is allowed."""
    path = write(tmp_path, OWN.replace(old, new))
    with pytest.raises(KnowledgeError) as caught:
        load_lexicon([path])
    assert str(caught.value) == f"{path}{message}"
