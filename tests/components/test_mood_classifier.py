"""The mood classifier: what it sees of a target, that its fast sum is the plain one, and files that are none."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.components.mood_classifier import MoodClassifier, second_input, three_shares
from commentlens.components.mood_views import OTHER, TARGET, VIEWS, Seen, masks, view_features
from commentlens.errors import ModelError
from commentlens.shipped import shipped

CLASSIFIER = MoodClassifier.load()
WORDS = [TARGET, OTHER, "lovely", "dirty", "but", ",", "not", "people", "rent", "qwxyz", "."]


def seen(words: list[str], valences: list[float] | None = None) -> Seen:
    """A comment of these words, all of which the rules give to the target."""
    denied = tuple(
        f"!{word}" if i and words[i - 1] == "not" and word.isalpha() else word for i, word in enumerate(words)
    )
    return Seen(tuple(words), denied, tuple(valences or [0.0] * len(words)), (True,) * len(words))


@pytest.mark.parametrize(
    ("words", "last", "near", "stretch"),
    [
        ("<T> calm but <O> loud", "11100", "11000", "11000"),
        ("<O> loud , <T> calm", "00011", "00111", "00111"),
        ("it is calm", "111", "111", "111"),
    ],
)
def test_views(words: str, last: str, near: str, stretch: str) -> None:
    """Which units a target has by what was named last, by what is nearest, and between marks."""
    held = masks(seen(words.split()))
    shown = {view: "".join(str(int(x)) for x in row) for view, row in zip(VIEWS, held, strict=True)}
    assert shown["all"] == "1" * len(last)
    assert (shown["last"], shown["near"], shown["stretch"]) == (last, near, stretch)


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.floats(-4, 4, width=32)), min_size=1, max_size=20))
def test_the_fast_sum_is_the_plain_one(units: list[tuple[str, float]]) -> None:
    """Unit by unit as feature by feature, for every view and question."""
    comment = seen([word for word, _ in units], [valence for _, valence in units])
    held, weights = masks(comment), CLASSIFIER.listed
    plain = np.array(
        [
            weights.intercepts
            + sum(
                value * weights.step_one[CLASSIFIER.rows[name]]
                for name, value in view_features(comment, mask).items()
                if name in CLASSIFIER.rows
            )
            for mask in held
        ]
    )
    np.testing.assert_allclose(CLASSIFIER._step_one([comment], [held], weights)[0], plain, atol=1e-4)


def test_shares() -> None:
    """They sum to 1, and what is mixed counts as neu."""
    np.testing.assert_allclose(three_shares(np.zeros(4)), [0.25, 0.25, 0.5])
    np.testing.assert_allclose(three_shares(np.array([[1000.0, 0, 0, 0]])), [[1, 0, 0]], atol=1e-9)


@pytest.mark.parametrize("two", [True, False])
def test_the_second_input(two: bool) -> None:
    """Views, the same again where two are named, figures."""
    odds = np.full((2, 5), 9.0, dtype=np.float32)
    found = second_input(odds, np.array([7.0], dtype=np.float32), two)
    views = ([1.0] * 5 + [1 / 3] * 3) * 2
    np.testing.assert_allclose(found, [*views, *(views if two else [0.0] * 16), 7.0], rtol=1e-6)


def test_the_same_bytes(tmp_path: Path) -> None:
    """Written twice, and written again from what was read."""
    folders = [tmp_path / name for name in ("one", "two", "again")]
    for folder in folders:
        folder.mkdir()
    CLASSIFIER.save(folders[0])
    CLASSIFIER.save(folders[1])
    MoodClassifier.load(folders[0]).save(folders[2])
    files = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders]
    assert files[0].keys() == {"names.json", "listed.npz", "free.npz"}
    assert files[0] == files[1] == files[2]


@pytest.mark.parametrize(("name", "content"), [("names.json", "{}"), ("names.json", "["), ("free.npz", "no arrays")])
def test_a_folder_that_is_no_classifier(name: str, content: str, tmp_path: Path) -> None:
    """Where, and what to do next."""
    folder = tmp_path / "mood"
    shutil.copytree(shipped("models", "mood"), folder)
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"mood: no mood classifier .* Build it again: commentlens train mood"):
        MoodClassifier.load(folder)


@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(st.sampled_from(WORDS), st.floats(-4, 4, width=32)), min_size=1, max_size=12),
            st.booleans(),
        ),
        min_size=2,
        max_size=9,
    )
)
def test_many_targets_at_once(targets: list[tuple[list[tuple[str, float]], bool]]) -> None:
    """Each target gets the very shares that it gets alone, to the last bit: what a comment feels hangs on no other."""
    asked = [
        (seen([word for word, _ in units], [value for _, value in units]), {"listed": float(listed), "score": 0.3})
        for units, listed in targets
    ]
    assert CLASSIFIER.read_all(asked) == [CLASSIFIER.read(*one) for one in asked]
