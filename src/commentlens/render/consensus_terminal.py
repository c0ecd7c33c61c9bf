"""The crowd's ranking for eyes: rank, interval and what it rests on, one row an entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from commentlens.render.columns import Column, table
from commentlens.render.consensus_text import TITLE, crowd_change, interval, legend, share
from commentlens.render.console import Screen
from commentlens.render.figures import AGREE, DOWN, UP, count, list_names
from commentlens.render.printable import printable
from commentlens.summary_consensus import ConsensusEntry
from commentlens.summary_records import Report


def consensus_view(report: Report, screen: Screen) -> Iterator[RenderableType]:
    """A table for each list that has ranks; nothing where the report has no consensus."""
    report = printable(report)
    if report.consensus is None:
        return
    names = list_names(report)
    for item in report.consensus.lists:
        ranked = [row for row in item.entries if row.listed is not None]
        if not ranked:
            continue
        yield Text()
        several = len(report.consensus.lists) > 1
        yield Text(f"{TITLE}: {names[item.list_id]}" if several else TITLE, style="bold")
        if not any(row.voices for row in ranked):
            yield Text("Nobody says anything about the order: it stays as listed.", "dim")
            continue
        yield table(_columns(ranked, screen, report.consensus.parameters.level), screen.width)
        moved = sum(bool(row.voices and row.change) for row in ranked)
        spoken = sum(bool(row.voices) for row in ranked)
        told = f"Something is said of {spoken} of {count(len(ranked), 'entry', 'entries')}; {moved} of them move"
        others = "" if spoken == len(ranked) else ", the others stand still or make room"
        yield Text(f"{told}{others}.", "dim")
        if not screen.plain:
            yield Text(legend(report.consensus.parameters), "dim")


def _columns(rows: Sequence[ConsensusEntry], screen: Screen, level: float) -> list[Column]:
    narrow = screen.width is not None and screen.width < 96

    def counts(values: Sequence[int], style: str = "") -> list[Text]:
        return [Text(str(value or ""), style) for value in values]

    signs = (
        ("Up" if screen.plain else UP, [row.claims_up for row in rows], "green"),
        ("Down" if screen.plain else DOWN, [row.claims_down for row in rows], "red"),
        ("Right" if screen.plain else AGREE, [row.claims_right for row in rows], ""),
        ("Compared" if not narrow else "Cmp", [row.comparisons for row in rows], ""),
        ("Moods", [row.moods for row in rows], ""),
    )
    return [
        Column(header="#", cells=[Text(str(row.listed)) for row in rows], justify="right"),
        Column(header="Name", cells=[_name(row) for row in rows], flexible=True),
        Column(header="Crowd", cells=[_crowd(row) for row in rows]),
        Column(header=f"{level:.0%}", cells=[Text(interval(row), _style(row)) for row in rows], justify="right"),
        Column(header="Above", cells=[Text(share(row), _style(row)) for row in rows], priority=1, justify="right"),
        Column(header="Voices", cells=counts([row.voices for row in rows]), priority=1, justify="right"),
        *(
            Column(header=header, cells=counts(values, style), priority=2, justify="right")
            for header, values, style in signs
        ),
    ]


def _name(row: ConsensusEntry) -> Text:
    name = Text(row.name, "bold" if row.voices else "dim")
    if row.within:
        name.append(f", {row.within}", "dim")
    return name


def _crowd(row: ConsensusEntry) -> Text:
    if not row.voices or not row.change:
        return Text(crowd_change(row), _style(row))
    return Text(crowd_change(row), "green" if row.change > 0 else "red")


def _style(row: ConsensusEntry) -> str:
    return "" if row.voices else "dim"
