"""CoNLL-2003 files as annotated comments: a document each, its mentions from the tags (IOB1 or IOB2).

The text is put together from the tokens, a space between two and a line break between sentences; mentions are true to
that text. The shared task's own labels (PER, ORG, LOC, MISC) are other things than ours and become no mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from commentlens.corpus.reading import SetAside
from commentlens.corpus.streams import SourceFile
from commentlens.records import LABELS, AnnotatedComment, Label, Mention

DOCSTART = "-DOCSTART-"
_OTHER = ("PER", "ORG", "LOC", "MISC")
_FOUND_BY = "gold"


def is_conll(line: str) -> bool:
    """Whether a file with this first line is CoNLL-2003."""
    return line.split()[:1] == [DOCSTART]


def read_conll(path: SourceFile, encoding: str, name: str, set_aside: list[SetAside]) -> Iterator[AnnotatedComment]:
    """The documents of a file, ``name-0001`` and on; a line that is no token sets its document aside."""
    count = 0
    document = _Document()
    with path.open(encoding=encoding, newline="\n") as file:
        for number, line in enumerate(file, 1):
            cells = line.split()
            if cells[:1] == [DOCSTART]:
                if document.text:
                    count += 1
                    yield from document.finished(f"{name}-{count:04}", set_aside)
                document = _Document()
            elif not cells:
                document.end_sentence()
            else:
                document.add(cells, number, line)
    if document.text:
        yield from document.finished(f"{name}-{count + 1:04}", set_aside)


class _Document:
    """One document as it is read."""

    def __init__(self) -> None:
        self.text = ""
        self._between = ""
        self._spans: list[tuple[int, int, str]] = []
        self._open: str | None = None
        self._broken: SetAside | None = None

    def end_sentence(self) -> None:
        """A blank line; no mention goes on behind it."""
        self._between, self._open = "\n", None

    def add(self, cells: list[str], number: int, line: str) -> None:
        """A line with a token: its first cell is the token, its last the tag."""
        tag = cells[-1] if len(cells) > 1 else ""
        prefix, _, label = tag.partition("-")
        if tag != "O" and not (prefix in ("B", "I") and label in (*LABELS, *_OTHER)):
            reason = f"the last column must be O or B-/I- with one of {', '.join(LABELS)}, got {tag!r}"
            self._broken = self._broken or SetAside(line=number, reason=reason, text=line.rstrip("\n"))
        start = len(self.text) + len(self._between if self.text else "")
        self.text += (self._between if self.text else "") + cells[0]
        self._between = " "
        if label not in LABELS:
            self._open = None
        elif prefix == "I" and self._open == label:
            self._spans[-1] = (self._spans[-1][0], len(self.text), label)
        else:
            self._spans.append((start, len(self.text), label))
            self._open = label

    def finished(self, id_: str, set_aside: list[SetAside]) -> Iterator[AnnotatedComment]:
        """The comment, or nothing where a line of it was broken."""
        if self._broken is not None:
            set_aside.append(self._broken)
            return
        yield AnnotatedComment(
            id=id_,
            text=self.text,
            mentions=tuple(
                Mention(
                    start=start,
                    end=end,
                    text=self.text[start:end],
                    label=cast(Label, label),
                    name=self.text[start:end],
                    via=_FOUND_BY,
                )
                for start, end, label in self._spans
            ),
        )
