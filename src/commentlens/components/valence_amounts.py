"""Less of something bad is good: "crime is very low", "fewer accidents", "no lack of it".

VADER takes "less" and "little" for weak degrees and "low" for blame; here they turn the valence of what they measure,
where that is a burden (`knowledge.lexicon.Lexicon.burdens`) and blamed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from vaderSentiment.vaderSentiment import N_SCALAR

# Right before a burden, with at most one word between ("low violent crime").
_LITTLE = frozenset("few fewer fewest less little low lower lowest minimal negligible rare".split())
# After "a", these count what there is.
_SOME = frozenset(["few", "little"])
# After a burden, with only the words below between.
_IS_LITTLE = frozenset(
    "declining decreasing down falling low lower lowest minimal negligible non-existent nonexistent rare".split()
)
_BETWEEN = frozenset(
    "are been extremely going gone has have is keeps level levels pretty quite rate rates really relatively remains "
    "seems so super very was way were".split()
)
_REACH = 5


def lessened(tokens: Sequence[str], sentiments: Sequence[float], burdens: Collection[str]) -> list[float]:
    """Valences in which each burden that there is little of is turned round, VADER's way (by -0.74).

    Args:
        tokens: the words of a stretch, as VADER reads them.
        sentiments: the valence of each, after negation.
        burdens: lower-case words for what a place is better off without.
    """
    turned = list(sentiments)
    if not turned or min(turned) >= 0:
        return turned
    said = [token.lower() for token in tokens]
    for i, value in enumerate(sentiments):
        if value < 0 and said[i] in burdens:
            little = _little_before(said, i) or _little_after(said, i)
            if little:
                turned[i] = value * N_SCALAR
                # What measures is not blamed for being low.
                turned[i + little] = 0.0
    return turned


def _little_before(said: Sequence[str], i: int) -> int:
    """How far before the burden the word that says how little there is stands, as a negative number; 0: nowhere."""
    for at in (i - 1, i - 2):
        if at >= 0 and said[at] in _LITTLE:
            before = said[at - 1] if at else ""
            return 0 if before == "no" or (before == "a" and said[at] in _SOME) else at - i
    return 0


def _little_after(said: Sequence[str], i: int) -> int:
    """The same after it."""
    for step, word in enumerate(said[i + 1 : i + 1 + _REACH], 1):
        if word in _IS_LITTLE:
            return step
        if word not in _BETWEEN:
            return 0
    return 0
