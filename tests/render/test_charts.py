"""Charts: the figures are the report's, what Vega-Lite makes of the specifications, and names that try to be code."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import vl_convert

from commentlens.errors import CommentlensError
from commentlens.render.charts import city_map, mood_chart, runtime, slope_chart, theme
from commentlens.render.charts_data import map_rows, mood_rows, slope_rows
from commentlens.render.plot import check_plot, plot, plot_spec
from commentlens.summary_consensus import Consensus, ConsensusEntry, ConsensusList
from commentlens.summary_records import CityRow, Header, ListSummary, MoodFigures, Report

NO_MOOD = MoodFigures(mean=None, comments=0, pos=0, neu=0, neg=0, voices=0, net=None, shrunk=None, low=None, high=None)
GLAD = MoodFigures(mean=0.6, comments=4, pos=3, neu=1, neg=0, voices=4, net=0.75, shrunk=0.4, low=0.1, high=0.7)
SAD = MoodFigures(mean=-0.6, comments=2, pos=0, neu=1, neg=1, voices=2, net=-0.5, shrunk=-0.2, low=-0.6, high=0.2)
HOSTILE = ["<script>alert(1)</script>", "datum.listed", "`${1}`", "\"quoted\" 'twice'", "signal: 'width'", "a\\nb & c"]


def city(name: str, rank: int | None, mood: MoodFigures = NO_MOOD, **given: Any) -> CityRow:
    """A row of the list ``h``; listed entries keep their rank."""
    row = CityRow(
        list="Harbours",
        list_id="h",
        rank=rank,
        name=name,
        within=None,
        country=None,
        country_code=None,
        id=None,
        is_entry=rank is not None,
        comments=mood.comments,
        mentions=0,
        mood=mood,
        disputes=None,
        crowd=rank,
        change=None if rank is None else 0,
        evidence=0,
        companies=(),
    )
    return replace(row, **given)


def report_of(*cities: CityRow, entries: tuple[ConsensusEntry, ...] = ()) -> Report:
    """A report of one list."""
    summary = ListSummary(
        title="Harbours", list_id="h", description=None, polarity="positive", kind="city", entries=3, comments=6
    )
    crowd = Consensus(lists=(ConsensusList(list="Harbours", list_id="h", entries=entries),)) if entries else None
    return Report(
        header=Header(lists=1, entries=3, comments=6, set_aside=0, authors=0, doubtful_language=0),
        lists=(summary,),
        cities=cities,
        companies=(),
        disputes=(),
        comparisons=(),
        consensus=crowd,
    )


def entry(name: str, listed: int | None, crowd: int | None, voices: int = 1) -> ConsensusEntry:
    """An entry whose interval is one rank wide on both sides."""
    both = listed is not None and crowd is not None
    return ConsensusEntry(
        name=name,
        within=None,
        listed=listed,
        crowd=crowd,
        change=listed - crowd if listed is not None and crowd is not None else None,
        interval=(max(1, (crowd or 1) - 1), (crowd or 1) + 1) if both else None,
        inside=0.92 if both else None,
        above=0.5 if both else None,
        voices=voices,
        claims_up=0,
        claims_down=0,
        claims_right=0,
        comparisons=0,
        moods=0,
    )


PLACES = (
    city("Genoa", 1, SAD, latitude=44.4, longitude=8.9, crowd=2, change=-1, evidence=2),
    city("Suva", 2, GLAD, latitude=-18.1, longitude=178.4, crowd=1, change=1, evidence=3, within="Fiji"),
    city("Bilbao", 3),
    city("Turku", None, GLAD),
)
ENTRIES = (entry("Genoa", 1, 2), entry("Suva", 2, 1), entry("Bilbao", 3, 3, voices=0), entry("Turku", None, None))
REPORT = report_of(*PLACES, entries=ENTRIES)


def test_the_slopes_are_the_consensus() -> None:
    spec = slope_chart(REPORT, "h")
    assert spec is not None
    keys = ("name", "listed", "crowd", "change", "best", "worst", "voices", "move")
    assert [tuple(row[key] for key in keys) for row in spec["data"]["values"]] == [
        ("Genoa", 1, 2, -1, 1, 3, 1, "down"),
        ("Suva", 2, 1, 1, 1, 2, 1, "up"),
        ("Bilbao", 3, 3, 0, 2, 4, 0, "no evidence"),
    ]
    assert "90 % interval" in json.dumps(spec)
    assert spec["description"].startswith("Listed against the crowd: Harbours. 3 entries; the crowd moves 2 of them.")


def test_without_a_consensus_the_rows_give_the_ranks_and_no_interval() -> None:
    rows = slope_rows(report_of(*PLACES), "h")
    assert [(row["name"], row["crowd"], row["move"], row["best"]) for row in rows] == [
        ("Genoa", 2, "down", None),
        ("Suva, Fiji", 1, "up", None),
        ("Bilbao", 3, "no evidence", None),
    ]
    assert 'interval"' not in json.dumps(slope_chart(report_of(*PLACES), "h"))


def test_the_moods_are_those_of_the_rows_in_listed_order() -> None:
    keys = ("name", "mood", "low", "high", "comments", "voices", "positive", "neutral", "negative")
    assert [tuple(row[key] for key in keys) for row in mood_rows(REPORT, "h")] == [
        ("Genoa", -0.2, -0.6, 0.2, 2, 2, 0, 1, 1),
        ("Suva, Fiji", 0.4, 0.1, 0.7, 4, 4, 3, 1, 0),
        ("Turku", 0.4, 0.1, 0.7, 4, 4, 3, 1, 0),
    ]


def test_cities_of_one_name_have_a_line_each() -> None:
    twice = report_of(city("Vigo", 1, GLAD), city("Vigo", 2, SAD))
    assert [row["name"] for row in mood_rows(twice, "h")] == ["Vigo", "Vigo (2)"]


def test_the_map_has_cities_with_a_place_largest_first() -> None:
    keys = ("name", "latitude", "longitude", "comments", "feeling")
    assert [tuple(row[key] for key in keys) for row in map_rows(REPORT, "h")] == [
        ("Suva, Fiji", -18.1, 178.4, 4, "positive"),
        ("Genoa", 44.4, 8.9, 2, "negative"),
    ]


@pytest.mark.parametrize("chart", [slope_chart, mood_chart, city_map])
def test_nothing_to_draw_is_no_chart(chart: Any) -> None:
    assert chart(report_of(city("Turku", None)), "h") is None
    assert chart(REPORT, "another list") is None


@pytest.mark.parametrize("chart", [slope_chart, mood_chart, city_map])
@pytest.mark.parametrize("width", ["container", 500])
@pytest.mark.parametrize("dark", [False, True])
def test_vega_lite_takes_the_charts_without_a_warning(
    chart: Any, width: Any, dark: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    spec = chart(REPORT, "h", width=width)
    made = vl_convert.vegalite_to_vega(spec, config=theme(dark), show_warnings=True)
    assert made["description"] == spec["description"]
    assert "WARN" not in capfd.readouterr().err


def test_the_map_is_the_world_and_nothing_crosses_it() -> None:
    """No straight line of a drawn shape, cut at the antimeridian as it is, goes further than Siberia's coast."""
    spec = city_map(REPORT, "h", width=760)
    assert spec is not None
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    land = max(re.findall(r' d="([^"]+)"', svg), key=len)
    rings = [
        [tuple(map(float, point.split(","))) for point in ring.split("L")]
        for ring in land.replace("Z", "").split("M")[1:]
    ]
    xs = [point[0] for ring in rings for point in ring]
    assert len(rings) > 100
    assert max(xs) - min(xs) > 600
    assert max(abs(a[0] - b[0]) for ring in rings for a, b in itertools.pairwise([*ring, ring[0]])) < 30


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text_whatever_they_say(name: str) -> None:
    hostile = report_of(
        city(name, 1, GLAD, latitude=1.0, longitude=1.0), city("Genoa", 2, SAD), entries=(entry(name, 1, 1), ENTRIES[0])
    )
    for chart in (slope_chart, mood_chart, city_map):
        spec = chart(hostile, "h")
        assert spec is not None
        assert spec["data"]["values"][0]["name"] == name
        rest = {key: value for key, value in spec.items() if key != "data"}
        assert json.dumps(name)[1:-1] not in json.dumps(rest)
    svg = plot(hostile, Path("a.svg")).decode()
    shown = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f">{shown[:8]}" in svg
    assert "<script" not in svg


def test_a_picture_has_its_names_as_text_and_is_the_same_again() -> None:
    svg = plot(REPORT, Path("a.svg"))
    assert [svg.decode().count(f">{name}<") for name in ("Genoa", "Suva", "Suva, Fiji", "Turku")] == [3, 2, 1, 1]
    assert svg == plot(REPORT, Path("b.SVG"))
    assert plot(REPORT, Path("a.png")).startswith(b"\x89PNG")


def test_a_picture_has_the_charts_of_each_list() -> None:
    spec = plot_spec(REPORT)
    assert spec is not None
    assert [part["title"]["text"] for part in spec["vconcat"]] == [
        "Listed against the crowd: Harbours",
        "Mood by city: Harbours",
    ]


@pytest.mark.parametrize(
    ("name", "says"), [("a.jpg", ".jpg is not known"), ("plot", "it has no suffix"), ("svg", "it has no suffix")]
)
def test_other_suffixes_say_which_are_known(name: str, says: str) -> None:
    with pytest.raises(CommentlensError, match=rf"{says}; --plot FILE takes a name that ends in \.svg or \.png"):
        check_plot(Path(name))


def test_an_empty_picture_is_not_drawn() -> None:
    with pytest.raises(CommentlensError, match="no list has ranks, and no city a mood"):
        plot(report_of(city("Turku", None)), Path("a.svg"))


def test_the_runtime_sets_what_pages_call() -> None:
    assert "vegaEmbed" in runtime()
    assert len(runtime()) > 500_000
