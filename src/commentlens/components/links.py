"""Links: which company a comment puts in which city. The rules are data (`knowledge/data/links.toml`)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.clauses import topic_of
from commentlens.components.extensions import mentions_of, register, store
from commentlens.components.matches import RuleMatch, find_matches
from commentlens.components.topic import REACH, Topic
from commentlens.knowledge.rules import RuleSet, load_rules


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link before it is a record; the record's keys."""

    company: str
    city: str
    relation: str
    span: tuple[int, int]
    rule: str

    def to_dict(self) -> dict[str, Any]:
        """The record's keys, plain."""
        return {
            "company": self.company,
            "city": self.city,
            "relation": self.relation,
            "span": list(self.span),
            "rule": self.rule,
        }


def find_links(topic: Topic, rules: RuleSet) -> list[FoundLink]:
    """All links of one comment in text order, each pair of company and city once.

    Args:
        topic: the comment's sentences, mentions and context.
        rules: the link rules.
    """
    kept: dict[tuple[str, str], FoundLink] = {}
    labels = {str(mention["name"]): str(mention["label"]) for mention in reversed(topic.mentions)}
    before: _Before | None = None
    for match in find_matches(topic.sentences, rules):
        goes_on = _goes_on(topic, match, before)
        if goes_on is None and any(slot in match.slots for slot in _CONTINUES):
            continue
        companies = _companies(topic, labels, match, goes_on or before)
        cities = _cities(topic, labels, match)
        if not companies or not cities:
            continue
        relation = goes_on.relation if goes_on and "same" in match.slots else match.rule.option("relation")
        span = _span(topic, match)
        for company, city in itertools.islice(itertools.product(companies, cities), _MOST_PAIRS):
            kept.setdefault((company, city), FoundLink(company, city, relation, span, match.rule.id))
        before = _Before(match.sentence, match.end, companies, relation)
    return list(kept.values())


_Labels = Mapping[str, str]  # the label of each name's first mention
# Pairs of one match: companies told in one breath are many, or cities, but not both.
_MOST_PAIRS = 200
# Slots for the city of the link before, without which their rule does not fire. "same": that link's relation holds on
# ("founded in Turin and Ferrari in Modena").
_CONTINUES = ("after", "same")
_ITS = frozenset(["it", "its", "they", "their"])
_HERE = frozenset(["here", "this", "our", "we"])


@dataclass(frozen=True, slots=True)
class _Before:
    """The link before: its sentence, the unit at which its match ended (exclusive), what it tied, and how."""

    sentence: int
    end: int
    companies: list[str]
    relation: str


def _goes_on(topic: Topic, match: RuleMatch, before: _Before | None) -> _Before | None:
    """The link before, where this match takes up its city."""
    value = next((match.slots[slot] for slot in _CONTINUES if slot in match.slots), None)
    if value is None or before is None or before.sentence != match.sentence:
        return None
    return before if topic.sentences[match.sentence].index(value) == before.end - 1 else None


def _span(topic: Topic, match: RuleMatch) -> tuple[int, int]:
    """The words of the match, without the city of the link before and what joins the two."""
    sentence = topic.sentences[match.sentence]
    taken_up = next((match.slots[slot] for slot in _CONTINUES if slot in match.slots), None)
    first = match.start if taken_up is None else sentence.index(taken_up) + 1
    while sentence.units[first].norm in _JOINS:
        first += 1
    return sentence.units[first].start, match.span(sentence)[1]


_JOINS = frozenset([",", "and", "but", "while", "whereas", "then", ";"])


def _companies(topic: Topic, labels: _Labels, match: RuleMatch, before: _Before | None) -> list[str]:
    """Names of the companies of a match: those in the slot; if it is empty, those of the link before in this sentence;
    those that "it" means; else what the comment speaks of."""
    value = match.slots.get("company")
    if value and value.startswith("@"):
        return _mentioned(topic, match, value, "COMPANY")
    if before and before.sentence == match.sentence:
        return before.companies
    meant = _meant_by_its(topic, match, before)
    return meant or [
        name for name in topic.resolve(match.sentence, value, match.start) if _is(topic, labels, name, "COMPANY")
    ]


def _meant_by_its(topic: Topic, match: RuleMatch, before: _Before | None) -> list[str]:
    """Companies of the link in the last sentence, or the only thing named before where "it" is said and it is one:
    "Nokia, of course. Its head office is here"."""
    units = topic.sentences[match.sentence].units
    named = [unit for unit in units[max(0, match.start - REACH) : match.start] if unit.kind == "mention"]
    if not named and match.sentence > 0:
        if before and before.sentence == match.sentence - 1:
            return before.companies
        named = [unit for unit in topic.sentences[match.sentence - 1].units[-REACH:] if unit.kind == "mention"]
    said = {unit.norm for unit in units[max(0, match.start - 2) : match.start + 2]}
    if len(named) == 1 and named[0].norm == "company" and not said.isdisjoint(_ITS):
        return topic.names(named[0])
    return []


def _cities(topic: Topic, labels: _Labels, match: RuleMatch) -> list[str]:
    """Names of the cities of a match: those in the slot; the entry where it says "here"; else what it speaks of."""
    value = match.slots.get("city")
    if value and value.startswith("@"):
        return _mentioned(topic, match, value, "CITY")
    units = topic.sentences[match.sentence].units[match.start : match.end]
    if value is None and any(unit.norm in _HERE for unit in units):
        value = "here"
    return [name for name in topic.resolve(match.sentence, value, match.start) if _is(topic, labels, name, "CITY")]


def _mentioned(topic: Topic, match: RuleMatch, value: str, label: str) -> list[str]:
    """Names of one label in a unit of mentions."""
    named = [topic.mentions[i] for i in topic.sentences[match.sentence].unit(value).mentions]
    return list(dict.fromkeys(str(mention["name"]) for mention in named if mention["label"] == label))


def _is(topic: Topic, labels: _Labels, name: str, label: str) -> bool:
    """Whether a name has a label: the first mention of it decides; where it is never mentioned, what the list ranks."""
    if name in labels:
        return labels[name] == label
    kind = topic.context.get("kind") if topic.context else None
    return name == topic.entry and (kind == label.lower() or (kind is None and label == "CITY"))


class Links:
    """The component: reads sentences, mentions and context, writes ``doc._.commentlens_links``."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        self.annotate(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[dict[str, Any]]:
        """Links of a Doc, as the record's keys; writes nothing."""
        context = doc._.commentlens_context
        under_company = bool(context and context.get("kind") == "company" and context.get("entry"))
        if not under_company and all(m["label"] != "COMPANY" for m in mentions_of(doc)):
            return []
        return [link.to_dict() for link in find_links(topic_of(doc), self.rules)]

    def annotate(self, doc: Doc, links: Sequence[Mapping[str, Any]]) -> None:
        """Write the links to the Doc."""
        store(doc, "commentlens_links", [dict(link) for link in links])


@Language.factory(
    "commentlens_links",
    default_config={"rules": []},
    assigns=["doc._.commentlens_links"],
    requires=["doc._.commentlens_mentions", "doc._.commentlens_sentences"],
)
def make_links(nlp: Language, name: str, rules: list[str]) -> Links:  # noqa: ARG001  # spaCy's signature
    """Build the component. ``rules``: paths of the user's own rule files."""
    register()
    return Links(load_rules("links", [Path(path) for path in rules]))
