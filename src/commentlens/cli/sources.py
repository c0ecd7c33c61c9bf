"""From the sources on the command line to one stream of annotated comments."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from commentlens.cli.lists import ListIds
from commentlens.cli.options import ReadingOptions, SourceOptions
from commentlens.cli.output import note
from commentlens.cli.progress import counted
from commentlens.errors import NoCommentsError, SourceError, place
from commentlens.shipped import shipped

if TYPE_CHECKING:
    from commentlens.annotate import Annotator
    from commentlens.corpus.reading import Reading, SetAside
    from commentlens.knowledge.places import Places
    from commentlens.records import AnnotatedComment, Comment, RankedList

    AsRead: TypeAlias = Callable[[AnnotatedComment, Comment | None], None]
    """Takes an annotated comment and the comment as it was read, None where it was annotated elsewhere."""

T = TypeVar("T")
_NOTED = 5


def _is_empty(source: str | Path) -> bool:
    """Whether a file holds nothing but white space."""
    try:
        with Path(source).open("rb") as file:
            return not any(line.strip() for line in file)
    except OSError:
        return False


def make_annotator(options: ReadingOptions) -> Annotator:
    """The annotator that the options ask for; loads spaCy when it annotates."""
    from commentlens.annotate import AnnotateOptions, Annotator

    return Annotator(
        AnnotateOptions(
            model=options.model,
            rules=options.rules,
            gazetteer=options.gazetteer,
            lexicon=options.lexicon,
            rules_only=options.rules_only,
            mood_model=options.mood_model.value,
            cache=not options.no_cache,
            processes=options.processes,
        )
    )


class SourceStream:
    """The comments of all sources, opened one after the other.

    ``lists`` and ``set_aside`` fill while the comments are read, and are complete when they are.
    """

    def __init__(self, options: SourceOptions) -> None:
        self._options = options
        self._left = options.limit
        self._rejected: list[tuple[str, list[SetAside]]] = []
        self._ids = ListIds()
        self._list_of: dict[str, Callable[[AnnotatedComment | Comment], str | None]] = {}
        self.lists: list[RankedList] = []

    @property
    def set_aside(self) -> list[tuple[str, SetAside]]:
        """Name of the source and what was set aside in it."""
        return [(source, item) for source, items in self._rejected for item in items]

    def known_lists(self, places: Places) -> list[RankedList]:
        """The lists read so far, with what their entries are, found out where the source does not say it."""
        from commentlens.knowledge.companies import Companies
        from commentlens.knowledge.listkind import list_kind

        companies = Companies.load()
        return [
            item if item.kind is not None else replace(item, kind=list_kind(item, places, companies))
            for item in self.lists
        ]

    def readings(self) -> Iterator[Reading]:
        """Open each source.

        Raises:
            SourceError: If one cannot be read, or none of them holds a comment.
        """
        from commentlens.corpus.read import expand_sources, read_source
        from commentlens.corpus.reading import Columns

        options = self._options
        columns = Columns(
            id=options.id_column,
            list=options.list_column,
            entry=options.entry_column,
            rank=options.rank_column,
            author=options.author_column,
            created=options.created_column,
            likes=options.likes_column,
            text=options.text,
        )
        sources: Sequence[str | Path] = (
            expand_sources(options.sources) if options.sources else [shipped("corpus", "high-tech-cities.jsonl")]
        )
        empty: list[SourceError] = []
        for source in sources:
            if self._left == 0:
                return
            try:
                reading = read_source(
                    source,
                    columns=columns,
                    title=options.title,
                    polarity=options.polarity.value if options.polarity else None,
                    kind=options.kind.value if options.kind else None,
                )
            except SourceError as error:
                if not isinstance(error, NoCommentsError) and not _is_empty(source):
                    raise
                empty.append(error)
                if len(empty) == len(sources):
                    raise
                note(f"skipped: {error}", quiet=options.quiet)
                continue
            self._learn_lists(reading)
            self._say_what_is_unused(reading)
            self._rejected.append((reading.source, reading.set_aside))
            if reading.annotated is not None:
                reading.annotated = self._limited(reading.annotated)
            reading.comments = self._limited(reading.comments)
            yield reading

    def annotated(self, reading_options: ReadingOptions) -> Iterator[AnnotatedComment]:
        """Every comment, annotated; what was annotated already is passed on as it is.

        Raises:
            NoCommentsError: If not one could be used, and something was set aside.
        """
        for comment, _ in self.with_lists(reading_options):
            yield comment

    def with_lists(
        self, reading_options: ReadingOptions, as_read: AsRead | None = None
    ) -> Iterator[tuple[AnnotatedComment, str | None]]:
        """What `annotated` gives, each with the id of its list in `lists`, None under no list.

        Args:
            reading_options: how comments are annotated.
            as_read: called with each comment before it is given, and with what was read.
        """
        annotator = None
        used = 0
        comments: Iterator[tuple[AnnotatedComment, str | None, Comment | None]]
        for ready, group in groupby(self.readings(), key=lambda reading: reading.annotated is not None):
            if ready:
                comments = chain.from_iterable(self._annotated_already(reading, reading_options) for reading in group)
            else:
                annotator = annotator or make_annotator(reading_options)
                comments = self._annotated_now(annotator, group)
            for comment, list_id, read in counted(comments, "comments", quiet=self._options.quiet):
                used += 1
                if as_read is not None:
                    as_read(comment, read)
                yield comment, list_id
        if not used and self.set_aside:
            source, item = self.set_aside[0]
            raise NoCommentsError(f"no comment could be used. {place(source, item.line)}: {item.reason}")

    def _annotated_already(
        self, reading: Reading, options: ReadingOptions
    ) -> Iterator[tuple[AnnotatedComment, str | None, None]]:
        for name in ("rules", "gazetteer", "lexicon", "model"):
            given = getattr(options, name)
            if given is not None:
                self._note_no_effect(name, reading)
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

    def _say_what_is_unused(self, reading: Reading) -> None:
        options = self._options
        if reading.unused_columns:
            note(f"{reading.source}: columns not used: {', '.join(reading.unused_columns)}", quiet=options.quiet)
        if reading.annotated is not None and options.title is not None:
            self._note_no_effect("title", reading)

    def _note_no_effect(self, option: str, reading: Reading) -> None:
        note(f"--{option} has no effect on {reading.source}: it is annotated already", quiet=self._options.quiet)

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

    def note_set_aside(self) -> None:
        """Say on stderr what was set aside, the first few with their lines."""
        rejected = self.set_aside
        for source, item in rejected[:_NOTED]:
            note(f"{place(source, item.line)}: set aside, {item.reason}", quiet=self._options.quiet)
        if len(rejected) > _NOTED:
            more = f"{len(rejected) - _NOTED:,} more set aside; commentlens load --rejects FILE lists all"
            note(more, quiet=self._options.quiet)
