"""Comments that argue about no rank: which of our own are taken, and a set that is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from commentlens.errors import SourceError
from commentlens.training.own_comments import read_own_moods
from commentlens.training.unargued import SET, unargued

LINES = """\
Best Towns | Graz | Graz=pos | the baker knows all of us
Best Towns | Graz | Graz=neg | far too low, should be on top
- | - | Graz=pos | sunny squares
"""


def own(tmp_path: Path) -> Path:
    """A file of our own comments: one under an entry, one that speaks of ranks, one under nothing."""
    path = tmp_path / "own.txt"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_what_argues_about_nothing(nlp: Language, tmp_path: Path) -> None:
    """Our own under an entry and without a word about ranks, and the set's under invented entries; twice the same."""
    path = tmp_path / f"{SET}.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("".join(json.dumps({"text": f"cup number {n}"}) + "\n" for n in "abcd"), encoding="utf-8")
    moods = read_own_moods([own(tmp_path)])
    found = list(unargued(moods, tmp_path, nlp))
    assert [item.label for item in found] == ["none"] * 5
    assert [item.listed for item in found] == [1, 1, 2, 3, 4]
    assert [item.topic.negative for item in found] == [False, True, False, False, True]
    again = [[s.keys for s in item.topic.sentences] for item in unargued(moods, tmp_path, nlp)]
    assert [[s.keys for s in item.topic.sentences] for item in found] == again


def test_a_missing_set(nlp: Language, tmp_path: Path) -> None:
    """Named, with what belongs there."""
    with pytest.raises(SourceError, match=rf"{SET}\.jsonl: cannot be read .* Give the folder that holds {SET}"):
        list(unargued(read_own_moods([own(tmp_path)]), tmp_path, nlp))
