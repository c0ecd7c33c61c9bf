"""What was seen before, in little memory: 16 bytes a key and some room, and no objects."""

from __future__ import annotations

from array import array
from hashlib import blake2b

_FIRST = 1 << 12
_FULL = 0.6


class Seen:
    """64-bit keys, each with a number; a table with open addressing.

    Two different texts have the same key with a probability of 1 in 1.8e19: among a million keys one pair in forty
    million runs, among a hundred million one in four thousand.
    """

    def __init__(self) -> None:
        self._keys = array("Q", bytes(8 * _FIRST))
        self._numbers = array("d", bytes(8 * _FIRST))
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def earlier(self, parts: tuple[object, ...], number: float) -> float | None:
        """The number that was kept with these parts; None, and this number is kept, where there is none."""
        key = _key(parts)
        place = self._place(key)
        if self._keys[place]:
            return self._numbers[place]
        if self._used >= _FULL * len(self._keys):
            self._grow()
            place = self._place(key)
        self._keys[place], self._numbers[place] = key, number
        self._used += 1
        return None

    def _place(self, key: int) -> int:
        keys, mask = self._keys, len(self._keys) - 1
        place = key & mask
        while keys[place] and keys[place] != key:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        keys, numbers = self._keys, self._numbers
        zero = bytes(8)
        self._keys, self._numbers = array("Q", zero) * (2 * len(keys)), array("d", zero) * (2 * len(keys))
        for key, number in zip(keys, numbers, strict=True):
            if key:
                place = self._place(key)
                self._keys[place], self._numbers[place] = key, number


def _key(parts: tuple[object, ...]) -> int:
    """Not 0, which marks a free place."""
    return int.from_bytes(blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1
