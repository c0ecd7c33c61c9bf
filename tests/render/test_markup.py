"""Comments cut into marked segments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commentlens.records import AnnotatedComment, Claim, Mention, Mood
from commentlens.render.city_terminal import marked
from commentlens.render.markup import Layer, Mark, marks_of, segments

LAYERS: tuple[Layer, ...] = ("mention", "claim", "comparison", "link", "pos", "neg", "neu")


@given(st.data(), st.text(min_size=1, max_size=20))
def test_the_segments_are_the_text(data: st.DataObject, text: str) -> None:
    """However the marks overlap, and each mark opens and closes once at its own ends."""
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda span: span[0] < span[1])
    marks = data.draw(st.lists(st.builds(Mark, st.sampled_from(LAYERS), spans, st.just("")), unique=True, max_size=6))

    pieces = segments(text, marks)

    assert "".join(piece.text for piece in pieces) == text
    starts: dict[Mark, int] = {}
    ends: dict[Mark, int] = {}
    offset = 0
    for piece in pieces:
        starts |= dict.fromkeys(piece.opens, offset)
        offset += len(piece.text)
        ends |= dict.fromkeys(piece.closes, offset)
    assert {mark: (starts[mark], ends[mark]) for mark in marks} == {mark: mark.span for mark in marks}


def test_brackets_show_what_was_found_without_colours() -> None:
    """The outermost mark first; one pair of brackets where several findings share a span."""
    text = "Oslo is great, put it at 1"
    claim = Claim(subject="Oslo", stance="too_low", proposed=(1, 1), span=(15, 26), rule="r")
    comment = AnnotatedComment(
        id="c",
        text=text,
        mentions=(Mention(start=0, end=4, text="Oslo", label="CITY", name="Oslo", via="entry"),),
        moods=(
            Mood(target="Oslo", label="pos", score=0.6, implied=False, evidence=((0, 13), (8, 13))),
            Mood(target="Bergen", label="neg", score=-0.6, implied=False, evidence=((5, 7),)),
        ),
        claims=(claim, claim),
    )

    assert marked(comment, ["Oslo"]).plain == "+[Oslo] is +great++, {put it at 1}"
    assert [mark.note for mark in marks_of(comment, [])] == ["city Oslo", "Oslo too_low [r]"]
