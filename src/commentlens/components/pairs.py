"""The order of two given things in a sentence: BETTER (the first is preferred), WORSE, or NONE.

For whoever knows the pair already, as labelled sets such as CompSent-19 do. The pipeline itself is never told a pair.
"""

from __future__ import annotations

from dataclasses import dataclass

from commentlens.components.comparisons import find_comparisons
from commentlens.components.scope import Sentence, read_sentences
from commentlens.components.second_reader import OrderReader
from commentlens.components.topic import Topic
from commentlens.knowledge.rules import RuleSet

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PairOrder:
    """``label``: BETTER, WORSE or NONE; ``rule``: what says so, "model:order" for the second reader, None for NONE of
    rules alone; ``probability``: the second reader's, None where a rule spoke."""

    label: str
    rule: str | None
    probability: float | None


def order_of_pair(text: str, first: Span, second: Span, rules: RuleSet, reader: OrderReader | None = None) -> PairOrder:
    """How a sentence orders two things.

    Args:
        text: the sentence.
        first, second: characters of the two things, end exclusive; ``first`` comes before ``second``.
        rules: the comparison rules, which are asked first.
        reader: asked where they are silent or contradict each other; None leaves it at the rules.
    """
    mentions = [
        {"start": start, "end": end, "label": "ENTRY", "name": name, "id": None, "via": "given"}
        for name, (start, end) in (("first", first), ("second", second))
    ]
    sentences = read_sentences(text, mentions)
    found = [
        item
        for item in find_comparisons(Topic(None, mentions, sentences), rules)
        if {item.better, item.worse} == {"first", "second"}
    ]
    if found and (reader is None or not getattr(found[0], "contested", False)):
        item = found[0]
        label = "NONE" if item.relation != "better" else "BETTER" if item.better == "first" else "WORSE"
        return PairOrder(label, item.rule, None)
    if reader is None:
        return PairOrder("NONE", None, None)
    whole = Sentence(tuple(unit for sentence in sentences for unit in sentence.units))
    places = [i for i, unit in enumerate(whole.units) if unit.kind == "mention"]
    if len(places) != 2:
        return PairOrder("NONE", None, None)
    label, probability = reader.given_pair(whole.units, places[0], places[1])
    return PairOrder(label, "model:order", probability)
