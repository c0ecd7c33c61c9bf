"""The records that travel through commentlens: frozen, plain, with no spaCy inside.

Offsets are characters of ``text``, end exclusive. Ranks are whole numbers from 1; a rank interval is ``(best, worst)``,
inclusive at both ends, ``worst`` None where the end is open. `record_json` is the only way in and out
of JSON; `docs/record.md` describes the keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SCHEMA = "commentlens/1"

Label = Literal["CITY", "COMPANY", "COUNTRY", "REGION", "ENTRY"]
LABELS: tuple[Label, ...] = ("CITY", "COMPANY", "COUNTRY", "REGION", "ENTRY")
MoodLabel = Literal["pos", "neg", "neu"]
MOODS: tuple[MoodLabel, ...] = ("pos", "neg", "neu")
Stance = Literal["too_low", "too_high", "right", "unspecified"]
STANCES: tuple[Stance, ...] = ("too_low", "too_high", "right", "unspecified")
Polarity = Literal["positive", "negative"]
POLARITIES: tuple[Polarity, ...] = ("positive", "negative")
Kind = Literal["city", "company", "country", "other"]
KINDS: tuple[Kind, ...] = ("city", "company", "country", "other")
Span = tuple[int, int]
RankInterval = tuple[int, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a ranked list. ``within``: what followed the comma (``Moscow, Russia`` is Moscow within Russia)."""

    name: str
    rank: int | None = None
    within: str | None = None
    blurb: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedList:
    """A ranked list as its page gives it.

    ``id`` is a slug of the title. ``polarity`` is negative where rank 1 is no honour ("Worst ..."). ``kind`` is what
    the entries are; None until someone decides (`knowledge.listkind`).
    """

    id: str
    title: str | None = None
    description: str | None = None
    polarity: Polarity = "positive"
    kind: Kind | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment as its source gives it. ``raw`` is the text as it came, where the repair changed it."""

    id: str
    text: str
    raw: str | None = None
    list: RankedList | None = None
    entry: Entry | None = None
    author: str | None = None
    created: str | None = None
    likes: int | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A city, company, country or region (on a list of other things also an entry) named in the text.

    ``name``: the list's own name where the mention means an entry, else the usual English name. ``id``: for a place
    ``geonames:N``, None where unknown. ``via``: who found it: ``entry``, ``gazetteer`` or ``model``.
    """

    start: int
    end: int
    text: str
    label: Label
    name: str
    id: str | None = None
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What a comment feels about one target. ``score`` is in [-1, 1]; ``evidence`` are the spans that caused it."""

    target: str
    label: MoodLabel
    score: float
    implied: bool
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Where something should stand in the list.

    ``stance``: too_low deserves a smaller number. ``proposed``: the ranks named, None when none is. ``listed``: the
    rank it has; ``stated``: the rank that the writer believes it has.
    """

    subject: str
    stance: Stance
    proposed: RankInterval | None = None
    listed: int | None = None
    stated: int | None = None
    span: Span
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An explicit ordering of two things; ``worse`` is ``*`` for "any other"."""

    better: str
    worse: str
    relation: Literal["better", "equal"]
    aspect: str | None = None
    span: Span
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A company said to be in a city; ``relation`` as in headquarters_of, founded_in, located_in."""

    company: str
    city: str
    relation: str
    span: Span
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedComment:
    """The record: one comment with everything that was read in it. One JSON object a line in exports."""

    id: str
    text: str
    raw: str | None = None
    list: str | None = None
    entry: Entry | None = None
    author: str | None = None
    created: str | None = None
    likes: int | None = None
    mentions: tuple[Mention, ...] = ()
    moods: tuple[Mood, ...] = ()
    claims: tuple[Claim, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    links: tuple[Link, ...] = ()
