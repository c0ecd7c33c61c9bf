"""Well-known companies and brands, with their usual short name and the other names that people use.

The list is the project's own (``data/companies.jsonl``), one company a line:
``{"name", "aliases", "sector", "common"?, "not_before"?, "sector_only"?}``.
``common`` names those of its names that are also ordinary words, first names or loose letters ("Apple", "Gap", "GE"):
they count as the company only where the context says so (`components.entity_context`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from commentlens.errors import KnowledgeError, field_message, place
from commentlens.knowledge.fields import json_row, text, texts
from commentlens.knowledge.names import fold, reach_of
from commentlens.knowledge.user_names import UserName

_APOSTROPHE_S = re.compile(r"['’]s\b")
# A name of several words that is this long is told when it is written as one: "burgerking".
_GLUED_LETTERS = 7
_KEYS = frozenset({"name", "aliases", "sector", "common", "not_before", "sector_only"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company or brand.

    ``name``: its usual short name; ``aliases``: other names; ``sector``: one word; ``excluded``: words before which
    the name means a product or an award ("Michelin star"); ``sector_only``: names that count only
    where the list is about the sector ("United" under airlines).
    """

    name: str
    sector: str
    aliases: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    sector_only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompanySense:
    """A company under one of its names. ``common``: the name is an ordinary word too; ``written``: as in the list."""

    company: Company
    written: str
    common: bool

    @property
    def sector_only(self) -> bool:
        """Whether the name counts only where the list is about the company's sector."""
        return self.written in self.company.sector_only


class Companies:
    """Companies by folded name."""

    def __init__(self, companies: Iterable[Company]) -> None:
        """Index companies; of two with the same name the first one in the list wins."""
        self.all = tuple(companies)
        senses: dict[str, CompanySense] = {}
        for company in self.all:
            common = frozenset(company.common)
            for written in (company.name, *company.aliases):
                sense = CompanySense(company, written, written in common)
                for name in spellings(written):
                    senses.setdefault(name, sense)
        self._senses = senses
        self._reach = reach_of(senses)

    @classmethod
    def load(cls, path: Path | None = None) -> Companies:
        """The shipped list, or the one at ``path``.

        Raises:
            KnowledgeError: If a line is not valid; names file, line and field.
        """
        return _load(path)

    def adding(self, names: Iterable[UserName]) -> Companies:
        """These and a user's own, which come first; the same object where there are none."""
        own = [Company(name=name.name, aliases=name.aliases, sector="own") for name in names if name.label == "COMPANY"]
        return Companies([*own, *self.all]) if own else self

    def lookup(self, folded: str) -> CompanySense | None:
        """The company that a folded name means, with no regard to context; None if no company is called so."""
        return self._senses.get(folded)

    def reach(self, word: str) -> int:
        """How many words the longest name has that begins with this folded word; 0 if none does: saves look-ups."""
        return self._reach.get(word, 0)

    def names(self) -> Mapping[str, CompanySense]:
        """All folded names."""
        return self._senses

    def __len__(self) -> int:
        return len(self.all)


def spellings(written: str) -> Iterable[str]:
    """A name, folded, as people type it: without its apostrophe ("wendys"), with "and" for "&", as one word."""
    folded = fold(written)
    if not folded:
        return
    yield folded
    if "&" in folded:
        yield " ".join(folded.replace("&", " and ").split())
        yield " ".join(folded.replace("&", " & ").split())
    plain = folded
    if "'" in written or "’" in written:
        plain = fold(_APOSTROPHE_S.sub("s", written))
        yield plain
    glued = plain.replace(" ", "")
    if glued != plain and glued.isalnum() and len(glued) >= _GLUED_LETTERS:
        yield glued


@functools.cache
def _load(path: Path | None) -> Companies:
    source = files("commentlens.knowledge").joinpath("data", "companies.jsonl") if path is None else path
    name = path.name if path is not None else "companies.jsonl"
    try:
        text = source.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"{name}: cannot be read ({error}). Name a JSONL file with one company a line.") from error
    companies = [_company(line, place(name, number)) for number, line in enumerate(text.splitlines(), start=1) if line]
    return Companies(companies)


def _company(line: str, where: str) -> Company:
    row = json_row(line, where, _KEYS, "company")
    aliases = texts(row, "aliases", where)
    common = texts(row, "common", where)
    name = text(row, "name", where)
    if strangers := [word for word in common if word != name and word not in aliases]:
        raise KnowledgeError(field_message(where, "common", strangers, "names of this company, as written above"))
    return Company(
        name=name,
        sector=text(row, "sector", where),
        aliases=aliases,
        common=common,
        excluded=texts(row, "not_before", where),
        sector_only=texts(row, "sector_only", where),
    )
