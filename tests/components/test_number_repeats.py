"""A number that stands alone is a rank, unless it says a count again or numbers the points of an argument."""

from __future__ import annotations

import pytest
from marked import claims


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("Three ferries, no bridge. 18.", [18, 18]),
        ("Cold coffee. Fourteen", [14, 14]),
        # It says the count again.
        ("14 euro for a coke. Fourteen!", None),
        ("six cups in ten years. SIX.", None),
        ("One tram a day. One!", None),
        # Another number is no count of it; a rank that carries its sign counts nothing.
        ("14 euro for a coke. Twenty!", [20, 20]),
        ("2 hours away. No. 2", [2, 2]),
        # Points of an argument.
        ("1. Too loud. 2. Too hot.", None),
        ("2. Too loud. 3. Too hot. 4. Too far", None),
        ("1.) Too loud 2.) Too hot", None),
        # Years, prices, heights.
        ("2019.", None),
        ("Built on a hill. 450.", None),
    ],
)
def test_a_number_alone(text: str, proposed: list[int] | None) -> None:
    """Under Rome at 9."""
    assert [found["proposed"] for found in claims(text, "Rome", 9)] == ([proposed] if proposed else [])
