"""One city out of a stream, however its name is written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from commentlens.errors import UnknownNameError
from commentlens.knowledge.names import fold
from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment, Entry, RankedList
from commentlens.summary import summarise
from commentlens.summary_city import CityCollector, CityView

SAMPLE = Path(__file__).parents[1] / "render" / "harbour.annotated.jsonl"
LIST = RankedList(id="harbours", title="Best Harbour Cities", entries=(Entry(name="Trondheim", rank=5),))


@dataclass(frozen=True)
class Town:
    """A place of the little gazetteer below."""

    id: int
    name: str
    country: str

    @property
    def ref(self) -> str:
        """As `Place.ref`."""
        return f"geonames:{self.id}"


class Towns:
    """A gazetteer of three towns, with other names for them."""

    towns = (Town(3176219, "Genoa", "IT"), Town(3143244, "Oslo", "NO"), Town(2267057, "Lisboa", "PT"))
    names = {"genova": 0, "zena": 0, "genoa": 0, "oslo": 1, "lisboa": 2, "lisbon": 2}  # noqa: RUF012 (a constant)

    def by_id(self, id: str) -> Town | None:
        """As `Places.by_id`."""
        return next((town for town in self.towns if town.ref == id), None)

    def resolve(self, name: str, within: str | None = None) -> Town | None:  # noqa: ARG002 (as the real one)
        """As `Places.resolve`."""
        number = self.names.get(fold(name))
        return None if number is None else self.towns[number]

    def country_name(self, iso2: str) -> str | None:
        """As `Places.country_name`."""
        return iso2


def view_of(wanted: str) -> CityView:
    """The view of one name in the sample."""
    lines = SAMPLE.read_text("utf-8").splitlines()
    comments: list[AnnotatedComment] = [annotated_from_dict(json.loads(line), "sample") for line in lines]
    collector = CityCollector(wanted, Towns())
    for comment in comments:
        collector.add(comment)
    return collector.view(summarise(comments, [LIST], Towns()))


@pytest.mark.parametrize("wanted", ["Genoa", "GENOA", "genova", "zena", "genoa, italy", " genoa "])
def test_a_city_is_found_however_it_is_written(wanted: str) -> None:
    """By the list's name, in any case, by the gazetteer's other names, as a comment writes it."""
    view = view_of(wanted)

    assert view.name == "Genoa"
    assert [comment.id for comment in view.comments] == ["harbour-03", "harbour-05", "harbour-06"]
    assert [(row.name, row.rank) for row in view.rows] == [("Genoa", 3)]
    assert [row.stance for row in view.disputes] == ["too_low"]
    assert [(row.better, row.worse) for row in view.comparisons] == [("Genoa", "Oslo")]


@pytest.mark.parametrize("wanted", ["Lisbon", "Lisboa"])
def test_the_lists_name_may_be_another_than_the_gazetteers(wanted: str) -> None:
    """Both find the comments under the entry, those that do not name it too."""
    view = view_of(wanted)

    assert view.name == "Lisbon"
    assert [comment.id for comment in view.comments] == ["harbour-01", "harbour-02"]


def test_a_city_that_is_no_entry_has_its_comments() -> None:
    """It has a row without a rank."""
    view = view_of("marseille")

    assert [(row.name, row.rank, row.is_entry) for row in view.rows] == [("Marseille", None, False)]
    assert [comment.id for comment in view.comments] == ["harbour-07"]


def test_an_entry_without_comments_is_shown() -> None:
    """It is in the list."""
    view = view_of("Trondheim")

    assert (view.name, view.comments, view.themes) == ("Trondheim", (), None)
    assert [(row.name, row.rank) for row in view.rows] == [("Trondheim", 5)]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("Trondhiem", "no list or comment here has 'Trondhiem'. Did you mean Trondheim?"),
        ("Timbuktu", "no list or comment here has 'Timbuktu'. commentlens report shows what is there."),
        ("", "no list or comment here has ''. commentlens report shows what is there."),
    ],
)
def test_an_unknown_city_is_an_error_with_near_names(wanted: str, message: str) -> None:
    """Or with where to look."""
    with pytest.raises(UnknownNameError) as caught:
        view_of(wanted)

    assert str(caught.value) == message
