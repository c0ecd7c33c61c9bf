"""Annotated folders: cut into shards, gone on with, reused, taken as a source; annotated by an engine that only counts.

The engine of these tests finds one claim a comment, of the comment's own text, and remembers what it was asked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from commentlens.annotate import AnnotateOptions
from commentlens.corpus.annotated_folder import is_annotated_folder, open_folder
from commentlens.corpus.reading import Reading, SetAside, SetAsides
from commentlens.engines import Piece
from commentlens.errors import CommentlensError, SourceError
from commentlens.record_arrow import layers_of
from commentlens.records import AnnotatedComment, Claim, Comment, Entry, RankedList
from commentlens.shards import annotate_to_folder, annotating
from commentlens.sources import CommentStream

GRAZ, LINZ = Entry(name="Graz", rank=1, blurb="green"), Entry(name="Linz", rank=2)
BEST = RankedList(id="best", title="Best Cities", kind="city", entries=(GRAZ, LINZ))
WORST = RankedList(id="worst", title="Worst Cities", polarity="negative", entries=(LINZ,))
# Of the same title as another: only the id tells them apart.
AGAIN = RankedList(id="best-2", title="Best Cities", entries=(LINZ, GRAZ))


def found_in(comment: Comment) -> tuple[Claim, ...]:
    """What the engine of these tests finds."""
    subject = f"{comment.list.title if comment.list else None}: {comment.text}"
    return (Claim(subject=subject, stance="too_low", span=(0, len(comment.text)), rule="test"),)


@dataclass
class Scripted:
    """An engine that runs nothing: it finds what `found_in` says, and gives up on some texts."""

    hopeless: tuple[str, ...] = ()
    stop_after: int | None = None
    asked: list[str] = field(default_factory=list)

    def run(self, _: object, batches: Iterable[Sequence[Any]]) -> Generator[list[Piece[Any, Any]], None, None]:
        """One piece a batch, or one a comment where one of them is hopeless."""
        for number, batch in enumerate(batches):
            if number == self.stop_after:
                raise KeyboardInterrupt
            self.asked += [comment.text for comment in batch]
            parts = [[comment] for comment in batch] if {c.text for c in batch} & {*self.hopeless} else [batch]
            yield [self._piece(part) for part in parts]

    def _piece(self, part: Sequence[Comment]) -> Piece[Any, Any]:
        if part[0].text in self.hopeless:
            return Piece(part, None, "is hopeless")
        records = [AnnotatedComment(id="", text=comment.text, claims=found_in(comment)) for comment in part]
        return Piece(part, layers_of(records).serialize().to_pybytes())


def comments(texts: Iterable[str], ranked: RankedList | None = BEST, first: int = 0) -> list[Comment]:
    """Comments under the first entry of a list."""
    entry = ranked.entries[0] if ranked else None
    return [Comment(id=f"c{n}", text=text, list=ranked, entry=entry) for n, text in enumerate(texts, first)]


def reading(items: Iterable[Comment], *lists: RankedList, source: str = "a.jsonl", aside: int = 0) -> Reading:
    """A source that sets some lines aside."""
    left = SetAsides(SetAside(line=n + 1, reason="no text", text="", sort="empty") for n in range(aside))
    return Reading(source=source, format="corpus", lists=lists or (BEST,), comments=iter(items), set_aside=left)


def run(
    folder: Path, items: Iterable[Comment], engine: Scripted | None = None, size: int = 100, replace: bool = False
) -> list[str]:
    """Annotate one source into a folder, and tell what the engine was asked."""
    engine = engine or Scripted()
    annotate_to_folder([reading(items)], folder, AnnotateOptions(), engine, shard_size=size, replace=replace)
    return engine.asked


def content(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def texts(count: int, first: int = 0) -> list[str]:
    """Distinct texts of several lengths."""
    return [f"comment {number} {'very ' * (number % 7)}good" for number in range(first, first + count)]


def records(folder: Path) -> list[tuple[AnnotatedComment, str | None]]:
    """What the folder gives as a source, each with the id of its list."""
    return list(CommentStream([str(folder)]).with_lists(AnnotateOptions()))


def test_a_folder_and_what_comes_out_of_it(tmp_path: Path) -> None:
    """Every field of every comment, its entry and its list, in order of input, over several files."""
    items = [
        replace(comment, author="Ada", created="2021-01-02", likes=number, raw="x" if number % 2 else None)
        for number, comment in enumerate(comments(texts(250)))
    ]
    assert run(tmp_path / "d", items) == texts(250)
    folder = open_folder(tmp_path / "d")
    assert [shard.comments for shard in folder.shards] == [100, 100, 50]
    assert [source.comments for source in folder.sources] == [250]
    assert records(tmp_path / "d") == [
        (
            AnnotatedComment(
                id=comment.id,
                text=comment.text,
                raw=comment.raw,
                list="Best Cities",
                entry=replace(GRAZ, blurb=None),
                author="Ada",
                created="2021-01-02",
                likes=comment.likes,
                claims=found_in(comment),
            ),
            "best",
        )
        for comment in items
    ]


def test_lists_are_kept_whole(tmp_path: Path) -> None:
    """Lists of one title, entries that nobody comments on, lists without a comment, comments under no list."""
    first = reading(
        [*comments(["a", "b"]), *comments(["c"], AGAIN, 2), *comments(["d"], None, 3)], BEST, AGAIN, WORST, aside=2
    )
    second = reading(comments(["e"], WORST, 4), WORST, source="b.csv", aside=1)
    annotate_to_folder([first, second], tmp_path / "d", AnnotateOptions(), Scripted())

    stream = CommentStream([str(tmp_path / "d")])
    found = list(stream.with_lists(AnnotateOptions()))
    assert [(comment.id, list_id) for comment, list_id in found] == [
        *(("c0", "best"), ("c1", "best"), ("c2", "best-2"), ("c3", None), ("c4", "worst"))
    ]
    assert stream.lists == [BEST, AGAIN, WORST, WORST]
    assert [(source, item.line) for source, item in stream.set_aside] == [("a.jsonl", 1), ("a.jsonl", 2), ("b.csv", 1)]
    assert stream.set_aside_counts == {"empty": 3}


@pytest.mark.parametrize("stop", [0, 1, 2, 4])
def test_a_run_goes_on_where_it_was(tmp_path: Path, stop: int) -> None:
    """With the same bytes as an undisturbed one, and without annotating what was complete."""
    items = comments(texts(1500))
    run(tmp_path / "whole", items, size=300)
    stopped = Scripted(stop_after=stop)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "d", items, stopped, size=300)
    with pytest.raises(SourceError, match=r"is not complete.*goes on where it was"):
        open_folder(tmp_path / "d")
    done = len(list((tmp_path / "d" / "shards").iterdir())) * 300
    assert run(tmp_path / "d", items, size=300) == texts(1500)[done:]
    assert content(tmp_path / "d") == content(tmp_path / "whole")


def test_a_complete_folder_stays_so_until_the_next_is(tmp_path: Path) -> None:
    """A run that is stopped leaves the earlier one's folder to be read, and its own shards to be gone on with."""
    run(tmp_path / "d", comments(texts(250)))
    before = records(tmp_path / "d")
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "d", comments(texts(500, 100)), Scripted(stop_after=1), replace=True)
    assert records(tmp_path / "d") == before
    assert len(list((tmp_path / "d" / "shards").iterdir())) > 3
    run(tmp_path / "d", comments(texts(500, 100)), replace=True)
    run(tmp_path / "fresh", comments(texts(500, 100)))
    assert content(tmp_path / "d") == content(tmp_path / "fresh")


def test_what_a_killed_run_leaves_is_cleared_away(tmp_path: Path) -> None:
    """Half a file, a file that is damaged, a file of other comments."""
    items = comments(texts(300))
    run(tmp_path / "whole", items)
    run(tmp_path / "d", items)
    first, second, third = sorted((tmp_path / "d" / "shards").iterdir())
    third.rename(third.with_name("000007-0123456789.parquet"))
    second.write_bytes(second.read_bytes()[:100])
    first.with_name(f".{first.name}.4711.part").write_bytes(b"PAR1")
    (tmp_path / "d" / ".manifest.json.4711.part").write_text("{", encoding="utf-8")
    # The third is found again by its comments.
    assert run(tmp_path / "d", items) == texts(100, 100)
    assert content(tmp_path / "d") == content(tmp_path / "whole")


@pytest.mark.parametrize(
    ("mixed", "asked"),
    [
        ([*texts(300), *texts(20, 1000)], texts(20, 1000)),
        ([*texts(20, 1000), *texts(300)], texts(20, 1000)),
        ([*texts(150), *texts(20, 1000), *texts(150, 150)], texts(20, 1000)),
        (texts(120, 150), []),
        # Of two files one comment each: not worth to open them.
        ([*texts(1), *texts(50, 1000), *texts(1, 299)], [*texts(1), *texts(50, 1000), *texts(1, 299)]),
    ],
    ids=["behind", "before", "between", "fewer", "scattered"],
)
def test_only_new_comments_are_annotated(tmp_path: Path, mixed: list[str], asked: list[str]) -> None:
    """Wherever they stand; and the files are those of a run that knew nothing."""
    run(tmp_path / "d", comments(texts(300)))
    assert run(tmp_path / "d", comments(mixed), replace=True) == asked
    run(tmp_path / "fresh", comments(mixed))
    assert content(tmp_path / "d") == content(tmp_path / "fresh")


@pytest.mark.parametrize(
    ("items", "goes_on"),
    [
        (comments(texts(250)), True),
        (comments(texts(400)), True),
        # Grown at its beginning, by less than a shard and by more.
        ([*comments(texts(99, 1000), first=1000), *comments(texts(250))], True),
        ([*comments(texts(100, 1000), first=1000), *comments(texts(250))], False),
        (comments(texts(250, 1)), False),
        (comments(texts(250), first=1), False),
        ([replace(comments(texts(1))[0], text="edited"), *comments(texts(249, 1), first=1)], False),
        ([], False),
    ],
    ids=["same", "longer", "before", "far before", "other texts", "other ids", "edited", "none"],
)
def test_a_complete_folder_is_replaced_when_that_is_said(tmp_path: Path, items: list[Comment], goes_on: bool) -> None:
    """Unless its first comment comes again at the beginning: then it is the same source, maybe grown."""
    run(tmp_path / "d", comments(texts(250)))
    before = content(tmp_path / "d")
    if not goes_on:
        with pytest.raises(
            CommentlensError, match=r"d is complete and holds other comments: its first one, c0, .*--rep"
        ):
            run(tmp_path / "d", items)
        assert content(tmp_path / "d") == before
    run(tmp_path / "d", items, replace=not goes_on)
    run(tmp_path / "fresh", items)
    assert content(tmp_path / "d") == content(tmp_path / "fresh")


def test_only_what_is_complete_is_kept_from_other_comments(tmp_path: Path) -> None:
    """Not what an interrupted run has left, nor a folder without comments, nor one whose first shard is gone."""
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "begun", comments(texts(250)), Scripted(stop_after=1))
    run(tmp_path / "empty", [])
    run(tmp_path / "damaged", comments(texts(250)))
    min((tmp_path / "damaged" / "shards").iterdir()).unlink()
    for name in ("begun", "empty", "damaged"):
        assert run(tmp_path / name, comments(texts(9, 1000))) == texts(9, 1000)


def test_equal_texts_are_annotated_once(tmp_path: Path) -> None:
    """Where all that the annotation depends on is equal: list and entry, not who wrote it, or when."""
    same = ["Too high", "Too low", "Too high"] * 70
    authors = [replace(comment, author=f"w{number}") for number, comment in enumerate(comments(same))]
    assert run(tmp_path / "a", authors) == ["Too high", "Too low"]
    assert [comment.author for comment, _ in records(tmp_path / "a")] == [f"w{number}" for number in range(210)]
    elsewhere = Scripted()
    sources = [
        reading([*comments(["Too high"]), replace(comments(["Too high"])[0], entry=LINZ)]),
        reading(comments(["Too high"], WORST), WORST),
        reading(comments(["Too high"], None), BEST),
        reading(comments(["Too high"], replace(BEST, polarity="negative")), BEST),
    ]
    annotate_to_folder(sources, tmp_path / "b", AnnotateOptions(), elsewhere)
    assert elsewhere.asked == ["Too high"] * 5


def test_another_reading_of_comments_annotates_them_anew(tmp_path: Path) -> None:
    """Other options, other files, and those of the first are gone; or when it is asked for."""
    run(tmp_path / "d", comments(texts(50)))
    before = content(tmp_path / "d")
    engine = Scripted()
    annotate_to_folder([reading(comments(texts(50)))], tmp_path / "d", AnnotateOptions(rules_only=True), engine)
    assert engine.asked == texts(50)
    assert content(tmp_path / "d").keys() != before.keys()
    assert len(content(tmp_path / "d")) == len(before)
    annotate_to_folder(
        [reading(comments(texts(50)))], tmp_path / "d", AnnotateOptions(rules_only=True, cache=False), engine
    )
    assert engine.asked == texts(50) * 2


def test_what_cannot_be_annotated_is_set_aside(tmp_path: Path) -> None:
    """The others keep their places; a second run has the same to say; every copy of the text is meant."""
    items = comments(["fine", "bad", "fine too", "bad"])
    for _ in range(2):
        run(tmp_path / "d", items, Scripted(hopeless=("bad",)), size=3)
        assert [comment.id for comment, _ in records(tmp_path / "d")] == ["c0", "c2"]
        rejected = [json.loads(line) for line in (tmp_path / "d" / "rejects.jsonl").read_text("utf-8").splitlines()]
        assert [(row["source"], row["reason"], row["text"]) for row in rejected] == [
            ("a.jsonl", "comment 2 is hopeless", "bad"),
            ("a.jsonl", "comment 4 is hopeless", "bad"),
        ]


def test_all_rejects_are_written(tmp_path: Path) -> None:
    """Also those that no reader keeps in memory."""
    source = reading(comments(["a"]))

    def reads() -> Iterator[Comment]:
        for number in range(2500):
            source.set_aside.append(SetAside(line=number + 1, reason="no text", text=f"row {number}"))
        yield from comments(["a"])

    source.comments = reads()
    annotate_to_folder([source], tmp_path / "d", AnnotateOptions(), Scripted())
    rows = (tmp_path / "d" / "rejects.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(row)["text"] for row in rows] == [f"row {number}" for number in range(2500)]


def test_what_is_annotated_already_is_taken_as_it_is(tmp_path: Path) -> None:
    """Records, and a folder: its lists are those of its sources."""
    run(tmp_path / "d", comments(texts(120)))
    engine = Scripted()
    stream = CommentStream([str(tmp_path / "d")])
    annotate_to_folder(stream.readings(), tmp_path / "e", AnnotateOptions(), engine, shard_size=50)
    assert engine.asked == []
    assert records(tmp_path / "e") == records(tmp_path / "d")


def test_no_comment_at_all(tmp_path: Path) -> None:
    """A folder with lists only; no file."""
    run(tmp_path / "d", [])
    assert records(tmp_path / "d") == []
    assert open_folder(tmp_path / "d").shards == ()


def test_the_number_of_comments_done(tmp_path: Path) -> None:
    """Adds up, also where most of them were there."""
    for more in (0, 25):
        items = comments(texts(250 + more))
        done = annotating([reading(items)], tmp_path / "d", AnnotateOptions(), Scripted(), shard_size=100)
        assert sum(done) == 250 + more


def test_folders_that_are_not_written_to(tmp_path: Path) -> None:
    """A file, a folder of something else, and a folder that another run writes to."""
    (tmp_path / "file").touch()
    with pytest.raises(CommentlensError, match=r"file is a file; give a folder"):
        run(tmp_path / "file", [])
    (tmp_path / "other").mkdir()
    for name in ("thesis.part", ".thesis.txt.7.part", "manifest.json.bak"):
        (tmp_path / "other" / name).touch()
        with pytest.raises(CommentlensError, match=rf"other holds other files \({name}, …\)"):
            run(tmp_path / "other", [])
        assert [path.name for path in (tmp_path / "other").iterdir()] == [name]
        (tmp_path / "other" / name).unlink()

    first = annotating([reading(comments(texts(9)))], tmp_path / "d", AnnotateOptions(), Scripted(), shard_size=2)
    next(first)
    with pytest.raises(CommentlensError, match=r"another commentlens annotate is writing to .*d\. Wait"):
        run(tmp_path / "d", comments(texts(9)), size=2)
    assert sum(first) > 0


def test_damaged_folders_are_told(tmp_path: Path) -> None:
    """A shard that is gone, a manifest that is cut."""
    run(tmp_path / "d", comments(texts(9)))
    (shard,) = (tmp_path / "d" / "shards").iterdir()
    shard.unlink()
    with pytest.raises(SourceError, match=rf"{shard.name} cannot be read: .*annotate again"):
        records(tmp_path / "d")
    manifest = tmp_path / "d" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8")[:-40], encoding="utf-8")
    assert is_annotated_folder(tmp_path / "d")
    with pytest.raises(SourceError, match=r"manifest.json is damaged: .*annotate again"):
        records(tmp_path / "d")


def test_the_bytes_do_not_depend_on_the_place(tmp_path: Path) -> None:
    """Nor on the time, nor on what the shell says."""
    run(tmp_path / "a", comments(texts(30)))
    os.utime(tmp_path / "a", (1, 1))
    run(tmp_path / "b" / "c", comments(texts(30)))
    assert content(tmp_path / "a") == content(tmp_path / "b" / "c")


def test_half_a_sign_is_no_end(tmp_path: Path) -> None:
    """In a text, in what was set aside, in a title."""
    broken = replace(BEST, title="Best \ud83d")
    source = reading(comments(["a \ud83d", "b"], broken), broken)
    source.set_aside.append(SetAside(line=1, reason="no text", text="\udc00"))
    annotate_to_folder([source], tmp_path / "d", AnnotateOptions(), Scripted())
    stream = CommentStream([str(tmp_path / "d")])
    found = list(stream.with_lists(AnnotateOptions()))
    assert [(comment.text, comment.list, list_id) for comment, list_id in found] == [
        ("a \ufffd", "Best \ufffd", "best"),
        ("b", "Best \ufffd", "best"),
    ]
    assert [item.text for _, item in stream.set_aside] == ["\ufffd"]
