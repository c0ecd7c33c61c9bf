"""``commentlens load``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from commentlens.cli.options import OutputOptions, SourceOptions, grouped


@grouped
def load(
    source: SourceOptions,
    output: OutputOptions,
    rejects: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what was set aside to this file, one JSON object a line."),
    ] = None,
) -> None:
    """Any source -> corpus JSONL: the lists with their entries, and their comments, as they were read.

    \b
    Example:
      commentlens load page.txt --output corpus/page.jsonl
    """
    from commentlens.cli.output import note, written
    from commentlens.cli.sources import SourceStream
    from commentlens.corpus.jsonl import write_corpus
    from commentlens.errors import place
    from commentlens.render.figures import count

    stream = SourceStream(source)
    with written(output.output) as file:
        write_corpus(stream.readings(), file)
    rejected = stream.set_aside
    if rejects is not None:
        with written(rejects) as file:
            for name, item in rejected:
                row = {"source": name, "line": item.line, "reason": item.reason, "text": item.text}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        for name, item in rejected:
            note(f"{place(name, item.line)}: set aside, {item.reason}", quiet=source.quiet)
    if rejected:
        note(f"{count(len(rejected), 'line')} set aside", quiet=source.quiet)
