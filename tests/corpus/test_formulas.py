"""What a spreadsheet would run is defused in our CSV files, and whole again when they are read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.corpus.formulas import defused, is_defused, undefused
from commentlens.corpus.read import read_source
from commentlens.records import AnnotatedComment
from commentlens.render.export_csv import CSV_COLUMNS, write_csv

TEXTS = [
    "=1+1 best port",
    "-5 for Bari",
    "@tourists: no",
    "+1",
    "'=quoted",
    "'tis lovely",
    "  =SUM(A1)",
    "plain",
    "''+",
]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  @home", "'  @home"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_only_what_begins_like_a_formula_is_defused(text: str, written: str) -> None:
    """An apostrophe of the writer's own stays theirs."""
    assert (defused(text), undefused(written)) == (written, text)


@given(st.text(alphabet="=+-@ '\ta\n", max_size=6))
def test_nothing_is_lost(text: str) -> None:
    """Whatever it begins with."""
    assert undefused(str(defused(text))) == text


def texts_of(path: Path) -> list[str]:
    """The texts of a source."""
    return [comment.text for comment in read_source(str(path)).comments]


def test_an_export_is_read_back_as_it_was(tmp_path: Path) -> None:
    """But for blanks at the ends, which every source loses."""
    path = tmp_path / "own.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv((AnnotatedComment(id=f"c{n}", text=text) for n, text in enumerate(TEXTS)), file)

    assert texts_of(path) == [text.strip() for text in TEXTS]


def test_the_apostrophes_of_others_stay(tmp_path: Path) -> None:
    """A table that we did not write says what it says."""
    path = tmp_path / "poll.csv"
    path.write_text("id,text,cities\n1,'=1+1 best,Bari\n2,'-5,Bari\n", "utf-8")

    assert texts_of(path) == ["'=1+1 best", "'-5"]
    assert is_defused(CSV_COLUMNS)
    assert not is_defused(["id", "text", "cities"])
