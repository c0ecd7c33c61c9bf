"""Scores rank claims on annotated comments, counted as `commentlens.evaluate` counts them.

    python bench/claims.py                            the project's own pages that have claims
    python bench/claims.py --data GOLD.jsonl …        other gold files of the record's shape instead
    python bench/claims.py --rules-only --json        without the second reader; as JSON

Figures are totals a file: no comment is shown.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from annotated import annotate_gold, gold_files

from commentlens.annotate import AnnotateOptions, Annotator
from commentlens.evaluate import evaluate

LAYERS = ("claim", "claim_rank")


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description="Score rank claims on gold files.")
    parser.add_argument("--data", type=Path, action="extend", nargs="+", help="gold files, JSONL")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--rules-only", action="store_true", help="without the second reader")
    given = parser.parse_args()
    annotator = Annotator(AnnotateOptions(cache=False, rules_only=given.rules_only))
    table: dict[str, dict[str, dict[str, float | int]]] = {}
    for path in given.data or gold_files():
        figures = evaluate(*annotate_gold(path, annotator)).figures
        if given.data or figures["claim"]["tp"] + figures["claim"]["fn"]:
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
