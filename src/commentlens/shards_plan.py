"""Cuts a stream of comments into shards, and finds out of each which of its comments must be annotated."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from commentlens.corpus.reading import Reading, SetAside
from commentlens.records import AnnotatedComment, Comment, RankedList
from commentlens.shards_keys import KEY_BYTES, Keys, ShardDigest

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 256
"""Comments that go to a worker together."""

_REMEMBERED = 128
_UNKEYED = bytes(KEY_BYTES)


@dataclass(eq=False, slots=True)
class Block:
    """Comments that were annotated together, or are going to be.

    Attributes:
        layers: one row a comment, once they are annotated; a row that has failed holds nothing.
        failures: rows that could not be annotated, with the reason.
    """

    comments: Sequence[Comment] = ()
    layers: pa.RecordBatch | None = None
    failures: dict[int, str] = field(default_factory=dict)


Place: TypeAlias = tuple[Block, int]
"""Where the annotations of a comment are: a row of a block."""


@dataclass(slots=True)
class Row:
    """One comment of a shard: which source it comes from, its number there from 1, its list's id and its key."""

    source: int
    number: int
    list_id: str | None
    comment: Comment | AnnotatedComment
    key: bytes


@dataclass(slots=True)
class OpenSource:
    """A source that is being read, or was."""

    source: str
    format: str
    lists: tuple[RankedList, ...]


@dataclass(slots=True)
class Plan:
    """A shard that is to be written, or is there already and then holds no rows.

    Attributes:
        number: from 0.
        name: of its file, made from the number and a digest of all that its bytes depend on.
        comments: how many were read for it.
        rows: its comments, in order of input.
        places: where the annotations of each row are.
        blocks: those of the places that must be annotated for this shard.
        spared: how many of its comments need no annotation: their like was annotated before.
    """

    number: int
    name: str
    comments: int
    rows: list[Row] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    spared: int = 0


class Planner:
    """Plans shards one by one, in order of input.

    Args:
        state: what is the same for all shards of the run (`shards_keys.ShardDigest`).
        size: comments a shard.
        kept: whether a shard of this name is there already.
        recall: finds annotations of earlier runs by their keys.
        reject: takes what is set aside in the sources, as it comes: the source's place and name, and the thing.
    """

    def __init__(
        self,
        state: str,
        size: int,
        *,
        kept: Callable[[str], bool],
        recall: Callable[[Sequence[bytes]], dict[bytes, Place]],
        reject: Callable[[int, str, SetAside], None],
    ) -> None:
        self._state, self._size = state, size
        self._kept, self._recall, self._reject = kept, recall, reject
        self._keys = Keys()
        self._recent = _Recent()
        self.sources: list[OpenSource] = []

    def plans(self, readings: Iterable[Reading]) -> Iterator[Plan]:
        """Read the sources, a shard at a time. A shard is planned when all its comments are read."""
        stream = self._rows(readings)
        number = 0
        while rows := list(islice(stream, self._size)):
            digest = ShardDigest(self._state)
            for row in rows:
                digest.add(row.source, row.list_id, row.comment, row.key)
            plan = Plan(number, f"{number:06d}-{digest.name()}.parquet", len(rows), spared=len(rows))
            if not self._kept(plan.name):
                self._fill(plan, rows)
            yield plan
            number += 1

    def _rows(self, readings: Iterable[Reading]) -> Iterator[Row]:
        for place, reading in enumerate(readings):
            annotated_before = reading.annotated is not None
            # Whose records know more of their lists than the titles is filed by list ids again.
            format = "shards" if annotated_before and reading.list_of else reading.format
            self.sources.append(OpenSource(reading.source, format, reading.lists))
            reading.set_aside.tell(partial(self._reject, place, reading.source))
            if reading.annotated is not None:
                list_of = reading.list_of or (lambda _: None)
                for number, record in enumerate(reading.annotated, 1):
                    yield Row(place, number, list_of(record), record, _UNKEYED)
            else:
                for number, comment in enumerate(reading.comments, 1):
                    list_id = comment.list.id if comment.list else None
                    yield Row(place, number, list_id, comment, self._keys.of(comment))

    def _fill(self, plan: Plan, rows: list[Row]) -> None:
        """Find a place for every row: annotated before, in this run or an earlier one, or in a block that will be."""
        plan.rows = rows
        known: dict[bytes, Place] = {}
        wanted: dict[bytes, Comment] = {}
        for row in rows:
            if isinstance(row.comment, Comment) and row.key not in wanted and row.key not in known:
                before = self._recent.find(row.key)
                if before is not None:
                    known[row.key] = before
                else:
                    wanted[row.key] = row.comment
        known |= self._recall(list(wanted))
        missing = [(key, comment) for key, comment in wanted.items() if key not in known]
        for start in range(0, len(missing), BATCH):
            some = missing[start : start + BATCH]
            block = Block([comment for _, comment in some])
            plan.blocks.append(block)
            keys = [key for key, _ in some]
            self._recent.add(block, keys)
            known |= {key: (block, place) for place, key in enumerate(keys)}
        plan.spared -= len(missing)
        plan.places = [known[row.key] if isinstance(row.comment, Comment) else _given(row.comment) for row in rows]


def _given(record: AnnotatedComment) -> Place:
    from commentlens.record_arrow import layers_of

    return Block(layers=layers_of([record])), 0


class _Recent:
    """Keys of the blocks that were planned last: texts that come again often come again soon."""

    def __init__(self) -> None:
        self._places: dict[bytes, Place] = {}
        self._blocks: OrderedDict[int, list[bytes]] = OrderedDict()

    def find(self, key: bytes) -> Place | None:
        return self._places.get(key)

    def add(self, block: Block, keys: list[bytes]) -> None:
        self._blocks[id(block)] = keys
        self._places |= {key: (block, place) for place, key in enumerate(keys)}
        while len(self._blocks) > _REMEMBERED:
            _, old = self._blocks.popitem(last=False)
            for key in old:
                del self._places[key]
