"""Packed sources, repeats, and what is set aside: in bounded memory, counted, never silent."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.corpus.read import expand_sources, read_source
from commentlens.corpus.reading import SetAside, SetAsides
from commentlens.corpus.repeats import Repeats
from commentlens.corpus.seen import Seen
from commentlens.corpus.streams import SourceFile
from commentlens.errors import SourceError
from commentlens.records import Comment, Entry
from commentlens.sources import CommentStream, Notes, SourceSettings
from commentlens.storage import Location

ROWS = [{"id": f"c{i}", "body": f"Ghent is no. {i}, café ☕", "author": "ann"} for i in range(2000)]
DUMP = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def zstd(data: bytes) -> bytes:
    packed: bytes = pa.compress(data, codec="zstd", asbytes=True)
    return packed


PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zstd, ".ZST": zstd}


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("name", ["dump.jsonl", "dump.csv", "page.txt", "nothing-told"])
def test_packed_is_read_as_unpacked(name: str, ending: str, tmp_path: Path) -> None:
    data = {
        "dump.csv": b"id,body\n1,I like Ghent\n2,Ghent is dull\n",
        "page.txt": b"Best towns\n1. Ghent\nI like it.\n2. Bruges\nToo many tourists.\n",
    }.get(name, DUMP)
    plain, packed = tmp_path / name, tmp_path / f"packed-{name}{ending}"
    plain.write_bytes(data)
    packed.write_bytes(PACKERS[ending](data))

    want, got = read_source(plain), read_source(packed)

    assert (got.format, [c.text for c in got.comments]) == (want.format, [c.text for c in want.comments])


def test_what_is_packed_shows_in_its_content_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_bytes(gzip.compress(DUMP))

    assert len(list(read_source(path).comments)) == len(ROWS)


@pytest.mark.parametrize("ending", [".gz", ".zst"])
@pytest.mark.parametrize("cut", [20, 2000])
def test_a_packed_file_that_ends_early_is_an_error(ending: str, cut: int, tmp_path: Path) -> None:
    path = tmp_path / f"dump.jsonl{ending}"
    noise = random.Random(1)
    data = "".join(json.dumps({"id": i, "body": str(noise.random())}) + "\n" for i in range(9000)).encode()
    path.write_bytes(PACKERS[ending](data)[:-cut])

    with pytest.raises(SourceError, match=r"dump\.jsonl\.(gz|zst) cannot be unpacked: .*\. Pack it again"):
        list(read_source(path).comments)


def test_a_folder_holds_packed_sources(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.csv.zst", "c.tar.gz", "d.parquet", "e.bin"):
        (tmp_path / name).write_bytes(b"x")

    found = [path.name for path in expand_sources([str(tmp_path)]) if isinstance(path, Location)]

    assert found == ["a.jsonl.gz", "b.csv.zst", "d.parquet"]


@pytest.mark.parametrize("packed", [False, True])
def test_how_far_a_source_is_read(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_bytes(gzip.compress(DUMP) if packed else DUMP)
    file = SourceFile(path)
    seen = [file.fraction()]

    with file.open(encoding="utf-8") as lines:
        seen += [file.fraction() for _ in lines]

    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0.0, 1.0)


@given(st.lists(st.integers(0, 400)))
def test_seen_is_a_dictionary_of_first_numbers(keys: list[int]) -> None:
    seen, known = Seen(), dict[int, int]()
    for number, key in enumerate(keys, 1):
        assert seen.earlier(("a", key), number) == known.get(key)
        known.setdefault(key, number)
    assert len(seen) == len(known)


def test_seen_grows() -> None:
    seen = Seen()

    assert [seen.earlier((i,), i) for i in range(20_000)] == [None] * 20_000
    assert [seen.earlier((i,), 0) for i in range(20_000)] == list(range(20_000))


SAID = Comment(id="1", text="Ghent should be first!", author="ann", created="2026-01-05T10:00:00Z")


@pytest.mark.parametrize(
    ("second", "repeat"),
    [
        (SAID, True),
        (replace(SAID, id="2"), True),
        (replace(SAID, id="2", created="2026-01-05T10:09:59Z"), True),
        (replace(SAID, id="2", created="2026-01-05T11:09:59+01:00"), True),
        (replace(SAID, id="2", created="2026-01-05T10:10:01Z"), False),
        (replace(SAID, id="2", created="2026-01-05"), False),
        (replace(SAID, id="2", created=None), False),
        (replace(SAID, id="2", author="bob"), False),
        (replace(SAID, id="2", author=None), False),
        (replace(SAID, id="2", text="Ghent should be first"), False),
        (replace(SAID, id="2", entry=Entry(name="Ghent", rank=2)), False),
        (replace(SAID, author=None), True),
        (replace(SAID, text="Edited."), False),
    ],
)
def test_repeats(second: Comment, repeat: bool) -> None:
    repeats = Repeats()

    assert repeats.reason(SAID) is None
    assert (repeats.reason(second) is not None) is repeat


@pytest.mark.parametrize(("first", "second", "repeat"), [(None, None, True), ("2026-01-05", "2026-01-06", False)])
def test_repeats_without_a_moment(first: str | None, second: str | None, repeat: bool) -> None:
    repeats = Repeats()

    assert repeats.reason(replace(SAID, created=first)) is None
    assert (repeats.reason(replace(SAID, id="2", created=second)) is not None) is repeat


def test_strangers_may_say_the_same() -> None:
    repeats = Repeats()

    assert [repeats.reason(Comment(id=str(i), text="lol")) for i in range(3)] == [None] * 3


def test_what_is_set_aside_is_counted_and_the_first_thousand_kept() -> None:
    aside = SetAsides()
    told: list[SetAside] = []
    aside.append(SetAside(line=1, reason="deleted", text="", sort="deleted"))
    aside.tell(told.append)
    for line in range(2, 3001):
        aside.append(SetAside(line=line, reason="no text", text=""))

    assert (len(aside), aside.total, dict(aside.sorts)) == (1000, 3000, {"deleted": 1, "broken": 2999})
    assert [item.line for item in told] == list(range(1, 3001))


@pytest.fixture
def forum(tmp_path: Path) -> Path:
    """A forum's dump with a broken line, a deleted comment and two repeats."""
    rows = [
        {
            "id": "a",
            "parent_id": "t3_x",
            "author": "ann",
            "created_utc": 1767600000,
            "score": 3,
            "body": "I love Ghent",
        },
        {"id": "b", "parent_id": "a", "author": "bob", "created_utc": 1767600100, "score": 1, "body": "[deleted]"},
        {"id": "c", "parent_id": "a", "author": "ann", "created_utc": 1767600200, "score": 0, "body": "I love Ghent"},
        {"id": "d", "parent_id": "a", "author": "cy", "created_utc": 1767600300, "score": 0, "body": "I love Ghent"},
        {
            "id": "a",
            "parent_id": "t3_x",
            "author": "ann",
            "created_utc": 1767600000,
            "score": 3,
            "body": "I love Ghent",
        },
    ]
    path = tmp_path / "forum.jsonl.gz"
    lines = [json.dumps(row) for row in rows]
    path.write_bytes(gzip.compress("\n".join([*lines[:2], '{"id": "x", "body"', *lines[2:]]).encode()))
    return path


def stream_of(path: Path, rejected: list[tuple[str, SetAside]], *, strict: bool = False) -> CommentStream:
    notes = Notes(reject=lambda source, item: rejected.append((source, item)))
    return CommentStream([str(path)], SourceSettings(strict=strict), notes)


def comments_of(stream: CommentStream) -> Iterator[Comment]:
    for reading in stream.readings():
        yield from reading.comments


def test_a_forum_dump(forum: Path) -> None:
    rejected: list[tuple[str, SetAside]] = []
    stream = stream_of(forum, rejected)

    comments = list(comments_of(stream))

    assert [(c.id, c.author, c.created, c.likes, c.parent) for c in comments] == [
        ("a", "ann", "2026-01-05T08:00:00Z", 3, "t3_x"),
        ("d", "cy", "2026-01-05T08:05:00Z", 0, "a"),
    ]
    assert dict(stream.set_aside_counts) == {"deleted": 1, "broken": 1, "repeat": 2}
    assert [(source, item.line, item.sort) for source, item in rejected] == [
        (str(forum), 2, "deleted"),
        (str(forum), 3, "broken"),
        (str(forum), 0, "repeat"),
        (str(forum), 6, "repeat"),
    ]
    assert stream.fraction() == 1.0


def test_strict_ends_at_the_first_broken_row(forum: Path) -> None:
    with pytest.raises(SourceError, match=r"forum\.jsonl\.gz, line 3: not JSON: .*\. Mend the row, or leave --strict"):
        list(comments_of(stream_of(forum, [], strict=True)))
