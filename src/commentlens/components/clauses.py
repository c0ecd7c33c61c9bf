"""The component that cuts a comment into sentences of units, once for all components after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.extensions import mentions_of, register, store, stored
from commentlens.components.scope import Sentence, read_sentences
from commentlens.components.topic import Topic

PlainSentences = list[list[list[Any]]]
# The reading of each Doc in use, with the plain sentences it is of. Not on the Doc: what stands there is saved with it.
_READ: WeakKeyDictionary[Doc, tuple[PlainSentences, Topic]] = WeakKeyDictionary()


def topic_of(doc: Doc) -> Topic:
    """What the components that come after read: sentences, mentions and context of a Doc.

    There is one a Doc, so that what is read of its sentences is read once for all components; another only where
    sentences or context have been set anew (a Doc that comes from a file has none yet). Where `commentlens_clauses`
    is not in the pipeline, the sentences are read here, each time.
    """
    context, plain = stored(doc, "commentlens_context"), stored(doc, "commentlens_sentences")
    if plain is None:
        mentions = mentions_of(doc)
        return Topic(context, mentions, read_sentences(doc.text, mentions))
    read = _READ.get(doc)
    if read is not None and read[0] is plain and read[1].context is context:
        return read[1]
    topic = Topic(context, mentions_of(doc), list(map(Sentence, plain)))
    _READ[doc] = plain, topic
    return topic


class Clauses:
    """Reads the text and the mentions, writes ``doc._.commentlens_sentences``."""

    def __call__(self, doc: Doc) -> Doc:
        sentences = self._read(doc)
        plain = _plain(sentences)
        self.annotate(doc, plain)
        _READ[doc] = plain, Topic(stored(doc, "commentlens_context"), mentions_of(doc), sentences)
        return doc

    def find(self, doc: Doc) -> PlainSentences:
        """The units of each sentence, as plain values; writes nothing."""
        return _plain(self._read(doc))

    def annotate(self, doc: Doc, sentences: PlainSentences) -> None:
        """Write the sentences to the Doc, which keeps the very lists."""
        store(doc, "commentlens_sentences", sentences)

    def _read(self, doc: Doc) -> list[Sentence]:
        return read_sentences(doc.text, mentions_of(doc))


def _plain(sentences: Sequence[Sentence]) -> PlainSentences:
    # As `Unit.to_list`, without a call a unit.
    return [
        [
            [norm, kind, start, end, [*mentions], [*rank] if rank else [], top, capitals]
            for norm, kind, start, end, mentions, rank, top, capitals in sentence.units
        ]
        for sentence in sentences
    ]


@Language.factory(
    "commentlens_clauses", assigns=["doc._.commentlens_sentences"], requires=["doc._.commentlens_mentions"]
)
def make_clauses(nlp: Language, name: str) -> Clauses:  # noqa: ARG001  # spaCy's signature
    """Build the component."""
    register()
    return Clauses()
