"""The sentence of a comment that holds a span, found without a parser.

Comments are written in every way; a quotation must be an exact piece of one, long enough to be understood alone.
"""

from __future__ import annotations

import re

from commentlens.records import Span

_NO_END_AFTER = frozenset(
    {"no", "nos", "nr", "vs", "mr", "mrs", "ms", "dr", "st", "mt", "e.g", "i.e", "etc", "inc", "ltd", "approx"}
)
_BREAK = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n+")
_LAST_WORD = re.compile(r"[\w.]+$")


def sentence_bounds(text: str) -> list[Span]:
    """``(start, end)`` of each sentence, white space around it left out.

    A sentence ends at ``. ! ? …`` before white space or at a line break; not after an abbreviation (``no. 1``) and
    not at dots in the middle of a thought (``... and``: a small letter follows three dots).
    """
    ends = [match.end() for match in _BREAK.finditer(text) if _is_end(text, match)]
    bounds = []
    start = 0
    for end in [*ends, len(text)]:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            bounds.append((left, left + len(piece.strip())))
        start = end
    return bounds


def sentence_around(text: str, span: Span) -> Span:
    """``(start, end)`` of the sentence, or the run of sentences, that the span touches.

    The span itself is returned where it touches none (it holds white space only).
    """
    start, end = span
    touched = [bound for bound in sentence_bounds(text) if bound[0] < end and start < bound[1]]
    if not touched:
        return span
    return (min(touched[0][0], start), max(touched[-1][1], end))


def _is_end(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] == "\n":
        return True
    rest = text[match.end() :].lstrip()
    if mark == ".":
        word = _LAST_WORD.search(text[: match.start()])
        if word and word.group().lower() in _NO_END_AFTER:
            return not (
                rest[:1].isdigit()
                or rest[:1].islower()
                or word.group().lower() in {"st", "mt", "dr", "mr", "mrs", "ms", "vs"}
            )
        return True
    dots = set(mark) <= {".", "…"}
    return not (dots and rest[:1].islower())
