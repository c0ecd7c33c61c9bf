"""What the commands that sum up have in common: read, annotate, sum up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

from commentlens.cli.options import MoodOptions, MoodWeights, ReadingOptions, SourceOptions, ViewFormat
from commentlens.cli.sources import SourceStream

if TYPE_CHECKING:
    from commentlens.records import AnnotatedComment
    from commentlens.sources import AsRead
    from commentlens.summary_moods import MoodCounting
    from commentlens.summary_records import Report


def counting_of(moods: MoodOptions, format: ViewFormat) -> MoodCounting:
    """How the moods are to be added up.

    Raises:
        typer.BadParameter: If there is no place for the months in the format.
    """
    from commentlens.summary_moods import MoodCounting

    if moods.by_month and format is ViewFormat.csv:
        message = "csv has no place for months: use --format json, markdown or table."
        raise typer.BadParameter(message, param_hint="--by-month")
    return MoodCounting(by_likes=moods.weight_by is MoodWeights.likes, by_month=moods.by_month)


def on_the_way(
    stream: SourceStream,
    reading: ReadingOptions,
    *,
    across_lists: bool = False,
    consensus: bool = False,
    moods: MoodCounting | None = None,
    as_read: AsRead | None = None,
) -> tuple[Iterator[AnnotatedComment], Callable[[], Report]]:
    """The annotated comments of the sources, and what gives their report once all of them have been taken."""
    from commentlens.knowledge.places import Places
    from commentlens.summary import summing
    from commentlens.summary_moods import PLAIN_COUNTING

    places = Places.load(reading.gazetteer)
    return summing(
        stream.with_lists(reading, as_read),
        lambda: stream.known_lists(places),
        places,
        across_lists=across_lists,
        consensus=consensus,
        moods=moods or PLAIN_COUNTING,
        set_aside=lambda: stream.set_aside_counts.total(),
        sorts=lambda: stream.set_aside_counts,
    )


def summed_up(
    source: SourceOptions,
    reading: ReadingOptions,
    *,
    across_lists: bool = False,
    consensus: bool = False,
    moods: MoodCounting | None = None,
    also: Callable[[AnnotatedComment], None] | None = None,
    as_read: AsRead | None = None,
) -> Report:
    """The report of the sources.

    Args:
        source: where the comments come from.
        reading: how they are annotated.
        across_lists: add up all lists.
        consensus: with the crowd's ranking of each list.
        moods: how moods are added up; None: as they are without options.
        also: called with each comment.
        as_read: called with each comment and what was read (`SourceStream.with_lists`).
    """
    stream = SourceStream(source)
    comments, report = on_the_way(
        stream, reading, across_lists=across_lists, consensus=consensus, moods=moods, as_read=as_read
    )
    for comment in comments:
        if also is not None:
            also(comment)
    stream.note_set_aside()
    return report()
