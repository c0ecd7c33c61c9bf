"""Trains the mood classifier: plain arrays, and a model card.

Run by hand (``commentlens train mood``) with the labelled sets at hand. The same files give the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from commentlens.components.mood_classifier import (
    KINDS,
    LABELS,
    QUESTIONS,
    MoodClassifier,
    Weights,
    second_input,
    three_shares,
)
from commentlens.components.mood_views import SUMS, VIEWS, Features, masks, view_features
from commentlens.components.valence import Valence
from commentlens.pipeline import build_nlp
from commentlens.records import MOODS
from commentlens.training.aspect_mood import fit_aspects
from commentlens.training.checksums import sha256
from commentlens.training.gold import MOOD_WEIGHTS, SOURCE, Gold
from commentlens.training.mood_rows import MoodRow, left_out, own_rows, page_rows, record_rows, sentihood_rows, sets
from commentlens.training.own_comments import DATA, read_own_moods, read_own_whole

SEED = 0
FOLDS = 5
_READ = ("own", "last", "near")
"""Views on which step one is trained; it reads all."""
_SEEN = 2
"""A feature must stand in so many rows."""
_STEP_ONE_C, _STEP_TWO_C = 0.3, 1 / 400
"""Inverse strengths of the L2 penalties, chosen by cross-validation on SentiHood's training part (docs/mood.md)."""
_NEVER = -4.0
"""Log-odds of what no row is."""
WEIGHTS = {
    "listed": {"own listed": 0.6, "own free": 0.3, "pages": 1.0, "sentihood": 0.3, "splices": 0.15},
    "free": {"own listed": 0.3, "own free": 0.6, "pages": 0.3, "sentihood": 1.0, "splices": 0.5},
}
"""Weights of rows by source, for each set of weights. Splices are read by step two only."""
_CARD = Path(__file__).with_name("mood_card.md")
_CURVE = """
## Calibration

SentiHood's training sentences in cross-validation (`free.npz`): how often the likeliest label is right, by its share.

| share | rows | mean share | right |
| --- | ---: | ---: | ---: |
"""

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Matrices:
    """Rows as matrices: ``views`` (N, F) each, ``figures`` (N, K), ``answers`` (N, Q) to step one's questions (1, 0, or
    -1 where nobody has said), ``labels`` (N,)."""

    vocabulary: list[str]
    views: Mapping[str, csr_matrix]
    names: list[str]
    figures: Array
    answers: Array
    labels: Array
    groups: Array
    sources: Array


def train_mood(data: Path, comments: Sequence[Path], output: Path, gold: Gold | None = None) -> dict[str, float]:
    """Train both sets of weights and the moods by aspect, and write them with ``meta.json`` and the card.

    Args:
        data: folder of the labelled sets (SentiHood's training and dev parts; what stands in dev is left out).
        comments: our own annotated pages (gold JSONL) that may be trained on.
        output: folder to write to.
        gold: comments that people have corrected, to train on as well.

    Returns:
        Macro-F1 over pos, neg and neu in cross-validation, by set of weights and source; under ``aspects`` the share of
        opinions under a given aspect with the right sign.
    """
    valence, nlp = Valence.load(), build_nlp(mood_model="rules")
    felt, argued = (sorted((DATA / folder).glob("*.txt")) for folder in ("moods", "voters"))
    written = [*felt, *argued]
    own = [*read_own_moods(felt), *read_own_whole(argued)]
    rows = [*own_rows(own, nlp, valence), *page_rows(comments, nlp, valence)]
    rows += sentihood_rows(data, valence, left_out(data))
    weigh: dict[str, dict[str, float]] = WEIGHTS
    if gold is not None and gold.comments:
        rows += record_rows(gold.pages(), nlp, valence, SOURCE)
        weigh = {kind: {**WEIGHTS[kind], SOURCE: MOOD_WEIGHTS[kind]} for kind in KINDS}
    table = matrices(rows)
    figures: dict[str, float] = {}
    weights = []
    for kind in KINDS:
        found, shares = fit(table, weigh[kind])
        weights.append(found)
        for source in weigh[kind]:
            chosen = table.sources == source
            truth = np.minimum(table.labels[chosen], MOODS.index("neu"))
            score = f1_score(truth, shares[chosen].argmax(axis=1), average="macro")
            figures[f"{kind}, {source}"] = round(float(score), 4)
    curve = calibration(shares[table.sources == "sentihood"], table.labels[table.sources == "sentihood"])
    output.mkdir(parents=True, exist_ok=True)
    MoodClassifier(table.vocabulary, table.names, *weights).save(output)
    aspects, right = fit_aspects(rows)
    aspects.save(output)
    meta: dict[str, Any] = {
        "rows": dict(sorted(Counter(table.sources.tolist()).items())),
        "weights": weigh,
        "cross_validation_macro_f1": figures,
        "calibration": curve,
        "cross_validation_share_right": {"aspects": right},
        "sha256": {f"{path.parent.name}/{path.name}": sha256(path) for path in (*written, *comments, *sets(data))}
        | {f"{SOURCE}/{name}": digest for name, digest in (gold.checksums if gold else ())},
    }
    text = json.dumps(meta, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (output / "meta.json").write_text(text, encoding="utf-8")
    bins = (f"{row['from']:.1f} to {row['from'] + 0.1:.1f} | {row['rows']} | {row['share']:.3f} | {row['right']:.3f}"
            for row in curve)  # fmt: skip
    card = _CARD.read_text(encoding="utf-8") + _CURVE + "".join(f"| {line} |\n" for line in bins)
    (output / "README.md").write_text(card, encoding="utf-8")
    return {**figures, "aspects": right}


def calibration(shares: Array, labels: Array) -> list[dict[str, float]]:
    """How often the likeliest label is right, by its share, in ten bins; those that nothing falls into are left out.

    Args:
        shares: (N, 3) of pos, neg and neu.
        labels: (N,) indices into `LABELS`; what is mixed counts as neu.
    """
    top, right = shares.max(axis=1), shares.argmax(axis=1) == np.minimum(labels, MOODS.index("neu"))
    bins = np.minimum((top * 10).astype(int), 9)
    return [
        {
            "from": round(k / 10, 1),
            "rows": int((bins == k).sum()),
            "share": round(float(top[bins == k].mean()), 4),
            "right": round(float(right[bins == k].mean()), 4),
        }
        for k in sorted({int(k) for k in bins})
    ]


def matrices(rows: Sequence[MoodRow]) -> Matrices:
    """All rows as matrices."""
    held = [masks(row.seen) for row in rows]
    bags: dict[str, list[Features]] = {
        view: [view_features(row.seen, of[k]) for row, of in zip(rows, held, strict=True)]
        for k, view in enumerate(VIEWS)
    }
    read = [bag for row, bag in zip(rows, bags["own"], strict=True) if row.source != "splices"]
    counts = Counter(name for bag in read for name in bag)
    vectorizer = DictVectorizer(sort=True, dtype=np.float64)
    vectorizer.fit([dict.fromkeys(SUMS, 1.0) | {name: 1.0 for name, count in counts.items() if count >= _SEEN}])
    names = sorted({name for row in rows for name in row.figures})
    table = DictVectorizer(sparse=False, sort=True).fit([dict.fromkeys(names, 1.0)])
    return Matrices(
        vocabulary=[str(name) for name in vectorizer.get_feature_names_out()],
        views={view: vectorizer.transform(bag).tocsr() for view, bag in bags.items()},
        names=names,
        figures=table.transform([row.figures for row in rows]),
        answers=np.array([[_answer(row, question) for question in QUESTIONS] for row in rows]),
        labels=np.array([LABELS.index(row.label) for row in rows]),
        groups=np.array([row.group for row in rows]),
        sources=np.array([_source(row) for row in rows]),
    )


def _answer(row: MoodRow, question: str) -> int:
    if question in LABELS:
        return int(row.label == question)
    aspect, _, label = question.rpartition(" ")
    if aspect == "any":
        return int(label in (row.aspects or {}).values() or row.label == label)
    return -1 if row.aspects is None else int(row.aspects.get(aspect) == label)


def _source(row: MoodRow) -> str:
    if row.source != "own":
        return row.source
    return "own listed" if row.figures.get("listed") else "own free"


def fit(data: Matrices, weigh: Mapping[str, float]) -> tuple[Weights, Array]:
    """Weights from all rows, and the shares of the labels in cross-validation over their groups, shape (N, 3).

    Args:
        data: the rows.
        weigh: weight of a row by its source.
    """
    counted = np.array([weigh[source] for source in data.sources])
    inputs: Array | None = None
    for fold in range(FOLDS):
        weights, intercepts = step_one(data, data.groups != fold, counted)
        held = np.flatnonzero(data.groups == fold)
        found = _inputs(data, held, weights, intercepts)
        inputs = np.zeros((len(data.labels), found.shape[1])) if inputs is None else inputs
        inputs[held] = found
    assert inputs is not None
    shares = np.zeros((len(data.labels), len(MOODS)))
    for fold in range(FOLDS):
        held = data.groups == fold
        mean, scale, mixing = step_two(inputs[~held], data.labels[~held], counted[~held])
        scores = (inputs[held] - mean) / scale @ mixing[:-1] + mixing[-1]
        shares[held] = three_shares(scores)
    weights, intercepts = step_one(data, np.ones(len(data.labels), dtype=bool), counted)
    mean, scale, mixing = step_two(inputs, data.labels, counted)
    plain = [np.asarray(array, dtype=np.float32) for array in (weights, intercepts, mean, scale, mixing)]
    return Weights(plain[0], plain[1], plain[2], plain[3], plain[4]), shares


def step_one(data: Matrices, chosen: Array, counted: Array) -> tuple[Array, Array]:
    """Weights (F, Q) and intercepts (Q,) of the yes-or-no questions, one set for all views."""
    rows = np.flatnonzero(chosen & (data.sources != "splices"))
    found, intercepts = np.zeros((len(data.vocabulary), len(QUESTIONS))), np.full(len(QUESTIONS), _NEVER)
    for question in range(len(QUESTIONS)):
        asked = rows[data.answers[rows, question] >= 0]
        answers = np.tile(data.answers[asked, question], len(_READ))
        if answers.any():
            stacked = vstack([data.views[view][asked] for view in _READ]).tocsr()
            model = LogisticRegression(C=_STEP_ONE_C, solver="liblinear", dual=True, max_iter=300, random_state=SEED)
            model.fit(stacked, answers, sample_weight=np.tile(counted[asked], len(_READ)))
            found[:, question], intercepts[question] = model.coef_[0], model.intercept_[0]
    return found, intercepts


def _inputs(data: Matrices, rows: Array, weights: Array, intercepts: Array) -> Array:
    """Step two's input of some rows."""
    odds = np.stack([data.views[view][rows] @ weights + intercepts for view in VIEWS], axis=1)
    two = data.names.index("two")
    return np.array(
        [second_input(odds[i], data.figures[row], bool(data.figures[row, two])) for i, row in enumerate(rows)]
    )


def step_two(inputs: Array, labels: Array, weights: Array) -> tuple[Array, Array, Array]:
    """Mean (D,), scale (D,) and mixing (D + 1, 4) of the softmax over standardised inputs."""
    mean, scale = inputs.mean(axis=0), inputs.std(axis=0) + 0.1
    model = LogisticRegression(C=_STEP_TWO_C, max_iter=500, tol=1e-6)
    model.fit((inputs - mean) / scale, labels, sample_weight=weights)
    return mean, scale, np.vstack([model.coef_.T, model.intercept_])
