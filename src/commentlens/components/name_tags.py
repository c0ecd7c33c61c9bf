"""Labels of the name recogniser, and their tags: O, and for each label one for a first word, one for the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

#: LOC: other places and facilities. ORG: organisations that are no companies. OTHER: products, works, events, peoples.
LABELS = ("CITY", "COUNTRY", "REGION", "LOC", "COMPANY", "ORG", "PERSON", "OTHER")
#: Labels of training text that say less than ours: any of these will do.
PARTIAL = {
    "PLACE": ("CITY", "COUNTRY", "REGION", "LOC"),
    "ORGANISATION": ("COMPANY", "ORG"),
}
UNKNOWN = "UNKNOWN"
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))

Span = tuple[int, int, str]


def first_tag(label: str) -> int:
    """Number of the tag of the first word of a name."""
    return 1 + 2 * LABELS.index(label)


def labels_of(label: str) -> tuple[str, ...]:
    """Our labels that a gold label may mean; none for ``UNKNOWN`` and for what is no label."""
    return (label,) if label in LABELS else PARTIAL.get(label, ())


def allowed_tags(length: int, spans: Iterable[Span]) -> npt.NDArray[np.bool_]:
    """Which tags the gold allows each token.

    Args:
        length: number of tokens.
        spans: (first token, token after the last one, label), not overlapping; labels of ``LABELS`` or ``PARTIAL``, or
            ``UNKNOWN`` where anything may stand.

    Returns:
        Shape (length, number of tags).

    Raises:
        ValueError: If a label is none of these.
    """
    allowed = np.zeros((length, len(TAGS)), dtype=bool)
    allowed[:, 0] = True
    for start, end, label in spans:
        if label == UNKNOWN:
            allowed[start:end] = True
            continue
        labels = labels_of(label)
        if not labels:
            raise ValueError(f"label {label!r}: allowed are {', '.join((*LABELS, *PARTIAL, UNKNOWN))}")
        allowed[start:end] = False
        for one in labels:
            tag = first_tag(one)
            allowed[start, tag] = True
            allowed[start + 1 : end, tag + 1] = True
    return allowed


def may_follow() -> npt.NDArray[np.bool_]:
    """Shape (tags, tags): whether the second tag may stand after the first; row 0 also says what may begin a text."""
    allowed = np.ones((len(TAGS), len(TAGS)), dtype=bool)
    for label in LABELS:
        tag = first_tag(label)
        allowed[:, tag + 1] = False
        allowed[[tag, tag + 1], tag + 1] = True
    return allowed


def spans_of(tags: Sequence[int]) -> list[Span]:
    """The names that a row of tags says, in order; (first token, token after the last one, label)."""
    spans: list[Span] = []
    start = 0
    for at, tag in enumerate(tags):
        if tag and tag % 2 == 0:
            continue
        if at and tags[at - 1]:
            spans.append((start, at, LABELS[(tags[at - 1] - 1) // 2]))
        start = at
    if len(tags) and tags[-1]:
        spans.append((start, len(tags), LABELS[(tags[-1] - 1) // 2]))
    return spans
