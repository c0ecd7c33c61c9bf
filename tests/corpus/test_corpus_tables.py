"""Tables to records: polls, forum dumps, broken rows, mapped columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from commentlens.corpus import Columns, SetAside, read_source
from commentlens.corpus.columns import resolve
from commentlens.corpus.table import whole_number
from commentlens.errors import NoCommentsError, SourceError
from commentlens.records import Comment, Entry, RankedList

POLL = """comment_id,place,position,user,posted_at,likes,body
p1,Lisbon,2,ana,2024-05-01,"1,204","Steep, but ""pretty""
and cheap"
p2,"Kyoto, Japan",1,,2024-05-02,,Number one &amp; rightly so
p3,Lisbon,2,bo,,3,[deleted]
p4,Lisbon,2,cy,,3,
p5,Lisbon,2
p6,,,dee,,0,All of them are too hot
"""
KYOTO = Entry(name="Kyoto", within="Japan", rank=1)
LISBON = Entry(name="Lisbon", rank=2)
SUMMER = RankedList(id="worst-summer-cities", title="worst summer cities", polarity="negative", entries=(KYOTO, LISBON))


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_poll_gives_a_list_and_its_comments(tmp_path: Path) -> None:
    reading = read_source(written(tmp_path, "worst_summer_cities.csv", POLL))
    comments = list(reading.comments)
    assert (reading.format, reading.lists) == ("csv", (SUMMER,))
    assert comments == [
        Comment(id="p1", text='Steep, but "pretty"\nand cheap', list=SUMMER, entry=LISBON, author="ana",
                created="2024-05-01", likes=1204),
        Comment(id="p2", text="Number one & rightly so", raw="Number one &amp; rightly so", list=SUMMER, entry=KYOTO,
                created="2024-05-02"),
        Comment(id="p6", text="All of them are too hot", list=SUMMER, author="dee", likes=0),
    ]  # fmt: skip
    assert reading.set_aside == [
        SetAside(line=5, reason="deleted", text="p3,Lisbon,2,bo,,3,[deleted]"),
        SetAside(line=6, reason="empty", text="p4,Lisbon,2,cy,,3,"),
        SetAside(line=7, reason="3 cells where the header has 7", text="p5,Lisbon,2"),
    ]


def test_comments_share_their_list_and_entries(tmp_path: Path) -> None:
    reading = read_source(written(tmp_path, "poll.csv", POLL))
    comments = list(reading.comments)
    assert all(comment.list is reading.lists[0] for comment in comments)
    assert comments[0].entry is reading.lists[0].entries[1]


def test_a_quote_that_never_closes_costs_its_own_line_only(tmp_path: Path) -> None:
    text = (
        'id,text,city,position\n1,good,Oslo,1\n2,"never closed,Oslo,1\n3,fine,Oslo,1\n'
        '4,"also, fine",Rome,2\n5,a 5" screen,Rome,2\n'
    )
    reading = read_source(written(tmp_path, "quotes.csv", text))
    assert [(comment.id, comment.text) for comment in reading.comments] == [
        ("1", "good"), ("3", "fine"), ("4", "also, fine"), ("5", 'a 5" screen'),
    ]  # fmt: skip
    assert [item.line for item in reading.set_aside] == [3]


def test_forum_dump_has_no_list(tmp_path: Path) -> None:
    rows = (
        '{"id": "a", "parent_id": null, "author": "mo", "created_utc": 1400000000, "score": 5, "body": "Rome?"}\n'
        '{"id": "b", "parent_id": "a", "author": "[deleted]", "created_utc": "1400000060.0", "score": -2,'
        ' "body": "No. Turin"}\n'
        "\n"
        '{"id": "c", "parent_id": "a", "body": "[removed]"}\n'
        '{"id": "d", "body": \n'
        '["e"]\n'
        '{"id": "f", "created_utc": 1400000000123, "body": "I donâ€™t", "score": "many"}\n'
    )
    reading = read_source(written(tmp_path, "thread.jsonl", rows))
    assert list(reading.comments) == [
        Comment(id="a", text="Rome?", author="mo", created="2014-05-13T16:53:20Z", likes=5),
        Comment(id="b", text="No. Turin", created="2014-05-13T16:54:20Z", likes=-2, parent="a"),
        Comment(id="f", text="I don’t", raw="I donâ€™t", created="2014-05-13T16:53:20Z"),
    ]
    assert (reading.format, reading.lists) == ("jsonl", ())
    assert [(item.line, item.reason) for item in reading.set_aside] == [
        (4, "removed"), (5, "not JSON: Expecting value"), (6, "not a JSON object"),
    ]  # fmt: skip


def test_ids_are_made_from_the_row_where_the_table_has_none(tmp_path: Path) -> None:
    reading = read_source(written(tmp_path, "my notes.tsv", "Text\tAuthor\none\tx\n\ty\nthree\t\n"))
    assert reading.format == "tsv"
    assert [(c.id, c.author) for c in reading.comments] == [("my-notes-001", "x"), ("my-notes-003", None)]


def test_a_list_column_gives_a_list_each(tmp_path: Path) -> None:
    text = "list,item,rank,comment\nBest Cars,Fiat,2,ok\nWorst Cars,fiat,1,bad\n"
    text += "Best Cars,Volvo,1,safe\nBest Cars,FIAT,2,meh\nBest Cars,Fiat,3,x\n"
    reading = read_source(written(tmp_path, "cars.csv", text))
    best, worst = reading.lists
    assert (best.id, best.polarity) == ("best-cars", "positive")
    assert best.entries == (Entry(name="Volvo", rank=1), Entry(name="Fiat", rank=2))
    assert (worst.id, worst.polarity, worst.entries) == ("worst-cars", "negative", (Entry(name="fiat", rank=1),))
    assert [comment.list and comment.list.id for comment in reading.comments] == [
        "best-cars", "worst-cars", "best-cars", "best-cars", "best-cars",
    ]  # fmt: skip


def test_columns_can_be_named(tmp_path: Path) -> None:
    text = "a,b,c\nOslo,4,quiet\n"
    path = written(tmp_path, "x.csv", text)
    columns = Columns(entry="A", rank="b", text="c")
    reading = read_source(path, columns=columns, title="Dullest Cities", kind="city")
    entry = Entry(name="Oslo", rank=4)
    ranked = RankedList(id="dullest-cities", title="Dullest Cities", polarity="negative", kind="city", entries=(entry,))
    assert list(reading.comments) == [Comment(id="dullest-cities-001", text="quiet", list=ranked, entry=entry)]
    with pytest.raises(SourceError, match=r'x\.csv: no column "d"\. The columns are "a", "b", "c"\.$'):
        read_source(path, columns=Columns(text="d"))
    with pytest.raises(SourceError, match=r'no column of comments among "a", "b", "c"\. Say which it is with --text'):
        read_source(path)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["comment_id", "place", "position", "user", "posted_at", "likes", "body"],
         Columns(id="comment_id", entry="place", rank="position", author="user", created="posted_at", likes="likes",
                 text="body")),
        (["id", "parent_id", "author", "created_utc", "score", "body"],
         Columns(id="id", parent="parent_id", author="author", created="created_utc", likes="score", text="body")),
        (["Title", "City", "Rank", "Comment Text"],
         Columns(list="Title", entry="City", rank="Rank", text="Comment Text")),
        (["comment", "name"], Columns(text="comment", entry="name")),
        (["Respondent", "City voted for", "Pos.", "Thumbs up", "Date posted", "Comment:"],
         Columns(author="Respondent", entry="City voted for", rank="Pos.", likes="Thumbs up", created="Date posted",
                 text="Comment:")),
        (["Voter", "Choice", "Upvotes", "comments", "text"],
         Columns(author="Voter", entry="Choice", likes="Upvotes", text="text")),
        (["No.", "Brand", "Reviewer", "Feedback"], Columns(entry="Brand", author="Reviewer", text="Feedback")),
        (["Film", "name", "comments"], Columns(entry="Film", text="comments")),
    ],
)  # fmt: skip
def test_columns_are_guessed(names: list[str], expected: Columns) -> None:
    assert resolve(Columns(), names, "t.csv") == expected


@pytest.mark.parametrize(
    ("first", "is_table"),
    [
        ("city,comments", True),
        ("Comment,whatever", True),
        ("Comments | Share", False),
        ("Feedback, please", False),
        ("city,rank", False),
    ],
)
def test_a_first_line_that_heads_a_table(tmp_path: Path, first: str, is_table: bool) -> None:
    path = written(tmp_path, "t.txt", first + "\n" + ("a,b" if "," in first else "a|b") + "\n")
    assert (read_source(path).format == "csv") == is_table


def test_columns_not_used_are_told(tmp_path: Path) -> None:
    poll = "respondent,city,age,What do you want to say?,mood today\nann,Oslo,30,fine,ok\n"
    path = written(tmp_path, "poll.csv", poll)
    assert read_source(path, columns=Columns(text="what do you want to say")).unused_columns == ("age", "mood today")
    thread = written(tmp_path, "t.csv", "id,title,rank,body\n1,x,2,hi\n")
    assert read_source(thread).unused_columns == ("title", "rank")
    page = written(tmp_path, "p.txt", "1 Oslo\n\ncold\n\n2 Rome\n\nhot\n")
    assert read_source(page).unused_columns == ()


def test_a_wide_table_names_the_nearest_columns(tmp_path: Path) -> None:
    names = [f"column_{letter}" for letter in "abcdefghijklm"]
    path = written(tmp_path, "wide.csv", ",".join(names) + "\n" + ",".join(names) + "\n")
    with pytest.raises(SourceError, match=r'no column "colum_m"\. Did you mean "column_m" or "column_[a-z]"'):
        read_source(path, columns=Columns(text="colum_m"))
    with pytest.raises(SourceError, match=r'among "column_a", .*, "column_l" and 1 more\. Say'):
        read_source(path)


def test_the_second_row_of_an_id_is_set_aside(tmp_path: Path) -> None:
    text = "id,body\nx,[deleted]\nx,one\ny,two\nx,three\n,four\n,five\nz,six\n"
    reading = read_source(written(tmp_path, "t.csv", text))
    assert [(comment.id, comment.text) for comment in reading.comments] == [
        ("x", "one"), ("y", "two"), ("t-005", "four"), ("t-006", "five"), ("z", "six"),
    ]  # fmt: skip
    assert reading.set_aside == [
        SetAside(line=2, reason="deleted", text="x,[deleted]"),
        SetAside(line=5, reason="same id as line 3", text="x,three"),
    ]


def test_an_id_that_rows_share_is_no_comment_id(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", "post_id,body\n7,one\n7,two\n7,three\n8,four\n")
    reading = read_source(path)
    assert [comment.id for comment in reading.comments] == ["t-001", "t-002", "t-003", "t-004"]
    assert (reading.set_aside, reading.unused_columns) == ([], ("post_id",))
    named = read_source(path, columns=Columns(id="post_id"))
    assert [comment.id for comment in named.comments] == ["7", "8"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("7", 7),
        (" #7 ", 7),
        ("7.0", 7),
        ("1,204", 1204),
        ("-3", -3),
        (7.0, 7),
        (7.5, None),
        ("7th", None),
        ("", None),
        (None, None),
        (True, None),
        ("٣", None),
        ("1" * 40, None),
        (float("nan"), None),
        (float("inf"), None),
    ],
)
def test_whole_number(cell: object, number: int | None) -> None:
    assert whole_number(cell) == number


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (["city", "position", "comment"], ["Oslo", "1", "yes"]))
    reading = read_source(written(tmp_path, "t.csv", "\ufeff" + text + "\n"))
    assert [(c.text, c.entry) for c in reading.comments] == [("yes", Entry(name="Oslo", rank=1))]


def test_parquet_reads_like_csv(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": 7, "place": "Kyoto, Japan", "position": 1, "likes": 2.0, "body": "calm"},
        {"id": 8, "place": "Lisbon", "position": 2, "likes": None, "body": None},
    ]
    path = tmp_path / "worst summer cities.parquet"
    parquet.write_table(pa.Table.from_pylist(rows), path)
    reading = read_source(path)
    assert list(reading.comments) == [Comment(id="7", text="calm", list=SUMMER, entry=KYOTO, likes=2)]
    assert (reading.format, reading.lists) == ("parquet", (SUMMER,))
    assert [(item.line, item.reason) for item in reading.set_aside] == [(2, "empty")]


def test_json_array(tmp_path: Path) -> None:
    reading = read_source(written(tmp_path, "c.json", '{"comments": [{"text": "a"}, 3, {"text": "b"}]}'))
    assert [comment.id for comment in reading.comments] == ["c-001", "c-003"]
    assert [(item.line, item.reason) for item in reading.set_aside] == [(2, "not a JSON object")]


def test_entries_of_gold_rows(tmp_path: Path) -> None:
    row = '{"id": "x", "list": "Best Cities", "entry": {"name": "Oslo", "rank": 3}, "text": "ok"}\n'
    reading = read_source(written(tmp_path, "gold.jsonl", row))
    (comment,) = reading.comments
    assert (comment.entry, comment.list and comment.list.title) == (Entry(name="Oslo", rank=3), "Best Cities")


def test_table_without_a_comment(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", "id,text\n1,[removed]\n2,\n")
    with pytest.raises(NoCommentsError, match=r"2 rows were set aside, the first in line 2: removed"):
        read_source(path)


def test_title_given_by_the_user(tmp_path: Path) -> None:
    one = written(tmp_path, "a.csv", "list,item,comment\nBest Cars,Fiat,ok\n")
    two = written(tmp_path, "b.csv", "list,item,comment\nBest Cars,Fiat,ok\nBest Bikes,BMX,ok\n")
    assert [ranked.title for ranked in read_source(one, title="Mine").lists] == ["Mine"]
    assert [ranked.title for ranked in read_source(two, title="Mine").lists] == ["Best Cars", "Best Bikes"]
