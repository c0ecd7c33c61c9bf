"""Tables that fit."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from commentlens.render.columns import Column, fit, table


def column(header: str, cell: str, **given: object) -> Column:
    """A column of one row."""
    return Column(header=header, cells=[Text(cell)], **given)  # type: ignore[arg-type]


COLUMNS = [
    column("#", "1"),
    column("City", "San Francisco", flexible=True),
    column("Country", "United States", priority=3),
    column("up", "12", priority=1),
    column("down", "34", priority=1),
    column("Nothing", ""),
    column("Companies", "Alpha, Beta, Gamma, Delta, Epsilon", priority=4, flexible=True),
]


@pytest.mark.parametrize(
    ("width", "headers"),
    [
        (None, ["#", "City", "Country", "up", "down", "Companies"]),
        (200, ["#", "City", "Country", "up", "down", "Companies"]),
        (60, ["#", "City", "Country", "up", "down"]),
        (35, ["#", "City", "up", "down"]),
        (24, ["#", "City"]),
        (5, ["#", "City"]),
    ],
)
def test_the_least_important_columns_go_first(width: int | None, headers: list[str]) -> None:
    """Columns of one priority stand or fall together; an empty column is never shown."""
    assert [item.header for item in fit(COLUMNS, width)] == headers


@pytest.mark.parametrize("width", [24, 27, 28, 29, 45, 46, 60, 66, 80, 100, 200])
def test_a_table_is_never_wider_than_its_room(width: int) -> None:
    """And no rigid cell is cut."""
    file = io.StringIO()
    Console(file=file, width=width, color_system=None).print(table(COLUMNS, width))

    lines = file.getvalue().splitlines()

    assert max(len(line.rstrip()) for line in lines) <= width
    assert "…" not in file.getvalue()
    assert "Francisco" in file.getvalue()
