"""The crowd's ranking as people see it; snapshots as in test_views."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from test_views import LIST, NoPlaces, comments, on_terminal, plain, same_as_snapshot

from commentlens.records import Entry
from commentlens.render.consensus_terminal import consensus_view
from commentlens.render.consensus_text import (
    CONSENSUS_COLUMNS,
    crowd_change,
    interval,
    share,
    write_consensus_markdown,
)
from commentlens.render.console import PLAIN
from commentlens.render.report_terminal import report_view
from commentlens.render.report_text import CITY_COLUMNS, write_report_csv, write_report_json, write_report_markdown
from commentlens.summary import summarise
from commentlens.summary_consensus import ConsensusEntry
from commentlens.summary_records import Report


@pytest.fixture
def report() -> Report:
    """The sample's report, with the crowd's ranking."""
    return summarise(comments(), [LIST], NoPlaces(), consensus=True)


@pytest.mark.parametrize("width", [50, 80, 200])
def test_the_ranking_on_a_terminal(report: Report, width: int) -> None:
    """Rank and interval stay where it is narrow."""
    same_as_snapshot(f"consensus-{width}.txt", on_terminal(lambda screen: consensus_view(report, screen), width))


def test_the_ranking_piped_and_as_markdown(report: Report) -> None:
    """Words for signs, nothing cut."""
    file = io.StringIO()
    write_consensus_markdown(report, file)

    same_as_snapshot("consensus.txt", plain(consensus_view(report, PLAIN)) + file.getvalue())


def test_it_is_shown_only_where_it_was_asked_for(report: Report) -> None:
    """In each format; nothing else changes."""
    without = summarise(comments(), [LIST], NoPlaces())

    def written(shown: Report) -> list[str]:
        files = [io.StringIO() for _ in range(3)]
        for write, file in zip((write_report_markdown, write_report_csv, write_report_json), files, strict=True):
            write(shown, file)
        return [plain(report_view(shown, PLAIN)), *(file.getvalue() for file in files)]

    assert replace(report, consensus=None) == without
    assert [("crowd's ranking" in text, "inside" in text) for text in written(without)] == [(False, False)] * 4
    text, markdown, _, document = written(report)
    assert ("The crowd's ranking" in text, "## The crowd's ranking" in markdown) == (True, True)
    assert list(json.loads(document))[-1] == "consensus"


def test_columns_of_csv(report: Report) -> None:
    """Behind the others; empty for what is no entry."""
    file = io.StringIO()
    write_report_csv(report, file)
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))

    assert list(rows[0]) == [*CITY_COLUMNS, *CONSENSUS_COLUMNS]
    assert report.consensus is not None
    genoa = report.consensus.lists[0].entries[2]
    assert genoa.interval is not None
    assert [rows[2][column] for column in ("name", "crowd_best", "crowd_worst", "inside", "above", "claims_up")] == [
        *("Genoa", str(genoa.interval[0]), str(genoa.interval[1])),
        *(str(genoa.inside), str(genoa.above), "1"),
    ]
    assert {row[column] for row in rows if row["is_entry"] == "false" for column in CONSENSUS_COLUMNS} == {""}


def test_lists_are_told_apart_and_those_without_ranks_left_out() -> None:
    """Each has its own table; one that nobody speaks of says so."""
    silent = replace(LIST, id="quiet", title="Quiet Harbours")
    unranked = replace(LIST, id="other", title="No Ranks", entries=(Entry(name="Bergen"),))
    text = plain(consensus_view(summarise(comments(), [LIST, silent, unranked], NoPlaces(), consensus=True), PLAIN))

    assert "The crowd's ranking: Best Harbour Cities\n" in text
    assert "The crowd's ranking: Quiet Harbours\nNobody says anything about the order: it stays as listed.\n" in text
    assert "No Ranks" not in text


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("3 ▲1", "2–5", "75%")),
        ({"crowd": 5, "change": -1}, ("5 ▼1", "2–5", "75%")),
        ({"voices": 0}, ("3", "2–5", "75%")),
        ({"interval": (3, 3), "above": 0.0}, ("3 ▲1", "3", "0%")),
        ({"voices": 0, "above": 0.0}, ("3", "2–5", "")),
        ({"above": 0.004}, ("3 ▲1", "2–5", "<1%")),
        ({"above": 0.996}, ("3 ▲1", "2–5", ">99%")),
        ({"above": 1.0}, ("3 ▲1", "2–5", "100%")),
        ({"crowd": None, "change": None, "interval": None, "above": None}, ("–", "–", "")),
    ],
)
def test_how_figures_are_written(given: dict[str, object], expected: tuple[str, str, str]) -> None:
    """Rank with its change, interval, share."""
    row = ConsensusEntry(
        name="A",
        within=None,
        listed=4,
        crowd=3,
        change=1,
        interval=(2, 5),
        inside=0.93,
        above=0.75,
        voices=2,
        claims_up=2,
        claims_down=0,
        claims_right=0,
        comparisons=0,
        moods=0,
    )

    shown = replace(row, **given)  # type: ignore[arg-type]

    assert (crowd_change(shown), interval(shown), share(shown)) == expected
