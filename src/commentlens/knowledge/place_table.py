"""The place table on disk: a trie of folded names beside fixed-width columns, both mapped, not read.

``places.trie`` (marisa) numbers the folded names; ``places.bin`` holds, for each number, the places so called and how
common the name is as a word, and for each place its columns. Written by `training.gazetteer`, read by `places`.

Layout of ``places.bin``: eight bytes magic, four bytes length of a JSON header, the header, then the columns one after
another, each padded to eight bytes, little endian, at the offsets that the header gives.
"""

from __future__ import annotations

import json
import mmap
import struct
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marisa_trie

from commentlens.errors import KnowledgeError

MAGIC = b"CLPLACE1"
_PRIMARY = 1 << 31
_COLUMNS = {"senses_at": "I", "senses": "I", "zipf": "B", "id": "I", "population": "I", "latitude": "f"} | {
    "longitude": "f",
    "country": "H",
    "admin": "H",
    "name_at": "I",
    "names": "B",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One city as the table holds it; ``country`` is ISO 3166 alpha-2, ``admin`` the GeoNames first-order code."""

    id: int
    name: str
    country: str
    admin: str
    latitude: float
    longitude: float
    population: int


def write_table(
    folder: Path,
    rows: Sequence[PlaceRow],
    names: Mapping[str, Sequence[tuple[int, bool]]],
    frequency: Mapping[str, float],
) -> int:
    """Write both files; returns their size in bytes.

    Args:
        folder: where; made if missing.
        rows: the places; their order is their number.
        names: folded name to (number of the place, whether it is the place's main name).
        frequency: folded name to its zipf frequency in English, 0 to 8.
    """
    trie = marisa_trie.Trie(sorted(names))
    by_number = sorted(names, key=trie.__getitem__)
    countries = sorted({row.country for row in rows})
    admins = sorted({row.admin for row in rows})
    columns: dict[str, Any] = {name: array(code) for name, code in _COLUMNS.items()}
    for name in by_number:
        columns["senses_at"].append(len(columns["senses"]))
        for index, primary in sorted(names[name], key=lambda sense: (not sense[1], sense[0])):
            columns["senses"].append(index | (_PRIMARY if primary else 0))
        columns["zipf"].append(min(255, round(frequency[name] * 10)))
    columns["senses_at"].append(len(columns["senses"]))
    blob = bytearray()
    for row in rows:
        columns["id"].append(row.id)
        columns["population"].append(row.population)
        columns["latitude"].append(row.latitude)
        columns["longitude"].append(row.longitude)
        columns["country"].append(countries.index(row.country))
        columns["admin"].append(admins.index(row.admin))
        columns["name_at"].append(len(blob))
        blob += row.name.encode()
    columns["name_at"].append(len(blob))
    columns["names"].frombytes(bytes(blob))
    folder.mkdir(parents=True, exist_ok=True)
    trie.save(str(folder / "places.trie"))
    sections: dict[str, list[int]] = {}
    body = bytearray()
    for name, column in columns.items():
        if sys.byteorder == "big":
            column.byteswap()
        sections[name] = [len(body), len(column) * column.itemsize]
        body += column.tobytes()
        body += b"\0" * (-len(body) % 8)
    header = json.dumps({"countries": countries, "admins": admins, "sections": sections}).encode()
    header += b" " * (-(len(header) + len(MAGIC) + 4) % 8)
    (folder / "places.bin").write_bytes(MAGIC + struct.pack("<I", len(header)) + header + bytes(body))
    return sum((folder / name).stat().st_size for name in ("places.trie", "places.bin"))


class PlaceTable:
    """Both files, mapped. Look-ups give numbers of places; `row` gives what is known of one."""

    def __init__(self, folder: Path) -> None:
        """Map the files.

        Raises:
            KnowledgeError: If a file is missing or is not a place table.
        """
        path = folder / "places.bin"
        try:
            self.trie = marisa_trie.Trie()
            self.trie.mmap(str(folder / "places.trie"))
            with path.open("rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, RuntimeError, ValueError) as error:
            raise KnowledgeError(
                f"{folder}: no place table ({error}). Build it: commentlens train gazetteer"
            ) from error
        if mapped[: len(MAGIC)] != MAGIC:
            raise KnowledgeError(f"{path}: not a place table of this version. Build it: commentlens train gazetteer")
        view = memoryview(mapped)
        (length,) = struct.unpack_from("<I", view, len(MAGIC))
        start = len(MAGIC) + 4
        header: dict[str, Any] = json.loads(bytes(view[start : start + length]))
        start += length
        self._countries: list[str] = header["countries"]
        self._admins: list[str] = header["admins"]
        self._columns = {
            name: _column(view[start + at : start + at + size], _COLUMNS[name])
            for name, (at, size) in header["sections"].items()
        }

    def __len__(self) -> int:
        return len(self._columns["id"])

    def prefixes(self, folded: str) -> list[str]:
        """All names of the table with which a folded text begins."""
        return list(self.trie.prefixes(folded))

    def may_start(self, word: str) -> bool:
        """Whether any name begins with this word."""
        if word in self.trie:
            return True
        # Some scripts leave no blanks between words: there a word is a character.
        beginnings = (f"{word} ", f"{word}&") if word.isascii() else (word,)
        return any(next(self.trie.iterkeys(beginning), None) is not None for beginning in beginnings)

    def senses(self, name: str) -> tuple[tuple[int, bool], ...]:
        """(number of the place, is this its main name) for a folded name: main names first, then by population."""
        key = self.trie.get(name)
        if key is None:
            return ()
        at = self._columns["senses_at"]
        return tuple(
            (sense & ~_PRIMARY, bool(sense & _PRIMARY)) for sense in self._columns["senses"][at[key] : at[key + 1]]
        )

    def zipf(self, name: str) -> float:
        """Frequency of a folded name as an English word, 0 to 8 (zipf scale); 0 where unknown."""
        key = self.trie.get(name)
        return 0.0 if key is None else float(self._columns["zipf"][key]) / 10

    def row(self, number: int) -> PlaceRow:
        """The place of that number."""
        columns = self._columns
        at = columns["name_at"]
        return PlaceRow(
            id=columns["id"][number],
            name=bytes(columns["names"][at[number] : at[number + 1]]).decode(),
            country=self._countries[columns["country"][number]],
            admin=self._admins[columns["admin"][number]],
            latitude=round(columns["latitude"][number], 5),
            longitude=round(columns["longitude"][number], 5),
            population=columns["population"][number],
        )

    def ids(self) -> Sequence[int]:
        """GeoNames ids by number."""
        ids: Sequence[int] = self._columns["id"]
        return ids


def _column(data: memoryview, code: str) -> Any:
    if sys.byteorder == "big":
        column = array(code, data.tobytes())
        column.byteswap()
        return column
    return data.cast(code)  # type: ignore[call-overload]
