"""Which column of a table holds what: named by the user, else guessed from usual names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from commentlens.corpus.reading import Columns
from commentlens.errors import SourceError, choice_message


@cache
def _usual() -> Mapping[str, tuple[str, ...]]:
    data = tomllib.loads(files("commentlens.corpus").joinpath("data", "columns.toml").read_text("utf-8"))
    return MappingProxyType({field: tuple(names) for field, names in data.items()})


def fold_column(name: str) -> str:
    """A column's name as names are compared."""
    return re.sub(r"[\W_]+", "", name).casefold()


def knows_text_column(names: Sequence[str]) -> bool:
    """Whether the names could head a table of comments: one of them usually holds the text."""
    return any(fold_column(name) in _usual()["text"] for name in names)


def resolve(columns: Columns, names: Sequence[str], source: str) -> Columns:
    """Say for each field which of the table's columns holds it, None where none does.

    Raises:
        SourceError: If a column that the user named is not there, or no column holds the text.
    """
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(fold_column(name), name)
    found: dict[str, str | None] = {}
    for field in fields(columns):
        wanted: str | None = getattr(columns, field.name)
        if wanted is None:
            continue
        exact = wanted if wanted in names else by_fold.get(fold_column(wanted))
        if exact is None:
            raise SourceError(f"{source}: {choice_message('column', wanted, names)}")
        found[field.name] = exact
    used = set(found.values())
    for key, usual in _usual().items():
        if key not in found:
            found[key] = next((by_fold[n] for n in usual if n in by_fold and by_fold[n] not in used), None)
            used.add(found[key])
    if found["text"] is None:
        listed = ", ".join(names[:12]) or "none"
        raise SourceError(f"{source}: no column of comments among {listed}. Say which it is with --text.")
    return Columns(**found)
