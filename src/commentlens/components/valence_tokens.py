"""Units -> the tokens that VADER's rules read, each with its characters.

VADER cuts at white space and drops marks; here marks tell more: a comma ends the reach of a negation, marks that touch
make an emoticon, code points that belong together make one emoji (skin tone and joiner included).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE

from commentlens.components.units import Unit

_JOINER = "\u200d"
# What only changes how an emoji looks: variation selectors and skin tones.
_LOOKS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
NOT_ONLY = "not_only"
"""Token of "not only", which denies nothing."""
_LONGEST_EMOTICON = 4
# VADER looks three tokens back for negations and boosters: so many silent ones end their reach.
_SILENCE = 3
SILENT = "_"
"""Text of a token that says nothing."""
_CUTS = frozenset([";", ":", "(", ")", "-", "–", "—"])
_REFUSALS = frozenset(["nah", "never", "no", "nope", "not"])
_ENDS = frozenset([".", "!", "?", ",", "..."])
_RUN = re.compile(r"(.)\1{2,}")
_MOST_RUNS = 4


class Token(NamedTuple):
    """What VADER reads: ``text`` (capitals kept), the characters it stands for, and whether nothing acts on it.

    A ``fixed`` token (emoticon, emoji) keeps its valence whatever stands before it: "no :(" is sad.
    """

    text: str
    start: int
    end: int
    fixed: bool = False


def silence(units: Sequence[Unit], i: int, *, commas: bool) -> list[Token]:
    """Silent tokens for a mark that ends the reach of what stands before it; none for others.

    A comma does where ``commas`` says so, else only straight after a denial ("no, clean"): things denied together are
    parted by commas too.
    """
    norm = units[i].norm
    if norm not in _CUTS and not (norm == "," and (commas or (i and units[i - 1].norm in _REFUSALS))):
        return []
    return [Token(SILENT, units[i].start, units[i].end)] * _SILENCE


def emoticon(units: Sequence[Unit], i: int, lexicon: Mapping[str, float]) -> tuple[str, int]:
    """The emoticon that begins here and stands free, and its length in units; ("", 0) where none does.

    A mouth drawn out (``:(((``) is the same mouth. In brackets, "(wow):" holds none.
    """
    first = units[i].norm
    touched = i > 0 and units[i - 1].end == units[i].start
    if (touched and (units[i - 1].norm not in _ENDS or first[0] in "()")) or first.isalnum():
        return "", 0
    for length in range(min(_LONGEST_EMOTICON, len(units) - i), 0, -1):
        run = units[i : i + length]
        text = "".join(unit.norm for unit in run)
        if len(text) < 2 or text not in lexicon or not all(a.end == b.start for a, b in pairwise(run)):
            continue
        end = i + length
        while end < len(units) and units[end].norm == text[-1] and units[end].start == units[end - 1].end:
            end += 1
        if end == len(units) or units[end].start > units[end - 1].end or units[end].kind == "mark":
            return text, end - i
    return "", 0


def emoji(units: Sequence[Unit], i: int, known: Mapping[str, str]) -> tuple[str, int]:
    """The emoji that begins here without what only changes its looks, and its length in units; ("", 0) where none does.

    Repeated at once it is the same emoji, said louder.
    """
    plain, length = _one_emoji(units, i, known)
    while length:
        again, more = _one_emoji(units, i + length, known)
        if again != plain:
            break
        length += more
    return plain, length


def _one_emoji(units: Sequence[Unit], i: int, known: Mapping[str, str]) -> tuple[str, int]:
    if i >= len(units) or units[i].norm not in known:
        return "", 0
    text, end = units[i].norm, i + 1
    while end < len(units) and units[end].start == units[end - 1].end:
        norm = units[end].norm
        if not (_LOOKS.fullmatch(norm) or norm == _JOINER or text.endswith(_JOINER)):
            break
        text += norm
        end += 1
    text = _LOOKS.sub("", text)
    return (text if text in known else text.split(_JOINER)[0]), end - i


def spelt(word: str, lexicon: Mapping[str, float]) -> str:
    """A word with letters drawn out ("sooo", "greaaat") as lexicon, boosters or negations have it; else as it is."""
    if not _RUN.search(word) or word in lexicon:
        return word
    return next((found for found in _shorter(word) if found in lexicon or found in _ACTING), word)


_ACTING = frozenset([*BOOSTER_DICT, *NEGATE])


def _shorter(word: str) -> Iterator[str]:
    """Spellings with each run of three letters or more cut to two or one, and at last with no letter doubled."""
    runs = list(_RUN.finditer(word))[:_MOST_RUNS]
    for counts in product((2, 1), repeat=len(runs)):
        cut = iter(counts)
        yield _RUN.sub(lambda run, cut=cut: run[1] * next(cut, 1), word)  # type: ignore[misc]
    yield re.sub(r"(.)\1+", r"\1", word)


# Two words that VADER has to read as one.
_PAIRS = {
    ("no", "one"): "none",
    ("not", "only"): NOT_ONLY,
    ("kind", "of"): "kindof",
    ("sort", "of"): "sortof",
}
# These take away what follows, where that has a valence: "lack of good food", "free from crime".
_WITHOUT = {("lack", "of"), ("free", "from"), ("free", "of"), ("devoid", "of"), ("rid", "of")}
_WITHOUT_REACH = 3
PAIR_OPENERS = frozenset(first for first, _ in (*_PAIRS, *_WITHOUT))
"""Words that may be read as one with the next."""
MADE_TOKENS = frozenset(
    [*_PAIRS.values(), SILENT, "without", "extremely", "quite", "_like", "_well", "_sure", "_no", "_name"]
)
"""Tokens that stand for other words than their own. VADER gives none of them a valence."""


def paired(units: Sequence[Unit], i: int, lexicon: Mapping[str, float]) -> str:
    """The one token that stands for two units that begin here; empty for all others."""
    pair = tuple(unit.norm for unit in units[i : i + 2])
    if pair in _WITHOUT:
        following = (unit.norm for unit in units[i + 2 : i + 2 + _WITHOUT_REACH])
        return "without" if any(norm in lexicon for norm in following) else ""
    return _PAIRS.get(pair, "")  # type: ignore[arg-type]
