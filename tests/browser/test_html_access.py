"""Keyboard, screen readers, dark and light, phone and paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from made_report import Made, OpenPage
from report_page import ReportPage

pytestmark = pytest.mark.xdist_group("browser")

PHONE = {"viewport": {"width": 390, "height": 844}}
SERIOUS = {"serious", "critical"}
# What colours and the width of the window can change; the rest is the same page.
OF_LOOKS = ("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable")


def faults(page: ReportPage, rules: Sequence[str] = ()) -> list[str]:
    """What axe-core finds that keeps people out, with the elements; by all of its rules or by these."""
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["rules"] = {rule: {"enabled": True} for rule in rules}
        options["runOnly"] = list(rules)
    # Charts are images with a text (role=img): the hundreds of shapes inside them are nobody's to reach.
    found = Axe().run(page.page, context={"exclude": [[".plot svg"]]}, options=options).response["violations"]
    return [
        f"{item['id']}: {node['target']} {node['failureSummary']}"
        for item in found
        if item["impact"] in SERIOUS
        for node in item["nodes"]
    ]


def drawn(page: ReportPage) -> None:
    """Wait until all charts are drawn."""
    charts = page.page.locator("figure.chart")
    page.becomes(lambda: charts.locator("svg").count(), charts.count())


@pytest.mark.parametrize(
    ("context", "rules"),
    [({"color_scheme": "light"}, ()), ({"color_scheme": "dark"}, OF_LOOKS), (PHONE, OF_LOOKS)],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_no_serious_fault(
    open_page: OpenPage, seed: Made, context: dict[str, object], rules: Sequence[str]
) -> None:
    """Names of controls, contrast, landmarks, tables, with a tooltip open too."""
    page = open_page(seed.file, "city=tokyo", **context)
    drawn(page)
    page.page.locator("#comments mark").first.focus()

    assert faults(page, rules) == []


def test_structure_for_screen_readers(open_page: OpenPage, seed: Made) -> None:
    """One main part and one first heading, no level left out; every section and table has a name; the count is said."""
    page = open_page(seed.file)
    levels = page.page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(head => Number(head.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for selector in ("main", "#count[aria-live]", "html[lang=en]"):
        assert page.page.locator(selector).count() == 1, selector
    unnamed = page.page.evaluate(
        """[...document.querySelectorAll('main section, main table')].filter(item =>
          !(item.tagName === 'TABLE' ? item.caption?.textContent.trim()
            : document.getElementById(item.getAttribute('aria-labelledby'))?.textContent.trim())).length"""
    )
    assert unnamed == 0


def test_filters_by_keyboard_alone(open_page: OpenPage, seed: Made) -> None:
    """The first Tab leads past everything to the comments, and each control of the filters has a visible focus."""
    page = open_page(seed.file)
    keyboard = page.page.keyboard
    keyboard.press("Tab")
    assert page.page.locator("a.skip").evaluate("link => link === document.activeElement")
    page.becomes(lambda: page.each("a.skip", "node.getBoundingClientRect().top >= 0"), [True])
    keyboard.press("Enter")

    reached = []
    for _ in range(20):
        keyboard.press("Tab")
        (name,) = page.each(":focus", "node.name || node.type || ''")
        (lined,) = page.each(
            ":focus", "(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none')(getComputedStyle(node))"
        )
        reached.append(name)
        assert lined, name
        if name == "q":
            keyboard.type("tokyo")
        if name == "mood":
            keyboard.press("ArrowDown")
        if name == "reset":
            break
    assert reached[:2] == ["q", "city"]
    assert {"mood", "stance", "company", "sort", "reset"} <= set(reached)
    expected = sum(
        "tokyo" in record["text"].lower() and any(mood["label"] == "pos" for mood in record["moods"])
        for record in seed.records
    )
    page.becomes(page.count, (expected, len(seed.records)))
    keyboard.press("Enter")
    page.becomes(page.count, (len(seed.records), len(seed.records)))


def test_tables_sort_by_keyboard(open_page: OpenPage, seed: Made) -> None:
    """A header is a button; how a table is sorted is said."""
    page = open_page(seed.file)
    head = page.page.locator("#cities-high-tech-cities thead th", has_text=re.compile(r"^Mentions$"))
    column = "#cities-high-tech-cities tbody td[data-field=mentions]"

    def values() -> list[int]:
        return [int(value) for value in page.each(column, "node.dataset.value")]

    before = values()
    head.locator("button").focus()
    page.page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert values() == sorted(before, reverse=True) != before
    page.page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "ascending"
    assert values() == sorted(before)


def test_rows_without_a_value_stay_last(open_page: OpenPage, seed: Made) -> None:
    """In both directions."""
    page = open_page(seed.file)
    head = page.page.locator("#cities-high-tech-cities thead th button", has_text=re.compile(r"^Mean$"))

    for _ in range(2):
        head.click()
        values = page.each("#cities-high-tech-cities td[data-field=mood_mean]", "node.dataset.value")
        assert "null" in values
        assert values[values.index("null") :] == ["null"] * values.count("null")


def background(page: ReportPage) -> int:
    """How light the page is, from 0 to 255."""
    colour = page.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return max(map(int, re.findall(r"\d+", str(colour))[:3]))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dark_and_light(open_page: OpenPage, seed: Made, scheme: str) -> None:
    """As the system has it, until the button says otherwise; what was chosen survives loading the page again."""
    page = open_page(seed.file, color_scheme=scheme)
    drawn(page)
    toggle = page.page.locator("#theme-toggle")
    light = scheme == "light"
    assert (background(page) > 200, background(page) < 60) == (light, not light)
    assert toggle.get_attribute("aria-pressed") == str(not light).lower()

    toggle.click()

    page.becomes(lambda: background(page) > 200, not light)
    assert toggle.get_attribute("aria-pressed") == str(light).lower()
    # Charts follow; and by then the browser has stored the choice, which it does on the side.
    page.becomes(lambda: set(page.each("figure.chart", "node.dataset.drawn")), {"dark" if light else "light"})
    page.page.reload()
    drawn(page)
    assert (background(page) > 200) is not light


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_narrow_window_is_not_scrolled_sideways(open_page: OpenPage, seed: Made, width: int) -> None:
    """Tables scroll inside their own boxes; text is large enough to read."""
    page = open_page(seed.file, viewport={"width": width, "height": 800}, is_mobile=width < 700, has_touch=width < 700)
    drawn(page)

    assert page.overflow() == 0
    assert page.page.evaluate("innerWidth") == width
    size = page.page.locator("#comments .text").first.evaluate("text => parseFloat(getComputedStyle(text).fontSize)")
    assert size >= 14


def test_touch(open_page: OpenPage, seed: Made) -> None:
    """A finger on a mark shows what it is."""
    page = open_page(seed.file, **PHONE, is_mobile=True, has_touch=True)
    mark = page.page.locator("#comments mark[data-layer=city]").first

    mark.tap()

    page.becomes(page.page.locator("#tooltip").is_visible, True)


def test_less_motion_is_respected(open_page: OpenPage, seed: Made) -> None:
    """Nothing moves by itself for those who asked for that."""
    page = open_page(seed.file, reduced_motion="reduce")

    moving = page.page.evaluate(
        """[...document.querySelectorAll('*')].filter(node => {
          const style = getComputedStyle(node);
          const long = times => times.split(',').some(time => parseFloat(time) > 0.01);
          return long(style.transitionDuration) || (style.animationName !== 'none' && long(style.animationDuration))
            || style.scrollBehavior === 'smooth';
        }).length"""
    )
    assert moving == 0


def test_on_paper(open_page: OpenPage, seed: Made, tmp_path: Path) -> None:
    """Figures, charts, tables and the comments of the filter; no controls; dark ink on white."""
    page = open_page(seed.file, "city=tokyo", color_scheme="dark")
    drawn(page)
    page.page.emulate_media(media="print")

    for hidden in ("#filters", "#pager", "#theme-toggle", ".skip"):
        assert not page.page.locator(hidden).first.is_visible(), hidden
    # The legend says what the marks mean, on paper too.
    for seen in ("#legend", "[data-figure=comments]", "#cities-high-tech-cities", "#disputes", "#comments article"):
        assert page.page.locator(seen).first.is_visible(), seen
    assert background(page) > 200
    (ink,) = page.each("#comments article:first-child .text", "getComputedStyle(node).color")
    assert max(map(int, re.findall(r"\d+", ink)[:3])) < 100
    wide = page.page.evaluate(
        "[...document.querySelectorAll('.scroll')].filter(box => getComputedStyle(box).overflowX === 'auto').length"
    )
    assert wide == 0

    pdf = tmp_path / "report.pdf"
    page.page.pdf(path=pdf, format="A4")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) <= 40


def test_without_scripts_it_says_what_is_missing(open_page: OpenPage, seed: Made) -> None:
    """The tables are whole."""
    page = open_page(seed.file, java_script_enabled=False)

    assert "Without JavaScript" in page.page.locator("noscript").inner_text()
    assert page.page.locator("#cities-high-tech-cities tbody tr").count() == len(seed.report["cities"])
