"""What people see, compared with snapshots in files; ``COMMENTLENS_WRITE_SNAPSHOTS=1`` writes them anew."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment, Entry, RankedList
from commentlens.render.city_terminal import city_view
from commentlens.render.city_text import write_city_markdown
from commentlens.render.console import PLAIN, Screen, show, write_plain
from commentlens.render.disputes_terminal import disputes_view
from commentlens.render.report_terminal import report_view
from commentlens.render.report_text import write_disputes_csv, write_report_csv, write_report_markdown
from commentlens.summary import KnownPlace, summarise
from commentlens.summary_city import CityCollector, CityView
from commentlens.summary_records import Report

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
SAMPLE = Path(__file__).parent / "harbour.annotated.jsonl"
LIST = RankedList(
    id="harbours",
    title="Best Harbour Cities",
    description="Where would you drop anchor?",
    entries=(
        Entry(name="Lisbon", rank=1),
        Entry(name="Oslo", rank=2),
        Entry(name="Genoa", rank=3, within="Italy"),
        Entry(name="Porto", rank=4),
        Entry(name="Saint-Malo and the bays around it", rank=5),
    ),
)


class NoPlaces:
    """A gazetteer that knows nothing: views must do without countries, and snapshots without its data."""

    def by_id(self, id: str) -> KnownPlace | None:  # noqa: ARG002 (as the real one)
        """As `Places.by_id`."""
        return None

    def resolve(self, name: str, within: str | None = None) -> KnownPlace | None:  # noqa: ARG002 (as the real one)
        """As `Places.resolve`."""
        return None

    def country_name(self, iso2: str) -> str | None:
        """As `Places.country_name`."""
        return iso2


def comments() -> list[AnnotatedComment]:
    """The sample: seven comments on four harbours."""
    lines = SAMPLE.read_text("utf-8").splitlines()
    return [annotated_from_dict(json.loads(line), f"sample, line {number}") for number, line in enumerate(lines, 1)]


@pytest.fixture
def report() -> Report:
    """The sample's report."""
    return summarise(comments(), [LIST], NoPlaces(), set_aside=["a line"])


@pytest.fixture
def view(report: Report) -> CityView:
    """The view of one city."""
    collector = CityCollector("genoa", NoPlaces())
    for comment in comments():
        collector.add(comment)
    return collector.view(report)


def same_as_snapshot(name: str, got: str) -> None:
    """Compare with the file, or write it where that is asked for."""
    path = SNAPSHOTS / name
    if os.environ.get("COMMENTLENS_WRITE_SNAPSHOTS"):
        path.write_text(got, "utf-8")
    assert got == path.read_text("utf-8")


def on_terminal(parts: Callable[[Screen], Iterable[RenderableType]], width: int) -> str:
    """What a terminal of this width shows, without its colours and trailing blanks."""
    file = io.StringIO()
    console = Console(file=file, width=width, color_system=None, legacy_windows=False)
    show(parts(Screen.of(console)), console)
    lines = file.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def plain(parts: Iterable[RenderableType]) -> str:
    """What a pipe gets."""
    file = io.StringIO()
    write_plain(parts, file)
    return file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_the_report_on_a_terminal(report: Report, width: int) -> None:
    """Fits, with what matters most."""
    same_as_snapshot(f"report-{width}.txt", on_terminal(lambda screen: report_view(report, screen), width))


@pytest.mark.parametrize("width", [80, 200])
def test_a_city_on_a_terminal(view: CityView, width: int) -> None:
    """Marked up without colours too."""
    same_as_snapshot(f"city-{width}.txt", on_terminal(lambda screen: city_view(view, screen), width))


def test_disputes_on_a_terminal(report: Report) -> None:
    """Strongest first."""
    same_as_snapshot("disputes-80.txt", on_terminal(lambda screen: disputes_view(report, screen), 80))


def test_piped_nothing_is_cut_coloured_or_drawn(report: Report, view: CityView) -> None:
    """Every column, full sentences, no bars, no escape codes, no trailing blanks."""
    text = plain(report_view(report, PLAIN))

    same_as_snapshot("report-piped.txt", text)
    for shown in (text, plain(city_view(view, PLAIN)), plain(disputes_view(report, PLAIN))):
        assert not set("\x1b█▌▐…") & set(shown)
        assert all(line == line.rstrip() for line in shown.splitlines())


def test_the_report_as_markdown_and_csv(report: Report, view: CityView) -> None:
    """One line a row, markup of strangers escaped."""
    file = io.StringIO()
    write_report_markdown(report, file)
    write_city_markdown(view, file)
    same_as_snapshot("report.md", file.getvalue())
    table = io.StringIO()
    write_report_csv(report, table)
    write_disputes_csv(report, table)
    same_as_snapshot("report.csv", table.getvalue())


def test_long_lists_are_shortened_on_a_terminal_only(report: Report) -> None:
    """And it says where the rest is."""
    from dataclasses import replace

    other = next(row for row in report.cities if not row.is_entry)
    many = replace(
        report,
        cities=(*report.cities, *(replace(other, name=f"City {number}") for number in range(30))),
        disputes=report.disputes * 5,
    )

    fitted = on_terminal(lambda screen: report_view(many, screen), 100)
    piped = plain(report_view(many, PLAIN))

    assert "… and 17 more mentioned; --format csv lists all" in fitted
    assert "… and 7 more: commentlens disputes" in fitted
    assert "more" not in piped
    assert "City 29" in piped
    assert piped.count("“") == 15


def companies(report: Report) -> Report:
    """The same report as that of two lists of companies of one title, one without entries."""
    from dataclasses import replace

    only = replace(report.lists[0], kind="company")
    return replace(report, lists=(only, replace(only, list_id="harbours-2")))


def test_places_are_no_entries_of_other_lists(report: Report) -> None:
    """They have a table of their own, under a heading, without ranks; the entries' column says what they are."""
    text = plain(report_view(companies(report), PLAIN))
    file = io.StringIO()
    write_report_markdown(companies(report), file)

    entries, _, mentioned = text.partition("Mentioned, and no entry\n")
    assert "#  Company" in entries
    assert "Marseille" not in entries
    assert mentioned.startswith("Name ")
    assert "Marseille" in mentioned.partition("Most disputed")[0]
    entries, _, mentioned = file.getvalue().partition("\n### Mentioned, and no entry\n\n")
    assert "| # | Company | Country |" in entries
    assert "Marseille" not in entries
    assert mentioned.startswith("| Name | Country |")


def test_lists_of_one_title_are_told_apart(report: Report) -> None:
    """By their ids."""
    text = plain(report_view(companies(report), PLAIN))

    assert text.startswith("Best Harbour Cities [harbours]  5 entries")
    assert "\nBest Harbour Cities [harbours-2]  5 entries" in text
    assert " · Best Harbour Cities [harbours]\n" in text


def test_sums_across_lists_have_no_column_of_ranks() -> None:
    """There is no rank to show."""
    summed = summarise(comments(), [LIST], NoPlaces(), across_lists=True)
    file = io.StringIO()
    write_report_markdown(summed, file)

    assert "\nCity  " in plain(report_view(summed, PLAIN))
    assert "\n| City | Country |" in file.getvalue()
