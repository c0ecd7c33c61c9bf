"""The report as markdown, JSON and CSV."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TextIO

from commentlens.render.cells import csv_rows
from commentlens.render.consensus_text import CONSENSUS_COLUMNS, consensus_cells, entries_of, write_consensus_markdown
from commentlens.render.contradictions import write_contradictions_markdown
from commentlens.render.figures import (
    MENTIONED,
    NOTHING,
    STANCE_WORDS,
    company_city,
    crowd_rank,
    groups_of_rows,
    header_facts,
    list_names,
    proposals,
)
from commentlens.render.markdown import escaped, write_table
from commentlens.render.moods import MOOD_COLUMNS, mood_cells, write_months_markdown
from commentlens.render.themes_text import THEME_COLUMNS, by_name, theme_cells, write_themes_markdown
from commentlens.summary_records import CityRow, DisputeRow, Report, report_to_dict

CITY_COLUMNS = (
    "list,list_id,rank,name,within,country,country_code,id,is_entry,comments,mentions,mood,mood_comments,pos,neu,neg,"
    "mood_voices,mood_net,mood_shrunk,mood_low,mood_high,too_low,too_high,right,unspecified,crowd,change,evidence,companies"
).split(",")
DISPUTE_COLUMNS = [
    "list",
    "list_id",
    "entry",
    "listed",
    "stance",
    "voices",
    "strength",
    "proposed",
    "comment",
    "author",
    "sentence",
]


def write_report_json(report: Report, file: TextIO) -> None:
    """The report as one JSON document; `report_to_dict` gives its keys."""
    json.dump(report_to_dict(report), file, ensure_ascii=False, indent=2)
    file.write("\n")


def write_report_csv(report: Report, file: TextIO) -> None:
    """One row a city; names that a spreadsheet would take for a formula are defused.

    Where the report has the crowd's ranking, `CONSENSUS_COLUMNS` follow, where it has themes, `THEME_COLUMNS`.
    """
    write = csv_rows(file)
    crowd = None if report.consensus is None else entries_of(report.consensus)
    themes = None if report.themes is None else by_name(report.themes)
    more = [*(CONSENSUS_COLUMNS if crowd is not None else ()), *(THEME_COLUMNS if themes is not None else ())]
    write([*CITY_COLUMNS, *more])
    for row in report.cities:
        disputes = row.disputes
        counts = [disputes.too_low, disputes.too_high, disputes.right, disputes.unspecified] if disputes else [None] * 4
        write(
            [
                *(row.list, row.list_id, row.rank, row.name, row.within, row.country, row.country_code, row.id),
                *(row.is_entry, row.comments, row.mentions),
                *(row.mood.mean, row.mood.comments, row.mood.pos, row.mood.neu, row.mood.neg),
                *(row.mood.voices, row.mood.net, row.mood.shrunk, row.mood.low, row.mood.high),
                *counts,
                *(row.crowd, row.change, row.evidence),
                "; ".join(row.companies),
                *(() if crowd is None else consensus_cells(row, crowd)),
                *(() if themes is None else theme_cells(row.name, themes)),
            ]
        )


def write_disputes_json(report: Report, file: TextIO) -> None:
    """``disputes`` and ``comparisons`` of the report as one JSON document."""
    document = report_to_dict(report)
    kept = {key: document[key] for key in ("schema", "lists", "disputes", "comparisons")}
    json.dump(kept, file, ensure_ascii=False, indent=2)
    file.write("\n")


def write_disputes_csv(report: Report, file: TextIO) -> None:
    """One row a disputed or confirmed rank, with its strongest sentence."""
    write = csv_rows(file)
    write(DISPUTE_COLUMNS)
    for row in report.disputes:
        quote = row.quotes[0] if row.quotes else None
        values = [
            row.list,
            row.list_id,
            row.entry,
            row.listed,
            row.stance,
            row.voices,
            row.strength,
            proposals(row.proposed),
        ]
        values += [quote.comment, quote.author, quote.sentence] if quote else [None, None, None]
        write(values)


def write_report_markdown(report: Report, file: TextIO) -> None:
    """The report as markdown: headings and tables."""
    names = list_names(report)
    for item in report.lists:
        file.write(f"# {escaped(names[item.list_id])}\n\n")
        if item.description:
            file.write(f"{escaped(item.description)}\n\n")
    file.write(" · ".join(header_facts(report.header)) + "\n\n")
    groups = groups_of_rows(report)
    for number, group in enumerate(groups):
        if number:
            file.write("\n")
        if len(groups) > 1:
            file.write(f"## {escaped(group.title)}\n\n")
        _cities(group.rows, group.entries, group.ranked, file)
        if group.mentioned:
            file.write(f"\n### {MENTIONED}\n\n")
            _cities(group.mentioned, "Name", False, file)
    write_months_markdown(report, file)
    write_consensus_markdown(report, file)
    write_themes_markdown(report, file)
    _disputes([row for row in report.disputes if row.stance != "right"], file)
    if report.companies:
        file.write("\n## Companies\n\n")
        rows = [
            [row.company, str(row.mentions), str(row.comments), ", ".join(company_city(city) for city in row.cities)]
            for row in report.companies
        ]
        write_table(["Company", "Mentions", "Comments", "Cities"], rows, file)
    write_contradictions_markdown(report, file)


def write_disputes_markdown(report: Report, file: TextIO) -> None:
    """Disputed and confirmed ranks as a markdown table, strongest first."""
    file.write("# Disputes\n")
    _disputes(report.disputes, file)


def _disputes(rows: Sequence[DisputeRow], file: TextIO) -> None:
    if not rows:
        return
    file.write("\n## Disputed ranks\n\n")
    cells = [
        [
            row.entry,
            str(row.listed or NOTHING),
            STANCE_WORDS[row.stance],
            str(row.voices),
            proposals(row.proposed) or NOTHING,
            f"“{row.quotes[0].sentence}” ({row.quotes[0].comment})" if row.quotes else "",
        ]
        for row in rows
    ]
    write_table(["Entry", "Listed", "Said to be", "Voices", "Proposed", "Strongest sentence"], cells, file)


def _cities(rows: Sequence[CityRow], name: str, ranked: bool, file: TextIO) -> None:
    head = [name, "Country", "Comments", "Mentions", *MOOD_COLUMNS, "Too low", "Too high", "Right"]
    head += ["Crowd", "Companies"]
    write_table([*(["#"] if ranked else []), *head], [_city(row, ranked) for row in rows], file)


def _city(row: CityRow, ranked: bool) -> list[str]:
    disputes = row.disputes
    counts = [disputes.too_low, disputes.too_high, disputes.right] if disputes else []
    return [
        *([str(row.rank or NOTHING)] if ranked else []),
        f"{row.name}, {row.within}" if row.within else row.name,
        row.country or "",
        str(row.comments),
        str(row.mentions),
        *mood_cells(row.mood),
        *(str(number or "") for number in counts or [0, 0, 0]),
        crowd_rank(row),
        ", ".join(row.companies),
    ]
