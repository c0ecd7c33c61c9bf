"""What a list ranks."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.listkind import TitleWords, kind_of_entries, list_kind, list_sectors
from commentlens.knowledge.places import Places
from commentlens.records import Entry, Kind, RankedList


@pytest.mark.parametrize(
    ("title", "entries", "kind"),
    [
        ("Best Cities for Walking", ["Vienna", "Porto", "Kyoto"], "city"),
        ("Ugliest Towns", ["Nowhereville", "Elsewhere", "Slough"], "city"),
        ("Where to Go This Summer", ["Vienna", "Porto", "Kyoto"], "city"),
        ("Best Cities in Video Games", ["Rapture", "Night City", "Midgar", "City 17"], "other"),
        ("Worst Banks", ["HSBC", "Barclays", "Some Local Bank"], "company"),
        ("Favourite Things", ["Nokia", "Samsung", "Sony"], "company"),
        ("Happiest Countries", ["Finland", "Denmark"], "country"),
        ("Top Ten", ["Finland", "Denmark", "Chile"], "country"),
        ("City-States", ["Singapore", "Monaco", "Hong Kong"], "city"),
        ("Scariest Films", ["The Ring", "Psycho"], "other"),
        ("Best Cars", ["BMW", "Audi", "Kia"], "company"),
        ("Best Cities", [], "city"),
        (None, [], "other"),
    ],
)
def test_kind(title: str | None, entries: list[str], kind: Kind) -> None:
    """Title and entries together; neither alone can be trusted."""
    assert kind_of_entries(title, entries, Places.load(), Companies.load()) == kind
    ranked = RankedList(id="x", title=title, entries=tuple(Entry(name=name) for name in entries))
    assert list_kind(ranked, Places.load(), Companies.load()) == kind


@pytest.mark.parametrize(
    ("title", "entries", "sectors"),
    [
        ("Worst Airlines", [], {"airlines"}),
        ("Hardest Games", [], {"games"}),
        ("Favourite Things", ["BMW", "Audi", "Kia"], {"cars"}),
        ("Prettiest Cities", ["Vienna"], set()),
    ],
)
def test_sectors(title: str, entries: list[str], sectors: set[str]) -> None:
    """What the list is about, from its title or from what most of its entries are."""
    assert list_sectors(title, entries, Companies.load()) == sectors


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[kinds]\nplanet = 'planets'", '"planet" must be one of city, company'),
        ("[sorts]\n", 'unknown "sorts"'),
        ("[sectors]\nx = 3", '"sectors" must be a table of strings'),
    ],
)
def test_faults_are_named(tmp_path: Path, content: str, said: str) -> None:
    """A broken word file is refused."""
    path = tmp_path / "listkind.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said):
        TitleWords.load(path)
