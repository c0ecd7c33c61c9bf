"""From Doc to record: whole annotated comments with the shipped pipeline, and every step explained."""

from __future__ import annotations

import pytest
from spacy.language import Language

from commentlens.analyze import analyze, explanation
from commentlens.pipeline import pipe
from commentlens.record_json import annotated_from_dict, annotated_to_dict
from commentlens.records import (
    AnnotatedComment,
    Claim,
    Comment,
    Comparison,
    Entry,
    Link,
    Mention,
    Mood,
    RankedList,
)

VIENNA, PRAGUE, ROME = Entry(name="Vienna", rank=2), Entry(name="Prague", rank=5), Entry(name="Rome", rank=9)
BEST = RankedList(id="best", title="Best Cities to Visit", kind="city", entries=(VIENNA, PRAGUE, ROME))
LISBON = "geonames:2267057"


def annotate(nlp: Language, comment: Comment) -> AnnotatedComment:
    ((kept, doc),) = pipe(nlp, [comment])
    return analyze(doc, kept)


def test_a_record_is_the_same_when_it_was_written_and_read(nlp: Language) -> None:
    """Its entry without the blurb, which stays with the list."""
    entry = Entry(name="Bath", within="Somerset", rank=4, blurb="Bath is a city known for its Roman baths.")
    listed = RankedList(id="spas", title="Best Spa Towns", kind="city", entries=(entry,))
    record = annotate(nlp, Comment(id="c1", text="Lovely, should be no. 1!", list=listed, entry=entry))

    assert record.entry == Entry(name="Bath", within="Somerset", rank=4)
    assert annotated_from_dict(annotated_to_dict(record), "here") == record


def test_a_claim_and_what_the_source_said(nlp: Language) -> None:
    """All that the source gave stays; the entry is implied."""
    comment = Comment(
        id="c1",
        text="Should be no. 1!",
        raw="Should be no. 1!\u00a0",
        list=BEST,
        entry=VIENNA,
        author="ann",
        created="2024-05-06",
        likes=4,
        parent="c0",
    )
    assert annotate(nlp, comment) == AnnotatedComment(
        id="c1",
        text="Should be no. 1!",
        raw="Should be no. 1!\u00a0",
        list="Best Cities to Visit",
        entry=VIENNA,
        author="ann",
        created="2024-05-06",
        likes=4,
        moods=(Mood(target="Vienna", label="pos", score=0.6, implied=True, evidence=((0, 15),)),),
        claims=(
            Claim(
                subject="Vienna",
                stance="too_low",
                proposed=(1, 1),
                listed=2,
                stated=None,
                span=(0, 15),
                rule="should-be-number",
            ),
        ),
    )


def test_mentions_and_a_comparison(nlp: Language) -> None:
    """Two entries of the list, whatever their case."""
    text = "🙃 Prague is better than ROME"
    assert annotate(nlp, Comment(id="c2", text=text, list=BEST, entry=PRAGUE)) == AnnotatedComment(
        id="c2",
        text=text,
        list="Best Cities to Visit",
        entry=PRAGUE,
        mentions=(
            Mention(start=2, end=8, text="Prague", label="CITY", name="Prague", id="geonames:3067696", via="entry"),
            Mention(start=24, end=28, text="ROME", label="CITY", name="Rome", id="geonames:3169070", via="entry"),
        ),
        moods=(
            Mood(target="Prague", label="pos", score=0.5, implied=False, evidence=((2, 28),)),
            Mood(target="Rome", label="neg", score=-0.5, implied=False, evidence=((2, 28),)),
        ),
        comparisons=(
            Comparison(better="Prague", worse="Rome", relation="better", span=(2, 28), rule="comparative-than"),
        ),
    )


def test_a_company_and_its_city(nlp: Language) -> None:
    """A link, and no mood."""
    text = "Siemens has offices in Vienna"
    found = annotate(nlp, Comment(id="c3", text=text, list=BEST, entry=VIENNA))
    (mood,) = found.moods
    assert abs(mood.score) < 0.05  # the classifier's, which changes a little with what it is trained on
    assert found == AnnotatedComment(
        id="c3",
        text=text,
        list="Best Cities to Visit",
        entry=VIENNA,
        mentions=(
            Mention(start=0, end=7, text="Siemens", label="COMPANY", name="Siemens", via="gazetteer"),
            Mention(start=23, end=29, text="Vienna", label="CITY", name="Vienna", id="geonames:2761369", via="entry"),
        ),
        moods=(Mood(target="Vienna", label="neu", score=mood.score, implied=False),),
        links=(
            Link(company="Siemens", city="Vienna", relation="offices", span=(0, 29), rule="company-has-offices-in"),
        ),
    )


def test_a_comment_under_nothing(nlp: Language) -> None:
    """What is named counts all the same; "love" alone makes the classifier sure of its mood."""
    found = annotate(nlp, Comment(id="c4", text="I love Lisbon"))
    (mood,) = found.moods
    assert 0.7 < mood.score < 1
    assert found == AnnotatedComment(
        id="c4",
        text="I love Lisbon",
        mentions=(
            Mention(
                start=7, end=13, text="Lisbon", label="CITY", name="Lisbon", id="geonames:2267057", via="gazetteer"
            ),
        ),
        moods=(Mood(target="Lisbon", label="pos", score=mood.score, implied=False, evidence=((2, 6),)),),
    )


def test_an_empty_comment(nlp: Language) -> None:
    """Nothing said, nothing felt."""
    assert annotate(nlp, Comment(id="c5", text="", list=BEST, entry=ROME)) == AnnotatedComment(
        id="c5",
        text="",
        list="Best Cities to Visit",
        entry=ROME,
        moods=(Mood(target="Rome", label="neu", score=0.0, implied=True),),
    )


@pytest.mark.parametrize(
    "text",
    [
        "How is Rome above Prague?? Siemens is based in Vienna, I hate it 😡 e\u0301",
        "> Vienna is the best\nnope, Vienna should be last\r\n\r\nRome > Prague",
        "1. Rome 2. Prague 3. Vienna — that’s my list",
    ],
)
def test_offsets_cut_out_what_they_mean(text: str, nlp: Language) -> None:
    """Mentions' texts are exact, every span lies in the text and holds something."""
    found = annotate(nlp, Comment(id="c6", text=text, list=BEST, entry=PRAGUE))
    assert found.mentions
    assert all(text[mention.start : mention.end] == mention.text for mention in found.mentions)
    assert [(m.start, m.end) for m in found.mentions] == sorted((m.start, m.end) for m in found.mentions)
    spans = [claim.span for claim in found.claims]
    spans += [pair.span for pair in found.comparisons]
    spans += [link.span for link in found.links]
    spans += [span for mood in found.moods for span in mood.evidence]
    assert spans
    assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)


def test_every_step_is_explained(nlp: Language) -> None:
    """In the order in which they acted, with what each found."""
    ((_, doc),) = pipe(nlp, [Comment(id="c7", text="I love it.\nShould be no. 1", list=BEST, entry=VIENNA)])
    found = explanation(doc)
    assert list(found) == [
        *("text", "context", "mentions", "rejected", "sentences"),
        *("claims", "comparisons", "links", "moods"),
    ]
    assert found["text"] == "I love it.\nShould be no. 1"
    assert found["context"]["entry"] == {"name": "Vienna", "within": None, "rank": 2}
    assert found["sentences"] == [
        {"span": [0, 10], "units": "i love it ."},
        {"span": [11, 26], "units": "should be r"},
    ]
    assert [claim["rule"] for claim in found["claims"]] == ["should-be-number"]
    assert [step["step"] for step in found["moods"][0]["trace"]] == ["clause", "claim"]
