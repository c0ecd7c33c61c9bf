"""The small words: what ships is whole and consistent; what is said of a file that is not."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.knowledge.words import WordClasses, Words, load_words, words

NAMES = sorted(field.name for field in fields(WordClasses))


def test_some_of_what_ships() -> None:
    """Contractions in two, stems, spellings, classes."""
    found = words()
    assert found.contractions["dont"] == ("do", "n't")
    assert found.stems["wo"] == "will"
    assert found.spelling["shud"] == "should"
    assert "but" in found.classes.contrasts
    assert words() is found


def test_every_class_holds_something() -> None:
    """Lower-case, without white space around."""
    for name in NAMES:
        held = getattr(words().classes, name)
        assert held, name
        assert all(word == word.strip().lower() for word in held), name


def test_contrasts_that_turn_cut_too() -> None:
    """A word after which VADER's weights apply begins a clause."""
    assert words().classes.turns <= words().classes.contrasts


def test_spelling_is_settled_in_one_step() -> None:
    """No correction leads to another, and none touches a contraction."""
    found = words()
    assert not set(found.spelling.values()) & found.spelling.keys()
    assert not found.spelling.keys() & found.contractions.keys()


HEAD = """\
[contractions]
dont = "do n't"
[stems]
wo = "will"
[spelling]
shud = "should"
[classes]
"""
SMALL = HEAD + "".join(f'{name} = ["x"]\n' for name in NAMES)


def test_a_small_file(tmp_path: Path) -> None:
    """All tables of the shipped file, with one line each."""
    path = tmp_path / "words.toml"
    path.write_text(SMALL, encoding="utf-8")
    classes = WordClasses(**dict.fromkeys(NAMES, frozenset(["x"])))
    assert load_words(path) == Words({"dont": ("do", "n't")}, {"wo": "will"}, {"shud": "should"}, {}, classes)


LAST = NAMES[-1]
END = 7 + len(NAMES)
UNITS = "must be a list of lower-case units"
ALLOWED = ", ".join(NAMES)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"do n\'t"', '"dont"', "2: \"dont\" must be two units with a space, got 'dont'."),
        ('"do n\'t"', '"d o nt"', "2: \"dont\" must be two units with a space, got 'd o nt'."),
        ('"do n\'t"', "2", '2: "dont" must be a string, got 2.'),
        ('"will"', "[]", '4: "wo" must be a string, got [].'),
        ('"should"', "true", '6: "shud" must be a string, got True.'),
        ("[classes]", '[classes]\nzorb = ["x"]', f'7: unknown "zorb". Allowed: {ALLOWED}.'),
        (f"{LAST} =", "zorb =", f'7: unknown "zorb". Allowed: {ALLOWED}.'),
        (f'{LAST} = ["x"]', "", f"7: missing {LAST}."),
        (f'{LAST} = ["x"]', f'{LAST} = ["X"]', f"{END}: \"{LAST}\" {UNITS}, got ['X']."),
        (f'{LAST} = ["x"]', f"{LAST} = [1]", f'{END}: "{LAST}" {UNITS}, got [1].'),
        (f'{LAST} = ["x"]', f"{LAST} = 1", f'{END}: "{LAST}" {UNITS}, got 1.'),
    ],
)
def test_files_that_are_not_valid(tmp_path: Path, old: str, new: str, message: str) -> None:
    """File, line, field, what was got, what is allowed."""
    assert SMALL.count(old) == 1
    path = tmp_path / "words.toml"
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_words(path)
    assert str(caught.value) == f"{path}, line {message}"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """As `read_data_file` says it."""
    with pytest.raises(KnowledgeError, match=r"absent\.toml: cannot be read"):
        load_words(tmp_path / "absent.toml")
