"""``commentlens disputes``."""

from __future__ import annotations

from typing import Annotated

import typer

from commentlens.cli.options import OutputOptions, ReadingOptions, ShowOptions, SourceOptions, ViewFormat, grouped


@grouped
def disputes(
    source: SourceOptions,
    reading: ReadingOptions,
    output: OutputOptions,
    showing: ShowOptions,
    format: Annotated[ViewFormat, typer.Option(help="How to show it.")] = ViewFormat.table,
) -> None:
    """Who disputes whose rank, strongest first, with the sentences that say so.

    \b
    Example:
      commentlens disputes page.txt
    """
    from commentlens.cli.output import check_writable, shown, written
    from commentlens.cli.reports import summed_up

    check_writable(output.output)
    result = summed_up(source, reading)
    if format is ViewFormat.table:
        from commentlens.render.disputes_terminal import disputes_view

        shown(lambda screen: disputes_view(result, screen), output.output, showing)
        return
    from commentlens.render.report_text import write_disputes_csv, write_disputes_json, write_disputes_markdown

    write = {
        ViewFormat.markdown: write_disputes_markdown,
        ViewFormat.json: write_disputes_json,
        ViewFormat.csv: write_disputes_csv,
    }[format]
    with written(output.output) as file:
        write(result, file)
