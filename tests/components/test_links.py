"""Links between companies and cities: the rules' own examples, and whole comments."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from commentlens.components.links import FoundLink, find_links
from commentlens.components.scope import read_sentences
from commentlens.components.topic import REACH, Topic
from commentlens.knowledge.rules import Example, Rule, load_rules

RULES = load_rules("links")
EXAMPLES = [(rule, example) for rule in RULES.rules for example in (*rule.examples, *rule.near_misses)]


TABLES = Path(__file__).parent / "data"


def found_in(text: str, entry: str | None, kind: str = "city") -> tuple[str, list[FoundLink]]:
    """A marked comment without its marks, and the links in it."""
    plain, mentions = Example(text=text).plain()
    context = {"kind": kind, "entries": [], "entry": {"name": entry, "within": None, "rank": None}}
    return plain, find_links(Topic(context, mentions, read_sentences(plain, mentions)), RULES)


def shown(link: FoundLink) -> str:
    """A link as examples write it."""
    return f"{link.company} {link.relation} {link.city}"


def read(example: Example) -> list[str]:
    # An entry in capitals is a company, as the rule file says.
    kind = "company" if example.entry and example.entry.isupper() else "city"
    return [shown(link) for link in found_in(example.text, example.entry, kind)[1]]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r.id}: {e.text}" for r, e in EXAMPLES])
def test_examples(rule: Rule, example: Example) -> None:
    """Every example gives what it promises, every near-miss nothing."""
    assert read(example) == list(example.finds), rule.id


def table(name: str) -> list[dict[str, Any]]:
    """The comments of a table."""
    rows: list[dict[str, Any]] = tomllib.loads((TABLES / f"links_{name}.toml").read_text("utf-8"))["comment"]
    return rows


def read_row(row: dict[str, Any]) -> tuple[str, list[FoundLink]]:
    """A comment of a table."""
    return found_in(row["text"], row["entry"], row.get("kind", "city"))


@pytest.mark.parametrize(
    ("name", "comments", "links", "right", "wrong"), [("dev", 113, 104, 98, 0), ("aside", 49, 43, 38, 1)]
)
def test_tables(name: str, comments: int, links: int, right: int, wrong: int) -> None:
    """How many comments, links in them, links found, links found that are none. What is missed stays in the tables:
    these are the figures that the rules have."""
    wanted, got = [], []
    for number, row in enumerate(table(name)):
        wanted += [(number, link) for link in row["links"]]
        got += [(number, shown(link)) for link in read_row(row)[1]]
    assert len(set(got)) == len(got)
    assert (number + 1, len(wanted)) == (comments, links)
    assert (len(set(wanted) & set(got)), len(set(got) - set(wanted))) == (right, wrong)


SPANS = [row for name in ("dev", "aside") for row in table(name) if "spans" in row]


@pytest.mark.parametrize("row", SPANS, ids=[row["text"] for row in SPANS])
def test_the_words_that_say_so(row: dict[str, Any]) -> None:
    """Evidence has the words of its own link, not those of the one before."""
    text, links = read_row(row)
    assert [text[slice(*link.span)] for link in links] == row["spans"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Fiat|COMPANY] was founded in [Turin], I am based in [Modena]", ["Fiat founded_in Turin"]),
        ("[Fiat|COMPANY] was founded in [Turin]. [Asti] has an office in [Modena]", ["Fiat founded_in Turin"]),
        ("[Fiat|COMPANY] is from [Turin]. Nice. It is based in [Modena]", ["Fiat located_in Turin"]),
        ("[Fiat|COMPANY] and so on. Its head office is in [Turin]", ["Fiat headquarters Turin"]),
        ("We love [Fiat|COMPANY], it is based in [Turin]", ["Fiat headquarters Turin"]),
        ("[Fiat|COMPANY], not [Lancia|PRODUCT]. Its head office is in [Turin]", []),
        ("[Lima], come on. Its head office is in [Turin]", []),
        ("[Fiat|COMPANY] is based in [Italy|COUNTRY]", []),
        ("[Fiat|COMPANY] was founded in 1899", []),
        ("[Lima] is nice but [Fiat|COMPANY] is based here", ["Fiat headquarters Rome"]),
        ("[Fiat|COMPANY] is not only based in [Turin]", ["Fiat headquarters Turin"]),
    ],
)
def test_what_goes_on(text: str, expected: list[str]) -> None:
    """Whose link a half sentence is, and what "here" and a country stand for, under Rome."""
    assert [shown(link) for link in found_in(text, "Rome")[1]] == expected


@pytest.mark.parametrize(
    ("breath", "entry", "kind"),
    [
        ("based here ", "BMW", "company"),
        ("founded in here and has an office here ", "BMW", "company"),
        ("its hq is here and ", "Rome", "city"),
        ("[Fiat|COMPANY] is based in [Turin] ", "Rome", "city"),
    ],
)
def test_a_sentence_without_end(breath: str, entry: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom a match means is looked for in the last units only, so twice the sentence is twice the work."""
    looked_at: list[int] = []
    subject = Topic._is_subject

    def counted(topic: Topic, units: Any, i: int, before: int) -> bool:
        looked_at.append(i)
        return subject(topic, units, i, before)

    monkeypatch.setattr(Topic, "_is_subject", counted)
    for times in (500, 1000):
        looked_at.clear()
        found_in(breath * times, entry, kind)
        assert len(looked_at) <= 2 * REACH * times


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
