"""How long a report over an annotated folder takes and how much memory, from ten thousand comments to a million.

    python bench/report_scale.py --data ../shared/data
    python bench/report_scale.py --sizes 10000 100000 --option=--across-lists

The folders are made of what ``commentlens annotate`` finds in some thousand comments (`corpus_of_texts.py`; without
``--data`` the corpus that ships), over and over with other ids, authors, dates, likes and a number behind the text: a
fifth anonymous, the others of as many authors as a third of the comments. They are written by the package's own writer
of shards, and are the same each time. Each report is a process of its own; with ``--stream`` it goes comment by comment
instead (``--limit`` has that effect), for comparison.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from corpus_of_texts import write_comments
from measured import Measured, load, measured

from commentlens.annotate import AnnotateOptions
from commentlens.corpus.annotated_folder import LIST_COLUMN, AnnotatedFolder, open_folder
from commentlens.corpus.reading import Reading
from commentlens.engines import Piece
from commentlens.record_arrow import LAYERS
from commentlens.records import Comment, RankedList
from commentlens.shards import annotate_to_folder

SIZES = (10_000, 100_000, 1_000_000)
_PATTERN = 5_000


class Repeated:
    """The comments of an annotated folder as many times as wanted; the engine that knows their annotations.

    Args:
        folder: with what is repeated.
        comments: how many there are to be.
    """

    def __init__(self, folder: AnnotatedFolder, comments: int) -> None:
        rows = [batch for number in range(len(folder.sources)) for batch in folder.batches_of(number)]
        table = pa.Table.from_batches(rows).combine_chunks()
        self._layers = table.select(LAYERS).to_batches()[0]
        self._lists = {one.id: one for lists in folder.lists.values() for one in lists}
        self._texts = table.column("text").to_pylist()
        self._list_ids = table.column(LIST_COLUMN).to_pylist()
        self._entries = table.column("entry").to_pylist()
        self._comments = comments

    @property
    def reading(self) -> Reading:
        """All comments, as a source."""
        return Reading(
            source="repeated.jsonl", format="corpus", lists=tuple(self._lists.values()), comments=self._made()
        )

    def run(self, _: object, batches: Iterable[Sequence[Any]]) -> Generator[list[Piece[Any, Any]], None, None]:
        """The annotations of each batch, as an engine gives them."""
        for batch in batches:
            places = pa.array([int(comment.id) % len(self._texts) for comment in batch])
            yield [Piece(batch, self._layers.take(places).serialize().to_pybytes())]

    def _made(self) -> Iterator[Comment]:
        chance = random.Random(11)
        known = {one.id: {(e.name, e.within, e.rank): e for e in one.entries} for one in self._lists.values()}
        for number in range(self._comments):
            at = number % len(self._texts)
            ranked: RankedList | None = self._lists.get(self._list_ids[at])
            entry = self._entries[at]
            year, month, day = chance.randrange(2020, 2026), chance.randrange(1, 13), chance.randrange(1, 29)
            yield Comment(
                id=str(number),
                text=f"{self._texts[at]} ({number})",
                list=ranked,
                entry=known[ranked.id].get((entry["name"], entry["within"], entry["rank"]))
                if ranked and entry
                else None,
                author=None if chance.random() < 0.2 else f"writer {chance.randrange(self._comments // 3 + 1)}",
                created=f"{year}-{month:02}-{day:02}T08:00:00Z",
                likes=int(chance.paretovariate(1.2)) - 1,
            )


def pattern(data: Path | None, folder: Path) -> AnnotatedFolder:
    """Some thousand comments, annotated by the command."""
    sources: list[str] = []
    if data is not None:
        source = folder / "pattern.jsonl"
        write_comments(data, _PATTERN, source)
        sources = [str(source)]
    subprocess.run([_command(), "annotate", *sources, "-q", "-o", folder / "pattern"], check=True)
    return open_folder(folder / "pattern")


def _command() -> str:
    return str(Path(sys.executable).with_name("commentlens"))


def report_of(folder: Path, options: Sequence[str]) -> Measured:
    """A report over a folder, as a process."""
    return measured([_command(), "report", folder, "--format", "json", *options])


def table_of(rows: Sequence[tuple[int, Measured]]) -> str:
    """The figures as a table of Markdown."""
    lines = ["| comments | seconds | processor seconds | peak memory, MB |", "|---:|---:|---:|---:|"]
    lines += [f"| {size:,} | {one.wall:.1f} | {one.processor:.1f} | {one.parent:.0f} |" for size, one in rows]
    return "\n".join([*lines, "", f"{load()}."])


def main() -> None:
    """Make the folders, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of labelled sets (corpus_of_texts.py)")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="comments of each folder")
    parser.add_argument("--option", action="append", default=[], help="an option of the report; may be repeated")
    parser.add_argument("--stream", action="store_true", help="comment by comment, without DuckDB")
    parser.add_argument("--keep", type=Path, help="a folder for the folders; what is there is used again")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args()
    options = [*given.option, *(["--limit", "1000000000"] if given.stream else [])]
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        base = given.keep or Path(temporary)
        base.mkdir(parents=True, exist_ok=True)
        repeated = pattern(given.data, base)
        for size in given.sizes:
            corpus = Repeated(repeated, size)
            annotate_to_folder([corpus.reading], base / str(size), AnnotateOptions(), corpus)
            rows.append((size, report_of(base / str(size), options)))
    if given.json:
        print(json.dumps([{"comments": size, "seconds": one.wall, "megabytes": one.parent} for size, one in rows]))
    else:
        print(table_of(rows))


if __name__ == "__main__":
    main()
