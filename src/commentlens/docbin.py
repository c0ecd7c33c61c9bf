"""Annotated comments -> a spaCy ``DocBin`` file, for training and for looking at in other tools, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from commentlens.components.mood_evidence import EvidenceReader
from commentlens.corpus.reading import SetAside
from commentlens.corpus.spacy_file import USER_DATA_KEY, read_spacy
from commentlens.corpus.streams import SourceFile
from commentlens.errors import RecordError, place
from commentlens.record_json import annotated_to_dict
from commentlens.records import AnnotatedComment


def write_docbin(comments: Iterable[AnnotatedComment], path: Path) -> int:
    """Write a ``.spacy`` file and return how many comments it holds.

    Each Doc has the mentions in ``doc.ents`` (label, ``kb_id`` the place's id, ``ent_id`` the name) and in
    ``doc.spans["mentions"]``, the claims, comparisons and links in ``doc.spans`` under these names (label: stance,
    relation), the evidence of moods in ``doc.spans["moods"]`` (label: pos where it praises, neg where it blames, neu
    where that is not known; ``id_`` the target) and the whole record in ``doc.user_data["commentlens"]``. Spans are
    widened to whole tokens; the record has the exact offsets. A DocBin is held in memory until it is written.
    """
    # Here, because spaCy takes a second to import and the other exports do without it.
    import spacy
    from spacy.tokens import Doc, DocBin, Span

    nlp = spacy.blank("en")
    docs = DocBin(attrs=["ORTH", "SPACY", "ENT_TYPE", "ENT_IOB", "ENT_KB_ID", "ENT_ID"], store_user_data=True)

    def span(doc: Doc, start: int, end: int, label: str, kb_id: str = "", ent_id: str = "") -> Span | None:
        found = doc.char_span(start, end, label=label, kb_id=kb_id, alignment_mode="expand")
        if found is not None:
            found.id_ = ent_id
        return found

    for comment in comments:
        doc = nlp.make_doc(comment.text)
        mentions = [span(doc, m.start, m.end, m.label, m.id or "", m.name) for m in comment.mentions]
        doc.spans["mentions"] = [item for item in mentions if item is not None]
        doc.ents = spacy.util.filter_spans(doc.spans["mentions"])
        evidence = EvidenceReader(comment)
        groups = {
            "claims": [span(doc, *claim.span, claim.stance) for claim in comment.claims],
            "comparisons": [span(doc, *item.span, item.relation) for item in comment.comparisons],
            "links": [span(doc, *link.span, link.relation) for link in comment.links],
            "moods": [
                span(doc, *at, label, "", mood.target) for mood in comment.moods for at, label in evidence.labels(mood)
            ],
        }
        for name, spans in groups.items():
            doc.spans[name] = [item for item in spans if item is not None]
        doc.user_data[USER_DATA_KEY] = annotated_to_dict(comment)
        docs.add(doc)
    docs.to_disk(path)
    return len(docs)


def read_docbin(path: Path) -> Iterator[AnnotatedComment]:
    """The comments of a file that `write_docbin` wrote, exactly as they were.

    Raises:
        SourceError: If the file is no DocBin with user data.
        RecordError: At the first Doc without a record.
    """
    broken: list[SetAside] = []
    for comment in read_spacy(SourceFile(path), str(path), broken):
        if broken:
            break
        yield comment
    if broken:
        raise RecordError(f"{place(path, broken[0].line)}: {broken[0].reason} Export it again with --format spacy.")
