"""Phrases that are said of one city and not of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from commentlens.knowledge.names import fold

_MOST = 8
_WORD = r"(?u)\b[^\W\d_][\w'’-]+\b"


@dataclass(frozen=True, slots=True)
class Theme:
    """A word or phrase of two words, its tf-idf weight (0 to 1), and how many of the city's comments have it."""

    phrase: str
    weight: float
    comments: int


@dataclass(frozen=True, slots=True)
class ThemeTexts:
    """The comments of one city, and those of the others against which they stand out."""

    own: Sequence[str]
    others: Sequence[str]

    def themes(self, without: Sequence[str] = ()) -> list[Theme]:
        """The most distinctive phrases, strongest first, at most eight.

        Tf-idf over comments: how often a phrase is said of the city, times how rare it is in all comments. A word
        inside a chosen phrase is not repeated. What only one comment says is no theme.

        Args:
            without: names whose words are no theme (the city's own).
        """
        if len(self.own) < 2:
            return []
        # Here, because scikit-learn takes more than a second to import and only this command needs it.
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

        stop = ENGLISH_STOP_WORDS | {word for name in without for word in re.findall(_WORD, fold(name))}
        vectorizer = TfidfVectorizer(
            ngram_range=(1, 2), stop_words=sorted(stop | _CONTRACTED), token_pattern=_WORD, sublinear_tf=True
        )
        try:
            weights = vectorizer.fit_transform([*self.own, *self.others])[: len(self.own)]
        except ValueError:  # no word is left in any comment
            return []
        phrases = vectorizer.get_feature_names_out()
        means = weights.mean(axis=0).A1
        comments = (weights > 0).sum(axis=0).A1
        ranked = sorted(range(len(phrases)), key=lambda i: (-comments[i] * means[i], -len(phrases[i]), phrases[i]))
        chosen: list[Theme] = []
        for i in ranked:
            if len(chosen) == _MOST or comments[i] < 2:
                break
            words = set(phrases[i].split())
            if not any(words & set(theme.phrase.split()) for theme in chosen):
                chosen.append(Theme(phrases[i], round(float(means[i]), 4), int(comments[i])))
        return chosen


_CONTRACTED = frozenset(
    re.split(
        r"\s+",
        "ain't can't didn't doesn't don't i'm i've isn't it's that's there's they're wasn't we're won't you're you've "
        "just really like lot lots thing things city cities place",
    )
)
