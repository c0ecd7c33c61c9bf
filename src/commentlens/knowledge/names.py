"""How names are compared: folding with offsets, and the other forms in which people write a name.

Folding takes away what people do not care about (case, accents, hyphen or space, the dots of ``U.S.``) and keeps the
way back: `fold_text` maps every folded character to the place in the text that it came from, so that a match in the
folded text gives exact offsets. Names and texts go through the same function, which is why they can meet.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

BOUNDARY = "|"
_SPELLED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ħ": "h"}
_APOSTROPHES = frozenset("'’‘`´ʻʼ′")
_JOINERS = frozenset(" \t-‐‑–_\u00a0\u202f\u2009")
# A full stop after one of these belongs to the name ("St. Louis"); after any other word it ends something.
_DOTTED = frozenset({"st", "ste", "mt", "ft", "pt", "dr", "inc", "co", "corp", "ltd"})
_LONGEST_DOTTED = max(map(len, _DOTTED))


@dataclass(frozen=True, slots=True)
class FoldedText:
    """``text`` folded, and for each of its characters the offset in the original; ``origin`` has one item more.

    ``starts``: where words start in ``text``; ``word_ends``: where they end.
    """

    text: str
    origin: tuple[int, ...]
    starts: tuple[int, ...]
    word_ends: frozenset[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text (end exclusive) of the folded characters from ``start`` to ``end``."""
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    lowered = character.casefold()
    spelled = _SPELLED.get(lowered)
    if spelled is not None:
        return spelled
    parts = [part for part in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(part)]
    return "".join(part if part.isalnum() or unicodedata.category(part) == "Mc" else BOUNDARY for part in parts)


def fold_text(text: str) -> FoldedText:
    """Fold a text for matching; see the module's docstring."""
    folded: list[str] = []
    origin: list[int] = []
    length = len(text)
    for at, character in enumerate(text):
        if character.isalnum() or unicodedata.category(character) in ("Mc", "Mn"):
            for part in _fold_character(character):
                folded.append(part)
                origin.append(at)
            continue
        after = text[at + 1] if at + 1 < length else " "
        if character in _APOSTROPHES:
            # The s of a genitive must not become part of the name; the apostrophe of Xi'an must not part it.
            inside = bool(folded) and folded[-1].isalnum() and after.isalnum()
            if inside and not (after in "sS" and (at + 2 >= length or not text[at + 2].isalnum())):
                continue
            mark = " " if inside else BOUNDARY
        elif character in _JOINERS:
            mark = " "
        elif character == "&":
            mark = "&"
        elif character == ".":
            if _is_abbreviation_dot(text, at, folded):
                continue
            mark = BOUNDARY
        else:
            mark = BOUNDARY
        if mark == " " and (not folded or folded[-1] == " "):
            continue
        folded.append(mark)
        origin.append(at)
    joined = "".join(folded)
    starts: list[int] = []
    ends: list[int] = []
    for word in _WORD.finditer(joined):
        starts.append(word.start())
        ends.append(word.end())
    return FoldedText(joined, (*origin, length), tuple(starts), frozenset(ends))


_WORD = re.compile(r"[^\W_]+")


def _is_abbreviation_dot(text: str, at: int, folded: list[str]) -> bool:
    """Whether the full stop at ``at`` belongs to an abbreviation: ``U.S.``, ``D.C.``, ``St. Louis``."""
    before, after, later = text[at - 1 : at], text[at + 1 : at + 2], text[at + 2 : at + 3]
    if before.isalpha() and not text[max(0, at - 2) : max(0, at - 1)].isalnum():
        # U.S.A, D.C: a letter that stands alone, a stop, another one.
        return after.isalpha() and not later.isalpha()
    word: list[str] = []
    for character in reversed(folded):
        if not character.isalnum() or len(word) > _LONGEST_DOTTED:
            break
        word.append(character)
    return "".join(reversed(word)) in _DOTTED and after in (" ", "-", "")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name folded for look-up: ``fold("Düsseldorf") == "dusseldorf"``, ``fold("St. Louis") == "st louis"``."""
    return fold_text(name.strip()).text.strip(" " + BOUNDARY)


def acronym(name: str) -> str | None:
    """``"Grand Theft Auto V"`` gives ``"gtav"``; None for a name of one word. Small words count with their letter."""
    words = fold(name).replace(BOUNDARY, " ").split()
    if len(words) < 2:
        return None
    return "".join(word if word.isdigit() else word[0] for word in words)
