"""Which column of a table holds what: named by the user, else guessed from usual names."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from commentlens.corpus.reading import Columns
from commentlens.errors import SourceError

_MANY = 12


@cache
def _data() -> Mapping[str, tuple[str, ...]]:
    data = tomllib.loads(files("commentlens.corpus").joinpath("data", "columns.toml").read_text("utf-8"))
    return MappingProxyType({field: tuple(names) for field, names in data.items()})


@cache
def _usual() -> Mapping[str, tuple[str, ...]]:
    """The usual names of each field of `Columns`, most telling first."""
    data = dict(_data())
    perhaps = data.pop("text_perhaps")
    return MappingProxyType(data | {"text": (*data["text"], *perhaps)})


def fold_column(name: str) -> str:
    """A column's name as names are compared."""
    return re.sub(r"[\W_]+", "", name).casefold()


def knows_text_column(names: Sequence[str]) -> bool:
    """Whether the names could head a table of comments: one of them usually holds the text.

    "Comments" and its like count only beside another usual name: "Comments | Share" heads a page.
    """
    folded = {fold_column(name) for name in names}
    if not folded.isdisjoint(_data()["text"]):
        return True
    others = {name for field, usual in _usual().items() if field != "text" for name in usual}
    return not folded.isdisjoint(_usual()["text"]) and not folded.isdisjoint(others)


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
            raise SourceError(f"{source}: {_unknown(wanted, names)}")
        found[field.name] = exact
    used = set(found.values())
    for key, usual in _usual().items():
        if key not in found:
            found[key] = next((by_fold[n] for n in usual if n in by_fold and by_fold[n] not in used), None)
            used.add(found[key])
    if found["text"] is None:
        raise SourceError(
            f"{source}: no column of comments among {_quoted(names)}. Say which it is with --text (in Python: columns)."
        )
    return Columns(**found)


def unused(columns: Columns, names: Sequence[str]) -> tuple[str, ...]:
    """The columns that no field is taken from; a rank and a list's title count for nothing without an entry."""
    taken = {
        getattr(columns, field.name)
        for field in fields(columns)
        if columns.entry is not None or field.name not in ("rank", "list")
    }
    return tuple(name for name in names if name not in taken)


def _unknown(wanted: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)
    if len(names) > _MANY and near:
        return f'no column "{wanted}". Did you mean {" or ".join(map(_quote, near))}?'
    return f'no column "{wanted}". The columns are {_quoted(names)}.'


def _quoted(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
    return ", ".join(map(_quote, names[:_MANY])) + more if names else "none"


def _quote(name: str) -> str:
    return f'"{name}"'
