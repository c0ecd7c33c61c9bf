"""From the sources on the command line to one stream of annotated comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from commentlens.cli.options import ReadingOptions, SourceOptions
from commentlens.cli.output import note
from commentlens.cli.progress import counted
from commentlens.errors import NoCommentsError, place
from commentlens.shipped import shipped

if TYPE_CHECKING:
    from commentlens.annotate import Annotator
    from commentlens.corpus.reading import Reading, SetAside
    from commentlens.knowledge.places import Places
    from commentlens.records import AnnotatedComment, RankedList

T = TypeVar("T")
_NOTED = 5


def make_annotator(options: ReadingOptions) -> Annotator:
    """The annotator that the options ask for; loads spaCy when it annotates."""
    from commentlens.annotate import AnnotateOptions, Annotator

    return Annotator(
        AnnotateOptions(
            model=options.model,
            rules=options.rules,
            gazetteer=options.gazetteer,
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
        empty: list[NoCommentsError] = []
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
            except NoCommentsError as error:
                empty.append(error)
                if len(empty) == len(sources):
                    raise
                note(f"skipped: {error}", quiet=options.quiet)
                continue
            self.lists.extend(reading.lists)
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
        annotator = None
        used = 0
        comments: Iterator[AnnotatedComment]
        for ready, group in groupby(self.readings(), key=lambda reading: reading.annotated is not None):
            if ready:
                comments = chain.from_iterable(reading.annotated or () for reading in group)
            else:
                annotator = annotator or make_annotator(reading_options)
                comments = annotator.annotate(chain.from_iterable(reading.comments for reading in group))
            for comment in counted(comments, "comments", quiet=self._options.quiet):
                used += 1
                yield comment
        if not used and self.set_aside:
            source, item = self.set_aside[0]
            raise NoCommentsError(f"no comment could be used. {place(source, item.line)}: {item.reason}")

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
