"""What the comparative in a match says: which of the two that the match orders is better."""

from __future__ import annotations

from commentlens.components.matches import RuleMatch
from commentlens.components.scope import Sentence
from commentlens.knowledge.comparatives import comparatives

_THAN = frozenset(["than", "then", "over", "compared", "compare", "as", "versus", "vs"])
_NOT = frozenset(["not", "n't", "never", "hardly", "barely", "neither", "nor", "no"])
_ANEW = frozenset(["but", "and", "which", "who", "because", "so"])


def said_order(sentence: Sentence, match: RuleMatch) -> int:
    """Read the words of a match, up to "than" where it holds one.

    Returns:
        1 where they put what they are said of above the other ("cosier", "less noisy", "not worse"), -1 where below,
        0 where none of them is a comparative.
    """
    words = [unit.norm for unit in sentence.units[match.start : match.end]]
    compared = [i for i, word in enumerate(words) if comparatives().is_comparative(word)]
    than = [i for i, word in enumerate(words) if word in _THAN and compared and i > compared[0]]
    if not compared:
        return 0
    before = words[: than[-1]] if than else words
    order = comparatives().order(before)
    return -order if _denied(before, compared[0]) else order


def _denied(words: list[str], comparative: int) -> bool:
    """Whether "not" stands before the comparative, with nothing that starts anew between."""
    for word in reversed(words[:comparative]):
        if word in _ANEW:
            return False
        if word in _NOT:
            return True
    return False
