"""Companies that are put in different cities, in every view of the report."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from commentlens.render.console import PLAIN, Screen, write_plain
from commentlens.render.contradictions import contradictions_view, write_contradictions_markdown
from commentlens.render.html_page import write_html
from commentlens.render.report_terminal import report_view
from commentlens.render.report_text import write_report_markdown
from commentlens.summary_links import Contradiction, SaidPlace
from commentlens.summary_records import Header, Report


def place(city: str, relation: str, voices: int, sentence: str, author: str | None = None) -> SaidPlace:
    return SaidPlace(
        city=city,
        relations=(relation,),
        comments=voices,
        voices=voices,
        comment=f"c-{city}",
        author=author,
        sentence=sentence,
        start=0,
        rule="r",
    )


ROW = Contradiction(
    company="Fiat",
    about="seat",
    places=(
        place("Turin", "located_in", 2, "Turin: Fiat | Lavazza", "ann"),
        place("Modena", "headquarters", 1, "Fiat is based in <b>Modena</b>."),
    ),
)
REPORT = Report(
    header=Header(lists=0, entries=0, comments=3, set_aside=0, authors=1, doubtful_language=0),
    lists=(),
    cities=(),
    companies=(),
    disputes=(),
    comparisons=(),
    contradictions=(ROW, replace(ROW, company="Lancia", about="founding")),
)
TITLE = "Companies that are put in different cities"


def plain(report: Report, screen: Screen = PLAIN) -> list[str]:
    file = io.StringIO()
    write_plain(contradictions_view(report, screen), file)
    return file.getvalue().splitlines()


def test_plain() -> None:
    """Both sentences, whole."""
    places = [
        "      Turin (located in, 2 voices)  “Turin: Fiat | Lavazza”  c-Turin, ann",
        "      Modena (headquarters, 1 voice)  “Fiat is based in <b>Modena</b>.”  c-Modena",
    ]
    assert plain(REPORT) == ["", TITLE, "  Fiat: where it is", *places, "  Lancia: where it was founded", *places]


def test_a_terminal_shows_the_first_few() -> None:
    """And says how many there are."""
    many = replace(REPORT, contradictions=(ROW,) * 11)
    assert plain(many, Screen(width=100, plain=False))[-1] == "  … and 3 more; --format json lists all"
    assert len(plain(many)) == 2 + 3 * 11


def test_markdown() -> None:
    """A row a city, markup escaped."""
    file = io.StringIO()
    write_contradictions_markdown(REPORT, file)
    lines = file.getvalue().splitlines()
    assert lines[:6] == [
        "",
        f"## {TITLE}",
        "",
        "| Company | About | Said to be in | First sentence |",
        "| --- | --- | --- | --- |",
        r"| Fiat | where it is | Turin (located in, 2 voices) | “Turin: Fiat \| Lavazza” (c-Turin) |",
    ]
    assert len(lines) == 9


def html(report: Report) -> str:
    file = io.StringIO()
    write_html(report, [], "1", file)
    return file.getvalue()


def markdown(report: Report) -> str:
    file = io.StringIO()
    write_report_markdown(report, file)
    return file.getvalue()


def terminal(report: Report) -> str:
    file = io.StringIO()
    write_plain(report_view(report, PLAIN), file)
    return file.getvalue()


@pytest.mark.parametrize("view", [html, markdown, terminal])
def test_every_view_has_them(view: object) -> None:
    """Nothing where nobody contradicts."""
    assert callable(view)
    assert TITLE in view(REPORT)
    assert TITLE not in view(replace(REPORT, contradictions=()))


def test_html_is_escaped() -> None:
    """Sentences are strangers' words."""
    assert "&lt;b&gt;Modena&lt;/b&gt;" in html(REPORT)
    assert "<b>Modena</b>" not in html(REPORT)
