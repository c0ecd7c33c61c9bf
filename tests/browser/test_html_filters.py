"""Filters, search, order and pages of the comments: what is left is what the records say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from made_report import Made, Record, Visit

pytestmark = pytest.mark.xdist_group("browser")

A_PAGE = 50


def slug(name: str) -> str:
    """A name as the address writes it."""
    return re.sub(r"\W+", "-", folded(name)).strip("-")


def folded(text: str) -> str:
    """A text as it is searched: without case and accents."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M")).lower()


def cities_of(record: Record) -> set[str]:
    """Slugs of what a comment is about: its entry, what it names, and what it judges."""
    names = [mention["name"] for mention in record["mentions"] if mention["label"] in {"CITY", "ENTRY"}]
    names += [mood["target"] for mood in record["moods"]] + [claim["subject"] for claim in record["claims"]]
    names += [record["entry"]["name"]] if record["entry"] else []
    return set(map(slug, names))


def has_mood(record: Record, label: str, city: str | None = None) -> bool:
    """Whether a comment has a mood, towards a city if one is named."""
    return any(mood["label"] == label and city in (None, slug(mood["target"])) for mood in record["moods"])


def has_stance(record: Record, stance: str, city: str | None = None) -> bool:
    """Whether a comment claims something of a rank, of that of a city if one is named."""
    return any(claim["stance"] == stance and city in (None, slug(claim["subject"])) for claim in record["claims"])


def companies_of(record: Record) -> set[str]:
    """Slugs of the companies that a comment names."""
    names = [mention["name"] for mention in record["mentions"] if mention["label"] == "COMPANY"]
    return set(map(slug, names + [link["company"] for link in record["links"]]))


def left(seed: Made, keep: Callable[[Record], bool]) -> list[str]:
    """Ids of the records to be kept, in their order."""
    return [record["id"] for record in seed.records if keep(record)]


CHOSEN = [
    ({"mood": "pos"}, lambda record: has_mood(record, "pos")),
    ({"mood": "neu"}, lambda record: has_mood(record, "neu")),
    ({"mood": "neg"}, lambda record: has_mood(record, "neg")),
    ({"stance": "too_low"}, lambda record: has_stance(record, "too_low")),
    ({"stance": "too_high"}, lambda record: has_stance(record, "too_high")),
    ({"stance": "right"}, lambda record: has_stance(record, "right")),
    ({"city": "madrid"}, lambda record: "madrid" in cities_of(record)),
    ({"city": "new-york"}, lambda record: "new-york" in cities_of(record)),
    # What is said of the city itself, not merely in the same comment.
    ({"city": "tokyo", "mood": "pos"}, lambda record: has_mood(record, "pos", "tokyo")),
    ({"city": "shanghai", "stance": "too_low"}, lambda record: has_stance(record, "too_low", "shanghai")),
    (
        {"city": "singapore", "mood": "pos", "stance": "too_low"},
        lambda record: has_mood(record, "pos", "singapore") and has_stance(record, "too_low", "singapore"),
    ),
    ({"mood": "pos", "q": "tokyo"}, lambda record: has_mood(record, "pos") and "tokyo" in record["text"].lower()),
]


@pytest.mark.parametrize(("chosen", "keep"), CHOSEN, ids=[" ".join(chosen.values()) for chosen, _ in CHOSEN])
def test_a_filter_leaves_what_the_records_say(
    visit: Visit, seed: Made, chosen: dict[str, str], keep: Callable[[Record], bool]
) -> None:
    """By city, mood, stance, text and several at once; the count says how many; reset brings all back."""
    expected = left(seed, keep)
    assert 0 < len(expected) < len(seed.records)
    page = visit(seed.file)

    page.choose(**chosen)

    page.becomes(page.count, (len(expected), len(seed.records)))
    assert page.all_ids() == expected
    page.reset()
    page.becomes(page.count, (len(seed.records), len(seed.records)))
    assert [page.control(name).input_value() for name in chosen] == [""] * len(chosen)


def test_every_option_of_every_filter(visit: Visit, seed: Made) -> None:
    """Each option leaves as many comments as the records have, and each city and company of the records has one."""
    page = visit(seed.file)

    for name, keep in (
        ("city", lambda record, value: value in cities_of(record)),
        ("company", lambda record, value: value in companies_of(record)),
        ("mood", has_mood),
        ("stance", has_stance),
    ):
        values = page.options(name)
        assert values[0] == ""
        for value in values[1:]:
            page.choose(**{name: value})
            kept = [record for record in seed.records if keep(record, value)]
            page.becomes(page.count, (len(kept), len(seed.records)))
        page.choose(**{name: ""})
    assert page.options("mood") == ["", "pos", "neu", "neg"]
    assert page.options("stance") == ["", "too_low", "too_high", "right", "unspecified"]
    assert set(page.options("company")[1:]) == set().union(*map(companies_of, seed.records))
    assert (
        set().union(*map(cities_of, seed.records))
        >= set(page.options("city")[1:])
        >= {slug(record["entry"]["name"]) for record in seed.records}
    )
    assert page.control("list").count() == 0


@pytest.mark.parametrize(
    "text",
    ["robot", "ROBOT", "high tech", ".", "(", "[a-z]+", ".*", "\\", "$", "?", "🚀", "zzz-nothing", "it's"],
)
def test_search_is_for_the_text_as_it_stands(visit: Visit, seed: Made, text: str) -> None:
    """Case does not matter; signs of regular expressions are only signs; what nobody wrote leaves nothing."""
    page = visit(seed.file)
    expected = left(seed, lambda record: folded(text) in folded(record["text"]))

    page.choose(q=text)

    page.becomes(page.count, (len(expected), len(seed.records)))
    assert page.all_ids() == expected


def test_search_is_taken_while_somebody_types(visit: Visit, seed: Made) -> None:
    """Without a button to press; Enter does not send a form away."""
    page = visit(seed.file)
    expected = left(seed, lambda record: "metro" in record["text"].lower())

    page.control("q").press_sequentially("metro")
    page.control("q").press("Enter")

    page.becomes(page.count, (len(expected), len(seed.records)))
    assert page.page.url.startswith(page.uri)
    assert "?" not in page.page.url


def _strongest(record: Record) -> float:
    return max((abs(mood["score"]) for mood in record["moods"]), default=0.0)


def test_orders(visit: Visit, seed: Made) -> None:
    """As they came, by listed rank (the seed has them so already), by strongest mood."""
    page = visit(seed.file)
    assert page.options("sort") == ["order", "rank", "likes", "date", "mood"]
    assert page.all_ids() == [record["id"] for record in seed.records]

    page.choose(sort="rank")
    by_rank = sorted(seed.records, key=lambda record: record["entry"]["rank"])
    page.becomes(page.ids, [record["id"] for record in by_rank[:A_PAGE]])

    page.choose(sort="mood")
    by_mood = sorted(seed.records, key=_strongest, reverse=True)
    page.becomes(page.ids, [record["id"] for record in by_mood[:A_PAGE]])
    page.choose(sort="order")
    page.becomes(page.ids, [record["id"] for record in seed.records[:A_PAGE]])


def test_pages_of_fifty(visit: Visit, seed: Made) -> None:
    """Buttons turn to the first, previous, next and last page, and are off where there is none."""
    page = visit(seed.file)
    ids = [record["id"] for record in seed.records]
    first, second = ids[:A_PAGE], ids[A_PAGE:]
    assert page.ids() == first

    for button, shown in (("next", second), ("prev", first), ("last", second), ("first", first)):
        page.turn(button)
        page.becomes(page.ids, shown)
        at_the_end = shown == second
        assert [
            page.page.locator(f"#pager button[data-page={name}]").is_enabled()
            for name in ("first", "prev", "next", "last")
        ] == [at_the_end, at_the_end, not at_the_end, not at_the_end]


def test_a_filter_turns_back_to_the_first_page(visit: Visit, seed: Made) -> None:
    """Who was on the second page sees the first of what is left."""
    page = visit(seed.file)
    expected = left(seed, lambda record: has_mood(record, "pos"))
    page.turn("last")

    page.choose(mood="pos")

    page.becomes(page.ids, expected[:A_PAGE])
