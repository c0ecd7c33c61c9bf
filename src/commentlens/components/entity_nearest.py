"""Which known name a misspelt word is nearest to: an entry's of the list, else a big city's or a country's."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from commentlens.components.entity_list import ListNames

_MISSPELT_MIN_LETTERS = 5
_LONG_NAME = 8
_REMEMBERED = 8192
# What makes a city's people, and their sausages, of a city.
_OF_PEOPLE = frozenset({"er", "ers", "n", "an", "i"})

_Near = tuple[int, str] | None


class NearestNames:
    """Finds names by the optimal string alignment distance (Levenshtein's with neighbours swapped), over major names.

    Args:
        majors: folded names that are known wherever they are said, by first letter and length.
    """

    def __init__(self, majors: dict[tuple[str, int], list[str]]) -> None:
        self._majors = majors
        # What no list knows is misspelt alike in many comments.
        self._major = functools.lru_cache(maxsize=_REMEMBERED)(self._nearest_major)

    def nearest(self, text: str, names: ListNames) -> str | None:
        """The name that folded words stand for, None where none is near enough; of equally near ones the list's."""
        if len(text) < _MISSPELT_MIN_LETTERS:
            return None
        listed = _nearest(text, names.by_letter.get(text[0], ()))
        major = self._major(text) if len(text) > _MISSPELT_MIN_LETTERS and " " not in text else None
        if listed is None or (major is not None and major[0] < listed[0]):
            return major[1] if major else None
        return listed[1]

    def _nearest_major(self, text: str) -> _Near:
        allowed = _allowed(text)
        lengths = range(len(text) - allowed, len(text) + allowed + 1)
        return _nearest(text, [name for length in lengths for name in self._majors.get((text[0], length), ())])


def _allowed(text: str) -> int:
    return 1 if len(text) < _LONG_NAME else 2


def _nearest(text: str, pool: Iterable[str]) -> _Near:
    """Distance and name of the nearest of some names; of equally near ones the first by alphabet."""
    allowed = _allowed(text)
    best: _Near = None
    for name in pool:
        if abs(len(name) - len(text)) > allowed or name.count(" ") != text.count(" "):
            continue
        if text.startswith(name) and text[len(name) :] in _OF_PEOPLE:
            continue
        distance = OSA.distance(text, name, score_cutoff=allowed)
        limit = 1 if len(name) < _LONG_NAME else allowed
        if distance <= limit and (distance < 2 or name[:2] == text[:2]):
            option = (distance, name)
            best = option if best is None or option < best else best
    return best
