"""Trains the second reader: two logistic regressions, written as plain JSON, and a model card.

Run by hand (``commentlens train second-reader``) with the labelled sets at hand. The same files give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commentlens.components.argue_features import argue_features
from commentlens.components.pair_features import Features, pair_features
from commentlens.components.scope import read_sentences
from commentlens.components.valence import Valence
from commentlens.knowledge.rules import load_rules
from commentlens.pipeline import build_nlp
from commentlens.training.arguments import Argument, own_arguments, page_arguments, read_arguments
from commentlens.training.checksums import sha256
from commentlens.training.gold import ARGUMENT_WEIGHT, ORDERING_WEIGHT, SOURCE, Gold
from commentlens.training.linear_fit import SEED, Weighted, counts_of, fit, share_right
from commentlens.training.orderings import OWN, SETS, Ordering, read_own, read_sets
from commentlens.training.own_comments import DATA, read_own_arguments, read_own_moods, read_own_whole
from commentlens.training.unargued import unargued

THRESHOLDS = {"given": 0.45, "open": 0.85, "argues": 0.8}
"""From which probability on a classifier is believed: for a given pair early; for two things that nobody asked about
and for a claim only where it is sure enough to do no harm to our own text on which the rules are silent."""
_BY_RULES, _BY_CHANCE = 0.5, 0.1
"""Weights of a sentence that the rules have labelled, and of one that counts as NONE because they are silent."""
WHOLE = ("debates", "voters", "whole")
"""Folders of our own comments with all labels."""
_UNARGUED = 0.3
"""Weight of a comment that counts as none because it knows of no list."""
_ORDER_C, _ARGUES_C = 0.3, 1.0
"""Inverse strengths of the L2 penalty, chosen by cross-validation on our own text (docs/second-reader.md)."""
_CARD = Path(__file__).with_name("second_reader_card.md")


def train_second_reader(
    data: Path, comments: Sequence[Path], output: Path, gold: Gold | None = None
) -> dict[str, float]:
    """Train both classifiers and write ``order.json``, ``argues.json``, ``meta.json`` and the card.

    Args:
        data: folder of the labelled sets (`orderings.SETS`).
        comments: our own annotated pages and tables of comments.
        output: folder to write to.
        gold: comments that people have corrected, to train on as well.

    Returns:
        Shares of right labels in cross-validation over our own text, by classifier.
    """
    valence = Valence.load()
    own = [(item.label, found, 1.0) for item in read_own() if (found := _pair(item, valence)) is not None]
    silver = [
        (item.label, found, _BY_CHANCE if item.label == "NONE" else _BY_RULES)
        for item in read_sets(data, load_rules("comparisons"), SEED)
        if (found := _pair(item, valence)) is not None
    ]
    written = sorted((DATA / "arguments").glob("*.txt"))
    whole = [path for folder in WHOLE for path in sorted((DATA / folder).glob("*.txt"))]
    felt = sorted((DATA / "moods").glob("*.txt"))
    nlp = build_nlp(rules_only=True)
    arguments = [*own_arguments([*read_own_arguments(written), *read_own_whole(whole)], nlp)]
    arguments += read_arguments(comments)
    argued = [_argued(item) for item in arguments]
    argued += [_argued(item, _UNARGUED) for item in unargued(read_own_moods(felt), data, nlp)]
    if gold is not None:
        own += [
            (item.label, found, ORDERING_WEIGHT)
            for item in gold.orderings()
            if (found := _pair(item, valence)) is not None
        ]
        argued += [_argued(item, ARGUMENT_WEIGHT) for page in gold.pages() for item in page_arguments(page)]
    output.mkdir(parents=True, exist_ok=True)
    fit(own + silver, _ORDER_C).to_file(output / "order.json")
    fit(argued, _ARGUES_C).to_file(output / "argues.json")
    figures = {"order": share_right(own, _ORDER_C), "argues": share_right(argued, _ARGUES_C)}
    meta: dict[str, Any] = {
        "thresholds": THRESHOLDS,
        "seed": SEED,
        "sentences": {"own": counts_of(own), "labelled by rules or chance": counts_of(silver)},
        "comments": counts_of(argued),
        "cross_validation": {name: round(value, 4) for name, value in figures.items()},
        "sha256": {
            **{
                f"{path.parent.name}/{path.name}": sha256(path)
                for path in (*OWN.glob("*.txt"), *written, *whole, *felt, *comments)
            },
            **{f"{name}.jsonl": sha256(data / f"{name}.jsonl") for name in SETS},
            **{f"{SOURCE}/{name}": digest for name, digest in (gold.checksums if gold else ())},
        },
    }
    text = json.dumps(meta, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (output / "meta.json").write_text(text, encoding="utf-8")
    (output / "README.md").write_text(_CARD.read_text(encoding="utf-8"), encoding="utf-8")
    return figures


def _pair(item: Ordering, valence: Valence) -> Features | None:
    """Features of a sentence; None where its two things are told in one breath."""
    mentions = [
        {"start": start, "end": end, "label": "ENTRY", "name": str(i)}
        for i, (start, end) in enumerate((item.first, item.second))
    ]
    units = [unit for sentence in read_sentences(item.text, mentions) for unit in sentence.units]
    places = [i for i, unit in enumerate(units) if unit.kind == "mention"]
    return pair_features(units, places[0], places[1], valence) if len(places) == 2 else None


def _argued(item: Argument, weight: float = 1.0) -> Weighted:
    return item.label, argue_features(item.topic, item.listed), weight
