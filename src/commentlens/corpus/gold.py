"""Annotated comments that people have made right: to measure against, and to train on.

Any annotated source will do: records (JSONL, with fewer keys if need be), an export that is read back, tasks of Label
Studio. Nothing is passed over in silence: what cannot be read is an error, what nobody has worked on is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from commentlens.corpus.exports import export_records
from commentlens.corpus.jsonl import annotated_reading, read_annotated
from commentlens.corpus.labelstudio import NOT_ANNOTATED, is_labelstudio, read_labelstudio
from commentlens.corpus.read import read_source
from commentlens.corpus.reading import Reading, SetAside
from commentlens.corpus.repair import encoding_of_file
from commentlens.corpus.rows import first_lines
from commentlens.corpus.streams import SourceFile
from commentlens.errors import NoCommentsError, RecordError, SourceError, place
from commentlens.records import AnnotatedComment

_BINARY = (".parquet", ".spacy")
_WHAT = "GOLD is a file of annotated comments"


def read_gold(path: Path, note: Callable[[str], None] = lambda _: None) -> list[AnnotatedComment]:
    """All comments of a gold file.

    Args:
        path: the file.
        note: takes what there is to say: how many tasks of Label Studio nobody has submitted.

    Raises:
        SourceError: If the file cannot be read, or holds comments that are not annotated.
        NoCommentsError: If it holds none, or of Label Studio only tasks that nobody has submitted.
        RecordError: If a record or task is not as documented; names its place.
    """
    if not path.exists():
        raise SourceError(f"{path} does not exist. {_WHAT}.")
    if path.is_dir():
        raise SourceError(f"{path} is a folder. {_WHAT}.")
    file = SourceFile(path)
    if file.suffix in _BINARY:
        return _records(path, read_source(path))
    encoding = encoding_of_file(file)
    first = next(iter(first_lines(file, encoding, 1)), "").lstrip("\ufeff").strip()
    if not first:
        raise NoCommentsError(f"{path} is empty. {_WHAT}, one record a line.")
    aside: list[SetAside] = []
    if is_labelstudio(file, encoding, first):
        comments = list(read_labelstudio(file, str(path), encoding, aside, predictions=False))
        waiting = [item for item in aside if NOT_ANNOTATED in item.reason]
        if waiting:
            note(f"{path}: {len(waiting)} tasks have {NOT_ANNOTATED}, and are left out")
        for item in aside:
            if item not in waiting:
                raise RecordError(f"{path}, {item.reason}")
        return comments
    return _records(path, _opened(path, file, encoding, first))


def _records(path: Path, reading: Reading) -> list[AnnotatedComment]:
    if reading.annotated is None:
        raise SourceError(f"{path} was read as {reading.format}, and is not annotated. {_WHAT}.")
    comments = list(reading.annotated)
    _refuse(path, reading.set_aside)
    if not comments:
        raise NoCommentsError(f"{path} holds no comments. {_WHAT}.")
    return comments


def _opened(path: Path, file: SourceFile, encoding: str, first: str) -> Reading:
    records = export_records(file, str(path), encoding, first)
    if records is not None:
        return annotated_reading(records, source=str(path))
    # Gold with fewer keys than an export may not even name its schema: any JSONL is tried.
    return read_annotated(file, source=str(path), encoding=encoding)


def _refuse(path: Path, aside: Iterable[SetAside]) -> None:
    for item in aside:
        raise RecordError(f"{place(path, item.line)}: {item.reason.removesuffix('.')}. {_WHAT}.")
