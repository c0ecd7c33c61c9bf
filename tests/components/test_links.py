"""Links between companies and cities: the rules' own examples, and whole comments."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.language import Language

from commentlens.components.links import find_links
from commentlens.components.scope import read_sentences
from commentlens.components.topic import Topic
from commentlens.knowledge.rules import Example, Rule, load_rules

RULES = load_rules("links")
EXAMPLES = [(rule, example) for rule in RULES.rules for example in (*rule.examples, *rule.near_misses)]


def read(example: Example) -> list[str]:
    text, mentions = example.plain()
    # An entry in capitals is a company, as the rule file says.
    kind = "company" if example.entry and example.entry.isupper() else "city"
    entry = {"name": example.entry, "within": None, "rank": None}
    topic = Topic({"kind": kind, "entries": [], "entry": entry}, mentions, read_sentences(text, mentions))
    return [f"{link.company} {link.relation} {link.city}" for link in find_links(topic, RULES)]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r.id}: {e.text}" for r, e in EXAMPLES])
def test_examples(rule: Rule, example: Example) -> None:
    """Every example gives what it promises, every near-miss nothing."""
    assert read(example) == list(example.finds), rule.id


@pytest.fixture(scope="module")
def nlp() -> Language:
    """Mentions without the statistical model, clauses, links."""
    pipeline = spacy.blank("en")
    for name in ("commentlens_entities", "commentlens_clauses", "commentlens_links"):
        pipeline.add_pipe(name)
    return pipeline


def links(nlp: Language, text: str, own: str, kind: str = "city") -> list[dict[str, Any]]:
    doc = nlp.make_doc(text)
    entry = {"name": own, "within": None, "rank": 3}
    doc._.commentlens_context = {
        "list": "Some List",
        "list_id": "x",
        "polarity": "positive",
        "kind": kind,
        "entries": [entry],
        "entry": entry,
    }
    found: list[dict[str, Any]] = nlp(doc)._.commentlens_links
    return found


def test_a_whole_link(nlp: Language) -> None:
    """All keys of the record."""
    assert links(nlp, "Well, Fiat is based in Turin.", "Rome") == [
        {
            "company": "Fiat",
            "city": "Turin",
            "relation": "headquarters",
            "span": [6, 28],
            "rule": "company-headquartered-in",
        }
    ]


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        (
            "Ferrari is located in Modena and Ducati in Bologna. Turin is HQ of Fiat and Lavazza.",
            "Rome",
            [
                ("Ferrari", "Modena", "located_in"),
                ("Ducati", "Bologna", "located_in"),
                ("Fiat", "Turin", "headquarters"),
                ("Lavazza", "Turin", "headquarters"),
            ],
        ),
        (
            "HQ of many companies such as Nokia, Rovio and many others.",
            "Helsinki",
            [("Nokia", "Helsinki", "headquarters"), ("Rovio", "Helsinki", "headquarters")],
        ),
        (
            "Nokia, Rovio and many more are located here.",
            "Helsinki",
            [("Nokia", "Helsinki", "located_in"), ("Rovio", "Helsinki", "located_in")],
        ),
        ("Birthplace of Nokia", "Tampere", [("Nokia", "Tampere", "founded_in")]),
        (
            "home to spotify and ericsson",
            "Stockholm",
            [("Spotify", "Stockholm", "located_in"), ("Ericsson", "Stockholm", "located_in")],
        ),
        ("My Nokia broke in Paris", "Helsinki", []),
        ("Nokia is not based in Paris", "Helsinki", []),
        ("Nice beaches", "Helsinki", []),
    ],
)
def test_comments(nlp: Language, text: str, own: str, expected: list[tuple[str, str, str]]) -> None:
    """Several links in one comment, gaps filled from what stands before, the entry where no city is named."""
    assert [(link["company"], link["city"], link["relation"]) for link in links(nlp, text, own)] == expected


def test_the_company_is_the_entry(nlp: Language) -> None:
    """On a list of companies the entry needs no mention."""
    found = links(nlp, "Headquartered in Seattle.", "Starbucks", kind="company")
    assert [(link["company"], link["city"]) for link in found] == [("Starbucks", "Seattle")]
