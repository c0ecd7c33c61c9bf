"""A comment cut into segments, each with what was found there; spans may overlap, so a segment may have several."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from commentlens.components.mood_evidence import EvidenceReader
from commentlens.records import AnnotatedComment, MoodLabel, Span

Layer = Literal["mention", "claim", "comparison", "link", "pos", "neg", "neu"]
BRACKETS: dict[Layer, tuple[str, str]] = {
    "mention": ("[", "]"),
    "claim": ("{", "}"),
    "comparison": ("<", ">"),
    "link": ("(", ")"),
    "pos": ("+", "+"),
    "neg": ("-", "-"),
    "neu": ("~", "~"),
}
"""What stands around each layer where colours alone must not say it."""
_OUTERMOST_FIRST: tuple[Layer, ...] = ("claim", "comparison", "link", "pos", "neg", "neu", "mention")


@dataclass(frozen=True, slots=True)
class Mark:
    """A layer over a span of a text, with a note that says what it is."""

    layer: Layer
    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text in which no mark starts or ends.

    ``opens`` and ``closes``: the marks that start at its start and end at its end, the outermost first and last.
    """

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]


def marks_of(comment: AnnotatedComment, moods_of: Sequence[str] | None = None) -> list[Mark]:
    """Everything found in a comment that has a place in its text; one mark a layer and span.

    Args:
        comment: the comment.
        moods_of: targets whose mood evidence is marked, praise as ``pos`` and blame as ``neg`` whatever the mood as a
            whole; None marks that of all.
    """
    marks = [
        Mark(
            "mention",
            (item.start, item.end),
            f"{item.label.lower()} {item.name}" + (f" ({item.id})" if item.id else ""),
        )
        for item in comment.mentions
    ]
    evidence = EvidenceReader(comment)
    for mood in comment.moods:
        if moods_of is None or mood.target in moods_of:
            note = f"{mood.target}, mood {mood.label} {mood.score:+.2f}"
            marks += [Mark(label, span, note) for span, label in evidence.labels(mood)]
    marks += [Mark("claim", item.span, f"{item.subject} {item.stance} [{item.rule}]") for item in comment.claims]
    marks += [
        Mark("comparison", item.span, f"{item.better} {item.relation} {item.worse} [{item.rule}]")
        for item in comment.comparisons
    ]
    marks += [
        Mark("link", item.span, f"{item.company} {item.relation} {item.city} [{item.rule}]") for item in comment.links
    ]
    notes: dict[tuple[Layer, Span], list[str]] = {}
    for mark in marks:
        notes.setdefault((mark.layer, mark.span), []).append(mark.note)
    return [Mark(layer, span, "; ".join(dict.fromkeys(said))) for (layer, span), said in notes.items()]


def quoted_evidence(comment: AnnotatedComment, evidence: Sequence[tuple[Span, MoodLabel]]) -> str:
    """The words that caused a mood, each with a sign: ``+“great”, -“dump”``, ``~`` where it is not known."""
    return ", ".join(f"{BRACKETS[label][0]}“{comment.text[slice(*span)]}”" for span, label in evidence)


def segments(text: str, marks: Sequence[Mark]) -> list[Segment]:
    """Cut a text where marks start and end; the pieces put together are the text again."""
    cuts = sorted({0, len(text), *(offset for mark in marks for offset in mark.span)})
    pieces = []
    for start, end in itertools.pairwise(cuts):
        over = sorted((mark for mark in marks if mark.span[0] <= start and end <= mark.span[1]), key=_outermost)
        pieces.append(
            Segment(
                text[start:end],
                tuple(over),
                tuple(mark for mark in over if mark.span[0] == start),
                tuple(mark for mark in reversed(over) if mark.span[1] == end),
            )
        )
    return pieces


def _outermost(mark: Mark) -> tuple[int, int]:
    return mark.span[0] - mark.span[1], _OUTERMOST_FIRST.index(mark.layer)
