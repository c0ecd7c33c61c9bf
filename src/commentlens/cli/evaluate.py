"""``commentlens evaluate``."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from commentlens.cli.options import OutputOptions, ReadingOptions, ShowOptions, SourceOptions, grouped


class Layer(StrEnum):
    """Values of ``--show``."""

    city = "city"
    company = "company"
    linked = "linked"
    mood = "mood"
    claim = "claim"
    claim_rank = "claim_rank"
    comparison = "comparison"


class ScoreFormat(StrEnum):
    """Values of ``--format``."""

    table = "table"
    json = "json"


@grouped
def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", help="Annotated comments that are right: records, or from Label Studio."),
    ],
    source: SourceOptions,
    reading: ReadingOptions,
    output: OutputOptions,
    showing: ShowOptions,
    show: Annotated[Layer | None, typer.Option(help="List the mistakes of this layer.")] = None,
    format: Annotated[ScoreFormat, typer.Option(help="How to show it.")] = ScoreFormat.table,
) -> None:
    """Precision, recall and F1 a layer, of the sources against a gold file.

    \b
    Example:
      commentlens evaluate gold.jsonl page.txt
      commentlens evaluate gold.jsonl page.txt --show claim
    """
    from commentlens.cli.output import check_writable, note, shown, written
    from commentlens.cli.sources import SourceStream
    from commentlens.corpus.gold import read_gold
    from commentlens.evaluate import evaluate as score

    check_writable(output.output)
    truth = read_gold(gold, partial(note, quiet=source.quiet))
    stream = SourceStream(source)
    scores = score(truth, stream.annotated(reading))
    stream.note_set_aside()
    if format is ScoreFormat.json:
        document: dict[str, Any] = {layer: dict(figures) for layer, figures in scores.figures.items()}
        if show is not None:
            document["mistakes"] = {
                show.value: [
                    {"sign": item.sign, "comment": item.comment, "what": item.what, "text": item.text}
                    for item in scores.mistakes.get(show.value, ())
                ]
            }
        with written(output.output) as file:
            json.dump(document, file, ensure_ascii=False, indent=2)
            file.write("\n")
        return
    from commentlens.render.scores_terminal import scores_view

    layer = show.value if show is not None else None
    shown(lambda _: scores_view(scores, layer), output.output, showing)
