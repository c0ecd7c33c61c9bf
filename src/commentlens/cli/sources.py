"""The options of the command line as `commentlens.sources` takes them, with its notes and progress on stderr."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, TextIO, TypeVar

from commentlens.annotate import AnnotateOptions, Annotator
from commentlens.cli.options import ReadingOptions, SourceOptions
from commentlens.cli.output import note
from commentlens.cli.progress import counted
from commentlens.errors import CommentlensError, place
from commentlens.sources import CommentStream, Notes, SourceSettings

if TYPE_CHECKING:
    from pathlib import Path

    from commentlens.corpus.reading import Reading, SetAside
    from commentlens.knowledge.places import Places
    from commentlens.records import AnnotatedComment, RankedList
    from commentlens.sources import AsRead

T = TypeVar("T")
_NOTED = 5


def annotate_options(options: ReadingOptions) -> AnnotateOptions:
    """What the options say of how comments are annotated."""
    return AnnotateOptions(
        model=options.model,
        rules=options.rules,
        gazetteer=options.gazetteer,
        lexicon=options.lexicon,
        rules_only=options.rules_only,
        implied=options.implied,
        mood_model=options.mood_model.value,
        cache=not options.no_cache,
        processes=options.processes,
    )


def make_annotator(options: ReadingOptions) -> Annotator:
    """The annotator that the options ask for; loads spaCy when it annotates."""
    return Annotator(annotate_options(options))


def source_settings(options: SourceOptions) -> SourceSettings:
    """What the options say of how sources are to be understood."""
    from commentlens.corpus.reading import Columns

    return SourceSettings(
        title=options.title,
        polarity=options.polarity.value if options.polarity else None,
        kind=options.kind.value if options.kind else None,
        columns=Columns(
            id=options.id_column,
            list=options.list_column,
            entry=options.entry_column,
            rank=options.rank_column,
            author=options.author_column,
            created=options.created_column,
            likes=options.likes_column,
            text=options.text,
        ),
        limit=options.limit,
        strict=options.strict,
    )


class SourceStream:
    """`CommentStream` of the sources on the command line."""

    def __init__(self, options: SourceOptions) -> None:
        self._quiet = options.quiet
        self._rejects = _opened(options.rejects)
        self._verbose = options.verbose and not options.quiet
        notes = Notes(
            say=partial(note, quiet=options.quiet),
            detail=partial(note, quiet=not self._verbose),
            reject=self._reject if self._rejects else None,
            option_prefix="--",
        )
        self._stream = CommentStream(options.sources, source_settings(options), notes)

    @property
    def lists(self) -> list[RankedList]:
        """See `CommentStream`."""
        return self._stream.lists

    @property
    def set_aside(self) -> list[tuple[str, SetAside]]:
        """See `CommentStream.set_aside`."""
        return self._stream.set_aside

    def fraction(self) -> float | None:
        """See `CommentStream.fraction`."""
        return self._stream.fraction()

    @property
    def set_aside_counts(self) -> Counter[str]:
        """See `CommentStream.set_aside_counts`."""
        return self._stream.set_aside_counts

    def known_lists(self, places: Places) -> list[RankedList]:
        """See `CommentStream.known_lists`."""
        return self._stream.known_lists(places)

    def readings(self) -> Iterator[Reading]:
        """See `CommentStream.readings`."""
        return self._stream.readings()

    def annotated(self, reading_options: ReadingOptions) -> Iterator[AnnotatedComment]:
        """See `CommentStream.annotated`; with progress."""
        for comment, _ in self.with_lists(reading_options):
            yield comment

    def with_lists(
        self, reading_options: ReadingOptions, as_read: AsRead | None = None
    ) -> Iterator[tuple[AnnotatedComment, str | None]]:
        """See `CommentStream.with_lists`; with progress."""
        comments = self._stream.with_lists(annotate_options(reading_options), as_read)
        shown = counted(comments, "comments", quiet=self._quiet, fraction=self._stream.fraction)
        return self._timed(shown) if self._verbose else shown

    def _timed(self, comments: Iterator[T]) -> Iterator[T]:
        started = time.monotonic()
        number = 0
        for number, comment in enumerate(comments, 1):  # noqa: B007 (the count is the result)
            yield comment
        seconds = time.monotonic() - started
        note(f"{number:,} comments in {seconds:.1f} s, {number / max(seconds, 1e-9):,.0f} a second", quiet=False)

    def note_set_aside(self, *, all_of_them: bool = False) -> None:
        """Say on stderr what was set aside, the first few with their lines, and how much; close the file of rejects."""
        from commentlens.render.figures import count

        if self._rejects is not None:
            self._rejects.close()
        total = self._stream.set_aside_counts.total()
        lines = count(total, "line")
        if not total:
            return
        if self._rejects is not None:
            note(f"{lines} set aside, listed in {self._rejects.name}", quiet=self._quiet)
            return
        rejected = self.set_aside if all_of_them else self.set_aside[:_NOTED]
        for source, item in rejected:
            note(f"{place(source, item.line or None)}: set aside, {item.reason}", quiet=self._quiet)
        if all_of_them and total == len(rejected):
            note(f"{lines} set aside", quiet=self._quiet)
        elif total > len(rejected):
            note(f"{total - len(rejected):,} more set aside; --rejects FILE lists all", quiet=self._quiet)

    def _reject(self, source: str, item: SetAside) -> None:
        row = {"source": source, "line": item.line or None, "reason": item.reason, "sort": item.sort, "text": item.text}
        if self._rejects is not None:
            self._rejects.write(json.dumps(row, ensure_ascii=False) + "\n")


def _opened(path: Path | None) -> TextIO | None:
    if path is None:
        return None
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise CommentlensError(f"cannot write {path}: {error.strerror or error}. --rejects needs a file.") from error
