"""One city (or other entry) out of a stream: its comments and what the report says of it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field

from commentlens.errors import UnknownNameError
from commentlens.knowledge.aspects import Aspects
from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Entry
from commentlens.summary import PlaceLookup
from commentlens.summary_city_themes import themes_of_city
from commentlens.summary_records import CityRow, ComparisonRow, DisputeRow, Report
from commentlens.summary_themes import CityThemes, ThemeCounter


@dataclass(frozen=True, slots=True, kw_only=True)
class CityView:
    """What there is to say about one name.

    ``rows``: its rows of the report, one a list. ``comments``: every comment that is under it, mentions it or has a
    mood, claim or comparison about it. ``themes``: what it is praised and blamed for; None where nobody says anything.
    """

    name: str
    rows: tuple[CityRow, ...]
    disputes: tuple[DisputeRow, ...]
    comparisons: tuple[ComparisonRow, ...]
    themes: CityThemes | None
    comments: tuple[AnnotatedComment, ...]


@dataclass(slots=True)
class CityCollector:
    """Collects what belongs to one name while a stream goes by.

    The name may be written in any way that the gazetteer knows (``nyc``, ``NEW YORK``) or as a comment writes it.
    ``counter`` is given every comment, because a city's themes are what is not said of the others.
    """

    wanted: str
    places: PlaceLookup
    counter: ThemeCounter = field(default_factory=lambda: ThemeCounter(Aspects.load()))
    _keys: set[str] = field(init=False)
    _entries: set[Entry] = field(init=False, default_factory=set)
    _id: str | None = field(init=False)
    _known: dict[str, str] = field(init=False, default_factory=dict)
    _comments: list[AnnotatedComment] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        name, _, within = (part.strip() for part in self.wanted.partition(","))
        place = self.places.resolve(name, within or None)
        self._id = place.ref if place else None
        self._keys = {fold(self.wanted), fold(name)}
        if place is not None:
            self._keys.add(fold(place.name))

    def add(self, comment: AnnotatedComment) -> bool:
        """Look at one comment; keep it if it is about the name, and say whether it is."""
        names = set()
        if comment.entry is not None:
            names.add(comment.entry.name)
            self._learn(comment.entry)
        for mention in comment.mentions:
            if mention.label in ("CITY", "ENTRY", "COMPANY"):
                names.add(mention.name)
                # A written form that means the wanted place makes its usual name wanted too: nyc is New York.
                if (mention.id is not None and mention.id == self._id) or fold(mention.text) in self._keys:
                    self._keys.add(fold(mention.name))
        names |= {mood.target for mood in comment.moods}
        names |= {claim.subject for claim in comment.claims}
        names |= {name for item in comment.comparisons for name in (item.better, item.worse) if name != "*"}
        folded = {fold(name): name for name in names}
        for key, name in folded.items():
            self._known.setdefault(key, name)
        kept = bool(self._keys & folded.keys())
        if kept:
            self._comments.append(comment)
        self.counter.add(comment)
        return kept

    def view(self, report: Report) -> CityView:
        """Everything about the name.

        Raises:
            UnknownNameError: If neither a list nor a comment has it; names the nearest that are there.
        """
        keys = self._keys | {fold(row.name) for row in report.cities if row.id is not None and row.id == self._id}
        rows = tuple(row for row in report.cities if fold(row.name) in keys)
        if not rows and not self._comments:
            raise UnknownNameError(self._unknown(report.cities))
        name = rows[0].name if rows else self._known[next(key for key in self._known if key in keys)]
        return CityView(
            name=name,
            rows=rows,
            disputes=tuple(row for row in report.disputes if fold(row.entry) in keys),
            comparisons=tuple(row for row in report.comparisons if keys & {fold(row.better), fold(row.worse)}),
            themes=themes_of_city(report, self.counter, {fold(name), *keys}),
            comments=tuple(self._comments),
        )

    def _learn(self, entry: Entry) -> None:
        """Where the list's name for the wanted place is another one, it is wanted too."""
        if entry in self._entries:
            return
        self._entries.add(entry)
        if self._id is not None:
            place = self.places.resolve(entry.name, entry.within)
            if place is not None and place.ref == self._id:
                self._keys.add(fold(entry.name))

    def _unknown(self, rows: Sequence[CityRow]) -> str:
        known = self._known | {fold(row.name): row.name for row in rows}
        near = difflib.get_close_matches(fold(self.wanted), known, n=3, cutoff=0.6)
        near += [key for key in known if fold(self.wanted) in key.split() and key not in near]
        message = f"no list or comment here has {self.wanted!r}."
        if near:
            return f"{message} Did you mean {' or '.join(known[key] for key in near[:3])}?"
        return f"{message} commentlens report shows what is there."
