"""Files of an annotated folder: each appears whole under its name, or not at all, also when the machine stops."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from commentlens.corpus.annotated_folder import (
    FOLDER_SCHEMA,
    KEY_COLUMN,
    LIST_COLUMN,
    LISTS,
    MANIFEST,
    REJECTS,
    SHARDS,
    SOURCE_COLUMN,
    AnnotatedSource,
    Shard,
)
from commentlens.corpus.jsonl import list_to_dict
from commentlens.corpus.reading import SetAside
from commentlens.record_arrow import LAYERS, arrow_schema, column_of, entries_of, writable
from commentlens.records import SCHEMA
from commentlens.shards_keys import KEY_BYTES
from commentlens.shards_plan import OpenSource, Plan, Row
from commentlens.storage import Location

_FOOTER = b"commentlens"
_ROW_GROUP = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A comment that could not be annotated: its source, its number there from 1, the reason, its text."""

    source: int
    number: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardSummary:
    """What a shard's footer says of it: the run's state, its rows a source, and what is missing from it."""

    state: str
    rows: Mapping[int, int]
    refused: Sequence[Refused]


def shard_schema() -> pa.Schema:
    """The record's columns, and source, list and key of each row."""
    schema = arrow_schema()
    for name, kind in ((SOURCE_COLUMN, pa.int32()), (LIST_COLUMN, pa.string()), (KEY_COLUMN, pa.binary(KEY_BYTES))):
        schema = schema.append(pa.field(name, kind))
    return schema


def write_shard(plan: Plan, folder: Location, state: str) -> None:
    """Write a shard whose blocks are annotated; its bytes depend on the rows and the state alone."""
    kept, refused = _parted(plan)
    table = pa.Table.from_batches([_columns(plan, kept)], shard_schema()) if kept else shard_schema().empty_table()
    counts: dict[int, int] = {}
    for place in kept:
        counts[plan.rows[place].source] = counts.get(plan.rows[place].source, 0) + 1
    footer = {"state": state, "rows": list(counts.items()), "refused": [asdict(item) for item in refused]}
    content = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata({_FOOTER: json.dumps(footer).encode()}),
        content,
        row_group_size=_ROW_GROUP,
        compression="zstd",
    )
    (folder / SHARDS / plan.name).put(content.getvalue())


def _parted(plan: Plan) -> tuple[list[int], list[Refused]]:
    """The places of the rows that were annotated, and those that could not be."""
    kept, refused = [], []
    for place, (row, (block, at)) in enumerate(zip(plan.rows, plan.places, strict=True)):
        if at in block.failures:
            refused.append(
                Refused(source=row.source, number=row.number, reason=block.failures[at], text=row.comment.text)
            )
        else:
            kept.append(place)
    return kept, refused


def _columns(plan: Plan, kept: list[int]) -> pa.RecordBatch:
    rows: list[Row] = [plan.rows[place] for place in kept]
    comments = [row.comment for row in rows]
    plain: dict[str, Sequence[object]] = {
        "schema": [SCHEMA] * len(rows),
        "list": [comment.list if isinstance(comment.list, str | None) else comment.list.title for comment in comments],
        SOURCE_COLUMN: [row.source for row in rows],
        LIST_COLUMN: [row.list_id for row in rows],
        KEY_COLUMN: [row.key for row in rows],
    }
    layers = _taken([plan.places[place] for place in kept])
    schema = shard_schema()
    columns = []
    for field in schema:
        if field.name in LAYERS:
            columns.append(layers.column(field.name))
        elif field.name == "entry":
            columns.append(entries_of([comment.entry for comment in comments]))
        else:
            values = plain.get(field.name) or [getattr(comment, field.name) for comment in comments]
            columns.append(column_of(values, field.type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _taken(places: Sequence[tuple[Any, int]]) -> pa.RecordBatch:
    """The layers at these places, in their order."""
    starts: dict[int, int] = {}
    batches: list[pa.RecordBatch] = []
    total = 0
    for block, _ in places:
        if id(block) not in starts:
            starts[id(block)] = total
            batches.append(block.layers)
            total += block.layers.num_rows
    return pa.concat_batches(batches).take(pa.array([starts[id(block)] + at for block, at in places], pa.int64()))


def shard_summary(file: Location) -> ShardSummary | None:
    """What a shard says of itself, None where it is not one that can be read."""
    try:
        metadata = pq.read_schema(file.for_pyarrow()).metadata or {}
        footer = json.loads(metadata[_FOOTER])
        return ShardSummary(
            state=footer["state"],
            rows=dict(footer["rows"]),
            refused=[Refused(**item) for item in footer["refused"]],
        )
    except (pa.ArrowException, OSError, KeyError, ValueError, TypeError):
        return None


def write_begun(folder: Location, fingerprint: str) -> None:
    """Say that the folder is not complete."""
    _put(folder / MANIFEST, _json({"schema": FOLDER_SCHEMA, "complete": False, "fingerprint": fingerprint}))


class Rejects:
    """The file of what was set aside, written as it comes: nobody knows how much it is.

    Args:
        folder: the annotated folder.
    """

    def __init__(self, folder: Location) -> None:
        self._file = (folder / REJECTS).draft()

    def add(self, number: int, source: str, item: SetAside) -> None:
        """Write one thing that was set aside in a source."""
        where = {"number": number, "source": source, "line": item.line or None}
        self._file.write(_line({**where, "reason": item.reason, "sort": item.sort, "text": item.text}))

    def close(self) -> None:
        """Stop writing; what is written is gone unless it was completed."""
        self._file.close()

    def complete(self) -> None:
        """Let the file appear under its name."""
        self._file.complete()


def write_complete(
    folder: Location,
    fingerprint: str,
    sources: Sequence[OpenSource],
    shards: Sequence[str],
    rejects: Rejects,
) -> None:
    """Write lists, rejects and, last, the manifest; remove shards that other runs have left.

    Args:
        folder: with all its shards.
        fingerprint: of the annotations.
        sources: in the order in which they were read, to their end.
        shards: names of the files, in order of input.
        rejects: what the sources set aside; what could not be annotated comes behind it.
    """
    counts = [0] * len(sources)
    described = []
    for name in shards:
        path = folder / SHARDS / name
        summary = shard_summary(path)
        if summary is None:
            raise OSError(f"{path} was changed while it was in use")
        for source, number in summary.rows.items():
            counts[source] += number
        for item in summary.refused:
            aside = SetAside(line=0, reason=f"comment {item.number:,} {item.reason}", text=item.text)
            rejects.add(item.source, sources[item.source].source, aside)
        with path.open() as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
        described.append(Shard(f"{SHARDS}/{name}", sum(summary.rows.values()), checksum))
    write_begun(folder, fingerprint)
    rejects.complete()
    _put(
        folder / LISTS,
        "".join(
            _line({"source": number, "list": list_to_dict(ranked)})
            for number, source in enumerate(sources)
            for ranked in source.lists
        ),
    )
    used = set(shards)
    for there in (folder / SHARDS).files():
        if there.name not in used:
            there.remove()
    manifest = {
        "schema": FOLDER_SCHEMA,
        "complete": True,
        "fingerprint": fingerprint,
        "comments": sum(counts),
        "sources": [
            asdict(AnnotatedSource(source.source, source.format, number))
            for source, number in zip(sources, counts, strict=True)
        ],
        "shards": [asdict(shard) for shard in described],
    }
    _put(folder / MANIFEST, _json(manifest))


def _json(value: object) -> str:
    return writable(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"


def _line(row: dict[str, object]) -> str:
    return writable(json.dumps(row, ensure_ascii=False)) + "\n"


def _put(file: Location, text: str) -> None:
    file.put(text.encode("utf-8"))
