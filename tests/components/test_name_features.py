"""What the recogniser sees of a token."""

from __future__ import annotations

import pytest
import spacy
from spacy.strings import get_string_id

from commentlens.components.name_features import COLUMNS, TokenFeatures, shape_of, style_of
from commentlens.components.word_vectors import WordVectors
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.places import Places


@pytest.fixture(scope="module")
def features() -> TokenFeatures:
    return TokenFeatures(Places.load(), Companies.load(), WordVectors.empty())


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("Seoul", "Xxxx"),
        ("BYD", "XXX"),
        ("iPhone", "xXxxx"),
        ("U.K.", "X.X."),
        ("2024", "ddd"),
        ("東京", "ww"),
        ("!!!!", "!!!"),
    ],
)
def test_shapes(word: str, shape: str) -> None:
    assert shape_of(word) == shape


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("i love seoul", 1), ("SEOUL IS BEST", 2), ("Seoul Is The Best City", 3), ("I love Seoul and Busan a lot", 0),
        ("", 0), ("Seoul", 0), ("123", 0),
    ],
)  # fmt: skip
def test_styles(text: str, style: int) -> None:
    assert style_of(text) == style


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("in Seoul", "known", "3 C"), ("in seoul", "known", "3 C"), ("in Germany", "known", "4 cO"),
        ("the Huawei", "known", "3 company"),
        ("Qwfpgj", "known", "0"), ("in Seoul", "norm", "seoul"), ("No 27", "norm", "00"), ("in Seoul", "prefix", "seo"),
        ("in Seoul", "suffix", "oul"), ("in Seoul", "shape", "Xxxx 5"), ("in Seoul", "case", "mixed Aa"),
        ("in seoul", "case", "lower a"),
        ("IN SEOUL", "case", "upper A"),
    ],
)  # fmt: skip
def test_the_last_word_of_a_text(features: TokenFeatures, text: str, column: str, value: str) -> None:
    found = features([spacy.blank("en")(text)])
    assert found.keys[found.row[-1], COLUMNS.index(column)] == get_string_id(f"{column}={value}")


def test_tokens_that_look_alike_share_a_row(features: TokenFeatures) -> None:
    nlp = spacy.blank("en")
    found = features([nlp("Rome or Rome"), nlp("rome"), nlp("")])
    assert found.lengths == (3, 1, 0)
    assert found.keys.shape == (3, len(COLUMNS))
    assert found.vectors.shape == (3, 1)
    assert found.row[0] == found.row[2] != found.row[1]
