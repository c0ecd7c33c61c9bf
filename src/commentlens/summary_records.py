"""The report: what `summary.summarise` gives and every renderer shows.

Frozen dataclasses; each field says in its ``help`` metadata what it holds. `report_to_dict` turns a report into plain
JSON values with the same keys in the same order, and docs/cli.md lists them (a test compares the three).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, NamedTuple, cast

from commentlens.consensus_parameters import CrowdParameters
from commentlens.records import Kind, Polarity, Stance
from commentlens.summary_consensus import Consensus, ConsensusEntry, ConsensusList
from commentlens.summary_help import help_text as _help
from commentlens.summary_links import Contradiction, SaidPlace
from commentlens.summary_themes import AspectCount, CityThemes, Themes
from commentlens.themes import Theme

REPORT_SCHEMA = "commentlens-report/1"


class ListRef(NamedTuple):
    """Which list a row belongs to: its title and its id, both None under no list."""

    title: str | None
    id: str | None


NO_LIST = ListRef(None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What was read, in numbers."""

    lists: int = field(metadata=_help("ranked lists read"))
    entries: int = field(metadata=_help("entries of these lists"))
    comments: int = field(metadata=_help("comments read"))
    set_aside: int = field(metadata=_help("rows or lines of the sources that are no usable comment"))
    deleted: int = field(default=0, metadata=_help("of what is set aside, comments whose text was deleted or removed"))
    repeats: int = field(
        default=0, metadata=_help("of what is set aside, comments that came twice: each is counted once")
    )
    authors: int = field(metadata=_help("different named authors; above 65,536 an estimate (about 0.4 % off)"))
    doubtful_language: int = field(metadata=_help("comments that do not look English"))
    moods_weighted_by: str | None = field(
        default=None,
        metadata=_help("likes where they weigh the moods (--weight-by likes); null: voices weigh the same"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSummary:
    """One ranked list."""

    title: str | None = field(metadata=_help("title of the list, null without one"))
    list_id: str | None = field(metadata=_help("its id, different for each list of the report"))
    description: str | None = field(metadata=_help("what the page says under its title"))
    polarity: Polarity = field(metadata=_help("negative where rank 1 is no honour"))
    kind: Kind | None = field(metadata=_help("what the entries are: city, company, country, other; null where unknown"))
    entries: int = field(metadata=_help("entries of the list"))
    comments: int = field(metadata=_help("comments under the list"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodFigures:
    """The mood towards one city, by comments and by voices: a named author is one, an anonymous comment is one."""

    mean: float | None = field(metadata=_help("mean score from -1 to 1; null where no comment has a mood towards it"))
    comments: int = field(metadata=_help("comments the mean rests on"))
    pos: int = field(metadata=_help("of these, labelled pos"))
    neu: int = field(metadata=_help("of these, labelled neu"))
    neg: int = field(metadata=_help("of these, labelled neg"))
    voices: int = field(metadata=_help("voices behind the keys below, which may be weighted (--weight-by likes)"))
    net: float | None = field(metadata=_help("share of pos minus share of neg among the voices; null without any"))
    shrunk: float | None = field(
        metadata=_help("mean of the voices, drawn towards 0 where they are few (docs/mood.md)")
    )
    low: float | None = field(metadata=_help("lower end of the 95 % interval around it"))
    high: float | None = field(metadata=_help("upper end of the 95 % interval around it"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthMood:
    """The mood towards one city in one month."""

    month: str | None = field(metadata=_help("year and month (2024-05); null for comments without a date that is read"))
    mood: MoodFigures = field(metadata=_help("mood of the comments of that month"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeCounts:
    """How many voices say what about one rank; a named author counts once a stance, an anonymous comment is a voice."""

    too_low: int = field(metadata=_help("voices for a smaller number"))
    too_high: int = field(metadata=_help("voices for a larger number, or off the list"))
    right: int = field(metadata=_help("voices that agree with the rank"))
    unspecified: int = field(metadata=_help("voices that dispute it and name no direction"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CityRow:
    """One entry of a list, or a city that is only mentioned."""

    list: str | None = field(metadata=_help("title of the list; null without one and in sums across lists"))
    list_id: str | None = field(metadata=_help("id of the list; null under no list and in sums across lists"))
    rank: int | None = field(metadata=_help("listed rank; null for a city that is no entry"))
    name: str = field(metadata=_help("the list's name for it, else the usual English name"))
    within: str | None = field(metadata=_help("what followed the comma in the list (Moscow, Russia)"))
    country: str | None = field(metadata=_help("country, English name"))
    country_code: str | None = field(metadata=_help("country, ISO 3166 code of two letters"))
    id: str | None = field(metadata=_help("geonames:N, null where unknown"))
    latitude: float | None = field(default=None, metadata=_help("degrees north of the equator; null where unknown"))
    longitude: float | None = field(default=None, metadata=_help("degrees east of Greenwich; null where unknown"))
    is_entry: bool = field(metadata=_help("whether the list has it"))
    comments: int = field(
        metadata=_help("comments posted under the entry; for what is no entry, comments that mention it")
    )
    mentions: int = field(metadata=_help("times it is named in any comment"))
    mood: MoodFigures = field(metadata=_help("mood towards it"))
    months: tuple[MonthMood, ...] | None = field(
        default=None, metadata=_help("mood by month, earliest first; null unless asked for (--by-month)")
    )
    disputes: DisputeCounts | None = field(metadata=_help("who disputes its rank; null in sums across lists"))
    crowd: int | None = field(metadata=_help("the crowd's rank (docs/consensus.md); null for what has no listed rank"))
    change: int | None = field(metadata=_help("listed rank minus crowd's rank: positive is up"))
    evidence: int = field(metadata=_help("voices behind the crowd's rank; 0 where it only made room for others"))
    companies: tuple[str, ...] = field(
        metadata=_help("companies said to be there or named under it, most comments first")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyCity:
    """One city a company is named with."""

    city: str = field(metadata=_help("name of the city"))
    relation: str = field(
        metadata=_help("as the comments say it (headquarters, …); mentioned_under: named under that entry only")
    )
    comments: int = field(metadata=_help("comments that say so"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRow:
    """One company."""

    list: str | None = field(metadata=_help("title of the list; null without one and in sums across lists"))
    list_id: str | None = field(metadata=_help("id of the list; null under no list and in sums across lists"))
    company: str = field(metadata=_help("usual name of the company"))
    mentions: int = field(metadata=_help("times it is named"))
    comments: int = field(metadata=_help("comments that name it"))
    cities: tuple[CompanyCity, ...] = field(metadata=_help("cities it is named with, most comments first"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Ranks that were asked for."""

    best: int = field(metadata=_help("smallest rank proposed"))
    worst: int | None = field(metadata=_help("largest rank proposed, inclusive; null where open"))
    voices: int = field(metadata=_help("voices for it"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The sentence that says so."""

    comment: str = field(metadata=_help("id of the comment"))
    author: str | None = field(metadata=_help("its author, null where anonymous"))
    sentence: str = field(metadata=_help("exact sentence or sentences of the comment that hold the claim"))
    start: int = field(metadata=_help("where the sentence starts in the comment, in characters"))
    rule: str = field(metadata=_help("rule that found it"))
    proposed: tuple[int, int | None] | None = field(
        default=None, metadata=_help("[best, worst] it proposes; null where no rank is named")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRow:
    """One entry and one direction in which its rank is disputed (or confirmed)."""

    list: str | None = field(metadata=_help("title of the list, null without one"))
    list_id: str | None = field(metadata=_help("id of the list; null under no list"))
    entry: str = field(metadata=_help("what the claim is about"))
    listed: int | None = field(metadata=_help("its listed rank"))
    stance: Stance = field(metadata=_help("too_low, too_high, right or unspecified"))
    voices: int = field(metadata=_help("different voices"))
    strength: float = field(
        metadata=_help("sum over the voices of 1 + |ln(listed / nearest rank proposed)|; orders the rows")
    )
    proposed: tuple[Proposal, ...] = field(metadata=_help("ranks proposed, most voices first"))
    quotes: tuple[Quote, ...] = field(metadata=_help("the strongest sentences, strongest first, at most five"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    """One explicit ordering of two things."""

    list: str | None = field(metadata=_help("title of the list, null without one"))
    list_id: str | None = field(metadata=_help("id of the list; null under no list"))
    better: str = field(metadata=_help("what is called better"))
    worse: str = field(metadata=_help('what is called worse; "*" for any other'))
    relation: str = field(metadata=_help("better or equal"))
    voices: int = field(metadata=_help("different voices"))
    against_list: bool | None = field(
        metadata=_help("whether the listed order says the opposite; null where one is not listed")
    )
    quotes: tuple[Quote, ...] = field(metadata=_help("sentences that say so, at most five"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything the report shows, ready to render."""

    schema: str = field(default=REPORT_SCHEMA, metadata=_help("name and version of this structure"))
    header: Header = field(metadata=_help("what was read, in numbers"))
    lists: tuple[ListSummary, ...] = field(metadata=_help("the lists, in the order in which they came"))
    cities: tuple[CityRow, ...] = field(
        metadata=_help("entries in listed order, then other cities in order of mentions")
    )
    companies: tuple[CompanyRow, ...] = field(metadata=_help("companies in order of comments"))
    disputes: tuple[DisputeRow, ...] = field(
        metadata=_help("disputed ranks, strongest first; confirmed ones (right) after them")
    )
    comparisons: tuple[ComparisonRow, ...] = field(metadata=_help("comparisons, most voices first"))
    contradictions: tuple[Contradiction, ...] = field(
        default=(), metadata=_help("companies that comments put in different cities, most voices first")
    )
    consensus: Consensus | None = field(
        default=None, metadata=_help("the crowd's ranking of each list; only there with --consensus")
    )
    themes: Themes | None = field(
        default=None, metadata=_help("what cities are praised and blamed for; only there with --themes")
    )


RECORDS = (
    Report,
    Header,
    ListSummary,
    CityRow,
    MoodFigures,
    MonthMood,
    DisputeCounts,
    CompanyRow,
    CompanyCity,
    DisputeRow,
    Proposal,
    Quote,
    ComparisonRow,
    Contradiction,
    SaidPlace,
    Consensus,
    CrowdParameters,
    ConsensusList,
    ConsensusEntry,
    Themes,
    CityThemes,
    Theme,
    AspectCount,
)


def report_to_dict(report: Report) -> dict[str, Any]:
    """The report as plain JSON values (tuples become lists), keys in documented order; what was not asked is absent."""
    document = cast("dict[str, Any]", _plain(report))
    if report.consensus is None:
        del document["consensus"]
    if report.themes is None:
        del document["themes"]
    return document


def documented_fields(record: type) -> Iterator[tuple[str, str]]:
    """Name and help of each field of one of the `RECORDS`."""
    for item in fields(record):
        yield item.name, item.metadata["help"]


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
