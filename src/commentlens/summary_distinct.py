"""How many different strings there are in a stream, in bounded memory."""

from __future__ import annotations

import hashlib

_KEPT = 65_536
_HASHES = 2**64


class DistinctCounter:
    """Counts different strings: exactly up to 65,536 of them, above that by the k smallest hashes (0.4 % off)."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._limit = kept
        self._hashes: set[int] = set()
        self._ceiling = _HASHES
        self._overflowed = False

    def add(self, text: str) -> None:
        """Count one string; the same string again changes nothing."""
        value = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        if value >= self._ceiling:
            return
        self._hashes.add(value)
        # Trimming only when twice the limit is reached keeps the sorting rare.
        if len(self._hashes) > 2 * self._limit:
            self._trim()

    def __len__(self) -> int:
        if not self._overflowed and len(self._hashes) <= self._limit:
            return len(self._hashes)
        self._trim()
        return round((self._limit - 1) / (self._ceiling / _HASHES))

    def _trim(self) -> None:
        if len(self._hashes) <= self._limit and self._overflowed:
            return
        smallest = sorted(self._hashes)[: self._limit]
        self._hashes = set(smallest)
        self._ceiling = smallest[-1] + 1
        self._overflowed = True
