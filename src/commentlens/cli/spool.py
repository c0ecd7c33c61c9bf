"""Comments kept on disk for a second pass: what must be summed up before it is written does not fill the memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from commentlens.record_json import annotated_from_dict, annotated_to_dict
from commentlens.records import AnnotatedComment


@contextmanager
def spooled(comments: Iterable[AnnotatedComment]) -> Iterator[Iterator[AnnotatedComment]]:
    """Take all comments, and give them once more in the same order."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        for comment in comments:
            file.write(json.dumps(annotated_to_dict(comment)) + "\n")
        file.seek(0)
        yield (annotated_from_dict(json.loads(line), "spool") for line in file)
