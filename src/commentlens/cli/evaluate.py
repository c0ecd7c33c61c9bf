"""``commentlens evaluate``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commentlens.cli.options import OutputOptions, ReadingOptions, ShowOptions, SourceOptions, grouped

if TYPE_CHECKING:
    from commentlens.records import AnnotatedComment


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
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated comments that are right, JSONL.")],
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
    from commentlens.cli.output import check_writable, shown, written
    from commentlens.cli.sources import SourceStream
    from commentlens.evaluate import evaluate as score

    check_writable(output.output)
    truth = list(_gold(gold))
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


def _gold(path: Path) -> Iterator[AnnotatedComment]:
    """The annotated comments of a gold file, with fewer keys than an export if need be."""
    from commentlens.errors import NoCommentsError, RecordError, SourceError, place
    from commentlens.record_json import annotated_from_dict

    number = 0
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        row = json.loads(line)
                    except ValueError as error:
                        raise RecordError(f"{place(path, number)}: not JSON ({error}). One record a line.") from error
                    yield annotated_from_dict(row, place(path, number))
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist. GOLD is a file of annotated comments.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read: {error}.") from error
    if not number:
        raise NoCommentsError(f"{path} is empty. GOLD is a file of annotated comments, one record a line.")
