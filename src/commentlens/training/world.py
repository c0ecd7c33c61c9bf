"""Builds the land outlines of the map: ``python -m commentlens.training.world land-110m.json`` (docs/charts.md).

The source is Natural Earth's land at 1:110 million (public domain) as the npm package ``world-atlas`` 2.0.2 holds it
(TopoJSON, ISC licence): quantised, and joined at the antimeridian, where projections cut it. Antarctica is left out: it
has no cities, and takes a fifth of the map.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "render" / "data" / "world.topojson"
_SOUTHERNMOST = -60.0
"""Degrees; land that lies wholly south of it is Antarctica and its islands."""


def without_antarctica(topology: dict[str, Any]) -> dict[str, Any]:
    """The land north of 60° S as a quantised TopoJSON of the same coordinates, with the arcs that it uses only."""
    scale, shift = topology["transform"]["scale"][1], topology["transform"]["translate"][1]

    def northernmost(arc: list[list[int]]) -> float:
        heights, at = [], 0
        for _, step in arc:
            at += step
            heights.append(at)
        return float(max(heights) * scale + shift)

    [land] = topology["objects"]["land"]["geometries"]
    kept = [
        polygon
        for polygon in land["arcs"]
        if any(
            northernmost(topology["arcs"][arc if arc >= 0 else ~arc]) > _SOUTHERNMOST
            for ring in polygon
            for arc in ring
        )
    ]
    used = sorted({arc if arc >= 0 else ~arc for polygon in kept for ring in polygon for arc in ring})
    number = {old: new for new, old in enumerate(used)}
    arcs = [[[number[arc] if arc >= 0 else ~number[~arc] for arc in ring] for ring in polygon] for polygon in kept]
    return {
        "type": "Topology",
        "objects": {"land": {"type": "MultiPolygon", "arcs": arcs}},
        "arcs": [topology["arcs"][arc] for arc in used],
        "transform": topology["transform"],
    }


def main(source: Path, target: Path = TARGET) -> None:
    """Write the outlines; the same source gives the same bytes."""
    topology = without_antarctica(json.loads(source.read_text(encoding="utf-8")))
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(topology, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
