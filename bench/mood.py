"""Scores moods on labelled files, told apart by their keys, beside the rules alone and VADER in the same run.

    python bench/mood.py                          the project's own annotated pages
    python bench/mood.py --data FILE …            any labelled files
    python bench/mood.py … --json                 as JSON

Shapes of FILE, one JSON object a line; figures are totals a file, no text is shown:

- rated texts: ``text``, ``score``, a number: Pearson's r. Where rows also have ``groups``, ``score`` is -1, 0 or 1
  (null: unclear, left out): macro-F1 of three classes, a text being positive or negative from a score of 0.05 on, as
  VADER's authors advise. Whole texts are read by the rules alone.
- a masked place: ``text``, ``target``, ``label`` (positive, negative, none, mixed), ``aspects``, places being masked as
  LOCATION1 and LOCATION2 (SentiHood, ``*.overall.jsonl``). None and mixed are neutral: macro-F1, accuracy on sentences
  whose two places differ, expected calibration error (10 equal bins of the top share).
- a masked place under an aspect: ``text``, ``target``, ``aspect``, ``label`` (positive, negative): share with the right
  sign.
- annotated comments (docs/record.md): macro-F1 of the moods that the gold gives, of names found in the text.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from annotated import annotate_gold, gold_files
from mood_places import score_aspects, score_overall
from mood_texts import Row, score_texts
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from commentlens.annotate import AnnotateOptions, Annotator
from commentlens.errors import CommentlensError
from commentlens.evaluate import evaluate

_SHAPES = 'rows with "score", with "target" and "aspects" or "aspect", or annotated comments with "moods"'


class Bench:
    """Scores files; loads the pipelines once, when annotated comments are first met."""

    def __init__(self) -> None:
        self._vader = SentimentIntensityAnalyzer()
        self._annotators: dict[str, Annotator] = {}

    def score(self, path: Path) -> list[dict[str, Any]]:
        """Figures of one file, a row each; SystemExit where it has none of the shapes."""
        try:
            lines = path.read_text("utf-8").split("\n")
            rows: list[Row] = [json.loads(line) for line in lines if line.strip()]
            keys = {key for row in rows for key in row}
        except (OSError, ValueError, TypeError) as error:
            raise SystemExit(f"{path}: cannot be read ({error}). One JSON object a line is wanted.") from error
        try:
            return [{"file": path.name, **figure} for figure in self._figures(path, rows, keys)]
        except (KeyError, TypeError) as error:
            raise SystemExit(f"{path}: a row lacks {error} or has it in another form. Wanted: {_SHAPES}.") from error
        except CommentlensError as error:
            raise SystemExit(f"{path}: {error}") from error

    def _figures(self, path: Path, rows: list[Row], keys: set[str]) -> list[dict[str, Any]]:
        if "moods" in keys:
            return [self._page(path)]
        if "aspect" in keys:
            return score_aspects(rows, self.vader)
        if "target" in keys:
            return score_overall(rows, self.vader)
        if "score" in keys:
            return score_texts(rows, self.vader)
        raise SystemExit(f"{path}: nothing to score. Wanted: {_SHAPES}.")

    def _page(self, path: Path) -> dict[str, Any]:
        if not self._annotators:
            self._annotators = {
                "commentlens": Annotator(AnnotateOptions(cache=False)),
                "rules": Annotator(AnnotateOptions(cache=False, mood_model="rules")),
            }
        scores = {}
        for name, annotator in self._annotators.items():
            scores[name] = evaluate(*annotate_gold(path, annotator)).figures["mood"]
        told = {name: figures["macro_f1"] for name, figures in scores.items()}
        return {"texts": scores["rules"]["pairs"], "figure": "macro-F1 of moods", **told, "vader": None}

    def vader(self, text: str) -> float:
        """VADER's score of a whole text, in [-1, 1]."""
        return float(self._vader.polarity_scores(text)["compound"])


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description="Score moods on labelled files.")
    parser.add_argument("--data", type=Path, action="extend", nargs="+", metavar="FILE", help="labelled rows, JSONL")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    given = parser.parse_args()
    bench = Bench()
    table = [row for path in given.data or gold_files() for row in bench.score(path)]
    if given.json:
        print(json.dumps(table, indent=2))
        return
    print("| File | Texts | Figure | commentlens | rules alone | VADER |\n| --- | ---: | --- | ---: | ---: | ---: |")
    for row in table:
        values = " | ".join(
            "–" if row[name] is None else f"{row[name]:.4f}" for name in ("commentlens", "rules", "vader")
        )
        print(f"| {row['file']} | {row['texts']} | {row['figure']} | {values} |")


if __name__ == "__main__":
    main()
