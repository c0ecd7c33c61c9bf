"""The one reading of a Doc's sentences that all components share."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from commentlens.components.clauses import Clauses, topic_of
from commentlens.components.extensions import register

MENTIONS = [{"start": 0, "end": 4, "label": "CITY", "name": "Oslo", "id": None, "via": "given"}]


def read() -> Doc:
    register()
    doc = spacy.blank("en")("Oslo is fine. It rains.")
    doc._.commentlens_mentions = MENTIONS
    return Clauses()(doc)


def test_a_doc_is_read_once() -> None:
    doc = read()
    topic = topic_of(doc)
    assert topic_of(doc) is topic
    assert [[unit.norm for unit in sentence.units] for sentence in topic.sentences] == [
        ["city", "is", "fine", "."],
        ["it", "rains", "."],
    ]


def test_what_is_set_anew_is_read_anew() -> None:
    doc = read()
    topic = topic_of(doc)
    doc._.commentlens_context = {"list": "Cities", "entry": {"name": "Lima", "within": None, "rank": 3}}
    assert (topic.entry, topic_of(doc).entry) == (None, "Lima")
    doc._.commentlens_sentences = doc._.commentlens_sentences[1:]
    assert len(topic_of(doc).sentences) == 1


def test_what_is_saved_is_plain_and_reads_the_same() -> None:
    doc = read()
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert topic_of(again) is not topic_of(doc)
    assert topic_of(again).sentences == topic_of(doc).sentences
