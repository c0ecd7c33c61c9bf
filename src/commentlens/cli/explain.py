"""``commentlens explain``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from commentlens.cli.options import ListKind, ListPolarity, OutputOptions, ReadingOptions, ShowOptions, grouped


class ExplainFormat(StrEnum):
    """Values of ``--format``."""

    table = "table"
    json = "json"


@grouped
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The comment.")],
    reading: ReadingOptions,
    output: OutputOptions,
    showing: ShowOptions,
    entry: Annotated[str | None, typer.Option(metavar="NAME", help="The entry it stands under.")] = None,
    rank: Annotated[int | None, typer.Option(min=1, metavar="N", help="The entry's listed rank.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of the list.")] = None,
    entries: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="All entries of the list, from rank 1 on, parted by commas (or by ;)."),
    ] = None,
    polarity: Annotated[
        ListPolarity | None, typer.Option(help="Whether rank 1 is an honour; else found from the title.")
    ] = None,
    kind: Annotated[
        ListKind | None, typer.Option(help="What the entries are; else found from title and entry.")
    ] = None,
    format: Annotated[ExplainFormat, typer.Option(help="How to show it.")] = ExplainFormat.table,
) -> None:
    """Every step for one comment: names, clauses, word values, rules that fired, and why.

    \b
    Example:
      commentlens explain "Oslo should be in the top 5" --entry Oslo --rank 17
      commentlens explain "fifa > halo" --entries "Halo 3, FIFA 15"
    """
    from commentlens.cli.output import shown, written
    from commentlens.cli.sources import make_annotator

    if not text.strip():
        raise typer.BadParameter("it is empty.", param_hint="TEXT")
    if rank is not None and not entry:
        raise typer.BadParameter("it is the rank of an entry: name that with --entry.", param_hint="--rank")
    names = [name.strip() for name in (entries or "").split(";" if ";" in (entries or "") else ",") if name.strip()]
    if entries is not None and not names:
        raise typer.BadParameter("it names no entry.", param_hint="--entries")
    if (polarity or kind) and not (entry or title or names):
        option = "--polarity" if polarity else "--kind"
        raise typer.BadParameter("it says something of a list: name that with --title or --entry.", param_hint=option)
    explanation = make_annotator(reading).explain(
        text,
        entry=entry,
        rank=rank,
        title=title,
        entries=names,
        polarity=polarity.value if polarity else None,
        kind=kind.value if kind else None,
    )
    if format is ExplainFormat.json:
        import json

        with written(output.output) as file:
            json.dump(explanation, file, ensure_ascii=False, indent=2)
            file.write("\n")
        return
    from commentlens.render.explain_terminal import explain_view

    shown(lambda _: explain_view(explanation), output.output, showing)
