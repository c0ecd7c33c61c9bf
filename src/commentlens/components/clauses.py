"""The component that cuts a comment into sentences of units, once for all components after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.extensions import register
from commentlens.components.scope import Sentence, read_sentences
from commentlens.components.topic import Topic

PlainSentences = list[list[list[Any]]]


def topic_of(doc: Doc) -> Topic:
    """What the components that come after read: sentences, mentions and context of a Doc."""
    said = doc._
    return Topic(said.commentlens_context, said.commentlens_mentions, list(map(Sentence, said.commentlens_sentences)))


class Clauses:
    """Reads the text and the mentions, writes ``doc._.commentlens_sentences``."""

    def __call__(self, doc: Doc) -> Doc:
        self.annotate(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> PlainSentences:
        """The units of each sentence, as plain values; writes nothing."""
        sentences = read_sentences(doc.text, doc._.commentlens_mentions or ())
        return [[unit.to_list() for unit in sentence.units] for sentence in sentences]

    def annotate(self, doc: Doc, sentences: Sequence[Sequence[Sequence[Any]]]) -> None:
        """Write the sentences to the Doc."""
        doc._.commentlens_sentences = [[list(unit) for unit in sentence] for sentence in sentences]


@Language.factory(
    "commentlens_clauses", assigns=["doc._.commentlens_sentences"], requires=["doc._.commentlens_mentions"]
)
def make_clauses(nlp: Language, name: str) -> Clauses:  # noqa: ARG001  # spaCy's signature
    """Build the component."""
    register()
    return Clauses()
