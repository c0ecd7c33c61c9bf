"""Whom a sentence is about: names of mentions, the entry, and what "it" or nothing at all stands for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commentlens.components.scope import Sentence
from commentlens.components.units import Unit
from commentlens.knowledge.names import fold
from commentlens.knowledge.words import words

_PROXIMAL = re.compile(r"^(?:this|here|these|we|us|our)\b")


def is_proximal(value: str) -> bool:
    """Whether a slot's words ("this place", "we", "here") mean the entry, whatever was named before."""
    return _PROXIMAL.match(value) is not None


# What a sentence can be about, by what the list ranks.
_SUBJECTS = {
    "city": frozenset(["city"]),
    "company": frozenset(["company"]),
    "country": frozenset(["country"]),
    "other": frozenset(["entry"]),
}
REACH = 200
"""Units that what is meant may stand back in a sentence: nobody's "it" reaches further, and the time stays linear."""

_ANY_SUBJECT = frozenset(["city", "company", "entry", "country"])


def folded_ranks(entries: Iterable[Mapping[str, Any]]) -> dict[str, int | None]:
    """Listed ranks by folded name; where a name stands twice, its first rank."""
    ranks: dict[str, int | None] = {}
    for entry in entries:
        ranks.setdefault(fold(str(entry["name"])), None if entry["rank"] is None else int(entry["rank"]))
    return ranks


@dataclass(frozen=True, slots=True)
class Topic:
    """What a comment hangs under: its list, its entry, and the mentions found in it.

    ``context`` as in `docs/architecture.md`; ``mentions`` in text order.
    """

    context: Mapping[str, Any] | None
    mentions: Sequence[Mapping[str, Any]]
    sentences: Sequence[Sentence]

    @property
    def entry(self) -> str | None:
        """Name of the entry that the comment hangs under."""
        entry = self.context.get("entry") if self.context else None
        return str(entry["name"]) if entry else None

    @property
    def negative(self) -> bool:
        """Whether rank 1 of this list is no honour."""
        return bool(self.context and self.context.get("polarity") == "negative")

    @property
    def has_list(self) -> bool:
        """Whether there is a list at all, so that ranks can be disputed."""
        return bool(self.context and (self.context.get("list") or self.context.get("entries") or self.entry))

    def listed(self, name: str) -> int | None:
        """Listed rank of a name, None where the list does not hold it or gives it no rank."""
        return self._ranks().get(fold(name))

    def in_list(self, name: str) -> bool:
        """Whether the name is an entry of the list."""
        return fold(name) in self._ranks()

    def _ranks(self) -> Mapping[str, int | None]:
        """Listed rank of each entry, by folded name."""
        if self.context is None:
            return {}
        shared: Mapping[str, int | None] | None = self.context.get("ranks")
        if shared is not None:
            return shared
        entries = [*self.context.get("entries", ()), self.context.get("entry")]
        return folded_ranks(entry for entry in entries if entry)

    def names(self, unit: Unit) -> list[str]:
        """Names that a mention unit stands for, each once, in order."""
        return list(dict.fromkeys(str(self.mentions[i]["name"]) for i in unit.mentions))

    def resolve(self, sentence: int, value: str | None, before: int) -> list[str]:
        """Names that a slot stands for.

        Args:
            sentence: index of the sentence.
            value: what filled the slot: ``@city3``, ``it``, ``this place``; None where nothing did.
            before: unit index at which the slot stands (or the match begins).

        Returns:
            A mention's own names; for a pronoun or nothing, the last mention in subject position before it in this
            sentence or the one before, else the entry; empty where there is neither.
        """
        if value and value.startswith("@"):
            return self.names(self.sentences[sentence].unit(value))
        if value and self.entry and is_proximal(value):
            return [self.entry]
        found = self._subject_before(sentence, before)
        if found is None and sentence > 0:
            found = self._subject_before(sentence - 1, len(self.sentences[sentence - 1].units))
        if found is not None:
            return self.names(found)
        return [self.entry] if self.entry else []

    def other_named(self, sentence: int, before: int, name: str) -> str | None:
        """The nearest thing named before a place in a sentence (or in the one before it) that is not ``name``."""
        return next(self._named_before(sentence, before, name), None)

    def two_named(self, sentence: int, before: int, name: str) -> list[str]:
        """What "both" means there: the two nearest such things; empty where there are not two."""
        found = list(itertools.islice(dict.fromkeys(self._named_before(sentence, before, name)), 2))
        return found[::-1] if len(found) == 2 else []

    def _named_before(self, sentence: int, before: int, name: str) -> Iterator[str]:
        units = [unit for s in self.sentences[max(0, sentence - 1) : sentence] for unit in s.units[-REACH:]]
        units += self.sentences[sentence].units[max(0, before - REACH) : before]
        for unit in reversed(units):
            if unit.kind == "mention":
                yield from (other for other in reversed(self.names(unit)) if other != name)

    def _subject_before(self, index: int, before: int) -> Unit | None:
        units = self.sentences[index].units
        near = range(max(0, before - REACH), before)
        return next((units[i] for i in reversed(near) if self._is_subject(units, i, before)), None)

    def _is_subject(self, units: Sequence[Unit], i: int, before: int) -> bool:
        """Whether the unit is a mention that what follows is likely to speak of."""
        kind = self.context.get("kind") if self.context else None
        if units[i].kind != "mention" or units[i].norm not in _SUBJECTS.get(str(kind), _ANY_SUBJECT):
            return False
        if i > 1 and units[i - 1].norm == "the" and units[i - 2].norm in words().classes.prepositions:
            return False
        previous = units[i - 1].norm if i else ""
        following = units[i + 1].norm if i + 1 < len(units) else ""
        opens = i == 0 or previous in words().classes.openers or units[i - 1].kind == "mark"
        leads = following in words().classes.verbs or i == len(units) - 2 or i + 1 == before
        fronted = following == "," and units[0].norm in words().classes.fronting
        return (opens and leads) or fronted or previous in words().classes.verbs_of_attitude
