"""What is heard: each row of a table one line, signs as words."""

from __future__ import annotations

import io

import pytest
from rich.text import Text

from commentlens.render.columns import Column, table
from commentlens.render.console import write_spoken


def spoken(*parts: object) -> str:
    file = io.StringIO()
    write_spoken(parts, file)  # type: ignore[arg-type]
    return file.getvalue()


def test_rows_name_their_cells_and_leave_out_the_empty_ones() -> None:
    columns = [
        Column(header="#", cells=[Text("1"), Text("–")], justify="right"),
        Column(header="City", cells=[Text("Genoa"), Text("Pisa")]),
        Column(header="±", cells=[Text("±0.30"), Text("")]),
        Column(header="n", cells=[Text("8"), Text("0")]),
        Column(header="Crowd", cells=[Text("4 ▼3"), Text("2 ▲1")]),
    ]

    assert spoken(table(columns, None)) == (
        "rank 1; City Genoa; give or take 0.30; voices 8; Crowd 4 down 3.\nCity Pisa; voices 0; Crowd 2 up 1.\n"
    )


@pytest.mark.parametrize(
    ("shown", "heard"),
    [
        ("2 lists · 9 comments", "2 lists, 9 comments"),
        ("  ▲ 3 voices", "up 3 voices"),
        ("+0.31 ±0.12", "+0.31 give or take 0.12"),
        ("a dot. and a – dash", "a dot. and a – dash"),
        ("▼ Genoa, listed 1: too high", "Genoa, listed 1: too high"),
        ("", ""),
    ],
)
def test_signs_are_words(shown: str, heard: str) -> None:
    assert spoken(Text(shown)) == f"{heard}\n"
