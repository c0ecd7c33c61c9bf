"""Word vectors in eight bits."""

from __future__ import annotations

import numpy as np
import pytest

from commentlens.components.word_vectors import WordVectors

TABLE = np.array([[1.0, -2.0], [0.5, 0.25], [0.0, 2.0]], dtype=np.float32)


def test_a_known_word_has_its_vector_and_says_so() -> None:
    vectors = WordVectors.quantised(["seoul", "busan", "jeju"], TABLE)
    for word, wanted in zip(["seoul", "busan", "jeju"], TABLE, strict=True):
        assert vectors.of(word) == pytest.approx([*wanted, 0.0], abs=0.01)


def test_the_first_known_spelling_counts_and_an_unknown_word_says_so() -> None:
    vectors = WordVectors.quantised(["seoul", "busan", "jeju"], TABLE)
    assert vectors.of("seeoul", "seoul").tolist() == vectors.of("seoul").tolist()
    assert vectors.of("daegu").tolist() == [0.0, 0.0, 1.0]


def test_bytes_and_back() -> None:
    vectors = WordVectors.quantised(["seoul", "busan", "jeju"], TABLE)
    again = WordVectors.from_bytes(vectors.to_bytes())
    assert again.to_bytes() == vectors.to_bytes()
    assert again.of("jeju").tolist() == vectors.of("jeju").tolist()
    assert again.width == 3


def test_no_vectors_are_one_column() -> None:
    assert WordVectors.empty().of("seoul").tolist() == [1.0]
