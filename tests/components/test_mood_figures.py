"""The rules' figures about a target, and when the classifier is not asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentlens.components.mood import make_mood
from commentlens.components.mood_figures import figures
from commentlens.components.mood_views import Seen
from commentlens.errors import ModelError
from commentlens.pipeline import build_nlp


def test_figures() -> None:
    """Sums by where words stand from the target; what others feel is told apart; zeros are left out."""
    seen = Seen(
        ("<T>", "calm", "but", "<O>", "loud"), ("",) * 5, (0.0, 2.0, 0.0, 0.0, -3.0), (True, True, True, False, False)
    )
    moods = [
        {"target": "Rome", "label": "pos", "score": 0.5, "implied": False, "trace": [{"step": "claim", "push": 0.5}]},
        {"target": "Oslo", "label": "neg", "score": -0.4, "implied": False, "trace": []},
    ]
    found = figures(seen, "Rome", moods, listed=True, negative=False)
    expected = {
        "two": 1.0, "listed": 1.0, "score": 0.5, "rules pos": 1.0, "claim +": 1.0, "other neg": 1.0,
        "other score": -0.4, "sum own +": 1.0, "sum other near -": 1.5, "sum all +": 1.0, "holds but": 1.0,
        "opens": 1.0, "named": 1.0, "length": 0.1,
    }  # fmt: skip
    assert {name: found.get(name) for name in expected} == pytest.approx(expected)
    assert not found.keys() & {"negative", "implied", "score -", "sum own -", "stands at", "closes"}


@pytest.mark.parametrize("model", ["", "Classifier", "rule"])
def test_another_model(model: str) -> None:
    """Named, with what it may be."""
    with pytest.raises(ModelError, match=r"mood model: got .*; it is classifier or rules\."):
        make_mood(build_nlp(mood_model="rules"), "mood", model, None, None)


def test_a_folder_without_a_classifier(tmp_path: Path) -> None:
    """Named, with how to go on without."""
    with pytest.raises(ModelError, match=r"no mood classifier .* or leave it out: --mood-model rules"):
        make_mood(build_nlp(mood_model="rules"), "mood", "classifier", str(tmp_path), None)
