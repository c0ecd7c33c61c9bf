"""What report, city and disputes have in common: read, annotate, sum up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from commentlens.cli.options import ReadingOptions, SourceOptions
from commentlens.cli.sources import SourceStream

if TYPE_CHECKING:
    from commentlens.records import AnnotatedComment
    from commentlens.summary_records import Report


def summed_up(
    source: SourceOptions,
    reading: ReadingOptions,
    *,
    across_lists: bool = False,
    also: Callable[[AnnotatedComment], None] | None = None,
) -> Report:
    """The report of the sources.

    Args:
        source: where the comments come from.
        reading: how they are annotated.
        across_lists: add up all lists.
        also: called with each comment.
    """
    from commentlens.knowledge.places import Places
    from commentlens.summary import Summariser

    stream = SourceStream(source)
    places = Places.load()
    summariser = Summariser(places, across_lists=across_lists)
    for comment in stream.annotated(reading):
        summariser.add(comment)
        if also is not None:
            also(comment)
    for ranked_list in stream.known_lists(places):
        summariser.add_list(ranked_list)
    stream.note_set_aside()
    return summariser.report(len(stream.set_aside))
