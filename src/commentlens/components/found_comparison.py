"""A comparison before it is a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FoundComparison:
    """A comparison before it is a record; the record's keys."""

    better: str
    worse: str
    relation: str
    aspect: str | None
    span: tuple[int, int]
    rule: str
    praises: str = "winner"
    contested: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The record's keys, plain; ``praises``: who of the two is praised (winner, both, first, none); ``contested``:
        whether the same sentence orders the two the other way round, too."""
        return {
            "better": self.better,
            "worse": self.worse,
            "relation": self.relation,
            "aspect": self.aspect,
            "span": list(self.span),
            "rule": self.rule,
            "praises": self.praises,
            "contested": self.contested,
        }
