"""The ``doc._`` attributes that commentlens uses. All hold plain lists and dicts (`docs/architecture.md`)."""

from __future__ import annotations

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
