"""The schemas that are printed describe what is written: valid files pass, broken ones do not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from commentlens.cli.export_formats import ExportTable
from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment
from commentlens.render.export import MadeFrom, write_json
from commentlens.render.export_csv import write_csv, write_table_csv
from commentlens.render.report_text import CITY_COLUMNS, write_report_csv
from commentlens.render.schemas import data_package, document_schema, report_schema
from commentlens.render.tables import TABLES
from commentlens.summary import summarise
from commentlens.summary_records import Report, report_to_dict

SAMPLE = Path(__file__).parent / "harbour.annotated.jsonl"
COMMENTS = [annotated_from_dict(json.loads(line), "sample") for line in SAMPLE.read_text("utf-8").splitlines()]


class NoPlaces:
    """A gazetteer that knows nothing."""

    def by_id(self, id: str) -> None:
        """As `Places.by_id`."""

    def resolve(self, name: str, within: str | None = None) -> None:
        """As `Places.resolve`."""

    def country_name(self, iso2: str) -> str | None:
        """As `Places.country_name`."""
        return iso2


@pytest.fixture(scope="module")
def report() -> Report:
    """The sample's report, with the crowd's ranking."""
    return summarise(COMMENTS, [], NoPlaces(), consensus=True)


def broken(document: dict[str, Any], *path: str | int, to: object) -> dict[str, Any]:
    """A copy with one value changed."""
    copy = json.loads(json.dumps(document))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = to
    return copy  # type: ignore[no-any-return]


def test_a_report_is_valid(report: Report) -> None:
    """With and without what was asked for; a wrong or unknown key is found at any depth."""
    jsonschema.Draft202012Validator.check_schema(report_schema())
    validator = jsonschema.Draft202012Validator(report_schema())
    document = report_to_dict(report)
    plain = report_to_dict(summarise(COMMENTS, [], NoPlaces()))

    assert [error.message for error in validator.iter_errors(document)] == []
    assert [error.message for error in validator.iter_errors(plain)] == []
    assert "consensus" in document
    assert "consensus" not in plain
    for wrong in (
        broken(document, "schema", to="other/1"),
        broken(document, "extra", to=1),
        broken(document, "cities", 0, "rank", to="1"),
        broken(document, "cities", 0, "mood", "pos", to=0.5),
        broken(document, "disputes", 0, "stance", to="low"),
        broken(document, "disputes", 0, "quotes", 0, "proposed", to=[1]),
    ):
        assert not validator.is_valid(wrong)


def test_the_document_is_valid(report: Report) -> None:
    """Each part by its own schema."""
    file = io.StringIO()
    write_json(COMMENTS, lambda: report, MadeFrom(version="1.0", sources=("a.txt",)), file)
    document = json.loads(file.getvalue())
    jsonschema.Draft202012Validator.check_schema(document_schema())
    validator = jsonschema.Draft202012Validator(document_schema())

    assert [error.message for error in validator.iter_errors(document)] == []
    for wrong in (
        broken(document, "comments", 2, "claims", 0, "stance", to="low"),
        broken(document, "report", "cities", 0, "rank", to="1"),
        broken(document, "sources", to="a.txt"),
    ):
        assert not validator.is_valid(wrong)


def test_the_tables_are_listed_once() -> None:
    """On the command line, in the registry and in the package."""
    names = [resource["name"] for resource in data_package()["resources"]]

    assert names == ["comments", *TABLES]
    assert set(TABLES) == set(ExportTable)
    assert TABLES["cities"].names == CITY_COLUMNS
    assert all(field["description"] for item in data_package()["resources"] for field in item["schema"]["fields"])


READ: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}


@pytest.mark.parametrize("resource", data_package()["resources"], ids=lambda resource: resource["name"])
def test_csv_files_are_as_the_package_says(resource: dict[str, Any], report: Report) -> None:
    """Same columns, and every cell is empty or of its column's type."""
    file = io.StringIO(newline="")
    if resource["name"] == "comments":
        number = write_csv(COMMENTS, file)
    else:
        number = write_table_csv(TABLES[resource["name"]], COMMENTS, lambda: report, file)
    header, *rows = csv.reader(io.StringIO(file.getvalue(), newline=""))

    fields = resource["schema"]["fields"]
    assert header == [field["name"] for field in fields]
    assert len(rows) == number > 0
    for row in rows:
        for cell, field in zip(row, fields, strict=True):
            assert cell == "" or READ[field["type"]](cell) is not None


def test_the_table_of_cities_is_the_report_as_csv() -> None:
    """One table, whichever command writes it."""
    report = summarise(COMMENTS, [], NoPlaces())
    table, whole = io.StringIO(newline=""), io.StringIO(newline="")
    write_table_csv(TABLES["cities"], COMMENTS, lambda: report, table)
    write_report_csv(report, whole)

    assert table.getvalue() == whole.getvalue()


def test_a_table_of_the_report_takes_all_comments_first(report: Report) -> None:
    """Because a stream is summed up on its way."""
    taken: list[AnnotatedComment] = []

    def stream() -> Any:
        for comment in COMMENTS:
            taken.append(comment)
            yield comment

    def summed_up() -> Report:
        assert len(taken) == 7
        return report

    assert len(list(TABLES["companies"].rows(stream(), summed_up))) == 2
