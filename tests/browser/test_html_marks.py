"""Marks in the comments: what they say when pointed at, and the legend that takes them away."""

from __future__ import annotations

import pytest
from made_report import Made, OpenPage, Record, Visit
from playwright.sync_api import Locator
from report_page import ReportPage

pytestmark = pytest.mark.xdist_group("browser")

LAYERS = ("city", "company", "country", "region", "entry", "claim", "comparison", "link", "pos", "neg", "neu")


def with_claim(seed: Made) -> Record:
    """A comment with a claim, a mention and a mood."""
    return next(item for item in seed.records if item["claims"] and item["mentions"] and item["moods"][0]["evidence"])


def opened(open_page: OpenPage, seed: Made, record: Record) -> tuple[ReportPage, Locator]:
    """The page at a comment, and the comment."""
    page = open_page(seed.file, f"comment={record['id']}")
    comment = page.comment(record["id"])
    assert comment.count() == 1
    return page, comment


def test_pointing_at_a_mark_says_what_it_is(open_page: OpenPage, seed: Made) -> None:
    """The rule of a claim, the score of a mood; gone when the pointer goes."""
    record = with_claim(seed)
    page, comment = opened(open_page, seed, record)
    tooltip = page.page.locator("#tooltip")
    assert not tooltip.is_visible()

    comment.locator("mark[data-layer=claim]").first.hover(position={"x": 3, "y": 3})

    page.becomes(tooltip.is_visible, True)
    said = tooltip.inner_text()
    assert record["claims"][0]["rule"] in said
    assert record["claims"][0]["subject"] in said
    page.page.locator("h1").hover()
    page.becomes(tooltip.is_visible, False)

    label = record["moods"][0]["label"]
    comment.locator(f"mark[data-layer={label}]").first.hover(position={"x": 3, "y": 3})
    page.becomes(tooltip.is_visible, True)
    assert f"{record['moods'][0]['score']:+.2f}" in tooltip.inner_text().replace("−", "-")


def test_the_keyboard_says_it_too(open_page: OpenPage, seed: Made) -> None:
    """With the focus on a mark, tied to it for screen readers; Escape puts it away."""
    record = with_claim(seed)
    page, comment = opened(open_page, seed, record)
    tooltip = page.page.locator("#tooltip")

    mark = comment.locator("mark[data-layer=city]").first
    mark.focus()

    page.becomes(tooltip.is_visible, True)
    assert record["mentions"][0]["name"] in tooltip.inner_text()
    assert mark.get_attribute("aria-describedby") == "tooltip"
    page.page.keyboard.press("Escape")
    page.becomes(tooltip.is_visible, False)
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.tagName") in {"MARK", "A"}


def test_the_tooltip_stays_in_the_window(open_page: OpenPage, seed: Made) -> None:
    """On a phone, at each mark of a page of comments."""
    page = open_page(seed.file, viewport={"width": 390, "height": 844})
    marks = page.page.locator("#comments mark")
    tooltip = page.page.locator("#tooltip")

    for number in range(0, marks.count(), 7):
        marks.nth(number).focus()
        box = tooltip.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert page.overflow() == 0


def test_every_mark_can_be_reached_and_says_something(visit: Visit, seed: Made) -> None:
    """A layer of the contract, a note, a place in the order of the Tab key."""
    page = visit(seed.file)
    marks = page.page.evaluate(
        """[...document.querySelectorAll('#comments mark')].map(
          mark => [mark.dataset.layer, mark.tabIndex, mark.dataset.note.length > 3])"""
    )

    assert len(marks) > 200
    assert {layer for layer, _, _ in marks} <= set(LAYERS)
    assert {"city", "country", "company", "claim", "comparison", "pos", "neg"} <= {layer for layer, _, _ in marks}
    assert all(tab == 0 and note for _, tab, note in marks)


@pytest.mark.parametrize("layer", ["city", "claim", "pos"])
def test_the_legend_takes_a_layer_away(open_page: OpenPage, seed: Made, layer: str) -> None:
    """Its marks go and come; the text and the other marks stay as they are."""
    page = open_page(seed.file)
    box = page.page.locator(f"#legend input[data-layer={layer}]")

    def visible(of: str) -> int:
        """Marks of a layer that can be told from plain text."""
        return int(
            page.page.evaluate(
                """layer => [...document.querySelectorAll(`#comments mark[data-layer=${layer}]`)].filter(mark => {
                  const style = getComputedStyle(mark);
                  return style.backgroundColor !== 'rgba(0, 0, 0, 0)' || style.textDecorationLine !== 'none'
                    || style.borderBottomStyle !== 'none';
                }).length""",
                of,
            )
        )

    texts = page.page.locator("#comments .text").all_text_contents()
    before, countries = visible(layer), visible("country")
    assert before > 10

    box.uncheck()
    page.becomes(lambda: visible(layer), 0)
    assert visible("country") == countries
    assert page.page.locator("#comments .text").all_text_contents() == texts
    box.check()
    page.becomes(lambda: visible(layer), before)


def test_layers_differ_in_more_than_colour(visit: Visit, seed: Made) -> None:
    """Each sample of the legend has its own line, weight, border or letter."""
    page = visit(seed.file)
    looks = page.page.evaluate(
        """[...document.querySelectorAll('#legend .sample')].map(sample => {
          const [own, before, after] = [null, '::before', '::after'].map(part => getComputedStyle(sample, part));
          return JSON.stringify([own.textDecorationLine, own.textDecorationStyle, own.textDecorationThickness,
            own.fontWeight, own.fontStyle, own.borderBottomStyle, own.borderBottomWidth, own.borderTopStyle,
            before.content, after.content]);
        })"""
    )

    assert len(looks) == len(LAYERS)
    assert len(set(looks)) == len(looks)
