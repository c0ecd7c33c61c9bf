"""How names are compared: folding with offsets, and the other forms in which people write a name.

Folding takes away what people do not care about (case, accents, hyphen or space, the dots of ``U.S.``) and keeps the
way back: `fold_text` maps every folded character to the place in the text that it came from, so that a match in the
folded text gives exact offsets. Names and texts go through the same function, which is why they can meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

BOUNDARY = "|"
_SPELLED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ħ": "h"}
_APOSTROPHES = frozenset("'’‘`´ʻʼ′")
_APOSTROPHES_GO = frozenset({"RU", "UA", "BY", "KZ", "UZ", "KP", "KR"})
_JOINERS = frozenset(" \t-‐‑–_\u00a0\u202f\u2009")
# A full stop after one of these belongs to the name ("St. Louis"); after any other word it ends something.
_DOTTED = frozenset({"st", "ste", "mt", "ft", "pt", "dr", "inc", "co", "corp", "ltd"})
_LONGEST_DOTTED = max(map(len, _DOTTED))


@dataclass(frozen=True, slots=True)
class FoldedText:
    """``text`` folded, and for each of its characters the offset in the original; ``origin`` has one item more.

    ``words``: the words of ``text`` in order; ``starts``, ``ends``: where each starts and ends (exclusive) in it. In
    scripts that leave no blanks between words every character is one.
    """

    text: str
    origin: tuple[int, ...]
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

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
    joined, origin = _folded(text)
    origin.append(len(text))
    spans = [word.span() for word in _WORD.finditer(joined)]
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return FoldedText(joined, tuple(origin), tuple([joined[start:end] for start, end in spans]), starts, ends)


def _folded(text: str) -> tuple[str, list[int]]:
    """A text folded, and where each of its characters came from."""
    folded: list[str] = []
    origin: list[int] = []
    length = len(text)
    at = 0
    for special in _SPECIAL.finditer(text):
        if at < special.start():
            _fold_plain(text, at, special.start(), folded, origin)
        at = special.end()
        _fold_special(text, special.start(), folded, origin)
    if at < length:
        _fold_plain(text, at, length, folded, origin)
    return "".join(folded), origin


# What is neither plain ASCII that folds one to one nor a single blank between two words.
_SPECIAL = re.compile(r"['`.]|[^\x00-\x7f]|[ \t_-]{2,}")
_PLAIN = {ord(sign): sign.lower() if sign.isalnum() else BOUNDARY for sign in map(chr, range(128))}
_PLAIN |= {ord(sign): " " for sign in _JOINERS} | {ord("&"): "&"}
# Han characters and kana stand alone: nothing in a text in them shows where a word ends.
_UNPARTED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[^ &{BOUNDARY}{_UNPARTED}]+|[{_UNPARTED}]")


def _fold_plain(text: str, start: int, end: int, folded: list[str], origin: list[int]) -> None:
    """Fold a stretch between special characters, most of any comment, at one go."""
    if text[start] in _JOINERS and (not folded or folded[-1][-1] == " "):
        start += 1
    if start < end:
        folded.append(text[start:end].translate(_PLAIN))
        origin.extend(range(start, end))


def _fold_special(text: str, at: int, folded: list[str], origin: list[int]) -> None:
    character = text[at]
    if character.isalnum() or (character > "\x7f" and unicodedata.category(character) in ("Mc", "Mn")):
        for part in _fold_character(character):
            folded.append(part)
            origin.append(at)
        return
    mark = BOUNDARY
    if character in _APOSTROPHES:
        # The s of a genitive must not become part of the name; the apostrophe of Xi'an must not part it.
        after = text[at + 1 : at + 2]
        inside = bool(folded) and folded[-1][-1].isalnum() and after.isalnum()
        if inside and not (after in "sS" and not text[at + 2 : at + 3].isalnum()):
            return
        mark = " " if inside else BOUNDARY
    elif character in _JOINERS:
        mark = " "
    elif character == "." and _is_abbreviation_dot(text, at, folded):
        return
    if mark == " " and (not folded or folded[-1][-1] == " "):
        return
    folded.append(mark)
    origin.append(at)


def _is_abbreviation_dot(text: str, at: int, folded: list[str]) -> bool:
    """Whether the full stop at ``at`` belongs to an abbreviation: ``U.S.``, ``D.C.``, ``St. Louis``."""
    before, after, later = text[at - 1 : at], text[at + 1 : at + 2], text[at + 2 : at + 3]
    if before.isalpha() and not text[max(0, at - 2) : max(0, at - 1)].isalnum():
        # U.S.A, D.C: a letter that stands alone, a stop, another one.
        return after.isalpha() and not later.isalpha()
    if after not in (" ", "-", ""):
        return False
    word = re.split(f"[ &{BOUNDARY}]", "".join(folded[-_LONGEST_DOTTED:]))[-1]
    return word in _DOTTED


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name folded for look-up: ``fold("Düsseldorf") == "dusseldorf"``, ``fold("St. Louis") == "st louis"``."""
    if name.isascii() and name.replace(" ", "").isalnum():
        # Most names by far.
        return " ".join(name.lower().split())
    return _folded(name.strip())[0].strip(" " + BOUNDARY)


def plain_name(name: str, country: str = "") -> str:
    """A name of a city as English text usually has it: without accents, ``"Malmö"`` is ``"Malmo"``.

    Args:
        name: as GeoNames has it.
        country: ISO 3166 alpha-2. Apostrophes stay in transcriptions in which they part syllables (``"Xi'an"``) and go
            from those in which they stand for a letter or a breath (``"Ryazan’"``, ``"Namp’o"``).
    """
    name = name.replace("–", "-").replace("ə", "a").replace("Ə", "A")
    marked = _APOSTROPHES.intersection(name)
    if name.isascii() and not marked:
        return name
    written = []
    for character in unicodedata.normalize("NFKC", name):
        if character in _APOSTROPHES:
            written.append("" if country in _APOSTROPHES_GO else "'")
            continue
        spelled = _SPELLED.get(character.lower())
        if spelled is not None:
            written.append(spelled.capitalize() if character.isupper() else spelled)
            continue
        parts = unicodedata.normalize("NFD", character)
        written.append("".join(part for part in parts if not unicodedata.combining(part)))
    return "".join(written).strip("'") if marked else "".join(written)


def acronym(name: str) -> str | None:
    """``"Grand Theft Auto V"`` gives ``"gtav"``; None for a name of one word. Small words count with their letter."""
    words = fold(name).replace(BOUNDARY, " ").split()
    if len(words) < 2:
        return None
    return "".join(word if word.isdigit() else word[0] for word in words)


def reach_of(names: Iterable[str]) -> dict[str, int]:
    """First word of folded names to how many words the longest name has that begins with it.

    Who looks for names in a text asks this first, and so reads no further at most of its words.
    """
    reach: dict[str, int] = {}
    for name in names:
        if name.isalnum() and name.isascii():
            # By far the most: names of one word.
            reach.setdefault(name, 1)
            continue
        words = _WORD.findall(name)
        if words and len(words) > reach.get(words[0], 0):
            reach[words[0]] = len(words)
    return reach
