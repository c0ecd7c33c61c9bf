"""Human-labelled sets of noisy text as training examples for the name recogniser; what may train is in the model card.

The sets lie beside the project, never in it: a folder with `wnut17/train.jsonl`, `btc/train.jsonl` and
`idrisi_en/train.jsonl`, one ``{"text", "spans": [[start, end, label]]}`` a line, offsets in characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from commentlens.components.name_tags import UNKNOWN
from commentlens.errors import SourceError, field_message, place
from commentlens.knowledge.names import fold
from commentlens.knowledge.places import Places
from commentlens.training.entity_examples import Example


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A set and what its labels mean here.

    ``silent``: our labels that its annotators never gave; ``partial``: those that they gave to some such names only.
    """

    name: str
    file: str
    labels: Mapping[str, str]
    silent: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()


SETS = (
    LabelledSet(
        "wnut17",
        "wnut17/train.jsonl",
        {
            "location": "PLACE", "corporation": "COMPANY", "group": "ORG", "person": "PERSON", "product": "OTHER",
            "creative-work": "OTHER",
        },
        partial=("OTHER",),
    ),
    LabelledSet("btc", "btc/train.jsonl", {"LOC": "PLACE", "ORG": "ORGANISATION", "PER": "PERSON"}, ("OTHER",)),
    LabelledSet(
        "idrisi",
        "idrisi_en/train.jsonl",
        {
            "City/town": "CITY", "Country": "COUNTRY", "State": "REGION", "Continent": "REGION", "County": "REGION",
            "Island": "PLACE", "District": "PLACE", "Neighborhood": "LOC", "Road/street": "LOC",
            "Natural Point-of-Interest": "LOC", "Human-made Point-of-Interest": UNKNOWN, "Other locations": "PLACE",
        },
        ("PERSON", "COMPANY", "ORG", "OTHER"),
    ),
)  # fmt: skip
#: Sets whose text is labelled by stock models only, and where it lies: `entity_silver`.
UNLABELLED = {
    "goemotions": ("goemotions/train.jsonl",),
    "sentihood": ("sentihood/train.overall.jsonl",),
    "vader_gold": ("vader_gold/tweets.jsonl", "vader_gold/amazon.jsonl"),
    "jindal_liu06": ("jindal_liu06/all.jsonl",),
}
# A full stop that belongs to the name: "U.S.", "Acme Inc.".
_ABBREVIATED = re.compile(r"(?:(?<!\w)\w|\b(?:inc|corp|co|ltd|jr|sr|st))\.$", re.IGNORECASE)
_PEOPLES = frozenset({"canadian", "american", "greek", "mexican", "japanese", "indian", "australian", "haitian"})


def read_labelled(folder: Path, labelled: LabelledSet, places: Places) -> Iterator[Example]:
    """The rows of a set, each text once.

    Raises:
        SourceError: If the file is missing or a row has no text or a label that the set does not have.
    """
    seen: set[str] = set()
    for number, row in rows(folder / labelled.file):
        text = str(row["text"])
        if text in seen:
            continue
        seen.add(text)
        spans: list[tuple[int, int, str]] = []
        unknown: list[tuple[int, int]] = []
        spans_read = row.get("spans")
        for start, end, said in spans_read if isinstance(spans_read, list) else ():
            label = labelled.labels.get(said)
            if label is None:
                where = place(labelled.file, number)
                raise SourceError(field_message(where, "label", said, f"one of {', '.join(labelled.labels)}"))
            start, end = trimmed(text, start, end)
            if start >= end:
                continue
            name = fold(text[start:end])
            if label == UNKNOWN or name in _PEOPLES:
                unknown.append((start, end))
            else:
                spans.append((start, end, _narrowed(name, label, places)))
        yield Example(text=text, spans=_apart(spans), unknown=tuple(unknown), source=labelled.name)


def read_texts(folder: Path, name: str) -> list[str]:
    """The texts of a set without labels of names, each once, in order.

    Raises:
        SourceError: If a file is missing or a row has no text.
    """
    texts = (str(row["text"]).strip() for file in UNLABELLED[name] for _, row in rows(folder / file))
    return [text for text in dict.fromkeys(texts) if len(text) > 3]


def rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Numbered rows of a JSONL file that have a text.

    Raises:
        SourceError: If the file is missing or a row has no text.
    """
    try:
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be read ({error.strerror}). --data takes the folder that holds the labelled sets."
        ) from error
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise SourceError(
                f"{place(str(path), number)}: not JSON ({error}). Write one JSON object a line."
            ) from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            got = row.get("text") if isinstance(row, dict) else row
            raise SourceError(field_message(place(str(path), number), "text", got, "a string"))
        yield number, row


def kind_of_place(name: str, places: Places) -> str:
    """CITY, COUNTRY or REGION where the gazetteer knows a folded name as one of them before all, else PLACE."""
    senses = [sense for sense in places.lookup(name.removeprefix("the ")) if sense.form != "code"]
    return senses[0].label if senses else "PLACE"


def _narrowed(name: str, label: str, places: Places) -> str:
    return kind_of_place(name, places) if label == "PLACE" else label


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks, marks of hashtags and mentions, a genitive, and an article."""
    while start < end and (text[start].isspace() or text[start] in "#@-"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ".,:;!?"):
        if _ABBREVIATED.search(text, start, end):
            break
        end -= 1
    if text[start : start + 4].lower() == "the " and end - start > 4:
        start += 4
    return start, end


def _apart(spans: list[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)
