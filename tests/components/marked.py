"""Comments whose mentions are marked in the text, read without a model: ``[Rome] is nicer than [vw|COMPANY]``."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from commentlens.components.claims import find_claims
from commentlens.components.comparisons import find_comparisons
from commentlens.components.mood_rules import feel
from commentlens.components.scope import read_sentences
from commentlens.components.topic import Topic
from commentlens.components.valence import Valence
from commentlens.knowledge.rules import Example, RuleSet, load_rules

Dicts = list[dict[str, Any]]


@functools.cache
def shipped_rules(layer: str, *, implied: bool = False) -> RuleSet:
    """The shipped rules of a layer, loaded once; nobody changes them."""
    return load_rules(layer, implied=implied)


@functools.cache
def shipped_valence() -> Valence:
    """The shipped valences, loaded once."""
    return Valence.load()


def topic_of(
    text: str,
    entry: str | None = None,
    rank: int | None = None,
    *,
    others: Mapping[str, int | None] | None = None,
    polarity: str = "positive",
    kind: str = "city",
    title: str | None = "Examples",
) -> Topic:
    """The topic of a marked comment under an entry of a small list; under no list where neither entry nor others."""
    plain, mentions = Example(text=text).plain()
    ranks: dict[str, int | None] = ({entry: rank} if entry else {}) | dict(others or {})
    entries = [{"name": name, "within": None, "rank": number} for name, number in ranks.items()]
    context = {
        "list": title,
        "list_id": "examples",
        "polarity": polarity,
        "kind": kind,
        "entries": entries,
        "entry": entries[0] if entry else None,
    }
    return Topic(context if entries else None, mentions, read_sentences(plain, mentions))


def claims(text: str, entry: str | None = None, rank: int | None = None, **under: Any) -> Dicts:
    """Claims of a marked comment; arguments as of `topic_of`."""
    topic = topic_of(text, entry, rank, **under)
    return [claim.to_dict() for claim in find_claims(topic, shipped_rules("claims"), shipped_valence().score)]


def comparisons(
    text: str, entry: str | None = None, rank: int | None = None, *, implied: bool = False, **under: Any
) -> Dicts:
    """Comparisons of a marked comment, those that its claims imply among them."""
    topic = topic_of(text, entry, rank, **under)
    rules = shipped_rules("comparisons", implied=implied)
    found = find_comparisons(topic, rules, claims(text, entry, rank, **under), implied=implied)
    return [pair.to_dict() for pair in found]


def moods(text: str, entry: str | None = None, rank: int | None = None, **under: Any) -> Dicts:
    """Moods of a marked comment, its claims and comparisons taken into account."""
    felt = feel(
        topic_of(text, entry, rank, **under),
        claims(text, entry, rank, **under),
        comparisons(text, entry, rank, **under),
        shipped_valence(),
    )
    return felt.moods
