"""How much trying a pattern can cost at one place of a sentence, so that no rule can hang a run.

The regular expression that a pattern becomes tries every way in which its optional parts and gaps can be filled, and
their numbers multiply. Everything here is counted in units of a sentence and is an upper bound, found from the pattern
alone: a sentence of n units takes at most n times `Work.steps`. As a reader of grammars does (the FIRST sets of LL
parsing), it sees that an optional "the" before "city" leaves no choice, and that a gap of words ends at a mention.
What the first unit shows to be a dead end counts as one step; to look past a few optional parts is a small factor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

MOST_STEPS = 200_000
"""What a pattern may take at one place; a word of ordinary text takes one to ten, whatever the bound."""

First = frozenset[str] | None
"""Units that something may begin with: words, ``rank*``, ``@``, ``#r``; None where it may be any."""

ANY_WORD = "\\w"
"""In `First`: any word, but no mention, rank or mark."""

_Cost = tuple[int, int]
_Texts = Mapping[tuple[str, ...], int]
_MOST_TEXTS = 500


@dataclass(frozen=True, slots=True)
class Work:
    """What one element of a pattern, or a sequence of them, can cost.

    Attributes:
        ways: in how many ways it can match at one place, whatever follows.
        steps: how many units are looked at to find all of them.
        longest: how many units the longest way covers.
        first: what every way begins with.
        empty: whether it can match nothing.
        texts: all that it can match and in how many ways, where these are few sequences of words; None else.
        within: ways and steps where it is known what follows; None where that makes no difference.
    """

    ways: int = 1
    steps: int = 1
    longest: int = 1
    first: First = None
    empty: bool = False
    texts: _Texts | None = None
    within: Callable[[First], _Cost] | None = None

    def before(self, follow: First) -> _Cost:
        """Ways and steps where ``follow`` comes next."""
        return (self.ways, self.steps) if self.within is None else self.within(follow)


def word(text: str) -> Work:
    """One word; ``rank*`` stands for many."""
    return Work(first=frozenset([text]), texts=None if "*" in text else {(text,): 1})


def unit(*first: str, ways: int = 1, steps: int = 1, longest: int = 1) -> Work:
    """What begins with one of these units."""
    return Work(ways, steps, longest, frozenset(first))


def gap(length: int, first: First) -> Work:
    """Nothing, one unit, … up to ``length``; where what follows is none of its units, it can end in one place only."""

    def within(follow: First) -> _Cost:
        return (length + 1 if _meet(first, follow) else 1), length + 1

    return Work(*within(None), length, first, empty=True, within=within)


def beside() -> Work:
    """What looks at the neighbourhood and covers nothing: ``^``, ``$``, ``~<class>``."""
    return Work(longest=0, empty=True, first=frozenset())


def ahead(of: Work) -> Work:
    """``!x``: tried until one way matches, and never again for what follows."""
    return Work(steps=of.steps, longest=0, empty=True, first=frozenset())


def or_nothing(of: Work) -> Work:
    """``x?``: a choice only where what follows may begin as x does."""

    def within(follow: First) -> _Cost:
        ways, steps = of.before(follow)
        return ways + (of.empty or _meet(of.first, follow)), steps + 1

    return Work(*within(None), of.longest, of.first, empty=True, within=within)


def in_turn(parts: Sequence[Work]) -> Work:
    """A sequence: each way of what stands before is a place at which the next part is tried."""

    def within(follow: First) -> _Cost:
        follows = [follow]
        for part in reversed(parts[1:]):
            follows.append(_joined(part.first, follows[-1]) if part.empty else part.first)
        ways, steps = 1, 0
        for part, after in zip(parts, reversed(follows), strict=True):
            of_part = part.before(after)
            steps += ways * of_part[1]
            ways *= of_part[0]
        return ways, steps

    first: First = frozenset()
    for part in parts:
        first = _joined(first, part.first)
        if not part.empty:
            break
    sees_beyond = parts[-1].empty or parts[-1].within is not None
    return Work(
        *within(None),
        sum(part.longest for part in parts),
        first,
        empty=all(part.empty for part in parts),
        texts=_concatenated(parts),
        within=within if sees_beyond else None,
    )


def one_of(branches: Sequence[Work]) -> Work:
    """Alternatives: those that begin with different words exclude each other, so only one word's count; of sequences
    of words ("at least", "at most", "at") only those that begin another count with it."""
    if len(branches) == 1:
        return branches[0]

    texts: Counter[tuple[str, ...]] = Counter()
    for branch in branches:
        texts.update(branch.texts or {})

    def within(follow: First) -> _Cost:
        ways: Counter[str] = Counter()
        steps: Counter[str] = Counter()
        sure_of_none = [0, 0]
        for branch in branches:
            of_branch = branch.before(follow)
            first = _joined(branch.first, follow) if branch.empty else branch.first
            if branch.texts is not None:
                for word in first or ():
                    steps[word] += of_branch[1]
                continue
            if first is None or ANY_WORD in first or any(word.endswith("*") for word in first):
                sure_of_none[0] += of_branch[0]
                sure_of_none[1] += of_branch[1]
                continue
            for word in first:
                ways[word] += of_branch[0]
                steps[word] += of_branch[1]
        return (
            max(ways.values(), default=0) + sure_of_none[0] + _most_at_once(texts),
            1 + max(steps.values(), default=0) + sure_of_none[1],
        )

    first: First = frozenset()
    for branch in branches:
        first = _joined(first, branch.first)
    return Work(
        *within(None),
        max(branch.longest for branch in branches),
        first,
        empty=any(branch.empty for branch in branches),
        texts=texts if len(texts) <= _MOST_TEXTS and all(branch.texts is not None for branch in branches) else None,
        within=within if any(branch.empty or branch.within for branch in branches) else None,
    )


def _concatenated(parts: Sequence[Work]) -> _Texts | None:
    """All texts of a sequence, where they are few."""
    found: Counter[tuple[str, ...]] = Counter({(): 1})
    for part in parts:
        if part.texts is None or len(found) * len(part.texts) > _MOST_TEXTS:
            return None
        longer: Counter[tuple[str, ...]] = Counter()
        for before, text in product(found, part.texts):
            longer[(*before, *text)] += found[before] * part.texts[text]
        found = longer
    return found


def _most_at_once(texts: _Texts) -> int:
    """In how many ways these texts can stand at one place: those count together of which each begins the next."""
    return max((sum(texts.get(text[:length], 0) for length in range(1, len(text) + 1)) for text in texts), default=0)


def _joined(one: First, other: First) -> First:
    return None if one is None or other is None else one | other


def _meet(one: First, other: First) -> bool:
    """Whether a unit may be meant by both; rather yes than no."""
    if one is None or other is None:
        return True
    if not one.isdisjoint(other):
        return True
    return _covers(one, other) or _covers(other, one)


def _covers(one: First, other: First) -> bool:
    """Whether what stands for many words in the one stands for a word in the other."""
    patterns = [word for word in one or () if word == ANY_WORD or "*" in word]
    words = [word for word in other or () if word[0] not in "@#"]
    return any(
        pattern == ANY_WORD or pattern[0] == "*" or "*" in word or word == ANY_WORD or word.startswith(pattern[:-1])
        for pattern in patterns
        for word in words
        if pattern != ANY_WORD or "*" in word or word == ANY_WORD or _is_word(word)
    )


def _is_word(unit: str) -> bool:
    return unit[0].isalnum() or unit[0] in "_'-"
