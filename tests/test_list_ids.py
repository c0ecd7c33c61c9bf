"""Which list is which, over several sources."""

from __future__ import annotations

import pytest

from commentlens.list_ids import ListIds
from commentlens.records import Entry, RankedList


def ranked(title: str | None, *names: str, id: str = "harbours", first: int = 1) -> RankedList:
    """A list with entries at the ranks from ``first``."""
    entries = tuple(Entry(name=name, rank=rank) for rank, name in enumerate(names, first))
    return RankedList(id=id, title=title, entries=entries)


@pytest.mark.parametrize(
    ("first", "second", "ids"),
    [
        (ranked("Harbours", "Oslo", "Genoa"), ranked("Harbours", "Oslo", "Genoa"), ["harbours", "harbours"]),
        (ranked("Harbours", "Oslo", "Genoa"), ranked("Harbours", "oslo"), ["harbours", "harbours"]),
        (ranked("Harbours", "Oslo"), ranked("Harbours", "Genoa", first=2), ["harbours", "harbours"]),
        (ranked("Harbours", "Oslo", "Genoa"), ranked("Harbours", "Genoa", "Oslo"), ["harbours", "harbours-2"]),
        (ranked("Harbours", "Oslo"), ranked("Harbours", "Genoa"), ["harbours", "harbours-2"]),
        (ranked("Harbours", "Oslo"), ranked("Harbours", "Oslo", first=9), ["harbours", "harbours-2"]),
        (ranked("Harbours", "Oslo"), ranked("Ten Harbours", "Oslo"), ["harbours", "harbours-2"]),
        (ranked(None, "Oslo"), ranked(None, "Oslo"), ["harbours", "harbours-2"]),
        (ranked(None, "Oslo"), ranked(None, "Oslo", id="page"), ["harbours", "page"]),
    ],
)
def test_lists_of_two_sources(first: RankedList, second: RankedList, ids: list[str]) -> None:
    """One where titles are the same and no rank is contradicted."""
    known = ListIds()

    assert [item.id for source in (first, second) for item in known.of_source((source,))] == ids


def test_a_part_that_contradicts_another_part_is_a_list_of_its_own() -> None:
    """Every source of a list has its say in what it holds."""
    known = ListIds()
    parts = [ranked("Harbours", "Oslo"), ranked("Harbours", "Genoa", first=2), ranked("Harbours", "Porto", first=2)]

    assert [item.id for part in parts for item in known.of_source((part,))] == ["harbours", "harbours", "harbours-2"]


def test_lists_of_one_source_are_never_one() -> None:
    """Whatever they are called."""
    one = ranked("Harbours", "Oslo")

    assert [item.id for item in ListIds().of_source((one, one))] == ["harbours", "harbours-2"]
