"""The crowd's ranking as markdown and as columns of CSV, and how its figures are written everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from commentlens.consensus_parameters import CrowdParameters
from commentlens.render.figures import NOTHING, list_names, moved_rank
from commentlens.render.markdown import escaped, write_table
from commentlens.summary_consensus import Consensus, ConsensusEntry
from commentlens.summary_records import CityRow, Report

TITLE = "The crowd's ranking"
CONSENSUS_COLUMNS = [
    *(
        "crowd_best",
        "crowd_worst",
        "inside",
        "above",
        "claims_up",
        "claims_down",
        "claims_right",
        "comparisons",
        "moods",
    ),
]
"""Columns that a CSV of the report has at its end, where it was made with the crowd's ranking."""

_Key = tuple[str | None, str, str | None, int | None]


def crowd_change(row: ConsensusEntry) -> str:
    """``4 ▲3``: the crowd's rank and its change. The change of an entry that only made room is not shown."""
    return moved_rank(row.crowd, row.change, row.voices)


def interval(row: ConsensusEntry) -> str:
    """``2–9``, or ``4`` where no draw moved it."""
    if row.interval is None:
        return NOTHING
    best, worst = row.interval
    return str(best) if best == worst else f"{best}–{worst}"


def share(row: ConsensusEntry) -> str:
    """``73%``; nothing for an entry that stands still. Neither 0 nor 100 where it is not quite that."""
    if row.above is None or (not row.voices and not row.above):
        return ""
    if 0 < row.above < 0.01:
        return "<1%"
    return ">99%" if 0.99 < row.above < 1 else f"{row.above:.0%}"


def legend(parameters: CrowdParameters) -> str:
    """What the columns mean, in one line."""
    return (
        f"{parameters.level:.0%}: ranks that hold the crowd's with this probability · Above: probability of a better "
        "rank than listed · the rest: voices"
    )


def write_consensus_markdown(report: Report, file: TextIO) -> None:
    """A heading and a table for each list that has ranks; nothing where the report has no consensus."""
    if report.consensus is None:
        return
    names = list_names(report)
    several = len(report.consensus.lists) > 1
    for item in report.consensus.lists:
        ranked = [row for row in item.entries if row.listed is not None]
        if ranked:
            title = f"{TITLE}: {names[item.list_id]}" if several else TITLE
            file.write(f"\n## {escaped(title)}\n\n")
            level = f"{report.consensus.parameters.level:.0%}"
            head = ["#", "Name", "Crowd", level, "Above", "Voices", "Up", "Down", "Right", "Compared", "Moods"]
            write_table(head, [_cells(row) for row in ranked], file)


def consensus_cells(row: CityRow, by_entry: Mapping[_Key, ConsensusEntry]) -> list[object]:
    """The cells of `CONSENSUS_COLUMNS` for one row of the report."""
    found = by_entry.get((row.list_id, row.name, row.within, row.rank)) if row.is_entry else None
    if found is None:
        return [None] * len(CONSENSUS_COLUMNS)
    best, worst = found.interval or (None, None)
    counts = (found.claims_up, found.claims_down, found.claims_right, found.comparisons, found.moods)
    return [best, worst, found.inside, found.above, *counts]


def entries_of(consensus: Consensus) -> dict[_Key, ConsensusEntry]:
    """The entries of all lists, by what a row of the report has."""
    return {(item.list_id, row.name, row.within, row.listed): row for item in consensus.lists for row in item.entries}


def _cells(row: ConsensusEntry) -> list[str]:
    counts = (row.voices, row.claims_up, row.claims_down, row.claims_right, row.comparisons, row.moods)
    name = f"{row.name}, {row.within}" if row.within else row.name
    return [
        *(str(row.listed), name, crowd_change(row), interval(row), share(row)),
        *(str(count or "") for count in counts),
    ]
