"""The pages for names and of arguments fit to their gold: what is measured on them counts the comments that are read.

`names`, `names_dev` and `arguments` may be tuned on, `names_aside` and `arguments_aside` are measured only; their
READMEs say how they were made.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from commentlens.corpus import read_source
from commentlens.record_json import annotated_from_dict

HERE = Path(__file__).parent
# Comments, and mentions of cities and of companies, in the gold of each page: who changes it says so here.
COUNTS: dict[str, tuple[int, int, int]] = {
    "names/cities-for-young-people": (152, 275, 144),
    "names_dev/banks": (33, 13, 68),
    "names_dev/expats-thread": (41, 112, 71),
    "names_dev/fast-food": (47, 18, 81),
    "names_dev/phone-makers": (43, 14, 56),
    "names_aside/moving-thread": (30, 60, 34),
    "names_aside/office-cities": (43, 80, 106),
    "names_aside/supermarkets": (43, 30, 62),
    "arguments/best-board-games": (67, 8, 1),
    "arguments/best-cities-for-students": (177, 132, 0),
    "arguments/overpriced-tourist-towns": (64, 47, 1),
    "arguments_aside/best-coffee-chains": (66, 41, 26),
    "arguments_aside/greatest-football-cities": (100, 73, 0),
    "arguments_aside/most-stressful-cities": (88, 73, 0),
    "arguments_aside/worst-cities-for-driving": (67, 46, 0),
}
# Where things of the list are no mentions, moods, claims and comparisons name them as the text or the list does.
UNMENTIONED = {"arguments/best-board-games"}


def page_of(name: str) -> Path:
    """The page that `name` stands for."""
    (page,) = (path for path in (HERE / name).parent.glob(f"{Path(name).name}.*") if ".gold" not in path.name)
    return page


def gold_rows(name: str) -> list[dict[str, Any]]:
    """Its gold as it stands in the file."""
    return [json.loads(line) for line in (HERE / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_page_is_counted() -> None:
    """A page without gold, or gold without a page, would measure nothing."""
    found = [path for folder in sorted({name.split("/")[0] for name in COUNTS}) for path in (HERE / folder).glob("*")]
    found = [path for path in found if path.suffix != ".md"]
    pages = {path.relative_to(HERE).as_posix().split(".")[0] for path in found if ".gold" not in path.name}
    golds = {path.relative_to(HERE).as_posix().split(".")[0] for path in found if ".gold" in path.name}
    assert pages == golds == COUNTS.keys()


@pytest.mark.parametrize("name", COUNTS)
def test_the_page_loads_as_its_gold_says(name: str) -> None:
    """Every comment, in order, with its id, list, entry, author and text; the gold of arguments names no country."""
    named = not name.startswith("arguments")
    read = [
        (
            comment.id,
            comment.list.title if comment.list else None,
            (comment.entry.name, comment.entry.within if named else None, comment.entry.rank)
            if comment.entry
            else None,
            comment.author,
            comment.text,
        )
        for comment in read_source(page_of(name)).comments
    ]
    gold = [
        (
            row["id"],
            row["list"],
            (row["entry"]["name"], row["entry"].get("within"), row["entry"]["rank"]) if row["entry"] else None,
            row["author"],
            row["text"],
        )
        for row in gold_rows(name)
    ]
    assert read == gold


@pytest.mark.parametrize("name", COUNTS)
def test_gold_mentions_stand_in_the_text(name: str) -> None:
    """Offsets cut out what they say, in order, none over another; no mention begins or ends with a space."""
    for row in gold_rows(name):
        end = 0
        for mention in row["mentions"]:
            assert row["text"][mention["start"] : mention["end"]] == mention["text"] == mention["text"].strip()
            assert end <= mention["start"] < mention["end"], row["id"]
            end = mention["end"]


@pytest.mark.parametrize("name", COUNTS)
def test_gold_speaks_of_what_is_mentioned(name: str) -> None:
    """Moods, claims, orderings and links are about names of the comment or its entry; every row is a valid record."""
    rows = gold_rows(name)
    listed = {row["entry"]["name"] for row in rows if row["entry"]} if name in UNMENTIONED else set()
    for number, row in enumerate(rows, 1):
        comment = annotated_from_dict(row, f"{name}, line {number}")
        names = {mention.name for mention in comment.mentions}
        told = {*re.findall(r"[A-Z]\w+(?: [A-Z]\w+)?", row["text"])} if listed else set()
        known = names | listed | told | ({comment.entry.name} if comment.entry else set())
        assert {mood.target for mood in comment.moods} <= known, row["id"]
        assert {claim.subject for claim in comment.claims} <= known, row["id"]
        assert {side for pair in comment.comparisons for side in (pair.better, pair.worse)} <= known | {"*"}, row["id"]
        assert {link.company for link in comment.links} <= known, row["id"]
        assert {link.city for link in comment.links} <= known, row["id"]


@pytest.mark.parametrize("name", COUNTS)
def test_gold_counts(name: str) -> None:
    """As many comments, cities and companies as the table above says."""
    rows = gold_rows(name)
    labels = [mention["label"] for row in rows for mention in row["mentions"]]
    assert (len(rows), labels.count("CITY"), labels.count("COMPANY")) == COUNTS[name]
