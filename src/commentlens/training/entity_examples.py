"""One text with its names: what the name recogniser is trained and scored on, whoever labelled it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commentlens.components.name_tags import LABELS, PARTIAL
from commentlens.errors import CommentlensError, field_message

#: What a name can be, and what sets say that tell less.
ALLOWED = (*LABELS, *PARTIAL)

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the names in it.

    ``spans``: (start, end, label) in characters of ``text``, in order; one of `ALLOWED`. ``unknown``: (start, end) of
    parts whose label nobody knows, which count neither for nor against the recogniser. ``source``: who labelled it.

    Raises:
        CommentlensError: If a span or an unknown part lies outside the text, is empty, begins or ends with a blank,
            overlaps another or comes before it, or if a label is none of `ALLOWED`.
    """

    text: str
    spans: tuple[Span, ...] = ()
    unknown: tuple[tuple[int, int], ...] = ()
    source: str = "templates"

    def __post_init__(self) -> None:
        """Check the parts; see the class."""
        for _, _, label in self.spans:
            if label not in ALLOWED:
                raise CommentlensError(field_message(self._where(), "label", label, f"one of {', '.join(ALLOWED)}"))
        self._check("spans", [span[:2] for span in self.spans])
        self._check("unknown", self.unknown)
        self._check("spans and unknown", sorted([*(span[:2] for span in self.spans), *self.unknown]))

    def names(self) -> tuple[tuple[str, str], ...]:
        """(name as written, label) of every span, in order."""
        return tuple((self.text[start:end], label) for start, end, label in self.spans)

    def _where(self) -> str:
        return f"example {self.text[:60]!r} of {self.source}"

    def _check(self, field: str, parts: Sequence[tuple[int, int]]) -> None:
        after = 0
        for start, end in parts:
            name = self.text[start:end]
            if not 0 <= start < end <= len(self.text):
                fault = f"parts within the text's {len(self.text)} characters, start before end"
            elif start < after:
                fault = f"parts in order that do not overlap; the one before ends at {after}"
            elif name != name.strip():
                fault = f"parts without blanks at their ends, not {name!r}"
            else:
                after = end
                continue
            raise CommentlensError(field_message(self._where(), field, (start, end), fault))
