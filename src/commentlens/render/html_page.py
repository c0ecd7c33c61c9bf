"""The report and its comments as one HTML page that needs nothing else: scripts, styles and charts are inside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from commentlens.records import AnnotatedComment
from commentlens.render import (
    consensus_text,
    contradictions,
    figures,
    html_assets,
    html_charts,
    html_comments,
    html_places,
    html_tables,
    moods,
    themes_text,
)
from commentlens.render.charts import runtime
from commentlens.render.html_comments import COMMENTS_LISTED, listed
from commentlens.summary_records import Report


def write_html(
    report: Report,
    comments: Iterable[AnnotatedComment],
    version: str,
    file: TextIO,
    *,
    most: int = COMMENTS_LISTED,
) -> None:
    """Write the page.

    Args:
        report: the report; with consensus and themes the page shows them too.
        comments: taken one after the other; no more are held than the page lists.
        version: of commentlens.
        file: where to write.
        most: how many comments the page lists, see `html_comments.listed`.
    """
    environment = Environment(
        loader=PackageLoader("commentlens.render"),
        autoescape=select_autoescape(["html", "j2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        figures=figures,
        contradictions=contradictions,
        moods=moods,
        themes=themes_text,
        consensus=consensus_text,
        tables=html_tables,
        said=html_comments,
        list_slug=html_places.list_slug,
    )
    charts = html_charts.chart_figures(report)
    early = html_assets.script("\n".join(map(html_assets.text_of, html_assets.EARLY)))
    late = html_assets.script("\n".join(map(html_assets.text_of, html_assets.SCRIPTS)))
    libraries = html_assets.script(runtime()) if charts else html_assets.script("")
    stream = environment.get_template("report.html.j2").stream(
        report=report,
        groups=html_tables.list_tables(report),
        names=figures.list_names(report),
        slugs=html_places.Slugs(report),
        companies=html_places.company_slugs(report),
        charts=charts,
        configs=html_charts.configs(),
        listed=listed(comments, report, most),
        version=version,
        policy=html_assets.policy([early, late, libraries]),
        style=html_assets.style(),
        early=early,
        late=late,
        runtime=libraries,
    )
    stream.enable_buffering(50)
    file.writelines(stream)
