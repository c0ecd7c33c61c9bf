"""What `explain` shows of names: for every mention and every candidate that lost, who proposed it and what decided."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import spacy

from commentlens.components.entities import Entities, make_entities
from commentlens.components.entity_types import OURS, Candidate, Proposal


@pytest.fixture(scope="module")
def entities() -> Entities:
    made = make_entities(spacy.blank("en"), "entities", None, None)
    assert isinstance(made, Entities)
    return made


def test_evidence_adds_up(entities: Entities) -> None:
    """The weights that are shown of a mention are enough, those of a loser are not."""
    found, rejected = entities.find("I went from Leeds to Bath, had a bath, a nice bath")

    def total(reason: str) -> float:
        return sum(float(piece.rsplit("(", 1)[1].rstrip(")")) for piece in reason.partition("; ")[0].split("), "))

    assert [mention.name for mention in found] == ["Leeds", "Bath"]
    assert min(total(mention.reason) for mention in found) >= 1.0
    losers = [lost.reason.removeprefix("too little evidence: ") for lost in rejected]
    assert len(losers) >= 2
    assert max(map(total, losers)) < 1.0


@pytest.mark.parametrize(
    ("label", "text", "said"),
    [
        ("PERSON", "nobody knows Zork", "the model alone calls it PERSON"),
        ("PRODUCT", "nobody knows Zork", "the model alone calls it PRODUCT"),
        ("GPE", "nobody knows Oslo", "the model calls it GPE; the gazetteer knows CITY Oslo here"),
    ],
)
def test_what_the_model_alone_found(entities: Entities, label: str, text: str, said: str) -> None:
    """It is told, with what was made of it."""
    proposal = Proposal(13, 17, label)
    _, rejected = entities.find(text, None, [proposal])
    assert [lost.reason for lost in rejected if lost.candidate is proposal] == [said]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("I like London", "of 2 places so called the best known"),
        ("I like London, Ontario", "of 2 places so called the one in Ontario"),
        ("I like Canada and London", "of 2 places so called the one in the country of the comment"),
    ],
)
def test_which_namesake_and_why(entities: Entities, text: str, why: str) -> None:
    """Of several places of a name it is told what decided which."""
    london = next(mention for mention in entities.find(text)[0] if mention.name == "London")
    assert london.reason.partition("; ")[2] == why


def test_losers_that_overlap_name_the_winner(entities: Entities) -> None:
    """So does a name inside a longer one."""
    _, rejected = entities.find("New York City is loud")
    reasons = {lost.candidate.name: lost.reason for lost in rejected if isinstance(lost.candidate, Candidate)}
    assert reasons["new york"] == "overlaps CITY New York"


def test_labels_of_our_own_recogniser() -> None:
    """Its LOC and ORG are no cities and no companies; spaCy's ORG may be one."""
    plain = make_entities(spacy.blank("en"), "entities", None, None)
    found, _ = plain.find("I work at Zork now", None, [Proposal(10, 14, "ORG")])
    assert [(mention.label, mention.via) for mention in found] == [("COMPANY", "model")]
    assert plain.find("I work at Zork now", None, [Proposal(10, 14, OURS["ORG"])])[0] == []


def explained(*args: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "commentlens", "explain", *args, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_at_the_command_line() -> None:
    """Mentions and losers have `via` and `reason`; `--entries` gives the list."""
    shown = explained("gta sa > halo, says nokia", "--entries", "Halo 3, Grand Theft Auto: San Andreas")
    assert [(m["name"], m["via"]) for m in shown["mentions"]] == [
        ("Grand Theft Auto: San Andreas", "entry"),
        ("Halo 3", "entry"),
        ("Nokia", "gazetteer"),
    ]
    assert all(item["via"] and item["reason"] for item in (*shown["mentions"], *shown["rejected"]))
    assert [entry["rank"] for entry in shown["context"]["entries"]] == [1, 2]


def test_the_own_entry_has_its_rank_among_the_entries() -> None:
    """Without --rank it is the place in --entries."""
    shown = explained("no", "--entry", "Rome", "--entries", "Oslo; Rome; Lima")
    assert shown["context"]["entry"] == {"within": None, "name": "Rome", "rank": 2}
