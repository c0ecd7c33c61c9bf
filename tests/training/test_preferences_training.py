"""Training of the readers of preferences: on a few comments, the same bytes twice; what people corrected counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commentlens.components.preferences import EQUAL, FIRST, NONE, SECOND, PreferenceReader
from commentlens.errors import SourceError
from commentlens.training import preferences
from commentlens.training.gold import Gold

COMPARED = """\
Best Towns | Graz | Graz > Cork | Cork is dirty, lovely trams here
Best Towns | Graz | Cork > Graz | dirty and dear. Cork is lovely
Best Towns | Graz | - | we drove from Cork
Best Towns | Cork | Cork = Graz | Graz is the same
"""
WHOLE = """\
Best Towns | Cork | 2 | none | - | Cork=neg, Graz=pos | Graz > Cork | rude. Graz is lovely
Best Towns | Cork | 2 | low | - | Cork=pos, Graz=neg | Cork > Graz | lovely! Graz is dirty
"""
PAGE = {
    "id": "1",
    "list": "Best Towns",
    "entry": {"name": "Graz", "rank": 1},
    "text": "Graz over Cork",
    "comparisons": [{"better": "Graz", "worse": "Cork", "relation": "better"}],
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A few comments of each kind in place of those that ship."""
    noisy = WHOLE.replace("rude", "noisy")
    for folder, text in (
        ("comparisons", COMPARED),
        ("whole", WHOLE),
        ("preferences", noisy),
        ("voters", WHOLE),
        ("debates", ""),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "some.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(preferences, "DATA", tmp_path)
    # Ten folds want ten comments of each label.
    monkeypatch.setattr(preferences, "share_right", lambda *_: 0.75)
    return tmp_path


def test_training(data: Path, tmp_path: Path) -> None:
    """Every pair of targets counts, by what was written beside the comment, and two runs give the same bytes."""
    page = data / "page.gold.jsonl"
    page.write_text(json.dumps(PAGE) + "\n", encoding="utf-8")
    for name in ("one", "two"):
        preferences.train_preferences([page], tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == ["README.md", "implied.json", "meta.json", "stated.json"]
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    meta = json.loads((tmp_path / "one" / "meta.json").read_text(encoding="utf-8"))
    assert meta["pairs"] == {
        "stated": {FIRST: 2, SECOND: 1},
        "implied": {EQUAL: 1, FIRST: 5, NONE: 1, SECOND: 4},
    }
    assert set(meta["sha256"]) == {
        "comparisons/some.txt",
        "debates/some.txt",
        "preferences/some.txt",
        "voters/some.txt",
        "whole/some.txt",
        f"{data.name}/page.gold.jsonl",
    }
    assert set(PreferenceReader.load(tmp_path / "one").model.labels) == {FIRST, SECOND}
    assert set(PreferenceReader.load(tmp_path / "one", implied=True).model.labels) == {EQUAL, FIRST, NONE, SECOND}


def test_corrected_comments_count(data: Path, tmp_path: Path) -> None:
    """As pairs more, with the file's checksum beside the others."""
    corrected = data / "corrected.jsonl"
    corrected.write_text(json.dumps({"schema": "commentlens/1", **PAGE}) + "\n", encoding="utf-8")
    preferences.train_preferences([], tmp_path / "out", Gold.read([corrected]))
    meta = json.loads((tmp_path / "out" / "meta.json").read_text(encoding="utf-8"))
    assert meta["pairs"]["stated"] == {FIRST: 2, SECOND: 1}
    assert "gold/corrected.jsonl" in meta["sha256"]


def test_a_page_that_is_none(data: Path, tmp_path: Path) -> None:
    """Named."""
    page = data / "page.jsonl"
    page.write_text("Graz\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"page\.jsonl: no annotated page"):
        preferences.train_preferences([page], tmp_path / "out")
