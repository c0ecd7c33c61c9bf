"""The ``doc._`` attributes that commentlens uses. All hold plain lists and dicts (`docs/architecture.md`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spacy.tokens import Doc

EXTENSIONS = (
    "commentlens_context",
    "commentlens_mentions",
    "commentlens_rejected",
    "commentlens_sentences",
    "commentlens_claims",
    "commentlens_comparisons",
    "commentlens_links",
    "commentlens_moods",
)


def register() -> None:
    """Declare the attributes; may be called any number of times."""
    for name in EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def stored(doc: Doc, name: str) -> Any:
    """What ``doc._`` holds under a name, None where it was never set.

    Several components read several attributes of every comment; ``doc._`` builds an object for each and takes ten
    times as long as the look-up in ``doc.user_data``, where spaCy keeps them.
    """
    # By the keys that `spacy.tokens.underscore.Underscore` gives attributes of a whole Doc.
    return doc.user_data.get(("._.", name, None, None))  # type: ignore[call-overload]


def store(doc: Doc, name: str, value: Any) -> None:
    """Set what ``doc._`` holds under a name."""
    doc.user_data["._.", name, None, None] = value  # type: ignore[index]


# How the labels of spaCy's own recognisers are read where nothing has looked at the names behind them.
_READ_AS = {
    **{label: label for label in ("CITY", "COMPANY", "COUNTRY", "REGION", "ENTRY")},
    "GPE": "CITY",
    "ORG": "COMPANY",
    "LOC": "REGION",
}


def mentions_of(doc: Doc) -> Sequence[Mapping[str, Any]]:
    """The mentions of a Doc.

    Where `commentlens_entities` is not in the pipeline, they are the entities that another recogniser or ruler has
    written, named as they are written; ``GPE`` counts as a city, ``ORG`` as a company, ``LOC`` as a region.
    """
    mentions: Sequence[Mapping[str, Any]] | None = stored(doc, "commentlens_mentions")
    if mentions is not None:
        return mentions
    return [
        {
            "start": ent.start_char,
            "end": ent.end_char,
            "label": _READ_AS[ent.label_],
            "name": ent.text,
            "id": ent.kb_id_ or None,
            "via": "model",
        }
        for ent in doc.ents
        if ent.label_ in _READ_AS
    ]
