"""What passes between the steps of `commentlens_entities`: candidates, what the list knows, the comment's surface."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from commentlens.knowledge.names import FoldedText
from commentlens.knowledge.place_senses import Place, PlaceSense
from commentlens.records import Label

#: How labels of our own recogniser are read here, where spaCy's mean something else.
OURS = {"LOC": "FAC", "ORG": "INSTITUTION"}
#: Labels that say place, and those that say company or organisation.
PLACE_LABELS = frozenset({"GPE", "LOC", "CITY", "COUNTRY", "REGION"})
COMPANY_LABELS = frozenset({"ORG", "PRODUCT", "COMPANY"})
#: Labels of longer names that may hold a place's.
HOLDING_LABELS = frozenset({"ORG", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT", "FAC", "COMPANY", "INSTITUTION", "OTHER"})
Via = Literal["entry", "gazetteer", "model"]
# The sum of evidence from which on a candidate is a mention.
ACCEPT = 1.0
Form = Literal[
    "full", "short", "prefix", "acronym", "misspelt", "name", "alternate", "nickname", "code", "plural", "model", "area"
]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the statistical model found: a span of characters and spaCy's label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One possible mention; compared by identity, since comparing all that it holds would cost more than judging it.

    ``first``, ``last``: numbers of its first and last word. ``name``: folded form that matched. ``senses``: places it
    may be, most likely first. ``common``: the name is an ordinary word too. ``entry``: number of the list's entry that
    it means. ``upper``: counts only in capitals. ``sector``: of a known company; ``sector_only``: the name counts only
    on a list about that sector.
    """

    start: int
    end: int
    first: int
    last: int
    label: Label
    said: str
    name: str
    via: Via
    form: Form
    senses: tuple[PlaceSense, ...] = ()
    common: bool = False
    upper: bool = False
    sector: str | None = None
    sector_only: bool = False
    entry: int | None = None
    own_entry: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """What two proposals of the same thing have in common."""
        return (self.start, self.end, self.label, self.said, self.name, self.via, self.form, self.entry, self.own_entry)

    @property
    def words(self) -> int:
        """How many words it covers."""
        return self.last - self.first + 1

    @property
    def place(self) -> Place | None:
        """The most likely place."""
        return self.senses[0].place if self.senses else None


@functools.lru_cache(maxsize=256)
def _shown(weight: float) -> str:
    return f" ({weight:+.1f})"


@dataclass(slots=True)
class Judgement:
    """Pieces of evidence for one candidate, (weight, what it is) in the order in which they came, and their sum."""

    score: float = 0.0
    pieces: list[tuple[float, str]] = field(default_factory=list)

    def add(self, weight: float, reason: str) -> None:
        """Count one piece of evidence."""
        self.score += weight
        self.pieces.append((weight, reason))

    def copy(self) -> Judgement:
        """One to which more can be added."""
        return Judgement(self.score, self.pieces.copy())

    @property
    def accepted(self) -> bool:
        """Whether the sum is enough."""
        return self.score >= ACCEPT - 1e-9

    def __str__(self) -> str:
        return ", ".join([reason + _shown(weight) for weight, reason in self.pieces])


class Nearby:
    """Candidates by place, so that a long comment costs no more a word than a short one."""

    # Longer than any name and the gap between two that are told in one breath.
    _REACH = 120

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        """Sort them."""
        self._candidates = sorted(candidates, key=lambda candidate: candidate.start)
        self._starts = [candidate.start for candidate in self._candidates]

    def around(self, candidate: Candidate) -> list[Candidate]:
        """Those that may touch a candidate or stand beside it, in text order."""
        first = bisect_left(self._starts, candidate.start - self._REACH)
        return self._candidates[first : bisect_right(self._starts, candidate.end + self._REACH)]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that lost, or what the model found and nobody took, and why."""

    candidate: Candidate | Proposal
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """A mention, ready to be written; ``reason``: the evidence that decided."""

    start: int
    end: int
    label: Label
    name: str
    id: str | None
    via: Via
    reason: str = ""


Style = Literal["lower", "upper", "title", "mixed"]
_SENTENCE_END = re.compile(r"[.!?…:;\n(\[\"“>*•]\s*$|\n\s*[-–]\s*$")
_URL = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\w+|@\w+")


@dataclass(frozen=True, slots=True)
class Surface:
    """A comment's words as they stand, for rules that look at neighbours and capitals.

    ``words``: folded; ``spans``: their characters in ``text``; ``capital``: begins with a capital; ``opens``: first
    word of a sentence or quotation; ``gaps``: the characters before each word; ``named``: the words that have a
    capital inside a sentence.
    """

    text: str
    folded: FoldedText
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    capital: tuple[bool, ...]
    opens: tuple[bool, ...]
    gaps: tuple[str, ...]
    style: Style
    hidden: tuple[tuple[int, int], ...]
    named: frozenset[str]
    proposals: tuple[Proposal, ...] = field(default=())

    @classmethod
    def of(cls, text: str, folded: FoldedText, proposals: Sequence[Proposal] = ()) -> Surface:
        """Look at a comment."""
        origin = folded.origin
        spans = tuple(
            [(origin[start], origin[end - 1] + 1) for start, end in zip(folded.starts, folded.ends, strict=True)]
        )
        capital = tuple([text[start].isupper() for start, _ in spans])
        gaps: list[str] = []
        opens: list[bool] = []
        before = 0
        for start, end in spans:
            gap = text[before:start]
            gaps.append(gap)
            opens.append(not before or (gap != " " and bool(_SENTENCE_END.search(gap))))
            before = end
        return cls(
            text=text,
            folded=folded,
            words=folded.words,
            spans=spans,
            capital=capital,
            opens=tuple(opens),
            gaps=tuple(gaps),
            style=_style(text, spans, capital, opens),
            named=frozenset(
                [word for word, large, first in zip(folded.words, capital, opens, strict=True) if large and not first]
            ),
            hidden=tuple(match.span() for match in _URL.finditer(text)) if "@" in text or "." in text else (),
            proposals=tuple(sorted(proposals, key=lambda proposal: proposal.start)) if proposals else (),
        )

    def covering(self, candidate: Candidate) -> Proposal | None:
        """The model's entity that holds a candidate whole; entities of a model do not overlap."""
        if not self.proposals:
            return None
        at = bisect_right(self.proposals, candidate.start, key=lambda proposal: proposal.start) - 1
        if at < 0:
            return None
        end = self.proposals[at].end
        # The full stop of "inc." belongs to the candidate; the model may leave it out.
        stop = self.text[end : end + 1] == "."
        return self.proposals[at] if candidate.end <= end + stop else None

    def word(self, number: int) -> str:
        """The folded word of that number; empty outside the comment."""
        return self.words[number] if 0 <= number < len(self.words) else ""

    def joined(self, first: int, last: int) -> bool:
        """Whether only blanks and hyphens stand between the words from ``first`` to ``last``."""
        between = "".join(self.gaps[first + 1 : last + 1])
        return between == " " or not between.strip(" \t-‐‑–\u00a0")

    def same_phrase(self, left: int, right: int) -> bool:
        """Whether the neighbouring words ``left`` and ``right`` exist and have no punctuation between them."""
        return 0 <= left < right < len(self.words) and self.joined(left, right)


_LITTLE = frozenset("with from over than that this into upon onto near like under after when your their".split())


def _style(text: str, spans: Sequence[tuple[int, int]], capital: Sequence[bool], opens: Sequence[bool]) -> Style:
    letters = sum(map(str.isalpha, text))
    if not letters:
        return "lower"
    if letters > 6 and sum(map(str.isupper, text)) / letters > 0.8:
        return "upper"
    if True not in capital:
        return "lower"
    inner = [
        number
        for number, (start, end) in enumerate(spans)
        if not opens[number] and text[start].isalpha() and text[start:end] not in ("I", "i")
    ]
    capitals = sum(capital[number] for number in inner)
    if len(inner) >= 4 and capitals / len(inner) > 0.66:
        # In a title only little words have no capital: "Mumbai Indians beat Chennai Super Kings" is none.
        small = (text[slice(*spans[number])] for number in inner if not capital[number])
        if all(len(word) < 4 or word in _LITTLE for word in small):
            return "title"
    # One word may be all there is; its capital still says something.
    return "mixed" if capitals or any(capital[n] for n in range(len(spans)) if opens[n]) else "lower"
