"""Layers of the mood chart: dots with intervals to the left, stacked counts of comments to the right."""

from __future__ import annotations

from typing import Any

from commentlens.render.charts_data import FEELINGS, NEGATIVE, NEUTRAL, POSITIVE

COLOURS = {POSITIVE: "#2a86c8", NEUTRAL: "#b4bac1", NEGATIVE: "#d9601a"}
_TOOLTIP = [
    {"field": "name", "type": "nominal", "title": "City"},
    {"field": "mood", "type": "quantitative", "title": "Mood", "format": "+.2f"},
    {"field": "low", "type": "quantitative", "title": "from", "format": "+.2f"},
    {"field": "high", "type": "quantitative", "title": "to", "format": "+.2f"},
    {"field": "voices", "type": "quantitative", "title": "Voices"},
]


def mood_layers() -> list[dict[str, Any]]:
    """The layers, for rows of `charts_data.mood_rows`."""
    # Data order is listed order; sorting would follow the alphabet.
    city = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "labelLimit": 140, "ticks": False},
    }

    def mood(field: str) -> dict[str, Any]:
        scale = {"domain": [-1, 1], "range": [{"expr": "0"}, {"expr": "width * 0.55"}]}
        axis = {"orient": "top", "title": "Mood, 95 % interval", "tickCount": 5, "format": "+.1f", "labelFlush": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    moods = {
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 1.5, "style": "interval", "opacity": 0.6},
                "encoding": {"y": city, "x": mood("low"), "x2": {"field": "high"}, "tooltip": _TOOLTIP},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 50, "opacity": 1, "style": "interval"},
                "encoding": {"y": city, "x": mood("mood"), "tooltip": _TOOLTIP},
            },
        ]
    }
    counts = {
        "mark": {"type": "bar", "height": {"band": 0.7}},
        "transform": [{"fold": list(FEELINGS), "as": ["feeling", "count"]}],
        "encoding": {
            "y": city,
            "x": {
                "field": "count",
                "type": "quantitative",
                "stack": "zero",
                "scale": {"range": [{"expr": "width * 0.62"}, {"expr": "width"}]},
                "axis": {"orient": "top", "title": "Comments", "tickMinStep": 1, "tickCount": 4, "format": "d"},
            },
            "color": {
                "field": "feeling",
                "type": "nominal",
                "scale": {"domain": list(FEELINGS), "range": [COLOURS[feeling] for feeling in FEELINGS]},
                "legend": {"title": "Comments by mood, from left to right"},
            },
            "order": {"field": "feeling", "type": "nominal", "sort": "descending"},
            "tooltip": [
                {"field": "name", "type": "nominal", "title": "City"},
                {"field": "feeling", "type": "nominal", "title": "Mood"},
                {"field": "count", "type": "quantitative", "title": "Comments"},
            ],
        },
    }
    return [moods, counts]
