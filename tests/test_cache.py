"""What is kept from one run to the next: keys, whole files, damage that is passed over."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from commentlens import cache as cache_module
from commentlens.cache import BatchCache, batch_key, fingerprint, kept_text, reading_files
from commentlens.records import AnnotatedComment, Claim, Comment, Entry, RankedList

ROME = Entry(name="Rome", rank=3)
CITIES = RankedList(id="cities", title="Best Cities", entries=(ROME,))
COMMENT = Comment(id="a", text="So nice 🙂", list=CITIES, entry=ROME)
ANNOTATED = [
    AnnotatedComment(
        id="a",
        text="So nice 🙂\n\r\n\t",
        list="Best Cities",
        entry=ROME,
        claims=(Claim(subject="Rome", stance="too_low", proposed=(1, None), span=(0, 2), rule="r"),),
    ),
    AnnotatedComment(id="b", text=""),
]


def test_a_batch_comes_back(tmp_path: Path) -> None:
    """Whole, from a file of its key in the folder of its fingerprint; nothing else is left there."""
    cache = BatchCache("state", tmp_path)
    assert cache.get("key") is None
    cache.put("key", ANNOTATED)
    assert BatchCache("state", tmp_path).get("key") == ANNOTATED
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [
        "state/key.jsonl"
    ]
    assert BatchCache("other", tmp_path).get("key") is None


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_odd_line_ends_in_comments_come_back(tmp_path: Path, sign: str) -> None:
    """Only a line feed ends a record."""
    batch = [AnnotatedComment(id="a", text=f"So{sign}nice")]
    cache = BatchCache("state", tmp_path)
    cache.put("key", batch)
    assert cache.get("key") == batch


def test_an_empty_batch_comes_back(tmp_path: Path) -> None:
    """It is a batch all the same."""
    cache = BatchCache("state", tmp_path)
    cache.put("key", [])
    assert cache.get("key") == []


def test_the_folder_of_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under ``$XDG_CACHE_HOME``, else under the home."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert BatchCache("state").folder == tmp_path / "xdg" / "commentlens" / "state"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert BatchCache("state").folder == tmp_path / "home" / ".cache" / "commentlens" / "state"


@pytest.mark.parametrize("damage", [b"{", b'{"id": "a"}\n', b"\xff\xfe", b"[]\n", b'"x"', b'{"id": "a", "text": 1}'])
def test_a_damaged_file_is_as_if_it_were_not_there(tmp_path: Path, damage: bytes) -> None:
    """Cut short, of another shape, no text at all; the next run writes it anew."""
    cache = BatchCache("state", tmp_path)
    cache.put("key", ANNOTATED)
    (tmp_path / "state" / "key.jsonl").write_bytes(damage)
    assert cache.get("key") is None
    cache.put("key", ANNOTATED)
    assert cache.get("key") == ANNOTATED


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    """Nothing is kept, nothing is raised."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = BatchCache("state", tmp_path / "file")
    cache.put("key", ANNOTATED)
    assert cache.get("key") is None


def test_the_oldest_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of whatever fingerprint, when all together grow too large."""
    old, new = BatchCache("old", tmp_path), BatchCache("new", tmp_path)
    old.put("a", ANNOTATED)
    size = (tmp_path / "old" / "a.jsonl").stat().st_size
    os.utime(tmp_path / "old" / "a.jsonl", (1, 1))
    monkeypatch.setattr(cache_module, "_LARGEST", 2 * size)
    new.put("b", ANNOTATED)
    assert old.get("a") == ANNOTATED
    new.put("c", ANNOTATED)
    assert (old.get("a"), new.get("b"), new.get("c")) == (None, ANNOTATED, ANNOTATED)


@pytest.mark.parametrize(
    "other",
    [
        replace(COMMENT, id="b"),
        replace(COMMENT, text="so nice"),
        replace(COMMENT, raw="x"),
        replace(COMMENT, author="x"),
        replace(COMMENT, created="x"),
        replace(COMMENT, likes=1),
        replace(COMMENT, entry=None),
        replace(COMMENT, entry=replace(ROME, rank=4)),
        replace(COMMENT, list=None),
        replace(COMMENT, list=replace(CITIES, title="Worst Cities")),
        replace(COMMENT, list=replace(CITIES, polarity="negative")),
        replace(COMMENT, list=replace(CITIES, kind="city")),
        replace(COMMENT, list=replace(CITIES, entries=())),
    ],
)
def test_another_comment_has_another_key(other: Comment) -> None:
    """Whatever could change its record or its reading."""
    assert batch_key([other]) != batch_key([COMMENT])
    assert batch_key([replace(COMMENT)]) == batch_key([COMMENT])


def test_keys_of_batches() -> None:
    """Order, length and whose list it is count."""
    other = replace(COMMENT, id="b")
    keys = {batch_key(batch) for batch in ([COMMENT, other], [other, COMMENT], [COMMENT], [COMMENT, COMMENT], [])}
    assert len(keys) == 5
    split = [COMMENT, replace(other, list=None)]
    assert batch_key(split) != batch_key([COMMENT, other])


def test_fingerprints(tmp_path: Path) -> None:
    """The content of files and folders counts, their order does not."""
    rules, folder = tmp_path / "rules.toml", tmp_path / "model"
    folder.mkdir()
    (folder / "config.cfg").write_text("a", encoding="utf-8")
    rules.write_text("a", encoding="utf-8")
    before = fingerprint([rules, folder])
    assert fingerprint([folder, rules]) == before
    assert fingerprint([rules]) != before
    rules.write_text("b", encoding="utf-8")
    changed = fingerprint([rules, folder])
    assert changed != before
    (folder / "config.cfg").write_text("b", encoding="utf-8")
    assert fingerprint([rules, folder]) not in {before, changed}


def test_files_that_annotations_depend_on(tmp_path: Path) -> None:
    """Not what is made of annotations later, nor what Python makes of the files."""
    names = (
        *("pipeline.py", "components/claims.py", "knowledge/data/rules.toml", "shards_write.py"),
        *("cli/report.py", "render/web/page.js", "summary.py", "summary_city.py", "consensus_model.py", "claims.pyc"),
    )
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert reading_files(tmp_path) == sorted(tmp_path / name for name in names[:4])


def test_a_text_is_kept_for_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made once; what cannot be read is made anew, and a folder that cannot be written to is no error."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = iter(["first", "second", "third"])

    assert [kept_text("a.js", lambda: next(made)) for _ in range(2)] == ["first", "first"]
    (tmp_path / "commentlens" / "texts" / "a.js").write_bytes(b"\xff\xfe\xff")
    assert kept_text("a.js", lambda: next(made)) == "second"
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert kept_text("a.js", lambda: next(made)) == "third"
