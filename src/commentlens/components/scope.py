"""Sentences and clauses: what the rules of claims, comparisons, links and moods look at.

A comment is cut into sentences of units; all offsets are characters of the comment, so nothing changes when a sentence
is put in front. Pure text work: no spaCy, no state.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from commentlens.components.coordination import join_mentions
from commentlens.components.units import Unit, cut_units
from commentlens.knowledge.words import words

_END = frozenset([".", "!", "?", "..."])
_CLAUSE_MARKS = frozenset([";", ":", "(", ")"])
# These begin a clause where a new subject follows.
_CLAUSE_LINKS = frozenset([",", "and", "so", "because"])
_RANKS = frozenset(["#r", "#n", "#a"])


@dataclass(frozen=True, eq=False)
class Sentence:
    """The units of one sentence, and the same as one line for the patterns (`code`).

    ``rows``: the units, or the plain values that a Doc keeps of them. All else is made when it is first asked for: each
    component has all sentences, and most of them hold nothing for it.
    """

    rows: Sequence[Sequence[Any]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and self.units == other.units

    def __hash__(self) -> int:
        return hash(self.units)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units."""
        rows = self.rows
        if isinstance(rows, tuple) and rows and isinstance(rows[0], Unit):
            return rows
        return tuple([row if isinstance(row, Unit) else Unit.from_list(row) for row in rows])

    @cached_property
    def keys(self) -> frozenset[str]:
        """What stands in the sentence, as `knowledge.patterns.Pattern` requires it: words, ``@``, ``#r``."""
        return frozenset(
            ["@" if row[1] == "mention" else f"#{row[0]}" if row[1] == "rank" else row[0] for row in self.rows]
        )

    @cached_property
    def code(self) -> str:
        """One line that patterns match: each unit and a blank; a mention as ``@city3``, a rank as ``#r5``."""
        return " ".join([*self._parts, ""])

    @cached_property
    def _parts(self) -> list[str]:
        return [
            f"@{row[0]}{i}" if row[1] == "mention" else f"#{row[0]}{i}" if row[1] == "rank" else row[0]
            for i, row in enumerate(self.rows)
        ]

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each unit begins in `code`, and the end of it."""
        return list(accumulate((len(part) + 1 for part in self._parts), initial=0))

    @property
    def holds_ranks(self) -> bool:
        """Whether a rank stands in it."""
        return not _RANKS.isdisjoint(self.keys)

    @property
    def start(self) -> int:
        """First character."""
        return self.units[0].start

    @property
    def end(self) -> int:
        """End of the last unit, exclusive."""
        return self.units[-1].end

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark."""
        return bool(self.rows[-1][0] == "?")

    @property
    def doubts(self) -> bool:
        """Whether it asks how something can be, and so denies it: "How can A be better than B"."""
        opening = [unit.norm for unit in self.units[:2]]
        return opening[0] in {"how", "why"} and (self.asks or opening[1:] in (["can"], ["could"], ["is"], ["are"]))

    def unit_span(self, match: re.Match[str]) -> tuple[int, int]:
        """Units that a match on `code` covers, end exclusive."""
        return bisect_left(self._offsets, match.start()), bisect_left(self._offsets, match.end())

    def unit(self, value: str) -> Unit:
        """The unit that a slot value such as ``@city3`` or ``#r0`` stands for."""
        return self.units[self.index(value)]

    def offset(self, unit: int) -> int:
        """Where a unit begins in `code`."""
        return self._offsets[unit]

    @staticmethod
    def index(value: str) -> int:
        """Index of the unit that a slot value stands for."""
        return int(re.sub(r"^\D+", "", value))

    def clauses(self) -> list[tuple[int, int]]:
        """Unit intervals of the clauses: cut at contrast words, at ``;``, and where a new subject starts after a comma
        or "and"."""
        cuts = [0]
        contrasts = words().classes.contrasts
        for i, unit in enumerate(self.units):
            norm, kind = unit.norm, unit.kind
            if i == 0 or i == cuts[-1]:
                continue
            if norm in contrasts and kind == "word" and not (norm == "still" and self.units[i - 1].kind == "word"):
                cuts.append(i)
            elif (
                norm in _CLAUSE_MARKS
                or (norm == "-" and kind == "mark")
                or (norm in _CLAUSE_LINKS and self._new_subject(i + 1))
            ):
                cuts.append(i + 1)
            elif kind == "mention" and self._runs_on(i, cuts[-1]):
                cuts.append(i)
        cuts = [cut for cut in dict.fromkeys(cuts) if cut < len(self.units)]
        return [(a, b) for a, b in zip(cuts, [*cuts[1:], len(self.units)], strict=True) if a < b]

    def _runs_on(self, i: int, start: int) -> bool:
        """Whether a mention, the second one, begins a clause with nothing between: "Rome is best Oslo is awful"."""
        units = self.units
        if i + 1 >= len(units) or units[i + 1].norm not in words().classes.verbs:
            return False
        previous = units[i - 1]
        return (
            previous.kind == "word"
            and previous.norm not in words().classes.prepositions
            and any(unit.kind == "mention" for unit in units[start:i])
        )

    def _new_subject(self, i: int) -> bool:
        while i < len(self.units) and self.units[i].norm in {"and", "the", "so", "then", "also", "now"}:
            i += 1
        if i >= len(self.units) - 1:
            return False
        unit = self.units[i]
        follower = self.units[i + 1].norm
        if unit.kind == "mention":
            return follower in words().classes.verbs
        if unit.norm in words().classes.subjects:
            return self.units[i + 1].kind == "word"
        return False


def read_sentences(text: str, mentions: Sequence[Mapping[str, Any]]) -> list[Sentence]:
    """Cut a comment into sentences of units.

    Args:
        text: the comment.
        mentions: ``{"start", "end", "label", …}`` in text order, not overlapping.
    """
    sentences: list[Sentence] = []
    current: list[Unit] = []

    def close() -> None:
        # Between two mentions stands what joins them; alone, one stays as it is.
        joined = join_mentions(current) if len(mentions) > 1 else current
        sentences.append(Sentence(tuple(joined)))

    for unit in cut_units(text, mentions):
        if unit.kind == "mark":
            if unit.norm == "\n":
                if current:
                    close()
                current = []
                continue
            current.append(unit)
            if unit.norm in _END:
                close()
                current = []
            continue
        current.append(unit)
    if current:
        close()
    return sentences
