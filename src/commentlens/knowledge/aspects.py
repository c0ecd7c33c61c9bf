"""Aspects: what a sentence about a city is about (transit, price, safety …), by a lexicon that a user may replace.

The shipped lexicon is ``data/aspects.toml``. A file has one or more tables ``[[aspect]]``:
``name``; ``words``, words and phrases; ``not``, phrases in which a word of the aspect means something else;
``examples`` and ``near_misses``, sentences with which the file is tried when it is loaded.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.knowledge.datafile import DataFile, read_data_file
from commentlens.knowledge.theme_words import Token, tokens

_KEYS = {"name", "words", "not", "examples", "near_misses"}
_LISTS = ("words", "not", "examples", "near_misses")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """One aspect as its file has it."""

    name: str
    words: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()


class Aspects:
    """Aspects, to be found in text; the longest phrase at a place wins, whichever aspect it is of."""

    def __init__(self, aspects: Iterable[Aspect]) -> None:
        self.all = tuple(aspects)
        found: dict[tuple[str, ...], tuple[set[str], set[str]]] = {}
        for aspect in self.all:
            for side, phrases in enumerate((aspect.words, aspect.excluded)):
                for phrase in phrases:
                    found.setdefault(_norms(phrase), (set(), set()))[side].add(aspect.name)
        self._phrases = {phrase: (frozenset(of), frozenset(no)) for phrase, (of, no) in found.items()}
        self._lengths: dict[str, tuple[int, ...]] = {}
        for first in {phrase[0] for phrase in self._phrases}:
            lengths = {len(phrase) for phrase in self._phrases if phrase[0] == first}
            self._lengths[first] = tuple(sorted(lengths, reverse=True))

    @classmethod
    def load(cls, path: Path | None = None) -> Aspects:
        """The shipped aspects, or those of a file.

        Raises:
            KnowledgeError: If the file is not valid, or one of its examples comes out otherwise; names file, line,
                field, what was got and what is allowed.
        """
        return _load(path or Path(str(files("commentlens.knowledge") / "data" / "aspects.toml")))

    @property
    def names(self) -> tuple[str, ...]:
        """In the order of the file."""
        return tuple(aspect.name for aspect in self.all)

    def find(self, words: Sequence[Token]) -> Iterator[tuple[Token, Token, frozenset[str]]]:
        """First and last word of each phrase in a text, left to right without overlaps, and the aspects it is of.

        What an aspect excludes is hidden from it alone: "cold beer" is no weather, and still food.
        """
        at = 0
        hidden: dict[str, int] = {}
        while at < len(words):
            step = 1
            for length in self._lengths.get(words[at].norm, ()):
                if at + length > len(words):
                    continue
                phrase = tuple(word.norm for word in words[at : at + length])
                given, excluded = self._phrases.get(phrase, (frozenset(), frozenset()))
                for name in excluded:
                    hidden[name] = max(at + length, hidden.get(name, 0))
                names = frozenset(name for name in given if hidden.get(name, 0) <= at)
                if names:
                    yield words[at], words[at + length - 1], names
                    step = length
                    break
            at += step

    def of(self, text: str) -> set[str]:
        """The aspects of a text."""
        return {name for *_, names in self.find(list(tokens(text))) for name in names}


@functools.cache
def _load(path: Path) -> Aspects:
    data = read_data_file(path)
    if unknown := data.data.keys() - {"aspect"}:
        raise KnowledgeError(unknown_keys_message(str(path), unknown, {"aspect"}))
    rows = data.data.get("aspect")
    if not isinstance(rows, list) or not rows:
        raise KnowledgeError(field_message(str(path), "aspect", rows, "one or more tables [[aspect]]"))
    aspects = Aspects(_aspect(row, number, data) for number, row in enumerate(rows))
    names = aspects.names
    for number, aspect in enumerate(aspects.all):
        if aspect.name in names[:number]:
            raise KnowledgeError(field_message(_at(data, number, "name"), "name", aspect.name, "a name used once"))
        _try(aspects, aspect, number, data)
    return aspects


def _aspect(row: Mapping[str, object], number: int, data: DataFile) -> Aspect:
    if not isinstance(row, Mapping):
        raise KnowledgeError(field_message(str(data.path), "aspect", row, "one or more tables [[aspect]]"))
    if unknown := row.keys() - _KEYS:
        raise KnowledgeError(unknown_keys_message(data.where("aspect", number), unknown, _KEYS))
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise KnowledgeError(field_message(_at(data, number, "name"), "name", name, "a string that is not empty"))
    lists: dict[str, tuple[str, ...]] = {}
    for key in _LISTS:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and any(tokens(item)) for item in value):
            raise KnowledgeError(
                field_message(_at(data, number, key), key, value, "a list of strings with words in them")
            )
        lists[key] = tuple(value)
    if not lists["words"]:
        raise KnowledgeError(field_message(_at(data, number, "words"), "words", [], "at least one word or phrase"))
    return Aspect(
        name=name,
        words=lists["words"],
        excluded=lists["not"],
        examples=lists["examples"],
        near_misses=lists["near_misses"],
    )


def _try(aspects: Aspects, aspect: Aspect, number: int, data: DataFile) -> None:
    """Raise where an example does not give the aspect, or a near-miss does."""
    for key, sentences, wanted in (("examples", aspect.examples, True), ("near_misses", aspect.near_misses, False)):
        for sentence in sentences:
            if (aspect.name in aspects.of(sentence)) is not wanted:
                allowed = f"sentences that {'give' if wanted else 'do not give'} the aspect {aspect.name!r}"
                hint = "Mend its words, its not, or the sentence."
                raise KnowledgeError(field_message(_at(data, number, key), key, sentence, allowed, hint))


def _at(data: DataFile, number: int, field: str) -> str:
    return data.where("aspect", number, field)


def _norms(phrase: str) -> tuple[str, ...]:
    return tuple(token.norm for token in tokens(phrase))
