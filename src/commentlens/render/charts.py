"""The charts, as Vega-Lite specifications: one definition for the HTML page and for ``report --plot``.

Pure functions of a `Report`; every figure in a specification is one of the report's. Names stand in data only, never
where Vega would read an expression; a list's title is a plain string. Charts of two parts (lines and intervals, moods
and counts) are one layered view with two x scales, because a view of several panels cannot follow the width
of its container.
"""

from __future__ import annotations

import functools
from importlib.metadata import version
from typing import Any, Literal

from commentlens.cache import kept_text
from commentlens.render.charts_data import map_rows, mood_rows, slope_rows, title_of
from commentlens.render.charts_map import map_layers
from commentlens.render.charts_moods import mood_layers
from commentlens.render.charts_slope import slope_layers
from commentlens.summary_records import Report

Spec = dict[str, Any]
Width = int | Literal["container"]
"""Pixels, or the width of the element that holds the chart."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_ROW = 18
"""Pixels of one rank or city: labels of 11 pixels do not touch."""
_MAP_HEIGHT = 360
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', Arial, sans-serif"


def slope_chart(report: Report, list_id: str | None, *, width: Width = "container") -> Spec | None:
    """Listed ranks against the crowd's, a line an entry, beside them the crowd's rank with its interval.

    The intervals are those of ``report.consensus``; without it there are none. Entries of which nobody says anything
    are faint. None where no entry has both ranks.
    """
    rows = slope_rows(report, list_id)
    if not rows:
        return None
    level = report.consensus.parameters.level if report.consensus else None
    ranks = [rank for row in rows for rank in (row["listed"], row["crowd"])]
    moved = sum(row["move"] in ("up", "down") for row in rows)
    title = f"Listed against the crowd: {title_of(report, list_id)}"
    description = (
        f"{title}. {len(rows)} entries; the crowd moves {moved} of them. Lines go from the listed rank on the left "
        "to the crowd's rank on the right."
    )
    span = min(max(ranks) - min(ranks) + 1, 2 * len(rows))
    return _spec(title, description, rows, slope_layers(rows, level), width, _ROW * span + _ROW)


def mood_chart(report: Report, list_id: str | None, *, width: Width = "container") -> Spec | None:
    """The mood towards each city with its 95 % interval, beside it how many comments are positive, neutral, negative.

    Cities in listed order, then those that are no entries; cities without a mood are left out. None without any.
    """
    rows = mood_rows(report, list_id)
    if not rows:
        return None
    title = f"Mood by city: {title_of(report, list_id)}"
    description = f"{title}. {len(rows)} cities; dots are moods from -1 to 1 with 95 % intervals, bars count comments."
    return _spec(title, description, rows, mood_layers(), width, _ROW * len(rows))


def city_map(report: Report, list_id: str | None, *, width: Width = "container") -> Spec | None:
    """The cities on a map of the world: colour and shape are the mood, size is the number of comments.

    None where no city has a place on the map.
    """
    rows = map_rows(report, list_id)
    if not rows:
        return None
    title = f"Where the cities are: {title_of(report, list_id)}"
    description = f"{title}. {len(rows)} cities on a map of the world, larger where more comments are about them."
    spec = _spec(title, description, rows, map_layers(), width, _MAP_HEIGHT)
    return {**spec, "projection": {"type": "equalEarth"}}


def theme(dark: bool) -> Spec:
    """A Vega configuration: system sans-serif, transparent background, text that reads on a light or a dark page."""
    ink, line = ("#e8e8e8", "#555b63") if dark else ("#1f2328", "#d0d4da")
    return {
        "background": "transparent",
        "font": _FONT,
        "view": {"stroke": None},
        "text": {"color": ink, "fontSize": 11},
        "title": {"color": ink, "fontSize": 15, "anchor": "start", "offset": 14},
        "axis": {
            "labelColor": ink,
            "titleColor": ink,
            "gridColor": line,
            "domainColor": line,
            "tickColor": line,
            "labelFontSize": 11,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
        },
        "legend": {
            "labelColor": ink,
            "titleColor": ink,
            "labelFontSize": 11,
            "titleFontSize": 11,
            "titleLimit": 0,
            "orient": "bottom",
            "layout": {
                "bottom": {"direction": "vertical", "anchor": "start"}
            },  # side by side they are wider than a phone
        },
        "geoshape": {"fill": "#3a4048" if dark else "#e6e8eb", "stroke": "#5a626c" if dark else "#c3c8ce"},
        "style": {"interval": {"color": ink}},
    }


@functools.cache
def runtime() -> str:
    """One script that holds Vega, Vega-Lite and Vega-Embed and sets ``vega``, ``vegaLite`` and ``vegaEmbed``.

    To bundle it takes seconds, so it is kept from one run to the next.
    """
    return kept_text(f"vega-{version('vl-convert-python')}.js", _bundled)


def _bundled() -> str:
    import vl_convert

    return str(vl_convert.javascript_bundle())  # type: ignore[call-arg]  # its stub forgets the default


def _spec(title: str, description: str, rows: list[Spec], layers: list[Spec], width: Width, height: int) -> Spec:
    return {
        "$schema": SCHEMA,
        "title": {"text": title},
        "description": description,
        "width": width,
        "height": height,
        "autosize": {"type": "fit-x" if width == "container" else "pad", "contains": "padding"},
        "data": {"values": rows},
        "layer": layers,
        "resolve": {"scale": {"x": "independent"}},
    }
