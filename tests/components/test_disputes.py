"""How well rank claims and comparisons are read in tables of marked comments: floors a little under what is reached.

The rules were tuned on the tables called dev and on ``disputes_aside.toml``. The other tables called aside, and
``disputes_heldout.toml``, are for measuring only: nobody looks at their comments while rules are written, and their
mistakes are not listed here. A table of claims judges no comparisons, one of comparisons no claims.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marked import shipped_rules, shipped_valence

from commentlens.components.claims import find_claims
from commentlens.components.comparisons import find_comparisons
from commentlens.components.examples import shown_claim, shown_comparison, topic_of
from commentlens.knowledge.rules import Example

DATA = Path(__file__).parent / "data"
# Precision and recall that a table must reach, a layer that it judges.
FLOORS = {
    ("disputes_dev", "claim"): (0.96, 0.90),
    ("disputes_dev", "claim_rank"): (0.93, 0.87),
    ("disputes_dev", "comparison"): (0.94, 0.80),
    ("disputes_aside", "claim"): (0.89, 0.77),
    ("disputes_aside", "claim_rank"): (0.86, 0.75),
    ("disputes_aside", "comparison"): (0.91, 0.65),
    ("disputes_heldout", "claim"): (0.90, 0.73),
    ("disputes_heldout", "claim_rank"): (0.87, 0.70),
    ("disputes_heldout", "comparison"): (0.88, 0.59),
    ("claims_dev", "claim"): (0.93, 0.90),
    ("claims_dev", "claim_rank"): (0.89, 0.86),
    ("claims_aside", "claim"): (0.93, 0.72),
    ("claims_aside", "claim_rank"): (0.91, 0.71),
    ("comparisons_dev", "comparison"): (0.93, 0.85),
    ("comparisons_aside", "comparison"): (0.85, 0.61),
    ("negative_dev", "claim"): (0.96, 0.96),
    ("negative_dev", "claim_rank"): (0.96, 0.96),
    ("negative_dev", "comparison"): (0.95, 0.95),
    ("negative_aside", "claim"): (0.73, 0.59),
    ("negative_aside", "claim_rank"): (0.73, 0.59),
    ("negative_aside", "comparison"): (0.74, 0.36),
}
TABLES = tuple(dict.fromkeys(name for name, _ in FLOORS))
Layers = dict[str, set[str]]


def table(name: str) -> list[dict[str, Any]]:
    """The comments of a table."""
    rows: list[dict[str, Any]] = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["comment"]
    return rows


def without_rank(claim: str) -> str:
    """``Rome too_low 7`` -> ``Rome too_low``."""
    return re.sub(r" (?:>?\d+|\d+-\d+)$", "", claim)


def ordered(pair: str) -> str:
    """Two equal things in either order are the same comparison."""
    return " = ".join(sorted(pair.split(" = "))) if " = " in pair else pair


def wanted_and_found(row: dict[str, Any]) -> tuple[Layers, Layers]:
    """What a careful reader takes a comment to mean, and what is read in it, by layer."""
    example = Example(
        text=row["text"],
        entry=row.get("entry"),
        rank=row.get("rank"),
        polarity=row.get("polarity", "positive"),
        others=row.get("others"),
    )
    topic = topic_of(example)
    claims = find_claims(topic, shipped_rules("claims"), shipped_valence().score)
    pairs = find_comparisons(topic, shipped_rules("comparisons"), [claim.to_dict() for claim in claims])
    found = layers([shown_claim(claim) for claim in claims], [shown_comparison(pair) for pair in pairs])
    wanted = layers(row.get("claims"), row.get("comparisons"))
    return wanted, {layer: found[layer] for layer in wanted}


def layers(claims: list[str] | None, comparisons: list[str] | None) -> Layers:
    """The layers that are counted, without those that are not judged (None)."""
    counted: Layers = {}
    if claims is not None:
        counted |= {"claim": {without_rank(claim) for claim in claims}, "claim_rank": set(claims)}
    if comparisons is not None:
        counted["comparison"] = {ordered(pair) for pair in comparisons}
    return counted


def counts(name: str) -> dict[str, tuple[int, int, int]]:
    """Right, wrongly found and missed, a layer that the table judges."""
    total: dict[str, tuple[int, int, int]] = {}
    for wanted, found in map(wanted_and_found, table(name)):
        for layer in wanted:
            right, wrong, missed = total.get(layer, (0, 0, 0))
            total[layer] = (
                right + len(wanted[layer] & found[layer]),
                wrong + len(found[layer] - wanted[layer]),
                missed + len(wanted[layer] - found[layer]),
            )
    return total


@pytest.mark.parametrize("name", TABLES)
def test_disputes_are_read(name: str) -> None:
    """Precision and recall of every layer that the table judges stand above their floors."""
    counted = counts(name)
    assert {(name, layer) for layer in counted} == {key for key in FLOORS if key[0] == name}
    for layer, (right, wrong, missed) in counted.items():
        precision, recall = right / (right + wrong), right / (right + missed)
        least_precision, least_recall = FLOORS[name, layer]
        assert precision >= least_precision, f"{name}, {layer}: precision {precision:.3f}"
        assert recall >= least_recall, f"{name}, {layer}: recall {recall:.3f}"


def faults() -> Iterator[str]:
    """What is wrong with the tables themselves, by table and number of the comment."""
    for name in TABLES:
        for number, row in enumerate(table(name), 1):
            where = f"{name}, comment {number}"
            text, mentions = Example(text=row["text"]).plain()
            names = {mention["name"] for mention in mentions} | {row.get("entry"), "*"}
            if "[" in text:
                yield f"{where}: a bracket is not read"
            for claim in row.get("claims", []):
                match = re.fullmatch(r"(.+) (?:too_low|too_high|right|unspecified)(?: (?:\d+(?:-\d+)?|>\d+))?", claim)
                if not match or match[1] not in names:
                    yield f"{where}: a claim"
            for pair in row.get("comparisons", []):
                if not set(re.split(" [>=] ", pair)) <= names:
                    yield f"{where}: a comparison"


def test_tables_are_well_formed() -> None:
    """Every claim and comparison is written as documented and names the entry or a mention."""
    assert list(faults()) == []


def test_tables_hold_enough_of_each() -> None:
    """Claims, comparisons, and comments that hold neither."""
    for name in ("disputes_dev", "disputes_aside", "disputes_heldout"):
        rows = table(name)
        assert len(rows) >= 170
        assert sum(bool(row["claims"]) for row in rows) >= 70
        assert sum(bool(row["comparisons"]) for row in rows) >= 40
        assert sum(not row["claims"] and not row["comparisons"] for row in rows) >= 45


@pytest.mark.parametrize(
    ("name", "key", "comments", "held", "empty"),
    [
        ("claims_dev", "claims", 60, 45, 12),
        ("claims_aside", "claims", 50, 40, 8),
        ("comparisons_dev", "comparisons", 95, 70, 20),
        ("comparisons_aside", "comparisons", 45, 30, 10),
    ],
)
def test_tables_of_one_layer_hold_enough_of_it(name: str, key: str, comments: int, held: int, empty: int) -> None:
    """Every row judges it; some hold nothing."""
    rows = table(name)
    assert all(key in row for row in rows)
    assert len(rows) >= comments
    assert sum(bool(row[key]) for row in rows) >= held
    assert sum(not row[key] for row in rows) >= empty


def test_every_table_has_floors() -> None:
    """None is forgotten."""
    kinds = ("disputes", "claims", "comparisons", "negative")
    assert sorted(TABLES) == sorted(path.stem for kind in kinds for path in DATA.glob(f"{kind}_*.toml"))


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Rome too_low 7", "Rome too_low"),
        ("New York too_high >10", "New York too_high"),
        ("Rome unspecified", "Rome unspecified"),
        ("The Right right 1-5", "The Right right"),
        ("Halo 3 right", "Halo 3 right"),
    ],
)
def test_claims_without_their_ranks(claim: str, expected: str) -> None:
    """The last word where it is a rank."""
    assert without_rank(claim) == expected
