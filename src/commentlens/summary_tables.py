"""The running figures behind the report: one table a list, with a line for each name and each company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field

from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Entry
from commentlens.summary_moods import PLAIN_COUNTING, MonthlyMoods, MoodCounting, MoodTally

MENTIONED_UNDER = "mentioned_under"

EntryKey = tuple[str, str, int | None]


def entry_key(entry: Entry) -> EntryKey:
    """What makes two entries of a list the same: name, what follows the comma, and rank."""
    return (fold(entry.name), fold(entry.within or ""), entry.rank)


@dataclass(slots=True)
class Figures:
    """What is counted for one name."""

    name: str
    comments: int = 0
    mentions: int = 0
    cities: int = 0
    naming: int = 0
    moods: MoodTally = field(default_factory=MoodTally)
    months: MonthlyMoods = field(default_factory=MonthlyMoods)
    ids: Counter[str] = field(default_factory=Counter)
    groups: list[int] = field(default_factory=list)
    """Numbers of moods whose named voices are counted elsewhere (`summary_duckdb`), to be settled before they show."""

    def absorb(self, other: Figures) -> None:
        """Add the figures of the same thing."""
        self.comments += other.comments
        self.mentions += other.mentions
        self.cities += other.cities
        self.naming += other.naming
        self.moods.absorb(other.moods)
        self.months.absorb(other.months)
        self.ids += other.ids
        self.groups += other.groups

    def id(self) -> str | None:
        """The id that most mentions have."""
        return self.ids.most_common(1)[0][0] if self.ids else None


@dataclass(slots=True)
class CompanyFigures:
    company: str
    mentions: int = 0
    comments: int = 0
    cities: Counter[tuple[str, str]] = field(default_factory=Counter)


class Table:
    """The figures of one list, of the comments under none, or of all lists together."""

    def __init__(self, counting: MoodCounting = PLAIN_COUNTING) -> None:
        self._counting = counting
        self.comments = 0
        self.own: dict[EntryKey, Figures] = {}
        self.named: dict[str, Figures] = {}
        self.companies: dict[str, CompanyFigures] = {}

    def add(self, comment: AnnotatedComment) -> None:
        """Count one comment."""
        self.comments += 1
        own = None
        own_name = ""
        if comment.entry is not None:
            own = self.own.setdefault(entry_key(comment.entry), Figures(comment.entry.name))
            own.comments += 1
            own_name = fold(comment.entry.name)

        def figures(name: str) -> Figures:
            folded = fold(name)
            if own is not None and folded == own_name:
                return own
            return self.named.setdefault(folded, Figures(name))

        naming: dict[int, Figures] = {}
        for mention in comment.mentions:
            found = figures(mention.name)
            found.mentions += 1
            found.cities += mention.label == "CITY"
            naming[id(found)] = found
            if mention.label == "CITY" and mention.id is not None:
                found.ids[mention.id] += 1
        for found in naming.values():
            found.naming += 1
        weight = self._counting.weight(comment.likes)
        for mood in comment.moods:
            found = figures(mood.target)
            found.moods.add(mood, comment.author, weight)
            if self._counting.by_month:
                found.months.add(mood, comment, weight)
        self._add_companies(comment)

    def note(self, folded: str, written: str) -> None:
        """Make room for a name that is only claimed, never mentioned."""
        self.named.setdefault(folded, Figures(written))

    def take_entry(self, entry: Entry) -> Figures:
        """The figures of one entry, what is said of it under other entries included.

        A name that several entries share goes to the one that asks first. Call `others` afterwards.
        """
        figures = Figures(entry.name)
        for found in (self.own.get(entry_key(entry)), self.named.pop(fold(entry.name), None)):
            if found is not None:
                figures.absorb(found)
        return figures

    def others(self, claimed: Container[str]) -> list[Figures]:
        """What is left after the entries: cities, and what else has a mood or a claim; most named first."""
        rows = [
            figures
            for name, figures in self.named.items()
            if figures.cities or figures.moods.comments or name in claimed
        ]
        return sorted(rows, key=lambda row: (-row.mentions, -row.moods.comments, row.name))

    def added_up(self) -> list[Figures]:
        """One line for each name, whichever entries and lists it stands under; most named first."""
        total: dict[str, Figures] = {}
        for figures in [*self.own.values(), *self.named.values()]:
            if figures.cities or figures.moods.comments or figures.comments:
                total.setdefault(fold(figures.name), Figures(figures.name)).absorb(figures)
        return sorted(total.values(), key=lambda row: (-row.mentions, -row.comments, row.name))

    def _add_companies(self, comment: AnnotatedComment) -> None:
        seen: set[str] = set()
        for mention in comment.mentions:
            if mention.label != "COMPANY":
                continue
            key = fold(mention.name)
            company = self.companies.setdefault(key, CompanyFigures(mention.name))
            company.mentions += 1
            company.comments += key not in seen
            seen.add(key)
        self.add_company_places(comment, self.companies)

    def add_company_places(self, comment: AnnotatedComment, known: Container[str]) -> None:
        """Count where a comment puts its companies.

        Args:
            comment: whose mentions are counted.
            known: folded names of the companies that are mentioned up to this comment; links of others do not count.
        """
        linked = {fold(link.company) for link in comment.links}
        if comment.entry is not None:
            named = {fold(mention.name) for mention in comment.mentions if mention.label == "COMPANY"}
            for key in named - linked:
                self.companies[key].cities[comment.entry.name, MENTIONED_UNDER] += 1
        for company_key, city, relation in {(fold(link.company), link.city, link.relation) for link in comment.links}:
            if company_key in known:
                self.companies[company_key].cities[city, relation] += 1
