"""Writes as many distinct comments as wanted, from texts that people wrote, as JSON lines that any tool can read.

    python bench/corpus_of_texts.py 20000 --data ../shared/data --output comments.jsonl

The texts are those of the labelled sets (every ``text`` of their JSON lines), each once, shuffled. Where more comments
are wanted than there are texts, or with ``--recombined``, all comments are two sentences of these texts instead, no
pair twice, so that comments are of one sort however many there are; one in ten of them begins with the name of a writer
whom no other comment names, because in forums the words never end. The same number and data give the same file.

A row is ``{"id", "text", "list", "entry", "rank", "author", "created", "likes"}``; three rows in four hang under an
entry of one of three lists. `forum.py` writes a forum with what else there is in one: copies, and lists as lines.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from forum import texts_of

_LISTS = {
    "Best Cities To Live In": ("Vienna", "Copenhagen", "Zurich", "Melbourne", "Calgary", "Geneva", "Osaka", "Auckland"),
    "Most Overrated Cities": ("Paris", "Dubai", "Venice", "Los Angeles", "Las Vegas", "Miami", "Cancun"),
    "Top Student Cities": ("London", "Munich", "Seoul", "Montreal", "Boston", "Berlin", "Kyoto", "Sydney", "Warsaw"),
}
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_LEAST_WORDS = 3
_NAMED = 10


def sentences_of(texts: Sequence[str]) -> list[str]:
    """The distinct sentences of some texts, those of two words and fewer left out, in order."""
    found: dict[str, None] = {}
    for text in texts:
        for sentence in _SENTENCE_END.split(" ".join(text.split())):
            if len(sentence.split()) >= _LEAST_WORDS:
                found[sentence] = None
    return list(found)


def recombined(sentences: Sequence[str], count: int) -> Iterator[str]:
    """Texts of two sentences, no pair twice: each round over the sentences pairs them at another distance.

    Raises:
        ValueError: If there are not so many pairs.
    """
    size = len(sentences)
    if count > size * (size - 1):
        raise ValueError(f"{size} sentences make no {count} pairs")
    for number in range(count):
        distance, first = divmod(number, size)
        pair = f"{sentences[first]} {sentences[(first + distance + 1) % size]}"
        yield f"@writer{number} {pair}" if number % _NAMED == 0 else pair


def comment_texts(texts: Sequence[str], count: int, *, always_recombined: bool = False, seed: int = 7) -> Iterator[str]:
    """Distinct texts of comments, shuffled: those given where they are enough, else pairs of their sentences."""
    chance = random.Random(seed)
    if count <= len(texts) and not always_recombined:
        yield from chance.sample(list(texts), count)
        return
    sentences = sentences_of(texts)
    chance.shuffle(sentences)
    yield from recombined(sentences, count)


def comments(texts: Iterator[str], seed: int = 7) -> Iterator[dict[str, Any]]:
    """The rows: each text with a list and an entry of it, or none, an author, a date and likes."""
    chance = random.Random(seed)
    places = [(title, name, rank) for title, names in _LISTS.items() for rank, name in enumerate(names, 1)]
    for number, text in enumerate(texts):
        title, name, rank = chance.choice(places) if number % 4 else (None, None, None)
        yield {
            "id": f"c{number}",
            "text": text,
            "list": title,
            "entry": name,
            "rank": rank,
            "author": f"writer {number // 3}",
            "created": f"{2019 + number % 7}-{number % 12 + 1:02}-{number % 28 + 1:02}T12:00:00Z",
            "likes": chance.randrange(40),
        }


def write_comments(
    data: Path, count: int, output: Path, *, always_recombined: bool = False, texts: Sequence[str] | None = None
) -> None:
    """Write the file.

    Args:
        data: folder of the labelled sets.
        count: how many comments.
        output: file to write.
        always_recombined: pairs of sentences also where the texts would do.
        texts: those of ``data``, where they are read already.
    """
    found = texts_of(data) if texts is None else texts
    if not found:
        raise SystemExit(f"{data} holds no JSON lines with a text: name the folder of the labelled sets with --data")
    with output.open("w", encoding="utf-8") as file:
        for row in comments(comment_texts(found, count, always_recombined=always_recombined)):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="comments")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument("--output", type=Path, required=True, help="file to write")
    parser.add_argument("--recombined", action="store_true", help="pairs of sentences, however few comments")
    given = parser.parse_args()
    write_comments(given.data, given.count, given.output, always_recombined=given.recombined)


if __name__ == "__main__":
    main()
