"""What the name recogniser sees of a token: its spelling, its word vector, and what the gazetteers know it to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.strings import get_string_id
from spacy.tokens import Doc

from commentlens.components.word_vectors import WordVectors
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.names import fold
from commentlens.knowledge.places import Places

#: Columns of hashed features, in order.
COLUMNS = ("norm", "prefix", "suffix", "shape", "case", "known")
_DIGIT = re.compile(r"\d")
_RUNS = re.compile(r"(.)\1{2,}")
_TITLE_SHARE = 0.6
_KEPT = 50_000
_STYLES = ("mixed", "lower", "upper", "title")


@dataclass(frozen=True, slots=True)
class Features:
    """Features of the tokens of some texts; tokens that look alike share a row.

    ``keys``: (rows, columns) hashes; ``vectors``: (rows, width of the word vectors); ``row``: (tokens,) the row of
    each token, text after text; ``lengths``: tokens of each text; ``names``: (rows,) what tells a row for good.
    """

    keys: npt.NDArray[np.uint64]
    vectors: npt.NDArray[np.float32]
    row: npt.NDArray[np.intp]
    lengths: tuple[int, ...]
    names: npt.NDArray[np.uint64]


class TokenFeatures:
    """Works out features; remembers those of words that it has seen, up to a limit."""

    def __init__(self, places: Places, companies: Companies, vectors: WordVectors) -> None:
        """Keep what words are looked up in."""
        self._places = places
        self._company_words = frozenset(word for name in companies.names() for word in name.split(" ") if len(word) > 1)
        self._companies = companies
        self.vectors = vectors
        self._seen: dict[int, tuple[tuple[int, ...], npt.NDArray[np.float32]]] = {}

    def __call__(self, docs: Sequence[Doc]) -> Features:
        """Features of Docs, in order."""
        styles = [style_of(doc.text) for doc in docs]
        parts = [
            doc.to_array(["ORTH"]).reshape(-1).astype(np.uint64) ^ np.uint64(style << 60)
            for doc, style in zip(docs, styles, strict=True)
        ]
        every = np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint64)
        names, first, row = np.unique(every, return_index=True, return_inverse=True)
        starts = np.cumsum([0, *(len(doc) for doc in docs)])
        keys = np.zeros((len(names), len(COLUMNS)), dtype=np.uint64)
        vectors = np.zeros((len(names), self.vectors.width), dtype=np.float32)
        if len(self._seen) > _KEPT:
            self._seen.clear()
        for number, (name, at) in enumerate(zip(names.tolist(), first.tolist(), strict=True)):
            known = self._seen.get(name)
            if known is None:
                text = int(np.searchsorted(starts, at, side="right")) - 1
                known = self._seen[name] = self._of(docs[text][at - int(starts[text])].text, styles[text])
            keys[number] = known[0]
            vectors[number] = known[1]
        return Features(keys, vectors, row, tuple(len(doc) for doc in docs), names)

    def _of(self, word: str, style: int) -> tuple[tuple[int, ...], npt.NDArray[np.float32]]:
        lowered = _DIGIT.sub("0", word.lower())
        shape = shape_of(word)
        values = (
            lowered,
            lowered[:3],
            lowered[-3:],
            f"{shape} {min(len(word), 6)}",
            f"{_STYLES[style]} {_case_of(word)}",
            self._known(word),
        )
        hashed = tuple(get_string_id(f"{column}={value}") for column, value in zip(COLUMNS, values, strict=True))
        return hashed, self.vectors.of(lowered, _RUNS.sub(r"\1", lowered))

    def _known(self, word: str) -> str:
        """What the gazetteers and the word list know a word to be, as one value."""
        name = fold(word)
        if not name:
            return "-"
        zipf = self._places.zipf(name)
        said = [str(int(zipf))]
        senses = self._places.lookup(name)
        for label in ("CITY", "COUNTRY", "REGION"):
            same = [sense for sense in senses if sense.label == label and sense.form != "code"]
            if not same:
                continue
            if label == "CITY":
                people = max(sense.prominence for sense in same)
                said.append("C" if people >= 1_000_000 else "c" if people >= 200_000 else "t")
            else:
                said.append(label[0].lower() + label[1])
            if same[0].ambiguity is not None:
                said.append("?")
        company = self._companies.lookup(name)
        if company is not None:
            said.append("company?" if company.common else "company")
        elif name in self._company_words and zipf < 5:
            said.append("part")
        return " ".join(said)


def _case_of(word: str) -> str:
    return "a" if word.islower() else "A" if word.isupper() else "Aa" if word[:1].isupper() else "-"


def style_of(text: str) -> int:
    """Whether a text is written in mixed case (0), all lower (1), all upper (2), or Like a Title (3)."""
    if text.islower():
        return 1
    if text.isupper():
        return 2
    words = [word for word in text.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return 3 if len(words) >= 4 and capitals / len(words) > _TITLE_SHARE else 0


def shape_of(word: str) -> str:
    """``Xxxx``, ``XX.``, ``dd``: each character's kind, runs of the same kind cut at three."""
    kinds = "".join(
        "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else "w" if c.isalpha() else c for c in word
    )
    return _RUNS.sub(r"\1\1\1", kinds)[:12]
