"""Scores for eyes: one line a layer, and the mistakes of one layer."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from commentlens.evaluate import Scores
from commentlens.render.printable import printable

_STYLES = {"-": "red", "+": "yellow", "~": "magenta"}


def scores_view(scores: Scores, show: str | None = None) -> Iterator[RenderableType]:
    """The figures of each layer, and what was missed (-), wrongly found (+) or read otherwise (~) in one layer."""
    if show is not None:
        for mistake in scores.mistakes.get(show, ()):
            said = printable(" ".join(mistake.text.split()))
            yield Text.assemble(
                (f"{mistake.sign} ", _STYLES.get(mistake.sign, "")),
                (f"{mistake.comment} ", "dim"),
                (printable(mistake.what), "bold"),
                (f"  |  {said}", "dim"),
            )
        yield Text()
    for layer, figures in scores.figures.items():
        shown = "  ".join(f"{name} {value}" for name, value in figures.items())
        yield Text.assemble((f"{layer:<11}", "bold"), shown)
