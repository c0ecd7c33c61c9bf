"""Shows what annotating costs as comments grow in number: time, processor time, and the peak memory of each process.

    python bench/scaling.py --comments 1000 10000 100000 --processes 1 2 --data ../shared/data
    python bench/scaling.py --comments 1000000 --processes 2 --json

Each size is a run of ``commentlens annotate`` with all layers, an empty cache and a new folder. Comments are of one
sort at every size (`corpus_of_texts.py --recombined`), so that a difference is one of number alone. "Next ones" are the
milliseconds of processor that each comment takes beyond those of the size before: the same all the way down where cost
is linear, and start-up falls out. Memory is that of the parent and of the largest worker.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus_of_texts import write_comments
from forum import texts_of
from measured import Measured, load, measured
from throughput import ENVIRONMENT, SHARED, command


@dataclass(frozen=True, slots=True)
class Size:
    """One run.

    Args:
        comments: how many.
        processes: how many.
        bytes_written: of the annotated folder.
        run: what was measured.
    """

    comments: int
    processes: int
    bytes_written: int
    run: Measured


def run(source: Path, comments: int, processes: int) -> Size:
    """One run with nothing in the cache."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        line = command("commentlens", source, scratch, processes, Path())
        found = measured(line, {**ENVIRONMENT, "XDG_CACHE_HOME": str(scratch / "cache")})
        written = sum(path.stat().st_size for path in (scratch / "annotated").rglob("*") if path.is_file())
        return Size(comments, processes, written, found)


def next_ones(before: Size | None, size: Size) -> float:
    """Milliseconds of processor for each comment beyond the size before; not a number for the first."""
    if before is None or before.comments == size.comments:
        return math.nan
    return 1000 * (size.run.processor - before.run.processor) / (size.comments - before.comments)


def table(sizes: Sequence[Size]) -> str:
    """Markdown: a row a size, the sizes of each number of processes together, small ones first."""
    rows = [
        "| processes | comments | s | s of processor | ms, next ones | parent, MB | worker, MB | bytes a comment |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for processes in dict.fromkeys(size.processes for size in sizes):
        before = None
        for size in sorted((size for size in sizes if size.processes == processes), key=lambda size: size.comments):
            each = next_ones(before, size)
            figures = (
                f"{size.run.wall:,.1f}",
                f"{size.run.processor:,.1f}",
                "–" if math.isnan(each) else f"{each:.2f}",
                f"{size.run.parent:,.0f}",
                f"{max(size.run.workers, default=0):,.0f}",
                f"{size.bytes_written / size.comments:,.0f}",
            )
            rows.append(f"| {processes} | {size.comments:,} | {' | '.join(figures)} |")
            before = size
    return "\n".join(rows)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comments", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="sizes")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--data", type=Path, default=SHARED / "data", help="folder of the labelled sets")
    parser.add_argument("--json", action="store_true", help="every run, as JSON")
    given = parser.parse_args()
    texts = texts_of(given.data)
    sizes = []
    with tempfile.TemporaryDirectory() as folder:
        for comments in sorted(given.comments):
            source = Path(folder, f"{comments}.jsonl")
            write_comments(given.data, comments, source, always_recombined=True, texts=texts)
            for processes in given.processes:
                sizes.append(run(source, comments, processes))
                print(table(sizes[-1:]).splitlines()[-1], file=sys.stderr, flush=True)
            source.unlink()
    if given.json:
        print(json.dumps({"machine": load(), "runs": [asdict(size) for size in sizes]}, indent=1))
        return
    print(f"{load()}\n\n{table(sizes)}")


if __name__ == "__main__":
    main()
