"""Annotated comments that nobody would write, for what must hold for every text."""

from __future__ import annotations

from typing import TypeVar

from hypothesis import strategies as st

from commentlens.records import LABELS, MOODS, STANCES, AnnotatedComment, Claim, Comparison, Entry, Link, Mention, Mood

T = TypeVar("T")
PIECES = (
    *("Oslo", " ", ". ", "'", "-", ",", '"', "=1+1", "@", "\t", "\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\xa0"),
    *("e\u0301", "n\u0303", "\u0301", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f1f3\U0001f1f4"),
    *(
        "\U0001d538",
        "\U00010348",
        "\u05e2\u05b4\u05d9\u05e8",
        "\u200f\u0645\u062f\u064a\u0646\u0629",
        "\u202eabc\u202c",
    ),
    *("\u65e5\u672c", "\ufeff", "\x01", "\x1f", "\x7f", "-DOCSTART-", "B-CITY", "\\", "</b>", "|", "# "),
)
WORDS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    min_size=1,
    max_size=12,
).map("".join)
NAMES = st.one_of(st.sampled_from(["Oslo", "São Paulo", "=Rome", "*"]), WORDS)
RELATIONS = st.sampled_from(["better", "equal"])
RANKS = st.one_of(st.none(), st.integers(1, 2_000_000_000))


def some(items: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    """At most two of them."""
    return st.lists(items, max_size=2).map(tuple)


@st.composite
def comments(draw: st.DrawFn) -> AnnotatedComment:
    """A record with any text and spans anywhere in it."""
    text = draw(WORDS)
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda span: span[0] < span[1])
    mentions = draw(st.lists(st.tuples(spans, st.sampled_from(LABELS), NAMES, st.none() | NAMES, NAMES), max_size=4))
    proposed = st.none() | st.tuples(st.integers(1, 9), st.none() | st.integers(9, 99))
    return AnnotatedComment(
        id=draw(NAMES),
        text=text,
        raw=draw(st.none() | WORDS),
        list=draw(st.none() | NAMES),
        entry=draw(st.none() | st.builds(Entry, name=NAMES, rank=RANKS, within=st.none() | NAMES)),
        author=draw(st.none() | NAMES),
        created=draw(st.none() | NAMES),
        likes=draw(st.none() | st.integers(-(2**62), 2**62)),
        mentions=tuple(
            Mention(start=span[0], end=span[1], text=text[slice(*span)], label=label, name=name, id=id_, via=via)
            for span, label, name, id_, via in sorted(mentions, key=lambda item: item[0])
        ),
        moods=draw(
            some(
                st.builds(
                    Mood,
                    target=NAMES,
                    label=st.sampled_from(MOODS),
                    score=st.floats(-1, 1),
                    implied=st.booleans(),
                    evidence=st.lists(spans, max_size=2).map(tuple),
                )
            )
        ),
        claims=draw(
            some(
                st.builds(
                    Claim,
                    subject=NAMES,
                    stance=st.sampled_from(STANCES),
                    proposed=proposed,
                    listed=RANKS,
                    stated=RANKS,
                    span=spans,
                    rule=NAMES,
                )
            )
        ),
        comparisons=draw(
            some(
                st.builds(
                    Comparison,
                    better=NAMES,
                    worse=NAMES,
                    relation=RELATIONS,
                    aspect=st.none() | NAMES,
                    span=spans,
                    rule=NAMES,
                )
            )
        ),
        links=draw(some(st.builds(Link, company=NAMES, city=NAMES, relation=NAMES, span=spans, rule=NAMES))),
    )
