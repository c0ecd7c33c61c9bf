"""The steps of a mood in words, compared with a snapshot; ``COMMENTLENS_WRITE_SNAPSHOTS=1`` writes it anew."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console
from test_views import on_terminal, same_as_snapshot

from commentlens.render.explain_terminal import explain_view
from commentlens.render.why_terminal import mood_steps

TEXT = "Lovely quays, but so hi-tech :) it hurts! Is it safe? Bergen should be lower, it is worse than Turku."
MOODS: list[dict[str, Any]] = [
    {
        "target": "Turku",
        "label": "pos",
        "score": 0.412,
        "implied": True,
        "evidence": [[0, 6], [21, 28]],
        "trace": [
            {
                "step": "clause",
                "span": [0, 13],
                "targets": ["Turku"],
                "words": [{"start": 0, "end": 6, "text": "lovely", "valence": 2.8}],
                "weight": 0.45,
                "contrast": 0.5,
                "damping": 0.9,
            },
            {
                "step": "clause",
                "span": [14, 41],
                "targets": ["Turku"],
                "words": [
                    {"start": 29, "end": 31, "text": ":)", "valence": 2.0},
                    {"start": 35, "end": 40, "text": "hurts", "valence": -2.1},
                    {"start": 21, "end": 28, "text": "what the list is about", "valence": 1.5},
                ],
                "weight": 1.35,
                "contrast": 1.5,
                "damping": 0.9,
                "emphasis": 0.292,
            },
            {"step": "left out", "span": [42, 53], "why": "only asks"},
            {
                "step": "classifier",
                "shares": {"pos": 0.6, "neg": 0.188, "neu": 0.212},
                "rules": {"label": "neu", "score": 0.1},
                "reasons": [["“lovely”", 1.04], ["“lovely quays”", 0.6], ["rules: score", -0.21]],
            },
        ],
    },
    {
        "target": "Bergen",
        "label": "neg",
        "score": -0.6,
        "implied": False,
        "evidence": [[54, 77]],
        "trace": [
            {"step": "claim", "span": [54, 77], "rule": "should-be-lower", "push": -0.6},
            {"step": "comparison", "span": [78, 101], "rule": "comparative-than", "push": -0.5},
            {"step": "another", "taste": "salt"},
        ],
    },
    {"target": "Oslo", "label": "neu", "score": 0.0, "implied": False, "evidence": [], "trace": []},
]


def test_moods_with_their_steps_on_a_terminal() -> None:
    """Fit in eighty columns; a step that is not known is shown as it stands."""
    explained = {"text": TEXT, "moods": MOODS}
    same_as_snapshot("explain-moods-80.txt", on_terminal(lambda _: explain_view(explained), 80))


@pytest.mark.parametrize(
    ("label", "rules", "said"),
    [("pos", "pos", "by the rules pos +0.10"), ("neg", "pos", "changes pos +0.10 by the rules")],
)
def test_a_changed_label_is_told(label: str, rules: str, said: str) -> None:
    """Where the classifier was of another mind than the rules."""
    step = {
        "step": "classifier",
        "shares": {"pos": 0.5, "neg": 0.3, "neu": 0.2},
        "rules": {"label": rules, "score": 0.1},
    }
    file = io.StringIO()
    console = Console(file=file, width=100)
    for part in mood_steps({"label": label, "trace": [step]}, "", 0):
        console.print(part)
    assert file.getvalue().rstrip() == f"classifier pos 50%, neg 30%, neu 20%; {said}"
