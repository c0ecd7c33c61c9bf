"""Texts written to break the page are shown to the letter and do nothing; several lists, no list, one comment."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hostile import ALERT, TEXTS, TITLES, write_corpus
from made_report import Made, OpenPage, Record, Visit
from report_page import ReportPage

from commentlens.records import AnnotatedComment, Entry, Mention, Mood, RankedList

pytestmark = pytest.mark.xdist_group("browser")

NAMES = ("city", "company", "country", "region", "entry")


@pytest.fixture(scope="module")
def hostile(make: Callable[..., Made], tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The report of the hostile corpus."""
    corpus = tmp_path_factory.mktemp("hostile") / "hostile.jsonl"
    write_corpus(corpus)
    return make(corpus)


def shown(page: ReportPage) -> dict[str, dict[str, Any]]:
    """What stands in each comment of the page that is shown: its text, and its marks with their texts, in order."""
    found = page.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#comments article.comment')].map(item => {
          const text = item.querySelector('.text');
          return [item.dataset.id, {
            text: text.textContent,
            author: item.querySelector('.author').textContent,
            children: [...text.querySelectorAll('*')].map(node => node.tagName),
            marks: [...text.querySelectorAll('mark')].map(mark => [mark.dataset.layer, mark.textContent]),
          }];
        }))"""
    )
    assert isinstance(found, dict)
    return found


def test_every_text_is_shown_to_the_letter(visit: Visit, hostile: Made) -> None:
    """Markup, right-to-left letters, lone carriage returns, separators, control characters, endless words."""
    page = visit(hostile.file)
    comments = shown(page)

    assert len(comments) == len(hostile.records) == 2 * len(TEXTS) + 1
    for record in hostile.records:
        comment = comments[record["id"]]
        assert comment["text"] == record["text"], record["id"]
        assert comment["author"] == (record["author"] or "anonymous")
        assert set(comment["children"]) <= {"MARK"}


def _spans(record: Record) -> set[str]:
    """Texts of the spans of everything but mentions."""
    spans = [item["span"] for name in ("claims", "comparisons", "links") for item in record[name]]
    spans += [span for mood in record["moods"] for span in mood["evidence"]]
    return {record["text"][start:end] for start, end in spans}


def test_marks_hold_what_the_record_says(visit: Visit, hostile: Made) -> None:
    """Behind letters that take two units in JavaScript, and between letters written right to left."""
    page = visit(hostile.file)
    comments = shown(page)
    seen = 0

    for record in hostile.records:
        marks = comments[record["id"]]["marks"]
        names = [(layer, text) for layer, text in marks if layer in NAMES]
        assert names == [(item["label"].lower(), item["text"]) for item in record["mentions"]], record["id"]
        assert {text for layer, text in marks if layer not in NAMES} <= _parts(record)
        seen += len(names)
    assert seen > 30
    assert "😀" in next(record["text"] for record in hostile.records if record["id"] == "0-astral").partition("Oslo")[0]


def _parts(record: Record) -> set[str]:
    """The spans, and the pieces into which they are cut where they cross each other."""
    text = record["text"]
    spans = [item["span"] for name in ("claims", "comparisons", "links") for item in record[name]]
    spans += [span for mood in record["moods"] for span in mood["evidence"]]
    cuts = {offset for span in spans for offset in span}
    cuts |= {offset for item in record["mentions"] for offset in (item["start"], item["end"])}
    return {text[a:b] for start, end in spans for a in cuts for b in cuts if start <= a < b <= end} | _spans(record)


def test_nothing_of_it_became_part_of_the_page(visit: Visit, hostile: Made) -> None:
    """No element but the page's own: no image, no link to a script, one title, the page's own scripts."""
    page = visit(hostile.file)
    page.page.wait_for_timeout(200)

    counted = page.page.evaluate(
        """() => ({
          images: document.querySelectorAll('img, iframe, object, embed, textarea, base').length,
          loaded: document.querySelectorAll('[onload], [onerror], [onclick], script[src]').length,
          scripts: [...document.querySelectorAll('a')].filter(a => a.protocol === 'javascript:').length,
          titles: document.querySelectorAll('head title').length,
          mains: document.querySelectorAll('main').length,
        })"""
    )
    assert counted == {"images": 0, "loaded": 0, "scripts": 0, "titles": 1, "mains": 1}
    assert ALERT in page.page.locator("body").inner_text()
    assert "49" not in page.page.locator('article[data-id="0-link"] .text').inner_text()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<script>", {"script"}),
        ("</SCRIPT>", {"script", "end"}),
        ("^$", {"regular"}),
        (".*", {"regular"}),
        ("\\", {"backslash"}),
        ("😀", {"astral"}),
        ("👩‍👩‍👧", {"astral"}),
        ("אוסלו", {"right to left"}),
        ("__proto__", {"prototype"}),
        ("ete", {"combining"}),
        ("W" * 5000, {"long"}),
    ],
)
def test_search_for_odd_letters(visit: Visit, hostile: Made, text: str, names: set[str]) -> None:
    """They are searched for as they stand."""
    page = visit(hostile.file)
    expected = {f"{number}-{name}" for number in (0, 1) for name in names}
    expected |= {record["id"] for record in hostile.records if record["list"] is None and text.lower() in ALERT}

    page.choose(q=text)

    page.becomes(lambda: set(page.ids()), expected)


def test_several_lists(visit: Visit, hostile: Made) -> None:
    """A table and a filter for each; titles with markup stay titles."""
    page = visit(hostile.file)
    assert page.options("list") == ["", "list-0", "list-1"]

    for number, title in enumerate(TITLES):
        page.choose(list=f"list-{number}")
        expected = [record["id"] for record in hostile.records if record["list"] == title]
        page.becomes(page.ids, expected)
        assert page.page.locator(f"#cities-list-{number}").count() == 1
        rows = page.page.locator(f"#cities-list-{number} tbody tr").count()
        assert rows == sum(row["list_id"] == f"list-{number}" for row in hostile.report["cities"])
    page.choose(list="", city="oslo")
    page.becomes(lambda: "alone-<b>'\"" in page.ids(), True)


def test_orders_by_likes_and_date(visit: Visit, hostile: Made) -> None:
    """Most likes first; newest first, what has no date that can be read last."""
    page = visit(hostile.file)

    page.choose(sort="likes")
    by_likes = sorted(hostile.records, key=lambda record: record["likes"] or 0, reverse=True)
    page.becomes(page.ids, [record["id"] for record in by_likes])

    page.choose(sort="date")
    dated = [record for record in hostile.records if (record["created"] or "").startswith("2024-")]
    dates = [record["created"] for record in dated]
    assert len({key for key, _ in groupby(sorted(dates))}) > 2
    newest = [record["id"] for record in sorted(dated, key=lambda record: record["created"], reverse=True)]
    page.becomes(lambda: page.ids()[: len(newest)], newest)


@pytest.mark.parametrize("id_", ["alone-<b>'\"", "1-right to left"])
def test_a_link_to_a_comment_with_an_odd_id(visit: Visit, hostile: Made, id_: str) -> None:
    """Its id is written into the address and found again."""
    page = visit(hostile.file)
    links = page.page.locator("#comments article a.id")
    link = links.nth(page.ids().index(id_))

    link.click()

    page.becomes(
        lambda: page.page.evaluate("document.activeElement.dataset.id ?? ''"),
        id_,
    )


FARO = Entry(name="Faro", rank=1)
ONE = RankedList(id="one", title="Best town", kind="city", entries=(FARO,))
PRAISE = Mood(target="Faro", label="pos", score=0.5, implied=False, evidence=((8, 14),))
NAMED = Mention(start=0, end=4, text="Faro", label="CITY", name="Faro", via="gazetteer")
SMALL = {
    "no list": (AnnotatedComment(id="only", text="Faro is lovely", mentions=(NAMED,), moods=(PRAISE,)), []),
    "nothing found": (AnnotatedComment(id="only", text="Well."), []),
    "no text": (AnnotatedComment(id="only", text="", list="Best town", entry=FARO), [ONE]),
    "a list of one": (
        AnnotatedComment(id="only", text="Faro is lovely", list="Best town", entry=FARO, moods=(PRAISE,)),
        [ONE],
    ),
}


@pytest.mark.parametrize(("comment", "lists"), SMALL.values(), ids=SMALL)
def test_one_comment(
    open_page: OpenPage, written: Callable[..., Path], comment: AnnotatedComment, lists: list[RankedList]
) -> None:
    """A page all the same, with figures, filters and the comment."""
    page = open_page(written([comment], lists))

    assert page.count() == (1, 1)
    assert page.ids() == ["only"]
    assert page.page.locator("[data-figure=comments]").inner_text() == "1"
    assert page.page.locator("#comments .text").text_content() == comment.text
    page.choose(q="there is no such text")
    page.becomes(page.count, (0, 1))
    assert page.ids() == []
    page.reset()
    page.becomes(page.ids, ["only"])
    assert page.overflow() == 0


def test_no_comment_at_all(open_page: OpenPage, written: Callable[..., Path]) -> None:
    """A list that nobody wrote under."""
    page = open_page(written([], [ONE]))

    assert page.count() == (0, 0)
    assert page.ids() == []
    assert page.page.locator("#cities-one tbody tr").count() == 1
