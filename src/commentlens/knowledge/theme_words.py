"""Words that are no theme of a city (``data/themes.toml``), and how words are read for themes and aspects."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.knowledge.datafile import read_data_file

# Not what follows a digit: the "th" of 19th is no word.
_TOKEN = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+)*")
_PLURALS = ("sses", "xes", "ches", "shes")


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """Word classes, lower case, each word as `singular` gives it; the data file says what each is for."""

    stop: frozenset[str]
    weak: frozenset[str]
    tail: frozenset[str]
    ly: frozenset[str]
    inner: frozenset[str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word: where it stands, as it is written (lower case), and its `singular`."""

    start: int
    end: int
    written: str
    norm: str


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The words of a stretch of text; a hyphen parts words, an apostrophe does not, a genitive's s goes."""
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        written = match.group().lower().replace("’", "'").removesuffix("'s")
        yield Token(match.start(), match.end(), written, singular(written))


@lru_cache(maxsize=65_536)
def singular(word: str) -> str:
    """A word without its plural s: ``trams`` and ``tram`` are one, ``bus``, ``glass`` and ``tennis`` stay.

    A rule of thumb for English, the same for texts and lexicons, so that a wrong stem still meets itself.
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(_PLURALS):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@functools.cache
def theme_words() -> ThemeWords:
    """The shipped word classes, loaded once; raises `KnowledgeError` as `load_theme_words` does."""
    return load_theme_words(Path(str(files("commentlens.knowledge") / "data" / "themes.toml")))


def load_theme_words(path: Path) -> ThemeWords:
    """Load a file of word classes.

    Raises:
        KnowledgeError: If the file is not valid; names file, line, field, what was got and what is allowed.
    """
    data = read_data_file(path)
    names = [item.name for item in fields(ThemeWords)]
    if unknown := data.data.keys() - set(names):
        raise KnowledgeError(unknown_keys_message(str(path), unknown, names))
    found = {}
    for name in names:
        value = data.data.get(name, {}).get("words")
        if not isinstance(value, list) or not all(isinstance(word, str) and word == word.lower() for word in value):
            raise KnowledgeError(
                field_message(data.where(name, 0, "words"), "words", value, "a list of lower-case words")
            )
        found[name] = frozenset(map(singular, value))
    return ThemeWords(**found)
