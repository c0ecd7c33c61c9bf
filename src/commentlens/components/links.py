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
from commentlens.components.extensions import register
from commentlens.components.matches import RuleMatch, find_matches
from commentlens.components.topic import Topic
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
    for match in find_matches(topic.sentences, rules):
        sentence = topic.sentences[match.sentence]
        span = match.span(sentence)
        companies = _named(topic, match, "company", "COMPANY")
        cities = _named(topic, match, "city", "CITY")
        for company, city in itertools.product(companies, cities):
            link = FoundLink(company, city, match.rule.option("relation"), span, match.rule.id)
            kept.setdefault((company, city), link)
    return list(kept.values())


def _named(topic: Topic, match: RuleMatch, slot: str, label: str) -> list[str]:
    """Names of one label that fill a slot; where it is empty, what the comment speaks of, if it is of that label."""
    sentence = topic.sentences[match.sentence]
    value = match.slots.get(slot)
    if value and value.startswith("@"):
        unit = sentence.unit(value)
        named = [topic.mentions[i] for i in unit.mentions]
        return list(dict.fromkeys(str(mention["name"]) for mention in named if mention["label"] == label))
    names = topic.resolve(match.sentence, value, match.start)
    return [name for name in names if _is(topic, name, label)]


def _is(topic: Topic, name: str, label: str) -> bool:
    for mention in topic.mentions:
        if mention["name"] == name:
            return bool(mention["label"] == label)
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
        if not under_company and all(m["label"] != "COMPANY" for m in doc._.commentlens_mentions or ()):
            return []
        return [link.to_dict() for link in find_links(topic_of(doc), self.rules)]

    def annotate(self, doc: Doc, links: Sequence[Mapping[str, Any]]) -> None:
        """Write the links to the Doc."""
        doc._.commentlens_links = [dict(link) for link in links]


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
