"""Distributions in a cell."""

from __future__ import annotations

import pytest

from commentlens.render.sparks import spark


@pytest.mark.parametrize(
    ("counts", "blocks", "ascii"),
    [
        ((0, 0, 0), "", ""),
        ((0, 0, 1), "▁▁█", "__#"),
        ((1, 1, 2), "▃▃▅", "::="),
        ((2, 1, 5), "▃▂▅", ":.="),
        ((1, 0, 99), "▂▁█", "._#"),  # one of a hundred is not none
        ((7, 7, 0), "▅▅▁", "==_"),
    ],
)
def test_a_bar_is_as_high_as_its_share(counts: tuple[int, ...], blocks: str, ascii: str) -> None:
    assert spark(counts) == blocks
    assert spark(counts, ascii=True) == ascii
