"""Running rules over sentences: which matches stand when several want the same words."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from commentlens.components.scope import Sentence
from commentlens.knowledge.patterns import Pattern
from commentlens.knowledge.rules import Rule, RuleSet


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """One rule that fired: the sentence's index, the units covered (end exclusive), and what filled its slots."""

    rule: Rule
    sentence: int
    start: int
    end: int
    slots: Mapping[str, str]

    def span(self, sentence: Sentence) -> tuple[int, int]:
        """Characters covered, without the final punctuation of the sentence."""
        return sentence.units[self.start].start, sentence.units[self.end - 1].end

    def slot_start(self, name: str, sentence: Sentence) -> int:
        """Unit at which a slot stands; where it is empty or a pronoun, the unit at which the match begins."""
        value = self.slots.get(name, "")
        return sentence.index(value) if value.startswith("@") else self.start


def find_matches(sentences: Sequence[Sentence], rules: RuleSet) -> Iterator[RuleMatch]:
    """Matches in text order. Of two that share words, the rule that stands first in its file wins; a rule whose words
    mean nothing (``none``) keeps later ones from using them."""
    for index, sentence in enumerate(sentences):
        if candidates := list(rules.candidates(sentence.keys)):
            yield from _in_sentence(index, sentence, candidates, rules)


def may_guard(rules: RuleSet, names: Iterable[str], sentence: Sentence) -> bool:
    """Whether a sentence holds what a guard of one of these names requires; without it the guard need not be tried."""
    keys = sentence.keys
    return any(
        not any(keys.isdisjoint(units) for units in pattern.requires)
        for name in names
        for pattern in rules.guards.get(name, ())
    )


def _in_sentence(
    index: int, sentence: Sentence, candidates: Sequence[tuple[Rule, Pattern]], rules: RuleSet
) -> list[RuleMatch]:
    taken = _Taken()
    found: list[RuleMatch] = []
    guardable: bool | None = None
    for rule, pattern in candidates:
        match = pattern.regex.search(sentence.code)
        while match:
            start, end = sentence.unit_span(match)
            kept_end = _kept_end(sentence, start, end, rules.layer)
            if not taken.touch(start, end):
                if guardable is None:
                    guardable = may_guard(rules, rules.guards, sentence)
                if not (guardable and rules.guarded(rule, sentence.code, match.start())):
                    taken.add(start, kept_end)
                    if rule.meaning != "none":
                        found.append(RuleMatch(rule, index, start, end, pattern.values(match)))
            # From left to right; a mention that ends one match may begin the next.
            if kept_end >= len(sentence.units):
                break
            match = pattern.regex.search(sentence.code, sentence.offset(kept_end))
    return sorted(found, key=lambda match: match.start)


class _Taken:
    """Intervals of units that rules have used. None overlaps another, so only neighbours need be looked at, however
    many there are in a long sentence."""

    def __init__(self) -> None:
        self._intervals: list[tuple[int, int]] = []

    def add(self, start: int, end: int) -> None:
        insort(self._intervals, (start, end))

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them shares a unit with this interval."""
        following = bisect_left(self._intervals, (end,))
        return following > 0 and start < self._intervals[following - 1][1]


def _kept_end(sentence: Sentence, start: int, end: int, layer: str) -> int:
    """Where a match's words end for others: a mention at its end may begin the next match ("A > B > C"), but not where
    a sentence that orders things goes on to something else of the first ("A is nicer than B and better than C")."""
    following = sentence.units[end].norm if end < len(sentence.units) else ""
    goes_on = layer != "links" and following in _GOES_ON
    shared = end - start > 1 and sentence.units[end - 1].kind == "mention" and not goes_on
    return end - 1 if shared else end


_GOES_ON = frozenset(["and", "but", "or", ","])
