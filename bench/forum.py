"""Writes a forum of as many distinct comments as wanted, from texts that people wrote, as corpus JSONL.

    python bench/forum.py 50000 --data ../shared/data --output forum.jsonl

The texts are those of the labelled sets (every ``text`` of their JSON lines); where more comments are wanted than there
are texts, each of the others is two texts in a row. Three lists of cities, one comment in four under none, an author in
twenty comments, months from 2019 on, one comment in fifty a copy of an earlier one, as in forums. The same number and
the same data give the same file.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_LISTS = {
    "Best Cities To Live In": ("Vienna", "Copenhagen", "Zurich", "Melbourne", "Calgary", "Geneva", "Osaka", "Auckland"),
    "Most Overrated Cities": ("Paris", "Dubai", "Venice", "Los Angeles", "Las Vegas", "Miami", "Cancun"),
    "Top Student Cities": ("London", "Munich", "Seoul", "Montreal", "Boston", "Berlin", "Kyoto", "Sydney", "Warsaw"),
}
_SCHEMA = "commentlens-corpus/1"


def texts_of(data: Path) -> list[str]:
    """The distinct texts of all JSON lines under a folder, in order of files and lines."""
    found: dict[str, None] = {}
    for path in sorted(data.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(line).get("text")
            if isinstance(text, str) and text.strip():
                found[text] = None
    return list(found)


def forum(texts: Sequence[str], count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """The rows of the corpus: lists, then ``count`` comments."""
    chance = random.Random(seed)
    lists = []
    for number, (title, names) in enumerate(_LISTS.items()):
        entries = [{"name": name, "rank": rank} for rank, name in enumerate(names, 1)]
        lists.append((f"list-{number}", entries))
        ranked = {"id": f"list-{number}", "title": title, "polarity": "positive", "kind": None, "entries": entries}
        yield {"schema": _SCHEMA, "list": ranked}
    order = list(texts)
    chance.shuffle(order)
    said: list[str] = []
    for number in range(count):
        if said and number % 50 == 49:
            text = chance.choice(said)
        elif order:
            text = order.pop()
        else:
            text = f"{chance.choice(texts)} {chance.choice(texts)}"
        if len(said) < 1000:
            said.append(text)
        list_id, entries = lists[number // 1000 % len(lists)]
        here = chance.random() > 0.25
        yield {
            "id": f"c{number}",
            "list": list_id if here else None,
            "entry": chance.choice(entries) if here else None,
            "author": f"writer {chance.randrange(count // 20 + 1)}",
            "created": f"{2019 + number % 7}-{number % 12 + 1:02}-{number % 28 + 1:02}T12:00:00Z",
            "likes": chance.randrange(40),
            "text": text,
            "raw": None,
        }


def write_forum(data: Path, count: int, output: Path) -> None:
    """Write the corpus."""
    with output.open("w", encoding="utf-8") as file:
        for row in forum(texts_of(data), count):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="comments")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument("--output", type=Path, required=True, help="file to write")
    given = parser.parse_args()
    write_forum(given.data, given.count, given.output)


if __name__ == "__main__":
    main()
