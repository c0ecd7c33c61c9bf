"""What a format can hold comes back as it was, whatever the text: read through the same door as any source."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin
from strange_records import NAMES, comments

from commentlens.cli.export_formats import FILE_WRITERS, TEXT_WRITERS, ExportFormat, ExportTable
from commentlens.corpus.conll import read_conll
from commentlens.corpus.formulas import defused
from commentlens.corpus.read import read_source
from commentlens.corpus.streams import SourceFile
from commentlens.docbin import read_docbin, write_docbin
from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment, Mention
from commentlens.render.export import MadeFrom, write_json
from commentlens.render.export_conll import apart, write_conll
from commentlens.render.export_csv import write_csv, write_table_csv
from commentlens.render.tables import TABLES
from commentlens.render.tokens import token_spans
from commentlens.summary import summarise
from commentlens.summary_records import Report

SAMPLE = Path(__file__).parent / "harbour.annotated.jsonl"
WHOLE = {
    ExportFormat.jsonl: "x.jsonl",
    ExportFormat.doccano: "x.jsonl",
    ExportFormat.prodigy: "x.jsonl",
    ExportFormat.parquet: "x.parquet",
    ExportFormat.spacy: "x.spacy",
}
SOME = st.lists(comments(), min_size=1, max_size=3)


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
def sample() -> list[AnnotatedComment]:
    """Seven comments on four harbours."""
    lines = SAMPLE.read_text("utf-8").splitlines()
    return [annotated_from_dict(json.loads(line), f"sample, line {number}") for number, line in enumerate(lines, 1)]


def report_of(rows: list[AnnotatedComment]) -> Report:
    """Their report."""
    return summarise(rows, [], NoPlaces())


def text_of(write: Callable[[io.StringIO], int]) -> str:
    """What is written, byte for byte."""
    file = io.StringIO(newline="")
    write(file)
    return file.getvalue()


def read_back(name: str, write: Callable[[Path], int]) -> list[AnnotatedComment]:
    """Write a file of this name and read its comments as a command does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        reading = read_source(path)
        assert reading.annotated is not None
        found = list(reading.annotated)
        assert reading.set_aside == []
        return found


def written(format: ExportFormat, rows: list[AnnotatedComment], path: Path) -> int:
    """Write a format that holds comments alone."""
    if format in FILE_WRITERS:
        return FILE_WRITERS[format]()(iter(rows), path)
    with path.open("w", encoding="utf-8", newline="") as file:
        return TEXT_WRITERS[format]()(iter(rows), file)


@pytest.mark.parametrize("format", WHOLE)
def test_the_whole_record_comes_back(format: ExportFormat) -> None:
    """Every field, every offset."""

    @settings(max_examples=6 if format is ExportFormat.spacy else 10)
    @given(SOME)
    def holds(rows: list[AnnotatedComment]) -> None:
        assert read_back(WHOLE[format], lambda path: written(format, rows, path)) == rows

    holds()


@settings(max_examples=15)
@given(SOME, st.booleans())
def test_the_json_document_comes_back(rows: list[AnnotatedComment], laid_out_anew: bool) -> None:
    """As it was written and as another program lays it out."""
    text = text_of(lambda file: write_json(rows, lambda: report_of([]), MadeFrom(version="1", sources=("a",)), file))

    def write(path: Path) -> int:
        return path.write_bytes((json.dumps(json.loads(text), indent=2) if laid_out_anew else text).encode())

    assert read_back("x.json", write) == rows


@settings(max_examples=15)
@given(comments())
def test_conll_holds_the_mentions_that_are_apart(comment: AnnotatedComment) -> None:
    """Their words and labels, in order; offsets are those of the text that its tokens make."""
    kept = [(item.label, "".join(item.text.split())) for item in apart(comment.mentions) if item.text.split()]

    if not comment.text.split():
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.conll"
        path.write_bytes(text_of(lambda file: write_conll([comment], file)).encode())
        # Not as a source: a text file with control characters is none.
        (found,) = read_conll(SourceFile(path), "utf-8", "x", [])
    assert [(item.label, "".join(item.text.split())) for item in found.mentions] == kept
    assert "".join(found.text.split()) == "".join(comment.text.split())
    assert all(found.text[item.start : item.end] == item.text == item.name for item in found.mentions)


@settings(max_examples=15)
@given(comments())
@example(AnnotatedComment(id="a", text="don't re-open no.1, 3.5 e\u0301t\u0301e U.S. 'so'"))
def test_tokens_cover_all_but_white_space(comment: AnnotatedComment) -> None:
    """In order, none over another, and each span begins and ends with one."""
    spans = [(item.start, item.end) for item in comment.mentions]
    tokens = token_spans(comment.text, spans)

    assert "".join(comment.text[start:end] for start, end in tokens) == "".join(comment.text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(tokens))
    assert not any(start < border < end for border in sum(spans, ()) for start, end in tokens)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("don't re-open no.1!", "don't re-open no.1 !"),
        ("at 3.5 or 1,000.", "at 3.5 or 1 , 000 ."),
        ("e\u0301te\u0301 \U0001f469\u200d\U0001f467", "e\u0301te\u0301 \U0001f469\u200d \U0001f467"),
        ("'so' -x- a.b.", "' so ' - x - a.b ."),
        ("=)", "= )"),
        (" \n", ""),
    ],
)
def test_what_a_token_is(text: str, tokens: str) -> None:
    """A word with what is inside it, or one sign."""
    assert " ".join(text[start:end] for start, end in token_spans(text)) == tokens


def test_conll_as_it_is_read_elsewhere(sample: list[AnnotatedComment]) -> None:
    """Four columns, blank lines between sentences, a document a comment."""
    text = text_of(lambda file: write_conll(sample[2:3], file))

    assert text.split("\n") == [
        "-DOCSTART- -X- -X- O",
        "",
        "How -X- -X- O",
        "is -X- -X- O",
        "Oslo -X- -X- B-CITY",
        "above -X- -X- O",
        "Genoa -X- -X- B-CITY",
        "? -X- -X- O",
        "",
        "Put -X- -X- O",
        "it -X- -X- O",
        "at -X- -X- O",
        "4 -X- -X- O",
        ". -X- -X- O",
        "",
        "",
    ]


def test_conll_is_a_source(sample: list[AnnotatedComment]) -> None:
    """Each comment is called after the file; offsets are those of its own text."""
    found = read_back("fair.conll", lambda path: written(ExportFormat.conll, sample[2:4], path))

    assert [(item.id, item.text) for item in found] == [
        ("fair-0001", "How is Oslo above Genoa ?\nPut it at 4 ."),
        ("fair-0002", "HQ of Equinor ?\nNo , that is Stavanger .\nDNV is here ."),
    ]
    assert [(item.start, item.end, item.label, item.name) for item in found[0].mentions] == [
        (7, 11, "CITY", "Oslo"),
        (18, 23, "CITY", "Genoa"),
    ]


def test_of_mentions_that_overlap_conll_keeps_the_longest() -> None:
    """And the first of equally long ones; a name over a sentence's end stays one."""
    text = "St. Louis Park, St. Paul"
    ends = [(0, 9), (0, 14), (4, 14), (16, 24)]
    mentions = tuple(
        Mention(start=start, end=end, text=text[start:end], label="CITY", name="x", via="entry") for start, end in ends
    )

    assert [item.text for item in apart(mentions)] == ["St. Louis Park", "St. Paul"]
    rows = text_of(lambda file: write_conll([AnnotatedComment(id="a", text=text, mentions=mentions)], file)).split("\n")
    assert [row.split()[-1] for row in rows[2:] if row] == ["B-CITY", *["I-CITY"] * 3, "O", "B-CITY", *["I-CITY"] * 2]


@settings(max_examples=6)
@given(SOME)
def test_a_docbin_is_read_with_and_without_spacy(rows: list[AnnotatedComment]) -> None:
    """The record in full; the Docs have their texts, and every span covers the words that it marks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.spacy"
        write_docbin(rows, path)
        docs = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
        assert list(read_docbin(path)) == rows
    assert [doc.text for doc in docs] == [row.text for row in rows]
    for doc, row in zip(docs, rows, strict=True):
        claims = [(item.span, item.stance) for item in row.claims if row.text[slice(*item.span)].strip()]
        found = [span for span in doc.spans["claims"] if span.text.strip()]
        assert [span.label_ for span in found] == [stance for _, stance in claims]
        for span, ((start, end), _) in zip(found, claims, strict=True):
            # One space between two words belongs to no token.
            assert span.start_char <= end - len(row.text[start:end].lstrip())
            assert span.end_char >= start + len(row.text[start:end].rstrip())


def test_spans_of_a_docbin_say_what_they_mean(sample: list[AnnotatedComment], tmp_path: Path) -> None:
    """The evidence of moods with its target, mentions with the place's id."""
    path = tmp_path / "x.spacy"

    assert write_docbin(sample, path) == 7
    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
    assert [(span.text, span.label_, span.id_) for span in docs[4].spans["moods"]] == [
        ("Genoa should be in the top 2", "pos", "Genoa"),
        ("best", "pos", "Genoa"),
    ]
    assert [(span.text, span.label_, span.kb_id_) for span in docs[0].spans["mentions"]] == [
        ("Lisbon", "CITY", "geonames:2267057")
    ]


@pytest.mark.parametrize("name", ExportTable)
def test_csv_tables_give_their_values_back(name: ExportTable) -> None:
    """Cell by cell, texts as they are defused; a carriage return alone tears no row."""
    table = TABLES[name]

    @settings(max_examples=5)
    @given(SOME)
    def holds(rows: list[AnnotatedComment]) -> None:
        report = report_of(rows if table.of_report else [])
        text = text_of(lambda file: write_table_csv(table, rows, lambda: report, file))
        wanted = [
            [
                "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(defused(cell))
                for cell in row
            ]
            for row in table.rows(rows, lambda: report)
        ]
        assert list(csv.reader(io.StringIO(text, newline=""))) == [table.names, *wanted]

    holds()


@settings(max_examples=15)
@given(st.lists(NAMES, min_size=1, max_size=4))
def test_no_text_cell_is_a_formula(names: list[str]) -> None:
    """Whatever it begins with; what begins with none of these signs is as it was."""
    rows = [AnnotatedComment(id=name, text=name, author=name, likes=-5) for name in names]
    text = text_of(lambda file: write_csv(rows, file))

    for row, name in zip(csv.DictReader(io.StringIO(text, newline="")), names, strict=True):
        formula = name.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert (row["id"], row["text"], row["author"]) == (f"'{name}" if formula else name,) * 3
        assert row["likes"] == "-5"
