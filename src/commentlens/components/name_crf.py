"""A linear-chain conditional random field over the tags of names, learnt from gold that may leave tags open.

Lafferty, McCallum and Pereira (2001); with open tags as in Bellare and McCallum (2007): the likelihood of all tag rows
that the gold allows is raised against that of all rows. Sums run in scaled probabilities, batches are padded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commentlens.components.name_tags import may_follow

Floats = npt.NDArray[np.float64]
_TINY = 1e-300
# More than this below the best tag of a token counts as this: keeps every allowed row of tags possible.
_LOWEST = -60.0


@dataclass(frozen=True, slots=True)
class _Sums:
    log_total: Floats
    marginals: Floats
    pairs: Floats


@dataclass(frozen=True, slots=True)
class Gradients:
    """``loss``: mean negative log likelihood a token; the others are gradients of the summed loss of a batch."""

    loss: float
    scores: list[npt.NDArray[np.float32]]
    transitions: npt.NDArray[np.float32]


def gradients(
    scores: Sequence[npt.NDArray[np.float32]],
    transitions: npt.NDArray[np.float32],
    allowed: Sequence[npt.NDArray[np.bool_]],
) -> Gradients:
    """Gradients of the loss.

    Args:
        scores: for each text, shape (tokens, tags).
        transitions: shape (tags, tags), scores of the second tag after the first.
        allowed: for each text, shape (tokens, tags): what the gold allows.
    """
    emissions, present = _padded(scores)
    open_tags = np.zeros(emissions.shape, dtype=bool)
    for row, tags in zip(open_tags, allowed, strict=True):
        row[: len(tags)] = tags
    factors = _factors(transitions)
    everything = _sums(emissions, present, factors)
    gold = _sums(np.where(open_tags | ~present[:, :, None], emissions, 0.0), present, factors)
    difference = everything.marginals - gold.marginals
    tokens = max(int(present.sum()), 1)
    loss = float((everything.log_total - gold.log_total).sum()) / tokens
    return Gradients(
        loss,
        [row[: len(score)].astype(np.float32) for row, score in zip(difference, scores, strict=True)],
        (everything.pairs - gold.pairs).astype(np.float32),
    )


def best_tags(
    scores: Sequence[npt.NDArray[np.float32]], transitions: npt.NDArray[np.float32]
) -> list[npt.NDArray[np.intp]]:
    """The most likely row of tags for each text (Viterbi, 1967)."""
    lengths = [len(score) for score in scores]
    longest = max(lengths, default=0)
    if not longest:
        return [np.zeros(0, dtype=np.intp) for _ in scores]
    steps = np.where(may_follow(), transitions, -np.inf).astype(np.float32)
    # The longest first, so that the texts that go on are always the first ones.
    order = np.argsort([-length for length in lengths], kind="stable")
    sorted_lengths = np.asarray(lengths)[order]
    going = [int(np.searchsorted(-sorted_lengths, -at, side="left")) for at in range(longest)]
    emissions = np.zeros((len(scores), longest, steps.shape[0]), dtype=np.float32)
    for row, number in zip(emissions, order, strict=True):
        row[: lengths[number]] = scores[number]
    came_from = np.zeros(emissions.shape, dtype=np.int8)
    best = emissions[:, 0] + np.where(may_follow()[0], 0.0, -np.inf)
    # steps[second, first]: the first tag runs along the last axis, where the maximum is fastest.
    turned = np.ascontiguousarray(steps.T)
    for at in range(1, longest):
        count = going[at]
        ways = best[:count, None, :] + turned
        back = ways.argmax(axis=2)
        came_from[:count, at] = back
        best[:count] = np.take_along_axis(ways, back[:, :, None], axis=2)[:, :, 0] + emissions[:count, at]
    found: list[npt.NDArray[np.intp]] = [np.zeros(0, dtype=np.intp)] * len(scores)
    tags = np.zeros((len(scores), longest), dtype=np.intp)
    rows = np.arange(len(scores))
    current = best.argmax(axis=1)
    for at in range(longest - 1, -1, -1):
        count = going[at]
        tags[:count, at] = current[:count]
        if at:
            current[:count] = came_from[rows[:count], at, current[:count]]
    for place, number in enumerate(order):
        found[number] = tags[place, : lengths[number]]
    return found


def _padded(scores: Sequence[npt.NDArray[np.float32]]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """exp of the scores, each token's best at 1; padding at 1 for every tag."""
    longest = max((len(score) for score in scores), default=0)
    tags = scores[0].shape[1] if scores else 0
    emissions = np.ones((len(scores), longest, tags))
    present = np.zeros((len(scores), longest), dtype=bool)
    for number, score in enumerate(scores):
        centred = score.astype(np.float64) - score.max(axis=1, keepdims=True)
        emissions[number, : len(score)] = np.exp(np.maximum(centred, _LOWEST))
        present[number, : len(score)] = True
    return emissions, present


def _factors(transitions: npt.NDArray[np.float32]) -> Floats:
    return np.where(may_follow(), np.exp(np.clip(transitions.astype(np.float64), -30.0, 30.0)), 0.0)


def _sums(emissions: Floats, present: npt.NDArray[np.bool_], factors: Floats) -> _Sums:
    """Forward and backward sums, scaled at each token."""
    texts, longest, tags = emissions.shape
    forward = np.empty_like(emissions)
    scales = np.ones((texts, longest))
    start = may_follow()[0].astype(np.float64)
    for at in range(longest):
        before = start if at == 0 else forward[:, at - 1] @ factors
        here = before * emissions[:, at]
        scale = np.maximum(here.sum(axis=1), _TINY)
        going = present[:, at]
        scales[:, at] = np.where(going, scale, 1.0)
        forward[:, at] = np.where(going[:, None], here / scale[:, None], forward[:, at - 1] if at else 0.0)
    backward = np.ones((texts, tags))
    marginals = np.zeros_like(emissions)
    pairs = np.zeros((tags, tags))
    for at in range(longest - 1, -1, -1):
        going = present[:, at][:, None]
        marginal = forward[:, at] * backward
        marginals[:, at] = np.where(going, marginal / np.maximum(marginal.sum(axis=1, keepdims=True), _TINY), 0.0)
        ahead = np.where(going, emissions[:, at] * backward / scales[:, at][:, None], 0.0)
        if at:
            pairs += factors * (forward[:, at - 1].T @ ahead)
            backward = np.where(going, ahead @ factors.T, backward)
    return _Sums(np.log(scales).sum(axis=1), marginals, pairs)
