"""Labelled sets as JSONL, a text a row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from commentlens.errors import SourceError


def read_labelled(path: Path, needed: str) -> list[dict[str, Any]]:
    """Rows of a labelled set.

    Args:
        path: the set's file.
        needed: what the folder that is asked for has to hold, for the message.

    Raises:
        SourceError: If the file is missing, is no JSONL, or a row has no text.
    """
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for row in rows:
            row["text"]  # every reader wants it
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{path}: cannot be read as a labelled set ({error}). Give the folder that holds {needed}."
        ) from error
    return rows
