"""Which list is which, over several sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from commentlens.knowledge.names import fold
from commentlens.records import RankedList


@dataclass(slots=True)
class _Known:
    """One list, with what any of its sources says of its order."""

    id: str
    title: str | None
    names: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    ranks: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def contradicts(self, other: RankedList) -> bool:
        """Whether the other list has another entry at a rank, or another rank for an entry."""
        return any(
            (entry.rank in self.names and fold(entry.name) not in self.names[entry.rank])
            or (fold(entry.name) in self.ranks and entry.rank not in self.ranks[fold(entry.name)])
            for entry in other.entries
            if entry.rank is not None
        )

    def learn(self, other: RankedList) -> None:
        for entry in other.entries:
            if entry.rank is not None:
                self.names[entry.rank].add(fold(entry.name))
                self.ranks[fold(entry.name)].add(entry.rank)


class ListIds:
    """Gives each list of all sources an id of its own.

    Two lists are one, spread over two sources, where they have the same title and nothing in their order contradicts
    that. Lists without a title are never one. A second list of an id gets ``-2`` behind it.
    """

    def __init__(self) -> None:
        self._known: list[_Known] = []
        self._used: set[str] = set()

    def unused(self, wanted: str) -> str:
        """An id that no list has, nor will have."""
        candidate, number = wanted, 1
        while candidate in self._used:
            number += 1
            candidate = f"{wanted}-{number}"
        self._used.add(candidate)
        return candidate

    def of_source(self, lists: tuple[RankedList, ...]) -> list[RankedList]:
        """The lists of one source, each with its id among all sources."""
        # Two lists of one source are two, whatever they are called.
        earlier = list(self._known)
        return [replace(ranked_list, id=self._id(ranked_list, earlier)) for ranked_list in lists]

    def _id(self, ranked_list: RankedList, earlier: list[_Known]) -> str:
        for known in earlier:
            if (
                ranked_list.title is not None
                and known.title == ranked_list.title
                and not known.contradicts(ranked_list)
            ):
                known.learn(ranked_list)
                return known.id
        new = _Known(self.unused(ranked_list.id), ranked_list.title)
        new.learn(ranked_list)
        self._known.append(new)
        return new.id
