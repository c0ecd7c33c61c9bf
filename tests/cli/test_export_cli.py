"""``commentlens export`` and ``schema`` as they are called, and exports as sources."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Protocol

import polars as pl
import pytest

from commentlens.cli import main
from commentlens.cli.export_formats import FILE_WRITERS, REPORTED, TEXT_WRITERS, ExportFormat, ExportTable

SAMPLE = Path(__file__).parents[1] / "render" / "harbour.annotated.jsonl"


class Run(Protocol):
    """Calls the command line; gives exit code, stdout and stderr."""

    def __call__(self, *args: str | Path) -> tuple[int, str, str]:
        """In the test's own folder."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process: what matters here is what it writes, and a process each takes a second."""
    monkeypatch.chdir(tmp_path)

    def ran(*args: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*map(str, args)])
        out, err = capfd.readouterr()
        return int(ended.value.code or 0), out, err

    return ran


def test_each_format_is_written_by_something() -> None:
    """Once."""
    assert sorted([*TEXT_WRITERS, *FILE_WRITERS, *REPORTED]) == sorted(ExportFormat)


@pytest.mark.parametrize(
    ("format", "name"),
    [
        ("json", "x.json"),
        ("spacy", "x.spacy"),
        ("doccano", "x.jsonl"),
        ("prodigy", "x.jsonl"),
        ("prodigy", "x.txt"),
    ],
)
def test_an_export_is_a_source_again(run: Run, format: str, name: str) -> None:
    """Nothing is lost and nothing computed again."""
    assert run("export", SAMPLE, "--format", format, "--output", name) == (0, "", "")
    assert run("export", name) == (0, SAMPLE.read_text("utf-8"), "")


def test_the_document_says_what_it_was_made_from(run: Run, tmp_path: Path) -> None:
    """Sources as they were named, and the options that count."""
    (tmp_path / "h.jsonl").write_bytes(SAMPLE.read_bytes())
    code, out, err = run("export", "h.jsonl", "--format", "json", "--limit", "2", "--rules-only")

    document = json.loads(out)
    assert (code, err) == (0, "commentlens: --rules-only has no effect on h.jsonl: it is annotated already\n")
    assert document["sources"] == ["h.jsonl"]
    assert document["options"] == {"rules_only": True, "mood_model": "classifier", "limit": 2}
    assert [len(document["comments"]), document["report"]["header"]["comments"]] == [2, 2]


@pytest.mark.parametrize(("table", "rows"), [("claims", 4), ("companies", 2)])
def test_tables_as_csv_and_parquet(run: Run, tmp_path: Path, table: str, rows: int) -> None:
    """The same rows."""
    assert table in list(ExportTable)
    code, out, err = run("export", SAMPLE, "--format", "csv", "--table", table)
    assert (code, err, len(out.splitlines())) == (0, "", rows + 1)
    assert run("export", SAMPLE, "--format", "parquet", "--table", table, "--output", "t.parquet")[0] == 0
    frame = pl.read_parquet(tmp_path / "t.parquet")
    assert (frame.columns, frame.height) == (out.splitlines()[0].split(","), rows)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--format", "json", "--table", "claims"), "json has no tables: use --format csv or parquet."),
        (("--table", "claims"), "jsonl has no tables: use --format csv or parquet."),
        (("--format", "parquet", "--table", "claims"), "this format is no text: say where to write it"),
        (("--format", "csv", "--table", "towns"), "'towns' is not one of"),
    ],
)
def test_what_does_not_go_together_is_said(run: Run, args: tuple[str, ...], message: str) -> None:
    """Before anything is read."""
    code, out, err = run("export", SAMPLE, *args)

    assert (code != 0, out, "Traceback" in err) == (True, "", False)
    assert message in " ".join(err.split())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.spacy", b"no docbin", "x.spacy is no spaCy DocBin"),
        ("x.spacy", zlib.compress(b"\x81\xa1a\x01"), "x.spacy is a DocBin without user data"),
        ("x.json", b'{"schema": "commentlens-export/1", "comments": [\n', "x.json ends in the middle of its comments."),
        ("x.json", b'{"schema": "commentlens-export/1",\n"comm', "x.json begins like an export and is not JSON"),
        (
            "x.json",
            b'{"schema": "commentlens-export/1",\n"comments": 5}',
            '"comments" must be a list of records, got 5',
        ),
        (
            "x.conll",
            b"-DOCSTART- -X- -X- O\n\nGent -X- -X- TOWN\n",
            "x.conll, line 3: the last column must be O or B-/I-",
        ),
    ],
)
def test_broken_exports_are_one_line_on_stderr(
    run: Run, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    """What, where, and what to do."""
    (tmp_path / name).write_bytes(content)

    code, out, err = run("export", name)

    assert (code, out, "Traceback" in err) == (1, "", False)
    assert message in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("of", "key"), [("record", "title"), ("report", "title"), ("document", "title"), ("tables", "resources")]
)
def test_schemas_are_json(run: Run, of: str, key: str) -> None:
    """Each on demand."""
    code, out, err = run("schema", "--of", of)

    assert (code, err) == (0, "")
    assert key in json.loads(out)
