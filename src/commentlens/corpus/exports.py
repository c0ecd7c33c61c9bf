"""Which of the exports a text file is, and how its annotated comments are read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath

from commentlens.corpus.conll import is_conll, read_conll
from commentlens.corpus.export_document import is_export_document, read_export_document
from commentlens.corpus.labelled import is_labelled, read_labelled
from commentlens.corpus.labelstudio import is_labelstudio, read_labelstudio
from commentlens.corpus.reading import SetAside
from commentlens.corpus.streams import SourceFile
from commentlens.records import AnnotatedComment

Records = Callable[[list[SetAside]], Iterator[AnnotatedComment]]


def export_records(path: SourceFile, source: str, encoding: str, first: str) -> Records | None:
    """What reads the annotated comments of the file; None where it is no export, or one that is read elsewhere.

    Args:
        path: the file.
        source: its name in messages.
        encoding: of the file.
        first: its first line that is not blank.
    """
    name = PurePath(source).stem if source != "-" else "comment"
    if is_conll(first):
        return lambda aside: read_conll(path, encoding, name, aside)
    if is_export_document(path, encoding, first):
        return lambda aside: read_export_document(path, source, encoding, aside)
    if is_labelled(first):
        return lambda aside: read_labelled(path, source, encoding, name, aside)
    if is_labelstudio(path, encoding, first):
        return lambda aside: read_labelstudio(path, source, encoding, aside)
    return None
