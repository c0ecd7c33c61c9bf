"""Scores rank claims on annotated comments, counted as `commentlens.evaluate` counts them.

    python bench/claims.py                            the project's own pages that have claims
    python bench/claims.py --data GOLD.jsonl …        any gold files of the record's shape besides
    python bench/claims.py --rules-only --json        without the second reader; as JSON

Comments are built from the gold rows themselves; the entries of a list are gathered from all rows under it. Figures are
totals a file: no comment is shown.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from commentlens.annotate import AnnotateOptions, Annotator
from commentlens.corpus.titles import polarity_of
from commentlens.evaluate import evaluate
from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment, Comment, Entry, RankedList

PAGES = Path(__file__).parents[1] / "tests" / "pages"
LAYERS = ("claim", "claim_rank")


def gold_rows(path: Path) -> list[AnnotatedComment]:
    """The annotated comments of a gold file."""
    lines = [line for line in path.read_text("utf-8").split("\n") if line.strip()]
    return [annotated_from_dict(json.loads(line), f"{path.name}, line {n}") for n, line in enumerate(lines, 1)]


def comments_of(rows: list[AnnotatedComment]) -> Iterator[Comment]:
    """The comments that the rows annotate, each under its list with all entries that any row names."""
    entries: dict[str | None, dict[str, Entry]] = {}
    for row in rows:
        if row.entry:
            entries.setdefault(row.list, {})[row.entry.name] = row.entry
    lists = {
        name: RankedList(id=name or "", title=name, polarity=polarity_of(name), entries=tuple(found.values()))
        for name, found in entries.items()
    }
    for row in rows:
        yield Comment(id=row.id, text=row.text, list=lists.get(row.list), entry=row.entry)


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description="Score rank claims on gold files.")
    parser.add_argument("--data", type=Path, nargs="+", default=[], help="more gold files, JSONL")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--rules-only", action="store_true", help="without the second reader")
    given = parser.parse_args()
    annotator = Annotator(AnnotateOptions(cache=False, rules_only=given.rules_only))
    table: dict[str, dict[str, dict[str, float | int]]] = {}
    for path in [*given.data, *sorted(PAGES.glob("*/*.gold.jsonl"))]:
        rows = gold_rows(path)
        figures = evaluate(rows, annotator.annotate(comments_of(rows))).figures
        if figures["claim"]["tp"] + figures["claim"]["fn"]:
            table[path.name.removesuffix(".gold.jsonl")] = {layer: dict(figures[layer]) for layer in LAYERS}
    if given.json:
        print(json.dumps(table, indent=2))
        return
    print("| Page | Claims | Claim P / R / F1 | Claim and rank P / R / F1 |\n| --- | ---: | ---: | ---: |")
    for name, layers in table.items():
        shown = (" / ".join(f"{layers[layer][key]:.2f}" for key in ("p", "r", "f1")) for layer in LAYERS)
        print(f"| {name} | {layers['claim']['tp'] + layers['claim']['fn']} | {' | '.join(shown)} |")


if __name__ == "__main__":
    main()
