"""Measures how comparisons are read, and prints Markdown tables for docs/accuracy.md.

    python bench/comparisons.py                          the project's own pages
    python bench/comparisons.py --data FILE [--data …]   any labelled file, told apart by its keys
    python bench/comparisons.py … --json                 all figures as JSON

Shapes of FILE, one JSON object a line:

- a sentence with two given objects: ``text``, ``a_span``, ``b_span``, ``label`` (BETTER, WORSE, NONE); CompSent-19.
  Weighted F1 over the three labels. Rows are told in two halves by their ids: those whose mistakes were looked at while
  rules were written, and those that gave totals only.
- a sentence with comparison quintuples: ``text``, ``comparative``, ``quintuples``; Camera-COQE. Whether it compares at
  all, and for sentences with one quintuple of two sides which way.
- annotated comments (docs/record.md): comparisons found in the comments, under their entries.

Every figure stands twice: with the second reader, and by the rules alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotated import annotate_gold, gold_files

from commentlens.annotate import AnnotateOptions, Annotator
from commentlens.components.comparisons import find_comparisons
from commentlens.components.pair_features import compares
from commentlens.components.pairs import order_of_pair
from commentlens.components.scope import read_sentences
from commentlens.components.second_reader import OrderReader, SecondReader
from commentlens.components.topic import Topic
from commentlens.evaluate import evaluate
from commentlens.knowledge.rules import RuleSet, load_rules

Row = Mapping[str, Any]
LABELS = ("BETTER", "WORSE", "NONE")
READERS = ("rules and second reader", "rules only")


def f1(pairs: Iterable[tuple[object, object]], label: object) -> tuple[float, int]:
    """F1 of one label over (gold, found) pairs, and how often the gold has it."""
    right = found = wanted = 0
    for gold, given in pairs:
        right += gold == given == label
        found += given == label
        wanted += gold == label
    return (2 * right / (found + wanted) if found + wanted else 0.0), wanted


def by_label(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """F1 a label, their mean weighted by the gold's counts, and the number of rows."""
    scores = {label: f1(pairs, label) for label in LABELS}
    weighted = sum(score * count for score, count in scores.values()) / max(len(pairs), 1)
    shown = {"rows": len(pairs), "weighted": round(weighted, 4)}
    return shown | {label: round(score, 4) for label, (score, _) in scores.items()}


def looked_at(row: Row) -> bool:
    """Whether mistakes in this row could be looked at while rules were written."""
    identity = str(row.get("id", row["text"]))
    return int(hashlib.sha256(identity.encode()).hexdigest()[0], 16) % 2 == 0


def score_pairs(rows: Sequence[Row], rules: RuleSet, reader: SecondReader) -> dict[str, Any]:
    """CompSent-19's shape."""
    result: dict[str, Any] = {}
    for name, order in zip(READERS, (reader.order, None), strict=True):
        pairs = [(row["label"], _label(row, rules, order)) for row in rows]
        halves = [looked_at(row) for row in rows]
        result[name] = {
            "all": by_label(pairs),
            "not looked at": by_label([pair for pair, seen in zip(pairs, halves, strict=True) if not seen]),
            "looked at": by_label([pair for pair, seen in zip(pairs, halves, strict=True) if seen]),
        }
    return result


def _label(row: Row, rules: RuleSet, order: OrderReader | None) -> str:
    spans = sorted((tuple(row["a_span"]), tuple(row["b_span"])))
    label = order_of_pair(row["text"], spans[0], spans[1], rules, order).label
    turned = tuple(row["a_span"]) != spans[0]
    return {"BETTER": "WORSE", "WORSE": "BETTER"}.get(label, label) if turned else label


def score_quintuples(rows: Sequence[Row], rules: RuleSet, reader: SecondReader) -> dict[str, Any]:
    """Camera-COQE's shape: does a sentence compare at all (F1), and which way (accuracy), its two sides being given."""
    result: dict[str, Any] = {}
    for name, order in zip(READERS, (reader.order, None), strict=True):
        judged, directed = [], []
        for row in rows:
            sides = [item for item in row["quintuples"] if _two_sides(item)]
            judged.append((bool(row["comparative"]), _compares(row["text"], rules)))
            if len(sides) == 1 and sides[0]["preference"] in _DIRECTIONS:
                directed.append((_DIRECTIONS[sides[0]["preference"]], _direction(row["text"], sides[0], rules, order)))
        score, wanted = f1(judged, True)
        told = [pair for pair in directed if pair[1] != "NONE"]
        result[name] = {
            "sentences": len(rows),
            "comparative": wanted,
            "comparative_f1": round(score, 4),
            "directed": len(directed),
            "told": len(told),
            "right": sum(gold == found for gold, found in directed),
        }
    return result


_DIRECTIONS = {"BETTER": "BETTER", "WORSE": "WORSE"}


def _two_sides(item: Row) -> bool:
    subject, other = item.get("subject"), item.get("object")
    return bool(subject and other and (subject[1] <= other[0] or other[1] <= subject[0]))


def _direction(text: str, item: Row, rules: RuleSet, order: OrderReader | None) -> str:
    row = {"text": text, "a_span": item["subject"], "b_span": item["object"]}
    return _label(row, rules, order)


def _compares(text: str, rules: RuleSet) -> bool:
    """Whether a sentence in which nothing is named compares: a rule fires, or a word that only compares is there."""
    sentences = read_sentences(text, [])
    found = find_comparisons(Topic(None, [], sentences), rules)
    return bool(found) or any(compares(sentence.units) for sentence in sentences)


def score_pages(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Annotated comments: comparisons found against those of the gold."""
    rows = []
    annotators = [Annotator(AnnotateOptions(cache=False, rules_only=only)) for only in (False, True)]
    for path in paths:
        row: dict[str, Any] = {"page": path.name.removesuffix(".gold.jsonl")}
        for name, annotator in zip(READERS, annotators, strict=True):
            gold, found = annotate_gold(path, annotator)
            row[name] = evaluate(gold, found).figures["comparison"]
        rows.append(row)
    return rows


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def markdown(results: Mapping[str, Any]) -> str:
    """All results as tables."""
    parts = []
    for name, result in results.items():
        if name == "pages":
            rows = [
                [row["page"], *(f"{row[r]['p']:.2f} / {row[r]['r']:.2f} / {row[r]['f1']:.2f}" for r in READERS)]
                for row in result
            ]
            parts.append(_table(["Page (P / R / F1)", *READERS], rows))
        elif "all" in result[READERS[0]]:
            rows = [
                [f"{part}, {reader}", *(f"{value:.3f}" if isinstance(value, float) else value for value in s.values())]
                for reader in READERS
                for part, s in result[reader].items()
            ]
            parts.append(_table([name, "rows", "weighted F1", *LABELS], rows))
        else:
            rows = [[reader, *result[reader].values()] for reader in READERS]
            parts.append(_table([name, *result[READERS[0]]], rows))
    return "\n".join(parts)


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description="Measure how comparisons are read.")
    parser.add_argument("--data", type=Path, action="append", help="a labelled file; may be given several times")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    given = parser.parse_args()
    rules, reader = load_rules("comparisons"), SecondReader.load()
    results: dict[str, Any] = {}
    pages: list[Path] = [] if given.data else gold_files()
    for path in given.data or ():
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        score: Callable[[Sequence[Row], RuleSet, SecondReader], dict[str, Any]]
        if rows and "a_span" in rows[0]:
            score = score_pairs
        elif rows and "quintuples" in rows[0]:
            score = score_quintuples
        elif rows and "comparisons" in rows[0]:
            pages.append(path)
            continue
        else:
            parser.error(f"{path}: neither a_span and label, nor quintuples, nor comparisons in its first row")
        results[f"{path.parent.name}/{path.name}"] = score(rows, rules, reader)
    if pages:
        results["pages"] = score_pages(pages)
    print(json.dumps(results, indent=2) if given.json else markdown(results), end="")


if __name__ == "__main__":
    main()
