"""Sentences, units and clauses: what the rules of claims, comparisons, links and moods look at.

A comment is cut into sentences, a sentence into units: lower-case words, punctuation, mentions (coordinated ones as one:
"Rome, Paris and London"), ranks. All offsets are characters of the comment, so nothing changes when a sentence is put
in front. Pure text work: no spaCy, no state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commentlens.components.ranks import RankExpression, find_ranks

# A word, an abbreviation with inner dots, an address, an emoticon, a run of dots, of arrows, of marks, any other sign.
_LEX = re.compile(
    r"(?P<url>(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|gov|edu|io|co)\b(?:/\S*)?)"
    r"|(?P<abbr>\b(?:[A-Za-z]\.){2,}|\b(?:vs|st|mt|mr|mrs|dr|etc|inc|ltd|corp|approx|eg|ie)\.(?=\s*[a-z0-9@(,]))"
    r"|(?P<emoticon>[:;=8][-o*']?[)\](\[dDpP/\\|3]+(?!\w)|<3)"
    r"|(?P<word>\w+(?:[-'’`´]\w+)*)"
    r"|(?P<newline>\s*\n\s*)"
    r"|(?P<dots>\.{2,}|…+)"
    r"|(?P<arrows>[>＞]+|<+)"
    r"|(?P<mark>[?!]+(?:\s*[?!]+)*)"
    r"|(?P<sign>[^\w\s])",
    re.IGNORECASE,
)
_CLITIC = re.compile(r"(?P<stem>.+?)(?P<clitic>n['’`´]t|['’`´](?:s|re|ve|d|ll|m))$", re.IGNORECASE)
_BARE_CLITIC = {
    "dont": "do n't", "doesnt": "does n't", "didnt": "did n't", "isnt": "is n't", "arent": "are n't", "wasnt": "was n't",
    "werent": "were n't", "cant": "can n't", "couldnt": "could n't", "wont": "will n't", "wouldnt": "would n't",
    "shouldnt": "should n't", "hasnt": "has n't", "havent": "have n't", "hadnt": "had n't", "aint": "is n't",
    "cannot": "can n't", "im": "i 'm", "ive": "i 've", "thats": "that 's", "hes": "he 's", "theyre": "they 're",
    "whats": "what 's", "wheres": "where 's", "hows": "how 's", "youre": "you 're", "theres": "there 's",
    "shouldve": "should 've", "shoulda": "should have", "gotta": "got to", "gonna": "going to", "wanna": "want to",
}  # fmt: skip
_SPELLING = {
    "u": "you", "ur": "your", "r": "are", "shud": "should", "sould": "should", "shoud": "should", "shld": "should",
    "shold": "should", "wud": "would", "coz": "because", "cuz": "because", "bcoz": "because", "becuz": "because",
    "definately": "definitely", "definetly": "definitely", "definatly": "definitely", "higer": "higher", "heigher": "higher",
    "desrves": "deserves", "derserves": "deserves", "diserves": "deserves", "beter": "better", "betta": "better",
    "thn": "than", "plz": "please", "pls": "please", "ppl": "people", "wat": "what", "wut": "what", "thru": "through",
    "suprised": "surprised", "suprise": "surprise", "beleive": "believe", "belive": "believe", "agre": "agree",
    "rediculous": "ridiculous", "ridiculus": "ridiculous", "definitly": "definitely", "tho": "though",
    "overated": "overrated", "over-rated": "overrated", "under-rated": "underrated", "underated": "underrated",
}  # fmt: skip
_CURLY = str.maketrans({"’": "'", "`": "'", "´": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})
_STEM = {"ca": "can", "wo": "will", "ai": "is", "sha": "shall"}

# After a number these words let it stand alone as a rank; any other word makes it count something ("4 airports").
_AFTER_RANK = frozenset(
    """
    a about above actually again ahead all alone already always and any anyway are as at because before behind
    below beneath best between both bro but by cause clearly come compared considering definitely deserved
    deservedly despite dude either especially even ever every everyone for forever from fully get give go guys
    had haha hands has have he here honestly how however i if im imho imo in instead is isn it its just lol
    man max maybe means min my no nope not now obviously of off ok on only or our out over overall period
    please probably put rather really right seems she should simply since so sorry sounds still than that the
    then there they this though through to today together too top u under until very was way we well were what
    when where whereas which while who why will with without worldwide would xd yeah yes yet you your easily
    easy hahaha ranked
    feels feel seem looks look works fits makes deserves belongs goes does did could sits tells says shows proves sorry
    """.split()
)  # fmt: skip
# These may follow a rank that carries its sign ("the #1 city"), but after a bare number they are what it counts.
_RANKED_NOUNS = frozenset(
    """
    spot position place places city cities town towns country countries brand brands company companies airline
    airlines game games movie movies car cars film films song songs band bands show shows team teams player
    players maker makers list ranking rank
    """.split()
)
_VERB_OF_ONE = frozenset("is was has 's isn deserves beats needs does wins doesn wasn hasn should belongs".split())
_JOINERS = frozenset(", and & or / + n nor".split())
_END = frozenset([".", "!", "?", "...", "\n"])
_CONTRAST = frozenset(
    "but however although though yet whereas while except unfortunately sadly nevertheless still".split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. ``kind``: word, mark (punctuation), mention or rank. ``mentions``: indices into the mentions of the
    comment (several when coordinated). ``rank``: the expression's interval and form, for ranks."""

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


@dataclass(frozen=True, slots=True)
class Sentence:
    """The units of one sentence, and the same as one line for the patterns (`code`)."""

    units: tuple[Unit, ...]
    code: str = field(init=False)
    keys: frozenset[str] = field(init=False)
    _starts: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        parts, keys, starts, position = [], set(), {}, 0
        for index, unit in enumerate(self.units):
            if unit.kind == "mention":
                part = f"@{unit.norm}{index}"
                keys.add("@")
            elif unit.kind == "rank":
                part = f"#{unit.norm}{index}"
                keys.add(f"#{unit.norm}")
            else:
                part = unit.norm
                keys.add(part)
            starts[position] = index
            parts.append(part)
            position += len(part) + 1
        starts[position] = len(self.units)
        object.__setattr__(self, "code", " ".join(parts) + " " if parts else "")
        object.__setattr__(self, "keys", frozenset(keys))
        object.__setattr__(self, "_starts", starts)

    @classmethod
    def from_lists(cls, rows: Sequence[Sequence[Any]]) -> Sentence:
        """A sentence from the plain values that a Doc keeps."""
        return cls(tuple(Unit.from_list(row) for row in rows))

    @property
    def start(self) -> int:
        """First character."""
        return self.units[0].start

    @property
    def end(self) -> int:
        """End of the last unit, exclusive."""
        return self.units[-1].end

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark."""
        return self.units[-1].norm == "?"

    @property
    def doubts(self) -> bool:
        """Whether it asks how something can be, and so denies it: "How can A be better than B"."""
        opening = [unit.norm for unit in self.units[:2]]
        return opening[0] in {"how", "why"} and (self.asks or opening[1:] in (["can"], ["could"], ["is"], ["are"]))

    def unit_span(self, match: re.Match[str]) -> tuple[int, int]:
        """Units that a match on `code` covers, end exclusive."""
        return self._starts[match.start()], self._starts[match.end()]

    def unit(self, value: str) -> Unit:
        """The unit that a slot value such as ``@city3`` or ``#r0`` stands for."""
        return self.units[self.index(value)]

    def offset(self, unit: int) -> int:
        """Where a unit begins in `code`."""
        return next(position for position, index in self._starts.items() if index == unit)

    @staticmethod
    def index(value: str) -> int:
        """Index of the unit that a slot value stands for."""
        return int(re.sub(r"^\D+", "", value))

    def clauses(self) -> list[tuple[int, int]]:
        """Unit intervals of the clauses: cut at contrast words, at ``;``, and where a new subject starts after a comma
        or "and"."""
        cuts = [0]
        for i, unit in enumerate(self.units):
            if i == 0 or i == cuts[-1]:
                continue
            if (
                unit.norm in _CONTRAST
                and unit.kind == "word"
                and not (unit.norm == "still" and self.units[i - 1].kind == "word")
            ):
                cuts.append(i)
            elif (
                unit.norm in {";", ":", "(", ")"}
                or (unit.norm == "-" and unit.kind == "mark")
                or (unit.norm in {",", "and", "so", "because"} and self._new_subject(i + 1))
            ):
                cuts.append(i + 1)
        cuts = [cut for cut in dict.fromkeys(cuts) if cut < len(self.units)]
        return [(a, b) for a, b in zip(cuts, [*cuts[1:], len(self.units)], strict=True) if a < b]

    def _new_subject(self, i: int) -> bool:
        while i < len(self.units) and self.units[i].norm in {"and", "the", "so", "then", "also", "now"}:
            i += 1
        if i >= len(self.units) - 1:
            return False
        unit = self.units[i]
        follower = self.units[i + 1].norm
        if unit.kind == "mention":
            return follower in _VERBS
        if unit.norm in {
            "i",
            "we",
            "you",
            "it",
            "they",
            "he",
            "she",
            "there",
            "this",
            "that",
            "its",
            "people",
            "everyone",
        }:
            return self.units[i + 1].kind == "word"
        return False


_VERBS = frozenset(
    """is are was were be has have had should must can could will would may might deserves deserve needs need beats beat looks
    look seems seem feels feel does do did 's 're gets got belongs makes offers sucks rules wins leads got goes comes stands
    ranks lacks remains became becomes""".split()
)


def read_sentences(text: str, mentions: Sequence[Mapping[str, Any]]) -> list[Sentence]:
    """Cut a comment into sentences of units.

    Args:
        text: the comment.
        mentions: ``{"start", "end", "label", …}`` in text order, not overlapping.
    """
    units = _without_quotes(_settle_ranks(list(_lex(text, mentions)), text))
    sentences: list[Sentence] = []
    current: list[Unit] = []
    for unit in units:
        if unit.norm == "\n" and unit.kind == "mark":
            if current:
                sentences.append(Sentence(tuple(_join_mentions(current))))
            current = []
            continue
        current.append(unit)
        if unit.kind == "mark" and unit.norm in _END:
            sentences.append(Sentence(tuple(_join_mentions(current))))
            current = []
    if current:
        sentences.append(Sentence(tuple(_join_mentions(current))))
    return [sentence for sentence in sentences if sentence.units]


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
        if kind == "word":
            yield from _word(raw.translate(_CURLY), a, b)
        elif kind == "newline":
            yield Unit("\n", "mark", a, b)
        elif kind == "dots":
            yield Unit("...", "mark", a, b)
        elif kind == "arrows":
            yield Unit(raw[0].replace("＞", ">"), "mark", a, b)
        elif kind == "mark":
            yield Unit("?" if "?" in raw else "!", "mark", a, b)
        elif kind in {"abbr", "url", "emoticon"}:
            yield Unit(re.sub(r"\s", "", raw.lower()), "word", a, b)
        else:
            yield Unit(raw.translate(_CURLY), "mark", a, b)


def _word(raw: str, start: int, end: int) -> Iterator[Unit]:
    low = raw.lower()
    if low == "'s":
        yield Unit(low, "word", start, end)
        return
    if match := _CLITIC.match(low):
        cut = start + len(match["stem"])
        yield Unit(_STEM.get(match["stem"], match["stem"]), "word", start, cut)
        yield Unit(match["clitic"], "word", cut, end)
        return
    if low in _BARE_CLITIC:
        first, second = _BARE_CLITIC[low].split(" ")
        cut = min(start + len(first), end - 1)
        yield Unit(first, "word", start, cut)
        yield Unit(second, "word", cut, end)
        return
    capitals = len(raw) > 1 and raw.isupper()
    yield Unit(_SPELLING.get(low, low), "word", start, end, capitals=capitals)


def _settle_ranks(units: list[Unit], text: str) -> list[Unit]:
    """Decide which numbers stand alone as ranks (r, n), which are followed by what they count (a, or a plain word)."""
    settled = []
    for i, unit in enumerate(units):
        if unit.kind != "rank":
            settled.append(unit)
            continue
        follower = units[i + 1] if i + 1 < len(units) else None
        alone = follower is None or follower.kind != "word" or follower.norm in _AFTER_RANK or follower.norm == "n't"
        if not alone and follower is not None and unit.norm != "n":
            alone = follower.norm in _RANKED_NOUNS
        if unit.top and not alone:
            alone = follower is not None and follower.norm in {"most", "in", "high"}
        if not alone:
            if unit.norm == "r":
                settled.append(_as(unit, "a"))
            else:
                settled.append(Unit(text[unit.start : unit.end].lower(), "word", unit.start, unit.end))
        elif unit.norm == "o":
            settled.append(_as(unit, "r"))
        else:
            settled.append(unit)
    return settled


def _as(unit: Unit, form: str) -> Unit:
    return Unit(form, unit.kind, unit.start, unit.end, unit.mentions, unit.rank, unit.top)


def _join_mentions(units: list[Unit]) -> Iterator[Unit]:
    """Make one unit of coordinated mentions; take a city's country ("Seoul, Korea") into the city's unit."""
    i = 0
    while i < len(units):
        unit = units[i]
        i += 1
        if unit.kind != "mention":
            yield unit
            continue
        while True:
            j = i
            while j < len(units) and units[j].norm in _JOINERS and j - i < 2:
                j += 1
            while (
                j < len(units)
                and j > i
                and units[j].norm in {"even", "also", "the", "maybe", "perhaps", "any", "a", "an", "poor"}
            ):
                j += 1
            if j == i or j >= len(units) or units[j].kind != "mention":
                break
            following = units[j]
            joiner = "".join(u.norm for u in units[i:j])
            if joiner == "," and unit.norm == "city" and following.norm in {"country", "region"}:
                unit = Unit(unit.norm, "mention", unit.start, following.end, unit.mentions)
            elif not _coordinated(unit, following, joiner, units, j):
                break
            else:
                unit = Unit(unit.norm, "mention", unit.start, following.end, (*unit.mentions, *following.mentions))
            i = j + 1
        yield unit


def _coordinated(unit: Unit, following: Unit, joiner: str, units: list[Unit], j: int) -> bool:
    places = {"city", "country", "region"}
    if unit.norm != following.norm and not {unit.norm, following.norm} <= places:
        return False
    after = units[j + 1].norm if j + 1 < len(units) else ""
    if after in _VERB_OF_ONE and joiner in {",", "and", ",and"} and not (after == "should" and joiner == "and"):
        # "I love Rome, London is bad": what follows begins a clause of its own.
        return len(unit.mentions) > 1 and joiner != ","
    return True
