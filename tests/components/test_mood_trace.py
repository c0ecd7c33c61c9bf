"""What the trace of a mood says: adjustments by name, what was left out and why, what weighed with the classifier."""

from __future__ import annotations

import math
from typing import Any

import pytest
from marked import Dicts, moods
from spacy.language import Language

from commentlens.components.mood_rules import ABOUT_THE_LIST, ASKS, BEATEN, DECIDED
from commentlens.pipeline import pipe
from commentlens.records import Comment

OTHERS = {"Oslo": 3, "Lima": 12}
WORDS_OF_FILLER = 6 * 14


def steps(text: str, target: str = "Rome", **under: Any) -> Dicts:
    """The trace of one target, under Rome at 7."""
    found = moods(text, "Rome", 7, **{"others": OTHERS, **under})
    (wanted,) = [mood for mood in found if mood["target"] == target]
    trace: Dicts = wanted["trace"]
    return trace


@pytest.mark.parametrize(
    ("text", "target", "left_out"),
    [
        ("Is it lovely there?", "Rome", [("Is it lovely there?", ASKS)]),
        ("How great is it?", "Rome", []),
        ("It is lovely there", "Rome", []),
        ("This list is rubbish.", "Rome", [("This list is rubbish.", ABOUT_THE_LIST)]),
        ("The trams are rubbish.", "Rome", []),
        ("[Oslo] is better than [Lima]", "Oslo", [("Oslo is better than Lima", DECIDED)]),
        ("[Oslo] is lovely", "Oslo", []),
        ("[Oslo] beats [Lima], great trams", "Lima", [("Oslo beats Lima, great trams", BEATEN)]),
    ],
)
def test_what_is_left_out_stands_there_with_its_reason(text: str, target: str, left_out: list[tuple[str, str]]) -> None:
    """By its characters; what is felt, or has no word to feel, is not left out."""
    plain = text.replace("[", "").replace("]", "")
    found = [(plain[slice(*step["span"])], step["why"]) for step in steps(text, target) if step["step"] == "left out"]
    assert found == left_out


@pytest.mark.parametrize(
    ("text", "adjusted"),
    [
        ("Great food", [{}]),
        ("Great food!", [{"emphasis": 0.292}]),
        ("Ugly streets!!", [{"emphasis": -0.584}]),
        ("I love the food but the streets are ugly", [{"contrast": 0.5}, {"contrast": 1.5}]),
    ],
)
def test_adjustments_have_names(text: str, adjusted: list[dict[str, float]]) -> None:
    """Only those that changed something."""
    names = ("contrast", "damping", "emphasis")
    assert [{name: step[name] for name in names if name in step} for step in steps(text)] == adjusted


def test_the_weight_is_contrast_times_damping() -> None:
    """In a long comment both act."""
    filler = "we took a train to a town and then a bus to a hill. " * 6
    first, second = steps(f"I love the food but the streets are ugly. {filler}")
    damping = 1 / math.sqrt((9 + WORDS_OF_FILLER) / 40)
    assert first["damping"] == second["damping"] == round(damping, 4)
    assert (first["weight"], second["weight"]) == (round(0.5 * damping, 4), round(1.5 * damping, 4))


def test_reasons_are_worked_out_on_demand(nlp: Language) -> None:
    """Heaviest first, for the label that came out; everything else is the same, and the Doc is left as it was."""
    ((_, doc),) = pipe(nlp, [Comment(id="1", text="Oslo has lovely parks and friendly people")])
    component: Any = nlp.get_pipe("commentlens_mood")
    before = [dict(mood) for mood in doc._.commentlens_moods]

    (explained,) = component.find(doc, reasons=True)

    step = explained["trace"][-1]
    reasons = step.pop("reasons")
    assert [explained] == before == doc._.commentlens_moods
    assert step["step"] == "classifier"
    weights = [abs(weight) for _, weight in reasons]
    assert 0 < len(weights) <= 8
    assert weights == sorted(weights, reverse=True)
    assert all(isinstance(name, str) for name, _ in reasons)
