"""Phrases that stand out for a city: which phrases a text has, and how much each is a city's own.

The weight is the class-based tf-idf of BERTopic (M. Grootendorst, "BERTopic: Neural topic modeling with a class-based
TF-IDF procedure", arXiv:2203.05794, 2022), a city being a class: the phrase's share of what is said of the city, times
log(1 + A / f), with A the mean number of phrases a city and f how often the phrase is said of all cities. What is
counted are voices, not words, so that nobody is heard twice.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from commentlens.knowledge.names import fold
from commentlens.knowledge.theme_words import Token, singular, theme_words, tokens
from commentlens.summary_help import help_text as _help

LEAST_VOICES = 2
"""What a single voice says is no theme."""

MOST = 6
"""Themes of one mood that are kept for one city."""

_LONGEST = 3
# A phrase is left to a longer one that has this share of its voices: "old bridge" says more than "bridge".
_CONTAINED = 0.75

ThemeMood = Literal["praised", "blamed", "mixed", "neutral"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A phrase that stands out for a city, and how it is meant."""

    phrase: str = field(metadata=_help("one to three words, as most write it, lower case"))
    mood: ThemeMood = field(
        metadata=_help("praised or blamed: at least twice as many voices as the other; else mixed; neutral: few judge")
    )
    weight: float = field(metadata=_help("class-based tf-idf: share of the city's phrases times rarity elsewhere"))
    voices: int = field(metadata=_help("voices that say it, at least 2; an author is one, an anonymous comment is one"))
    pos: int = field(metadata=_help("of these, voices that say it where they praise the city"))
    neu: int = field(metadata=_help("voices that say it without praise or blame"))
    neg: int = field(metadata=_help("voices that say it where they blame the city"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseCounts:
    """Voices behind one phrase that is said of one city; a voice may stand under several moods."""

    written: str
    voices: int
    pos: int
    neu: int
    neg: int

    @property
    def mood(self) -> ThemeMood:
        """How the phrase is meant, taken together."""
        if 2 * (self.pos + self.neg) < self.voices:
            return "neutral"
        if self.pos >= 2 * self.neg:
            return "praised"
        return "blamed" if self.neg >= 2 * self.pos else "mixed"


def phrases_of(text: str, start: int, end: int, hidden: Collection[tuple[int, int]] = ()) -> Iterator[tuple[str, str]]:
    """Phrases of a stretch of text: what is counted (the last word without its plural) and as it is written.

    One to three words between punctuation, no stop word at either end (`knowledge/data/themes.toml`).

    Args:
        text: of the comment.
        start: where the stretch begins.
        end: where it ends.
        hidden: spans of names; no phrase holds any of them.
    """
    known = theme_words()
    for run in _runs(text, start, end, hidden):
        for first, word in enumerate(run):
            if word.norm in known.stop or word.norm in known.tail or _no_end(word.norm):
                continue
            for length in range(1, min(_LONGEST, len(run) - first) + 1):
                words = run[first : first + length]
                last = words[-1].norm
                if last in known.stop or last in known.weak or _no_end(last):
                    continue
                if all(inner.norm not in known.stop or inner.norm in known.inner for inner in words[1:-1]):
                    before = [inner.written for inner in words[:-1]]
                    yield " ".join([*before, last]), " ".join([*before, words[-1].written])


def no_themes(names: Collection[str], titles: Collection[str]) -> tuple[frozenset[tuple[str, ...]], frozenset[str]]:
    """What `choose` takes as names: phrases that are names, and words of list titles."""
    sequences = {tuple(token.norm for token in tokens(text)) for name in names for text in (name, fold(name))}
    words = {token.norm for title in titles for token in tokens(title)} - theme_words().inner
    return frozenset(sequences - {()}), frozenset(words)


def weights(
    counts: Mapping[str, PhraseCounts], total: int, mean_total: float, everywhere: Mapping[str, int]
) -> dict[str, float]:
    """The class-based tf-idf of each phrase of a city.

    Args:
        counts: of the city's phrases.
        total: voices of all phrases of the city, those too that are not in ``counts``.
        mean_total: the mean of this over all cities.
        everywhere: voices of each phrase over all cities.
    """
    return {
        phrase: count.voices / max(1, total) * math.log(1 + mean_total / max(1, everywhere[phrase]))
        for phrase, count in counts.items()
    }


def choose(
    counts: Mapping[str, PhraseCounts],
    weight: Mapping[str, float],
    without: tuple[frozenset[tuple[str, ...]], frozenset[str]],
    most: int = MOST,
) -> tuple[Theme, ...]:
    """The themes of a city, strongest first, at most ``most`` of each mood.

    What a single voice says is no theme; a phrase that mostly stands inside a longer one is left to that; no word is
    in two themes of one mood.
    """
    names, title_words = without
    candidates = {
        phrase: tuple(map(singular, phrase.split())) for phrase, count in counts.items() if count.voices >= LEAST_VOICES
    }
    candidates = {
        phrase: words
        for phrase, words in candidates.items()
        if not title_words & set(words) and not any(_holds(words, name) for name in names)
    }
    covered = {
        inner
        for phrase in candidates
        for inner in _inside(phrase.split())
        if inner in counts and counts[phrase].voices >= _CONTAINED * counts[inner].voices
    }
    kept = [phrase for phrase in candidates if phrase not in covered]
    chosen: list[Theme] = []
    taken: dict[ThemeMood, set[str]] = {}
    number: dict[ThemeMood, int] = {}
    for phrase in sorted(kept, key=lambda phrase: (-weight[phrase], -len(candidates[phrase]), phrase)):
        count = counts[phrase]
        words = set(candidates[phrase]) - theme_words().inner
        if number.get(count.mood, 0) == most or words & taken.get(count.mood, set()):
            continue
        taken.setdefault(count.mood, set()).update(words)
        number[count.mood] = number.get(count.mood, 0) + 1
        chosen.append(
            Theme(
                phrase=count.written,
                mood=count.mood,
                weight=round(weight[phrase], 4),
                voices=count.voices,
                pos=count.pos,
                neu=count.neu,
                neg=count.neg,
            )
        )
    return tuple(chosen)


def _runs(text: str, start: int, end: int, hidden: Collection[tuple[int, int]]) -> Iterator[list[Token]]:
    """Words that stand side by side: no punctuation, number or name between them."""
    run: list[Token] = []
    for token in tokens(text, start, end):
        if any(a < token.end and token.start < b for a, b in hidden):
            if run:
                yield run
            run = []
            continue
        # A genitive's s belongs to its word; one blank or a hyphen joins two.
        if run and text[run[-1].end : token.start] not in (" ", "-"):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _no_end(word: str) -> bool:
    """Whether a word is an adverb or a letter alone, neither of which begins or ends a phrase."""
    return (word.endswith("ly") and len(word) > 4 and word not in theme_words().ly) or len(word) < 2


def _holds(words: Sequence[str], name: Sequence[str]) -> bool:
    return any(tuple(words[at : at + len(name)]) == name for at in range(len(words) - len(name) + 1))


def _inside(words: Sequence[str]) -> Iterator[str]:
    """The shorter phrases inside a phrase, as `phrases_of` counts them."""
    for length in range(1, len(words)):
        for at in range(len(words) - length + 1):
            *before, last = words[at : at + length]
            yield " ".join([*before, singular(last)])
