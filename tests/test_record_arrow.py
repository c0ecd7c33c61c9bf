"""Records as Arrow columns and back: nothing gets lost, whatever is absent and wherever a batch is cut."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commentlens.record_arrow import arrow_schema, batch_of, batches_of, layers_of, records_of
from commentlens.record_json import annotated_to_dict
from commentlens.records import AnnotatedComment, Claim, Comparison, Entry, Link, Mention, Mood

PLAIN = AnnotatedComment(id="a", text="")
FULL = AnnotatedComment(
    id="b",
    text="Graz 🙂 beats Linz, and AVL sits there",
    raw="Graz &#128578; beats Linz, and AVL sits there",
    list="Best Cities",
    entry=Entry(name="Graz", rank=4, within="Austria"),
    author="Ada",
    created="2021-05-01",
    likes=5_000_000_000,
    mentions=(
        Mention(start=0, end=4, text="Graz", label="CITY", name="Graz", id="geonames:1", via="entry"),
        Mention(start=24, end=27, text="AVL", label="COMPANY", name="AVL", via="gazetteer"),
    ),
    moods=(
        Mood(target="Graz", label="pos", score=0.25, implied=False, evidence=((0, 4), (7, 12))),
        Mood(target="Linz", label="neu", score=0.0, implied=True),
    ),
    claims=(
        Claim(subject="Graz", stance="too_low", proposed=(1, None), listed=4, span=(0, 4), rule="r"),
        Claim(subject="Linz", stance="right", stated=2, span=(13, 17), rule="s"),
        Claim(subject="Linz", stance="unspecified", proposed=(2, 3), span=(13, 17), rule="s"),
    ),
    comparisons=(Comparison(better="Graz", worse="Linz", relation="better", span=(0, 17), rule="beats"),),
    links=(Link(company="AVL", city="Graz", relation="located_in", span=(24, 38), rule="sits"),),
)
BARE_ENTRY = AnnotatedComment(id="c", text="x", entry=Entry(name="Graz"), list="Best Cities", likes=-(2**31))


@pytest.mark.parametrize("comments", [[], [PLAIN], [FULL], [PLAIN, FULL, BARE_ENTRY], [FULL, PLAIN, FULL]])
def test_records_come_back(comments: list[AnnotatedComment]) -> None:
    """All fields, in order."""
    assert list(records_of(batch_of(comments))) == comments


@pytest.mark.parametrize(("start", "length"), [(0, 2), (1, 3), (2, 1), (4, 0)])
def test_part_of_a_batch_comes_back(start: int, length: int) -> None:
    """Offsets of a slice do not begin at nought."""
    comments = [FULL, PLAIN, BARE_ENTRY, FULL]
    assert list(records_of(batch_of(comments).slice(start, length))) == comments[start : start + length]


def test_a_file_comes_back(tmp_path: Path) -> None:
    """By way of Parquet, read in other batches than it was written in."""
    comments = [FULL, PLAIN, BARE_ENTRY] * 7
    with pq.ParquetWriter(tmp_path / "f.parquet", arrow_schema()) as writer:
        for batch in batches_of(comments, 5):
            writer.write_batch(batch)
    with pq.ParquetFile(tmp_path / "f.parquet") as file:
        found = [record for batch in file.iter_batches(batch_size=4) for record in records_of(batch)]
        assert found == comments
        assert file.schema_arrow.equals(arrow_schema())


def test_columns_are_what_the_record_says() -> None:
    """As Arrow itself turns the documented JSON; so other readers see the same."""
    rows = [annotated_to_dict(comment) for comment in (PLAIN, FULL, BARE_ENTRY)]
    assert batch_of([PLAIN, FULL, BARE_ENTRY]).equals(pa.RecordBatch.from_pylist(rows, arrow_schema()))
    found = pa.Table.from_batches([batch_of([FULL])]).to_pylist()[0]
    assert json.dumps(found) == json.dumps({**rows[1], "entry": {"name": "Graz", "within": "Austria", "rank": 4}})


def test_layers_alone() -> None:
    """What workers send back."""
    assert layers_of([PLAIN, FULL]).num_rows == 2
    assert layers_of([PLAIN, FULL]).schema.names == ["mentions", "moods", "claims", "comparisons", "links"]


def test_half_a_sign_is_replaced() -> None:
    """No file can hold it; everything else stays where it was."""
    broken = AnnotatedComment(
        id="a\udc00",
        text="Graz \ud83d!",
        entry=Entry(name="\udfffGraz"),
        mentions=(Mention(start=0, end=6, text="Graz \ud83d", label="CITY", name="Graz", via="entry"),),
    )
    (found,) = records_of(batch_of([broken]))
    assert (found.id, found.text, found.entry) == ("a\ufffd", "Graz \ufffd!", Entry(name="\ufffdGraz"))
    assert found.mentions[0].text == "Graz \ufffd"
