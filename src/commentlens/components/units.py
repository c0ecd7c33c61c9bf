"""Units: what a comment is cut into for the rules.

A unit is a lower-case word (contractions are two: "do", "n't"), a mark, a mention or a rank. All offsets are characters
of the comment. Pure text work: no spaCy, no state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from commentlens.components.ranks import RankExpression, find_ranks
from commentlens.knowledge.words import words

# A word, an abbreviation with inner dots, an address, an emoticon, a run of dots, of arrows, of marks, any other sign.
# Most words come first: letters that nothing follows which could make more of them (an address, a contraction).
_LEX = re.compile(
    r"(?P<plain>[^\W\d_]++(?![\w.:'’`´-]))"
    r"|(?P<url>(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|gov|edu|io|co)\b(?:/\S*)?)"
    r"|(?P<abbr>\b(?:[A-Za-z]\.){2,}|\b(?:vs|st|mt|mr|mrs|dr|etc|inc|ltd|corp|approx|eg|ie|jan|feb|apr|aug|sept|oct|nov|dec)\.(?=\s*[a-z0-9@(,]))"
    r"|(?P<emoticon>[:;=8][-o*']?[)\](\[dDpP/\\|3]+(?!\w)|<3)"
    r"|(?P<decimal>\d+(?:[.,]\d+)+)"
    r"|(?P<clitic>['’`´](?:s|re|ve|d|ll|m)(?!\w))"
    r"|(?P<word>\w+(?:[-'’`´]\w+)*)"
    r"|(?P<newline>\s*\n\s*)"
    r"|(?P<dots>\.{2,}|…+)"
    r"|(?P<arrows>[>＞]+|<+)"
    r"|(?P<mark>[?!]+(?:\s*[?!]+)*)"
    r"|(?P<sign>[^\w\s])",
    re.IGNORECASE,
)
_CLITIC = re.compile(r"(?P<stem>.+?)(?P<clitic>n['’`´]t|['’`´](?:s|re|ve|d|ll|m))$", re.IGNORECASE)
_CURLY = str.maketrans({"’": "'", "`": "'", "´": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})


class Unit(NamedTuple):
    """One unit: a tuple, because every component makes all of them again from the Doc's plain values.

    ``kind``: word, mark (punctuation), mention or rank. ``mentions``: indices into the mentions of the comment (several
    when coordinated). ``rank``: the expression's interval and form, for ranks.
    """

    norm: str
    kind: str
    start: int
    end: int
    mentions: tuple[int, ...] = ()
    rank: tuple[int, int] | None = None
    top: bool = False
    capitals: bool = False

    @property
    def shown(self) -> str:
        """The word as it was shouted or not: VADER reads capitals."""
        return self.norm.upper() if self.capitals else self.norm

    def to_list(self) -> list[Any]:
        """Plain values, as kept on the Doc."""
        return [
            self.norm,
            self.kind,
            self.start,
            self.end,
            list(self.mentions),
            list(self.rank or ()),
            self.top,
            self.capitals,
        ]

    @classmethod
    def from_list(cls, values: Sequence[Any]) -> Unit:
        """The inverse of `to_list`."""
        norm, kind, start, end, mentions, rank, top, capitals = values
        return cls(norm, kind, start, end, tuple(mentions), (rank[0], rank[1]) if rank else None, top, capitals)


def cut_units(text: str, mentions: Sequence[Mapping[str, Any]]) -> list[Unit]:
    """Cut a comment into units, line breaks among them as marks.

    Args:
        text: the comment.
        mentions: ``{"start", "end", "label", …}`` in text order, not overlapping.
    """
    units = _lex(text, mentions)
    if "rank" in [unit.kind for unit in units]:
        units = _settle_ranks(units, text)
    return _without_quotes(units) if ">" in text or "＞" in text else units


def _without_quotes(units: list[Unit]) -> list[Unit]:
    """Of a quoted line ("> ...") only the mentions stay: its words are somebody else's."""
    kept, quoted = [], False
    for i, unit in enumerate(units):
        starts_line = i == 0 or units[i - 1].norm == "\n"
        if starts_line:
            quoted = unit.norm == ">" and i + 1 < len(units)
        if not quoted or unit.kind == "mention" or unit.norm == "\n":
            kept.append(unit)
    return kept


def _lex(text: str, mentions: Sequence[Mapping[str, Any]]) -> list[Unit]:
    fixed = [
        (m["start"], m["end"], Unit(m["label"].lower(), "mention", m["start"], m["end"], (i,)))
        for i, m in enumerate(mentions)
    ]
    taken = [(start, end) for start, end, _ in fixed]
    fixed += [
        (rank.start, rank.end, _rank_unit(rank))
        for rank in find_ranks(text)
        if not any(rank.start < end and start < rank.end for start, end in taken)
    ]
    if len(fixed) > len(taken):
        fixed.sort(key=lambda item: item[0])
    units: list[Unit] = []
    position = 0
    for start, end, unit in fixed:
        if position < start:
            _cut_words(text, position, start, units)
        units.append(unit)
        position = end
    _cut_words(text, position, len(text), units)
    return units


def _rank_unit(rank: RankExpression) -> Unit:
    form = "o" if rank.ordinal_word else "r" if rank.marked else "n"
    return Unit(form, "rank", rank.start, rank.end, (), (rank.best, rank.worst), rank.top)


def _cut_words(text: str, begin: int, stop: int, units: list[Unit]) -> None:
    """Add the units of a stretch without mentions and ranks."""
    known = _PARTS.get
    for match in _LEX.finditer(text, begin, stop):
        kind, raw, start = match.lastgroup, match.group(), match.start()
        parts = known((kind, raw))
        if parts is None:
            parts = _read(str(kind), raw)
            if len(_PARTS) < _REMEMBERED:
                _PARTS[kind, raw] = parts
        for norm, sort, first, last, capitals in parts:
            units.append(_unit(Unit, (norm, sort, start + first, start + last, (), None, False, capitals)))


_Part = tuple[str, str, int, int, bool]
_REMEMBERED = 50_000
_PARTS: dict[tuple[str | None, str], tuple[_Part, ...]] = {}
"""What tokens are cut into: unit, kind, first and last character from the token's first, whether it is shouted.
Comments say the same words again and again."""
# The tuple's own constructor: a comment has many units, and the one with names and defaults takes three times as long.
_unit = tuple.__new__


def _read(kind: str, raw: str) -> tuple[_Part, ...]:
    """The parts of one token, by the group of `_LEX` that it matched."""
    if kind in {"plain", "word"}:
        return tuple(_word(raw.translate(_CURLY)))
    sort = "mark"
    if kind == "clitic":
        norm, sort = raw.translate(_CURLY).lower(), "word"
    elif kind == "newline":
        norm = "\n"
    elif kind == "dots":
        norm = "..."
    elif kind == "arrows":
        norm = raw[0].replace("＞", ">")
    elif kind == "mark":
        norm = "?" if "?" in raw else "!"
    elif kind in {"abbr", "url", "emoticon", "decimal"}:
        norm, sort = re.sub(r"\s", "", raw.lower()), "word"
    else:
        norm = raw.translate(_CURLY)
    return ((norm, sort, 0, len(raw), False),)


def _word(raw: str) -> Iterator[_Part]:
    low, end = raw.lower(), len(raw)
    if match := _CLITIC.match(low):
        cut = len(match["stem"])
        yield words().stems.get(match["stem"], match["stem"]), "word", 0, cut, False
        yield match["clitic"], "word", cut, end, False
        return
    if low in words().contractions:
        first, second = words().contractions[low]
        cut = min(len(first), end - 1)
        yield first, "word", 0, cut, False
        yield second, "word", cut, end, False
        return
    capitals = len(raw) > 1 and raw.isupper()
    yield words().spelling.get(low, low), "word", 0, end, capitals


# With a pronoun, these begin a sentence of its own.
_ARGUMENT = frozenset(["a", "an", "her", "his", "let", "the", "their", "what", "your"])


def _settle_ranks(units: list[Unit], text: str) -> list[Unit]:
    """Decide which numbers stand alone as ranks (r, n), which are followed by what they count (a, or a plain word)."""
    settled = []
    for i, unit in enumerate(units):
        if unit.kind != "rank":
            settled.append(unit)
            continue
        if unit.norm == "n" and _in_a_name(units, i, text):
            settled.append(Unit(text[unit.start : unit.end], "word", unit.start, unit.end))
            continue
        follower = units[i + 1] if i + 1 < len(units) else None
        alone = (
            follower is None
            or follower.kind != "word"
            or follower.norm in words().classes.after_rank
            or follower.norm == "n't"
        )
        if not alone and follower is not None and unit.norm != "n":
            alone = follower.norm in words().classes.ranked_nouns
        if unit.top and not alone:
            alone = follower is not None and follower.norm in {"most", "in", "high"}
        if not alone:
            if unit.norm == "r":
                settled.append(_as(unit, "a"))
            else:
                # One unit has no space in it: patterns go by spaces.
                said = "-".join(text[unit.start : unit.end].lower().split())
                settled.append(Unit(said, "word", unit.start, unit.end))
        elif unit.norm == "o" and _enumerates(units, i):
            settled.append(Unit(text[unit.start : unit.end].lower(), "word", unit.start, unit.end))
        elif unit.norm == "o":
            settled.append(_as(unit, "r"))
        else:
            settled.append(unit)
    return settled


def _enumerates(units: Sequence[Unit], i: int) -> bool:
    """Whether a spelt ordinal opens an argument, as in "First, the food is great": no rank."""
    if i and units[i - 1].kind != "mark":
        return False
    following = [unit.norm for unit in units[i + 1 : i + 3]]
    return (
        len(following) == 2
        and following[0] == ","
        and following[1] in _ARGUMENT | words().classes.subjects | words().classes.new_starts
    )


def _in_a_name(units: Sequence[Unit], i: int, text: str) -> bool:
    """Whether a bare number follows a capitalised word inside a sentence: "Gran Turismo 4" is no rank."""
    if i < 2 or units[i - 1].kind != "word" or units[i - 2].kind == "mark":
        return False
    previous = units[i - 1]
    initial = text[previous.start : previous.start + 1]
    common = words().classes.after_rank | words().classes.prepositions | words().classes.verbs
    return initial.isupper() and not previous.capitals and previous.norm not in common


def _as(unit: Unit, form: str) -> Unit:
    return Unit(form, unit.kind, unit.start, unit.end, unit.mentions, unit.rank, unit.top)
