"""``commentlens load``."""

from __future__ import annotations

from commentlens.cli.options import OutputOptions, SourceOptions, grouped


@grouped
def load(
    source: SourceOptions,
    output: OutputOptions,
) -> None:
    """Any source -> corpus JSONL: the lists with their entries, and their comments, as they were read.

    \b
    Example:
      commentlens load page.txt --output corpus/page.jsonl
    """
    from commentlens.cli.output import written
    from commentlens.cli.sources import SourceStream
    from commentlens.corpus.jsonl import write_corpus

    stream = SourceStream(source)
    with written(output.output) as file:
        write_corpus(stream.readings(), file)
    stream.note_set_aside(all_of_them=True)
