"""Finding sources, seeing what they are, and refusing them in one clear line."""

from __future__ import annotations

import gc
import io
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from commentlens.corpus import expand_sources, read_source
from commentlens.corpus.html import html_page
from commentlens.corpus.page import read_page
from commentlens.errors import CommentlensError, NoCommentsError, SourceError
from commentlens.storage import location

WORDS = st.sampled_from("trains coffee rivers noise people towers nothing everything slow old lovely bridges".split())
NAMES = st.lists(
    st.sampled_from("Oslo Rome Lima Quito Tunis Perth Delft Ghent Turku Minsk Osaka Davao".split()),
    min_size=2, max_size=9, unique=True,
)  # fmt: skip


@st.composite
def ranked_pages(draw: st.DrawFn) -> tuple[str, list[str], list[tuple[str, str]]]:
    """A page, its names from rank 1, and its comments with the name that they stand under."""
    names = draw(NAMES)
    style = draw(st.sampled_from(["{} {}", "{}. {}", "{}) {}", "#{} {}"]))
    first = draw(st.sampled_from([1, 1, 1, 21]))
    parts = ["Best Places to Live", "The Top Ten"]
    said: list[tuple[str, str]] = []
    for rank, name in enumerate(names, first):
        blurb = draw(st.sampled_from(["", f" {name}, officially {name} City, is a city"]))
        parts.append(style.format(rank, name) + blurb)
        for _ in range(draw(st.integers(0, 3))):
            words = " ".join(draw(st.lists(WORDS, min_size=2, max_size=8)))
            number = draw(st.sampled_from(["", "", f"{draw(st.integers(2, 30))} "]))
            comment = f"the {words}" if not number else number + words
            said.append((name, comment))
            parts.append(comment)
    if not said:
        said.append((names[-1], "not bad"))
        parts.append("not bad")
    return "\n\n".join(parts) + "\n", names, said


@given(ranked_pages())
@example(
    ("Best Places to Live\n\n1 Oslo\n\n2 Rome\n\n3 trains trains\n", ["Oslo", "Rome"], [("Rome", "3 trains trains")])
)
@example(
    (
        "Best Places to Live\n\n1 Oslo\n\n2 Rome\n\n2 trains trains trains\n",
        ["Oslo", "Rome"],
        [("Rome", "2 trains trains trains")],
    )
)
def test_a_page_reads_back(page: tuple[str, list[str], list[tuple[str, str]]]) -> None:
    text, names, said = page
    read = read_page(text, source="page.txt")
    assert read.list is not None
    assert [entry.name for entry in read.list.entries] == names
    assert [(comment.entry and comment.entry.name, comment.text) for comment in read.comments] == said


PAGE_LINES = st.lists(
    st.sampled_from(
        [
            "1 Oslo",
            "2 Rome",
            "? Bonn",
            "The Newcomers",
            "",
            "so so",
            "1. a",
            "- x",
            "7",
            "Related Lists",
            "Top 5",
            "# 1 A",
        ]
    ),
    max_size=25,
).map("\n".join)


@given(st.text(max_size=400) | PAGE_LINES)
def test_any_text_is_read_and_nothing_is_lost(text: str) -> None:
    read = read_page(text, source="x")
    held = len(read.comments) + len(read.set_aside) + (len(read.list.entries) if read.list else 0)
    assert held or not any(char.isalnum() for char in text)


@given(st.text(alphabet="<>/ab1pliodv=\"' &;!-\n", max_size=200))
@example("<ol><li>1<li value=x>2</ol></p></p><b></i>")
@example("<title>")
@example("<![CDATA[<p>x</p>]]><!-- <p>")
def test_any_markup_is_read(text: str) -> None:
    html_page(text)
    read_page(text, source="x", html=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300),
    suffix=st.sampled_from([".txt", ".csv", ".tsv", ".jsonl", ".json", ".html", ".parquet", ""]),
)
@example(data=b'text,a\n"', suffix=".csv")
@example(data=b"0", suffix=".json")
@example(data=b"{}", suffix=".json")
@example(data=b"[[[", suffix=".json")
@example(data=b"PAR1PAR1", suffix=".parquet")
@example(data=b'{"schema": "commentlens/1"}', suffix=".jsonl")
@example(data=b"text\n\xff\xff\n", suffix=".csv")
@example(data=b"text,text\na,b\n", suffix=".csv")
@example(data=b'{"text": "\\ud800"}', suffix=".jsonl")
@example(data=b'{"text": "a", "created": 99999999999999}', suffix=".jsonl")
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"source{suffix}"
    path.write_bytes(data)
    refused = None
    try:
        for comment in read_source(path).comments:
            assert comment.text.encode()
    except CommentlensError as error:
        refused = str(error)
    assert refused is None or str(path) in refused


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.txt", "Best Cars\n\n1 Fiat\n\nfun\n", "page"),
        ("a", "Best Cars\n\n1 Fiat\n\nfun\n", "page"),
        ("a.txt", "Great phone.\n\nLasts long - kim_8\n", "text"),
        ("a.txt", "<!DOCTYPE html><h2>1 Fiat</h2><p>fun</p>", "html"),
        ("a", "  <html><body><h2>1 Fiat</h2><p>fun</p>", "html"),
        ("a.txt", "city,rank,comment\nOslo,1,fun\n", "csv"),
        ("a", "city\trank\tcomment\nOslo\t1\tfun\n", "tsv"),
        ("a.txt", "Trains, trams, comment\n", "csv"),
        ("a.txt", '{"text": "fun"}\n', "jsonl"),
        ("a", '[\n {"text": "fun"}\n]', "json"),
        ("a.json", '{"text": "fun"}', "json"),
    ],
)
def test_what_a_source_is_shows_in_its_content(tmp_path: Path, name: str, text: str, format: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    if text == "Trains, trams, comment\n":
        with pytest.raises(NoCommentsError):
            read_source(path)
        return
    assert read_source(path).format == format


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty: it holds nothing but white space"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "is not text"),
        (b"\xff\xfea", "is not utf-16"),
        (b"Best Cars\n\n1 Fiat\n2 Volvo\n3 Seat\n", "holds no comments: found 3 entries"),
    ],
)
def test_refused_sources_say_why(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_source(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.txt does not exist"):
        read_source(tmp_path / "nowhere.txt")
    with pytest.raises(SourceError, match="is a folder"):
        read_source(tmp_path)


def test_sources_expand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.txt", "a.csv", "c.png", "d [1].txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "e.txt").write_text("x")
    folder = str(tmp_path)
    a, b, d = (location(tmp_path / name) for name in ("a.csv", "b.txt", "d [1].txt"))
    assert expand_sources([folder]) == expand_sources([f"file://{folder}"]) == [a, b, d]
    assert expand_sources([f"{folder}/*.txt", f"{folder}/b.txt", "-"]) == [b, d, "-"]
    assert expand_sources([f"{folder}/**/*.txt"])[-1] == location(tmp_path / "sub" / "e.txt")
    assert expand_sources([f"{folder}/d [1].txt"]) == [d]
    monkeypatch.chdir(tmp_path)
    assert expand_sources(["*.csv"]) == [location("a.csv")]
    (tmp_path / "bare").mkdir()
    for source, message in [
        (f"{folder}/*.md", "no file matches"),
        (f"{folder}/no.txt", "does not exist"),
        (f"{folder}/bare", "holds no readable file"),
        ("ftp://host/a.csv", "nothing here reads ftp://. Known are s3:// and file://"),
        ("s3:///a.csv", "names no bucket"),
    ]:
        with pytest.raises(SourceError, match=message):
            expand_sources([source])


def test_standard_input_is_spooled_and_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"city,rank,comment\nOslo,1,fun\nOslo,1,cold\n")))
    reading = read_source("-")
    assert (reading.source, reading.format) == ("-", "csv")
    assert [comment.id for comment in reading.comments] == ["list-001", "list-002"]
    assert len(list(tmp_path.iterdir())) == 1
    del reading
    gc.collect()
    assert list(tmp_path.iterdir()) == []
