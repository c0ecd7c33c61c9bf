"""``commentlens schema``."""

from __future__ import annotations

import json

from commentlens.cli.options import OutputOptions, grouped


@grouped
def schema(output: OutputOptions) -> None:
    """The JSON Schema (draft 2020-12) of the record that export --format jsonl writes.

    \b
    Example:
      commentlens schema --output record.schema.json
    """
    from commentlens.cli.output import written
    from commentlens.record_schema import record_schema

    with written(output.output) as file:
        json.dump(record_schema(), file, ensure_ascii=False, indent=2)
        file.write("\n")
