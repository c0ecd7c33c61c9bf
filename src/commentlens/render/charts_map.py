"""Layers of the map: land, and the cities on it."""

from __future__ import annotations

import functools
import json
from importlib.resources import files
from typing import Any

from commentlens.render.charts_data import FEELINGS, NEGATIVE, NEUTRAL, NO_MOOD, POSITIVE
from commentlens.render.charts_moods import COLOURS

_SHAPES = {POSITIVE: "triangle-up", NEUTRAL: "circle", NEGATIVE: "triangle-down", NO_MOOD: "diamond"}
_SCALE = [COLOURS[NEGATIVE], "#d8d3cf", COLOURS[POSITIVE]]
"""Vermilion over grey to blue: diverging, and told apart with any kind of colour blindness."""
_STRONG = 0.5
"""Where the colours end: means of several voices are seldom stronger, and would all look alike up to 1."""
_UNKNOWN = "#8a9199"


def map_layers() -> list[dict[str, Any]]:
    """The layers, for rows of `charts_data.map_rows`."""
    shapes = [*FEELINGS, NO_MOOD]
    land = {
        "data": {"values": _world(), "format": {"type": "topojson", "feature": "land"}},
        "mark": {"type": "geoshape", "strokeWidth": 0.5},
    }
    cities = {
        "mark": {"type": "point", "filled": True, "stroke": "#30363d", "strokeWidth": 0.7, "opacity": 0.9},
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "size": {
                "field": "comments",
                "type": "quantitative",
                "scale": {"type": "sqrt", "range": [30, 420], "zero": True},
                "legend": {"title": "Comments", "tickCount": 3, "format": "d"},
            },
            "shape": {
                "field": "feeling",
                "type": "nominal",
                "scale": {"domain": shapes, "range": [_SHAPES[shape] for shape in shapes]},
                "legend": {"title": "Mood"},
            },
            "color": {
                "condition": {
                    "test": {"field": "mood", "valid": True},
                    "field": "mood",
                    "type": "quantitative",
                    "scale": {
                        "domain": [-_STRONG, 0, _STRONG],
                        "range": _SCALE,
                        "interpolate": "rgb",
                        "clamp": True,
                    },
                    "legend": {
                        "title": "Mood (stronger ones as the ends)",
                        "gradientLength": 120,
                        "values": [-_STRONG, 0, _STRONG],
                        "format": "+.1f",
                    },
                },
                "value": _UNKNOWN,
            },
            "tooltip": [
                {"field": "name", "type": "nominal", "title": "City"},
                {"field": "country", "type": "nominal", "title": "Country"},
                {"field": "comments", "type": "quantitative", "title": "Comments"},
                {"field": "mood", "type": "quantitative", "title": "Mood", "format": "+.2f"},
            ],
        },
    }
    return [land, cities]


@functools.cache
def _world() -> dict[str, Any]:
    text = (files("commentlens.render") / "data" / "world.topojson").read_text(encoding="utf-8")
    topology: dict[str, Any] = json.loads(text)
    return topology
