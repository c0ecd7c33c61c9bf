"""How positive or negative a stretch of text is, word by word: VADER over the units of a sentence.

The numbers are VADER's own: its lexicon, boosters, negation, capitals, "but" and normalisation are called, not copied.
What is new is what it is given: units instead of white space, names hidden (Nice is no praise), "like" only where it is
a verb, the project's lexicon and phrases (`knowledge.lexicon`), and the reading word by word, so that a score can be
explained.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer, SentiText, normalize

from commentlens.components.units import Unit
from commentlens.knowledge.lexicon import Lexicon, load_lexicon
from commentlens.knowledge.words import words


@dataclass(frozen=True, slots=True)
class ValuedWord:
    """A word or phrase with its valence after all adjustments, VADER's scale (about -4 to 4)."""

    start: int
    end: int
    text: str
    valence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Valence of a stretch: ``score`` in [-1, 1] (VADER's compound), and the words that made it."""

    score: float
    words: tuple[ValuedWord, ...]


class Valence:
    """Reads valences. Built once a pipeline; holds no state that reading changes."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.analyzer = SentimentIntensityAnalyzer()
        self.analyzer.lexicon = {
            word: value for word, value in self.analyzer.lexicon.items() if word not in lexicon.neutral
        } | dict(lexicon.words)
        self.analyzer.lexicon |= {_joined(phrase): value for phrase, value in lexicon.phrases.items()}
        self.longest = lexicon.longest_phrase
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in lexicon.phrases:
            lengths[phrase[0]].add(len(phrase))
        self.lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    @classmethod
    def load(cls, extra: Iterable[Path] = ()) -> Valence:
        """With the shipped lexicon (alone, it is read once for all), and the user's lexicon files over it."""
        files = tuple(extra)
        return cls(load_lexicon(files)) if files else _shipped()

    def score(self, units: Sequence[Unit]) -> float:
        """Compound score of some units, in [-1, 1]."""
        return self.read(units).score

    def read(self, units: Sequence[Unit]) -> Reading:
        """Read some units of one sentence."""
        tokens, spans = self._tokens(units)
        if not tokens:
            return Reading(0.0, ())
        text = SentiText("x")
        text.words_and_emoticons = tokens
        text.is_cap_diff = 0 < sum(token.isupper() for token in tokens) < len(tokens)
        sentiments: list[float] = []
        for i, token in enumerate(tokens):
            if token.lower() in BOOSTER_DICT and not self._praises(tokens, i):
                sentiments.append(0.0)
            else:
                self.analyzer.sentiment_valence(0.0, text, token, i, sentiments)
        sentiments = _deny(tokens, _weigh_but(tokens, sentiments))
        words = tuple(
            ValuedWord(*spans[i], tokens[i].replace("_", " "), round(value, 4))
            for i, value in enumerate(sentiments)
            if value
        )
        total = float(sum(sentiments))
        return Reading(round(normalize(total + emphasis(units, total)), 4), words)

    def _praises(self, tokens: Sequence[str], i: int) -> bool:
        """Whether a booster that has a valence of its own ("incredible") has nothing to boost and is meant itself."""
        following = tokens[i + 1].lower() if i + 1 < len(tokens) else ""
        return tokens[i].lower() in self.analyzer.lexicon and following not in self.analyzer.lexicon

    def _tokens(self, units: Sequence[Unit]) -> tuple[list[str], list[tuple[int, int]]]:
        tokens: list[str] = []
        spans: list[tuple[int, int]] = []
        i = 0
        while i < len(units):
            unit = units[i]
            if unit.kind == "mark":
                if unit.norm in self.analyzer.emojis:
                    for word in self.analyzer.emojis[unit.norm].split():
                        tokens.append(word)
                        spans.append((unit.start, unit.end))
                i += 1
                continue
            length = self._phrase(units, i)
            if length > 1:
                token, end = _joined([u.norm for u in units[i : i + length]]), units[i + length - 1].end
            elif unit.kind != "word":
                token, end = "_name", unit.end
            else:
                token, end = self._word(units, i), unit.end
            tokens.append(token)
            spans.append((unit.start, end))
            i += max(length, 1)
        return tokens, spans

    def _phrase(self, units: Sequence[Unit], i: int) -> int:
        """Length in units of the longest phrase that begins here, 0 where none does."""
        norms = tuple(unit.norm for unit in units[i : i + self.longest])
        lengths = (length for length in self.lengths.get(norms[0], ()) if length <= len(norms))
        return next((length for length in lengths if norms[:length] in self.lexicon.phrases), 0)

    def _word(self, units: Sequence[Unit], i: int) -> str:
        norm = units[i].norm
        previous = units[i - 1].norm if i else ""
        following = units[i + 1] if i + 1 < len(units) else None
        if norm in {"like", "likes"} and previous not in words().classes.likers:
            return "_like"
        if (
            i == 0
            and norm in {"well", "sure", "no"}
            and following is not None
            and (norm != "no" or following.norm == ",")
        ):
            return f"_{norm}"
        if norm in self.lexicon.boosters and following is not None and following.kind == "word":
            return "extremely" if following.norm in self.analyzer.lexicon or norm != "pretty" else "quite"
        return units[i].shown


def emphasis(units: Sequence[Unit], total: float) -> float:
    """What exclamation marks add to a sum of valences: VADER's 0.292 a mark, up to four, in its direction."""
    if not total:
        return 0.0
    marks = sum(unit.end - unit.start for unit in units if unit.norm == "!")
    return 0.292 * min(marks, 4) * (1 if total > 0 else -1)


@functools.cache
def _shipped() -> Valence:
    return Valence(load_lexicon())


def _weigh_but(tokens: Sequence[str], sentiments: Sequence[float]) -> list[float]:
    """VADER's "but" inside a stretch: what stands before it counts half, what stands after it half as much again."""
    but = next((i for i, token in enumerate(tokens) if token.lower() == "but"), None)
    if not but:
        return list(sentiments)
    return [value * (0.5 if i < but else 1.5 if i > but else 1.0) for i, value in enumerate(sentiments)]


def _deny(tokens: Sequence[str], sentiments: Sequence[float]) -> list[float]:
    """ "Hardly even an advanced city": these deny all that follows them, not only VADER's three words."""
    denied = next((i for i, token in enumerate(tokens) if token.lower() in words().classes.denials), None)
    if denied is None:
        return list(sentiments)
    return [value if i < denied or value < 0 else -0.74 * value for i, value in enumerate(sentiments)]


def _joined(words: Iterable[str]) -> str:
    return "_".join(words)
