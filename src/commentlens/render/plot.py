"""Pictures of the charts: the specifications of `charts`, drawn to SVG or PNG by vl-convert, without any network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commentlens.errors import CommentlensError
from commentlens.render.charts import SCHEMA, mood_chart, slope_chart, theme
from commentlens.render.printable import printable
from commentlens.summary_records import Report

SUFFIXES = (".svg", ".png")
_WIDTH = 760
"""Pixels that lines and intervals take; names stand beside them."""
_SCALE = 2.0
"""Pixels of a PNG for one of the chart: sharp on a projector."""
_PAPER = "#ffffff"


def check_plot(path: Path) -> None:
    """Find out before the work that a picture can be named so.

    Raises:
        CommentlensError: If its suffix is none of `SUFFIXES`.
    """
    if path.suffix.lower() not in SUFFIXES:
        found = f"{path.suffix} is not known" if path.suffix else "it has no suffix"
        raise CommentlensError(f"cannot draw {path}: {found}; --plot FILE takes a name that ends in .svg or .png.")


def plot(report: Report, path: Path) -> bytes:
    """The slope chart and the mood chart of each list below each other, as the suffix of ``path`` says.

    SVG holds its text as text. The same report gives the same bytes with the same fonts on the machine; what a terminal
    could not show of a name, and XML not hold, is replaced as everywhere (`printable`).

    Raises:
        CommentlensError: If the suffix is none of `SUFFIXES`, or the report has nothing to draw.
    """
    import vl_convert

    check_plot(path)
    spec = plot_spec(printable(report))
    if spec is None:
        raise CommentlensError(
            f"cannot draw {path}: no list has ranks, and no city a mood; look at the report without --plot."
        )
    config = theme(dark=False) | {"background": _PAPER}
    if path.suffix.lower() == ".svg":
        return str(vl_convert.vegalite_to_svg(spec, config=config, allowed_base_urls=[])).encode()
    return bytes(vl_convert.vegalite_to_png(spec, config=config, scale=_SCALE, allowed_base_urls=[]))


def plot_spec(report: Report) -> dict[str, Any] | None:
    """One specification of all charts, list after list; None where there is nothing to draw."""
    ids = list(dict.fromkeys([*(item.list_id for item in report.lists), *(row.list_id for row in report.cities)]))
    charts = [chart for id_ in ids for make in (slope_chart, mood_chart) if (chart := make(report, id_, width=_WIDTH))]
    if not charts:
        return None
    parts = [{key: value for key, value in chart.items() if key not in ("$schema", "autosize")} for chart in charts]
    return {
        "$schema": SCHEMA,
        "description": " ".join(chart["description"] for chart in charts),
        "vconcat": parts,
        "spacing": 40,
        "resolve": {"scale": {"color": "independent", "shape": "independent", "strokeDash": "independent"}},
    }
