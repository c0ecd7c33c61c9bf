"""The field's sums against all rows of tags written out, its gradients against small steps."""

from __future__ import annotations

import itertools
import math

import numpy as np
import numpy.typing as npt
import pytest

from commentlens.components.name_crf import best_tags, gradients
from commentlens.components.name_tags import TAGS, allowed_tags, may_follow

Array = npt.NDArray[np.float32]
COUNT = len(TAGS)
GOLD = (
    allowed_tags(3, [(0, 2, "PLACE")]),
    allowed_tags(1, []),
    allowed_tags(2, [(1, 2, "UNKNOWN")]),
    allowed_tags(2, [(0, 2, "CITY")]),
)


def made(seed: int) -> tuple[list[Array], Array]:
    rng = np.random.default_rng(seed)
    scores = [(2 * rng.normal(size=(len(gold), COUNT))).astype(np.float32) for gold in GOLD]
    return scores, rng.normal(size=(COUNT, COUNT)).astype(np.float32)


def rows_of(length: int) -> list[tuple[int, ...]]:
    follows = may_follow()
    return [
        row
        for row in itertools.product(range(COUNT), repeat=length)
        if follows[0, row[0]] and all(follows[one, two] for one, two in itertools.pairwise(row))
    ]


def weight(row: tuple[int, ...], scores: Array, transitions: Array) -> float:
    steps = sum(float(transitions[one, two]) for one, two in itertools.pairwise(row))
    return steps + sum(float(scores[at, tag]) for at, tag in enumerate(row))


def test_the_loss_is_that_of_all_rows_written_out() -> None:
    scores, transitions = made(0)
    wanted = 0.0
    for score, gold in zip(scores, GOLD, strict=True):
        weights = [(row, weight(row, score, transitions)) for row in rows_of(len(score))]
        # Nothing stands before the first tag, so that row 0 of the transitions does not count there.
        total = math.log(sum(math.exp(value) for _, value in weights))
        right = [value for row, value in weights if all(gold[at, tag] for at, tag in enumerate(row))]
        wanted += total - math.log(sum(math.exp(value) for value in right))
    found = gradients(scores, transitions, GOLD)
    assert found.loss * sum(map(len, scores)) == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize(("text", "token", "tag"), [(0, 0, 1), (0, 1, 2), (2, 1, 5), (3, 1, 2), (1, 0, 0)])
def test_gradients_of_scores_are_those_of_small_steps(text: int, token: int, tag: int) -> None:
    scores, transitions = made(1)
    tokens = sum(map(len, scores))
    found = gradients(scores, transitions, GOLD).scores[text][token, tag]
    losses = []
    for step in (0.01, -0.01):
        moved = [score.copy() for score in scores]
        moved[text][token, tag] += step
        losses.append(gradients(moved, transitions, GOLD).loss * tokens)
    assert found == pytest.approx((losses[0] - losses[1]) / 0.02, abs=1e-3)


@pytest.mark.parametrize(("first", "second"), [(1, 2), (0, 1), (2, 0), (0, 0), (11, 12)])
def test_gradients_of_transitions_are_those_of_small_steps(first: int, second: int) -> None:
    scores, transitions = made(2)
    tokens = sum(map(len, scores))
    found = gradients(scores, transitions, GOLD).transitions[first, second]
    losses = []
    for step in (0.01, -0.01):
        moved = transitions.copy()
        moved[first, second] += step
        losses.append(gradients(scores, moved, GOLD).loss * tokens)
    assert found == pytest.approx((losses[0] - losses[1]) / 0.02, abs=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_the_best_row_is_the_best_of_all(seed: int) -> None:
    scores, transitions = made(seed)
    for score, found in zip(scores, best_tags(scores, transitions), strict=True):
        best = max(rows_of(len(score)), key=lambda row, score=score: weight(row, score, transitions))  # type: ignore[misc]
        assert tuple(found) == best


def test_texts_do_not_see_each_other() -> None:
    scores, transitions = made(5)
    together = best_tags(scores, transitions)
    alone = [best_tags([score], transitions)[0] for score in scores]
    assert [row.tolist() for row in together] == [row.tolist() for row in alone]


def test_no_texts_have_no_tags() -> None:
    assert best_tags([], np.zeros((COUNT, COUNT), dtype=np.float32)) == []
