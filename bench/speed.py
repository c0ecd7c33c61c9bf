"""Measures how long commands take: medians of wall-clock and processor time, each in a fresh Python.

    python bench/speed.py                    what a person waits for
    python bench/speed.py --comments 5000    how many comments a second, with one process and with two
    python bench/speed.py --arguments        what claims and comparisons add to the time of all else
    python bench/speed.py --moods            what moods add to the time of names, entities and clauses

Comments are those of the shipped corpus, over and over, each time as a page of its own; nothing comes from the cache
unless the line says so.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from commentlens.shipped import shipped


def timed(args: Sequence[str], cache: Path) -> tuple[float, float]:
    """Seconds of wall clock and of processor that one run takes."""
    command = [sys.executable, "-m", "commentlens", *args]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def show(what: str, runs: Sequence[tuple[float, float]]) -> None:
    """One line: medians over the runs."""
    wall, processor = (statistics.median(times) for times in zip(*runs, strict=True))
    print(f"{what:<44} {wall:7.2f} s   {processor:7.2f} s of processor")


def commands(repeat: int, folder: Path) -> None:
    """What a person waits for."""
    warm = folder / "warm"
    for args in (["--help"], ["report", "--help"]):
        show(f"commentlens {' '.join(args)}", [timed(args, warm) for _ in range(repeat)])
    show("commentlens report, nothing in the cache", [timed(["report", "--no-cache"], warm) for _ in range(repeat)])
    timed(["report"], warm)
    for args in (["report"], ["city", "New York"], ["disputes"], ["explain", "Better than Lisbon"]):
        show(f"commentlens {' '.join(args)}", [timed(args, warm) for _ in range(repeat)])


def repeated(comments: int, folder: Path) -> tuple[Path, int]:
    """A corpus of at least so many comments, and how many it has."""
    rows = [json.loads(line) for line in shipped("corpus", "high-tech-cities.jsonl").read_text("utf-8").splitlines()]
    path = folder / "many.jsonl"
    written = copy = 0
    with path.open("w", encoding="utf-8") as file:
        while written < comments:
            for row in rows:
                if isinstance(row["list"], dict):
                    new = {**row, "list": {**row["list"], "id": f"{row['list']['id']}-{copy}"}}
                else:
                    new = {**row, "id": f"{row['id']}-{copy}", "list": f"{row['list']}-{copy}"}
                    written += 1
                file.write(json.dumps(new, ensure_ascii=False) + "\n")
            copy += 1
    return path, written


def throughput(comments: int, folder: Path) -> None:
    """Comments a second, the time to start included."""
    path, written = repeated(comments, folder)
    for processes in (1, 2):
        args = ["export", str(path), "--no-cache", "--processes", str(processes)]
        wall, processor = timed([*args, "--output", str(folder / "out.jsonl")], folder)
        print(
            f"export, {written:,} comments, {processes} process(es): {wall:.1f} s, {written / wall:,.0f} a second",
            end="",
        )
        print(f" ({processor:.1f} s of processor)")


ARGUING = ("commentlens_claims", "commentlens_comparisons", "commentlens_second_reader", "commentlens_preferences")


READING = ("commentlens_names", "commentlens_entities", "commentlens_clauses")
MOOD = "commentlens_mood"


def added(title: str, base: Sequence[str], parts: Mapping[str, Sequence[str]], rounds: int = 11) -> None:
    """What components add to the processor time of others: ratios of runs in turns, in one process.

    Args:
        title: what the time is added to.
        base: the components that run without those measured.
        parts: name of each line, and the components that run for it besides the base.
    """
    from commentlens.corpus import read_source
    from commentlens.pipeline import build_nlp, pipe

    nlp = build_nlp()
    pages = sorted((Path(__file__).parents[1] / "tests" / "pages").glob("[!_]*/*.txt"))
    comments = [comment for page in pages for comment in read_source(page).comments]
    ratios: dict[str, list[float]] = {name: [] for name in parts}
    for turn in range(rounds + 1):
        times = {}
        for name, more in {"": (), **parts}.items():
            with nlp.select_pipes(enable=[pipe_name for pipe_name in nlp.pipe_names if pipe_name in {*base, *more}]):
                started = time.process_time()
                for _ in pipe(nlp, comments):
                    pass
                times[name] = time.process_time() - started
        # The first turn compiles the patterns.
        for name, found in ratios.items() if turn else ():
            found.append(times[name] / times[""] - 1)
    print(f"{len(comments)} comments, {rounds} turns; added to the processor time of {title}, medians:")
    for name, found in ratios.items():
        print(f"  {name.removeprefix('commentlens_'):<24} {statistics.median(found):6.1%}")


def arguments() -> None:
    """What claims and comparisons add to reading, names, clauses, links and moods."""
    added(
        "all else",
        (*READING, "commentlens_links", MOOD),
        {"all": ARGUING, **{part: (part,) for part in ARGUING}},
    )


def moods() -> None:
    """What moods add to reading, names and clauses, without claims and comparisons, and with them before."""
    added("names, entities and clauses", READING, {"moods": (MOOD,)})
    added("these, claims and comparisons", (*READING, *ARGUING), {"moods": (MOOD,)})


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5, help="runs of each command (default: 5)")
    parser.add_argument("--comments", type=int, help="measure comments a second with so many instead")
    parser.add_argument("--arguments", action="store_true", help="measure what claims and comparisons add instead")
    parser.add_argument("--moods", action="store_true", help="measure what moods add instead")
    options = parser.parse_args()
    if options.arguments:
        arguments()
        return
    if options.moods:
        moods()
        return
    with tempfile.TemporaryDirectory() as folder:
        if options.comments:
            throughput(options.comments, Path(folder))
        else:
            commands(options.repeat, Path(folder))


if __name__ == "__main__":
    main()
