"""What a comparative says of the thing that has more of it: "dirtier" is worse, "cleaner" better.

The words are data (`data/adjectives.toml`). Forms are read back by the rules of spelling (dirtier: dirty, bigger: big,
nicer: nice); a comparative of which the file knows nothing is taken for praise.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path

from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.knowledge.datafile import DataFile, read_data_file

_MORE = {"more": 1, "less": -1, "fewer": -1, "lesser": -1}
_WHOLE = {"better": 1, "superior": 1, "worse": -1, "inferior": -1}
# Of a quantity they say how much there is of it ("lower prices"), of nothing that it is good or not.
_MEASURES = {"higher": 1, "bigger": 1, "larger": 1, "longer": 1, "greater": 1, "heavier": 1, "lower": -1, "shorter": -1}
_MEASURES |= {"smaller": -1, "lighter": -1}
_ENDS = frozenset(["and", "but", "because", "though", "for", "in", "at", "with", "to", ",", ";"])
"""Right after "more" or "less", they leave nothing that there is more of ("costs less and …")."""
_LINKED = 3
"""Words that may stand between "more" and what there is more of ("more reliable and comfortable cars")."""


@dataclass(frozen=True, slots=True)
class Comparatives:
    """The words of the data file; the file says what each is for."""

    bad: frozenset[str]
    mild: frozenset[str]
    nouns: frozenset[str]
    not_comparative: frozenset[str]
    bad_verbs: frozenset[str]

    def is_comparative(self, word: str) -> bool:
        """Whether a word by itself compares: "more", "worse", "cosier"; not "never"."""
        if word in _MORE or word in _WHOLE:
            return True
        return len(word) > 4 and word.endswith("er") and word not in self.not_comparative

    def order(self, words: Sequence[str]) -> int:
        """What the comparatives among some words say together.

        Args:
            words: lower-case units, from what is compared up to "than".

        Returns:
            1 where what they are said of is better, -1 where it is worse, 0 where none of them is a comparative. The
            last one decides ("nicer but dirtier"); a mild one ("smaller") yields to any other, wherever it stands.
        """
        strong, weak = 0, 0
        for i, word in enumerate(words):
            if not self.is_comparative(word):
                continue
            sign, mild = self._one(words, i)
            if mild:
                weak = sign
            else:
                strong = sign
        return strong or weak

    def is_bad(self, words: Sequence[str]) -> bool:
        """Whether having more of what the words name is worse ("full of tourists", "noisy")."""
        return any(self._is_bad(word) for word in words)

    def _one(self, words: Sequence[str], i: int) -> tuple[int, bool]:
        """What one comparative says, and whether it says so mildly."""
        word, after = words[i], words[i + 1 : i + 1 + _LINKED]
        if after and after[0] in _ENDS:
            after = ()
        if word in _WHOLE:
            return _WHOLE[word], False
        if word in _MORE:
            # "More better", "more cheaper": the second word says it.
            if word == "more" and after and self.is_comparative(after[0]) and after[0] not in _MORE:
                return self._one(words, i + 1)
            quality = -1 if self.is_bad(after) else 1
            if word == "more" and quality > 0 and set(words[max(0, i - 3) : i]) & self.bad_verbs:
                quality = -1
            if not after and word != "more" and set(words[max(0, i - 3) : i]) & self.bad_verbs:
                return 1, False
            return _MORE[word] * quality, False
        if word in _MEASURES:
            counted = [*after[:2], *(w for w in words[max(0, i - 3) : i])]
            if any(noun in self.nouns for w in counted for noun in _singulars(w)):
                return -_MEASURES[word], False
        bases = set(_bases(word))
        if bases & self.mild:
            return -1, True
        return (-1 if bases & self.bad else 1), False

    def _is_bad(self, word: str) -> bool:
        return word in self.bad or any(noun in self.nouns for noun in _singulars(word))


def _bases(word: str) -> Iterator[str]:
    """What a form in -er may be of: cheaper: cheap, nicer: nice, bigger: big, dirtier (dirtyer): dirty."""
    stem = word.removesuffix("er")
    yield stem
    yield stem + "e"
    if len(stem) > 2 and stem[-1] == stem[-2]:
        yield stem[:-1]
    if stem.endswith("i"):
        yield stem[:-1] + "y"
        yield stem[:-1] + "ey"


def _singulars(word: str) -> Iterator[str]:
    """What a noun may be the plural of: bugs: bug, taxes: tax, robberies: robbery."""
    yield word
    if word.endswith("s"):
        yield word[:-1]
        yield word.removesuffix("es")
    if word.endswith("ies"):
        yield word[:-3] + "y"


@functools.cache
def comparatives() -> Comparatives:
    """The shipped words, loaded once.

    Raises:
        KnowledgeError: If the file is not valid; names file, line, field, what was got and what is allowed.
    """
    return load_comparatives(Path(str(files("commentlens.knowledge") / "data" / "adjectives.toml")))


_TABLES = {"adjectives": ("bad", "mild"), "nouns": ("bad",), "words": ("not_comparative", "bad_verbs")}


def load_comparatives(path: Path) -> Comparatives:
    """Load a file of comparatives; raises `KnowledgeError` as `comparatives` does."""
    data = read_data_file(path)
    if unknown := data.data.keys() - _TABLES.keys():
        raise KnowledgeError(unknown_keys_message(data.where(min(unknown)), unknown, _TABLES))
    found = [_words(data, table, name) for table, names in _TABLES.items() for name in names]
    return Comparatives(**dict(zip((field.name for field in fields(Comparatives)), found, strict=True)))


def _words(data: DataFile, table: str, name: str) -> frozenset[str]:
    """One list of words of the file."""
    given = data.data.get(table, {})
    if not isinstance(given, dict):
        allowed = f"a table with {' and '.join(_TABLES[table])}"
        raise KnowledgeError(field_message(data.where(table), table, given, allowed))
    if unknown := given.keys() - set(_TABLES[table]):
        raise KnowledgeError(unknown_keys_message(data.where(table, 0, min(unknown)), unknown, _TABLES[table]))
    value = given.get(name)
    if not isinstance(value, list) or not all(isinstance(w, str) and w and w == w.lower() for w in value):
        raise KnowledgeError(field_message(data.where(table, 0, name), name, value, "a list of lower-case words"))
    return frozenset(value)
