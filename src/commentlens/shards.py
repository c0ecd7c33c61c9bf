"""Comments -> a folder of annotated shards (`corpus.annotated_folder`), which a run that was killed can take up again.

The stream is cut into shards of a fixed number of comments in order of input. A shard's name holds a digest of its
comments and of the fingerprint of everything that reads them; so a shard that is there is right, whichever run wrote
it, and all others are written anew from what earlier shards say of the same texts and what the engine finds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from commentlens.annotate import AnnotateOptions, LayerWork, fingerprint_of
from commentlens.corpus.annotated_folder import (
    LISTS,
    MANIFEST,
    REJECTS,
    SHARDS,
    AnnotatedFolder,
    is_annotated_folder,
    open_folder,
)
from commentlens.corpus.reading import Reading
from commentlens.engines import Engine, Piece
from commentlens.errors import CommentlensError, SourceError
from commentlens.record_arrow import layers_schema
from commentlens.records import Comment
from commentlens.shards_plan import Block, Plan, Planner, Row
from commentlens.shards_recall import Recall
from commentlens.shards_write import Rejects, shard_summary, write_begun, write_complete, write_shard
from commentlens.storage import Location, location, unfinished

SHARD_SIZE = 10_000
"""Comments a shard, unless told otherwise: some megabytes, written every few seconds."""


def annotate_to_folder(
    readings: Iterable[Reading],
    folder: Path | Location,
    options: AnnotateOptions,
    engine: Engine,
    *,
    shard_size: int = SHARD_SIZE,
    replace: bool = False,
) -> AnnotatedFolder:
    """Annotate all comments of some sources into a folder, as `annotating` does, and open it."""
    for _ in annotating(readings, folder, options, engine, shard_size=shard_size, replace=replace):
        pass
    return open_folder(folder)


def annotating(
    readings: Iterable[Reading],
    folder: Path | Location,
    options: AnnotateOptions,
    engine: Engine,
    *,
    shard_size: int = SHARD_SIZE,
    replace: bool = False,
) -> Iterator[int]:
    """Annotate all comments of some sources into a folder, or complete what an earlier run has begun there.

    Gives the number of comments that were done since it gave the last one; the folder is complete when the iterator
    is exhausted. Closed before, it ends the workers and leaves a folder that another run completes.

    Args:
        readings: the sources, opened one after the other; what is annotated already is taken as it is.
        folder: new, empty, or an annotated folder.
        options: how comments are annotated; without ``cache``, what is in the folder is annotated again.
        engine: where.
        shard_size: comments a shard.
        replace: let these comments take the place of those of a complete folder, whatever they are.

    Raises:
        CommentlensError: If the folder holds anything else, another run is writing to it, or it cannot be written;
            if it is complete, is not to be replaced, and its first comment is not in the first shard of these; and
            what reading and annotating raise. The folder can then be completed by another run.
    """
    fingerprint = fingerprint_of(options)
    there = location(folder)
    try:
        with _held(there):
            run = _ShardRun(there, fingerprint, engine, shard_size, reuse=options.cache, replace=replace)
            yield from run.run(readings, LayerWork(options))
    except OSError as error:
        raise CommentlensError(
            f"cannot write to {folder}: {error.strerror or error}. What is written is kept: the same command goes on."
        ) from error


class _ShardRun:
    """One run over all sources."""

    def __init__(
        self, folder: Location, fingerprint: str, engine: Engine, shard_size: int, *, reuse: bool, replace: bool
    ) -> None:
        # The library that writes the files is part of what their bytes depend on.
        self._folder, self._fingerprint = folder, fingerprint
        self._state = f"{fingerprint} pyarrow {version('pyarrow')}"
        self._engine = engine
        self._to_find = None if replace else _first_comment(folder)
        usable = _usable_shards(folder, self._state) if reuse else set()
        self._rejects = Rejects(folder)
        recall = Recall(folder / SHARDS / name for name in sorted(usable))
        self._planner = Planner(
            self._state, shard_size, kept=usable.__contains__, recall=recall.find, reject=self._rejects.add
        )
        self._waiting: deque[Plan] = deque()
        self._written: list[str] = []
        self._spared = 0

    def run(self, readings: Iterable[Reading], work: LayerWork) -> Iterator[int]:
        """Annotate what is missing, write each shard as soon as it is complete, and in the end the manifest."""
        # An earlier run's folder stays what it is until this one comes to its end: no file of it is changed before.
        if not is_annotated_folder(self._folder):
            write_begun(self._folder, self._fingerprint)
        blocks: deque[Block] = deque()
        with closing(self._rejects), closing(self._engine.run(work, self._batches(readings, blocks))) as results:
            for pieces in results:
                _fill(blocks.popleft(), pieces)
                self._write_complete_ones()
                yield sum(len(piece.items) for piece in pieces) + self._spared_so_far()
            self._write_complete_ones()
            yield self._spared_so_far()
            if not self._written:
                self._check_sources(())
            write_complete(self._folder, self._fingerprint, self._planner.sources, self._written, self._rejects)

    def _batches(self, readings: Iterable[Reading], blocks: deque[Block]) -> Iterator[Sequence[Comment]]:
        for plan in self._planner.plans(readings):
            # A shard that is there already holds what an earlier run has read.
            if not plan.number and plan.rows:
                self._check_sources(plan.rows)
            self._waiting.append(plan)
            # Where nothing is left to annotate, no result comes that would let these be written.
            self._write_complete_ones()
            for block in plan.blocks:
                blocks.append(block)
                yield block.comments

    def _check_sources(self, rows: Sequence[Row]) -> None:
        """Raise `CommentlensError` where the folder's comments would have to go, and nobody has said so."""
        if self._to_find is None or self._to_find in {(row.comment.id, row.comment.text) for row in rows}:
            return
        raise CommentlensError(
            f"{self._folder} is complete and holds other comments: its first one, {self._to_find[0]}, is not among the "
            f"first {len(rows):,} here. Give another folder, or --replace to have these in their place."
        )

    def _spared_so_far(self) -> int:
        """How many comments of the shards that were written since the last call needed no annotation."""
        spared, self._spared = self._spared, 0
        return spared

    def _write_complete_ones(self) -> None:
        """Write those shards at the head of the queue of which every block is annotated."""
        while self._waiting and all(block.layers is not None for block in self._waiting[0].blocks):
            plan = self._waiting.popleft()
            if plan.rows:
                write_shard(plan, self._folder, self._state)
            self._written.append(plan.name)
            self._spared += plan.spared


def _fill(block: Block, pieces: Sequence[Piece[Comment, bytes]]) -> None:
    """Put together what came of a block."""
    batches = []
    row = 0
    for piece in pieces:
        if piece.result is None:
            block.failures |= dict.fromkeys(range(row, row + len(piece.items)), piece.failure or "")
            nothing = [pa.array([[]] * len(piece.items), field.type) for field in layers_schema()]
            batches.append(pa.RecordBatch.from_arrays(nothing, schema=layers_schema()))
        else:
            batches.append(pa.ipc.read_record_batch(pa.py_buffer(piece.result), layers_schema()))
        row += len(piece.items)
    block.layers = pa.concat_batches(batches)
    block.comments = ()


def _first_comment(folder: Location) -> tuple[str, str] | None:
    """Id and text of the first comment of a complete folder; None where there is none that can be read."""
    with suppress(SourceError):
        complete = open_folder(folder)
        for number in range(len(complete.sources)):
            for batch in complete.batches_of(number, ["id", "text"]):
                return batch.column("id")[0].as_py(), batch.column("text")[0].as_py()
    return None


def _usable_shards(folder: Location, state: str) -> set[str]:
    """Names of the shards that were written in the same state."""
    summaries = ((file.name, shard_summary(file)) for file in (folder / SHARDS).files())
    return {name for name, summary in summaries if summary is not None and summary.state == state}


@contextmanager
def _held(folder: Location) -> Iterator[None]:
    """The folder made and checked, without what a killed run has left half written, and no other run in it.

    Raises:
        CommentlensError: If it holds anything else, or another run is writing to it.
    """
    if folder.is_file():
        raise CommentlensError(f"{folder} is a file; give a folder for the annotated comments.")
    folder.make_folder()
    ours = {MANIFEST, LISTS, REJECTS, SHARDS}
    strange = [there.name for there in folder.inside() if (unfinished(there.name) or there.name) not in ours]
    if strange and not is_annotated_folder(folder):
        raise CommentlensError(f"{folder} holds other files ({strange[0]}, …). Give a new or empty folder.")
    with ExitStack() as stack:
        try:
            stack.enter_context(folder.held())
        except BlockingIOError:
            raise CommentlensError(f"another commentlens annotate is writing to {folder}. Wait for it.") from None
        (folder / SHARDS).make_folder()
        for left in (*folder.files(), *(folder / SHARDS).files()):
            if unfinished(left.name):
                left.remove()
        yield
