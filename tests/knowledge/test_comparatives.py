"""What comparatives say of the thing that has more of it, the shipped words, and what is refused in a file of them."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.knowledge.comparatives import comparatives, load_comparatives

SHIPPED = tomllib.loads((files("commentlens.knowledge") / "data" / "adjectives.toml").read_text(encoding="utf-8"))
VALID = """[adjectives]
bad = ["dirty"]
mild = ["small"]

[nouns]
bad = ["crime"]

[words]
not_comparative = ["water"]
bad_verbs = ["cost"]
"""


@pytest.mark.parametrize(
    ("words", "order"),
    [
        # By their own: what the file does not call bad is praise, also what it does not know.
        ("cosier", 1),
        ("fluffier", 1),
        ("bigger", 1),
        ("better", 1),
        ("dirtier", -1),
        ("worse", -1),
        # More and less of a quality, of a thing, of nothing named.
        ("more charming", 1),
        ("more dangerous", -1),
        ("less noisy", 1),
        ("less safe", -1),
        ("more crime", -1),
        ("fewer bugs", 1),
        ("fewer parks", -1),
        ("more", 1),
        ("less", -1),
        ("more better", 1),
        ("more dirtier", -1),
        # How much there is of a quantity, the noun before or after.
        ("lower rents", 1),
        ("has rents lower", 1),
        ("lower standards", -1),
        ("higher crime", -1),
        ("higher quality", 1),
        ("longer queues", -1),
        ("shorter waits", 1),
        # Verbs of which more is worse.
        ("costs more", -1),
        ("costs less", 1),
        ("earns more", 1),
        ("earns less", -1),
        # Several: the last decides, a mild one yields.
        ("nicer but dirtier", -1),
        ("dirtier but nicer", 1),
        ("smaller", -1),
        ("smaller but prettier", 1),
        ("prettier but smaller", 1),
        ("colder and safer", 1),
        ("cheaper but with higher taxes", -1),
        # Nothing is compared.
        ("never", 0),
        ("water", 0),
        ("rather", 0),
        ("beer", 0),
        ("her", 0),
        ("dirty", 0),
        ("", 0),
    ],
)
def test_order(words: str, order: int) -> None:
    """1: better, -1: worse, 0: no comparative."""
    assert comparatives().order(words.split()) == order


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("meaner", "mean"),
        ("ruder", "rude"),
        ("dimmer", "dim"),
        ("sadder", "sad"),
        ("noisier", "noisy"),
        ("pricier", "pricey"),
        ("duller", "dull"),
    ],
)
def test_forms_are_read_back(form: str, base: str) -> None:
    """By the rules of spelling: -e kept, a consonant doubled, y turned into i."""
    assert base in comparatives().bad
    assert comparatives().order([form]) == -1


@pytest.mark.parametrize(
    ("words", "bad"),
    [
        ("full of tourists", True),
        ("many robberies", True),
        ("high taxes", True),
        ("noisy", True),
        ("full of parks", False),
        ("tidy", False),
        ("", False),
    ],
)
def test_what_is_bad(words: str, bad: bool) -> None:
    """An adjective or a noun of the file, the noun in its plural, too."""
    assert comparatives().is_bad(words.split()) is bad


@pytest.mark.parametrize(("table", "name"), [(table, name) for table, lists in SHIPPED.items() for name in lists])
def test_no_word_stands_twice_in_a_shipped_list(table: str, name: str) -> None:
    """Every list has words, each once."""
    counted = Counter(SHIPPED[table][name])
    assert counted
    assert [word for word, times in counted.items() if times > 1] == []


def test_shipped_lists_do_not_contradict_each_other() -> None:
    """Nothing is bad and mild, and no comparative of a listed adjective is said to compare nothing."""
    words = comparatives()
    listed = words.bad | words.mild
    forms = {form for word in listed for form in (f"{word}er", f"{word}r", f"{word[:-1]}ier", f"{word}{word[-1]}er")}
    assert words.bad & words.mild == set()
    assert forms & words.not_comparative == set()


def test_words_said_to_compare_nothing_look_as_if_they_did() -> None:
    """Others need no entry."""
    assert [word for word in comparatives().not_comparative if not word.endswith("er")] == []


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    """Its words, no others."""
    path = tmp_path / "own.toml"
    path.write_text(VALID, "utf-8")
    own = load_comparatives(path)
    assert [own.order(words.split()) for words in ("dirtier", "uglier", "water", "lower crime")] == [-1, 1, 0, 1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[words]", "[verbs]\n[words]", ', line 8: unknown "verbs". Allowed: adjectives, nouns, words.'),
        ('mild = ["small"]', 'mild = []\nfaint = ["small"]', ', line 4: unknown "faint". Allowed: bad, mild.'),
        ('bad = ["dirty"]', 'bad = "dirty"', ", line 2: \"bad\" must be a list of lower-case words, got 'dirty'."),
        ('mild = ["small"]', "mild = [1]", ', line 3: "mild" must be a list of lower-case words, got [1].'),
        ('["crime"]', '["Crime"]', ", line 6: \"bad\" must be a list of lower-case words, got ['Crime']."),
        (
            '["water"]',
            '[""]',
            ", line 9: \"not_comparative\" must be a list of lower-case words, got [''].",
        ),
        ('bad_verbs = ["cost"]\n', "", ', line 8: "bad_verbs" must be a list of lower-case words, got None.'),
        ('[nouns]\nbad = ["crime"]\n', "", ': "bad" must be a list of lower-case words, got None.'),
        (
            VALID,
            "nouns = 3\n" + VALID.replace('[nouns]\nbad = ["crime"]\n', ""),
            ', line 1: "nouns" must be a table with bad, got 3.',
        ),
        ("[nouns]", "[nouns", ": is not valid TOML: "),
    ],
)
def test_a_fault_is_named(old: str, new: str, said: str, tmp_path: Path) -> None:
    """With file, line, field, what was got and what is allowed."""
    assert old in VALID
    path = tmp_path / "own.toml"
    path.write_text(VALID.replace(old, new, 1), "utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load_comparatives(path)
    assert str(raised.value).startswith(f"{path}{said}")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """With what to do."""
    path = tmp_path / "none.toml"
    with pytest.raises(KnowledgeError) as raised:
        load_comparatives(path)
    assert str(raised.value).startswith(f"{path}: cannot be read (")
    assert str(raised.value).endswith("Check the path.")
