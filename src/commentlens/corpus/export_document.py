"""The JSON document of ``export --format json`` as annotated comments; its report is made again from them.

As it is written, a record stands on a line of its own and the file is read line by line. Where another program has
laid it out anew, it is read whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from commentlens.corpus.reading import SetAside
from commentlens.corpus.streams import SourceFile
from commentlens.errors import CommentlensError, SourceError, place
from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment

EXPORT_SCHEMA = "commentlens-export/1"
_NAMED = re.compile(r'"schema"\s*:\s*' + re.escape(json.dumps(EXPORT_SCHEMA)))
_HEAD = 4096


def is_export_document(path: SourceFile, encoding: str, first: str) -> bool:
    """Whether the file, whose first line is given, is such a document."""
    if not first.startswith("{"):
        return False
    if first != "{":
        return _NAMED.match(first[1:].lstrip()) is not None
    with path.open(encoding=encoding) as file:
        return _NAMED.match(file.read(_HEAD).lstrip("\ufeff \t\r\n{")) is not None


def read_export_document(
    path: SourceFile, source: str, encoding: str, set_aside: list[SetAside]
) -> Iterator[AnnotatedComment]:
    """The comments of the document; what is no record is set aside, with its line or, laid out anew, its number.

    Raises:
        SourceError: If the document ends in the middle, or is no JSON.
    """
    for number, row, raw in _rows(path, source, encoding):
        try:
            yield annotated_from_dict(row, place(source, number))
        except CommentlensError as error:
            reason = str(error).removeprefix(f"{place(source, number)}: ").removeprefix(f"{place(source, number)}, ")
            set_aside.append(SetAside(line=number, reason=reason, text=raw))


def _rows(path: SourceFile, source: str, encoding: str) -> Iterator[tuple[int, object, str]]:
    with path.open(encoding=encoding) as file:
        if not _opens_comments(next(file, "")):
            yield from _laid_out_anew(path, source, encoding)
            return
        for number, line in enumerate(file, 2):
            if line.startswith("]"):
                return
            raw = line.strip().removesuffix(",")
            try:
                row = json.loads(raw)
            except (ValueError, RecursionError):
                row = None
            yield number, row, raw
    raise SourceError(f"{source} ends in the middle of its comments. Export it again.")


def _opens_comments(line: str) -> bool:
    """Whether the document's comments begin behind this line, one a line."""
    try:
        head = json.loads(line.lstrip("\ufeff").rstrip() + "]}")
    except (ValueError, RecursionError):
        return False
    return isinstance(head, dict) and head.get("comments") == []


def _laid_out_anew(path: SourceFile, source: str, encoding: str) -> Iterator[tuple[int, object, str]]:
    try:
        document = json.loads(path.read_text(encoding).lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{source} begins like an export and is not JSON: {error}. Export it again.") from error
    comments = document.get("comments")
    if not isinstance(comments, list):
        raise SourceError(f'{source}: "comments" must be a list of records, got {comments!r}. Export it again.')
    for number, row in enumerate(comments, 1):
        yield number, row, json.dumps(row, ensure_ascii=False)
