"""Months on the HTML page: a table where they were asked for and comments have dates, else nothing of them."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from test_views import LIST, NoPlaces, comments

from commentlens.render.html_page import write_html
from commentlens.render.moods import dated_months
from commentlens.summary import summing
from commentlens.summary_moods import MoodCounting
from commentlens.summary_records import Report


def summed(dates: list[str | None], *, by_month: bool) -> Report:
    """The report of the sample, written on these dates in turn."""
    dated = [replace(comment, created=dates[n % len(dates)]) for n, comment in enumerate(comments())]
    stream, report = summing(
        ((comment, LIST.id) for comment in dated),
        lambda: [LIST],
        NoPlaces(),
        across_lists=False,
        consensus=False,
        moods=MoodCounting(by_likes=False, by_month=by_month),
        set_aside=lambda: 0,
        sorts=dict,
    )
    for _ in stream:
        pass
    return report()


def page(report: Report) -> str:
    """The page without its comments."""
    file = io.StringIO()
    write_html(report, [], "0", file)
    return file.getvalue()


def test_a_row_a_city_and_month() -> None:
    """As many as the report has, and a way to them."""
    report = summed(["2024-05-01", "2024-06-02", None], by_month=True)
    text = page(report)

    section = re.search(r'<section id="months-section".*?</section>', text, re.DOTALL)
    assert section
    assert section.group().count('<th scope="row"') == len(dated_months(report)) > 3
    assert "2024-05" in section.group()
    assert '<a href="#months-section">' in text


@pytest.mark.parametrize(("dates", "by_month"), [(["2024-05-01"], False), ([None], True)])
def test_no_months_without_dates_or_when_not_asked(dates: list[str | None], *, by_month: bool) -> None:
    """No heading, no link."""
    assert "months-section" not in page(summed(dates, by_month=by_month))
