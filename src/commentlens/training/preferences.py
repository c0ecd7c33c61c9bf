"""Trains the readers of preferences: two logistic regressions, written as plain JSON, and a model card.

Run by hand (``commentlens train preferences``) after the mood classifier, whose moods are among their features. Of what
they are trained on the mood classifier knows the pages and ``voters`` alone: its moods of comments that it knows are
better than of others. The same files give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from commentlens.components.clauses import topic_of
from commentlens.components.extensions import stored
from commentlens.components.preference_features import pairs_of, preference_features
from commentlens.components.preferences import EQUAL, FIRST, IMPLIED, MOST, NONE, SECOND, STATED
from commentlens.knowledge.names import fold
from commentlens.pipeline import build_nlp, pipe
from commentlens.records import Comment
from commentlens.training.checksums import sha256
from commentlens.training.gold import SOURCE, Gold
from commentlens.training.linear_fit import Weighted, counts_of, fit, share_right
from commentlens.training.own_comments import DATA, OwnComment, read_own_comparisons, read_own_whole
from commentlens.training.pages import page_comments, read_page

THRESHOLDS = {STATED: 0.7, IMPLIED: 0.7}
"""From which probability on an order is believed: below it, pages full of near-misses read worse than by rules alone
(docs/second-reader.md)."""
FOLDERS = {STATED: ("debates", "voters"), IMPLIED: ("comparisons", "debates", "preferences", "voters", "whole")}
"""Folders of our own comments that each is trained on; in ``comparisons`` no more than the orders is said."""
_C = {STATED: 0.1, IMPLIED: 0.05}
"""Inverse strengths of the L2 penalty, chosen on kept-aside comments."""
_CARD = Path(__file__).with_name("preferences_card.md")

Json = dict[str, Any]
Orders = set[tuple[str, str, str]]


def train_preferences(comments: Sequence[Path], output: Path, gold: Gold | None = None) -> dict[str, float]:
    """Train both classifiers and write ``stated.json``, ``implied.json``, ``meta.json`` and the card.

    Args:
        comments: our own annotated pages (gold JSONL) that may be trained on.
        output: folder to write to.
        gold: comments that people have corrected, to train on as well.

    Returns:
        Share of pairs with the right label in cross-validation, by classifier.

    Raises:
        KnowledgeError: If a file of our own comments is not as it should be.
        SourceError: If a page cannot be read.
    """
    # Everything that acts before the reader of preferences.
    nlp = build_nlp(rules_only=True)
    nlp.add_pipe("commentlens_second_reader", after="commentlens_comparisons")
    of_pages = [
        example
        for rows, placed in (*map(read_page, comments), *_corrected(gold))
        for example in _examples(nlp, placed, list(map(_orders, rows)))
    ]
    output.mkdir(parents=True, exist_ok=True)
    figures: dict[str, float] = {}
    pairs: Json = {}
    written: list[Path] = []
    for which, folders in FOLDERS.items():
        paths = [path for folder in folders for path in sorted((DATA / folder).glob("*.txt"))]
        own = _own(paths)
        examples = list(_examples(nlp, [item.comment for item in own], [set(item.comparisons) for item in own]))
        examples += of_pages
        figures[which], pairs[which] = share_right(examples, _C[which]), counts_of(examples)
        fit(examples, _C[which]).to_file(output / f"{which}.json")
        written += paths
    meta: Json = {
        "thresholds": THRESHOLDS,
        "pairs": pairs,
        "cross_validation": {name: round(value, 4) for name, value in figures.items()},
        "sha256": {f"{path.parent.name}/{path.name}": sha256(path) for path in (*written, *comments)}
        | {f"{SOURCE}/{name}": digest for name, digest in (gold.checksums if gold else ())},
    }
    text = json.dumps(meta, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (output / "meta.json").write_text(text, encoding="utf-8")
    (output / "README.md").write_text(_CARD.read_text(encoding="utf-8"), encoding="utf-8")
    return figures


def _own(paths: Sequence[Path]) -> list[OwnComment]:
    compared = [path for path in paths if path.parent.name == "comparisons"]
    return [*read_own_comparisons(compared), *read_own_whole(path for path in paths if path not in compared)]


def _corrected(gold: Gold | None) -> Iterator[tuple[Sequence[Json], list[Comment]]]:
    for rows in gold.pages() if gold else ():
        yield rows, list(page_comments(rows))


def _orders(row: Json) -> Orders:
    return {(str(pair["better"]), str(pair["worse"]), str(pair["relation"])) for pair in row["comparisons"]}


def _examples(nlp: Language, comments: Sequence[Comment], orders: Sequence[Orders]) -> Iterator[Weighted]:
    """Each pair of targets of each comment, as its orders have it. Names as they stand in the text or as records name
    them are the same; a pair with a name that was not found is left out."""
    for (comment, doc), said in zip(pipe(nlp, comments), orders, strict=True):
        topic = topic_of(doc)
        names = {fold(comment.text[m["start"] : m["end"]]): fold(str(m["name"])) for m in topic.mentions}
        known = {tuple(names.get(fold(name), fold(name)) for name in (a, b)): relation for a, b, relation in said}
        moods = {str(mood["target"]): mood for mood in stored(doc, "commentlens_moods") or ()}
        if len(moods) > MOST:
            continue
        for pair in pairs_of(topic, list(moods)):
            found = preference_features(topic, moods, stored(doc, "commentlens_claims") or (), pair)
            first, second = map(fold, pair)
            yield _label(known, first, second), found, 1.0


def _label(known: dict[tuple[str, ...], str], first: str, second: str) -> str:
    if "equal" in {known.get((first, second)), known.get((second, first))}:
        return EQUAL
    return FIRST if (first, second) in known else SECOND if (second, first) in known else NONE
