"""Rows with marked names, for bench/entities.py: what their labels count as, how spans are compared and scored."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from commentlens.errors import RecordError, SourceError, field_message, place

PLACES, ORGANISATIONS = "places", "organisations"
KINDS = (PLACES, ORGANISATIONS)
# What is counted, in each scheme that has been seen. Case does not matter.
LABELS: dict[str, tuple[str, ...]] = {
    PLACES: (
        *("CITY", "COUNTRY", "REGION"),  # ours
        *("GPE", "LOC", "FAC"),  # OntoNotes, as in spaCy's pipelines; CoNLL and Universal NER say LOC
        *("location", "geo-loc", "facility"),  # WNUT
        *("City/town", "State", "County", "Island", "District", "Neighborhood", "Continent", "Road/street"),  # IDRISI
        *("Human-made Point-of-Interest", "Natural Point-of-Interest", "Other locations"),
    ),
    ORGANISATIONS: ("COMPANY", "ORG", "organization", "organisation", "corporation", "group"),
}
# Known, and neither of the two.
NEITHER: tuple[str, ...] = (
    *("PER", "PERSON", "MISC", "OTHER", "ENTRY", "product", "creative-work", "NORP", "EVENT", "WORK_OF_ART", "LAW"),
    *("LANGUAGE", "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"),
)
_KIND_OF = {label.casefold(): kind for kind, labels in LABELS.items() for label in labels}
_NEITHER = frozenset(label.casefold() for label in NEITHER)
# What one scheme takes into a name and another leaves out: "the", the sign of a hashtag, the 's of possession. Tweets
# come cut into words ("# Oslo", "Oslo ' s").
_BEFORE = re.compile(r"(?:[@#]+\s*|the\s+)+", re.IGNORECASE)
_AFTER = re.compile(r"\s*['’`´]\s*s?\s*$", re.IGNORECASE)

# First character, end (exclusive), kind.
Name = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One text and the places and organisations in it; offsets are characters of the text."""

    text: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class DataSet:
    """The rows of one file, and how many names of labels that nobody here knows were left out."""

    name: str
    rows: tuple[Row, ...]
    unknown: Mapping[str, int]

    def lower(self) -> DataSet:
        """The same rows in lower case; offsets stay right."""
        return DataSet(self.name, tuple(Row(lower(row.text), row.names) for row in self.rows), self.unknown)


@dataclass(frozen=True, slots=True)
class Share:
    """Precision, recall and F1, from 0 to 1, and what they come from."""

    p: float
    r: float
    f1: float
    tp: int
    fp: int
    fn: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One kind's shares: spans compared without what schemes disagree about, and to the letter."""

    normalised: Share
    strict: Share


def kind_of(label: str) -> str | None:
    """What a label counts as; None for one that is neither places nor organisations.

    Raises:
        KeyError: If no known scheme has it.
    """
    folded = label.strip().casefold()
    if folded in _NEITHER:
        return None
    return _KIND_OF[folded]


def lower(text: str) -> str:
    """The text in lower case, a character at a time and only where that gives one character: offsets stay right."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def read_rows(path: Path) -> DataSet:
    """Read a file of rows, a JSON object a line: ``{"text": …, "spans": [[start, end, label], …]}``, other keys free.

    Raises:
        SourceError: If the file cannot be read or holds no row.
        RecordError: If a row has another shape; names file, line, field, what was got and what is allowed.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read ({error}). Give --data a JSONL file in UTF-8.") from error
    unknown: Counter[str] = Counter()
    rows = [_row(line, place(path, number), unknown) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise SourceError(f'{path}: holds no row. A row is {{"text": …, "spans": [[start, end, label], …]}}.')
    name = f"{path.parent.name}/{path.stem}" if path.stem in ("train", "dev", "test") else path.stem
    return DataSet(name, tuple(rows), dict(unknown))


def _row(line: str, where: str, unknown: Counter[str]) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise RecordError(f"{where}: is no JSON ({error.msg}). A row is one JSON object on one line.") from error
    if not isinstance(row, dict):
        raise RecordError(field_message(where, "row", row, "a JSON object"))
    text, spans = row.get("text"), row.get("spans")
    if not isinstance(text, str):
        raise RecordError(field_message(where, "text", text, "a string"))
    if not isinstance(spans, list):
        raise RecordError(field_message(where, "spans", spans, "a list of [start, end, label]"))
    names = []
    for number, span in enumerate(spans):
        if not _is_span(span, len(text)):
            allowed = f"[start, end, label] with 0 <= start < end <= {len(text)} and label a string"
            raise RecordError(field_message(where, f"spans[{number}]", span, allowed))
        start, end, label = span
        try:
            kind = kind_of(label)
        except KeyError:
            unknown[label] += 1
            continue
        if kind is not None:
            names.append((start, end, kind))
    return Row(text, tuple(names))


def _is_span(span: object, length: int) -> bool:
    if not isinstance(span, list) or len(span) != 3 or not isinstance(span[2], str):
        return False
    start, end = span[:2]
    return type(start) is int and type(end) is int and 0 <= start < end <= length


def trimmed(text: str, name: Name) -> Name:
    """A name without "the", @ or # before it and 's after it; as it was where nothing else would be left."""
    start, end, kind = name
    if before := _BEFORE.match(text, start, end):
        start = before.end()
    # A regex with $ and an end position: the end of the name counts as the end of the text.
    if after := _AFTER.search(text, start, end):
        end = after.start()
    return (start, end, kind) if text[start:end].strip() else name


def score(rows: Sequence[Row], found: Iterable[Sequence[Name]]) -> dict[str, Figures]:
    """Figures of each kind over all rows: a name is right if both ends and the kind are.

    Args:
        rows: the texts and what they hold.
        found: what a system found in each, in the same order.
    """
    counts: dict[tuple[str, bool], list[int]] = {
        (kind, strict): [0, 0, 0] for kind in KINDS for strict in (True, False)
    }
    for row, names in zip(rows, found, strict=True):
        for strict in (True, False):
            wanted, got = (
                set(side) if strict else {trimmed(row.text, name) for name in side} for side in (row.names, names)
            )
            for kind in KINDS:
                count = counts[kind, strict]
                count[0] += sum(name[2] == kind for name in wanted & got)
                count[1] += sum(name[2] == kind for name in got - wanted)
                count[2] += sum(name[2] == kind for name in wanted - got)
    return {kind: Figures(*(_share(*counts[kind, strict]) for strict in (False, True))) for kind in KINDS}


def _share(tp: int, fp: int, fn: int) -> Share:
    precision, recall = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    f1 = 2 * tp / max(2 * tp + fp + fn, 1)
    return Share(round(precision, 4), round(recall, 4), round(f1, 4), tp, fp, fn)
