"""The mood under an aspect: where a comment speaks of it, what the model that ships says, what a broken one is told."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from commentlens.components.aspect_mood import AspectMood, aspect_features, stretches
from commentlens.components.mood_figures import Figures, seen_from
from commentlens.components.mood_views import Seen
from commentlens.components.valence import Valence
from commentlens.errors import ModelError
from commentlens.training.mood_rows import read_masked

VALENCE = Valence.load()
SHIPPED = AspectMood.load()
TABLES = {"price": {"rent": 3.0, "to_pay": 2.0}, "safety": {"crime": 3.0}}


def given(text: str, place: str = "LOCATION1") -> tuple[Seen, Figures]:
    """A sentence as the model sees it from one of its places."""
    return seen_from(*read_masked(text, VALENCE), place)


@pytest.mark.parametrize(
    ("text", "place", "aspect", "good"),
    [
        ("LOCATION1 is very safe but rather expensive", "LOCATION1", "safety", True),
        ("LOCATION1 is very safe but rather expensive", "LOCATION1", "price", False),
        ("LOCATION1 is cheap but there is a lot of crime", "LOCATION1", "price", True),
        pytest.param(
            "LOCATION1 is cheap but there is a lot of crime",
            "LOCATION1",
            "safety",
            False,
            marks=pytest.mark.xfail(reason="a share of .56: what is blamed only by naming it is weighed too little"),
        ),
        ("LOCATION1 is cheap, LOCATION2 is expensive", "LOCATION1", "price", True),
        ("LOCATION1 is cheap, LOCATION2 is expensive", "LOCATION2", "price", False),
        ("The nightlife in LOCATION1 is fantastic, rents are a rip-off", "LOCATION1", "nightlife", True),
        ("The nightlife in LOCATION1 is fantastic, rents are a rip-off", "LOCATION1", "price", False),
        ("LOCATION1 is not safe at all", "LOCATION1", "safety", False),
        ("LOCATION1 is not expensive", "LOCATION1", "price", True),
        ("Great restaurants in LOCATION1, awful transport though", "LOCATION1", "dining", True),
        ("Great restaurants in LOCATION1, awful transport though", "LOCATION1", "transit-location", False),
    ],
)
def test_moods_by_aspect(text: str, place: str, aspect: str, good: bool) -> None:
    """The same sentence may be good under one aspect and bad under another."""
    assert (SHIPPED.read(*given(text, place), aspect) > 0.5) is good


@pytest.mark.parametrize(
    ("words", "own", "aspect", "inside"),
    [
        # What announces it, alone or as a pair, to the next cut.
        ("rent fine , crime high", "11111", "price", "11000"),
        ("rent fine , crime high", "11111", "safety", "00111"),
        ("much to pay , fun", "11111", "price", "11100"),
        # A pair is no pair with a word between.
        ("to all pay , crime", "11111", "price", "11100"),
        ("crime fine , to all", "11111", "price", "00111"),
        # Nothing announces it: what announces no other; where all does, everything.
        ("so nice , crime high", "11111", "price", "11000"),
        ("crime high", "11", "price", "11"),
        # In another place's clause it counts half, and yields to another aspect in the same stretch.
        ("rent crime , rent", "1111", "price", "1111"),
        ("crime rent , so rent", "00111", "price", "00011"),
    ],
)
def test_stretches(words: str, own: str, aspect: str, inside: str) -> None:
    """1 where a unit stands in a stretch that speaks of the aspect."""
    units = tuple(words.split())
    seen = Seen(units, units, (0.0,) * len(units), tuple(mark == "1" for mark in own))
    found = stretches(seen, aspect, TABLES)
    assert "".join(str(int(value)) for value in found.inside) == inside


def test_features() -> None:
    """Words by where they stand, pairs and valences of the stretch, and the rules' figures."""
    units = ("rent", "good", ",", "crime", "bad")
    seen = Seen(units, units, (0.0, 2.0, 0.0, 0.0, -3.0), (True,) * 5)
    found = aspect_features(seen, {"score": 0.25}, "price", TABLES)
    assert {name: found[name] for name in ("rules score", "sum in +", "sum out -", "stretch")} == {
        "rules score": 0.25,
        "sum in +": 1.0,
        "sum out -": 1.5,
        "stretch": pytest.approx(1 / 3),
    }
    assert found["felt in"] == pytest.approx(2 / math.sqrt(4 + 15), abs=1e-4)
    assert {"in: good", "out: bad", "in: rent_good", "announces: rent", "after: good", "rivals"} <= found.keys()
    assert not {"in: bad", "out: good", "out: crime_bad", "sum in -", "announces: crime"} & found.keys()


def test_the_regression_by_hand() -> None:
    """Log-odds 0.5 + 2 - 1; features without a weight weigh nothing."""
    model = AspectMood(["in: good", "is price"], np.array([2.0, -1.0], dtype=np.float32), 0.5, TABLES)
    seen = Seen(("rent", "good"), ("rent", "good"), (0.0, 0.0), (True, True))
    assert model.read(seen, {}, "price") == pytest.approx(1 / (1 + math.exp(-1.5)))
    assert model.read(seen, {}, "safety") == pytest.approx(1 / (1 + math.exp(-2.5)))


def test_an_aspect_that_is_none() -> None:
    """Named, with what is known."""
    with pytest.raises(ModelError, match=r"aspect 'weather': what is known is dining, general, .*transit-location\."):
        SHIPPED.read(*given("LOCATION1 is fine"), "weather")


def test_it_comes_back_from_its_files(tmp_path: Path) -> None:
    """The same bytes, and they are those that ship."""
    SHIPPED.save(tmp_path)
    again = AspectMood.load(tmp_path)
    assert again.read(*given("LOCATION1 is cheap"), "price") == SHIPPED.read(*given("LOCATION1 is cheap"), "price")
    (tmp_path / "twice").mkdir()
    again.save(tmp_path / "twice")
    for name in ("aspects.json", "aspects.npz"):
        assert (tmp_path / name).read_bytes() == (tmp_path / "twice" / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("aspects.json", b"", "Expecting value"),
        ("aspects.json", b"{}", "'features'"),
        ("aspects.json", b'{"features": ["a"], "announcing": {}}', r"arrays of shapes \(\d+,\) and \(\d+,\)"),
        ("aspects.npz", b"none", ""),
        ("aspects.npz", None, "No such file"),
    ],
)
def test_a_broken_model(name: str, content: bytes | None, why: str, tmp_path: Path) -> None:
    """Where, what is wrong, and what to do."""
    SHIPPED.save(tmp_path)
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError, match=rf"no moods by aspect \(.*{why}.*commentlens train mood"):
        AspectMood.load(tmp_path)


def test_nothing_in_the_files_is_code() -> None:
    """Names are strings, arrays are numbers of the shapes that the names tell."""
    assert all(isinstance(name, str) for name in SHIPPED.features)
    assert SHIPPED.weights.shape == (len(SHIPPED.features),)
    assert len(SHIPPED.aspects) == 12
    assert json.dumps(SHIPPED.aspects)
