"""Linear classifiers: what they say is what scikit-learn says, from a file that holds no code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from commentlens.components.linear_model import LinearModel
from commentlens.errors import ModelError
from commentlens.shipped import shipped

SMALL = LinearModel(["cheap", "dear"], ["NO", "YES"], np.array([[-1.0, 1.0], [2.0, -2.0]]), np.array([0.5, -0.5]))


def test_probabilities() -> None:
    """By hand: scores 0.5 - 1 and -0.5 + 1, so e^0.5 / (e^-0.5 + e^0.5) for YES."""
    assert SMALL.probabilities({"cheap": 1.0, "unheard of": 9.0}) == pytest.approx({"NO": 0.2689414, "YES": 0.7310586})
    assert SMALL.probabilities({}) == pytest.approx({"NO": 0.7310586, "YES": 0.2689414})


def test_reasons() -> None:
    """What each feature adds, the strongest first."""
    assert SMALL.reasons({"cheap": 1.0, "dear": 0.25, "x": 1.0}, "YES") == [("cheap", 1.0), ("dear", -0.5)]


def test_it_comes_back_from_its_file(tmp_path: Path) -> None:
    """The same bytes, the same answers."""
    SMALL.to_file(tmp_path / "a.json")
    again = LinearModel.from_file(tmp_path / "a.json")
    again.to_file(tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert again.probabilities({"dear": 2.0}) == SMALL.probabilities({"dear": 2.0})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"labels": ["a"], "intercepts": [0], "weights": {"f": [1, 2]}}'])
def test_a_file_that_is_none(text: str, tmp_path: Path) -> None:
    """Named, with what to do."""
    (tmp_path / "m.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"m\.json: this is no classifier .* commentlens train second-reader"):
        LinearModel.from_file(tmp_path / "m.json")


@pytest.mark.parametrize("name", ["order", "argues"])
def test_scikit_learn_says_the_same(name: str) -> None:
    """The shipped weights, given to the class that they were trained with."""
    model = LinearModel.from_file(shipped("models", "second_reader", f"{name}.json"))
    trained = LogisticRegression()
    trained.classes_ = np.array(model.labels)
    trained.coef_, trained.intercept_ = model.weights.T, model.intercepts
    rows = np.random.default_rng(5).integers(0, 2, size=(20, len(model.features))).astype(float)
    said = trained.predict_proba(rows)
    for row, expected in zip(rows, said, strict=True):
        features = {feature: value for feature, value in zip(model.features, row, strict=True) if value}
        assert list(model.probabilities(features).values()) == pytest.approx(list(expected), abs=1e-9)
