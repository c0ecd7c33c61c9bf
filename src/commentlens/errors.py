"""Everything that commentlens raises on purpose, and the one voice in which it says so.

    CommentlensError
    ├── SourceError        a source cannot be found, opened, decoded or recognised
    │   └── NoCommentsError    it was read, and held no comment
    ├── RecordError        a row or record does not have the documented shape
    ├── KnowledgeError     a rule, gazetteer or lexicon file is not valid
    ├── ModelError         the spaCy pipeline or a classifier cannot be loaded
    ├── UnknownNameError   a city, entry, rule or format that nothing here knows
    └── MissingExtraError  an optional library is needed for what was asked

A message says what is wrong, where, and what to do next. The command line prints it on one line of stderr.
"""

from __future__ import annotations

from collections.abc import Iterable


class CommentlensError(Exception):
    """Base of all errors that a user can cause and mend."""


class SourceError(CommentlensError):
    """A source cannot be found, opened, decoded or recognised."""


class NoCommentsError(SourceError):
    """A source was read, and held no comment."""


class RecordError(CommentlensError):
    """A row or record does not have the documented shape."""


class KnowledgeError(CommentlensError):
    """A rule, gazetteer or lexicon file is not valid."""


class ModelError(CommentlensError):
    """The spaCy pipeline or a classifier cannot be loaded."""


class UnknownNameError(CommentlensError):
    """A city, entry, rule or format that nothing here knows."""


class MissingExtraError(CommentlensError):
    """An optional library is needed for what was asked."""


def place(path: object, line: int | None = None) -> str:
    """Name a place as all messages do: ``list.jsonl, line 12``."""
    return f"{path}, line {line}" if line is not None else str(path)


def field_message(where: str, field: str, got: object, allowed: str, hint: str = "") -> str:
    """Say that one field is wrong: ``list.jsonl, line 12: "rank" must be a whole number from 1, got 'x'.``"""
    message = f'{where}: "{field}" must be {allowed}, got {got!r}.'
    return f"{message} {hint}" if hint else message


def unknown_keys_message(where: str, unknown: Iterable[str], allowed: Iterable[str]) -> str:
    """Say which keys are unknown and which are allowed."""
    bad = ", ".join(f'"{key}"' for key in sorted(unknown))
    return f"{where}: unknown {bad}. Allowed: {', '.join(sorted(allowed))}."
