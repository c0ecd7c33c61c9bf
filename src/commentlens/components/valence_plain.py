"""Units whose valence is the same wherever they stand, so that most of a comment need not be read at all.

Few words of a comment are in a lexicon, begin a phrase or act on others. What a unit can be is looked up once and
remembered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from commentlens.components.units import Unit
from commentlens.components.valence_tokens import MADE_TOKENS, PAIR_OPENERS, spelt

_REMEMBERED = 50_000
"""Units that are remembered, at most."""
_NOTHING, _BEGINS, _FEELS = 0, 1, 2


class PlainUnits:
    """What units mean without their neighbours.

    Args:
        lexicon: valences of tokens.
        emojis: descriptions of emojis.
        phrases: those with a valence.
        special: words whose token depends on what stands beside them.
    """

    def __init__(
        self,
        lexicon: Mapping[str, float],
        emojis: Mapping[str, str],
        phrases: Iterable[Sequence[str]],
        special: Collection[str],
    ) -> None:
        self._lexicon, self._emojis = lexicon, emojis
        self._special = frozenset([*special, *PAIR_OPENERS])
        self._second: defaultdict[str, set[str]] = defaultdict(set)
        self._alone: set[str] = set()
        for phrase in phrases:
            if len(phrase) > 1:
                self._second[phrase[0]].add(phrase[1])
            else:
                self._alone.add(phrase[0])
        self._openers = {word[0] for word in lexicon if not (word[0].isalpha() or word.isalnum())}
        # Somebody's lexicon may value a token that stands for other words; then nothing is sure before it is read.
        self._sure = MADE_TOKENS.isdisjoint(lexicon)
        self._texts: dict[str, str] = {}
        self._feels: dict[str, int] = {}

    def text(self, units: Sequence[Unit], i: int) -> str:
        """The token of a word whose neighbours do not matter; empty where they may."""
        norm = units[i].norm
        known = self._texts.get(norm)
        if known is None:
            apart = norm in self._special or norm in self._alone or norm in self._emojis
            known = "" if apart or not norm[0].isalpha() else spelt(norm, self._lexicon)
            if len(self._texts) < _REMEMBERED:
                self._texts[norm] = known
        if known and (second := self._second.get(norm)) and i + 1 < len(units) and units[i + 1].norm in second:
            return ""
        return known.upper() if units[i].capitals else known

    def opens_emoticon(self, norm: str) -> bool:
        """Whether any emoticon begins as a unit does; False is sure."""
        return norm[0] in self._openers

    def may_feel(self, units: Sequence[Unit]) -> bool:
        """Whether anything in some units can have a valence; False is sure."""
        if not self._sure:
            return True
        feels = self._feels
        for i, unit in enumerate(units):
            kind = feels.get(unit.norm)
            if kind is None:
                kind = self._kind(unit.norm)
                if len(feels) < _REMEMBERED:
                    feels[unit.norm] = kind
            if kind == _FEELS or (kind == _BEGINS and self._begins(units, i)):
                return True
        return False

    def _kind(self, norm: str) -> int:
        word = spelt(norm, self._lexicon)
        if {norm, word.lower(), word.upper().lower()} & self._lexicon.keys():
            return _FEELS
        if norm in self._alone or norm in self._emojis:
            return _FEELS
        return _BEGINS if norm in self._second or norm[0] in self._openers else _NOTHING

    def _begins(self, units: Sequence[Unit], i: int) -> bool:
        """Whether a unit may begin a phrase, or an emoticon of several units."""
        if i + 1 >= len(units):
            return False
        unit, following = units[i], units[i + 1]
        return following.norm in self._second.get(unit.norm, ()) or (
            unit.norm[0] in self._openers and unit.end == following.start
        )
