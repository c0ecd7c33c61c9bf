"""Annotated comments as Arrow columns: the nested schema of Parquet files, written and read a column at a time.

A layer is a list of structs whose fields are named as the attributes of its record, so a whole batch is turned by
one loop a field; a dict a row in between would take several times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise, repeat, starmap
from typing import Any

import pyarrow as pa

from commentlens.records import SCHEMA, AnnotatedComment, Claim, Comparison, Entry, Link, Mention, Mood

LAYERS = ("mentions", "moods", "claims", "comparisons", "links")
BATCH = 4_096
"""Records that are turned at a time."""

_TEXT, _NUMBER, _SPAN = pa.string(), pa.int32(), pa.list_(pa.int32())
_ITEMS: dict[str, pa.DataType] = {
    "mentions": pa.struct(
        [
            *(("start", _NUMBER), ("end", _NUMBER), ("text", _TEXT), ("label", _TEXT)),
            *(("name", _TEXT), ("id", _TEXT), ("via", _TEXT)),
        ]
    ),
    "moods": pa.struct(
        [
            *(("target", _TEXT), ("label", _TEXT), ("score", pa.float64())),
            *(("implied", pa.bool_()), ("evidence", pa.list_(_SPAN))),
        ]
    ),
    "claims": pa.struct(
        [
            *(("subject", _TEXT), ("stance", _TEXT), ("proposed", _SPAN)),
            *(("listed", _NUMBER), ("stated", _NUMBER), ("span", _SPAN), ("rule", _TEXT)),
        ]
    ),
    "comparisons": pa.struct(
        [
            *(("better", _TEXT), ("worse", _TEXT), ("relation", _TEXT)),
            *(("aspect", _TEXT), ("span", _SPAN), ("rule", _TEXT)),
        ]
    ),
    "links": pa.struct(
        [("company", _TEXT), ("city", _TEXT), ("relation", _TEXT), ("span", _SPAN), ("rule", _TEXT)],
    ),
}
_ENTRY = pa.struct([("name", _TEXT), ("within", _TEXT), ("rank", _NUMBER)])
_HALF = re.compile("[\ud800-\udfff]")


def layers_schema() -> pa.Schema:
    """One column a layer: a list of structs."""
    return pa.schema([(name, pa.list_(_ITEMS[name])) for name in LAYERS])


def arrow_schema() -> pa.Schema:
    """The record's keys in documented order; ``likes`` has 64 bits, ranks and offsets 32, ``score`` is a double."""
    return pa.schema(
        [
            *(("schema", _TEXT), ("id", _TEXT), ("list", _TEXT), ("entry", _ENTRY)),
            *(("author", _TEXT), ("created", _TEXT), ("likes", pa.int64()), ("text", _TEXT), ("raw", _TEXT)),
            *layers_schema(),
        ]
    )


def layers_of(comments: Sequence[AnnotatedComment]) -> pa.RecordBatch:
    """The layers of some comments, one row each; of `layers_schema`."""
    columns = [_layer([getattr(comment, name) for comment in comments], _ITEMS[name]) for name in LAYERS]
    return pa.RecordBatch.from_arrays(columns, schema=layers_schema())


def _layer(rows: Sequence[Sequence[object]], item: pa.DataType) -> pa.Array:
    flat = list(chain.from_iterable(rows))
    fields = [item.field(place) for place in range(item.num_fields)]
    arrays = [column_of([getattr(one, field.name) for one in flat], field.type) for field in fields]
    offsets = pa.array(accumulate(map(len, rows), initial=0), pa.int32())
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(arrays, fields=fields))


def column_of(values: Sequence[object], type: pa.DataType) -> pa.Array:
    """A column of values; what of a text no file can hold is replaced (`writable`)."""
    try:
        return pa.array(values, type)
    except UnicodeEncodeError:
        return pa.array([writable(value) if isinstance(value, str) else value for value in values], type)


def writable(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, as broken JSON holds it; offsets stay as they are."""
    return _HALF.sub("\ufffd", text)


def entries_of(entries: Sequence[Entry | None]) -> pa.Array:
    """Entries as a column of structs; the blurb stays with the list."""
    return pa.StructArray.from_arrays(
        [column_of([entry and getattr(entry, field.name) for entry in entries], field.type) for field in _ENTRY],
        fields=list(_ENTRY),
        mask=pa.array([entry is None for entry in entries], pa.bool_()),
    )


def batch_of(comments: Sequence[AnnotatedComment]) -> pa.RecordBatch:
    """Some annotated comments, one row each; of `arrow_schema`."""
    schema = arrow_schema()
    columns = [
        pa.array([SCHEMA] * len(comments), _TEXT),
        *(
            entries_of([comment.entry for comment in comments])
            if name == "entry"
            else column_of([getattr(comment, name) for comment in comments], schema.field(name).type)
            for name in schema.names[1 : -len(LAYERS)]
        ),
        *layers_of(comments).columns,
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def batches_of(comments: Iterable[AnnotatedComment], size: int = BATCH) -> Iterator[pa.RecordBatch]:
    """A stream of annotated comments as batches of ``size`` rows."""
    stream = iter(comments)
    while some := list(islice(stream, size)):
        yield batch_of(some)


def _mention(start: int, end: int, text: str, label: Any, name: str, id: str | None, via: str) -> Mention:
    return Mention(start=start, end=end, text=text, label=label, name=name, id=id, via=via)


def _mood(target: str, label: Any, score: float, implied: bool, evidence: Any) -> Mood:
    return Mood(target=target, label=label, score=score, implied=implied, evidence=evidence)


def _claim(subject: str, stance: Any, proposed: Any, listed: int, stated: int, span: Any, rule: str) -> Claim:
    return Claim(subject=subject, stance=stance, proposed=proposed, listed=listed, stated=stated, span=span, rule=rule)


def _comparison(better: str, worse: str, relation: Any, aspect: str | None, span: Any, rule: str) -> Comparison:
    return Comparison(better=better, worse=worse, relation=relation, aspect=aspect, span=span, rule=rule)


def _link(company: str, city: str, relation: str, span: Any, rule: str) -> Link:
    return Link(company=company, city=city, relation=relation, span=span, rule=rule)


_MAKERS: dict[str, Callable[..., Any]] = {
    "mentions": _mention,
    "moods": _mood,
    "claims": _claim,
    "comparisons": _comparison,
    "links": _link,
}


def records_of(batch: pa.RecordBatch) -> Iterator[AnnotatedComment]:
    """The annotated comments of a batch that has the columns of `arrow_schema`, in order.

    What a file of this schema holds was a record when it was written, so nothing is checked again.
    """
    names = ("id", "list", "author", "created", "likes", "text", "raw")
    columns = [_values(batch.column(name)) for name in names]
    layers = [_items(batch.column(name), _MAKERS[name]) for name in LAYERS]
    rows = zip(*columns, _entries(batch.column("entry")), *layers, strict=True)
    for id_, title, author, created, likes, text, raw, entry, mentions, moods, claims, comparisons, links in rows:
        yield AnnotatedComment(
            id=id_,
            text=text,
            raw=raw,
            list=title,
            entry=entry,
            author=author,
            created=created,
            likes=likes,
            mentions=mentions,
            moods=moods,
            claims=claims,
            comparisons=comparisons,
            links=links,
        )


def _entries(column: pa.Array) -> list[Entry | None]:
    """Entries; the same one is one object."""
    made: dict[tuple[Any, ...], Entry] = {}
    found: list[Entry | None] = []
    rows = zip(*(_values(part) for part in column.flatten()), strict=True)
    for here, row in zip(column.is_valid().to_pylist(), rows, strict=True):
        if not here:
            found.append(None)
            continue
        if row not in made:
            made[row] = Entry(name=row[0], within=row[1], rank=row[2])
        found.append(made[row])
    return found


def _items(column: pa.Array, make: Callable[..., Any]) -> Iterator[tuple[Any, ...]]:
    """The items of one layer, a tuple a row."""
    offsets = column.offsets.to_numpy().tolist()
    first, last = offsets[0], offsets[-1]
    if first == last:
        return repeat((), len(column))
    values = column.values.slice(first, last - first)
    made = list(starmap(make, zip(*(_values(part) for part in values.flatten()), strict=True)))
    return (tuple(made[start - first : end - first]) if start < end else () for start, end in pairwise(offsets))


def _values(column: pa.Array) -> list[Any]:
    """A column as Python values, lists as tuples, absent ones None."""
    if pa.types.is_list(column.type):
        offsets = column.offsets.to_numpy().tolist()
        inner = _values(column.values.slice(offsets[0], offsets[-1] - offsets[0]))
        first = offsets[0]
        found = [tuple(inner[start - first : end - first]) for start, end in pairwise(offsets)]
        if column.null_count:
            return [one if here else None for one, here in zip(found, column.is_valid().to_pylist(), strict=True)]
        return found
    if pa.types.is_integer(column.type) and column.null_count:
        absent = -(2 ** (column.type.bit_width - 1))
        whole = column.fill_null(absent).to_numpy().tolist()
        return [None if number == absent else number for number in whole]
    values: list[Any] = column.to_numpy(zero_copy_only=False).tolist()
    return values
