"""The comments by which a rule is shown: marked by hand, so that no model is needed to try them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.records import LABELS, POLARITIES

_MARKED = re.compile(r"\[([^\[\]|]+)(?:\|([A-Z]+)(?:=([^\[\]]+))?)?\]")
_KEYS = ("text", "entry", "rank", "finds", "polarity", "others")

# How `components.examples` writes what a layer finds, and how that is said to people.
_FINDS = {
    "claims": (
        re.compile(r"\S.* (?:too_low|too_high|right|unspecified)(?: (?:\d+|\d+-\d+|>\d+))?"),
        '"NAME STANCE" or "NAME STANCE RANKS": a stance too_low, too_high, right or unspecified, ranks 7, 1-5 or >10',
    ),
    "comparisons": (re.compile(r"\S.* [>=] \S.*"), '"NAME > NAME" or "NAME = NAME"'),
    "links": (
        re.compile(r"\S.* (?:headquarters|founded_in|located_in|offices) \S.*"),
        '"COMPANY RELATION CITY": a relation headquarters, founded_in, located_in or offices',
    ),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A comment that a rule must (or must not) fire on.

    Mentions stand in square brackets, a label after a bar where it is no city (``[BMW|COMPANY]``). ``finds``: what must
    come out, as the rule's layer writes it; empty for near-misses. ``others``: listed ranks of other entries.
    """

    text: str
    entry: str | None = None
    rank: int | None = None
    polarity: str = "positive"
    others: Mapping[str, int] | None = None
    finds: tuple[str, ...] = ()

    def plain(self) -> tuple[str, list[dict[str, Any]]]:
        """The text without brackets, and its mentions with offsets."""
        text, mentions, position = "", [], 0
        for match in _MARKED.finditer(self.text):
            text += self.text[position : match.start()]
            mentions.append(
                {
                    "start": len(text),
                    "end": len(text) + len(match[1]),
                    "label": match[2] or "CITY",
                    "name": match[3] or match[1],
                    "id": None,
                    "via": "gazetteer",
                }
            )
            text += match[1]
            position = match.end()
        return text + self.text[position:], mentions


def read_examples(rows: object, layer: str, where: str, field: str) -> tuple[Example, ...]:
    """The examples or near-misses of one rule.

    Args:
        rows: what the file has; None where it has nothing.
        layer: of the rule, which decides how ``finds`` is written.
        where: file and line of the field, for messages.
        field: ``examples``, of which each must say what it finds, or ``near_misses``, which find nothing.

    Raises:
        KnowledgeError: If one is not valid; names the place, which one it is, the field, what was got, what is allowed.
    """
    if rows is None:
        return ()
    if not isinstance(rows, list):
        raise KnowledgeError(field_message(where, field, rows, "a list"))
    return tuple(
        _example(row, layer, where if len(rows) == 1 else f"{where}, number {number}", field)
        for number, row in enumerate(rows, 1)
    )


def _example(row: object, layer: str, where: str, field: str) -> Example:
    if isinstance(row, str):
        row = {"text": row}
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
        raise KnowledgeError(field_message(where, field, row, 'a comment, or a table with "text"'))
    if unknown := row.keys() - set(_KEYS):
        raise KnowledgeError(unknown_keys_message(where, unknown, _KEYS))
    _check_marks(row["text"], where)
    entry = row.get("entry")
    if entry is not None and (not isinstance(entry, str) or not entry.strip()):
        raise KnowledgeError(field_message(where, "entry", entry, "the name of an entry, a string"))
    rank = row.get("rank")
    if rank is not None and not _is_rank(rank):
        raise KnowledgeError(field_message(where, "rank", rank, "a whole number from 1, without quotes"))
    polarity = row.get("polarity", "positive")
    if polarity not in POLARITIES:
        raise KnowledgeError(field_message(where, "polarity", polarity, f"one of {', '.join(POLARITIES)}"))
    others = row.get("others")
    if others is not None and not (isinstance(others, dict) and all(map(_is_rank, others.values()))):
        raise KnowledgeError(field_message(where, "others", others, "a table of ranks, such as { Oslo = 3 }"))
    return Example(row["text"], entry, rank, polarity, others, _finds(row.get("finds"), layer, where, field))


def _is_rank(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _check_marks(text: str, where: str) -> None:
    """Every bracket belongs to a mark, and its label is one that the record has."""
    allowed = f"marked as [Rome], [BMW|COMPANY] or [vw|COMPANY=Volkswagen], a label one of {', '.join(LABELS)}"
    labels = [match[2] for match in _MARKED.finditer(text) if match[2]]
    rest = _MARKED.sub("", text)
    if "[" in rest or "]" in rest or not set(labels) <= set(LABELS):
        raise KnowledgeError(field_message(where, "text", text, allowed))


def _finds(value: object, layer: str, where: str, field: str) -> tuple[str, ...]:
    if field == "near_misses":
        if value is not None:
            raise KnowledgeError(field_message(where, "finds", value, "left out of near_misses, which find nothing"))
        return ()
    form, allowed = _FINDS[layer]
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not found:
        raise KnowledgeError(field_message(where, "finds", value, f"{allowed}, or a list of them"))
    for item in found:
        if not isinstance(item, str) or not form.fullmatch(item):
            raise KnowledgeError(field_message(where, "finds", item, allowed))
    return tuple(found)
