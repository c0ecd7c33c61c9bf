"""What was found as ``doc.spans``, for displaCy and for users of spaCy who read no ``doc._``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from commentlens.components.extensions import register, stored
from commentlens.components.mood_evidence import evidence_of_trace

Item = Mapping[str, Any]
_PREFIX = "commentlens_"


def _mention(item: Item) -> Iterator[tuple[int, int, str, str, str]]:
    yield item["start"], item["end"], item["label"], item["id"] or "", item["name"]


def _labelled(label: str, name: str) -> Callable[[Item], Iterator[tuple[int, int, str, str, str]]]:
    def of(item: Item) -> Iterator[tuple[int, int, str, str, str]]:
        start, end = item["span"]
        yield start, end, item[label], "", item[name]

    return of


def _mood(item: Item) -> Iterator[tuple[int, int, str, str, str]]:
    for (start, end), label in evidence_of_trace(item):
        yield start, end, label, "", item["target"]


LAYERS: Mapping[str, Callable[[Item], Iterator[tuple[int, int, str, str, str]]]] = {
    "mentions": _mention,
    "claims": _labelled("stance", "subject"),
    "comparisons": _labelled("relation", "better"),
    "links": _labelled("relation", "company"),
    "moods": _mood,
}
"""Of each layer: start, end, label, ``kb_id`` and ``id`` of the spans of an item."""


class Spans:
    """The component: reads what stands in ``doc._``, writes ``doc.spans``; a layer that nobody made has no group."""

    def __call__(self, doc: Doc) -> Doc:
        for layer, spans in self.find(doc).items():
            doc.spans[_PREFIX + layer] = spans
        return doc

    def find(self, doc: Doc) -> dict[str, list[Span]]:
        """The spans of each layer, widened to whole tokens (`doc._` has the exact offsets); writes nothing."""
        found = {}
        for layer, read in LAYERS.items():
            items = stored(doc, _PREFIX + layer)
            if items is not None:
                found[layer] = [span for item in items for place in read(item) if (span := _span(doc, *place))]
        return found


def _span(doc: Doc, start: int, end: int, label: str, kb_id: str, id_: str) -> Span | None:
    return doc.char_span(start, end, label=label, kb_id=kb_id, span_id=id_, alignment_mode="expand")


@Language.factory(
    "commentlens_spans",
    assigns=["doc.spans"],
    requires=["doc._.commentlens_mentions"],
)
def make_spans(nlp: Language, name: str) -> Spans:  # noqa: ARG001  # spaCy's signature
    """Build the component."""
    register()
    return Spans()
