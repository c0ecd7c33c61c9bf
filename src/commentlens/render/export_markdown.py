"""Annotated comments as markdown to read: a heading a comment, its text quoted, what was found in it listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from commentlens.components.mood_evidence import EvidenceReader
from commentlens.records import AnnotatedComment, Span
from commentlens.render.export_csv import claim_words, comparison_words, link_words, mood_words
from commentlens.render.markdown import escaped
from commentlens.render.markup import quoted_evidence

_NEW = object()


def write_markdown(comments: Iterable[AnnotatedComment], file: TextIO) -> int:
    """Write all comments and return how many; a list's title stands above its first comment, and where it returns."""
    number = 0
    above: object = _NEW
    for number, comment in enumerate(comments, 1):  # noqa: B007 (the count is the result)
        if comment.list != above:
            file.write(f"{'' if above is _NEW else chr(10)}# {escaped(comment.list or 'Without a list')}\n")
            above = comment.list
        file.write(f"\n## {' · '.join(_head(comment))}\n\n")
        for line in comment.text.splitlines():
            file.write(f"> {escaped(line)}".rstrip() + "\n")
        findings = "".join(f"- {line}\n" for line in _findings(comment))
        if findings:
            file.write(f"\n{findings}")
    return number


def _head(comment: AnnotatedComment) -> Iterator[str]:
    yield escaped(comment.id)
    if comment.entry is not None:
        rank = f" (no. {comment.entry.rank})" if comment.entry.rank is not None else ""
        yield escaped(comment.entry.name) + rank
    if comment.author is not None:
        yield escaped(comment.author)
    if comment.created is not None:
        yield escaped(comment.created)


def _findings(comment: AnnotatedComment) -> Iterator[str]:
    if comment.mentions:
        named = dict.fromkeys((item.name, item.label) for item in comment.mentions)
        yield "names: " + ", ".join(f"{escaped(name)} ({label.lower()})" for name, label in named)
    evidence = EvidenceReader(comment)
    for mood in comment.moods:
        said = escaped(quoted_evidence(comment, evidence.labels(mood)))
        yield f"mood: {escaped(mood_words(mood))}{f': {said}' if said else ''}"
    for claim in comment.claims:
        yield f"claim: {escaped(claim_words(claim))}{_quoted(comment, [claim.span])}"
    for item in comment.comparisons:
        yield f"comparison: {escaped(comparison_words(item))}{_quoted(comment, [item.span])}"
    for link in comment.links:
        yield f"link: {escaped(link_words(link))}{_quoted(comment, [link.span])}"


def _quoted(comment: AnnotatedComment, spans: Iterable[Span]) -> str:
    words = [f"“{escaped(comment.text[start:end])}”" for start, end in spans]
    return f": {', '.join(words)}" if words else ""
