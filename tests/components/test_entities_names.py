"""Names of every kind in comments of many voices: a table that is worked on, and one that is set aside.

`data/names_dev.toml` says what a row holds. Every row was written before it was tried; of `names_aside.toml` only the
total is looked at.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from commentlens.knowledge.places import Places
from commentlens.pipeline import COMPONENTS
from commentlens.shipped import shipped

DATA = Path(__file__).parent / "data"
DEV: Mapping[str, Any] = tomllib.loads((DATA / "names_dev.toml").read_text(encoding="utf-8"))
ASIDE: Sequence[Mapping[str, Any]] = tomllib.loads((DATA / "names_aside.toml").read_text(encoding="utf-8"))["example"]
# 98 were read right before anything was done about names.
ASIDE_FLOOR = 104


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The shipped pipeline up to the mentions."""
    return spacy.load(
        shipped("models", "en_commentlens"), exclude=[name for name in COMPONENTS if name != "commentlens_entities"]
    )


def mentions(nlp: Language, row: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    """What is found in a row, as the tables write it, and its id."""
    text = row["text"]
    doc = nlp.make_doc(text)
    if "list" in row:
        ranked = DEV["lists"][row["list"]]
        entries = [{"name": name, "within": None, "rank": rank} for rank, name in enumerate(ranked["entries"], start=1)]
        own = [entry for entry in entries if entry["name"] == row.get("entry")]
        doc._.commentlens_context = {
            "list": ranked["title"],
            "list_id": row["list"],
            "polarity": "positive",
            "kind": ranked["kind"],
            "entries": entries,
            "entry": own[0] if own else None,
        }
    return [
        (f"{m['label']}:{text[m['start'] : m['end']]}={m['name']}", m["id"]) for m in nlp(doc)._.commentlens_mentions
    ]


def area_of(place_id: str | None) -> tuple[str, str]:
    """Country, and country.area, of a city."""
    place = Places.load().by_id(place_id or "")
    return (place.country, f"{place.country}.{place.admin}") if place else ("", "")


def is_right(nlp: Language, row: Mapping[str, Any]) -> bool:
    """Whether all mentions of a row are found, and nothing else."""
    found = mentions(nlp, row)
    expected = [said.partition("@") for said in row["mentions"]]
    return [said for said, _ in found] == [said for said, _, _ in expected] and all(
        not area or area in area_of(place_id) for (_, _, area), (_, place_id) in zip(expected, found, strict=True)
    )


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row,
            id=f"{row['kind']}: {row['text']}",
            marks=[pytest.mark.xfail(reason=row["known"], strict=True)] if "known" in row else [],
        )
        for row in DEV["example"]
    ],
)
def test_names(nlp: Language, row: Mapping[str, Any]) -> None:
    """All mentions of a comment with label and name, namesakes by their area, and nothing else."""
    found = mentions(nlp, row)
    expected = [said.partition("@") for said in row["mentions"]]
    assert [said for said, _ in found] == [said for said, _, _ in expected]
    areas = [area_of(place_id) if area else () for (_, _, area), (_, place_id) in zip(expected, found, strict=True)]
    assert [area in found or not area for (_, _, area), found in zip(expected, areas, strict=True)] == [True] * len(
        areas
    )


def test_names_set_aside(nlp: Language) -> None:
    """How many of the rows that nobody works on are read right."""
    assert len(ASIDE) == 131
    assert sum(is_right(nlp, row) for row in ASIDE) >= ASIDE_FLOOR


def test_every_kind_of_name_is_there() -> None:
    """The two tables are of the same kinds, and say nothing twice."""
    kinds = {row["kind"] for row in DEV["example"]}
    assert kinds == {row["kind"] for row in ASIDE}
    assert len(kinds) == 12
    texts = [row["text"] for row in (*DEV["example"], *ASIDE)]
    assert len(texts) == len(set(texts))
