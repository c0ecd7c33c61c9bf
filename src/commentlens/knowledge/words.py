"""The small words that the components go by, from ``data/words.toml``, which says what each class is for."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path

from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.knowledge.datafile import DataFile, read_data_file


@dataclass(frozen=True, slots=True)
class WordClasses:
    """Word classes, each a set of lower-case units; the data file says what each is for."""

    after_rank: frozenset[str]
    ranked_nouns: frozenset[str]
    singular_verbs: frozenset[str]
    joiners: frozenset[str]
    between_joined: frozenset[str]
    contrasts: frozenset[str]
    turns: frozenset[str]
    subjects: frozenset[str]
    verbs: frozenset[str]
    criterion_blockers: frozenset[str]
    list_nouns: frozenset[str]
    prepositions: frozenset[str]
    openers: frozenset[str]
    verbs_of_attitude: frozenset[str]
    fronting: frozenset[str]
    landmark_prepositions: frozenset[str]
    carriers: frozenset[str]
    skipped_openers: frozenset[str]
    new_starts: frozenset[str]
    auxiliaries: frozenset[str]
    measures: frozenset[str]
    heads: frozenset[str]
    at_the_list: frozenset[str]
    outcries: frozenset[str]
    assents: frozenset[str]
    refusals: frozenset[str]
    likers: frozenset[str]
    denials: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """How people contract (``dont`` is two units) and misspell, and the word classes."""

    contractions: Mapping[str, tuple[str, str]]
    stems: Mapping[str, str]
    spelling: Mapping[str, str]
    variants: Mapping[str, str]
    classes: WordClasses


@functools.cache
def words() -> Words:
    """The shipped words, loaded once.

    Raises:
        KnowledgeError: If the file is not valid; names file, line, field, what was got and what is allowed.
    """
    return load_words(Path(str(files("commentlens.knowledge") / "data" / "words.toml")))


def load_words(path: Path) -> Words:
    """Load a file of words; raises `KnowledgeError` as `words` does."""
    data = read_data_file(path)
    contractions = {}
    for word, value in _strings(data, "contractions").items():
        parts = value.split(" ")
        if len(parts) != 2:
            raise KnowledgeError(
                field_message(data.where("contractions", 0, word), word, value, "two units with a space")
            )
        contractions[word] = (parts[0], parts[1])
    table = data.data.get("classes", {})
    names = {field.name for field in fields(WordClasses)}
    if table.keys() != names:
        unknown, missing = table.keys() - names, names - table.keys()
        if unknown:
            raise KnowledgeError(unknown_keys_message(data.where("classes"), unknown, names))
        raise KnowledgeError(f"{data.where('classes')}: missing {', '.join(sorted(missing))}.")
    classes = {}
    for name, value in table.items():
        if not isinstance(value, list) or not all(isinstance(word, str) and word == word.lower() for word in value):
            raise KnowledgeError(
                field_message(data.where("classes", 0, name), name, value, "a list of lower-case units")
            )
        classes[name] = frozenset(value)
    return Words(
        contractions,
        _strings(data, "stems"),
        _strings(data, "spelling"),
        _strings(data, "variants"),
        WordClasses(**classes),
    )


def _strings(data: DataFile, table: str) -> dict[str, str]:
    found = data.data.get(table, {})
    for key, value in found.items():
        if not isinstance(value, str):
            raise KnowledgeError(field_message(data.where(table, 0, key), key, value, "a string"))
    return dict(found)
