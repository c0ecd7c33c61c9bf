"""Training of moods under an aspect, on a few sentences made up for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from commentlens.components.aspect_mood import AspectMood
from commentlens.components.mood_figures import seen_from
from commentlens.components.valence import Valence
from commentlens.errors import SourceError
from commentlens.training.aspect_mood import announcing, fit_aspects, opinions
from commentlens.training.mood_rows import MoodRow, masked_rows, read_masked, sentihood_rows

VALENCE = Valence.load()
GOOD, BAD = ("lovely", "great", "superb", "nice", "fine"), ("awful", "horrible", "bad", "nasty", "grim")
NOUNS = {"price": "rents", "dining": "pubs"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of labelled sets: each noun with each word, and one sentence that stands in dev as well."""
    rows = []
    for aspect, noun in NOUNS.items():
        for label, words in (("positive", GOOD), ("negative", BAD)):
            rows += [(f"LOCATION1 has {word} {noun}", label, {aspect: label}) for word in words]
    rows += [("LOCATION1 has rents", "none", {}), ("LOCATION1 has odd pubs", "mixed", {"dining": "mixed"})]
    kept = [("LOCATION1 has kept pubs", "positive", {"dining": "positive"})]
    (tmp_path / "sentihood").mkdir()
    for part, held in (("train", rows + kept), ("dev", kept)):
        lines = [
            json.dumps({"text": text, "target": "LOCATION1", "label": label, "aspects": aspects})
            for text, label, aspects in held
        ]
        (tmp_path / "sentihood" / f"{part}.overall.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def rows_of(folder: Path) -> Iterator[MoodRow]:
    """Its rows, without those spliced and those of dev."""
    found = sentihood_rows(folder, VALENCE, ["LOCATION1 has kept pubs"])
    return (row for row in found if row.source == "sentihood")


def test_same_files_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Trained twice and saved twice."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        fit_aspects(rows_of(folder))[0].save(tmp_path / name)
    for name in ("aspects.json", "aspects.npz"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_what_is_learnt(folder: Path) -> None:
    """Good and bad by their words; the share right is one of its 20 opinions; nothing of dev is known."""
    model, right = fit_aspects(rows_of(folder))
    assert 0.5 < right <= 1.0
    assert right * 20 == pytest.approx(round(right * 20))
    good, bad = (
        seen_from(*read_masked(f"LOCATION1 has {word} rents", VALENCE), "LOCATION1") for word in GOOD[:1] + BAD[:1]
    )
    assert model.read(*good, "price") > 0.6 > 0.4 > model.read(*bad, "price")
    assert model.weights.shape == (len(model.features),)
    assert not any("kept" in name for name in model.features)


def test_what_announces_an_aspect(folder: Path) -> None:
    """Its noun, alone and as a pair; not the other's, no place, no word that stands with both."""
    tables = announcing(rows_of(folder))
    assert sorted(tables) == ["dining", "price"]
    assert {"pubs"} <= tables["dining"].keys()
    assert not {"rents", "has", "<T>", "<T>_has"} & tables["dining"].keys()
    assert {"rents"} <= tables["price"].keys()


def test_opinions(folder: Path) -> None:
    """An aspect of two minds is none."""
    asked = opinions(rows_of(folder))
    assert len(asked) == 20
    assert {(item.aspect, item.answer) for item in asked} == {(a, n) for a in NOUNS for n in (0, 1)}


def test_rows_without_opinions() -> None:
    """Said, not trained."""
    rows = list(masked_rows("LOCATION1 is fine", {"LOCATION1": "pos"}, VALENCE))
    assert len(rows) == 1
    with pytest.raises(SourceError, match="No moods by aspect: the rows must feel pos"):
        fit_aspects(rows)


def test_a_missing_set(tmp_path: Path) -> None:
    """Named, with what belongs there."""
    with pytest.raises(SourceError, match=r"train\.overall\.jsonl: cannot be read as a labelled set"):
        list(rows_of(tmp_path))


def test_the_shipped_model_knows_no_masks() -> None:
    """Places are masked in what was learnt."""
    assert not any("location1" in name or "location2" in name for name in AspectMood.load().features)
