"""``commentlens annotate``."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, repeat
from typing import TYPE_CHECKING, Annotated

import typer

from commentlens.cli.options import ReadingOptions, SourceOptions, grouped

if TYPE_CHECKING:
    from commentlens.annotate import AnnotateOptions, Layer
    from commentlens.engines import Engine


class EngineName(StrEnum):
    """Values of ``--engine``."""

    local = "local"
    dask = "dask"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderReadingOptions(ReadingOptions):
    """How comments are annotated where there may be millions of them."""

    processes: Annotated[int, typer.Option(min=0, metavar="N", help="Processes to use; 0 is one a core.")] = 0


@grouped
def annotate(
    source: SourceOptions,
    reading: FolderReadingOptions,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Folder or s3:// URL to write: new, or one that annotate wrote."
        ),
    ],
    shard_size: Annotated[
        int, typer.Option(min=1, metavar="N", help="Comments a file; another number writes all files anew.")
    ] = 10_000,
    only: Annotated[
        str | None,
        typer.Option(metavar="LAYERS", help="Only some of entities,mood,claims,comparisons,links."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put these comments in the place of others that DIR holds.")
    ] = False,
    engine: Annotated[
        EngineName, typer.Option(help="Where: processes of this machine, or the workers of a Dask cluster.")
    ] = EngineName.local,
    address: Annotated[
        str | None, typer.Option(metavar="URL", help="Scheduler of the Dask cluster, such as tcp://host:8786.")
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
    from commentlens.render.figures import count
    from commentlens.shards import annotating
    from commentlens.storage import location

    folder = location(output)
    runner = _engine(engine, address, reading.processes)
    stream = SourceStream(source)
    options = dataclasses.replace(annotate_options(reading), only=_layers(only))
    if engine is EngineName.dask:
        options = _anywhere(options)
    done = annotating(stream.readings(), folder, options, runner, shard_size=shard_size, replace=replace)
    number = 0
    for _ in counted(_one_by_one(done), "comments", quiet=source.quiet, fraction=stream.fraction):
        number += 1
    stream.note_set_aside()
    note(f"{count(number, 'comment')} in {folder}", quiet=source.quiet)


def _engine(name: EngineName, address: str | None, processes: int) -> Engine:
    """The engine that was asked for.

    Raises:
        typer.BadParameter: If the options do not go together.
    """
    if name is EngineName.local:
        from commentlens.engines.local import LocalEngine

        if address is not None:
            raise typer.BadParameter("goes with --engine dask only.", param_hint="--address")
        return LocalEngine(processes or _cores())
    from commentlens.engines.dask import DaskEngine

    if address is None:
        raise typer.BadParameter(
            "needs --address, which dask scheduler prints, such as tcp://host:8786.", param_hint="--engine dask"
        )
    if processes:
        raise typer.BadParameter(
            "is for the local engine; a cluster has the workers that it has.", param_hint="--processes"
        )
    return DaskEngine(address)


def _anywhere(options: AnnotateOptions) -> AnnotateOptions:
    """The same options where the working directory is another one."""
    given = {name: getattr(options, name) for name in ("model", "rules", "gazetteer", "lexicon")}
    return dataclasses.replace(options, **{name: path.absolute() for name, path in given.items() if path is not None})


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
