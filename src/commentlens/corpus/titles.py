"""What a list's title tells: whether rank 1 is an honour, and the list's id."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from commentlens.records import Polarity

_REACH = 2


@dataclass(frozen=True, slots=True)
class _TitleWords:
    negative: frozenset[str]
    positive: frozenset[str]
    reversers: frozenset[str]
    slug_leaders: frozenset[str]


@cache
def _words() -> _TitleWords:
    data = tomllib.loads(files("commentlens.corpus").joinpath("data", "titles.toml").read_text("utf-8"))
    return _TitleWords(*(frozenset(data[key]) for key in ("negative", "positive", "reversers", "slug_leaders")))


def polarity_of(title: str | None) -> Polarity:
    """Whether rank 1 of a list so named is an honour; ``positive`` where the title does not decide."""
    words = _words()
    tokens = fold(title or "").replace("'", "").replace("’", "").split()
    tokens = [token for part in tokens for token in re.findall(r"\w+", part)]
    for index, token in enumerate(tokens):
        if token in words.negative or token in words.positive:
            reversed_ = any(before in words.reversers for before in tokens[max(0, index - _REACH) : index])
            return "negative" if (token in words.negative) != reversed_ else "positive"
    return "positive"


def slug(title: str, otherwise: str = "list") -> str:
    """The id of a list so named: ``Ten Most High Tech Cities`` is ``high-tech-cities``.

    Counts, "top", "most" and articles fall off the front; "best" and "worst" stay. ``otherwise`` is for a title
    without a letter or digit of ASCII.
    """
    tokens = re.findall(r"[a-z0-9]+", fold(title).replace("'", "").replace("’", ""))
    rest = list(tokens)
    while rest and (rest[0] in _words().slug_leaders or rest[0].isdigit()):
        rest.pop(0)
    return "-".join(rest or tokens) or otherwise


def fold(text: str) -> str:
    """Text without case and accents, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
