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
_LEX = re.compile(
    r"(?P<url>(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|gov|edu|io|co)\b(?:/\S*)?)"
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
    return _without_quotes(_settle_ranks(list(_lex(text, mentions)), text))


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


def _lex(text: str, mentions: Sequence[Mapping[str, Any]]) -> Iterator[Unit]:
    taken = [(m["start"], m["end"]) for m in mentions]
    ranks = [r for r in find_ranks(text) if not any(r.start < end and start < r.end for start, end in taken)]
    fixed: list[tuple[int, int, Unit]] = [
        (m["start"], m["end"], Unit(m["label"].lower(), "mention", m["start"], m["end"], (i,)))
        for i, m in enumerate(mentions)
    ]
    fixed += [(r.start, r.end, _rank_unit(r)) for r in ranks]
    position = 0
    for start, end, unit in sorted(fixed, key=lambda item: item[0]):
        yield from _words(text, position, start)
        yield unit
        position = end
    yield from _words(text, position, len(text))


def _rank_unit(rank: RankExpression) -> Unit:
    form = "o" if rank.ordinal_word else "r" if rank.marked else "n"
    return Unit(form, "rank", rank.start, rank.end, (), (rank.best, rank.worst), rank.top)


def _words(text: str, start: int, end: int) -> Iterator[Unit]:
    for match in _LEX.finditer(text, start, end):
        a, b, raw = match.start(), match.end(), match.group()
        kind = match.lastgroup
        if kind == "clitic":
            yield Unit(raw.translate(_CURLY).lower(), "word", a, b)
        elif kind == "word":
            yield from _word(raw.translate(_CURLY), a, b)
        elif kind == "newline":
            yield Unit("\n", "mark", a, b)
        elif kind == "dots":
            yield Unit("...", "mark", a, b)
        elif kind == "arrows":
            yield Unit(raw[0].replace("＞", ">"), "mark", a, b)
        elif kind == "mark":
            yield Unit("?" if "?" in raw else "!", "mark", a, b)
        elif kind in {"abbr", "url", "emoticon", "decimal"}:
            yield Unit(re.sub(r"\s", "", raw.lower()), "word", a, b)
        else:
            yield Unit(raw.translate(_CURLY), "mark", a, b)


def _word(raw: str, start: int, end: int) -> Iterator[Unit]:
    low = raw.lower()
    if match := _CLITIC.match(low):
        cut = start + len(match["stem"])
        yield Unit(words().stems.get(match["stem"], match["stem"]), "word", start, cut)
        yield Unit(match["clitic"], "word", cut, end)
        return
    if low in words().contractions:
        first, second = words().contractions[low]
        cut = min(start + len(first), end - 1)
        yield Unit(first, "word", start, cut)
        yield Unit(second, "word", cut, end)
        return
    capitals = len(raw) > 1 and raw.isupper()
    yield Unit(words().spelling.get(low, low), "word", start, end, capitals=capitals)


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
