"""Small distributions in one cell of a table: ``▂▁▇`` is a few, none, most."""

from __future__ import annotations

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
ASCII = "_.:-=+*#"


def spark(counts: Sequence[int], *, ascii: bool = False) -> str:
    """A bar a count, as high as its share of them all; the lowest is for none only. Nothing where all are 0.

    Args:
        counts: whole numbers from 0.
        ascii: with signs that any encoding has.
    """
    total = sum(counts)
    if not total:
        return ""
    signs = ASCII if ascii else BLOCKS
    top = len(signs) - 1
    return "".join(signs[max(1, round(top * count / total))] if count else signs[0] for count in counts)
