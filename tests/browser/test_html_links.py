"""Links that can be shared: what stands behind ``#`` in the address, and back again."""

from __future__ import annotations

import pytest
from made_report import Made, OpenPage
from report_page import ReportPage
from test_html_filters import cities_of, has_mood, left, slug

pytestmark = pytest.mark.xdist_group("browser")


def chosen(page: ReportPage) -> dict[str, str]:
    """Filters that are set."""
    values = {name: page.control(name).input_value() for name in ("city", "mood", "stance", "company", "q")}
    return {name: value for name, value in values.items() if value}


@pytest.mark.parametrize(
    ("fragment", "set_"),
    [
        ("city=madrid", {"city": "madrid"}),
        ("city=new-york", {"city": "new-york"}),
        ("city=tokyo&mood=pos", {"city": "tokyo", "mood": "pos"}),
        ("q=tokyo&mood=neg", {"mood": "neg", "q": "tokyo"}),
        ("q=high%20tech", {"q": "high tech"}),
        ("q=%26%23%3D%3C", {"q": "&#=<"}),
        ("stance=too_high&sort=rank", {"stance": "too_high"}),
        # What the page does not know of is passed over.
        ("city=atlantis-of-nowhere", {}),
        ("mood=angry&stance=", {}),
        ("nonsense", {}),
        ("%E0%A4%A", {}),
        ("page=99", {}),
        ("page=-1", {}),
    ],
)
def test_a_link_sets_the_filters(open_page: OpenPage, seed: Made, fragment: str, set_: dict[str, str]) -> None:
    """On opening; what cannot be meant is no filter."""
    page = open_page(seed.file, fragment)

    page.becomes(lambda: chosen(page), set_)
    kept = left(
        seed,
        lambda record: (
            ("city" not in set_ or set_["city"] in cities_of(record))
            and ("mood" not in set_ or has_mood(record, set_["mood"], set_.get("city")))
            and ("stance" not in set_ or any(claim["stance"] == set_["stance"] for claim in record["claims"]))
            and set_.get("q", "") in record["text"].lower()
        ),
    )
    page.becomes(page.count, (len(kept), len(seed.records)))


def test_a_reload_and_the_back_button(open_page: OpenPage, seed: Made) -> None:
    """The address holds the city; loading it again shows the same; back and forward go through what was looked at."""
    page = open_page(seed.file)
    every = len(seed.records)
    tokyo, madrid = (sum(city in cities_of(record) for record in seed.records) for city in ("tokyo", "madrid"))
    assert len({every, tokyo, madrid}) == 3

    page.page.evaluate("location.hash = 'city=tokyo'")
    page.becomes(page.count, (tokyo, every))
    page.page.evaluate("location.hash = 'city=madrid'")
    page.becomes(page.count, (madrid, every))
    page.page.reload()
    page.becomes(page.count, (madrid, every))
    page.page.go_back()
    page.becomes(page.count, (tokyo, every))
    assert chosen(page) == {"city": "tokyo"}
    page.page.go_back()
    page.becomes(page.count, (every, every))
    assert chosen(page) == {}
    page.page.go_forward()
    page.becomes(page.count, (tokyo, every))


def test_what_is_chosen_stands_in_the_address(open_page: OpenPage, seed: Made) -> None:
    """So that it can be copied and opened by somebody else."""
    page = open_page(seed.file)
    page.choose(mood="pos", q="Tokyo & robots=?", sort="mood")
    page.becomes(lambda: "mood=pos" in page.fragment, True)
    page.becomes(lambda: "sort=mood" in page.fragment, True)
    page.choose(q="tokyo")
    page.becomes(lambda: "q=tokyo" in page.fragment, True)
    ids = page.ids()

    other = open_page(seed.file, page.fragment)

    other.becomes(lambda: chosen(other), {"mood": "pos", "q": "tokyo"})
    assert other.control("sort").input_value() == "mood"
    assert other.ids() == ids


def test_the_page_of_the_pager_is_in_the_address(open_page: OpenPage, seed: Made) -> None:
    """The second page opens as the second page."""
    page = open_page(seed.file, "page=2")

    page.becomes(page.ids, [record["id"] for record in seed.records[50:]])


def test_every_city_of_a_table_is_a_link(open_page: OpenPage, seed: Made) -> None:
    """To the comments about it."""
    page = open_page(seed.file)
    targets = page.each("#cities-high-tech-cities tbody th a", "node.getAttribute('href')")
    assert targets == [f"#city={slug(row['name'])}" for row in seed.report["cities"]]

    link = page.page.locator("#cities-high-tech-cities tbody a[href='#city=madrid']")
    link.click()

    page.becomes(page.count, (len(left(seed, lambda record: "madrid" in cities_of(record))), len(seed.records)))
    # Who follows the link wants to see the comments.
    page.becomes(lambda: page.page.locator("#comments article").first.is_visible(), True)
    page.becomes(
        lambda: page.page.evaluate(
            "document.querySelector('#comments-section').getBoundingClientRect().top < innerHeight / 2"
        ),
        True,
    )


def test_a_quoted_sentence_leads_to_its_comment(open_page: OpenPage, seed: Made) -> None:
    """From the disputes, whatever was filtered before."""
    page = open_page(seed.file, "mood=neg")
    quote = seed.report["disputes"][0]["quotes"][0]

    page.page.locator("#disputes .source").first.click()

    page.becomes(lambda: page.comment(quote["comment"]).count(), 1)
    page.becomes(
        lambda: page.page.evaluate(
            """id => { const box = document.querySelector(`article[data-id="${id}"]`).getBoundingClientRect();
            return box.top >= 0 && box.top < innerHeight; }""",
            quote["comment"],
        ),
        True,
    )
