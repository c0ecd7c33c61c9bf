"""The charts of the HTML page: the specifications that everything else draws too, with what they say in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from commentlens.summary_records import Report


@dataclass(frozen=True, slots=True)
class ChartFigure:
    """One chart: its kind (slope, moods, map), its list, its specification as JSON, its caption."""

    kind: str
    list_id: str | None
    spec: Markup
    title: str
    caption: str


def chart_figures(report: Report) -> Mapping[tuple[str, str | None], ChartFigure]:  # noqa: ARG001
    """The charts of a report by kind and list; none where there is nothing to draw."""
    return {}


def runtime() -> str:
    """The libraries that draw the charts, as one script."""
    return ""


def configs() -> Markup:
    """How charts look in light and in dark, as JSON."""
    return embedded({"light": {}, "dark": {}})


def embedded(value: Any) -> Markup:
    """JSON that may stand inside a script element."""
    packed = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(packed.replace("<", "\\u003c"))
