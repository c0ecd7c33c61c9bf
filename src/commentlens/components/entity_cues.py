"""The words around a name that tell what it names: read from ``entity_cues.toml``, checked, asked."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path

from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.knowledge.names import fold


@dataclass(frozen=True, slots=True)
class Cues:
    """Sets of folded words and short phrases; the data file says what each is for."""

    place_before: frozenset[str]
    order_before: frozenset[str]
    place_after: frozenset[str]
    clause_after: frozenset[str]
    nouns_after: frozenset[str]
    city_after: frozenset[str]
    joins_anything: frozenset[str]
    word_before: frozenset[str]
    person_before: frozenset[str]
    relation_before: frozenset[str]
    owner_of: frozenset[str]
    owner_after: frozenset[str]
    owner_after_lower: frozenset[str]
    not_owner: frozenset[str]
    owner_before: frozenset[str]
    begins_names: frozenset[str]
    company_owner_before: frozenset[str]
    company_before: frozenset[str]
    company_near: frozenset[str]
    company_after: frozenset[str]
    company_acts: frozenset[str]
    dish_after: frozenset[str]
    company_seat_after: frozenset[str]
    company_origin_after: frozenset[str]
    company_seat_between: frozenset[str]
    place_nouns: frozenset[str]
    sure_suffixes: frozenset[str]
    legal_suffixes: frozenset[str]
    given_names: frozenset[str]

    @classmethod
    def load(cls, path: Path | None = None) -> Cues:
        """The shipped cues, or those in ``path``; raises `KnowledgeError` naming file and key."""
        return _load(path)


@functools.cache
def _load(path: Path | None) -> Cues:
    source = path or Path(str(files("commentlens.knowledge").joinpath("data", "entity_cues.toml")))
    try:
        data = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"{source.name}: cannot be read ({error}).") from error
    keys = [field.name for field in fields(Cues)]
    if unknown := data.keys() - set(keys):
        raise KnowledgeError(unknown_keys_message(source.name, unknown, keys))
    sets = []
    for key in keys:
        value = data.get(key)
        if not isinstance(value, str):
            raise KnowledgeError(field_message(source.name, key, value, "one string, phrases parted by | or lines"))
        sets.append(frozenset(fold(phrase) for phrase in value.replace("\n", "|").split("|") if phrase.strip()))
    return Cues(*sets)
