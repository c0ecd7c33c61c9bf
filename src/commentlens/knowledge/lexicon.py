"""Valences of words: VADER's lexicon, and the project's own file for places, brands and rankings over it.

VADER: C.J. Hutto and E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text",
ICWSM 2014.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.knowledge.datafile import DataFile, read_data_file

_TABLES = {"words", "phrases", "neutral", "boosters", "burdens"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Own valences, on VADER's scale (-4 to 4).

    ``words``: single words. ``phrases``: sequences of units, each with the token that stands for it. ``neutral``: words
    whose VADER valence is taken away. ``boosters``: words that strengthen a following valued word. ``burdens``: blamed
    words of which little is good ("crime is low"). ``given``: the words (as phrases of one) and phrases of all tables
    of the user's files.
    """

    words: Mapping[str, float]
    phrases: Mapping[tuple[str, ...], float]
    neutral: frozenset[str]
    boosters: frozenset[str]
    burdens: frozenset[str] = frozenset()
    given: frozenset[tuple[str, ...]] = frozenset()

    @property
    def longest_phrase(self) -> int:
        """Length of the longest phrase, in units."""
        return max((len(phrase) for phrase in self.phrases), default=1)


def load_lexicon(extra: Iterable[Path] = ()) -> Lexicon:
    """Load the shipped lexicon and the user's files over it.

    Raises:
        KnowledgeError: If a file is not valid; names file, line, field, what was got and what is allowed.
    """
    words: dict[str, float] = {}
    phrases: dict[tuple[str, ...], float] = {}
    neutral: set[str] = set()
    boosters: set[str] = set()
    burdens: set[str] = set()
    given: set[tuple[str, ...]] = set()
    for number, path in enumerate((Path(str(files("commentlens.knowledge") / "data" / "valence.toml")), *extra)):
        data = read_data_file(path)
        if unknown := data.data.keys() - _TABLES:
            raise KnowledgeError(unknown_keys_message(data.where(min(unknown)), unknown, _TABLES))
        own_words = _valences(data, "words")
        own_phrases = {tuple(phrase.split()): value for phrase, value in _valences(data, "phrases").items()}
        own_neutral = _list(data, "neutral")
        if number:
            given |= {(word,) for word in own_words.keys() | own_neutral} | own_phrases.keys()
        words |= own_words
        phrases |= own_phrases
        neutral |= own_neutral
        boosters |= _list(data, "boosters")
        burdens |= _list(data, "burdens")
    return Lexicon(
        words, phrases, frozenset(neutral - words.keys()), frozenset(boosters), frozenset(burdens), frozenset(given)
    )


def _valences(data: DataFile, table: str) -> dict[str, float]:
    found = {}
    for word, value in _table(data, table).items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not -4 <= value <= 4:
            raise KnowledgeError(field_message(data.where(table, 0, word), word, value, "a number from -4 to 4"))
        found[word.lower()] = float(value)
    return found


def _table(data: DataFile, table: str) -> dict[str, Any]:
    value = data.data.get(table, {})
    if not isinstance(value, dict):
        raise KnowledgeError(field_message(data.where(table), table, value, f"a table: [{table}]"))
    return value


def _list(data: DataFile, table: str) -> set[str]:
    rows = _table(data, table)
    if unknown := rows.keys() - {"words"}:
        raise KnowledgeError(unknown_keys_message(data.where(table, 0, min(unknown)), unknown, {"words"}))
    value: Any = rows.get("words", [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise KnowledgeError(field_message(data.where(table, 0, "words"), "words", value, "a list of words"))
    return set(value)
