"""Sources to one stream: which list a comment belongs to, what is said on the way, how many are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentlens.annotate import AnnotateOptions
from commentlens.corpus.reading import Columns
from commentlens.errors import NoCommentsError, SourceError
from commentlens.sources import CommentStream, Notes, SourceSettings

RULES_ALONE = AnnotateOptions(rules_only=True, mood_model="rules", cache=False)
RECORD = (
    '{"schema": "commentlens/1", "id": "a1", "list": "Best Harbours", "entry": {"name": "Oslo", "rank": 1}, '
    '"text": "Fine harbour"}\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A table, an annotated file, and one with nothing in it."""
    (tmp_path / "ports.csv").write_text(
        "text,entry,rank,colour\nLovely,Genoa,2,red\nDull,Turku,3,blue\n", encoding="utf-8"
    )
    (tmp_path / "ready.jsonl").write_text(RECORD, encoding="utf-8")
    (tmp_path / "void.txt").write_text("\n \n", encoding="utf-8")
    return tmp_path


def stream(folder: Path, *names: str, settings: SourceSettings | None = None, said: list[str] | None = None,
           prefix: str = "") -> CommentStream:  # fmt: skip
    """A stream over files of the folder, with its notes in ``said``."""
    notes = Notes(say=(said if said is not None else []).append, option_prefix=prefix)
    return CommentStream([str(folder / name) for name in names], settings, notes)


def test_each_comment_comes_with_its_list(folder: Path) -> None:
    """Annotated here or elsewhere, in the order of the sources; the comment as it was read only where it was."""
    opened = stream(folder, "ports.csv", "ready.jsonl")
    read: list[str | None] = []
    found = list(opened.with_lists(RULES_ALONE, lambda _, comment: read.append(comment.text if comment else None)))

    assert [(comment.text, list_id) for comment, list_id in found] == [
        ("Lovely", "ports"),
        ("Dull", "ports"),
        ("Fine harbour", "best-harbours"),
    ]
    assert read == ["Lovely", "Dull", None]
    assert [item.id for item in opened.lists] == ["ports", "best-harbours"]


@pytest.mark.parametrize(("prefix", "option"), [("", "title"), ("--", "--title")])
def test_what_there_is_to_say_goes_to_the_caller(folder: Path, prefix: str, option: str) -> None:
    """Skipped sources, columns nobody uses, and options without effect, called as the user writes them."""
    said: list[str] = []
    settings = SourceSettings(title="Ports")
    opened = stream(folder, "void.txt", "ports.csv", "ready.jsonl", settings=settings, said=said, prefix=prefix)
    assert sum(1 for _ in opened.annotated(RULES_ALONE)) == 3

    assert said[0].startswith("skipped: ")
    assert said[0].endswith("void.txt is empty: it holds nothing but white space.")
    assert f"{folder / 'ports.csv'}: columns not used: colour" in said
    assert f"{option} has no effect on {folder / 'ready.jsonl'}: it is annotated already" in said


@pytest.mark.parametrize(
    ("limit", "texts"), [(1, ["Lovely"]), (2, ["Lovely", "Dull"]), (None, ["Lovely", "Dull", "Fine harbour"])]
)
def test_the_limit_counts_over_all_sources(folder: Path, limit: int | None, texts: list[str]) -> None:
    """And a source behind it is not opened."""
    opened = stream(folder, "ports.csv", "ready.jsonl", settings=SourceSettings(limit=limit))

    assert [comment.text for comment in opened.annotated(RULES_ALONE)] == texts
    assert [item.id for item in opened.lists] == ["ports", "best-harbours"][: 1 if limit else 2]


def test_no_sources_are_the_page_that_ships() -> None:
    """One list, with all its comments."""
    opened = CommentStream(settings=SourceSettings(limit=3))

    assert [len(list(reading.comments)) for reading in opened.readings()] == [3]
    assert [item.id for item in opened.lists] == ["high-tech-cities"]


def test_sources_without_a_comment_are_an_error(folder: Path) -> None:
    """All empty; a column that is not there; rows of which none can be used."""
    with pytest.raises(SourceError, match="white space"):
        list(stream(folder, "void.txt").readings())
    with pytest.raises(SourceError, match='no column "words"'):
        list(stream(folder, "ports.csv", settings=SourceSettings(columns=Columns(text="words"))).readings())
    (folder / "broken.jsonl").write_text(RECORD.replace('"Fine harbour"', "5"), encoding="utf-8")
    with pytest.raises(NoCommentsError, match=r"no comment could be used\. .*broken\.jsonl, line 1"):
        list(stream(folder, "broken.jsonl").annotated(RULES_ALONE))
