"""Static word vectors in a few megabytes: eight bits a number, one scale a column, words kept as hashes only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import srsly
from spacy.strings import get_string_id


class WordVectors:
    """``width`` numbers a word; words that are not known have zeros, and a last column says that."""

    def __init__(
        self, keys: npt.NDArray[np.uint64], table: npt.NDArray[np.int8], scale: npt.NDArray[np.float32]
    ) -> None:
        """Keep sorted hashes of words (words,), their vectors (words, n), and what a unit of a column is worth (n,)."""
        self.keys = keys
        self.table = table
        self.scale = scale
        self.width = table.shape[1] + 1

    @classmethod
    def empty(cls) -> WordVectors:
        """No word is known."""
        return cls(np.zeros(0, np.uint64), np.zeros((0, 0), np.int8), np.zeros(0, np.float32))

    @classmethod
    def quantised(cls, words: Sequence[str], vectors: npt.NDArray[np.float32]) -> WordVectors:
        """From words and their vectors, shape (words, n)."""
        keys = np.array([get_string_id(word) for word in words], dtype=np.uint64)
        order = np.argsort(keys, kind="stable")
        # A few far-off values would take the room of all others.
        scale = (np.quantile(np.abs(vectors), 0.999, axis=0) / 127).astype(np.float32)
        table = np.clip(np.rint(vectors / scale), -127, 127).astype(np.int8)
        return cls(keys[order], table[order], scale)

    def of(self, *words: str) -> npt.NDArray[np.float32]:
        """The vector of the first of these words that is known; shape (width,)."""
        found = np.zeros(self.width, dtype=np.float32)
        for word in words:
            key = np.uint64(get_string_id(word))
            at = int(np.searchsorted(self.keys, key))
            if at < len(self.keys) and self.keys[at] == key:
                found[:-1] = self.table[at] * self.scale
                return found
        found[-1] = 1.0
        return found

    def to_bytes(self) -> bytes:
        """Everything, for `from_bytes`."""
        data: bytes = srsly.msgpack_dumps({"keys": self.keys, "table": self.table, "scale": self.scale})
        return data

    @classmethod
    def from_bytes(cls, data: bytes) -> WordVectors:
        """What `to_bytes` made."""
        parts = srsly.msgpack_loads(data)
        return cls(parts["keys"], parts["table"], parts["scale"])
