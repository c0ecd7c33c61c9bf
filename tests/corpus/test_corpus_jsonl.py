"""The corpus format, there and back."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.corpus import Reading, read_source, write_corpus
from commentlens.errors import RecordError
from commentlens.record_json import annotated_to_dict
from commentlens.records import AnnotatedComment, Comment, Entry, Mention, RankedList

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
MAYBE = st.none() | TEXT
ENTRIES = st.builds(Entry, name=TEXT, rank=st.none() | st.integers(1, 999), within=MAYBE, blurb=MAYBE)


@st.composite
def lists_and_comments(draw: st.DrawFn) -> tuple[tuple[RankedList, ...], list[Comment]]:
    lists = tuple(
        RankedList(
            id=f"list-{n}",
            title=draw(MAYBE),
            description=draw(MAYBE),
            polarity=draw(st.sampled_from(["positive", "negative"])),
            kind=draw(st.sampled_from([None, "city", "company", "country", "other"])),
            entries=tuple(draw(st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.name))),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    comments = []
    for n in range(draw(st.integers(1, 5))):
        ranked = draw(st.sampled_from([None, *lists]))
        entry = draw(st.sampled_from([None, *(ranked.entries if ranked else ())]))
        comments.append(
            Comment(
                id=f"c{n}",
                text=draw(TEXT),
                raw=draw(MAYBE),
                list=ranked,
                entry=entry,
                author=draw(MAYBE),
                created=draw(MAYBE),
                likes=draw(st.none() | st.integers(-9, 9)),
                parent=draw(MAYBE),
            )
        )
    return lists, comments


def reading_of(lists: tuple[RankedList, ...], comments: list[Comment], source: str = "x") -> Reading:
    return Reading(source=source, format="page", lists=lists, comments=iter(comments))


@given(lists_and_comments())
def test_corpus_round_trip(
    tmp_path_factory: pytest.TempPathFactory, given_: tuple[tuple[RankedList, ...], list[Comment]]
) -> None:
    lists, comments = given_
    file = io.StringIO()
    assert write_corpus([reading_of(lists, comments)], file) == len(comments)
    path = tmp_path_factory.mktemp("corpus") / "c.jsonl"
    path.write_text(file.getvalue(), "utf-8", newline="\n")
    if not lists:
        return
    reading = read_source(path)
    # A comment's entry comes without its blurb, unless it is found again in its list.
    assert (reading.format, reading.lists) == ("corpus", lists)
    assert list(reading.comments) == comments
    assert reading.set_aside == []
    again = io.StringIO()
    write_corpus([read_source(path)], again)
    assert again.getvalue() == file.getvalue()


def test_lists_of_one_name_are_kept_apart() -> None:
    ranked = RankedList(id="best-cars", title="Best Cars", entries=(Entry(name="Fiat", rank=1),))
    other = replace(ranked, entries=())
    file = io.StringIO()
    first = reading_of((ranked,), [Comment(id="a", text="x", list=ranked, entry=ranked.entries[0])])
    second = reading_of((other,), [Comment(id="b", text="y", list=other)])
    write_corpus([first, second], file)
    rows = [json.loads(line) for line in file.getvalue().splitlines()]
    assert [row["list"]["id"] for row in rows if "schema" in row] == ["best-cars", "best-cars-2"]
    assert [row["list"] for row in rows if "text" in row] == ["best-cars", "best-cars-2"]


def test_broken_lines_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(
        '{"schema": "commentlens-corpus/1", "list": {"id": "l", "title": "L", "entries": []}}\n'
        '{"id": "a", "list": "l", "text": "fine"}\n'
        '{"id": "b", "list": "m", "text": "x"}\n'
        "{\n"
        '{"id": "d", "list": "l", "text": 4}\n'
        '{"id": "e", "list": "l", "text": "x", "likes": "3"}\n',
        "utf-8",
    )
    reading = read_source(path)
    assert [comment.id for comment in reading.comments] == ["a"]
    assert [(item.line, item.reason) for item in reading.set_aside] == [
        (3, "\"list\" must be the id of a list that the file holds, got 'm'."),
        (4, "not a JSON object"),
        (5, '"text" must be a string or null, got 4.'),
        (6, "\"likes\" must be a whole number or null, got '3'."),
    ]


def test_a_broken_list_stops(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('{"schema": "commentlens-corpus/1", "list": {"id": "l", "polarity": "bad"}}\n', "utf-8")
    with pytest.raises(
        RecordError, match=r'c\.jsonl, line 1: "polarity" must be one of positive, negative, got \'bad\''
    ):
        read_source(path)


def test_annotated_comments_come_back_as_they_are(tmp_path: Path) -> None:
    oslo = Entry(name="Oslo", rank=2)
    annotated = [
        AnnotatedComment(id="a", text="Oslo!", list="Worst Towns", entry=oslo,
                         mentions=(Mention(start=0, end=4, text="Oslo", label="CITY", name="Oslo", via="entry"),)),
        AnnotatedComment(id="b", text="none"),
    ]  # fmt: skip
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(annotated_to_dict(one)) + "\n" for one in annotated) + "[]\n", "utf-8")
    reading = read_source(path)
    ranked = RankedList(id="worst-towns", title="Worst Towns", polarity="negative", entries=(oslo,))
    assert (reading.format, reading.lists) == ("annotated", (ranked,))
    assert reading.annotated is not None
    assert list(reading.annotated) == annotated
    assert list(reading.comments) == [
        Comment(id="a", text="Oslo!", list=ranked, entry=oslo), Comment(id="b", text="none"),
    ]  # fmt: skip
    assert [(item.line, item.reason) for item in reading.set_aside] == [(3, "not a JSON object")]


def broken_rows() -> list[dict[str, object]]:
    row = annotated_to_dict(AnnotatedComment(id="a", text="Oslo!"))
    mention = {"start": 0, "end": 9, "text": "Oslo!", "label": "CITY", "name": "Oslo", "id": None, "via": "entry"}
    return [row, row | {"mentions": [mention]}, row | {"id": None}]


BROKEN = [
    (2, 'mentions[0]: "start, end" must be [start, end] with 0 <= start < end <= 5, got [0, 9].'),
    (3, '"id" must be a string, got None.'),
]


def test_a_broken_annotated_row_says_its_place_once(tmp_path: Path) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in broken_rows()), "utf-8")
    reading = read_source(path)
    assert reading.annotated is not None
    assert [comment.id for comment in reading.annotated] == ["a"]
    assert [(item.line, item.reason) for item in reading.set_aside] == BROKEN


def test_a_broken_annotated_row_of_parquet_says_its_place_once(tmp_path: Path) -> None:
    path = tmp_path / "wrong.parquet"
    parquet.write_table(pa.Table.from_pylist(broken_rows()), path)
    reading = read_source(path)
    assert reading.annotated is not None
    assert [comment.id for comment in reading.annotated] == ["a"]
    assert [(item.line, item.reason) for item in reading.set_aside] == BROKEN


def test_what_the_user_says_of_a_list_goes_before_the_corpus(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    ranked = RankedList(id="cars", title="Cars", entries=(Entry(name="Fiat", rank=1),))
    with path.open("w", encoding="utf-8") as file:
        write_corpus([reading_of((ranked,), [Comment(id="a", text="x", list=ranked)])], file)
    reading = read_source(path, title="Bad Cars", polarity="negative", kind="company")
    changed = replace(ranked, title="Bad Cars", polarity="negative", kind="company")
    assert reading.lists == (changed,)
    assert list(reading.comments) == [Comment(id="a", text="x", list=changed)]


def test_annotated_parquet_reads_like_annotated_jsonl(tmp_path: Path) -> None:
    oslo = Entry(name="Oslo", rank=2)
    mention = Mention(start=0, end=4, text="Oslo", label="CITY", name="Oslo", via="entry")
    annotated = [AnnotatedComment(id="a", text="Oslo!", list="Worst Towns", entry=oslo, mentions=(mention,))]
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.Table.from_pylist([annotated_to_dict(one) for one in annotated]), path)
    reading = read_source(path)
    assert (reading.format, [ranked.id for ranked in reading.lists]) == ("annotated", ["worst-towns"])
    assert reading.annotated is not None
    assert list(reading.annotated) == annotated
    assert [comment.id for comment in reading.comments] == ["a"]
