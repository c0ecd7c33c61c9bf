"""Every example in README.md and docs/ does what it says; every file and heading they point to is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from doc_examples import DOCUMENTS, ROOT, Block, agrees, blocks, examples, mended, run

from commentlens.components.examples import try_rules
from commentlens.components.valence import Valence
from commentlens.knowledge.rules import LAYERS, load_rules
from commentlens.record_json import annotated_from_dict, annotated_to_dict
from commentlens.record_schema import record_schema
from commentlens.records import SCHEMA

BLOCKS = [
    pytest.param(block, id=f"{document.name}:{block.line}")
    for document in DOCUMENTS
    for block in blocks(document.read_text("utf-8"))
]
RUN = [document for document in DOCUMENTS if any(examples(blocks(document.read_text("utf-8"))))]
LINK = re.compile(r"(?:\]\(|src=\")(?!https?:|mailto:)(?P<file>[^)#\"\s]*)(?:#(?P<heading>[^)\"\s]+))?")


@pytest.mark.parametrize("document", RUN, ids=lambda document: document.name)
def test_examples_print_what_is_shown(document: Path, tmp_path: Path) -> None:
    """In the order of the document, in one folder."""
    outcomes = list(run(document.read_text("utf-8"), tmp_path))

    assert outcomes
    wrong = [
        f"{document.name}, line {outcome.example.block.line}: {' '.join(outcome.example.command)}\n{outcome.printed}"
        for outcome in outcomes
        if not outcome.right
    ]
    assert not wrong, "\n".join(["python tests/docs/doc_examples.py mends what only changed:", *wrong])


@pytest.mark.parametrize(
    "block", [p for p in BLOCKS if isinstance(p.values[0], Block) and p.values[0].language == "toml"]
)
def test_rules_pass_their_own_examples(block: Block, tmp_path: Path) -> None:
    """A block of TOML is a file of rules, each of which does what its examples say."""
    path = tmp_path / "rules.toml"
    path.write_text(block.body, "utf-8")
    layers = set(re.findall(r'^layer = "(\w+)"', block.body, re.MULTILINE))
    assert layers <= LAYERS.keys()
    assert layers or "[[rule]]" not in block.body
    for layer in layers:
        rules = load_rules(layer, [path])
        own = [trial for trial in try_rules(rules, Valence.load()) if trial.rule.source.startswith(str(path))]
        assert own
        assert [(trial.example.text, trial.found, trial.fired) for trial in own if not trial.passed] == []


@pytest.mark.parametrize(
    "block", [p for p in BLOCKS if isinstance(p.values[0], Block) and p.values[0].language.startswith("json")]
)
def test_json_is_json_and_records_are_records(block: Block) -> None:
    """A record is whole, keys in their order; anything else parses."""
    values = map(json.loads, block.body.splitlines()) if block.language == "jsonl" else [json.loads(block.body)]
    for value in values:
        if isinstance(value, dict) and value.get("schema") == SCHEMA:
            jsonschema.validate(value, record_schema())
            assert json.dumps(annotated_to_dict(annotated_from_dict(value, "block"))) == json.dumps(value)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_lead_somewhere(document: Path) -> None:
    """To a file of the project, and to a heading that it has."""
    dead = []
    for found in LINK.finditer(without_code(document.read_text("utf-8"))):
        target = (document.parent / found["file"]).resolve() if found["file"] else document
        there = target.is_relative_to(ROOT) and target.exists()
        if there and found["heading"]:
            there = found["heading"] in headings(target.read_text("utf-8"))
        if not there:
            dead.append(found[0])
    assert dead == []


def without_code(text: str) -> str:
    """A document without its blocks and spans of code."""
    return re.sub(r"```.*?^```$|`[^`\n]*`", "", text, flags=re.DOTALL | re.MULTILINE)


def headings(text: str) -> set[str]:
    """Anchors of a document's headings, as they are made where Markdown is shown."""
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\n", "a\nb\nc\n", True),
        ("a\n…\nc\n", "a\nc\n", True),
        ("a\n…\nb\n", "a\nc\n", False),
        ("a … c\n", "a b c\n", True),
        ("a … c\n", "a b d\n", False),
        ("a …\n", "a\nb\n", False),
        ("a.c\n", "abc\n", False),
        ("a  \n", "a\n", True),
        ("", "a\n", False),
    ],
)
def test_dots_stand_for_what_was_left_out(shown: str, printed: str, same: bool) -> None:
    """Dots for anything, all else to the letter."""
    assert agrees(shown, printed) is same


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        ("Oslo  3\n…\nRome  5\n", "Oslo  4\nLima  1\nRome  6\n", "Oslo  4\n…\nRome  6\n"),
        ("a … c\nOslo  3\n", "a b c\nOslo  3\n", "a … c\nOslo  3\n"),
        ("mood  +0.5\n", "mood  -0.5\n", "mood  -0.5\n"),
    ],
)
def test_mending_keeps_the_selection(shown: str, printed: str, expected: str) -> None:
    """The lines that were chosen stay chosen; what they say is brought up to date."""
    assert mended(shown, printed) == expected
