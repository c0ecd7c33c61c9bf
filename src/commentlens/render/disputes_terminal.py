"""Who disputes what, for eyes: strongest first, with the sentences that say so."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from commentlens.render.console import Screen
from commentlens.render.figures import count, list_names
from commentlens.render.printable import printable
from commentlens.render.report_terminal import dispute_parts
from commentlens.summary_records import Report


def disputes_view(report: Report, screen: Screen) -> Iterator[RenderableType]:
    """Disputed ranks, confirmed ranks, and the comparisons."""
    report = printable(report)
    names = list_names(report) if len(report.lists) > 1 else {}
    disputed = [row for row in report.disputes if row.stance != "right"]
    confirmed = [row for row in report.disputes if row.stance == "right"]
    if not disputed:
        yield Text("No rank is disputed.")
    for title, rows in (("Disputed", disputed), ("Confirmed", confirmed)):
        if rows:
            yield Text(f"{title}: {count(len(rows), 'rank')}", "bold")
        for row in rows:
            yield from dispute_parts(row, quotes=len(row.quotes), of=names.get(row.list_id))
        if rows:
            yield Text()
    if report.comparisons:
        yield Text(f"{count(len(report.comparisons), 'comparison')}", "bold")
    for item in report.comparisons:
        sign = "=" if item.relation == "equal" else ">"
        worse = "any other" if item.worse == "*" else item.worse
        line = Text.assemble((f"{item.better} {sign} {worse}", "bold"), f": {count(item.voices, 'voice')}")
        if item.against_list:
            line.append(", against the list", "magenta")
        if names:
            line.append(f" · {names[item.list_id]}", "dim")
        yield Padding(line, (0, 0, 0, 2), expand=False)
        for quote in item.quotes if screen.plain else item.quotes[:1]:
            said = Text.assemble((f"“{quote.sentence}”", "italic"), (f"  {quote.comment}", "dim"))
            yield Padding(said, (0, 0, 0, 6), expand=False)
