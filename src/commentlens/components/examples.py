"""Trying rules on their own examples: what each must and must not find.

An example marks its mentions itself, so no model is needed. A claim is written ``Rome too_low 1-5`` (``7``; ``>10``
outside the top ten; nothing where no rank is named), a comparison ``Rome > Oslo`` or ``Rome = Oslo``, a link
``BMW headquarters Munich``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from commentlens.components.claims import FoundClaim, find_claims
from commentlens.components.comparisons import FoundComparison, find_comparisons
from commentlens.components.links import FoundLink, find_links
from commentlens.components.scope import read_sentences
from commentlens.components.topic import Topic
from commentlens.components.valence import Valence
from commentlens.knowledge.rules import Example, Rule, RuleSet


@dataclass(frozen=True, slots=True)
class Trial:
    """One example tried: whether it ought to fire, what was found, by which rules, and whether that is right."""

    rule: Rule
    example: Example
    must_fire: bool
    found: tuple[str, ...]
    fired: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """A firing example must find just what it says, by its own rule; a near-miss must not fire its rule."""
        if not self.must_fire:
            return self.rule.id not in self.fired
        return sorted(self.found) == sorted(self.example.finds) and self.rule.id in self.fired


def try_rules(rules: RuleSet, valence: Valence) -> Iterator[Trial]:
    """Try every example of a layer's rules."""
    for rule in rules.rules:
        for must_fire, examples in ((True, rule.examples), (False, rule.near_misses)):
            for example in examples:
                found, fired = _read(rules, example, valence)
                yield Trial(rule, example, must_fire, found, fired)


def topic_of(example: Example, kind: str | None = None) -> Topic:
    """The topic of an example: its marked mentions, under its entry in a small list of that kind of things."""
    text, mentions = example.plain()
    ranks = ({example.entry: example.rank} if example.entry else {}) | dict(example.others or {})
    entries = [{"name": name, "within": None, "rank": rank} for name, rank in ranks.items()]
    context = {
        "list": "Examples",
        "list_id": "examples",
        "polarity": example.polarity,
        "kind": kind,
        "entries": entries,
        "entry": entries[0] if example.entry else None,
    }
    return Topic(context if entries else None, mentions, read_sentences(text, mentions))


def shown_claim(claim: FoundClaim) -> str:
    """A claim as examples write it."""
    if claim.proposed is None:
        return f"{claim.subject} {claim.stance}"
    best, worst = claim.proposed
    rank = f">{best - 1}" if worst is None else str(best) if best == worst else f"{best}-{worst}"
    return f"{claim.subject} {claim.stance} {rank}"


def shown_comparison(pair: FoundComparison) -> str:
    """A comparison as examples write it."""
    return f"{pair.better} {'=' if pair.relation == 'equal' else '>'} {pair.worse}"


def shown_link(link: FoundLink) -> str:
    """A link as examples write it."""
    return f"{link.company} {link.relation} {link.city}"


def _read(rules: RuleSet, example: Example, valence: Valence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if rules.layer == "links":
        # An entry in capitals, such as BMW, is a company; so the files of rules have it.
        kind = "company" if example.entry and example.entry.isupper() else "city"
        links = find_links(topic_of(example, kind), rules)
        return tuple(map(shown_link, links)), tuple(link.rule for link in links)
    topic = topic_of(example)
    if rules.layer == "claims":
        claims = find_claims(topic, rules, valence.score)
        return tuple(map(shown_claim, claims)), tuple(claim.rule for claim in claims)
    pairs = find_comparisons(topic, rules)
    return tuple(map(shown_comparison, pairs)), tuple(pair.rule for pair in pairs)
