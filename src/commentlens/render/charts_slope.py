"""Layers of the slope chart: names and lines to the left, the crowd's ranks with intervals to the right."""

from __future__ import annotations

from typing import Any

from commentlens.render.charts_data import DOWN, MOVES, SAME, SILENT, UP, Row

_COLOURS = {UP: "#2a86c8", DOWN: "#d9601a", SAME: "#7d858f", SILENT: "#9aa1a9"}
"""Blue and vermilion after Okabe and Ito, 3:1 against white and against near-black."""
_DASHES = {UP: [1, 0], DOWN: [6, 3], SAME: [2, 2], SILENT: [1, 4]}
_SHAPES = {UP: "triangle-up", DOWN: "triangle-down", SAME: "circle", SILENT: "circle"}
_FAINT = 0.45
_NAMES = 112
"""Pixels of the names on each side."""
_MIDDLE = f"max({_NAMES + 90}, width * 0.45)"


def slope_layers(rows: list[Row], level: float | None) -> list[dict[str, Any]]:
    """The layers; ``level`` is the probability of the intervals, None where there are none."""
    ranks = [rank for row in rows for rank in (row["listed"], row["crowd"])]
    ends = [end for row in rows for end in (row["best"], row["worst"]) if end is not None]
    y_scale = {"domain": [min(ranks) - 0.6, max(ranks) + 0.6], "reverse": True, "nice": False, "zero": False}
    sides = {"domain": [0, 1], "range": [{"expr": str(_NAMES + 28)}, {"expr": _MIDDLE}], "nice": False}
    fan = {
        "domain": [min(ranks + ends), max([*ranks, *ends, min(ranks) + 1])],
        "range": [{"expr": f"{_MIDDLE} + {_NAMES + 40}"}, {"expr": "width - 6"}],
        "nice": False,
        "zero": False,
    }
    faint = {"condition": {"test": {"field": "move", "equal": SILENT}, "value": _FAINT}, "value": 1}
    colour = {
        "field": "move",
        "type": "nominal",
        "scale": {"domain": list(MOVES), "range": [_COLOURS[move] for move in MOVES]},
        "legend": {"title": "The crowd's rank against the listed one"},
    }
    dash = {
        "field": "move",
        "type": "nominal",
        "scale": {"domain": list(MOVES), "range": [_DASHES[move] for move in MOVES]},
        "legend": {"title": "The crowd's rank against the listed one"},
    }
    shape = {
        "field": "move",
        "type": "nominal",
        "scale": {"domain": list(MOVES), "range": [_SHAPES[move] for move in MOVES]},
        "legend": {"title": "The crowd's rank against the listed one"},
    }
    tooltip = [
        {"field": "name", "type": "nominal", "title": "Entry"},
        {"field": "listed", "type": "quantitative", "title": "Listed"},
        {"field": "crowd", "type": "quantitative", "title": "Crowd"},
        {"field": "best", "type": "quantitative", "title": "Interval: best"},
        {"field": "worst", "type": "quantitative", "title": "Interval: worst"},
        {"field": "voices", "type": "quantitative", "title": "Voices"},
    ]

    def at(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "scale": y_scale, "axis": None}

    def side(end: int) -> dict[str, Any]:
        return {"datum": end, "type": "quantitative", "scale": sides, "axis": None}

    def rank_axis(field: str) -> dict[str, Any]:
        title = "Crowd's rank" if level is None else f"Crowd's rank, {100 * level:.0f} % interval"
        axis = {"orient": "top", "title": title, "format": "d", "tickMinStep": 1, "tickCount": 4, "grid": False}
        return {"field": field, "type": "quantitative", "scale": fan, "axis": axis}

    def words(end: int, field: str, of: str, *, dx: int, align: str) -> dict[str, Any]:
        return {
            "mark": {"type": "text", "align": align, "baseline": "middle", "dx": dx, "limit": _NAMES},
            "encoding": {
                "x": side(end),
                "y": at(of),
                "text": {"field": field, "type": "nominal" if field == "name" else "quantitative"},
                "opacity": faint,
                "tooltip": tooltip,
            },
        }

    lines = {
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 1.8},
                "encoding": {
                    "x": side(0),
                    "x2": {"datum": 1},
                    "y": at("listed"),
                    "y2": {"field": "crowd"},
                    "color": colour,
                    "strokeDash": dash,
                    "opacity": faint,
                    "tooltip": tooltip,
                },
            },
            words(0, "name", "listed", dx=-26, align="right"),
            words(0, "listed", "listed", dx=-7, align="right"),
            words(1, "crowd", "crowd", dx=22, align="right"),
            words(1, "name", "crowd", dx=28, align="left"),
        ]
    }
    intervals = {
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 1.8, "strokeCap": "round"},
                "transform": [{"filter": {"field": "best", "valid": True}}],
                "encoding": {
                    "x": rank_axis("best"),
                    "x2": {"field": "worst"},
                    "y": at("crowd"),
                    "color": colour,
                    "opacity": faint,
                    "tooltip": tooltip,
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 46, "opacity": 1},
                "encoding": {
                    "x": rank_axis("crowd"),
                    "y": at("crowd"),
                    "color": colour,
                    "shape": shape,
                    "opacity": faint,
                    "tooltip": tooltip,
                },
            },
        ]
    }
    return [lines, intervals]
