"""The charts of the HTML page: the specifications that ``report --plot`` draws too, with what they say in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from commentlens.render.charts import city_map, mood_chart, slope_chart, theme
from commentlens.summary_records import Report

_CHARTS: Mapping[str, Callable[[Report, str | None], dict[str, Any] | None]] = {
    "slope": slope_chart,
    "moods": mood_chart,
    "map": city_map,
}


@dataclass(frozen=True, slots=True)
class ChartFigure:
    """One chart: its specification as JSON that may stand in a script element, and what it shows in words."""

    spec: Markup
    caption: str


def chart_figures(report: Report) -> Mapping[tuple[str, str | None], ChartFigure]:
    """The charts of a report by kind (slope, moods, map) and list; none where there is nothing to draw."""
    lists = dict.fromkeys(row.list_id for row in report.cities)
    found = {}
    for list_id in lists:
        for kind, chart in _CHARTS.items():
            spec = chart(report, list_id)
            if spec is not None:
                # The heading of its section is its title, and the caption its description.
                drawn = {key: value for key, value in spec.items() if key not in ("title", "description")}
                found[kind, list_id] = ChartFigure(embedded(drawn), spec["description"])
    return found


def configs() -> Markup:
    """How charts look in light and in dark, as JSON."""
    return embedded({"light": theme(dark=False), "dark": theme(dark=True)})


def embedded(value: Any) -> Markup:
    """JSON that may stand inside a script element."""
    packed = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(packed.replace("<", "\\u003c"))
