"""Measures what is read right, and prints the tables of docs/accuracy.md.

    python bench/accuracy.py                       every page and dispute table of tests/, as Markdown
    python bench/accuracy.py --json                the same as JSON, with all figures
    python bench/accuracy.py --gold FILE --source FILE [--title TITLE]        any other annotated page
    python bench/accuracy.py --write               puts the tables into docs/accuracy.md (with --gold: that page's)

Held-out pages and tables give totals only: nothing here shows a comment.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from commentlens.annotate import AnnotateOptions, Annotator
from commentlens.components.claims import find_claims
from commentlens.components.comparisons import find_comparisons
from commentlens.components.examples import shown_claim, shown_comparison, topic_of
from commentlens.components.valence import Valence
from commentlens.corpus import read_source
from commentlens.evaluate import COUNTED, evaluate
from commentlens.knowledge.rules import Example, load_rules
from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "tests" / "pages"
TABLES = ROOT / "tests" / "components" / "data"
DOC = ROOT / "docs" / "accuracy.md"
# What a source does not say of its list.
TITLES = {"startup-poll": "Best Startup Cities"}
TUNED = {
    "dev": "tuned on",
    "heldout": "held out",
    "aside": "tuned on",
    "names": "tuned on",
    "names_dev": "tuned on",
    "names_aside": "held out",
    "arguments": "tuned on",
    "arguments_aside": "held out",
}
# Of the tables, all but disputes_aside that are called aside were only counted.
TABLES_HELD_OUT = ("claims_aside", "comparisons_aside", "negative_aside", "disputes_heldout")
TABLES_MEASURED = ("disputes_*", "claims_*", "comparisons_*", "negative_*")
NOTHING = "–"
# Keys of gold rows; a page whose gold lacks one was not read for it.
JUDGED = ("mentions", "moods", "claims", "comparisons")
JUDGED_BY = {"claim": "claims", "claim_rank": "claims", "comparison": "comparisons"}

Figures = Mapping[str, Mapping[str, float | int]]


@dataclass(frozen=True, slots=True)
class PageScore:
    """Figures of one page, as `commentlens.evaluate` gives them; ``judged``: keys that its gold has at all."""

    page: str
    use: str
    figures: Figures
    judged: frozenset[str] = frozenset(JUDGED)


@dataclass(frozen=True, slots=True)
class Share:
    """Precision, recall and F1, from 0 to 1, and how many the gold has."""

    p: float
    r: float
    f1: float
    of: int


@dataclass(frozen=True, slots=True)
class TableScore:
    """Figures of one table of comments, whose mentions are given; None for what its rows do not judge."""

    table: str
    use: str
    comments: int
    claim: Share | None
    claim_rank: Share | None
    comparison: Share | None


def score_page(gold: Path, source: Path, annotator: Annotator, *, use: str = "", title: str | None = None) -> PageScore:
    """Read, annotate and score one page against its gold file."""
    lines = [line for line in gold.read_text("utf-8").split("\n") if line.strip()]
    rows = [json.loads(line) for line in lines]
    truth = [annotated_from_dict(row, f"{gold.name}, line {number}") for number, row in enumerate(rows, 1)]
    judged = frozenset(key for key in JUDGED if any(key in row for row in rows))
    reading = read_source(source, title=title)
    read: Iterable[AnnotatedComment] = reading.annotated or annotator.annotate(reading.comments)
    return PageScore(source.stem, use, evaluate(truth, read).figures, judged)


def score_pages(annotator: Annotator) -> list[PageScore]:
    """All pages of tests/pages, those that were tuned on first."""
    scores = []
    for gold in sorted(PAGES.glob("*/*.gold.jsonl")):
        name = gold.name.removesuffix(".gold.jsonl")
        [source] = (path for path in gold.parent.glob(f"{name}.*") if path != gold)
        scores.append(score_page(gold, source, annotator, use=TUNED[gold.parent.name], title=TITLES.get(name)))
    return scores


def score_table(path: Path) -> TableScore:
    """Claims and comparisons found in a table of comments, against those it gives."""
    claims, comparisons, valence = load_rules("claims"), load_rules("comparisons"), Valence.load()
    layers: dict[str, list[tuple[set[str], set[str]]]] = {"claim": [], "claim_rank": [], "comparison": []}
    rows = tomllib.loads(path.read_text("utf-8"))["comment"]
    for row in rows:
        topic = topic_of(
            Example(**{key: row[key] for key in ("text", "entry", "rank", "polarity", "others") if key in row})
        )
        found = find_claims(topic, claims, valence.score)
        ranked = {shown_claim(claim) for claim in found}
        if "claims" in row:
            layers["claim_rank"].append((set(row["claims"]), ranked))
            layers["claim"].append(
                (
                    {re.sub(r" (?:>?\d+|\d+-\d+)$", "", claim) for claim in row["claims"]},
                    {f"{claim.subject} {claim.stance}" for claim in found},
                )
            )
        pairs = find_comparisons(topic, comparisons, [claim.to_dict() for claim in found])
        if "comparisons" in row:
            layers["comparison"].append(
                (set(map(_ordered, row["comparisons"])), {_ordered(shown_comparison(pair)) for pair in pairs})
            )
    shares = {layer: _share(pairs) if pairs else None for layer, pairs in layers.items()}
    return TableScore(path.stem, "held out" if path.stem in TABLES_HELD_OUT else "tuned on", len(rows), **shares)


def _ordered(comparison: str) -> str:
    """A comparison as one string, whichever of two equals stands first."""
    first, sign, second = comparison.partition(" = ")
    return " = ".join(sorted((first, second))) if sign else comparison


def _share(pairs: Sequence[tuple[set[str], set[str]]]) -> Share:
    right = sum(len(wanted & found) for wanted, found in pairs)
    wanted_all, found_all = (sum(len(pair[side]) for pair in pairs) for side in (0, 1))
    precision, recall = right / max(found_all, 1), right / max(wanted_all, 1)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return Share(round(precision, 4), round(recall, 4), round(f1, 4), wanted_all)


def pages_markdown(scores: Sequence[PageScore]) -> str:
    """One row a page."""
    rows = []
    for score in scores:
        layers = {
            layer: _f1(score.figures[layer]) if JUDGED_BY.get(layer, "mentions") in score.judged else NOTHING
            for layer in COUNTED
        }
        moods = "moods" in score.judged
        linked, mood = score.figures["linked"], score.figures["mood"]
        rows.append(
            [
                score.page,
                score.use,
                str(score.figures["comments"]["gold"]),
                layers["city"],
                layers["company"],
                f"{linked['accuracy']:.2f}" if linked["of"] else NOTHING,
                f"{mood['macro_f1']:.2f}" if moods else NOTHING,
                f"{mood['accuracy']:.2f}" if moods else NOTHING,
                layers["claim"],
                layers["claim_rank"],
                layers["comparison"],
            ]
        )
    heads = "Page, , Comments, City, Company, Linked, Mood, Mood right, Claim, Claim and rank, Comparison"
    return _markdown(heads.split(", "), rows)


def tables_markdown(scores: Sequence[TableScore]) -> str:
    """One row a table of disputes."""
    rows = [
        [
            score.table,
            score.use,
            str(score.comments),
            *(
                f"{share.p:.2f} / {share.r:.2f} / {share.f1:.2f}" if share else NOTHING
                for share in (score.claim, score.claim_rank, score.comparison)
            ),
        ]
        for score in scores
    ]
    return _markdown(["Table", "", "Comments", "Claim", "Claim and rank", "Comparison"], rows)


def _f1(figures: Mapping[str, float | int]) -> str:
    """F1 with two digits; a dash where the gold has none, and how many were found all the same."""
    if figures["tp"] + figures["fn"]:
        return f"{figures['f1']:.2f}"
    return f"{NOTHING} (+{figures['fp']})" if figures["fp"] else NOTHING


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---" if number < 2 else "---:" for number in range(len(heads))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, rule, *rows)) + "\n"


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description="Measure what is read right.")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/accuracy.md")
    parser.add_argument("--gold", type=Path, help="annotated comments that are right, JSONL")
    parser.add_argument("--source", type=Path, help="the page they belong to")
    parser.add_argument("--title", help="title of its list, where the source has none")
    given = parser.parse_args()
    if (given.gold is None) != (given.source is None):
        parser.error("--gold and --source go together")
    annotator = Annotator(AnnotateOptions(cache=False))
    if given.gold:
        pages, tables = [score_page(given.gold, given.source, annotator, title=given.title)], []
    else:
        pages = score_pages(annotator)
        tables = [score_table(path) for name in TABLES_MEASURED for path in sorted(TABLES.glob(f"{name}.toml"))]
    if given.json:
        print(json.dumps({"pages": list(map(asdict, pages)), "tables": list(map(asdict, tables))}, indent=2))
        return
    written = {given.source.stem if given.gold else "pages": pages_markdown(pages)}
    if tables:
        written["tables"] = tables_markdown(tables)
    if given.write:
        text = DOC.read_text("utf-8")
        for name, table in written.items():
            head, mark, rest = text.partition(f"<!-- {name} -->\n")
            if not mark:
                parser.error(f"{DOC.name} has no place for {name}")
            text = head + mark + table + rest[rest.index("<!-- end -->") :]
        DOC.write_text(text, "utf-8")
        return
    print("\n".join(written.values()), end="")


if __name__ == "__main__":
    main()
