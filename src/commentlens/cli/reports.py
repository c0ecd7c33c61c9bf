"""What the commands that sum up have in common: read, annotate, sum up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from commentlens.cli.options import MoodOptions, MoodWeights, ReadingOptions, SourceOptions, ViewFormat
from commentlens.cli.sources import SourceStream, annotate_options

if TYPE_CHECKING:
    from commentlens.corpus.annotated_folder import AnnotatedPart
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
    from commentlens.summary_moods import MoodCounting

    stream = SourceStream(source)
    parts = _filed(source, reading) if also is None and as_read is None else []
    if parts:
        return _out_of_core(
            stream,
            parts,
            reading,
            across_lists=across_lists,
            consensus=consensus,
            moods=moods or MoodCounting(),
            quiet=source.quiet or not source.verbose,
        )
    comments, report = on_the_way(
        stream, reading, across_lists=across_lists, consensus=consensus, moods=moods, as_read=as_read
    )
    for comment in comments:
        if also is not None:
            also(comment)
    stream.note_set_aside()
    return report()


def _filed(source: SourceOptions, reading: ReadingOptions) -> list[AnnotatedPart]:
    """The parts of the sources where these are annotated folders that need not be gone through one by one.

    That is, where all of their comments are asked for, under the lists of which the folder has a record.
    """
    from glob import has_magic

    from commentlens.corpus.annotated_folder import AnnotatedPart, is_annotated_folder
    from commentlens.corpus.read import expand_sources
    from commentlens.storage import location

    folders = [location(one) for one in source.sources or ()]
    # Each part says that the latter have no effect on it, when it is gone through.
    if source.limit is not None or annotate_options(reading).deciding():
        return []
    # DuckDB would take a pattern for one.
    if not all(is_annotated_folder(folder) and not has_magic(str(folder)) for folder in folders):
        return []
    parts = [part for part in expand_sources(source.sources or ()) if isinstance(part, AnnotatedPart)]
    described = [part.folder.sources[part.number] for part in parts]
    # What was annotated before it came into the folder has its lists in its records only.
    plain = all(item.comments and item.format != "annotated" for item in described)
    return parts if plain else []


def _out_of_core(
    stream: SourceStream,
    parts: Sequence[AnnotatedPart],
    reading: ReadingOptions,
    *,
    across_lists: bool,
    consensus: bool,
    moods: MoodCounting,
    quiet: bool,
) -> Report:
    """The report of annotated folders, by DuckDB."""
    from commentlens.cli.output import note
    from commentlens.knowledge.places import Places
    from commentlens.summary_duckdb import report_of_folders
    from commentlens.summary_duckdb_tables import FiledSource

    started = time.monotonic()
    sources = []
    for part, opened in zip(parts, stream.readings(), strict=True):
        lists = stream.lists[len(stream.lists) - len(opened.lists) :]
        ids = {before.id: after.id for before, after in zip(opened.lists, lists, strict=True)}
        sources.append(FiledSource(part=part, list_ids=ids))
    places = Places.load(reading.gazetteer)
    report = report_of_folders(
        sources,
        stream.known_lists(places),
        places,
        across_lists=across_lists,
        consensus=consensus,
        moods=moods,
        set_aside=stream.set_aside_counts,
    )
    seconds = time.monotonic() - started
    note(f"{report.header.comments:,} comments in {seconds:.1f} s, summed up by DuckDB", quiet=quiet)
    stream.note_set_aside()
    return report
