"""From sources to one stream of comments, annotated if wanted, each with the list it belongs to.

The commands and the Python interface both go through here; what they say to the user they say through callbacks.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from commentlens.annotate import AnnotateOptions, Annotator
from commentlens.errors import NoCommentsError, SourceError, place
from commentlens.list_ids import ListIds
from commentlens.shipped import shipped
from commentlens.storage import Location, location

if TYPE_CHECKING:
    from commentlens.corpus.annotated_folder import AnnotatedPart
    from commentlens.corpus.reading import Columns, Reading, SetAside, SetAsides
    from commentlens.corpus.repeats import Repeats
    from commentlens.knowledge.places import Places
    from commentlens.records import AnnotatedComment, Comment, Kind, Polarity, RankedList

    AsRead: TypeAlias = Callable[[AnnotatedComment, Comment | None], None]
    """Takes an annotated comment and the comment as it was read, None where it was annotated elsewhere."""

T = TypeVar("T")
C = TypeVar("C", "AnnotatedComment", "Comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """How sources are to be understood.

    Attributes:
        title: of the list, where the source has none or a wrong one.
        polarity: whether rank 1 is an honour; None: the title tells.
        kind: what the entries are; None: title and entries tell.
        columns: which column of a table holds what; None: the usual names tell.
        limit: how many comments to read, over all sources; None for all.
        strict: the first broken row of a table is an error, instead of being set aside.
    """

    title: str | None = None
    polarity: Polarity | None = None
    kind: Kind | None = None
    columns: Columns | None = None
    limit: int | None = None
    strict: bool = False


def _unsaid(_: str) -> None:
    """Where notes go that nobody asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What is said while sources are read.

    Attributes:
        say: takes each note, a sentence.
        detail: takes what only somebody wants to know who looks closely: how each source was read.
        reject: takes the name of a source and each thing that is set aside in it, as it comes.
        option_prefix: what the user writes before an option's name: ``--`` on the command line, where hyphens join its
            words.
    """

    say: Callable[[str], None] = field(default=_unsaid)
    detail: Callable[[str], None] = field(default=_unsaid)
    reject: Callable[[str, SetAside], None] | None = None
    option_prefix: str = ""

    def no_effect(self, option: str, source: str) -> None:
        """An option that was given and does nothing to a source."""
        written = option.replace("_", "-") if self.option_prefix else option
        self.say(f"{self.option_prefix}{written} has no effect on {source}: it is annotated already")


class CommentStream:
    """The comments of all sources, opened one after the other.

    ``lists`` and ``set_aside`` fill while the comments are read, and are complete when they are.

    Args:
        sources: files, folders, patterns, or ``-`` for standard input; none: the page that ships.
        settings: how they are to be understood.
        notes: takes what there is to say.
    """

    def __init__(
        self, sources: Sequence[str] | None = None, settings: SourceSettings | None = None, notes: Notes | None = None
    ) -> None:
        self._sources = sources
        self._settings = settings or SourceSettings()
        self._notes = notes or Notes()
        self._left = self._settings.limit
        self._rejected: list[tuple[str, SetAsides]] = []
        self._repeats: Repeats | None = None
        self._opened: Reading | None = None
        self._count = 1
        self._done = 0
        self._ids = ListIds()
        self._list_of: dict[str, Callable[[AnnotatedComment | Comment], str | None]] = {}
        self.lists: list[RankedList] = []

    @property
    def set_aside(self) -> list[tuple[str, SetAside]]:
        """Name of the source and what was set aside in it, of each source the first thousand."""
        return [(source, item) for source, items in self._rejected for item in items]

    @property
    def set_aside_counts(self) -> Counter[str]:
        """How much was set aside so far, by sort."""
        total: Counter[str] = Counter()
        for _, items in self._rejected:
            total.update(items.sorts)
        return total

    def fraction(self) -> float | None:
        """How much of the sources is read, 0 to 1, each source counting the same; None where nobody knows."""
        reading = self._opened
        if reading is None or reading.fraction is None:
            return None
        return (self._done + reading.fraction()) / self._count

    def known_lists(self, places: Places) -> list[RankedList]:
        """The lists read so far, with what their entries are, found out where the source does not say it."""
        return known_lists(self.lists, places)

    def list_id(self, reading: Reading, comment: AnnotatedComment | Comment) -> str | None:
        """Id in ``lists`` of the list that a comment of a reading belongs to, None under no list."""
        return self._list_of[reading.source](comment)

    def readings(self) -> Iterator[Reading]:
        """Open each source.

        Raises:
            SourceError: If one cannot be read, or none of them holds a comment.
        """
        from commentlens.corpus.read import expand_sources, read_source

        settings = self._settings
        sources: Sequence[str | Location | AnnotatedPart] = (
            expand_sources(self._sources) if self._sources else [location(shipped("corpus", "high-tech-cities.jsonl"))]
        )
        empty: list[SourceError] = []
        self._count = len(sources)
        for self._done, source in enumerate(sources):
            if self._left == 0:
                return
            try:
                reading = read_source(
                    source,
                    columns=settings.columns,
                    title=settings.title,
                    polarity=settings.polarity,
                    kind=settings.kind,
                )
            except SourceError as error:
                if not isinstance(error, NoCommentsError) and not _is_empty(source):
                    raise
                empty.append(error)
                if len(empty) == len(sources):
                    raise
                self._notes.say(f"skipped: {error}")
                continue
            self._learn_lists(reading)
            self._say_how_it_was_read(reading)
            self._opened = reading
            self._rejected.append((reading.source, reading.set_aside))
            reading.set_aside.tell(partial(self._rejects, reading))
            if reading.annotated is not None:
                reading.annotated = self._limited(self._new(reading.annotated, reading))
                reading.comments = self._limited(reading.comments)
            else:
                reading.comments = self._limited(self._new(reading.comments, reading))
            yield reading

    def annotated(self, options: AnnotateOptions) -> Iterator[AnnotatedComment]:
        """Every comment, annotated; what was annotated already is passed on as it is.

        Raises:
            NoCommentsError: If not one could be used, and something was set aside.
        """
        for comment, _ in self.with_lists(options):
            yield comment

    def with_lists(
        self, options: AnnotateOptions, as_read: AsRead | None = None
    ) -> Iterator[tuple[AnnotatedComment, str | None]]:
        """What `annotated` gives, each with the id of its list in `lists`, None under no list.

        Args:
            options: how comments are annotated.
            as_read: called with each comment before it is given, and with what was read.
        """
        annotator = None
        used = 0
        comments: Iterator[tuple[AnnotatedComment, str | None, Comment | None]]
        for ready, group in groupby(self.readings(), key=lambda reading: reading.annotated is not None):
            if ready:
                comments = chain.from_iterable(self._annotated_already(reading, options) for reading in group)
            else:
                annotator = annotator or Annotator(options)
                comments = self._annotated_now(annotator, group)
            for comment, list_id, read in comments:
                used += 1
                if as_read is not None:
                    as_read(comment, read)
                yield comment, list_id
        self.check_used(used)

    def check_used(self, used: int) -> None:
        """Raise `NoCommentsError` where all was read, not one comment could be used, and something was set aside."""
        if not used and self.set_aside:
            source, item = self.set_aside[0]
            raise NoCommentsError(f"no comment could be used. {place(source, item.line)}: {item.reason}")

    def _annotated_already(
        self, reading: Reading, options: AnnotateOptions
    ) -> Iterator[tuple[AnnotatedComment, str | None, None]]:
        for name in options.deciding():
            self._notes.no_effect(name, reading.source)
        list_of = self._list_of[reading.source]
        return ((comment, list_of(comment), None) for comment in reading.annotated or ())

    def _annotated_now(
        self, annotator: Annotator, readings: Iterable[Reading]
    ) -> Iterator[tuple[AnnotatedComment, str | None, Comment]]:
        # The annotator keeps the order, and takes some comments before it gives the first back.
        ahead: deque[tuple[str | None, Comment]] = deque()

        def comments() -> Iterator[Comment]:
            for reading in readings:
                list_of = self._list_of[reading.source]
                for comment in reading.comments:
                    ahead.append((list_of(comment), comment))
                    yield comment

        return ((comment, *ahead.popleft()) for comment in annotator.annotate(comments()))

    def _learn_lists(self, reading: Reading) -> None:
        """Give the lists of a source their ids, and keep how its comments find theirs."""
        lists = self._ids.of_source(reading.lists)
        self.lists.extend(lists)
        if reading.annotated is None:
            by_id = {before.id: after.id for before, after in zip(reading.lists, lists, strict=True)}

            def list_of(comment: AnnotatedComment | Comment) -> str | None:
                ranked_list = comment.list
                return None if ranked_list is None or isinstance(ranked_list, str) else by_id[ranked_list.id]
        elif (own_list_of := reading.list_of) is not None:
            by_id = {before.id: after.id for before, after in zip(reading.lists, lists, strict=True)}

            def list_of(comment: AnnotatedComment | Comment) -> str | None:
                own = own_list_of(comment)
                return None if own is None else by_id[own]
        else:
            by_title = {item.title: item.id for item in lists}
            untitled: list[str] = []

            def list_of(comment: AnnotatedComment | Comment) -> str | None:
                if isinstance(comment.list, str):
                    return by_title[comment.list]
                if comment.entry is None:
                    return None
                # A record under an entry has a list, if only one without a title.
                if not untitled:
                    untitled.append(self._ids.unused(PurePath(reading.source).stem or "list"))
                return untitled[0]

        self._list_of[reading.source] = list_of

    def _say_how_it_was_read(self, reading: Reading) -> None:
        entries = sum(len(item.entries) for item in reading.lists)
        lists = f"{len(reading.lists)} list{'' if len(reading.lists) == 1 else 's'}, {entries:,} entries"
        self._notes.detail(f"{reading.source}: read as {reading.format}; {lists}")
        if reading.unused_columns:
            self._notes.say(f"{reading.source}: columns not used: {', '.join(reading.unused_columns)}")
        if reading.annotated is not None and self._settings.title is not None:
            self._notes.no_effect("title", reading.source)

    def _rejects(self, reading: Reading, item: SetAside) -> None:
        if self._notes.reject is not None:
            self._notes.reject(reading.source, item)
        if self._settings.strict and item.sort == "broken":
            where = place(reading.source, item.line)
            raise SourceError(f"{where}: {item.reason}. Mend the row, or leave --strict out to set it aside.")

    def _new(self, comments: Iterable[C], reading: Reading) -> Iterator[C]:
        """The comments that did not come before; the others are set aside."""
        from commentlens.corpus.reading import SetAside
        from commentlens.corpus.repeats import Repeats

        if reading.without_repeats:
            yield from comments
            return
        repeats = self._repeats = self._repeats or Repeats()
        for comment in comments:
            reason = repeats.reason(comment)
            if reason is None:
                yield comment
            else:
                reading.set_aside.append(SetAside(line=0, reason=reason, text=comment.text, sort="repeat"))

    def _limited(self, items: Iterable[T]) -> Iterator[T]:
        if self._left is None:
            yield from items
            return
        if self._left == 0:
            return
        for item in items:
            yield item
            self._left -= 1
            if self._left == 0:
                return


def known_lists(lists: Iterable[RankedList], places: Places) -> list[RankedList]:
    """The lists with what their entries are, found out from title and entries where it is not said."""
    from commentlens.knowledge.listkind import CompaniesOnDemand, list_kind

    companies = CompaniesOnDemand()
    return [item if item.kind is not None else replace(item, kind=list_kind(item, places, companies)) for item in lists]


def _is_empty(source: str | Location | AnnotatedPart) -> bool:
    """Whether a file holds nothing but white space."""
    if not isinstance(source, Location):
        return False
    try:
        with source.open() as file:
            return not any(line.strip() for line in file)
    except OSError:
        return False
