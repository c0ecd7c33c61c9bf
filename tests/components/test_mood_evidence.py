"""Praise and blame told apart in what one mood rests on."""

from __future__ import annotations

import pytest
from spacy.language import Language

from commentlens.analyze import analyze
from commentlens.components.mood_evidence import EvidenceReader, evidence_of_trace
from commentlens.pipeline import pipe
from commentlens.records import AnnotatedComment, Claim, Comment, Comparison, Entry, Mood, MoodLabel, RankedList, Stance

LIST = RankedList(id="ports", title="Best Ports", entries=(Entry(name="Gdynia", rank=1), Entry(name="Bari", rank=2)))
WORST = RankedList(id="worst", title="Worst Ports", polarity="negative", entries=LIST.entries)


def read(nlp: Language, text: str, ranked: RankedList = LIST) -> list[tuple[str, list[tuple[str, MoodLabel]]]]:
    """Each mood of a comment under Bari: target, evidence with its labels; what the trace says is the same."""
    comment = Comment(id="c", text=text, list=ranked, entry=ranked.entries[1])
    ((_, doc),) = pipe(nlp, [comment])
    record = analyze(doc, comment)
    reader = EvidenceReader(record)
    for mood, traced in zip(record.moods, doc._.commentlens_moods, strict=True):
        assert reader.labels(mood) == evidence_of_trace(traced)
    return [
        (mood.target, [(text[start:end], label) for (start, end), label in reader.labels(mood)])
        for mood in record.moods
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Bari is filthy and dangerous, though the beach is lovely",
            [("Bari", [("filthy", "neg"), ("dangerous", "neg"), ("lovely", "pos")])],
        ),
        ("the ferry was not good", [("Bari", [("good", "neg")])]),
        ("not bad at all!", [("Bari", [("bad", "pos")])]),
        ("Bari should be first", [("Bari", [("Bari should be first", "pos")])]),
        (
            "Gdynia is better than Bari",
            [
                ("Gdynia", [("Gdynia is better than Bari", "pos")]),
                ("Bari", [("Gdynia is better than Bari", "neg")]),
            ],
        ),
        ("I was there in May", [("Bari", [])]),
    ],
)
def test_each_word_has_the_sign_it_was_counted_with(
    nlp: Language, text: str, expected: list[tuple[str, list[tuple[str, MoodLabel]]]]
) -> None:
    """Denied words too; and a comparison praises one and blames the other."""
    assert read(nlp, text) == expected


def test_on_a_negative_list_a_claim_turns_round(nlp: Language) -> None:
    """To deserve a better place among the worst is blame."""
    assert read(nlp, "Bari should be first", WORST) == [("Bari", [("Bari should be first", "neg")])]


def record(
    mood: Mood, claims: tuple[Claim, ...] = (), comparisons: tuple[Comparison, ...] = (), text: str = "a great shame"
) -> AnnotatedComment:
    """A record that people may have written."""
    return AnnotatedComment(id="c", text=text, moods=(mood,), claims=claims, comparisons=comparisons)


def claim(stance: Stance) -> Claim:
    """A claim on Bari over the first five characters."""
    return Claim(subject="Bari", stance=stance, span=(2, 7), rule="r")


def comparison(relation: str) -> Comparison:
    """Bari, the second of two, over the first five characters."""
    return Comparison(better="Gdynia", worse="Bari", relation=relation, span=(2, 7), rule="r")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "claims", "comparisons", "expected"),
    [
        ("neg", (claim("too_high"),), (), "neg"),
        ("neg", (claim("too_low"),), (), "neg"),
        ("pos", (claim("too_low"), claim("right")), (), "pos"),
        ("pos", (claim("too_low"), claim("too_high")), (), "neu"),
        ("neg", (claim("unspecified"),), (), "neu"),
        ("neg", (), (comparison("better"),), "neg"),
        ("pos", (), (comparison("better"),), "neu"),
        ("pos", (), (comparison("equal"),), "pos"),
        ("neg", (), (), "pos"),
    ],
)
def test_what_the_record_does_not_say_is_neutral(
    label: MoodLabel, claims: tuple[Claim, ...], comparisons: tuple[Comparison, ...], expected: MoodLabel
) -> None:
    """Claims that contradict each other, one without a stance, a loser that is praised; else the words decide."""
    mood = Mood(target="Bari", label=label, score=0.1, implied=True, evidence=((0, 7),))

    assert EvidenceReader(record(mood, claims, comparisons)).labels(mood) == [((0, 7), expected)]


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("great food, awful traffic", (0, 10), "pos"),
        ("great food, awful traffic", (12, 25), "neg"),
        ("great food, awful traffic", (0, 25), "neu"),
        ("great food, awful traffic", (6, 10), "neu"),
        ("great food, awful traffic", (0, 3), "neu"),
    ],
)
def test_a_span_that_people_marked_has_the_sign_of_its_words(text: str, span: tuple[int, int], expected: str) -> None:
    """None where they contradict each other; half a word is no word."""
    mood = Mood(target="Bari", label="pos", score=0.1, implied=True, evidence=(span,))
    comment = record(mood, text=text)

    (got,) = EvidenceReader(comment).labels(mood)

    assert got == (span, expected)
