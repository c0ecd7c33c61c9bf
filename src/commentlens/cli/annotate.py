"""``commentlens annotate``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commentlens.cli.options import ReadingOptions, SourceOptions, grouped

if TYPE_CHECKING:
    from commentlens.annotate import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderReadingOptions(ReadingOptions):
    """How comments are annotated where there may be millions of them."""

    processes: Annotated[int, typer.Option(min=0, metavar="N", help="Processes to use; 0 is one a core.")] = 0


@grouped
def annotate(
    source: SourceOptions,
    reading: FolderReadingOptions,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Folder to write: new, or one that annotate wrote."),
    ],
    shard_size: Annotated[
        int, typer.Option(min=1, metavar="N", help="Comments a file; another number writes all files anew.")
    ] = 10_000,
    only: Annotated[
        str | None,
        typer.Option(metavar="LAYERS", help="Only some of entities,mood,claims,comparisons,links."),
    ] = None,
) -> None:
    """Annotate many comments into a folder of Parquet files, which the other commands take as a SOURCE.

    Whatever stops it, the same command goes on where it was; with more comments it annotates the new ones only.

    \b
    Example:
      commentlens annotate forum.jsonl -o forum
      commentlens report forum
    """
    from commentlens.cli.output import note
    from commentlens.cli.progress import counted
    from commentlens.cli.sources import SourceStream, annotate_options
    from commentlens.engines.local import LocalEngine
    from commentlens.render.figures import count
    from commentlens.shards import annotating

    stream = SourceStream(source)
    engine = LocalEngine(reading.processes or _cores())
    options = replace(annotate_options(reading), only=_layers(only))
    done = annotating(stream.readings(), output, options, engine, shard_size=shard_size)
    number = 0
    for _ in counted(_one_by_one(done), "comments", quiet=source.quiet, fraction=stream.fraction):
        number += 1
    stream.note_set_aside()
    note(f"{count(number, 'comment')} in {output}", quiet=source.quiet)


def _layers(only: str | None) -> tuple[Layer, ...]:
    """The layers of a list with commas.

    Raises:
        typer.BadParameter: If one of them is none.
    """
    from commentlens.annotate import LAYERS

    names = [name.strip() for name in only.split(",")] if only is not None else []
    for name in names:
        if name not in LAYERS:
            raise typer.BadParameter(f"{name!r} is no layer: use {', '.join(LAYERS)}.", param_hint="--only")
    return tuple(layer for layer in LAYERS if layer in names)


def _one_by_one(numbers: Iterator[int]) -> Iterator[None]:
    return chain.from_iterable(repeat(None, number) for number in numbers)


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
