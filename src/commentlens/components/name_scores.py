"""Precision, recall and F1 of exact names, against gold labels that may say less than the recogniser's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from commentlens.components.name_tags import UNKNOWN, Span, labels_of

GROUPS = {"places": ("CITY", "COUNTRY", "REGION", "LOC"), "organisations": ("COMPANY", "ORG")}


def name_scores(texts: Iterable[tuple[Sequence[Span], Sequence[Span]]]) -> dict[str, float]:
    """``{group}_p``, ``_r`` and ``_f`` for places and organisations, and ``names_f``, their mean F1.

    Args:
        texts: names found and gold names of each text. What overlaps a gold name whose label leaves the group open is
            not counted.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for found, gold in texts:
        for group, labels in GROUPS.items():
            told = [(span, set(labels_of(span[2]))) for span in gold]
            open_gold = [s for s, may in told if s[2] == UNKNOWN or (may & set(labels) and may - set(labels))]
            wanted = {s[:2] for s, may in told if s[2] != UNKNOWN and may <= set(labels)}
            got = {
                s[:2]
                for s in found
                if s[2] in labels and not any(s[0] < other[1] and other[0] < s[1] for other in open_gold)
            }
            counts[group, "right"] += len(wanted & got)
            counts[group, "wanted"] += len(wanted)
            counts[group, "got"] += len(got)
    scores: dict[str, float] = {}
    for group in GROUPS:
        hits, expected, given = (counts[group, what] for what in ("right", "wanted", "got"))
        scores[f"{group}_p"] = hits / given if given else 0.0
        scores[f"{group}_r"] = hits / expected if expected else 0.0
        scores[f"{group}_f"] = 2 * hits / (given + expected) if given + expected else 0.0
    scores["names_f"] = sum(scores[f"{group}_f"] for group in GROUPS) / len(GROUPS)
    return scores
