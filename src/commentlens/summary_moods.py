"""A city's mood out of the moods of its comments: one voice an author, drawn towards 0 where few speak, by month.

The model is the conjugate one for a mean and a variance that are both unknown (normal with scaled inverse chi-square
prior; Gelman et al., Bayesian Data Analysis, 3rd edition, section 3.3). docs/mood.md has the formulas.
"""

from __future__ import annotations

import math
import operator
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, repeat
from statistics import NormalDist
from typing import NamedTuple

from commentlens.records import AnnotatedComment, Mood
from commentlens.summary_records import MonthMood, MoodFigures

PRIOR_VOICES = 4
"""Neutral voices that are thought to have spoken before: variance of voices within a city over variance of cities.

On the list that ships, voices on one city differ by a standard deviation of 0.41, and the moods of cities by 0.22:
their variances are as 3.5 to 1.
"""
PRIOR_SPREAD = 0.5
"""Standard deviation of the voices on one city before any is heard; moods lie in [-1, 1]. A little above the 0.41."""
SPREAD_VOICES = 4
"""How many voices that guess of the spread weighs: one voice, or two that agree, do not make a narrow interval."""
LEVEL = 0.95

UNIT = 10_000
"""Scores and weights are added up as whole numbers of this fraction: no sum depends on the order of the comments."""
_SIGNS = {"pos": 1, "neu": 0, "neg": -1}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERED = re.compile(r"(\d{4})[-/.](\d{1,2})(?!\d)")
_NAMED = re.compile(
    r"\b(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?,?\s*(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodCounting:
    """How moods are added up.

    ``by_likes``: a voice weighs 1 + ln(1 + likes) of its comment; no likes, or fewer than none, count as 0.
    ``by_month``: each city has its moods by month too.
    """

    by_likes: bool = False
    by_month: bool = False

    @property
    def weighted_by(self) -> str | None:
        """What the report says of it."""
        return "likes" if self.by_likes else None

    def weight(self, likes: int | None) -> float:
        """What a comment weighs."""
        return 1 + math.log1p(max(likes or 0, 0)) if self.by_likes else 1.0


PLAIN_COUNTING = MoodCounting()


@dataclass(slots=True)
class _Voice:
    """What one author feels, in all comments: sums of weights, weighted scores and weighted signs of the labels."""

    comments: int = 0
    weights: int = 0
    scores: int = 0
    signs: int = 0

    def add(self, other: _Voice) -> None:
        self.comments += other.comments
        self.weights += other.weights
        self.scores += other.scores
        self.signs += other.signs


class VoiceSums(NamedTuple):
    """What one author feels, as `_Voice` holds it: comments, sums of w, w·score and w·sign, in `UNIT`."""

    comments: int
    weights: int
    scores: int
    signs: int


class _Moments(NamedTuple):
    """Sums over voices: how many; of w, w², w·score, w·score², w·sign."""

    voices: int
    weights: float
    squares: float
    scores: float
    squared_scores: float
    signs: float


@dataclass(slots=True)
class MoodTally:
    """The running mood towards one thing. Grows with the named authors; anonymous comments are only added up."""

    pos: int = 0
    neu: int = 0
    neg: int = 0
    _scores: int = 0
    _anonymous: tuple[int, ...] = (0, 0, 0, 0, 0, 0)
    _authors: dict[str, _Voice] = field(default_factory=dict)
    _settled: Counter[VoiceSums] = field(default_factory=Counter)

    @property
    def comments(self) -> int:
        """Moods added so far."""
        return self.pos + self.neu + self.neg

    def add(self, mood: Mood, author: str | None, weight: float = 1.0) -> None:
        """Count the mood of one comment; ``author`` is None where it is anonymous."""
        self.pos += mood.label == "pos"
        self.neu += mood.label == "neu"
        self.neg += mood.label == "neg"
        score, sign, weighs = round(mood.score * UNIT), _SIGNS[mood.label], round(weight * UNIT)
        self._scores += score
        if author is not None:
            self._authors.setdefault(author, _Voice()).add(_Voice(1, weighs, weighs * score, weighs * sign))
            return
        voices, weights, squares, scores, squared, signs = self._anonymous
        self._anonymous = (
            voices + 1,
            weights + weighs,
            squares + weighs**2,
            scores + weighs * score,
            squared + weighs * score**2,
            signs + weighs * sign,
        )

    def add_labels(self, *, pos: int, neu: int, neg: int, scores: int) -> None:
        """Count moods that were counted elsewhere: of each label how many, and the sum of the scores in `UNIT`."""
        self.pos += pos
        self.neu += neu
        self.neg += neg
        self._scores += scores

    def add_anonymous(self, sums: Sequence[int]) -> None:
        """Count the voices of anonymous comments: how many, sums of w, w², w·score, w·score², w·sign, in `UNIT`."""
        self._anonymous = tuple(map(operator.add, self._anonymous, sums))

    def add_voices(self, voice: VoiceSums, times: int) -> None:
        """Count named authors, so many, who have the same sums and of whom nothing else is added."""
        self._settled[voice] += times

    def absorb(self, other: MoodTally) -> None:
        """Add the moods towards the same thing; an author of both stays one voice."""
        self.pos += other.pos
        self.neu += other.neu
        self.neg += other.neg
        self._scores += other._scores
        self.add_anonymous(other._anonymous)
        for author, voice in other._authors.items():
            self._authors.setdefault(author, _Voice()).add(voice)
        self._settled += other._settled

    def figures(self) -> MoodFigures:
        """The mood so far; scores with four digits."""
        if not self.comments:
            return NO_MOOD
        sums = self._moments()
        shrunk, half = _estimate(sums)
        return MoodFigures(
            mean=round(self._scores / self.comments / UNIT, 4),
            comments=self.comments,
            pos=self.pos,
            neu=self.neu,
            neg=self.neg,
            voices=sums.voices,
            net=round(sums.signs / sums.weights, 4),
            shrunk=round(shrunk, 4),
            low=round(max(shrunk - half, -1.0), 4),
            high=round(min(shrunk + half, 1.0), 4),
        )

    def _moments(self) -> _Moments:
        voices, weights, squares, scores, squared, signs = self._anonymous
        rows = [
            (
                weights / UNIT,
                squares / UNIT**2,
                scores / UNIT**2,
                squared / UNIT**3,
                signs / UNIT,
            )
        ]
        times = [1]
        for voice in self._authors.values():
            rows.append(_of_voice(VoiceSums(voice.comments, voice.weights, voice.scores, voice.signs)))
            times.append(1)
        for sums, number in self._settled.items():
            rows.append(_of_voice(sums))
            times.append(number)
        # The exact sum, so that the order of the authors does not matter.
        columns = (math.fsum(chain.from_iterable(map(repeat, column, times))) for column in zip(*rows, strict=True))
        return _Moments(voices + sum(times) - 1, *columns)


def _of_voice(sums: VoiceSums) -> tuple[float, float, float, float, float]:
    """What one voice adds to the sums of w, w², w·score, w·score², w·sign."""
    # Ten comments of one author weigh what one of them does: the mean of their weights.
    weight = sums.weights / sums.comments / UNIT
    score = sums.scores / sums.weights / UNIT
    return weight, weight**2, weight * score, weight * score**2, weight * sums.signs / sums.weights


NO_MOOD = MoodFigures(mean=None, comments=0, pos=0, neu=0, neg=0, voices=0, net=None, shrunk=None, low=None, high=None)


class MonthlyMoods:
    """The moods towards one thing, a tally a month."""

    __slots__ = ("_tallies",)

    def __init__(self) -> None:
        self._tallies: dict[str | None, MoodTally] = {}

    def add(self, mood: Mood, comment: AnnotatedComment, weight: float) -> None:
        """Count one mood under the month in which its comment was written."""
        self.of(month_of(comment.created)).add(mood, comment.author, weight)

    def of(self, month: str | None) -> MoodTally:
        """The tally of one month, to be added to."""
        return self._tallies.setdefault(month, MoodTally())

    def absorb(self, other: MonthlyMoods) -> None:
        """Add the moods towards the same thing."""
        for month, tally in other._tallies.items():
            self.of(month).absorb(tally)

    def rows(self) -> tuple[MonthMood, ...]:
        """A row a month that has moods, the earliest first; what has no date that can be read comes last."""
        return tuple(
            MonthMood(month=month, mood=self._tallies[month].figures()) for month in _earliest_first(self._tallies)
        )


def month_of(created: str | None) -> str | None:
    """The month of a date as a source writes it, as ``2024-05``; None where it cannot be told.

    Read are dates with the year first (``2024-05-03T10:00:00Z``, ``2024/5/3``) and with the month's English name
    (``May 3, 2024``, ``3 May 2024``). ``03/05/2024`` is March to some and May to others, and is not read.
    """
    if created is None:
        return None
    text = created.strip()
    if numbered := _NUMBERED.match(text):
        year, month = numbered[1], int(numbered[2])
        return f"{year}-{month:02}" if 1 <= month <= 12 else None
    if named := _NAMED.search(text):
        return f"{named['year']}-{_MONTHS.index(named['name'][:3].lower()) + 1:02}"
    return None


def _earliest_first(months: Iterable[str | None]) -> list[str | None]:
    return sorted(months, key=lambda month: (month is None, month or ""))


def _estimate(sums: _Moments) -> tuple[float, float]:
    """The shrunken mean, and half the width of its interval before it is cut to [-1, 1]."""
    # Kish's effective number: weights say which voices count for more, not that more have spoken.
    voices = sums.weights**2 / sums.squares
    mean = sums.scores / sums.weights
    spread = voices * max(sums.squared_scores / sums.weights - mean**2, 0.0)
    believed = PRIOR_VOICES + voices
    freedom = SPREAD_VOICES + voices
    against_prior = PRIOR_VOICES * voices / believed * mean**2
    variance = (SPREAD_VOICES * PRIOR_SPREAD**2 + spread + against_prior) / freedom
    return voices * mean / believed, _quantile(round(freedom, 6)) * math.sqrt(variance / believed)


@cache
def _quantile(freedom: float) -> float:
    """Student's t at the upper end of the interval, from 5 degrees of freedom on within 0.0003.

    The expansion of Cornish and Fisher; Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5. SciPy
    would take longer to load than a small report takes.
    """
    x = NormalDist().inv_cdf((1 + LEVEL) / 2)
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92_160,
    )
    return x + sum(term / freedom**power for power, term in enumerate(terms, 1))
