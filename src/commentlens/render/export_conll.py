"""Annotated comments as CoNLL-2003: a token a line with its entity tag; a comment a document, a sentence a block.

The four columns are those of the shared task: token, part of speech, chunk, entity; of the two in the middle nothing
is known, they are ``-X-``. Tags are IOB2 (``B-`` begins every mention), as most readers expect; the original task data
is IOB1. The format has no room for offsets, ids, moods, claims, comparisons and links.

Source: E. F. Tjong Kim Sang and F. De Meulder, *Introduction to the CoNLL-2003 Shared Task*, CoNLL 2003.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from commentlens.records import AnnotatedComment, Mention, Span
from commentlens.render.tokens import token_spans
from commentlens.summary_sentences import sentence_bounds

_NOTHING = "O"


def write_conll(comments: Iterable[AnnotatedComment], file: TextIO) -> int:
    """One document a comment; returns how many. Of mentions that overlap, the longest is kept, then the first."""
    number = 0
    for number, comment in enumerate(comments, 1):  # noqa: B007 (the count is the result)
        file.write("-DOCSTART- -X- -X- O\n\n")
        kept = apart(comment.mentions)
        tokens = token_spans(comment.text, [(mention.start, mention.end) for mention in kept])
        ends = _ends_of_sentences(comment.text, kept)
        for token in tokens:
            if ends and token[0] >= ends[0]:
                file.write("\n")
                ends = [end for end in ends if end > token[0]]
            file.write(f"{comment.text[slice(*token)]} -X- -X- {_tag(token, kept)}\n")
        if tokens:
            file.write("\n")
    return number


def apart(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that a tag a token can say: of those that overlap the longest, of equally long ones the first."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda item: (item.start - item.end, item.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda item: item.start)


def _ends_of_sentences(text: str, mentions: Iterable[Mention]) -> list[int]:
    """Where sentences end; not inside a mention, because one that is torn apart would come back as two."""
    return [
        end
        for _, end in sentence_bounds(text)[:-1]
        if not any(mention.start < end < mention.end for mention in mentions)
    ]


def _tag(token: Span, mentions: Iterable[Mention]) -> str:
    for mention in mentions:
        if mention.start <= token[0] and token[1] <= mention.end:
            return f"{'B' if token[0] == _first(mention) else 'I'}-{mention.label}"
    return _NOTHING


def _first(mention: Mention) -> int:
    """Where its first token begins; white space at its edge belongs to no token."""
    return mention.end - len(mention.text.lstrip())
