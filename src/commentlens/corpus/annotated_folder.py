"""A folder of annotated shards: what stands in it, and how it is read.

    DIR/manifest.json     what was annotated how: sources, shards with their checksums, whether it is complete
    DIR/lists.jsonl       the lists of each source with all entries, also those that nobody comments on
    DIR/rejects.jsonl     what was set aside, with the source and the line
    DIR/shards/*.parquet  the record's columns and three more: source, list_id, key; in order of input

`commentlens.shards` writes it. Each source of the run is a `Reading` of its own, so that a report over the folder goes
the same way as one over the sources, down to which lists of several sources are one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commentlens.corpus.jsonl import comment_of, list_from_dict, lists_of_annotated
from commentlens.corpus.reading import Reading, SetAside, SetAsides
from commentlens.errors import SourceError, place
from commentlens.records import AnnotatedComment, Comment, Kind, Polarity, RankedList
from commentlens.storage import Location, location

if TYPE_CHECKING:
    import pyarrow as pa

MANIFEST, LISTS, REJECTS, SHARDS = "manifest.json", "lists.jsonl", "rejects.jsonl", "shards"
FOLDER_SCHEMA = "commentlens-shards/1"
SOURCE_COLUMN, LIST_COLUMN, KEY_COLUMN = "source", "list_id", "key"
_ANNOTATED = "annotated"


@dataclass(frozen=True, slots=True)
class AnnotatedSource:
    """One source of an annotated folder: its name and format when it was read, and how many comments it gave."""

    source: str
    format: str
    comments: int


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of annotated comments, its name within the folder, their number, and the checksum of its bytes."""

    file: str
    comments: int
    sha256: str


@dataclass(frozen=True, eq=False)
class AnnotatedFolder:
    """A complete folder of annotated shards.

    Attributes:
        path: the folder.
        fingerprint: of everything that could change an annotation.
        sources: in the order in which they were read.
        shards: in order of input.
    """

    path: Location
    fingerprint: str
    sources: tuple[AnnotatedSource, ...]
    shards: tuple[Shard, ...]

    @property
    def shard_files(self) -> list[Location]:
        """The Parquet files, in order of input."""
        return [self.path / shard.file for shard in self.shards]

    @cached_property
    def lists(self) -> Mapping[int, tuple[RankedList, ...]]:
        """The lists of each source that has any, by its place in ``sources``; ids are unique within a source."""
        path = self.path / LISTS
        found: defaultdict[int, list[RankedList]] = defaultdict(list)
        for line, row in _rows(path):
            found[row["source"]].append(list_from_dict(row["list"], place(path, line)))
        return {number: tuple(lists) for number, lists in found.items()}

    @cached_property
    def set_aside(self) -> Mapping[int, SetAsides]:
        """What was set aside in each source where anything was, by its place in ``sources``."""
        found: defaultdict[int, SetAsides] = defaultdict(SetAsides)
        for _, row in _rows(self.path / REJECTS):
            found[row["number"]].append(
                SetAside(line=row["line"] or 0, reason=row["reason"], text=row["text"], sort=row["sort"])
            )
        return found

    def batches_of(self, number: int, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The rows of one source, by its place in ``sources``, a few thousand at a time; None for all columns.

        Raises:
            SourceError: If a shard is not there or cannot be read.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        start = sum(source.comments for source in self.sources[:number])
        stop = start + self.sources[number].comments
        first = 0
        for shard, path in zip(self.shards, self.shard_files, strict=True):
            if first < stop and start < first + shard.comments:
                try:
                    with pq.ParquetFile(path.for_pyarrow(), pre_buffer=True) as file:
                        at = first
                        for batch in file.iter_batches(batch_size=4096, columns=columns):
                            begin, end = max(start - at, 0), min(stop - at, batch.num_rows)
                            if begin < end:
                                yield batch.slice(begin, end - begin)
                            at += batch.num_rows
                except (pa.ArrowException, OSError) as error:
                    raise SourceError(
                        f"{path} cannot be read: {str(error).splitlines()[0]}. Run commentlens annotate again with "
                        f"-o {self.path}: it writes what is missing."
                    ) from error
            first += shard.comments


@dataclass(frozen=True, slots=True)
class AnnotatedPart:
    """One source of an annotated folder, as something that `read.read_source` opens."""

    folder: AnnotatedFolder
    number: int

    @property
    def name(self) -> str:
        """The source's name when it was annotated."""
        return self.folder.sources[self.number].source


def is_annotated_folder(path: Path | Location) -> bool:
    """Whether a folder holds annotated shards, complete or not.

    Raises:
        CommentlensError: If object storage refuses access or cannot be reached.
    """
    there = location(path)
    try:
        # Who may read one object may not be allowed to ask for others.
        if there.is_file():
            return False
        with (there / MANIFEST).open() as file:
            return FOLDER_SCHEMA.encode() in file.read(256)
    except OSError:
        return False


def open_folder(path: Path | Location) -> AnnotatedFolder:
    """Read the manifest of a folder.

    Raises:
        SourceError: If it is damaged, or the run that writes the folder has not come to its end.
    """
    path = location(path)
    again = f"Run commentlens annotate again with -o {path}: it goes on where it was."
    try:
        data = json.loads((path / MANIFEST).read_text())
        if data["complete"] is not True:
            raise SourceError(f"{path} is not complete: its annotation was interrupted. {again}")
        return AnnotatedFolder(
            path=path,
            fingerprint=data["fingerprint"],
            sources=tuple(AnnotatedSource(**source) for source in data["sources"]),
            shards=tuple(Shard(**shard) for shard in data["shards"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{path / MANIFEST} is damaged: {error}. {again}") from error


def parts_of(path: Path | Location) -> list[AnnotatedPart]:
    """The sources of a folder, to be opened one by one; raises `SourceError` like `open_folder`."""
    folder = open_folder(path)
    return [AnnotatedPart(folder, number) for number in range(len(folder.sources))]


def read_part(part: AnnotatedPart, *, polarity: Polarity | None = None, kind: Kind | None = None) -> Reading:
    """Open one source of a folder.

    Args:
        part: the source.
        polarity: of its lists, in place of what they had when they were annotated.
        kind: what the entries of its lists are, likewise.
    """
    source = part.folder.sources[part.number]
    lists = tuple(
        replace(ranked, polarity=polarity or ranked.polarity, kind=kind or ranked.kind)
        for ranked in part.folder.lists.get(part.number, ())
    )
    filed = _Filed(part, {ranked.id: ranked for ranked in lists})
    by_record = source.format == _ANNOTATED
    if by_record:
        # It was annotated when it was read: its lists are what its records say, as they are without this folder.
        lists = tuple(lists_of_annotated(filed.annotated(), polarity=polarity, kind=kind).values())
    return Reading(
        source=part.name,
        format=_ANNOTATED,
        lists=lists,
        comments=filed.comments(),
        annotated=filed.annotated(),
        list_of=None if by_record else filed.list_of,
        set_aside=part.folder.set_aside.get(part.number, SetAsides()),
        without_repeats=True,
        fraction=filed.fraction,
    )


class _Filed:
    """The annotated comments of one source and the lists under which they are filed."""

    def __init__(self, part: AnnotatedPart, lists: Mapping[str, RankedList]) -> None:
        self._part = part
        self._lists = lists
        self._given = 0
        self._last: tuple[AnnotatedComment | None, str | None] = (None, None)

    def annotated(self) -> Iterator[AnnotatedComment]:
        """Every comment, annotated."""
        for comment, list_id in self._with_lists():
            self._last = (comment, list_id)
            self._given += 1
            yield comment

    def fraction(self) -> float:
        """How much of the source `annotated` has given, 0 to 1."""
        return self._given / max(self._part.folder.sources[self._part.number].comments, 1)

    def list_of(self, comment: AnnotatedComment | Comment) -> str | None:
        """Id of the list of the comment that `annotated` gave last; a record names its list by the title only."""
        last, list_id = self._last
        if last is not comment:
            raise LookupError(f"asked for the list of comment {comment.id}, which was not the last one given")
        return list_id

    def comments(self) -> Iterator[Comment]:
        """Every comment without its annotations, under its list."""
        for comment, list_id in self._with_lists():
            ranked = self._lists.get(list_id) if list_id is not None else None
            yield replace(comment_of(comment, {}), list=ranked)

    def _with_lists(self) -> Iterator[tuple[AnnotatedComment, str | None]]:
        from commentlens.record_arrow import records_of

        for batch in self._part.folder.batches_of(self._part.number):
            list_ids = batch.column(LIST_COLUMN).to_pylist()
            yield from zip(records_of(batch), list_ids, strict=True)


def _rows(path: Location) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open() as file:
            for number, line in enumerate(file, 1):
                yield number, json.loads(line)
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read: {error}. Annotate the sources again.") from error
