"""What a comment says of each city, clause by clause, read from its record alone.

The record says which spans decided the mood towards a target (``Mood.evidence``) and what the mood is. A clause is cut
here at punctuation and contrasting words. It speaks of the targets that it names or whose evidence it holds, else of
those of the clause before it, and where a new sentence begins without a pronoun, of the entry. Its mood towards a
target is the comment's where it holds evidence of it, or stands in one run with a clause that does ("clean, safe and
green"). Where evidence stands on both sides of a "but", the record does not say which side the label is from: both are
left neutral.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, MoodLabel, Span
from commentlens.summary_sentences import sentence_bounds

_CONTRASTS = "but|though|although|however|yet|whereas|while|except|despite|still|nevertheless|otherwise"
_CUT = re.compile(rf"[,;:()]\s*|\s[-–—]+\s|—|(?<![\w'’-])(?=(?:{_CONTRASTS})(?![\w'’-]))", re.IGNORECASE)
_CONTRAST = re.compile(rf"(?:{_CONTRASTS})(?![\w'’-])", re.IGNORECASE)
# A sentence that begins so speaks of what the one before spoke of; any other goes back to the entry.
_POINTING = re.compile(r"(?:and |but |so )?(?:it|its|it's|that city|that place|they|their|there)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SaidClause:
    """A clause of a comment and one target of it.

    ``start``, ``end``: in the text, end exclusive. ``sentence``: number of its sentence. ``target``: as the record
    names it. ``label``: of the mood towards it; ``neu`` where the clause holds nothing that decided one.
    """

    start: int
    end: int
    sentence: int
    target: str
    label: MoodLabel


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    sentence: int
    run: int
    evidenced: set[str]
    targets: set[str]


def clauses_said(comment: AnnotatedComment) -> list[SaidClause]:
    """The clauses of a comment that speak of something with a mood, in text order, one item a target of each."""
    moods = {fold(mood.target): mood for mood in comment.moods}
    if not moods:
        return []
    pieces = _pieces(comment.text)
    _aim(pieces, comment, list(moods))
    decided: dict[tuple[int, str], set[int]] = {}
    for piece in pieces:
        for key in piece.evidenced:
            decided.setdefault((piece.sentence, key), set()).add(piece.run)
    return [
        SaidClause(
            piece.start,
            piece.end,
            piece.sentence,
            moods[key].target,
            moods[key].label if decided.get((piece.sentence, key)) == {piece.run} else "neu",
        )
        for piece in pieces
        for key in sorted(piece.targets)
    ]


def _pieces(text: str) -> list[_Piece]:
    """The text cut into clauses; a run is what stands between two contrasts."""
    pieces = []
    run = 0
    for number, (start, end) in enumerate(sentence_bounds(text)):
        run += 1
        at = start
        for cut in [*_CUT.finditer(text, start, end), None]:
            stop = end if cut is None else cut.start()
            if text[at:stop].strip():
                run += bool(_CONTRAST.match(text, at))
                pieces.append(_Piece(at, stop, number, run, set(), set()))
            at = end if cut is None else cut.end()
    return pieces


def _aim(pieces: Sequence[_Piece], comment: AnnotatedComment, keys: Sequence[str]) -> None:
    """Find the targets of each piece."""
    named = [(mention.start, mention.end, fold(mention.name)) for mention in comment.mentions]
    evidence = [(span, fold(mood.target)) for mood in comment.moods for span in mood.evidence]
    entry = fold(comment.entry.name) if comment.entry is not None else None
    fallback = set(keys) if len(keys) == 1 else {entry} if entry is not None and entry in keys else set()
    before = fallback
    sentence = -1
    for piece in pieces:
        if piece.sentence != sentence and fallback and not _POINTING.match(comment.text, piece.start):
            before = fallback
        sentence = piece.sentence
        piece.evidenced = {key for span, key in evidence if _meet(span, piece)}
        piece.targets = piece.evidenced | {key for a, b, key in named if key in keys and _meet((a, b), piece)}
        if not piece.targets:
            piece.targets = set(before)
        before = piece.targets


def _meet(span: Span, piece: _Piece) -> bool:
    return span[0] < piece.end and piece.start < span[1]
