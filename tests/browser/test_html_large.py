"""A page of twenty thousand comments: its size, what it says, and how long it takes by its own clock (printed)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_report import OpenPage

from commentlens.records import STANCES, AnnotatedComment, Claim, Entry, Mention, Mood, RankedList
from commentlens.render.html_comments import COMMENTS_LISTED

pytestmark = pytest.mark.xdist_group("browser")

MEGABYTE = 1_000_000
TOWNS = ("Oslo", "Bergen", "Genoa", "Aarhus", "Porto", "Lisbon", "Malmö", "Bilbao", "Split", "Trieste")
RANKED = RankedList(
    id="harbours",
    title="Finest harbours",
    kind="city",
    entries=tuple(Entry(name=name, rank=rank) for rank, name in enumerate(TOWNS, 1)),
)
WORDS = "the a of harbour quay ships old bridge rain fish market tram ferry lovely dull windy crowded cheap 🚢".split()
FEELINGS = {"lovely": 0.6, "dull": -0.5, "fine": 0.05}


def comments(number: int) -> Iterator[AnnotatedComment]:
    """Comments of about 180 characters, each with two towns, a mood, and every fifth with a claim."""
    chance = random.Random(7)
    for at in range(number):
        entry, other = (RANKED.entries[chance.randrange(len(TOWNS))] for _ in range(2))
        feeling, score = chance.choice(list(FEELINGS.items()))
        before = " ".join(chance.choices(WORDS, k=12)) + ". "
        after = f" and {other.name} too, " + " ".join(chance.choices(WORDS, k=14))
        said = f"{entry.name} is {feeling}"
        text = before + said + after
        start = len(before)
        second = start + len(said) + len(" and ")
        stance = STANCES[at // 5 % len(STANCES)]
        claim = Claim(
            subject=entry.name, stance=stance, listed=entry.rank, span=(start, start + len(said)), rule="made"
        )
        yield AnnotatedComment(
            id=f"c{at:05}",
            text=text,
            list=RANKED.title,
            entry=entry,
            author=f"author {at % 3000}" if at % 3 else None,
            created=f"20{10 + at % 15}-0{1 + at % 9}-1{at % 10}",
            likes=chance.randrange(500) if at % 2 else None,
            mentions=(
                Mention(
                    start=start,
                    end=start + len(entry.name),
                    text=entry.name,
                    label="CITY",
                    name=entry.name,
                    via="entry",
                ),
                Mention(
                    start=second,
                    end=second + len(other.name),
                    text=other.name,
                    label="CITY",
                    name=other.name,
                    via="entry",
                ),
            ),
            moods=(
                Mood(
                    target=entry.name,
                    label="pos" if score > 0.1 else "neg" if score < 0 else "neu",
                    score=score,
                    implied=False,
                    evidence=((start, start + len(said)),),
                ),
            ),
            claims=() if at % 5 else (claim,),
        )


def test_twenty_thousand_comments(
    open_page: OpenPage,
    written: Callable[..., Path],
    record_property: Callable[[str, object], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Under 40 MB; filters and search leave what they should, and the page says how long it took."""
    listed = list(comments(COMMENTS_LISTED))
    assert len(listed) == 20_000
    started = time.perf_counter()
    file = written(listed, [RANKED])
    figures = {"build s": time.perf_counter() - started, "size MB": file.stat().st_size / MEGABYTE}
    assert MEGABYTE < file.stat().st_size < 40 * MEGABYTE

    page = open_page(file)
    assert page.count() == (COMMENTS_LISTED, COMMENTS_LISTED)
    assert len(page.ids()) == 50
    steps = {
        "city": ({"city": "oslo"}, [c for c in listed if "Oslo" in {m.name for m in c.mentions}]),
        "mood": ({"mood": "neg"}, [c for c in listed if c.moods[0].label == "neg"]),
        "stance": ({"stance": "right"}, [c for c in listed if any(claim.stance == "right" for claim in c.claims)]),
        "first search": ({"q": "ferry"}, [c for c in listed if "ferry" in c.text]),
        "second search": ({"q": "malmo"}, [c for c in listed if "Malmö" in c.text]),
        "likes": ({"sort": "likes"}, sorted(listed, key=lambda c: -(c.likes or 0))),
        "date": ({"sort": "date"}, sorted(listed, key=lambda c: c.created or "", reverse=True)),
    }
    for name, (chosen, expected) in steps.items():
        page.page.evaluate("window.commentlens.lastFilterMs = null")
        page.choose(**chosen)
        page.becomes(lambda: page.page.evaluate("window.commentlens.lastFilterMs") is None, False)
        figures[f"{name} ms"] = float(page.page.evaluate("window.commentlens.lastFilterMs"))
        assert page.count() == (len(expected), COMMENTS_LISTED)
        assert page.ids() == [comment.id for comment in expected[:50]]
        page.choose(city="", mood="", stance="", sort="order")
        if "q" in chosen:
            page.choose(q="")
        page.becomes(page.count, (COMMENTS_LISTED, COMMENTS_LISTED))

    for name, figure in figures.items():
        record_property(name, figure)
    with capsys.disabled():
        shown = ", ".join(f"{name} {figure:.1f}" for name, figure in figures.items())
        print(f"\n{COMMENTS_LISTED:,} comments: {shown}")  # noqa: T201 (the figures that this test is read for)


def test_above_the_limit_the_page_says_what_it_lists(open_page: OpenPage, written: Callable[..., Path]) -> None:
    """All with claims, then those with most likes, in the order in which they came; figures are of all."""
    most, many = 200, list(comments(300))
    page = open_page(written(many, [RANKED], most=most))
    claimed = [comment for comment in many if comment.claims]
    others = sorted((c for c in many if not c.claims), key=lambda c: -(c.likes or 0))
    left_out = {comment.id for comment in others[most - len(claimed) :]}
    assert len(left_out) == 100

    assert page.count() == (most, most)
    assert page.all_ids() == [comment.id for comment in many if comment.id not in left_out]
    assert page.page.locator("[data-figure=comments]").inner_text() == "300"
    note = page.page.locator("#listed-note").inner_text()
    assert "200" in note
    assert "300" in note
