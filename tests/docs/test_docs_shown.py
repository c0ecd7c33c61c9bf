"""What the documents show without a fence: the reader's example, lines of data files, the tables of figures."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from doc_examples import ROOT

from commentlens.knowledge.companies import Companies
from commentlens.knowledge.places import Places


def document(name: str) -> str:
    """A document's text."""
    return (ROOT / "docs" / name).read_text("utf-8")


def indented(text: str) -> list[str]:
    """The blocks of code that are set in by four blanks."""
    found = re.findall(r"(?:^    .*\n(?:\n(?=    ))?)+", text, re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in found]


def test_the_example_of_the_reader_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the project's folder, with the numbers that it says."""
    [block] = (block for block in indented(document("pages.md")) if block.startswith("from commentlens"))
    said = dict(re.findall(r"^(.+?) +# (\"?\w+\"?)(?:;.*)?$", block, re.MULTILINE))
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}

    exec(block, names)

    assert said == {
        "reading.format": json.dumps(names["reading"].format),
        "len(ranked.entries)": str(len(names["ranked"].entries)),
        "comments = list(reading.comments)": str(len(names["comments"])),
    }
    assert names["reading"].set_aside


LINES = [json.loads(block) for block in indented(document("gazetteer.md")) if block.startswith("{")]


def test_the_lines_of_the_gazetteer_are_found() -> None:
    """A company, a nickname, a region, the usual name of a city, a name of one's own."""
    assert [sorted(line)[0] for line in LINES] == ["aliases", "alias", "aliases", "geonames", "aliases"]


def test_a_company_as_shown_is_taken(tmp_path: Path) -> None:
    """As a line of companies.jsonl."""
    [line] = (line for line in LINES if "sector" in line)
    path = tmp_path / "companies.jsonl"
    path.write_text(json.dumps(line) + "\n", "utf-8")

    assert Companies.load(path)


@pytest.mark.parametrize(
    ("key", "file"), [("alias", "nicknames.jsonl"), ("area_of", "regions.jsonl"), ("geonames", "city_names.jsonl")]
)
def test_a_place_as_shown_is_taken(key: str, file: str, tmp_path: Path) -> None:
    """In a folder of the user's own files."""
    [line] = (line for line in LINES if key in line)
    (tmp_path / file).write_text(json.dumps(line) + "\n", "utf-8")

    assert Places.load(tmp_path)


def test_a_name_of_ones_own_is_taken(tmp_path: Path) -> None:
    """As a line of the file that --gazetteer takes."""
    [line] = (line for line in LINES if "label" in line)
    path = tmp_path / "names.jsonl"
    path.write_text(json.dumps(line) + "\n", "utf-8")

    assert Places.load(path)


def test_every_page_and_table_has_its_figures() -> None:
    """A row each; ``python bench/accuracy.py --write`` writes them."""
    gold = [path.name.removesuffix(".gold.jsonl") for path in (ROOT / "tests" / "pages").glob("*/*.gold.jsonl")]
    kinds = ("disputes", "claims", "comparisons", "negative")
    tables = [path.stem for kind in kinds for path in (ROOT / "tests" / "components" / "data").glob(f"{kind}_*.toml")]
    rows = re.findall(r"^\| ([\w-]+) \| (?:tuned on|held out) \|", document("accuracy.md"), re.MULTILINE)

    assert gold
    assert tables
    assert sorted(rows) == sorted([*gold, *tables])


def test_the_figures_are_measured_by_the_command_named() -> None:
    """On one page: a table with the columns that the document has."""
    page = "tests/pages/dev/car-brands"
    done = subprocess.run(
        [sys.executable, "bench/accuracy.py", "--gold", f"{page}.gold.jsonl", "--source", f"{page}.txt"],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    heads, _, row = done.stdout.splitlines()

    assert heads in document("accuracy.md").splitlines()
    assert re.fullmatch(r"\| car-brands \|  \| 39 \|(?: (?:[01]\.\d\d|–(?: \(\+\d+\))?) \|){8}", row)
