"""The figures of the page are those of the JSON report, as values and as they are read."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from made_report import Made, Visit
from report_page import ReportPage

pytestmark = pytest.mark.xdist_group("browser")

MEGABYTE = 1_000_000
LIST = "high-tech-cities"
Row = dict[str, Any]


def flat(row: Row) -> Row:
    """The figures of a city by the names that the page has for them."""
    mood = {{"mean": "mood_mean", "comments": "mood_comments"}.get(key, key): row["mood"][key] for key in row["mood"]}
    own = {key: row[key] for key in ("rank", "comments", "mentions", "crowd", "change", "evidence")}
    return {**own, **mood, **(row["disputes"] or dict.fromkeys(("too_low", "too_high", "right", "unspecified")))}


def table(page: ReportPage, id_: str) -> list[tuple[str, Row]]:
    """Rows of a table as they stand: what the row is about, and its figures by field."""
    rows = page.page.evaluate(
        """id => [...document.querySelectorAll(`[id="${id}"] > tbody > tr`)].map(row => [
          (row.querySelector('th a') ?? row.querySelector('th')).textContent,
          Object.fromEntries([...row.querySelectorAll('td[data-field]')].map(
            cell => [cell.dataset.field, cell.dataset.value]))])""",
        id_,
    )
    return [(name.strip(), {key: json.loads(value) for key, value in cells.items()}) for name, cells in rows]


def fields(rows: Iterable[Row], name: str, *wanted: str) -> list[tuple[str, Row]]:
    """Rows of the report, cut to what a table shows."""
    return [(row[name], {key: row[key] for key in wanted}) for row in rows]


def texts(page: ReportPage, selector: str) -> list[str]:
    """Text of each element, blanks evened out."""
    return [" ".join(text.split()) for text in page.page.locator(selector).all_text_contents()]


def test_the_file_is_one_and_small(seed: Made) -> None:
    """Under 3 MB with scripts, charts and comments."""
    assert 10_000 < seed.file.stat().st_size < 3 * MEGABYTE


def test_header_figures(visit: Visit, seed: Made) -> None:
    """Each once, as it is counted."""
    page = visit(seed.file)

    for name in ("comments", "entries", "lists", "authors", "set_aside"):
        assert texts(page, f"[data-figure={name}]") == [f"{seed.report['header'][name]:,}"]


def test_cities(visit: Visit, seed: Made) -> None:
    """Every row of the report in its order, every figure to the last digit."""
    page = visit(seed.file)
    expected = [(row["name"], flat(row)) for row in seed.report["cities"]]

    assert len(expected) > 50
    assert table(page, f"cities-{LIST}") == expected


def test_what_is_read_agrees_with_the_value(visit: Visit, seed: Made) -> None:
    """A figure is shown rounded to two digits, or not at all where it is nothing; never as another one."""
    page = visit(seed.file)
    cells = page.page.evaluate(
        """[...document.querySelectorAll('td[data-field]:not([data-field=above])')].map(
          cell => [cell.dataset.field, cell.dataset.value, cell.textContent.trim()])"""
    )
    shown = 0
    for field, value, text in cells:
        number = json.loads(value)
        if text in ("", "–"):
            # An entry that only made room for others has no change to speak of.
            assert not number or field == "change", (field, value)
            continue
        sign = -1 if text[0] in "▼−-" else 1
        assert sign * float(text.lstrip("▲▼−-+").replace(",", "")) == pytest.approx(number, abs=0.00501), (field, value)
        shown += 1
    assert shown > 500


def test_the_crowds_ranking(visit: Visit, seed: Made) -> None:
    """Ranks, intervals and what they rest on."""
    page = visit(seed.file)
    rows = [
        {**row, "best": row["interval"][0], "worst": row["interval"][1]}
        for row in seed.report["consensus"]["lists"][0]["entries"]
    ]
    wanted = ("listed", "crowd", "change", "best", "worst", "above", "voices")
    voices = ("claims_up", "claims_down", "claims_right", "comparisons", "moods")

    assert len(rows) == 50
    assert table(page, f"crowd-{LIST}") == fields(rows, "name", *wanted, *voices)


def test_disputes_with_their_sentences(visit: Visit, seed: Made) -> None:
    """Who says what about a rank: voices, strength, and the sentences, in order."""
    page = visit(seed.file)
    rows = seed.report["disputes"]

    assert rows
    assert table(page, "disputes") == fields(rows, "entry", "listed", "voices", "strength")
    assert texts(page, "#disputes q") == [" ".join(q["sentence"].split()) for row in rows for q in row["quotes"]]


def test_comparisons(visit: Visit, seed: Made) -> None:
    """Both sides, voices, and whether the list has it the other way round."""
    page = visit(seed.file)
    rows = seed.report["comparisons"]

    assert rows
    assert table(page, "comparisons") == fields(rows, "better", "voices")
    assert [text == "▼ against" for text in texts(page, "#comparisons td[data-label='The list']")] == [
        row["against_list"] is True for row in rows
    ]
    assert texts(page, "#comparisons q") == [" ".join(q["sentence"].split()) for row in rows for q in row["quotes"]]


def test_companies_and_contradictions(visit: Visit, seed: Made) -> None:
    """Each with its cities and how many say so; those that comments put in different cities are flagged."""
    page = visit(seed.file)
    rows = seed.report["companies"]
    cities = page.page.locator("#companies tbody tr td:last-child").all_text_contents()
    doubted = {item["company"] for item in seed.report["contradictions"]}

    assert doubted
    shown = table(page, "companies")
    assert [figures for _, figures in shown] == [{key: row[key] for key in ("comments", "mentions")} for row in rows]
    for row, text, name in zip(rows, cities, texts(page, "#companies tbody th"), strict=True):
        said = [f"{city['city']} ({city['relation'].replace('_', ' ')} {city['comments']})" for city in row["cities"]]
        assert text.split(", ") == (said or [""])
        assert name.startswith(row["company"])
        assert ("contradicted" in name) is (row["company"] in doubted)
    assert texts(page, ".contradiction q") == [
        " ".join(place["sentence"].split()) for item in seed.report["contradictions"] for place in item["places"]
    ]


def test_themes_and_aspects(visit: Visit, seed: Made) -> None:
    """Every phrase that is judged stands with its city and its voices, and every aspect with its counts."""
    page = visit(seed.file)
    rows = {row["name"]: row for row in seed.report["themes"]["cities"]}
    judged = {"praised", "blamed", "mixed"}
    expected = {
        name: [
            ", ".join(f"{theme['phrase']} ({theme['voices']})" for theme in row["themes"] if theme["mood"] == mood)
            for mood in ("praised", "blamed", "mixed")
        ]
        for name, row in rows.items()
        if any(theme["mood"] in judged for theme in row["themes"])
    }

    assert expected
    shown = page.each("#themes tbody tr", "[...node.cells].map(cell => cell.textContent.trim())")
    assert {name: cells for name, *cells in shown} == expected
    aspects = dict(zip(texts(page, "#aspects tbody th"), texts(page, "#aspects tbody td"), strict=True))
    signs = {"pos": "+", "neg": "−", "neu": "~"}
    assert aspects == {
        name: " ".join(
            " ".join(
                [item["aspect"], *(f"{sign}{item[mood]}" for mood, sign in signs.items() if item[mood])],
            )
            for item in row["aspects"]
        )
        for name, row in rows.items()
        if row["aspects"]
    }


@pytest.mark.parametrize("chart", ["slope", "moods", "map"])
def test_charts_are_drawn(visit: Visit, seed: Made, chart: str) -> None:
    """As SVG with text in it, and with words that say what they show."""
    page = visit(seed.file)
    figure = page.page.locator(f"figure.chart[data-chart={chart}][data-list={LIST}]")

    figure.scroll_into_view_if_needed()
    page.becomes(figure.locator("svg").count, 1)
    box = figure.locator("svg").bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert box["height"] > 150
    assert len(figure.locator("svg path").all()) > 50
    assert len(figure.locator("figcaption").inner_text()) > 20
    if chart != "map":
        written = set(figure.locator("svg text").all_text_contents())
        assert sum(any(row["name"] in text for text in written) for row in seed.report["cities"]) > 20


def test_nothing_but_the_page(seed: Made) -> None:
    """No address to fetch from is written anywhere but in names of formats; the policy allows none."""
    page = html.unescape(seed.file.read_text("utf-8"))

    assert page.startswith("<!DOCTYPE html>")
    assert "default-src 'none'" in page.partition("<script")[0]
    for way in ('src="http', "src='http", 'href="http', "@import", "url(http", '<link rel="stylesheet"'):
        assert way not in page


def test_the_same_page_twice(seed: Made, make_page: Callable[..., bytes]) -> None:
    """``export --format html`` and ``report --html`` write the same bytes."""
    assert make_page("export", "--format", "html", "--output") == seed.file.read_bytes()
