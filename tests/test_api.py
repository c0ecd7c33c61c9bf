"""``import commentlens as cl``: the same figures as the commands, frames, files, and what a mistake is told."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow
import pytest

import commentlens as cl
from commentlens.errors import (
    CommentlensError,
    MissingExtraError,
    NoCommentsError,
    RecordError,
    SourceError,
    UnknownNameError,
)
from commentlens.records import Comment, Entry
from commentlens.render.tables import TABLES

ROWS = [
    {"place": "Oslo", "position": 1, "user": "ann", "body": "Lovely harbour, but <b>Bergen</b> is nicer than Oslo"},
    {"place": "Bergen", "position": 2, "user": "bob", "body": "Should be number 1"},
    {"place": "Bergen", "position": 2, "user": None, "body": None},
    {"place": "Turku", "position": 3, "user": "cid", "body": "Cold and dirty"},
]
NUMBERS: Any = [1, 2]
NOTHING: Any = None
UNKNOWN: Any = "bad"
NOT_ANNOTATED: Any = cl.from_texts(["Oslo is lovely"])
COLUMNS = {"text": "body", "entry": "place", "rank": "position", "author": "user"}


@pytest.fixture(scope="module")
def corpus() -> cl.Corpus:
    """Three comments of four rows."""
    return cl.from_records(ROWS, columns=COLUMNS, title="Best Harbours", kind="city")


@pytest.fixture(scope="module")
def result(corpus: cl.Corpus) -> cl.Result:
    """The same, annotated once."""
    return cl.annotate(corpus)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """The same rows as a file."""
    path = tmp_path / "harbours.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def command(*args: str | Path) -> Any:
    """What a command prints, as JSON."""
    run = [sys.executable, "-m", "commentlens", *map(str, args)]
    return json.loads(subprocess.run(run, capture_output=True, check=True).stdout)


def test_import_is_light_and_names_stay_functions() -> None:
    """No large library at import; `annotate` and `pipeline` are functions before and after their modules are loaded."""
    code = (
        "import sys, commentlens as cl\n"
        "heavy = {'spacy', 'numpy', 'pyarrow', 'pandas', 'polars', 'sklearn', 'jinja2', 'rich', 'typer'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "import commentlens.annotate\n"
        "from commentlens.pipeline import build_nlp\n"
        "assert callable(cl.annotate) and callable(cl.pipeline) and cl.annotate.__module__ == 'commentlens.api'\n"
        "assert sys.modules['commentlens.annotate'].Annotator and build_nlp\n"
        "assert set(cl.__all__) <= set(dir(cl))\n"
        "cl.nothing\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stderr.splitlines()[-1] == "AttributeError: module 'commentlens' has no attribute 'nothing'"


def test_every_name_is_there_and_documented() -> None:
    """Each with a docstring."""
    assert [name for name in cl.__all__ if not getattr(cl, name).__doc__] == []


def test_a_corpus(corpus: cl.Corpus) -> None:
    """In order, with its list and what was set aside."""
    assert [(comment.entry.name if comment.entry else None) for comment in corpus] == ["Oslo", "Bergen", "Turku"]
    assert (len(corpus), corpus[1].author) == (3, "bob")
    assert [(entry.name, entry.rank) for entry in corpus.lists[0].entries] == [("Oslo", 1), ("Bergen", 2), ("Turku", 3)]
    assert corpus.list_ids == ("best-harbours",) * 3
    assert [(source, item.line, item.reason) for source, item in corpus.set_aside] == [("records", 3, "empty")]
    assert repr(corpus) == "<Corpus: 3 comments, 1 list, 1 set aside>"


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame, pyarrow.Table.from_pylist, iter])
def test_rows_of_any_frame_are_the_same_corpus(make: Callable[[Any], Any], corpus: cl.Corpus) -> None:
    """Also with what pandas calls missing."""
    again = cl.from_records(make(ROWS), columns=COLUMNS, title="Best Harbours", kind="city")

    assert (again.comments, again.lists) == (corpus.comments, corpus.lists)


def test_a_file_is_the_same_corpus(table: Path, corpus: cl.Corpus) -> None:
    """Read by name, with the same columns."""
    again = cl.load(table, columns=COLUMNS, title="Best Harbours", kind="city")

    assert (again.comments, again.lists) == (corpus.comments, corpus.lists)


def test_texts_under_an_entry_and_without() -> None:
    """Ids by number; a list only where something is said of one."""
    plain = cl.from_texts(["One", "Two"])
    under = cl.from_texts(["Too low"], entry="Bergen", entries=["Oslo", "Bergen", "Turku"], title="Worst Harbours")

    assert [(comment.id, comment.list) for comment in plain] == [("text-1", None), ("text-2", None)]
    assert under[0].entry == Entry(name="Bergen", rank=2)
    assert [entry.name for entry in under.lists[0].entries] == ["Oslo", "Bergen", "Turku"]
    assert under.lists[0].polarity == "negative"


def test_the_shipped_corpus_and_the_report_command() -> None:
    """`cl.load()` is the page that ships; its report is what the command prints."""
    found = cl.report(cl.annotate(cl.load()), consensus=True, themes=True, by_month=True)

    assert found.to_dict() == command("report", "--format", "json", "--consensus", "--themes", "--by-month")
    assert found.record.header.comments == len(found.comments) == 83


def test_two_sources_keep_their_lists(table: Path, tmp_path: Path) -> None:
    """The same as the command over both, and across lists."""
    other = tmp_path / "ports.csv"
    other.write_text("text,entry,rank\nShould be number 1,Oslo,4\nFine,Genoa,1\n", encoding="utf-8")
    corpus = cl.load(table, other)

    assert corpus.list_ids == ("harbours",) * 3 + ("ports",) * 2
    for across, option in ((False, []), (True, ["--across-lists"])):
        found = cl.report(cl.annotate(corpus), across_lists=across)
        assert found.to_dict() == command("report", table, other, "--format", "json", *option)


def test_a_city_is_what_the_command_shows(result: cl.Result, table: Path) -> None:
    """In any usual spelling; a name that is not there is answered with near ones."""
    found = cl.city(result, "BERGEN")
    options = ["--text", "body", "--entry-column", "place", "--rank-column", "position", "--author-column", "user"]

    assert (found.name, [comment.entry and comment.entry.name for comment in found.comments]) == (
        "Bergen",
        ["Oslo", "Bergen"],
    )
    shown = command("city", "Bergen", table, *options, "--title", "Best Harbours", "--kind", "city", "--format", "json")
    assert found.to_dict() == shown
    with pytest.raises(UnknownNameError, match="Did you mean Bergen"):
        cl.city(result, "Bergem")


def test_a_result(result: cl.Result) -> None:
    """What was found, and the layers as one line."""
    claim = result[1].claims[0]

    assert (claim.subject, claim.stance, claim.proposed, claim.listed) == ("Bergen", "too_low", (1, 1), 2)
    assert [mood.label for mood in result[2].moods] == ["neg"]
    assert repr(result) == ("<Result: 3 comments, 1 list; 2 mentions, 4 moods, 1 claims, 1 comparisons, 0 links>")


@pytest.mark.parametrize("name", ["comments", *TABLES])
def test_frames_hold_the_same_rows(name: str, result: cl.Result) -> None:
    """Arrow, pandas and polars: the same columns, rows and values, also of a table without rows."""
    arrow = result.to_arrow(name)
    in_pandas, in_polars = result.to_pandas(name), result.to_polars(name)

    assert arrow.num_rows == {"comments": 3, "claims": 1, "comparisons": 1, "links": 0, "mentions": 2, "moods": 4}.get(
        name, arrow.num_rows
    )
    assert list(in_pandas.columns) == in_polars.columns == arrow.column_names
    assert in_polars.to_dicts() == arrow.to_pylist()
    for column in arrow.column_names:
        if pyarrow.types.is_nested(arrow.schema.field(column).type):
            continue
        values = [None if pandas.isna(value) else value for value in in_pandas[column]]
        assert values == arrow[column].to_pylist()


def test_whole_numbers_stay_whole_in_pandas(result: cl.Result) -> None:
    """Ranks that may be missing are no floats."""
    claims = result.to_pandas("claims")

    assert [str(claims[name].dtype) for name in ("rank", "proposed_best", "stated")] == ["Int64"] * 3
    assert claims["proposed_best"].tolist() == [1]


def test_the_first_table_is_the_default(result: cl.Result) -> None:
    """Comments of a result, cities of a report."""
    assert result.to_polars().height == 3
    assert cl.report(result).to_pandas()["name"].tolist()[:3] == ["Oslo", "Bergen", "Turku"]
    assert cl.report(result).to_arrow("companies").num_rows == 0


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_named(library: str, result: cl.Result, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the way to install it."""
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"pip install 'commentlens\[{library}\]'"):
        getattr(result, f"to_{library}")()


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet", ".json", ".spacy"])
def test_a_saved_result_is_read_back(suffix: str, result: cl.Result, tmp_path: Path) -> None:
    """The same records, and the same rows of cities."""
    again = cl.read(result.save(tmp_path / f"harbours{suffix}"))

    assert again.comments == result.comments
    assert [row.name for row in cl.report(again).cities] == [row.name for row in cl.report(result).cities]


def test_a_saved_result_can_be_read_by_people(result: cl.Result, tmp_path: Path) -> None:
    """As Markdown, a heading a comment."""
    text = result.save(tmp_path / "harbours.md").read_text("utf-8")

    assert [line for line in text.splitlines() if line.startswith("## ")] != []
    assert text.count("\n## ") == len(result)


def test_reports_and_cities_are_saved_by_suffix(result: cl.Result, tmp_path: Path) -> None:
    """Each in its format; nothing is left beside them."""
    report, city = cl.report(result), cl.city(result, "Oslo")
    for suffix in (".json", ".csv", ".md", ".txt", ".html", ".svg", ".png"):
        report.save(tmp_path / f"report{suffix}")
    for suffix in (".json", ".csv", ".md", ".txt"):
        city.save(str(tmp_path / f"city{suffix}"))

    assert json.loads((tmp_path / "report.json").read_text("utf-8")) == report.to_dict()
    assert json.loads((tmp_path / "city.json").read_text("utf-8")) == city.to_dict()
    assert (tmp_path / "report.txt").read_text("utf-8") == str(report)
    assert (tmp_path / "city.txt").read_text("utf-8") == str(city)
    assert (tmp_path / "report.html").read_text("utf-8").lstrip().lower().startswith("<!doctype html>")
    assert (tmp_path / "report.svg").read_text("utf-8").startswith("<svg")
    assert (tmp_path / "report.png").read_bytes().startswith(b"\x89PNG")
    assert len(list(tmp_path.iterdir())) == 11


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda _: cl.load("missing.txt"), SourceError, "missing.txt does not exist"),
        (lambda _: cl.from_records([{"colour": "red"}]), SourceError, "no column of comments"),
        (lambda _: cl.from_records([{"text": " "}]), NoCommentsError, "records: no row holds a comment. Row 1: empty"),
        (lambda _: cl.from_records(["red"]), RecordError, "records, row 1: got str, a row is a dict"),
        (lambda _: cl.from_records([], columns={"words": "a"}), SourceError, "columns: unknown words. Known: id, list"),
        (lambda _: cl.from_texts("one"), RecordError, "got one string; give a list"),
        (lambda _: cl.annotate(NUMBERS), RecordError, "texts, item 1: got int"),
        (lambda _: cl.from_texts(["a"], rank=3), RecordError, "name that too"),
        (lambda _: cl.explain("a", rank=3), RecordError, "name that too"),
        (lambda _: cl.annotate(NOTHING), RecordError, "got NoneType; give a corpus"),
        (lambda _: cl.load(polarity=UNKNOWN), RecordError, "polarity: got 'bad'. Allowed: positive, negative."),
        (lambda _: cl.from_records(ROWS, polarity=UNKNOWN), RecordError, "polarity: got 'bad'"),
        (lambda _: cl.from_texts(["a"], kind=UNKNOWN), RecordError, "kind: got 'bad'. Allowed: city, company"),
        (lambda _: cl.report(NOT_ANNOTATED), RecordError, "report: got Corpus; give what cl.annotate or cl.read"),
        (lambda _: cl.city(NOT_ANNOTATED, "Oslo"), RecordError, "city: got Corpus; give what cl.annotate"),
        (lambda _: cl.read(), SourceError, "no file to read"),
        (lambda r: r.to_arrow("cities2"), UnknownNameError, "no table 'cities2'. The tables are comments, cities"),
        (lambda r: cl.report(r).to_pandas("claims"), UnknownNameError, "The tables are cities, companies"),
        (lambda r: r.save("a.xlsx"), UnknownNameError, "no format has this suffix. Known: .jsonl"),
        (lambda r: cl.report(r).save("a.gif"), UnknownNameError, "Known: .json, .csv, .md, .txt, .html, .svg, .png."),
        (lambda r: r.save("nowhere/a.csv"), CommentlensError, "cannot write nowhere/a.csv"),
    ],
)
def test_mistakes_are_told(
    call: Callable[[cl.Result], object],
    error: type[Exception],
    message: str,
    result: cl.Result,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is wrong and what to do, as an error of ours."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error) as raised:
        call(result)
    assert message in str(raised.value)
    assert isinstance(raised.value, CommentlensError)


def test_only_annotated_files_are_read(table: Path) -> None:
    """Others are loaded and annotated."""
    with pytest.raises(SourceError, match="holds comments that are not annotated"):
        cl.read(table)


def test_what_is_annotated_already_is_passed_on(result: cl.Result, table: Path, tmp_path: Path) -> None:
    """A source with other names in it than ours would find stays as it is, between new ones, in order."""
    kept = tmp_path / "kept.jsonl"
    result.save(kept)
    said = kept.read_text("utf-8").replace('"stance": "too_low"', '"stance": "right"')
    other = said.replace('"author": "', '"author": "not ').replace('"id": "best', '"id": "kept')
    kept.write_text(other, encoding="utf-8")
    both = cl.annotate(cl.load(table, kept, columns=COLUMNS, title="Best Harbours"))

    assert [comment.claims[0].stance for comment in both if comment.claims] == ["too_low", "right"]


def test_notebook_views_are_small_and_escaped(corpus: cl.Corpus, result: cl.Result) -> None:
    """No tag of a comment's text gets through; the rest is counted."""
    many = cl.from_texts(["<script>alert(1)</script> & more"] * 12)
    views: list[Any] = [corpus, many, result, cl.report(result), cl.city(result, "Oslo")]
    shown = [view._repr_html_() for view in views]

    assert [name for name in ("<b>", "<script>") if any(name in view for view in shown)] == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in shown[1]
    assert shown[1].endswith("<p>2 more rows</p>")
    assert [view.count("<tr>") for view in shown] == [4, 11, 4, 4, 2]


@pytest.mark.parametrize(
    "comments", ["Oslo is lovely", ["Oslo is lovely"], [Comment(id="text-1", text="Oslo is lovely")]]
)
def test_texts_are_annotated_without_a_corpus(comments: Any) -> None:
    """One string, several, or comments."""
    (found,) = cl.annotate(comments, cache=False)

    assert (found.id, [(mood.target, mood.label) for mood in found.moods]) == ("text-1", [("Oslo", "pos")])


def test_options_reach_the_pipeline(tmp_path: Path) -> None:
    """Rules alone, moods by rules, and names of the user's own, also in the report."""
    names = tmp_path / "names.csv"
    names.write_text("name,label,country\nZanbury,CITY,GB\n", encoding="utf-8")
    text = "Number 12? It should be number 3, Zanbury is wonderful"
    read = cl.annotate(cl.from_texts([text], entry="Oslo", rank=12), gazetteer=names)
    plain = cl.annotate(cl.from_texts([text], entry="Oslo", rank=12), rules_only=True, mood_model="rules")

    assert [mention.name for mention in read[0].mentions] == ["Zanbury"]
    assert "Zanbury" in [row.name for row in cl.report(read).cities]
    assert [claim.rule.startswith("model:") for claim in plain[0].claims] == [False] * len(plain[0].claims)


def test_processes_give_the_same(corpus: cl.Corpus, result: cl.Result) -> None:
    """In the same order."""
    assert cl.annotate(corpus, processes=2, cache=False).comments == result.comments


def test_explain_is_what_the_command_prints() -> None:
    """Every step, with the mood's reasons."""
    found = cl.explain("Should be in the top 5", entry="Oslo", rank=17)

    assert found == command("explain", "Should be in the top 5", "--entry", "Oslo", "--rank", "17", "--format", "json")
    assert [claim["proposed"] for claim in found["claims"]] == [[1, 5]]


def test_a_doc_without_a_context_and_with_one() -> None:
    """Rank claims need a list; all else is found without."""
    nlp = cl.pipeline(rules_only=True)
    text = "Oslo is lovely. Should be in the top 5"
    plain, under = nlp(text), nlp(cl.make_doc(nlp, text, entry="Oslo", rank=17))

    assert "commentlens_second_reader" not in nlp.pipe_names
    assert (plain._.commentlens_context, plain._.commentlens_claims) == (None, [])
    assert [ent.text for ent in plain.ents] == ["Oslo"]
    assert [claim["proposed"] for claim in under._.commentlens_claims] == [[1, 5]]
