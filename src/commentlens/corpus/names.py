"""What stands on an entry's line after its rank: the name, what the name lies within, and the blurb."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from commentlens.corpus.titles import fold

Boundary = Literal["whole", "doubled", "definition", "dash", "tab", "sentence"]

_LONGEST_NAME = 8
_WIDEST_GAP = 6
_MARKDOWN = re.compile(r"^[*_`]{1,3}(?P<name>.+?)[*_`]{1,3}(?=\s|$|[:.,])")
_NOT_WORD = re.compile(r"[^\w]+")
# A sentence that defines its subject: "San Francisco is a city", "Seoul – officially …", "Kyiv, also …".
_DEFINES = re.compile(
    r"\s(?:is|was|are|were)\s(?:an?|the|one|also|located|home|known|currently|situated|considered|among|widely|often)\b"
    r"|,\s(?:also|officially|formerly|often|commonly|formally|originally|historically|abbreviated|known|sometimes|or)\s"
    r"|\s[–—(]\s?(?:also|officially|formerly|often|commonly|known|born|pronounced)\b"
)
_KIND = re.compile(r"\b(?:is|was) an? [^.,;]{0,80}")
# "TokyoTokyo, officially …": copied without the space between name and blurb.
_GLUED = re.compile(r"([A-Z][^\d,]{2,40}?)(?=\1[\s,])")
_DASH = re.compile(r"\s+[-–—]{1,2}\s+|(?<=\w):\s+")
_OPENS_SENTENCE = frozenset(
    "A An The It It's Its This That These Those There They He She We You I I'm In At On With Because If When Where"
    " Known Located Home One"
    " Not Very So My Our Your As Has Have Just Such".split()
)


_SMALL_WORDS = frozenset("a an the of and or in on at to for from with by de la le du del van von el y & vs".split())

_NAME_ENDS = frozenset(
    "City Town Island Islands Beach Park County State Bay Falls Springs Inc. Games Studios Motors II III IV".split()
)
_FOLDED_ENDS = frozenset(_NOT_WORD.sub("", fold(word)) for word in _NAME_ENDS)


@dataclass(frozen=True, slots=True)
class EntryText:
    """An entry's line, taken apart. ``boundary`` says what told the name from the blurb."""

    name: str
    blurb: str | None
    boundary: Boundary


@dataclass(frozen=True, slots=True)
class _PlaceWords:
    places: frozenset[str]
    whole_name_kinds: frozenset[str]
    name_suffixes: frozenset[str]


@cache
def _place_words() -> _PlaceWords:
    data = tomllib.loads(files("commentlens.corpus").joinpath("data", "places.toml").read_text("utf-8"))
    places = frozenset(fold(name) for name in (*data["countries"], *data["regions"]))
    return _PlaceWords(places, frozenset(data["whole_name_kinds"]), frozenset(data["name_suffixes"]))


def split_entry(text: str) -> EntryText:
    """Tell an entry's name from the blurb behind it.

    The name doubled is the surest sign (``Paris Paris is the capital …``), then a defining sentence
    (``San Francisco is a city …``: the blurb is all of it), a dash before something said, and the first word that can
    only open a sentence. Without a sign all of it is the name.
    """
    text = text.strip()
    if "\t" in text:
        name, *cells = (cell.strip() for cell in text.split("\t"))
        return EntryText(name, " ".join(cell for cell in cells if cell) or None, "tab")
    if match := _MARKDOWN.match(text):
        rest = text[match.end() :].lstrip(" :.,-–—")
        return EntryText(match["name"].strip(" :."), rest or None, "dash" if rest else "whole")
    tokens = [match.span() for match in re.finditer(r"\S+", text)]
    words = [fold(_NOT_WORD.sub("", text[start:end])) for start, end in tokens]
    defines = _DEFINES.search(text)
    if (match := _GLUED.match(text)) and defines:
        return EntryText(match[1], text[match.end(1) :], "doubled")
    twice = _doubled(text, tokens, words, defines) or _respelt(text, tokens, words)
    if cut := twice or _recurring(text, tokens, words, defines):
        return cut
    if (
        len(tokens) >= 6
        and defines
        and 1 <= len(text[: defines.start()].split()) <= 5
        and _titled(text[: defines.start()])
    ):
        return EntryText(text[: defines.start()], text, "definition")
    if (match := _DASH.search(text)) and _said(text[match.end() :]):
        return EntryText(text[: match.start()], text[match.end() :], "dash")
    return _opened_sentence(text, tokens) or EntryText(text, None, "whole")


def split_at_dash(entry: EntryText) -> EntryText:
    """A name cut at its dash however little is said behind it: for lists whose other entries have a dash there."""
    match = _DASH.search(entry.name) if entry.boundary == "whole" else None
    if match is None or ":" in match[0]:
        return entry
    return EntryText(_trim(entry.name[: match.start()]), entry.name[match.end() :], "dash")


def split_place(name: str) -> tuple[str, str | None]:
    """``Moscow, Russia`` or ``Moscow (Russia)`` as name and what it lies within, where that is a place we know."""
    if (match := re.fullmatch(r"(.+?)\s*\(([^()]+)\)", name)) or (match := re.fullmatch(r"(.+?)\s[-–—]\s(.+)", name)):
        head, tail = match[1], match[2]
    else:
        head, comma, tail = name.partition(",")
        if not comma:
            return name, None
    head, tail = head.strip(), tail.strip()
    if head and all(fold(part.strip()) in _place_words().places for part in tail.split(",")):
        return head, tail
    return name, None


def same_name(one: str, other: str) -> bool:
    """Whether two names mean the same entry: without case, accents, article, and what lies behind a comma.

    ``New York`` is ``New York City`` too: blurbs give the name without such endings.
    """
    short, long = sorted((_bare_words(one), _bare_words(other)), key=len)
    return bool(short) and long[: len(short)] == short and all(word in _FOLDED_ENDS for word in long[len(short) :])


def _bare_words(name: str) -> list[str]:
    words = _NOT_WORD.sub(" ", fold(split_place(name)[0].partition(",")[0])).split()
    return words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words


def split_places(names: Sequence[str], title: str | None, blurbs: Sequence[str] = ()) -> list[tuple[str, str | None]]:
    """Split the names of a whole list at their commas.

    On lists of films, songs, games …, as the title or a blurb says, the comma is part of the name. Elsewhere a name is
    split where a known place follows; where most names have a short capitalised tail behind a comma, all such are.
    """
    words = _place_words()
    whole = set(re.findall(r"\w+", fold(title or ""))) & words.whole_name_kinds
    if whole or any(
        set(re.findall(r"\w+", kind[0])) & words.whole_name_kinds for kind in map(_KIND.search, blurbs) if kind
    ):
        return [(name, None) for name in names]
    split = [split_place(name) for name in names]
    tails = [_short_tail(name) for name in names]
    known = sum(within is not None for _, within in split)
    if known >= 2 and sum(tail is not None for tail in tails) > len(names) / 2:
        return [
            (tail if tail and within is None else (name, within))
            for (name, within), tail in zip(split, tails, strict=True)
        ]
    return split


def _short_tail(name: str) -> tuple[str, str] | None:
    head, _, tail = (part.strip() for part in name.partition(","))
    parts = tail.split()
    if (
        head
        and 1 <= len(parts) <= 4
        and parts[0][:1].isupper()
        and parts[0].lower() not in _place_words().name_suffixes
    ):
        return head, tail
    return None


def _doubled(
    text: str, tokens: list[tuple[int, int]], words: list[str], defines: re.Match[str] | None
) -> EntryText | None:
    """The longest beginning that stands twice in a row, or three times: the picture's caption comes along."""
    for size in range(min(_LONGEST_NAME, len(words) // 2), 0, -1):
        unit = words[:size]
        if not all(unit) or not text[tokens[0][0]].isalnum():
            continue
        if not any(any(map(str.isalpha, word)) for word in unit) and defines is None:
            continue
        times = 1
        while words[times * size : (times + 1) * size] == unit:
            times += 1
        if times < 2:
            continue
        smaller = [n for n in range(1, size) if size % n == 0 and unit == unit[:n] * (size // n)]
        if smaller and times * size // smaller[0] == 3:
            continue
        name = text[tokens[0][0] : tokens[size - 1][1]]
        if times * size == len(words) and size == 1 and times == 2 and len(words) == 2:
            # "Walla Walla" alone: nothing tells a doubled name from a name that is double.
            return None
        blurb_starts = (times - 1) * size
        blurb = text[tokens[blurb_starts][0] :]
        if times * size == len(words):
            return EntryText(name, None, "doubled")
        if times == 3 and size == 1 and not _continues(text, tokens, 3, defines):
            blurb = text[tokens[size][0] :]
        return EntryText(_trim(name), blurb, "doubled")
    return None


def _respelt(text: str, tokens: list[tuple[int, int]], words: list[str]) -> EntryText | None:
    """The name twice in a row, once with a space and once without: ``Baskin Robbins Baskin-Robbins is …``."""
    for size, again in ((1, 2), (1, 3), (2, 1), (3, 1)):
        if len(words) > size + again and "".join(words[:size]) == "".join(words[size : size + again]) and words[size]:
            return EntryText(_trim(text[: tokens[size - 1][1]]), text[tokens[size][0] :], "doubled")
    return None


def _continues(text: str, tokens: list[tuple[int, int]], index: int, defines: re.Match[str] | None) -> bool:
    return defines is not None or text[tokens[index][0]].islower()


def _recurring(
    text: str, tokens: list[tuple[int, int]], words: list[str], defines: re.Match[str] | None
) -> EntryText | None:
    """The name comes again within the blurb's first words: ``Kiev Kyiv or Kiev is …``, ``Moscow, Russia Moscow is"
    " …``."""
    if len(words) < 7 or defines is None:
        return None
    for again in range(1, min(len(words), _LONGEST_NAME + _WIDEST_GAP)):
        size = 0
        while size < again and again + size < len(words) and words[size] == words[again + size] and words[size]:
            size += 1
        if not size or tokens[again][0] > defines.end() + 60 or text[tokens[again][0]].islower():
            continue
        # "Moscow, Russia Moscow is", "New York City New York is": what stands between belongs to the name;
        # "Kiev Kyiv or Kiev is", "Juarez Ciudad Juárez is": it opens the blurb, which gives names in full.
        gap = [text[start:end] for start, end in tokens[size:again]]
        within = text[tokens[size - 1][1] - 1] == "," and all(word[:1].isupper() for word in gap)
        if gap and (within or (gap[-1] in _NAME_ENDS and len(gap) <= 2)):
            size = again
        if size == again or (text[tokens[size][0]].isalnum() and not text[tokens[size][0]].islower()):
            return EntryText(_trim(text[: tokens[size - 1][1]]), text[tokens[size][0] :], "doubled")
    return None


def _opened_sentence(text: str, tokens: list[tuple[int, int]]) -> EntryText | None:
    if len(tokens) < 9:
        return None
    for index, (start, end) in enumerate(tokens[1:6], 1):
        word = text[start:end].rstrip(",")
        lower_after = sum(text[s].islower() for s, _ in tokens[index + 1 :])
        enough = lower_after >= 0.6 * (len(tokens) - index - 1)
        # "Lord of the Rings", "Live at the Apollo": a capital article inside a short title opens nothing.
        if word in _OPENS_SENTENCE and enough and _titled(text[:start]) and text[tokens[index + 1][0]].islower():
            return EntryText(_trim(text[:start].strip()), text[start:], "sentence")
    return None


def _titled(text: str) -> bool:
    words = text.split()
    return bool(words) and all(
        not word[0].islower() or word in {"of", "the", "and", "de", "la", "in", "on"} for word in words
    )


def _said(text: str) -> bool:
    """Whether what follows a dash or colon says something, and is no second half of a name (``Breath of the Wild``)."""
    words = text.split()
    telling = [word for word in words if word.lower() not in _SMALL_WORDS]
    lower = sum(word[0].islower() for word in telling)
    return len(words) >= 3 and bool(telling) and (lower >= len(telling) / 2 or (len(words) >= 6 and text[-1:] in ".!?"))


def _trim(name: str) -> str:
    return name.strip().rstrip(",:–—-").strip()
