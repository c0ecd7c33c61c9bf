"""Records in and out of JSON: nothing is lost, and every wrong shape is named with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.errors import RecordError
from commentlens.record_json import annotated_from_dict, annotated_to_dict, entry_from_dict, entry_to_dict
from commentlens.record_schema import record_schema
from commentlens.records import (
    LABELS,
    MOODS,
    STANCES,
    AnnotatedComment,
    Claim,
    Comparison,
    Entry,
    Link,
    Mention,
    Mood,
)

WHERE = "a.jsonl, line 2"
TEXT = "Rome at 7? no, top 5; BMW is in Munich"
COMMENT = AnnotatedComment(
    id="x-1",
    text=TEXT,
    raw="Rome at 7? no, top 5; BMW is in Munich",
    list="Best Cities",
    entry=Entry(name="Rome", within="Italy", rank=7),
    author="ann",
    created="2024-01-02",
    likes=3,
    mentions=(
        Mention(start=0, end=4, text="Rome", label="CITY", name="Rome", id="geonames:1", via="entry"),
        Mention(start=22, end=25, text="BMW", label="COMPANY", name="BMW", id=None, via="gazetteer"),
    ),
    moods=(Mood(target="Rome", label="pos", score=0.6, implied=False, evidence=((15, 20),)),),
    claims=(
        Claim(subject="Rome", stance="too_low", proposed=(1, 5), listed=7, stated=7, span=(15, 20), rule="r"),
        Claim(subject="Oslo", stance="too_high", proposed=(11, None), span=(0, 4), rule="r"),
    ),
    comparisons=(Comparison(better="Rome", worse="*", relation="better", aspect="food", span=(0, 4), rule="r"),),
    links=(Link(company="BMW", city="Munich", relation="located_in", span=(22, 38), rule="r"),),
)
ROW: dict[str, Any] = {
    "schema": "commentlens/1",
    "id": "x-1",
    "list": "Best Cities",
    "entry": {"name": "Rome", "within": "Italy", "rank": 7},
    "author": "ann",
    "created": "2024-01-02",
    "likes": 3,
    "text": TEXT,
    "raw": TEXT,
    "mentions": [
        {
            "start": 0,
            "end": 4,
            "text": "Rome",
            "label": "CITY",
            "name": "Rome",
            "id": "geonames:1",
            "via": "entry",
        },
        {"start": 22, "end": 25, "text": "BMW", "label": "COMPANY", "name": "BMW", "id": None, "via": "gazetteer"},
    ],
    "moods": [{"target": "Rome", "label": "pos", "score": 0.6, "implied": False, "evidence": [[15, 20]]}],
    "claims": [
        {
            "subject": "Rome",
            "stance": "too_low",
            "proposed": [1, 5],
            "listed": 7,
            "stated": 7,
            "span": [15, 20],
            "rule": "r",
        },
        {
            "subject": "Oslo",
            "stance": "too_high",
            "proposed": [11, None],
            "listed": None,
            "stated": None,
            "span": [0, 4],
            "rule": "r",
        },
    ],
    "comparisons": [
        {"better": "Rome", "worse": "*", "relation": "better", "aspect": "food", "span": [0, 4], "rule": "r"}
    ],
    "links": [{"company": "BMW", "city": "Munich", "relation": "located_in", "span": [22, 38], "rule": "r"}],
}


def test_a_whole_record() -> None:
    """Both ways, keys in documented order."""
    written = annotated_to_dict(COMMENT)
    assert written == ROW
    assert json.dumps(written) == json.dumps(ROW)
    assert annotated_from_dict(ROW, WHERE) == COMMENT


def test_the_smallest_record() -> None:
    """Only id and text; the rest is empty or null."""
    smallest = AnnotatedComment(id="a", text="")
    assert annotated_from_dict({"id": "a", "text": ""}, WHERE) == smallest
    assert annotated_from_dict(annotated_to_dict(smallest), WHERE) == smallest


def test_gold_with_fewer_keys() -> None:
    """Scores follow from labels, rules are gold, the text of a mention is that of its span."""
    row = {
        "id": "a",
        "text": TEXT,
        "mentions": [{"start": 0, "end": 4, "text": "ignored", "label": "CITY", "name": "Rome"}],
        "moods": [{"target": "Rome", "label": "neg"}],
        "claims": [{"subject": "Rome", "stance": "right", "span": [0, 4]}, {"subject": "Rome", "stance": "too_low"}],
        "comparisons": [{"better": "a", "worse": "b", "relation": "equal"}],
        "links": [{"company": "BMW", "city": "Munich", "relation": "located_in", "span": [0, 4]}],
    }
    assert annotated_from_dict(row, WHERE) == AnnotatedComment(
        id="a",
        text=TEXT,
        mentions=(Mention(start=0, end=4, text="Rome", label="CITY", name="Rome", via="gold"),),
        moods=(Mood(target="Rome", label="neg", score=-1.0, implied=False),),
        claims=(
            Claim(subject="Rome", stance="right", span=(0, 4), rule="gold"),
            Claim(subject="Rome", stance="too_low", span=(0, len(TEXT)), rule="gold"),
        ),
        comparisons=(Comparison(better="a", worse="b", relation="equal", span=(0, len(TEXT)), rule="gold"),),
        links=(Link(company="BMW", city="Munich", relation="located_in", span=(0, 4), rule="gold"),),
    )


@pytest.mark.parametrize(
    ("entry", "row"),
    [
        (Entry(name="Rome"), {"name": "Rome", "rank": None}),
        (Entry(name="Rome", rank=3, within="Italy"), {"name": "Rome", "within": "Italy", "rank": 3}),
        (Entry(name="Rome", rank=3, blurb="old"), {"name": "Rome", "rank": 3}),
    ],
)
def test_entries(entry: Entry, row: dict[str, Any]) -> None:
    """The blurb stays with the list."""
    assert entry_to_dict(entry) == row
    assert entry_from_dict({**row, "blurb": entry.blurb}, WHERE) == entry


def edited(*path: str | int, to: object) -> dict[str, Any]:
    """The row with one value changed."""
    row: dict[str, Any] = json.loads(json.dumps(ROW))
    target: Any = row
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = to
    return row


ONE_OF_LABELS = f"must be one of {', '.join(LABELS)}"
ONE_OF_STANCES = f"must be one of {', '.join(STANCES)}"
INTERVAL = "must be null or [best, worst] with whole numbers from 1, best <= worst, worst null if open"
SPAN = f"[start, end] with 0 <= start < end <= {len(TEXT)}"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([], '"record" must be a JSON object, got [].'),
        (
            edited("schema", to="other/1"),
            '"schema" must be "commentlens/1", got \'other/1\'. Annotate the source again.',
        ),
        (edited("id", to=None), '"id" must be a string, got None.'),
        (edited("text", to=1), '"text" must be a string, got 1.'),
        (edited("author", to=1), '"author" must be a string, got 1.'),
        (edited("likes", to=1.5), '"likes" must be a whole number or null, got 1.5.'),
        (edited("likes", to=True), '"likes" must be a whole number or null, got True.'),
        (edited("entry", to="Rome"), "\"entry\" must be a JSON object, got 'Rome'."),
        (edited("entry", "rank", to="7"), "\"rank\" must be a whole number or null, got '7'."),
        (edited("mentions", to={"a": 1}), "\"mentions\" must be a list, got {'a': 1}."),
        (edited("mentions", 0, to=3), '"mentions[0]" must be a JSON object, got 3.'),
    ],
)
def test_wrong_records(row: object, message: str) -> None:
    """Place, key, what was got, what is allowed."""
    with pytest.raises(RecordError) as caught:
        annotated_from_dict(row, WHERE)
    assert str(caught.value) == f"{WHERE}: {message}"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (edited("mentions", 1, "end", to=99), f'mentions[1]: "start, end" must be {SPAN}, got [22, 99].'),
        (
            edited("mentions", 1, "label", to="TOWN"),
            f"mentions[1]: \"label\" {ONE_OF_LABELS}, got 'TOWN'.",
        ),
        (edited("mentions", 0, "name", to=None), 'mentions[0]: "name" must be a string, got None.'),
        (edited("moods", 0, "label", to="good"), f"moods[0]: \"label\" must be one of {', '.join(MOODS)}, got 'good'."),
        (edited("moods", 0, "score", to=1.5), 'moods[0]: "score" must be a number from -1 to 1, got 1.5.'),
        (edited("moods", 0, "score", to=True), 'moods[0]: "score" must be a number from -1 to 1, got True.'),
        (edited("moods", 0, "evidence", to=[[3, 3]]), f'moods[0]: "evidence" must be {SPAN}, got [3, 3].'),
        (
            edited("claims", 1, "stance", to="low"),
            f"claims[1]: \"stance\" {ONE_OF_STANCES}, got 'low'.",
        ),
        (edited("claims", 0, "span", to=None), f'claims[0]: "span" must be {SPAN}, got None.'),
        (edited("claims", 0, "span", to=[True, 4]), f'claims[0]: "span" must be {SPAN}, got [True, 4].'),
        (
            edited("claims", 0, "proposed", to=[None, 4]),
            f'claims[0]: "proposed" {INTERVAL}, got [None, 4].',
        ),
        (edited("claims", 0, "listed", to="7"), "claims[0]: \"listed\" must be a whole number or null, got '7'."),
        (
            edited("comparisons", 0, "relation", to="worse"),
            "comparisons[0]: \"relation\" must be one of better, equal, got 'worse'.",
        ),
        (edited("links", 0, "city", to=None), 'links[0]: "city" must be a string, got None.'),
    ],
)
def test_wrong_items(row: object, message: str) -> None:
    """The item's own place too."""
    with pytest.raises(RecordError) as caught:
        annotated_from_dict(row, WHERE)
    assert str(caught.value) == f"{WHERE}, {message}"


names = st.text(min_size=1, max_size=8)
optional = st.none() | st.text(max_size=8)
rank = st.integers(1, 2000)


@st.composite
def comments(draw: st.DrawFn) -> AnnotatedComment:
    """Any record that obeys its own types."""
    text = draw(st.text(min_size=1))
    spans = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.integers(start + 1, len(text)).map(lambda end: (start, end))
    )
    mention_spans = draw(st.lists(spans, max_size=3))
    intervals = st.none() | st.tuples(rank, st.none()) | st.tuples(rank, rank).map(lambda pair: (min(pair), max(pair)))
    return AnnotatedComment(
        id=draw(names),
        text=text,
        raw=draw(optional),
        list=draw(optional),
        entry=draw(st.none() | st.builds(Entry, name=names, rank=st.none() | rank, within=optional)),
        author=draw(optional),
        created=draw(optional),
        likes=draw(st.none() | st.integers()),
        mentions=tuple(
            Mention(
                start=start,
                end=end,
                text=text[start:end],
                label=draw(st.sampled_from(LABELS)),
                name=draw(names),
                id=draw(optional),
                via=draw(names),
            )
            for start, end in mention_spans
        ),
        moods=tuple(
            draw(
                st.lists(
                    st.builds(
                        Mood,
                        target=names,
                        label=st.sampled_from(MOODS),
                        score=st.floats(-1, 1),
                        implied=st.booleans(),
                        evidence=st.lists(spans, max_size=2).map(tuple),
                    ),
                    max_size=2,
                )
            )
        ),
        claims=tuple(
            draw(
                st.lists(
                    st.builds(
                        Claim,
                        subject=names,
                        stance=st.sampled_from(STANCES),
                        proposed=intervals,
                        listed=st.none() | rank,
                        stated=st.none() | rank,
                        span=spans,
                        rule=names,
                    ),
                    max_size=2,
                )
            )
        ),
        comparisons=tuple(
            draw(
                st.lists(
                    st.builds(
                        Comparison,
                        better=names,
                        worse=names,
                        relation=st.sampled_from(["better", "equal"]),
                        aspect=optional,
                        span=spans,
                        rule=names,
                    ),
                    max_size=2,
                )
            )
        ),
        links=tuple(
            draw(
                st.lists(st.builds(Link, company=names, city=names, relation=names, span=spans, rule=names), max_size=2)
            )
        ),
    )


@given(comments())
def test_records_come_back(comment: AnnotatedComment) -> None:
    """Through JSON text and back, whole; what is written obeys the schema's own list of keys."""
    row = annotated_to_dict(comment)
    assert annotated_from_dict(json.loads(json.dumps(row)), WHERE) == comment
    assert list(row) == list(record_schema()["properties"])
