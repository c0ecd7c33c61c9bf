"""Whether what caused a mood praises or blames: one mood may rest on both ("great food, awful traffic").

A mood's label is that of its sum. The record keeps the spans that made it and not the sign of each, so it is found
again: by the claim or comparison that a span is, else by the valence of the words in it, read clause by clause as the
rules of moods read them. Where neither tells (what a list is about, words of the user's own lexicon), it is neutral.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from commentlens.components.scope import read_sentences
from commentlens.components.valence import Valence, ValuedWord
from commentlens.records import AnnotatedComment, Mood, MoodLabel, Span


class EvidenceReader:
    """Reads the evidence of one comment; its words are read once, and only where they are needed."""

    def __init__(self, comment: AnnotatedComment) -> None:
        self.comment = comment

    def labels(self, mood: Mood) -> list[tuple[Span, MoodLabel]]:
        """Each span of a mood's evidence, in order: ``pos`` where it praises the target, ``neg`` where it blames it,
        ``neu`` where that is not known."""
        return [(span, self._argued(mood, span) or self._felt(span)) for span in mood.evidence]

    def _argued(self, mood: Mood, span: Span) -> MoodLabel | None:
        """What a claim or comparison that the span holds says of the target; None where it holds neither."""
        claims = [claim for claim in self.comment.claims if claim.subject == mood.target]
        if any(_holds(span, claim.span) for claim in claims):
            # A claim decides the label, whatever the polarity of its list; of two that contradict each other only one.
            ways = {claim.stance == "too_high" for claim in claims if claim.stance != "unspecified"}
            return mood.label if len(ways) == 1 else "neu"
        for item in self.comment.comparisons:
            if not _holds(span, item.span):
                continue
            if mood.target == item.better:
                return "pos"
            if mood.target == item.worse:
                # "Even better than Rome, which is lovely" praises both; the record does not say so.
                return "pos" if item.relation == "equal" else "neu" if mood.label == "pos" else "neg"
        return None

    def _felt(self, span: Span) -> MoodLabel:
        start, end = span
        labels = {_label(word.valence) for word in self._words if start <= word.start and word.end <= end}
        return labels.pop() if len(labels) == 1 else "neu"

    @cached_property
    def _words(self) -> list[ValuedWord]:
        return list(_valued(self.comment))


def evidence_of_trace(mood: Mapping[str, Any]) -> list[tuple[Span, MoodLabel]]:
    """The same of a mood that a component has just found: its ``trace`` knows what each span did."""
    pushed: dict[Span, float] = {}
    for step in mood["trace"]:
        for word in step.get("words", ()):
            pushed[word["start"], word["end"]] = word["valence"]
        if "push" in step:
            start, end = step["span"]
            pushed[start, end] = step["push"]
    return [((start, end), _label(pushed.get((start, end), 0.0))) for start, end in mood["evidence"]]


def _valued(comment: AnnotatedComment) -> Iterator[ValuedWord]:
    """The words of a comment that have a valence, names hidden, as `mood_rules` reads them."""
    valence = Valence.load()
    mentions: list[dict[str, Any]] = []
    for item in sorted(comment.mentions, key=lambda item: item.start):
        # What people marked by hand may overlap; the first one stands.
        if not mentions or mentions[-1]["end"] <= item.start:
            mentions.append({"start": item.start, "end": item.end, "label": item.label})
    for sentence in read_sentences(comment.text, mentions):
        for start, end in sentence.clauses():
            yield from valence.read(sentence.units[start:end]).words


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _label(value: float) -> MoodLabel:
    return "pos" if value > 0 else "neg" if value < 0 else "neu"
