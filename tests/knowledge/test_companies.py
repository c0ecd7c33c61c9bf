"""The list of companies: names, aliases, common words, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.knowledge.companies import Companies, Company
from commentlens.knowledge.names import fold


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("VW", "Volkswagen"),
        ("volkswagen", "Volkswagen"),
        ("Mercedes", "Mercedes-Benz"),
        ("Mercedes Benz", "Mercedes-Benz"),
        ("LG electronics", "LG"),
        ("Airbus Industries", "Airbus"),
        ("telefónica", "Telefonica"),
        ("TP Link", "TP-Link"),
        ("AT&T", "AT&T"),
        ("Marks and Spencer", "Marks & Spencer"),
        ("McDonald's", "McDonald's"),
        ("mcdonalds", "McDonald's"),
        ("jimmy johns", "Jimmy John's"),
        ("zaxby’s", "Zaxby's"),
        ("burgerking", "Burger King"),
        ("tacobell", "Taco Bell"),
        ("chickfila", "Chick-fil-A"),
    ],
)
def test_lookup(written: str, name: str) -> None:
    """Every way to write a company leads to its usual short name."""
    sense = Companies.load().lookup(fold(written))
    assert sense is not None
    assert sense.company.name == name


@pytest.mark.parametrize("name", ["Apple", "Shell", "Target", "Gap", "Orange", "Visa", "Ford", "Subway", "Intel", "GE"])
def test_common_words_are_marked(name: str) -> None:
    """Names that are words too need the context."""
    sense = Companies.load().lookup(fold(name))
    assert sense is not None
    assert sense.common


@pytest.mark.parametrize("name", ["W3C", "ETSI", "PISA", "NASA", "MIT", "iPhone", "Bitcoin", "YouTube", "UNESCO"])
def test_no_companies(name: str) -> None:
    """Bodies, rankings, products, services and universities are in no list of companies."""
    assert Companies.load().lookup(fold(name)) is None


@pytest.mark.parametrize("name", ["bigc", "sucker punch", "habit", "burger kings", "tac bell"])
def test_no_company_by_the_way(name: str) -> None:
    """What is too short to be told as one word, what is a phrase or a word, and what is no name: none is sure."""
    sense = Companies.load().lookup(fold(name))
    assert sense is None or sense.common or sense.sector_only


def test_size_and_unique_names() -> None:
    """The list is wide, and no two companies share their main name."""
    companies = Companies.load()
    names = [fold(company.name) for company in companies.all]
    assert len(companies) >= 1500
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"name": "", "sector": "x"}, '"name" must be a string that is not empty'),
        ({"name": "X"}, '"sector" must be'),
        ({"name": "X", "sector": "x", "aliases": "Y"}, '"aliases" must be a list of strings'),
        ({"name": "X", "sector": "x", "common": ["Y"]}, '"common" must be names of this company'),
        ({"name": "X", "sector": "x", "ticker": "XX"}, 'unknown "ticker". Allowed: aliases, common'),
        (["X"], '"company" must be a JSON object'),
    ],
)
def test_faults_are_named(tmp_path: Path, row: object, said: str) -> None:
    """File, line and field are in the message."""
    path = tmp_path / "mine.jsonl"
    path.write_text('{"name": "Good", "sector": "x"}\n' + json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said) as error:
        Companies.load(path)
    assert "mine.jsonl, line 2" in str(error.value)


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    """A user's file replaces the shipped one."""
    path = tmp_path / "mine.jsonl"
    path.write_text('{"name": "Acme", "aliases": ["Acme Anvils"], "sector": "industry"}\n', encoding="utf-8")
    companies = Companies.load(path)
    assert companies.all == (Company(name="Acme", aliases=("Acme Anvils",), sector="industry"),)
    assert companies.lookup("volkswagen") is None
