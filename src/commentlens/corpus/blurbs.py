"""Whether the text under an entry is its blurb, an encyclopedia's sentence, or already somebody's comment."""

from __future__ import annotations

import re

from commentlens.corpus.names import same_name, split_entry, split_place
from commentlens.corpus.titles import fold

_DEFINES = re.compile(
    r"\b(?:is|was|are|were)\s+(?:an?|the|one|also|located|home|known|situated)\b|,\s(?:also|officially|formerly"
    r"|often|commonly)\s"
    r"|[–—(]\s?(?:also|officially|formerly|often|commonly|born)\b"
)
_ENCYCLOPEDIC = re.compile(
    r"\b(?:capital (?:and|city|of)|(?:city|town|municipality|country|region|island) (?:in|of)|most populous"
    r"|officially|also known as|founded (?:in|by)"
    r"|headquartered in|developed (?:and published )?by|published by|directed by|released (?:in|on|by)|multinational"
    r"|headquarters in|\d{4} (?:\w+ ){1,4}(?:film|game|album)"
    r"|manufactured by|produced by|written by|population of|is an? (?:\w+ ){1,4}(?:company|film|game|band|car"
    r"|manufacturer|series|corporation|city))\b"
)
_READ_MORE = re.compile(r"(?:\.{3}|…)\s*[\[(]?(?:read )?more(?:\.{1,3}|…)?[\])]?$", re.IGNORECASE)
_MORE = re.compile(r"more\.{0,3}$", re.IGNORECASE)
_PERSONAL = re.compile(r"\b(?:I|I'm|I've|my|me|we|our|you|your|u(?![.-])|im|ive)\b|\blol\b|@\w", re.IGNORECASE)
_OPINION = re.compile(
    r"\b(?:love|hate|awesome|amazing|beautiful|should|better than|overrated|underrated|cool|sucks|favou?rite"
    r"|deserves?|great(?! Britain)|good|bad|nice|ever|worst"
    r"|best|no\. ?\d|number (?:one|\d+)|top \d+)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_ENOUGH = 4.0
_LONG = 120


def repeated_blurb(text: str, name: str) -> str | None:
    """The blurb in a text that begins with the entry's name twice or three times, from the last of them on.

    None where it does not, or where somebody only cheers (``Oslo Oslo Oslo!``).
    """
    line = split_entry(text)
    if line.boundary != "doubled" or line.blurb is None or not same_name(line.name, name):
        return None
    if _PERSONAL.search(text) or "!" in text or "?" in text:
        return None
    needed = 1.0 if len(text.split()) >= 8 else 2.5
    return line.blurb if blurb_score(line.blurb, line.name) >= needed else None


def apart_blurb(text: str, name: str, *, marked_up: bool) -> str | None:
    """The blurb in the first paragraph under an entry, a blank line between them; None where it is a comment.

    "Oslo is the capital of Norway" may be anybody's; only the cut at its end, or its length, tells an encyclopedia's.
    On a page that is ``marked_up`` every paragraph stands apart, and that sentence is enough.
    """
    if blurb := repeated_blurb(text, name):
        return blurb
    sure = blurb_score(text, split_place(name)[0].partition(",")[0]) >= _ENOUGH
    return text if sure and (marked_up or len(text) >= _LONG or _READ_MORE.search(text)) else None


def blurb_score(text: str, name: str) -> float:
    """How much the text reads as the blurb of the entry so named: above 3 an encyclopedia's, below 0 somebody's own"
    " words."""
    score = 0.0
    starts = fold(_LEADING.sub("", text)).startswith(fold(_LEADING.sub("", name)))
    score += starts
    if starts and _DEFINES.search(text[: len(name) + 100]):
        score += 1.5
    if _ENCYCLOPEDIC.search(text):
        score += 1.5
    if _READ_MORE.search(text):
        score += 4.0
    elif _MORE.search(text):
        score += 1.0
    score += 0.5 * (len(text) >= _LONG)
    score -= 2.5 * bool(_PERSONAL.search(text))
    score -= 1.5 * bool(_OPINION.search(text))
    score -= 1.0 * ("!" in text) + 1.0 * ("?" in text) + 1.0 * text[:1].islower()
    return score
