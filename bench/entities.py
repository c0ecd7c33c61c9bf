"""Measures how well places and organisations are found, beside spaCy's own recognisers on the same text, in one run.

    python bench/entities.py                       the development sets under ../shared/data
    python bench/entities.py --data FILE…          any files of rows {"text": …, "spans": [[start, end, label], …]}
    python bench/entities.py --pages               cities, companies and links on the annotated pages of tests/ as well
    python bench/entities.py --speed               texts a second as well
    python bench/entities.py --json                all figures as JSON
    python bench/entities.py --write               puts the tables into docs/accuracy.md

A name is right if its first and last character and its kind are. Nothing here shows a text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from accuracy import TITLES, PageScore, score_page
from entity_rows import KINDS, LABELS, NEITHER, DataSet, Figures, Share, read_rows, score
from entity_systems import Speed, Systems, load_systems, measure_speed, run_all

from commentlens.annotate import AnnotateOptions, Annotator
from commentlens.errors import CommentlensError, SourceError
from commentlens.shipped import shipped

ROOT = Path(__file__).parents[1]
DOC = ROOT / "docs" / "accuracy.md"
SHARED = ROOT.parent / "shared"
SETS = ("wnut17", "uner_ewt", "btc")
PAGES = ("names", "names_dev", "names_aside", "dev", "heldout")


@dataclass(frozen=True, slots=True)
class SystemScore:
    """One system's figures on one file, by kind: on the text as it is, and on the text in lower case."""

    system: str
    as_it_is: Mapping[str, Figures]
    lower: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class DataScore:
    """All systems on one file; ``unknown``: labels that were not counted, and how often they stand."""

    data: str
    rows: int
    unknown: Mapping[str, int]
    systems: tuple[SystemScore, ...]


def score_data(systems: Systems, data: DataSet) -> DataScore:
    """Run all systems over the file twice and score them."""
    figures: dict[str, list[Mapping[str, Figures]]] = {}
    for version in (data, data.lower()):
        for name, found in run_all(systems, [row.text for row in version.rows]).items():
            figures.setdefault(name, []).append(score(version.rows, found))
    scores = tuple(SystemScore(name, as_it_is, low) for name, (as_it_is, low) in figures.items())
    return DataScore(data.name, len(data.rows), data.unknown, scores)


def score_pages(shared: Path, model: Path | None) -> list[PageScore]:
    """The annotated pages: the one that ships, where its gold is at hand, and those of tests/pages; totals only."""
    annotator = Annotator(AnnotateOptions(model=model, cache=False))
    seed = shared / "gold" / "high-tech-cities.gold.jsonl"
    scores = []
    if seed.exists():
        source = shipped("seeds", "ten-most-high-tech-cities.txt")
        scores.append(score_page(seed, source, annotator, use="ships"))
    for folder in PAGES:
        for gold in sorted((ROOT / "tests" / "pages" / folder).glob("*.gold.jsonl")):
            name = gold.name.removesuffix(".gold.jsonl")
            sources = [path for path in gold.parent.glob(f"{name}.*") if path != gold]
            if len(sources) != 1:
                raise SourceError(f"{gold}: needs one page beside it named {name}.*, got {len(sources)}.")
            scores.append(score_page(gold, sources[0], annotator, use=folder, title=TITLES.get(name)))
    return scores


def data_markdown(scores: Sequence[DataScore]) -> str:
    """A row for each file and system: precision, recall, F1; spans compared without what schemes disagree about. Cost:
    what lower case takes away, in hundredths of F1."""
    heads = ["Rows", "System", *(head for kind in KINDS for head in (kind.capitalize(), "lower-cased", "Cost"))]
    rows = []
    for data in scores:
        for system in data.systems:
            cells = [f"{data.data} ({data.rows})", system.system]
            for kind in KINDS:
                as_it_is, low = (version[kind].normalised for version in (system.as_it_is, system.lower))
                cells += [_p_r_f1(as_it_is), _p_r_f1(low), f"{100 * (as_it_is.f1 - low.f1):.1f}"]
            rows.append(cells)
    return _markdown(heads, rows)


def strict_markdown(scores: Sequence[DataScore]) -> str:
    """The same, F1 only, spans compared to the letter."""
    heads = ["Rows", "System", *(head for kind in KINDS for head in (kind.capitalize(), "lower-cased"))]
    rows = [
        [data.data, system.system]
        + [f"{version[kind].strict.f1:.2f}" for kind in KINDS for version in (system.as_it_is, system.lower)]
        for data in scores
        for system in data.systems
    ]
    return _markdown(heads, rows)


def pages_markdown(scores: Sequence[PageScore]) -> str:
    """A row for each page: F1 of cities and companies, and the share of the cities found that have the right name."""
    rows = []
    for page in scores:
        linked = page.figures["linked"]
        cells = [_f1(page.figures[kind]) for kind in ("city", "company")]
        cells.append(f"{linked['accuracy']:.3f}" if linked["of"] else "–")
        rows.append([page.page, page.use, str(page.figures["comments"]["gold"]), *cells])
    return _markdown(["Page", "", "Comments", "City", "Company", "Linked"], rows)


def speed_markdown(speed: Speed) -> str:
    """Two rows: the stock recogniser and ours."""
    heads = ["System", "", "Texts a second", "Times as fast", "by processor time"]
    rows = [
        [speed.stock, "`ner` alone", f"{speed.stock_per_second:,.0f}", "1", "1"],
        [
            "ours",
            "entities alone",
            f"{speed.ours_per_second:,.0f}",
            f"{speed.ratio:.1f}",
            f"{speed.processor_ratio:.1f}",
        ],
    ]
    return _markdown(heads, rows)


def labels_markdown() -> str:
    """What each label counts as."""
    rows = [[kind, ", ".join(f"`{label}`" for label in labels)] for kind, labels in LABELS.items()]
    return _markdown(["Counted as", "Labels"], [*rows, ["neither", ", ".join(f"`{label}`" for label in NEITHER)]])


def _f1(figures: Mapping[str, float | int]) -> str:
    """F1; a dash where the gold has none, and how many were found all the same."""
    if figures["tp"] + figures["fn"]:
        return f"{figures['f1']:.3f}"
    return f"– (+{figures['fp']})" if figures["fp"] else "–"


def _p_r_f1(share: Share) -> str:
    return f"{share.p:.2f} / {share.r:.2f} / {share.f1:.2f}"


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---" if number < 2 else "---:" for number in range(len(heads))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, rule, *rows)) + "\n"


def into_document(text: str, tables: Mapping[str, str]) -> str:
    """The document with each table between ``<!-- its name -->`` and the next ``<!-- end -->``.

    Raises:
        SourceError: If the document has no such place.
    """
    for name, table in tables.items():
        head, mark, rest = text.partition(f"<!-- {name} -->\n")
        _, end, tail = rest.partition("<!-- end -->")
        if not mark or not end:
            raise SourceError(
                f"{DOC.name}: has no place for {name}. Put the lines <!-- {name} --> and <!-- end --> where it belongs."
            )
        text = head + mark + table + end + tail
    return text


def parse() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description="Measure how many places and organisations are found.")
    parser.add_argument("--data", type=Path, nargs="+", metavar="FILE", help="files of rows (default: of --shared)")
    parser.add_argument("--shared", type=Path, default=SHARED / "data", metavar="FOLDER", help="of the three sets")
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="our pipeline (default: the shipped one)")
    parser.add_argument("--pages", action="store_true", help="the annotated pages as well")
    parser.add_argument("--speed", action="store_true", help="texts a second as well")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of --speed (default: 5)")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/accuracy.md")
    given = parser.parse_args()
    if given.rounds < 1:
        parser.error(f"--rounds must be a whole number from 1, got {given.rounds}")
    if given.json and given.write:
        parser.error("--json prints, --write does not: give one of them")
    return given


def run(given: argparse.Namespace) -> None:
    """Measure and print, or write."""
    files = given.data or [given.shared / name / "dev.jsonl" for name in SETS]
    sets = [read_rows(path) for path in files]
    for data in sets:
        for label, count in data.unknown.items():
            print(f"{data.name}: label {label!r} is not known and not counted ({count} names).", file=sys.stderr)
    systems = load_systems(given.model)
    for package in systems.missing:
        print(f"{package} is not installed and not measured: pip install {package.replace('_', '-')}", file=sys.stderr)
    scores = [score_data(systems, data) for data in sets]
    pages = score_pages(given.shared.parent, given.model) if given.pages else []
    texts = [row.text for data in sets for row in data.rows]
    speed = measure_speed(systems, texts, given.rounds) if given.speed else None
    if given.json:
        figures = {"data": list(map(asdict, scores)), "pages": list(map(asdict, pages))}
        print(json.dumps(figures | {"speed": asdict(speed) if speed else None}, indent=2, ensure_ascii=False))
        return
    tables = {"entities": data_markdown(scores), "entities-strict": strict_markdown(scores)}
    if pages:
        tables["entities-pages"] = pages_markdown(pages)
    if speed:
        tables["entities-speed"] = speed_markdown(speed)
    tables["entities-labels"] = labels_markdown()
    if given.write:
        DOC.write_text(into_document(DOC.read_text("utf-8"), tables), "utf-8")
        return
    print("\n".join(tables.values()), end="")


def main() -> None:
    """Parse, measure, print; what the user can mend goes to stderr in one line."""
    given = parse()
    try:
        run(given)
    except CommentlensError as error:
        sys.exit(f"entities.py: {error}")


if __name__ == "__main__":
    main()
