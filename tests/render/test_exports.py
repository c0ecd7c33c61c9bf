"""Annotated comments as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from commentlens.record_json import annotated_from_dict, annotated_to_dict
from commentlens.record_schema import record_schema
from commentlens.records import AnnotatedComment
from commentlens.render.charts import runtime
from commentlens.render.export import MadeFrom, write_json, write_jsonl
from commentlens.render.export_csv import CSV_COLUMNS, write_csv
from commentlens.render.export_parquet import write_parquet
from commentlens.render.html_page import write_html
from commentlens.summary import KnownPlace, summarise
from commentlens.summary_records import Report, report_to_dict

SAMPLE = Path(__file__).parent / "harbour.annotated.jsonl"
NASTY = '</div><script>alert("x")</script> & <b>'


class NoPlaces:
    """A gazetteer that knows nothing."""

    def by_id(self, id: str) -> KnownPlace | None:  # noqa: ARG002 (as the real one)
        """As `Places.by_id`."""
        return None

    def resolve(self, name: str, within: str | None = None) -> KnownPlace | None:  # noqa: ARG002 (as the real one)
        """As `Places.resolve`."""
        return None

    def country_name(self, iso2: str) -> str | None:
        """As `Places.country_name`."""
        return iso2


@pytest.fixture
def comments() -> list[AnnotatedComment]:
    """The sample: seven comments on four harbours."""
    lines = SAMPLE.read_text("utf-8").splitlines()
    return [annotated_from_dict(json.loads(line), f"sample, line {number}") for number, line in enumerate(lines, 1)]


@pytest.fixture
def report(comments: list[AnnotatedComment]) -> Report:
    """The sample's report."""
    return summarise(comments, [], NoPlaces())


def test_jsonl_is_the_record_a_line(comments: list[AnnotatedComment]) -> None:
    """Letters as they are, and the same bytes again."""
    file = io.StringIO()

    assert write_jsonl(comments, file) == 7
    assert file.getvalue() == SAMPLE.read_text("utf-8")
    assert "città" in file.getvalue()


def test_json_is_one_document(comments: list[AnnotatedComment], report: Report) -> None:
    """The report is asked for when all comments are written."""
    file = io.StringIO()
    written: list[str] = []

    def stream() -> Iterator[AnnotatedComment]:
        for comment in comments:
            written.append(comment.id)
            yield comment

    def summed_up() -> Report:
        assert len(written) == 7
        return report

    made_from = MadeFrom(version="1.2.3", sources=("città.txt",), options={"rules_only": True})
    assert write_json(stream(), summed_up, made_from, file) == 7
    assert json.loads(file.getvalue()) == {
        "schema": "commentlens-export/1",
        "version": "1.2.3",
        "sources": ["città.txt"],
        "options": {"rules_only": True},
        "comments": [annotated_to_dict(comment) for comment in comments],
        "report": report_to_dict(report),
    }


def test_json_of_nothing_is_json(report: Report) -> None:
    """An empty list."""
    file = io.StringIO()

    assert write_json([], lambda: report, MadeFrom(version="1"), file) == 0
    assert json.loads(file.getvalue())["comments"] == []


def test_csv_has_a_row_a_comment(comments: list[AnnotatedComment]) -> None:
    """Layers in words, formulas defused."""
    file = io.StringIO()

    assert write_csv([*comments, replace(comments[1], text="=1+1", author="@x")], file) == 8
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert list(rows[0]) == CSV_COLUMNS
    assert rows[2] == {
        "id": "harbour-03",
        "list": "Best Harbour Cities",
        "entry": "Oslo",
        "within": "",
        "rank": "2",
        "author": "tomas",
        "created": "",
        "likes": "",
        "text": "How is Oslo above Genoa? Put it at 4.",
        "cities": "Oslo; Genoa",
        "companies": "",
        "countries": "",
        "regions": "",
        "entries": "",
        "moods": "Oslo neg -0.50; Genoa pos +0.50",
        "claims": "Oslo too_high 4-4",
        "comparisons": "Genoa > Oslo",
        "links": "",
    }
    assert (rows[7]["text"], rows[7]["author"]) == ("'=1+1", "'@x")


def test_parquet_gives_the_records_back(comments: list[AnnotatedComment], tmp_path: Path) -> None:
    """Nested, nothing lost."""
    path = tmp_path / "harbours.parquet"

    assert write_parquet(comments, path) == 7
    rows = pq.read_table(path).to_pylist()
    assert [annotated_from_dict(row, "parquet") for row in rows] == comments


def test_parquet_of_nothing_has_its_columns(comments: list[AnnotatedComment], tmp_path: Path) -> None:
    """So that an empty export can be read like any other."""
    path = tmp_path / "nothing.parquet"

    assert write_parquet([], path) == 0
    table = pq.read_table(path)
    assert (table.num_rows, table.column_names) == (0, list(annotated_to_dict(comments[0])))


class Page(HTMLParser):
    """Text and tags of a page; void elements do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.scripts: dict[str, str] = {}
        self._script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count the tag and what it loads."""
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action")]
        self._script = dict(attrs).get("id") if tag == "script" else None
        if tag not in ("meta", "br", "link", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.text += data
        if self._script is not None:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data


def test_the_page_is_whole_and_needs_nothing_else(comments: list[AnnotatedComment]) -> None:
    """Well-formed, self-contained, and what strangers wrote is text."""
    nasty = replace(comments[0], id="nasty", text=NASTY, author=NASTY, mentions=(), moods=(), claims=())
    rows = [*comments, nasty]
    file = io.StringIO()
    write_html(summarise(rows, [], NoPlaces()), rows, "1.2.3", file)
    page = Page()
    page.feed(file.getvalue())

    assert page.open == []
    assert [link for link in page.links if not link.startswith("#")] == []
    assert not {"link", "img", "b/"} & set(page.tags)
    written = file.getvalue().replace(runtime(), "")
    assert "url(" not in written
    data = json.loads(page.scripts["comments-data"])
    assert [item["i"] for item in data] == [row.id for row in rows]
    for comment, item in zip(rows, data, strict=True):
        pieces = [piece if isinstance(piece, str) else piece[0] for piece in item["t"]]
        assert "".join(pieces) == comment.text
    assert data[-1]["a"] == NASTY
    assert NASTY not in file.getvalue()
    assert '<td data-label="Proposed">1–2</td>' in file.getvalue()


def test_the_schema_has_the_keys_of_the_record(comments: list[AnnotatedComment]) -> None:
    """In the same order, at each level."""
    schema = record_schema()
    layers = {
        "mentions": "mention",
        "moods": "mood",
        "claims": "claim",
        "comparisons": "comparison",
        "links": "link",
    }

    for record in map(annotated_to_dict, comments):
        assert list(record) == list(schema["properties"]) == schema["required"]
        for layer, name in layers.items():
            for item in record[layer]:
                assert list(item) == list(schema["$defs"][name]["properties"]) == schema["$defs"][name]["required"]
    assert {len(record["links"]) for record in map(annotated_to_dict, comments)} == {0, 1}


def test_exported_records_are_valid(comments: list[AnnotatedComment]) -> None:
    """And records with a wrong or unknown key are not."""
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(record_schema())
    jsonschema.Draft202012Validator.check_schema(record_schema())

    records = [annotated_to_dict(comment) for comment in comments]
    assert [list(validator.iter_errors(record)) for record in records] == [[]] * 7
    claim = records[2]["claims"][0]
    for broken in (
        records[0] | {"schema": "other/1"},
        records[0] | {"extra": 1},
        {key: value for key, value in records[0].items() if key != "raw"},
        records[0] | {"text": None},
        records[2] | {"claims": [claim | {"stance": "low"}]},
        records[2] | {"claims": [claim | {"proposed": [1]}]},
        records[2] | {"claims": [claim | {"proposed": [1, 2, 3]}]},
        records[2] | {"entry": {"name": "x", "rank": "2"}},
    ):
        assert not validator.is_valid(broken)
