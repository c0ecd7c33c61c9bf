"""Who wrote a comment: the user name after a dash at its end, told from a last word (``best ever - seriously``)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files

from commentlens.corpus.titles import fold

_SIGNED = re.compile(
    r"^(?P<text>.*?\S)(?:[ \t]*\n[ \t]*|[ \t]+|(?<=[.!?)\"]))[-–—]{1,2}[ \t]?"
    r"(?P<name>[^\W\d_](?:[\w.'-]{0,28}\w)?|[\d_][\w.'-]{1,29})[ \t]*$",
    re.DOTALL,
)
# A digit, an underscore, or a capital behind a small letter or an apostrophe: nobody writes words so.
_USER_NAME = re.compile(r"\w*(?:[^\W\d_]\d|\d[^\W\d_]|_|[a-z][A-Z]|\.\w)\S*|[A-Z][a-z]?'[A-Z]\w+")
_MEASURE = re.compile(r"\d+(?:st|nd|rd|th|s|k|m|km|kmh|mph|gb|mb|hp|am|pm|x|%)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:'\w+)?")
# "@keysplayer": somebody answers a user of this name. The "@" of an e-mail address stands inside a word.
_ADDRESSED = re.compile(r"(?<![\w.+-])@(\w(?:[\w.'-]{0,28}\w)?)")


@cache
def _not_authors() -> frozenset[str]:
    data = tomllib.loads(files("commentlens.corpus").joinpath("data", "authors.toml").read_text("utf-8"))
    return frozenset(data["not_authors"])


class Signatures:
    """Reads signatures with one page's words at hand.

    A word that its comments use is no user name, one that they answer with an ``@`` is.
    """

    def __init__(self, texts: Iterable[str], names: Collection[str]) -> None:
        """``texts``: the page's comments; ``names``: its entries' names and what they lie within."""
        words: Counter[str] = Counter()
        signed: Counter[str] = Counter()
        addressed: set[str] = set()
        for text in texts:
            match = _SIGNED.match(text)
            said = match["text"] if match else text
            addressed.update(map(fold, _ADDRESSED.findall(said)))
            words.update(word.lower() for word in _WORD.findall(_ADDRESSED.sub(" ", said)))
            if match:
                signed[match["name"]] += 1
        self._words = frozenset(words)
        self._regulars = frozenset(name for name, count in signed.items() if count > 1)
        self._addressed = frozenset(addressed)
        self._names = frozenset(word for name in names for word in re.findall(r"\w+", fold(name)))

    def split(self, text: str) -> tuple[str, str | None]:
        """The comment without its signature, and the author; ``(text, None)`` where nobody signed."""
        match = _SIGNED.match(text)
        if not match or not _WORD.search(match["text"]) or not self._is_author(match["name"]):
            return text, None
        return match["text"], match["name"]

    def _is_author(self, name: str) -> bool:
        folded = fold(name)
        if folded in _not_authors() or folded in self._names or _MEASURE.fullmatch(name):
            return False
        if folded in self._addressed or _USER_NAME.fullmatch(name):
            return True
        if len(name) < 3 or "'" in name:
            return False
        return name in self._regulars or folded not in self._words
