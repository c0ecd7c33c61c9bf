"""What the commands that sum up have in common: read, annotate, sum up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from commentlens.cli.options import ReadingOptions, SourceOptions
from commentlens.cli.sources import SourceStream

if TYPE_CHECKING:
    from commentlens.records import AnnotatedComment
    from commentlens.summary_records import Report


def on_the_way(
    stream: SourceStream, reading: ReadingOptions, *, across_lists: bool = False, consensus: bool = False
) -> tuple[Iterator[AnnotatedComment], Callable[[], Report]]:
    """The annotated comments of the sources, and what gives their report once all of them have been taken."""
    from commentlens.knowledge.places import Places
    from commentlens.summary import summing

    places = Places.load(reading.gazetteer)
    return summing(
        stream.with_lists(reading),
        lambda: stream.known_lists(places),
        places,
        across_lists=across_lists,
        consensus=consensus,
        set_aside=lambda: len(stream.set_aside),
    )


def summed_up(
    source: SourceOptions,
    reading: ReadingOptions,
    *,
    across_lists: bool = False,
    consensus: bool = False,
    also: Callable[[AnnotatedComment], None] | None = None,
) -> Report:
    """The report of the sources.

    Args:
        source: where the comments come from.
        reading: how they are annotated.
        across_lists: add up all lists.
        consensus: with the crowd's ranking of each list.
        also: called with each comment.
    """
    stream = SourceStream(source)
    comments, report = on_the_way(stream, reading, across_lists=across_lists, consensus=consensus)
    for comment in comments:
        if also is not None:
            also(comment)
    stream.note_set_aside()
    return report()
