"""Features of what a comment says about its entry's rank, each with its near-misses."""

from __future__ import annotations

import pytest

from commentlens.components.argue_features import argue_features, denies_better
from commentlens.components.examples import topic_of
from commentlens.knowledge.rules import Example


def features(text: str, listed: int | None = 9) -> set[str]:
    """Names of the features of a comment under Rome."""
    return set(argue_features(topic_of(Example(text=text, entry="Rome", rank=listed or 9), "city"), listed))


@pytest.mark.parametrize(
    ("text", "held", "missing"),
    [
        ("[Rome] is lovely", "@entry", "rome"),
        ("[Oslo] is lovely", "@other", "oslo"),
        ("why so low?", "ends ? low", "ends ?  high"),
        ("On top of that, lovely", "_", "top of"),
        ("not lovely", "not lovely", "lovely"),
        ("quite lovely", "lovely", "not lovely"),
    ],
)
def test_features(text: str, held: str, missing: str) -> None:
    """One that is there and one that is not."""
    assert held in features(text)
    assert missing not in features(text)


@pytest.mark.parametrize(
    ("listed", "name", "half"),
    [(1, "first", "high"), (3, "podium", "high"), (6, "upper", "low"), (21, "beyond", "low")],
)
def test_how_high_it_is_listed(listed: int, name: str, half: str) -> None:
    """By steps; outrage counts with the half of the list."""
    assert {f"listed {name}", f"ends ! {half}"} <= features("what!", listed)
    assert not any(feature.startswith("listed") for feature in features("what!", None))


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("I don't think it is the 1st", True),
        ("I think it is the 1st", False),
        ("I don't think it is the 12th", False),
        ("How is it not 1st", False),
        ("Is it not the 1st?", False),
        ("not lovely", False),
    ],
)
def test_denies_better(text: str, denied: bool) -> None:
    """A better rank denied asks for none; one denied in wonder, a worse one or a question does."""
    assert denies_better(topic_of(Example(text=text, entry="Rome", rank=9), "city"), 9) is denied
