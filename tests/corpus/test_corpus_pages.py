"""Whole pages, each written for the trouble it makes, against outlines that were checked by eye."""

from __future__ import annotations

import io
import json
import re
import textwrap
from pathlib import Path

import pytest
from corpus_outline import outline, pages

from commentlens.corpus import read_source, write_corpus
from commentlens.shipped import shipped

SEED = shipped("seeds", "ten-most-high-tech-cities.txt")


@pytest.mark.parametrize("page", pages(), ids=lambda path: str(path.name))
def test_page_reads_as_its_outline(page: Path) -> None:
    assert outline(read_source(page)) == page.with_name(page.name + ".outline").read_text("utf-8")


def test_seed_has_its_entries_and_comments() -> None:
    reading = read_source(SEED)
    (ranked,) = reading.lists
    comments = list(reading.comments)
    assert (ranked.id, ranked.title, ranked.polarity) == ("high-tech-cities", "Ten Most High Tech Cities", "positive")
    assert [entry.rank for entry in ranked.entries] == list(range(1, 51))
    assert sum(entry.blurb is not None for entry in ranked.entries) == 15
    assert [entry.name for entry in ranked.entries[30:36]] == [
        "Kiev", "Copenhagen", "Reykjavik", "Chisinau", "Nice", "Beijing",
    ]  # fmt: skip
    assert len(comments) == 83
    assert [comment.id for comment in comments] == [f"high-tech-cities-{n:03d}" for n in range(1, 84)]
    assert sum(comment.author is not None for comment in comments) == 10
    assert all(comment.raw is None for comment in comments)
    assert [(item.line, item.text) for item in reading.set_aside] == [(261, "8Load More"), (262, "PSearch List")]


def test_shipped_corpus_is_what_the_seed_gives_byte_for_byte() -> None:
    file = io.StringIO()
    assert write_corpus([read_source(SEED)], file) == 83
    assert file.getvalue().encode() == shipped("corpus", "high-tech-cities.jsonl").read_bytes()


@pytest.mark.parametrize(
    "page", [SEED, *(page for page in pages() if page.suffix != ".html")], ids=lambda path: str(path.name)
)
def test_every_word_of_a_pasted_page_is_somewhere(page: Path) -> None:
    """Nothing is lost: what is in no entry, blurb, comment, author or heading was set aside."""
    from commentlens.corpus.lines import is_section, lines_of
    from commentlens.corpus.repair import decode

    reading = read_source(page)
    told = " ".join(json.dumps([ranked.title, ranked.description], ensure_ascii=False) for ranked in reading.lists)
    for entry in (entry for ranked in reading.lists for entry in ranked.entries):
        told += f" {entry.rank} {entry.name} {entry.within} {entry.blurb}"
    for comment in reading.comments:
        told += f" {comment.text} {comment.author}"
    told += " ".join(item.text for item in reading.set_aside)
    told += " ".join(line.text for line in lines_of(decode(page.read_bytes(), "page")) if is_section(line.text))
    lost = [
        word
        for line in lines_of(decode(page.read_bytes(), "page"))
        for word in re.findall(r"\d+|[^\W\d]+", line.text)
        if word not in told
    ]
    assert lost == []


def test_example_of_the_docs_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    root = shipped("docs").parent
    monkeypatch.chdir(root)
    block = re.search(r"^    .*\n(?:^    .*\n|^\n)*", (root / "docs" / "pages.md").read_text("utf-8"), re.MULTILINE)
    assert block is not None
    names: dict[str, object] = {}
    checked = 0
    for line in textwrap.dedent(block[0]).strip().splitlines():
        code, _, expected = (part.strip() for part in line.partition("  #"))
        if expected and "=" not in code:
            assert repr(eval(code, names)).replace("'", '"').startswith(expected) or code.endswith("set_aside")
            checked += 1
        else:
            exec(code, names)
    assert checked == 3
    assert len(names["comments"]) == 83  # type: ignore[arg-type]
