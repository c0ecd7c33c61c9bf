"""Measures the gazetteer: how long it takes to load, what memory it adds, how fast names are found with it.

    python bench/gazetteer.py            a table
    python bench/gazetteer.py --json     the same as JSON

Loading is timed in fresh processes, each after the imports; the first one, which also fetches the files from disk, does
not count. Comments are those of the shipped corpus; the recogniser plays no part.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import spacy

from commentlens.components.entities import make_entities
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.names import FoldedText, fold_text
from commentlens.knowledge.places import Places
from commentlens.shipped import shipped

_LOAD = """
import json, time
def resident():
    with open("/proc/self/statm") as file:
        import resource
        return int(file.read().split()[1]) * resource.getpagesize()
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.places import Places
before, started = resident(), time.perf_counter()
places = Places.load()
middle = time.perf_counter()
companies = Companies.load()
done = time.perf_counter()
print(json.dumps({"places": middle - started, "companies": done - middle, "bytes": resident() - before}))
"""


def loads(runs: int) -> list[Mapping[str, float]]:
    """Seconds and bytes of each run in a process of its own."""
    found = []
    for _ in range(runs + 1):
        done = subprocess.run([sys.executable, "-c", _LOAD], check=True, capture_output=True, text=True)
        found.append(json.loads(done.stdout))
    return found[1:]


def contexts() -> list[tuple[str, Mapping[str, Any]]]:
    """The comments of the shipped corpus, each with the list and the entry under which it stands."""
    rows = [json.loads(line) for line in shipped("corpus", "high-tech-cities.jsonl").read_text("utf-8").splitlines()]
    lists = {row["list"]["id"]: row["list"] for row in rows if isinstance(row["list"], dict)}
    shared = {
        key: {"list": ranked["title"], "kind": ranked["kind"], "entries": ranked["entries"]}
        for key, ranked in lists.items()
    }
    return [
        (row["text"], {**shared[row["list"]], "entry": row["entry"]}) for row in rows if isinstance(row["list"], str)
    ]


def per_second(work: Callable[[], None], count: int, rounds: int) -> float:
    """How many comments a second of processor time; the median of the rounds."""
    work()
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return count / statistics.median(times)


def looked_up(texts: Sequence[FoldedText], places: Places, companies: Companies) -> int:
    """Look every name up that may begin at any word, and count those that are there."""
    found = 0
    for text in texts:
        for number, word in enumerate(text.words):
            start = text.starts[number]
            for last in range(number, min(number + companies.reach(word), len(text.words))):
                found += companies.lookup(text.text[start : text.ends[last]]) is not None
            if places.may_start(word):
                found += len(places.matches(text, number))
    return found


def measure(runs: int) -> dict[str, float]:
    """All figures; times in milliseconds, memory in megabytes, comments a second."""
    found = loads(runs)
    places, companies = Places.load(), Companies.load()
    entities = make_entities(spacy.blank("en"), "entities", None, None)
    comments = contexts()
    folded = [fold_text(text) for text, _ in comments]

    def find() -> None:
        for text, context in comments:
            entities.find(text, context)

    return {
        "places_ms": statistics.median(run["places"] for run in found) * 1000,
        "companies_ms": statistics.median(run["companies"] for run in found) * 1000,
        "load_ms": statistics.median(run["places"] + run["companies"] for run in found) * 1000,
        "memory_mb": statistics.median(run["bytes"] for run in found) / 1e6,
        "lookups_per_s": per_second(lambda: void(looked_up(folded, places, companies)), len(folded), runs),
        "entities_per_s": per_second(find, len(comments), runs),
        "words_per_comment": sum(len(text.words) for text in folded) / len(folded),
    }


def void(_: object) -> None:
    """Nothing of it is needed."""


def table(figures: Mapping[str, float]) -> str:
    """The figures as a Markdown table."""
    rows = [
        ("loading the places", f"{figures['places_ms']:.0f} ms"),
        ("loading the companies", f"{figures['companies_ms']:.0f} ms"),
        ("both", f"{figures['load_ms']:.0f} ms"),
        ("memory that both add", f"{figures['memory_mb']:.0f} MB"),
        ("comments a second, names looked up", f"{figures['lookups_per_s']:,.0f}"),
        ("comments a second, looked up, decided and linked", f"{figures['entities_per_s']:,.0f}"),
        ("words a comment", f"{figures['words_per_comment']:.1f}"),
    ]
    return "\n".join(["| | |", "|---|---|", *(f"| {what} | {figure} |" for what, figure in rows)])


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7, help="runs of which the median counts (default: 7)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs: at least 1.")
    figures = measure(options.runs)
    print(json.dumps(figures, indent=2) if options.json else table(figures))


if __name__ == "__main__":
    main()
