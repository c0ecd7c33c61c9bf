"""Annotations of earlier runs, found again in the shards that they wrote.

Nothing is stored twice: each shard has a column of 16-byte keys, and their index, 24 bytes a comment, is made when a
run begins. A shard is opened only for so many comments that this is cheaper than to annotate them; the last ones stay
open, because comments that have moved are found in neighbouring shards.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from commentlens.corpus.annotated_folder import KEY_COLUMN
from commentlens.record_arrow import LAYERS, layers_schema
from commentlens.shards_keys import KEY_BYTES
from commentlens.shards_plan import Block, Place
from commentlens.storage import Location

WORTH_OPENING = 32
"""Comments of one shard that pay for reading it: that takes about as long as annotating them."""

_KEPT_OPEN = 3


class Recall:
    """An index of what is in some shards.

    Args:
        files: complete shards of the fingerprint of this run.
    """

    def __init__(self, files: Iterable[Location]) -> None:
        self._files = list(files)
        self._open: OrderedDict[int, pa.RecordBatch] = OrderedDict()
        keys: list[NDArray[np.uint64]] = [np.empty((0, 2), np.uint64)]
        places: list[NDArray[np.uint32]] = [np.empty((0, 2), np.uint32)]
        for number, file in enumerate(self._files):
            found = _keys(file)
            keys.append(found)
            rows = np.arange(len(found), dtype=np.uint32)
            places.append(np.column_stack([np.full_like(rows, number), rows]))
        all_keys, all_places = np.concatenate(keys), np.concatenate(places)
        order = np.argsort(all_keys[:, 0], kind="stable")
        self._keys, self._places = all_keys[order], all_places[order]

    def find(self, keys: Sequence[bytes]) -> dict[bytes, Place]:
        """Where the annotations of these keys are, of those that are known and worth fetching."""
        if not len(self._keys) or not keys:
            return {}
        wanted = np.frombuffer(b"".join(keys), np.uint64).reshape(-1, 2)
        near = np.searchsorted(self._keys[:, 0], wanted[:, 0])
        near[near == len(self._keys)] = 0
        hits = np.flatnonzero((self._keys[near] == wanted).all(axis=1))
        by_file: defaultdict[int, list[tuple[bytes, int]]] = defaultdict(list)
        for hit in hits.tolist():
            number, row = self._places[near[hit]].tolist()
            by_file[number].append((keys[hit], row))
        found: dict[bytes, Place] = {}
        for number, rows in sorted(by_file.items()):
            if number in self._open or len(rows) >= WORTH_OPENING:
                block = Block(layers=self._layers(number).take(pa.array([row for _, row in rows], pa.int64())))
                found |= {key: (block, place) for place, (key, _) in enumerate(rows)}
        return found

    def _layers(self, number: int) -> pa.RecordBatch:
        if number not in self._open:
            table = pq.read_table(self._files[number].for_pyarrow(), columns=list(LAYERS)).combine_chunks()
            self._open[number] = table.cast(layers_schema()).to_batches()[0]
        self._open.move_to_end(number)
        while len(self._open) > _KEPT_OPEN:
            self._open.popitem(last=False)
        return self._open[number]


def _keys(file: Location) -> NDArray[np.uint64]:
    """The keys of a shard, one a row; those of comments that were annotated elsewhere are all noughts."""
    column = pq.read_table(file.for_pyarrow(), columns=[KEY_COLUMN]).column(KEY_COLUMN)
    return np.frombuffer(b"".join(column.to_pylist()), np.uint64).reshape(-1, KEY_BYTES // 8)
