"""What the comments under one list say about its order, as judgements that a model can weigh.

Everything said becomes one or two judgements about worths, true or false (`Judgement`): "no. 7" is "above where no. 8
begins" and "below where no. 6 ends", "too low" is "above its own place", A better than B is "the difference is above
0". Plain Python: the statistics are `consensus_model`'s.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from statistics import NormalDist
from typing import Literal, NamedTuple

from commentlens.consensus_parameters import CrowdParameters
from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Entry, Polarity, RankInterval, Stance

_MOOD_UNIT = 10_000
"""Moods are added up as whole numbers of this fraction: their sum does not depend on the order of the comments."""

Said = Literal["claims_up", "claims_down", "claims_right", "comparisons", "moods"]
SAID: tuple[Said, ...] = ("claims_up", "claims_down", "claims_right", "comparisons", "moods")

NameAndRank = tuple[str, int | None]
"""Folded name of what is spoken of, and the listed rank that the comment knows of it."""
MoodsElsewhere = Callable[[Callable[[NameAndRank], int | None]], Iterable[tuple[int, int, int, int]]]
"""Given what finds the entry of a name: entry, sum of scores in ten thousandths, their number, and how many voices have
just these; each voice once an entry."""
_SaidOfRank = tuple[NameAndRank, Stance, RankInterval | None]
_SaidOfPair = tuple[str, str, str]


class Judgement(NamedTuple):
    """Somebody holds that worth[above] - worth[below] is more than ``threshold``; None stands for a worth of 0."""

    above: int | None
    below: int | None
    threshold: float


class Pull(NamedTuple):
    """The moods towards an entry ask its worth to ``worth``, as much as ``weight`` voices would."""

    entry: int
    worth: float
    weight: float


class Window(NamedTuple):
    """Somebody holds that worth[entry] - worth[other] lies between two bounds, perhaps open; None is a worth of 0."""

    entry: int
    other: int | None
    lower: float
    upper: float

    def judgements(self) -> Iterator[Judgement]:
        """The bounds that are not open, as judgements."""
        if self.lower > -math.inf:
            yield Judgement(self.entry, self.other, self.lower)
        if self.upper < math.inf:
            yield Judgement(self.other, self.entry, -self.upper)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that is said about a list, by the numbers of its entries.

    ``judgements`` with their weights and ``pulls`` are sorted, so that they do not depend on the order of the comments.
    ``said``: of each entry, how many voices say what. ``voices``: how many say anything.
    """

    judgements: Sequence[tuple[Judgement, float]]
    pulls: Sequence[Pull]
    said: Sequence[Counter[Said]]
    voices: Sequence[int]


@dataclass(slots=True)
class _Voice:
    """What one author says in all their comments, or one anonymous comment says."""

    claims: set[_SaidOfRank] = field(default_factory=set)
    comparisons: set[_SaidOfPair] = field(default_factory=set)
    moods: dict[NameAndRank, tuple[int, int]] = field(default_factory=dict)

    def disputed(self) -> set[str]:
        """Names that it claims or compares something of."""
        return {name for (name, _), _, _ in self.claims} | set(chain(*((a, b) for a, b, _ in self.comparisons)))


class CrowdEvidence:
    """Gathers what the comments under one list say about its order.

    Anonymous comments that say the same are counted together, so memory grows with the different things that are
    said and with the named authors, not with the comments.
    """

    def __init__(self) -> None:
        self._authors: defaultdict[str, _Voice] = defaultdict(_Voice)
        self._anonymous: Counter[tuple[frozenset[_SaidOfRank], frozenset[_SaidOfPair]]] = Counter()
        self._anonymous_moods: dict[NameAndRank, tuple[int, int]] = {}
        self._moods_elsewhere: MoodsElsewhere | None = None

    def add(self, comment: AnnotatedComment) -> None:
        """Take the claims, comparisons and moods of one comment of the list."""
        claims: set[_SaidOfRank] = {
            ((fold(claim.subject), _rank_known(comment, claim.subject, claim.listed)), claim.stance, claim.proposed)
            for claim in comment.claims
        }
        comparisons: set[_SaidOfPair] = {
            (fold(item.better), "*" if item.worse == "*" else fold(item.worse), item.relation)
            for item in comment.comparisons
        }
        moods = [
            ((fold(mood.target), _rank_known(comment, mood.target, None)), round(mood.score * _MOOD_UNIT))
            for mood in comment.moods
        ]
        if comment.author is not None:
            if claims or comparisons or moods:
                voice = self._authors[comment.author]
                voice.claims |= claims
                voice.comparisons |= comparisons
                for name, score in moods:
                    _add_mood(voice.moods, name, score)
            return
        if claims or comparisons:
            self._anonymous[frozenset(claims), frozenset(comparisons)] += 1
        disputed = _Voice(claims, comparisons).disputed()
        for name, score in moods:
            if name[0] not in disputed:
                _add_mood(self._anonymous_moods, name, score)

    def add_moods(self, author: str | None, name: NameAndRank, total: int, number: int) -> None:
        """Take moods that were added up elsewhere; anonymous ones of comments that dispute nothing.

        Args:
            author: of all of them; None for anonymous comments.
            name: folded name of what they are towards, and the listed rank that the comments know of it.
            total: sum of the scores, in ten thousandths.
            number: of moods.
        """
        _add_mood(self._anonymous_moods if author is None else self._authors[author].moods, name, total, number)

    def take_moods_from(self, elsewhere: MoodsElsewhere) -> None:
        """Ask there for the moods of named authors who dispute nothing and of whom nothing is added here."""
        self._moods_elsewhere = elsewhere

    def of(self, entries: Sequence[Entry], polarity: Polarity, parameters: CrowdParameters) -> Evidence:
        """What is said about these entries, all of which have a rank, in listed order."""
        places = _Places(entries, parameters)
        weights: defaultdict[Judgement, Counter[int]] = defaultdict(Counter)
        said: list[Counter[Said]] = [Counter() for _ in entries]
        heard = [0] * len(entries)
        for voice, number in self._voices():
            windows = places.windows(voice.claims, voice.comparisons, polarity)
            spoken = Counter(chain.from_iterable(_entries_of(window) for window in windows))
            for window in windows:
                share = max(spoken[i] for i in _entries_of(window))
                for judgement in window.judgements():
                    weights[judgement][share] += number
            for i, kind in {(i, kind) for window, kind in windows.items() for i in _entries_of(window)}:
                said[i][kind] += number
            for i in spoken:
                heard[i] += number
        moods = self._moods_of(places)
        for i, (_, number) in moods.items():
            said[i]["moods"] += number
            heard[i] += number
        return Evidence(
            judgements=[
                (judgement, parameters.voice_weight * math.fsum(n / share for share, n in sorted(shares.items())))
                for judgement, shares in sorted(weights.items(), key=lambda item: _sortable(item[0]))
            ],
            pulls=_pulls(moods, places, polarity, parameters),
            said=said,
            voices=heard,
        )

    def _voices(self) -> Iterator[tuple[_Voice, int]]:
        """All different things that voices claim and compare, and how many voices say just these."""
        said = Counter(self._anonymous)
        said.update(
            (frozenset(voice.claims), frozenset(voice.comparisons))
            for voice in self._authors.values()
            if voice.claims or voice.comparisons
        )
        for (claims, comparisons), number in said.items():
            yield _Voice(set(claims), set(comparisons)), number

    def _moods_of(self, places: _Places) -> dict[int, tuple[float, int]]:
        """For each entry the sum of the moods, one a voice, and how many; only of voices that do not dispute it."""
        scores: defaultdict[int, list[float]] = defaultdict(list)
        voices: Counter[int] = Counter()
        for name, (total, number) in self._anonymous_moods.items():
            i = places.find(name)
            if i is not None:
                scores[i].append(total / _MOOD_UNIT)
                voices[i] += number
        for voice in self._authors.values():
            disputed = voice.disputed()
            of_voice: dict[int, tuple[int, int]] = {}
            for name, (total, number) in voice.moods.items():
                i = None if name[0] in disputed else places.find(name)
                if i is not None:
                    before = of_voice.get(i, (0, 0))
                    of_voice[i] = (before[0] + total, before[1] + number)
            for i, (total, number) in of_voice.items():
                scores[i].append(total / number / _MOOD_UNIT)
                voices[i] += 1
        if self._moods_elsewhere is not None:
            for i, total, number, times in self._moods_elsewhere(places.find):
                scores[i].extend(repeat(total / number / _MOOD_UNIT, times))
                voices[i] += times
        return {i: (math.fsum(scores[i]), voices[i]) for i in sorted(voices)}


class _Places:
    """Where the entries of a list stand, and what is said about that as windows of worth."""

    def __init__(self, entries: Sequence[Entry], parameters: CrowdParameters) -> None:
        self._parameters = parameters
        self.rank = [entry.rank or 1 for entry in entries]
        self.last = max(self.rank, default=1)
        self._by_name: dict[str, int] = {}
        self._by_rank: dict[NameAndRank, int] = {}
        for i, entry in enumerate(entries):
            self._by_name.setdefault(fold(entry.name), i)
            self._by_rank.setdefault((fold(entry.name), entry.rank), i)

    def find(self, name: NameAndRank) -> int | None:
        """The entry of this name and rank, else the best of this name; None where no ranked entry has it."""
        return self._by_rank.get(name, self._by_name.get(name[0]))

    def windows(
        self, claims: Iterable[_SaidOfRank], comparisons: Iterable[_SaidOfPair], polarity: Polarity
    ) -> dict[Window, Said]:
        """All different things that one voice says."""
        windows: dict[Window, Said] = {}
        for name, stance, proposed in claims:
            i = self.find(name)
            if i is not None and (stance != "unspecified" or proposed is not None):
                window = self._within_reach(i, *self._bounds(stance, proposed, self.rank[i]))
                kind = _direction(stance, proposed, self.rank[i])
                # The same window said in two ways counts as the first of both, whichever was met first.
                windows[window] = min(kind, windows.get(window, kind))
        for better, worse, relation in comparisons:
            i = self.find((better, None))
            j = None if worse == "*" else self.find((worse, None))
            if i is not None and (worse == "*" or j is not None) and i != j:
                compared = self._compared(i, j, relation, polarity)
                if compared is not None:
                    windows[compared] = "comparisons"
        return windows

    def _bounds(self, stance: Stance, proposed: RankInterval | None, listed: int) -> tuple[float, float]:
        """Between which worths a claim puts its subject."""
        if stance == "right":
            best, worst = listed, listed
        elif proposed is not None:
            best, worst = proposed[0], self.last if proposed[1] is None else proposed[1]
        elif stance == "too_low":
            best, worst = 1, max(listed - 1, 1)
        else:
            best, worst = min(listed + 1, self.last), self.last
        best, worst = (min(max(rank, 1), self.last) for rank in (min(best, worst), max(best, worst)))
        return (
            -math.inf if worst >= self.last else worth(worst + 0.5, self.last),
            math.inf if best <= 1 else worth(best - 0.5, self.last),
        )

    def _within_reach(self, i: int, lower: float, upper: float) -> Window:
        """A window about one entry; one that lies beyond the reach of its listed place says "well above" or "below".

        That leaves out the number, but what is said stays true, and so does its likelihood.
        """
        listed, reach = worth(self.rank[i], self.last), self._parameters.reach
        if lower > listed + reach:
            return Window(i, None, listed + reach, math.inf)
        if upper < listed - reach:
            return Window(i, None, -math.inf, listed - reach)
        return Window(i, None, lower, upper)

    def _compared(self, i: int, j: int | None, relation: str, polarity: Polarity) -> Window | None:
        """What a comparison says; on a negative list the better one deserves the larger number."""
        tie = self._parameters.tie
        turned = polarity == "negative"
        if j is None:
            rivals = [rank for rival, rank in enumerate(self.rank) if rival != i]
            if relation == "equal" or not rivals:
                return None
            # Against the best other as the list has it; nothing is said about that one.
            other = worth(rivals[-1 if turned else 0], self.last)
            bounds = (-math.inf, other - tie) if turned else (other + tie, math.inf)
            return self._within_reach(i, *bounds)
        if relation == "equal":
            return Window(min(i, j), max(i, j), -tie, tie)
        return Window(j, i, tie, math.inf) if turned else Window(i, j, tie, math.inf)


def worth(rank: float, last: int) -> float:
    """Expected worth of a rank: the normal order statistic of that rank among ``last``, by Blom's approximation.

    Blom, Statistical Estimates and Transformed Beta-Variables (1958): the quantile of (last - rank + 5/8) / (last +
    1/4). Ranks may be halves, from 1/2 to last + 1/2.
    """
    return NormalDist().inv_cdf((last - rank + 0.625) / (last + 0.25))


def _pulls(
    moods: Mapping[int, tuple[float, int]], places: _Places, polarity: Polarity, parameters: CrowdParameters
) -> list[Pull]:
    """Moods count against the mean mood of the list, since under some lists everybody is cheerful."""
    voices = sum(number for _, number in moods.values())
    if not voices or not parameters.mood_weight:
        return []
    mean = math.fsum(total for total, _ in moods.values()) / voices
    reach = -parameters.mood_reach if polarity == "negative" else parameters.mood_reach
    return [
        Pull(
            i,
            worth(places.rank[i], places.last) + reach * (total / number - mean),
            parameters.mood_weight * min(number, parameters.mood_voices),
        )
        for i, (total, number) in moods.items()
    ]


def _rank_known(comment: AnnotatedComment, name: str, listed: int | None) -> int | None:
    """The listed rank of what is named, as far as the comment tells; it matters where two entries share a name."""
    if listed is None and comment.entry is not None and fold(comment.entry.name) == fold(name):
        return comment.entry.rank
    return listed


def _add_mood(moods: dict[NameAndRank, tuple[int, int]], name: NameAndRank, score: int, number: int = 1) -> None:
    before = moods.get(name, (0, 0))
    moods[name] = (before[0] + score, before[1] + number)


def _direction(stance: Stance, proposed: RankInterval | None, listed: int) -> Said:
    """Whether a claim asks for a better, a worse or the listed rank."""
    if stance == "too_low":
        return "claims_up"
    if stance == "too_high":
        return "claims_down"
    if stance == "right" or proposed is None:
        return "claims_right"
    best, worst = proposed
    if worst is not None and worst < listed:
        return "claims_up"
    return "claims_down" if best > listed else "claims_right"


def _entries_of(window: Window) -> tuple[int, ...]:
    return (window.entry,) if window.other is None else (window.entry, window.other)


def _sortable(judgement: Judgement) -> tuple[int, int, float]:
    above, below, threshold = judgement
    return (-1 if above is None else above, -1 if below is None else below, threshold)
