"""Words of a text for formats that speak of tokens, without a pipeline: every character belongs to one token or none.

A token is a run of letters and digits with what belongs to them (combining marks, joiners, an apostrophe, hyphen or
dot between two of them), or one other sign. White space belongs to none. Where a span begins or ends, a token ends
too, so that spans fall on tokens exactly and never have to be widened.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from commentlens.records import Span

_RUN = re.compile(r"\S+")
_INSIDE = frozenset("'’-.")


def token_spans(text: str, spans: Iterable[Span] = ()) -> list[Span]:
    """``(start, end)`` of each token in characters, in text order, cut at the borders of ``spans``."""
    borders = {border for span in spans for border in span}
    found: list[Span] = []
    for run in _RUN.finditer(text):
        start = run.start()
        for position in range(run.start() + 1, run.end()):
            if position in borders or not _joined(text, position, run.end()):
                found.append((start, position))
                start = position
        found.append((start, run.end()))
    return found


def tokens_of(span: Span, tokens: Sequence[Span]) -> tuple[int, int] | None:
    """Index of the first and last token inside the span; None where it holds none (white space only)."""
    inside = [number for number, (start, end) in enumerate(tokens) if span[0] <= start and end <= span[1]]
    return (inside[0], inside[-1]) if inside else None


def _joined(text: str, position: int, end: int) -> bool:
    """Whether the character at the position belongs to the token of the one before it."""
    before, char = text[position - 1], text[position]
    if _extends(char):
        return True
    if _is_word(before) or _extends(before):
        if _is_word(char):
            return True
        return char in _INSIDE and position + 1 < end and _is_word(text[position + 1])
    return before in _INSIDE and _is_word(char) and position >= 2 and _is_word_end(text, position - 2)


def _is_word_end(text: str, position: int) -> bool:
    return _is_word(text[position]) or _extends(text[position])


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _extends(char: str) -> bool:
    """Marks, variation selectors, and signs of no width (joiners, direction marks)."""
    return not char.isascii() and unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf", "Sk")
