"""The ``doc._`` attributes that commentlens uses. All hold plain lists and dicts (`docs/architecture.md`)."""

from __future__ import annotations

from typing import Any, cast

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
    return _values(doc).get(("._.", name, None, None))


def store(doc: Doc, name: str, value: Any) -> None:
    """Set what ``doc._`` holds under a name."""
    _values(doc)["._.", name, None, None] = value


def _values(doc: Doc) -> dict[tuple[str, str, None, None], Any]:
    """Attributes of a whole Doc by the keys that `spacy.tokens.underscore.Underscore` gives them."""
    return cast("dict[tuple[str, str, None, None], Any]", doc.user_data)
