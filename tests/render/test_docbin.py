"""Annotated comments as a spaCy DocBin."""

from __future__ import annotations

import json
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from commentlens.docbin import write_docbin
from commentlens.record_json import annotated_from_dict

SAMPLE = Path(__file__).parent / "harbour.annotated.jsonl"


def test_a_docbin_holds_everything(tmp_path: Path) -> None:
    """Entities with their ids, the other layers as spans, and the record itself."""
    rows = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    path = tmp_path / "harbours.spacy"

    assert write_docbin((annotated_from_dict(row, "sample") for row in rows), path) == 7

    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
    # spaCy's serialisation gives tuples back for lists.
    assert [json.loads(json.dumps(doc.user_data["commentlens"])) for doc in docs] == rows
    assert [doc.text for doc in docs] == [row["text"] for row in rows]
    assert [(ent.text, ent.label_, ent.kb_id_, ent.id_) for ent in docs[3].ents] == [
        ("Equinor", "COMPANY", "", "Equinor"),
        ("Stavanger", "CITY", "geonames:3137115", "Stavanger"),
        ("DNV", "COMPANY", "", "DNV"),
    ]
    assert {name: [(span.text, span.label_) for span in spans] for name, spans in docs[2].spans.items()} == {
        "mentions": [("Oslo", "CITY"), ("Genoa", "CITY")],
        "claims": [("Put it at 4", "too_high")],
        "comparisons": [("How is Oslo above Genoa", "better")],
        "links": [],
        "moods": [("How is Oslo above Genoa?", "neg"), ("How is Oslo above Genoa?", "pos")],
    }
