"""What the crowd's ranking takes as given: every number of its model; docs/consensus.md has the formulas."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from commentlens.summary_help import help_text as _help


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdParameters:
    """The parameters of the crowd's ranking.

    Worths are on the scale of a standard normal distribution: the first of 50 entries stands at 2.2, the 25th at 0.

    The two that matter say how much an opinion weighs against the list. ``prior_spread`` 0.5: could the crowd be asked
    in full, its order would correlate with the listed one at 0.9. ``noise`` 0.75: one opinion alone correlates with the
    crowd's order at 0.6, two opinions with each other at 0.35; the listed place weighs as much as seven voices, and one
    voice moves a worth by a third at most, however far the rank that it names. Neither can be estimated from the few
    comments of one page: they were chosen by what they predict, and ``bench/consensus.py`` shows what happens where
    they are wrong.

    Raises:
        ValueError: If a parameter is out of its range.
    """

    prior_spread: float = field(
        default=0.5, metadata=_help("how far an entry's worth may lie from its listed place, a standard deviation")
    )
    noise: float = field(
        default=0.75,
        metadata=_help("scale of the logistic error of one opinion (its standard deviation is 1.8 times that)"),
    )
    tie: float = field(
        default=0.15,
        metadata=_help("difference of worths below which two entries are called equal; one comparison in ten"),
    )
    reach: float = field(
        default=1.0,
        metadata=_help(
            "how far from the listed place a claim is heard to the number; one beyond says: well above, or below"
        ),
    )
    voice_weight: float = field(
        default=1.0, metadata=_help("what all that one voice says about one entry weighs together")
    )
    mood_weight: float = field(
        default=0.1, metadata=_help("what the mood of one voice weighs, where it neither claims nor compares")
    )
    mood_reach: float = field(
        default=1.0,
        metadata=_help("worth by which an entry is asked up where its mood is 1 above the list's mean mood"),
    )
    mood_voices: int = field(
        default=10,
        metadata=_help("moods of an entry weigh no more than those of so many voices: not more than one claim"),
    )
    level: float = field(default=0.9, metadata=_help("probability that an interval is made to hold"))
    draws: int = field(default=4000, metadata=_help("draws of all worths behind intervals and shares"))
    seed: int = field(default=1, metadata=_help("seed of the draws"))

    def __post_init__(self) -> None:
        for name in ("prior_spread", "noise"):
            if not 0 < getattr(self, name) < math.inf:
                raise ValueError(f"{name} must be above 0, not {getattr(self, name)}")
        for name in ("tie", "reach", "voice_weight", "mood_weight", "mood_reach", "mood_voices", "seed"):
            if not 0 <= getattr(self, name) < math.inf:
                raise ValueError(f"{name} must not be below 0, and is {getattr(self, name)}")
        if not 0 < self.level < 1:
            raise ValueError(f"level must lie between 0 and 1, not {self.level}")
        if self.draws < 1:
            raise ValueError(f"draws must be 1 or more, not {self.draws}")
