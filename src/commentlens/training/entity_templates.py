"""Sentences that are made from templates and names, with what each name is: training text that nobody had to label.

The templates are in ``data/entity_templates.toml``, whose head says how they are written. The same count and seed give
the same examples.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import random
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from commentlens.components.name_tags import LABELS
from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.knowledge.datafile import DataFile, read_data_file
from commentlens.training.entity_examples import Example, Span
from commentlens.training.entity_names import ARTICLE, EntityNames

SOURCE = "templates"
#: What may follow the last city with a comma: its country, or its state in the countries that are named by states.
AREA = "area"
# How much of what follows a sentence has no names.
_FILLED = 0.4
# Between sentences of which the first one has no full stop.
_JOINTS = (". ", ". ", ", ", " ", " - ", "\n", "... ", "! ")
_TOKENS = re.compile(r"\{(?P<slot>\w+)(?P<bare>-?)(?:=(?P<label>[A-Z]*))?\}|<(?P<open>[A-Z]+) |(?P<mark>[\[\]|>])")
_VOWEL = re.compile(r"[aeioAEIO]|[uU](?!ni|s|k|ni|S|K|N|A|C|P)|[FHLMNRSX][A-Z.]{1,4}\b")
_A = re.compile(r"(?:^|\s)[aA] $")
_BEGINS = re.compile(r"(?:^|[.!?:\n]\s+|[\"(]|- )$")
# Where one of these stands before a name, its article is left out: "the {org}", "a {org} official".
_DETERMINERS = re.compile(r"\b(?:the|a|an|my|our|your|his|her|their|this|that|these|local|new|old|former) $", re.I)


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str
    bare: bool
    label: str | None


@dataclass(frozen=True, slots=True)
class _Choice:
    ways: tuple[tuple[_Part, ...], ...]


@dataclass(frozen=True, slots=True)
class _Whole:
    label: str
    parts: tuple[_Part, ...]


_Part = str | _Slot | _Choice | _Whole


@dataclass(frozen=True, slots=True)
class Group:
    """Templates in one voice. ``share``: how often one is taken; ``joined``: how often one more follows it.

    ``filler``: its sentences may follow those of other groups too.
    """

    name: str
    share: float
    joined: float
    filler: bool
    templates: tuple[tuple[_Part, ...], ...]


class Templates:
    """All templates; made by `load`."""

    def __init__(self, groups: Sequence[Group], names: EntityNames) -> None:
        """Put groups and names together."""
        self.groups = tuple(groups)
        self._names = names
        self._until = list(itertools.accumulate(group.share for group in groups))
        self._fillers = tuple(group for group in groups if group.filler)

    @classmethod
    def load(cls, path: Path | None = None) -> Templates:
        """Those of the data file, or of the one at ``path``.

        Raises:
            KnowledgeError: If the file is not valid; names file, line, field and template.
        """
        return _load(path)

    def __len__(self) -> int:
        return sum(len(group.templates) for group in self.groups)

    def example(self, rng: random.Random) -> Example:
        """One example, of a group drawn by its share."""
        at = bisect.bisect(self._until, rng.random() * self._until[-1])
        return self.of_group(self.groups[min(at, len(self.groups) - 1)], rng)

    def of_group(self, group: Group, rng: random.Random) -> Example:
        """One example of a group."""
        writer = _Writer(self._names, rng)
        if self._fillers and rng.random() < group.joined * _FILLED:
            writer.write(rng.choice(rng.choice(self._fillers).templates))
            writer.join()
        writer.write(rng.choice(group.templates))
        while rng.random() < group.joined:
            other = rng.choice(self._fillers) if self._fillers and rng.random() < _FILLED else group
            writer.join()
            writer.write(rng.choice(other.templates))
        return writer.done()


def make_examples(count: int, seed: int) -> Iterator[Example]:
    """Examples from the shipped templates and names, each as a careful writer would type it (`entity_noise` is next).

    Args:
        count: how many.
        seed: the same one gives the same examples, and the first ones of a larger count.
    """
    rng = random.Random(seed)
    templates = Templates.load()
    for _ in range(count):
        yield templates.example(rng)


@dataclass(slots=True)
class _Writer:
    """Writes one example; knows where it is, and which city came last."""

    names: EntityNames
    rng: random.Random
    written: str = ""
    spans: list[Span] = field(default_factory=list)
    area: tuple[str, str] | None = None

    def write(self, parts: Sequence[_Part]) -> None:
        for part in parts:
            if isinstance(part, str):
                self.text(part)
            elif isinstance(part, _Slot):
                self._name(part)
            elif isinstance(part, _Choice):
                self.write(self.rng.choice(part.ways))
            else:
                start = len(self.written)
                self.write(part.parts)
                # The whole is the name; what is in it is no name of its own.
                self.spans = [span for span in self.spans if span[0] < start]
                self._span(start, part.label)

    def text(self, text: str) -> None:
        # "at Velnora Inc." at the end of a sentence: one full stop.
        if self.written.endswith(".") and text.startswith(".") and not text.startswith(".."):
            text = text[1:]
        # What was left out leaves no blank before a mark, and no two.
        if text.startswith((".", ",", "!", "?", " ", "\n")) and self.written.endswith(" "):
            self.written = self.written[:-1]
        elif text.startswith(" ") and self.written.endswith("\n"):
            text = text[1:]
        self.written += text

    def join(self) -> None:
        """What stands between two sentences."""
        ended = self.written.endswith((".", "!", "?", ")", "…"))
        self.text(" " if ended else self.rng.choice(_JOINTS))

    def done(self) -> Example:
        text = self.written.rstrip()
        return Example(text=text, spans=tuple(self.spans), source=SOURCE)

    def _name(self, slot: _Slot) -> None:
        if slot.name == AREA:
            text, label = self.area or ("", "")
            if not text:
                picked = self.names.pick("country", self.rng)
                text, label = picked.text, picked.label
        else:
            picked = self.names.pick(slot.name, self.rng)
            text, label = picked.text, picked.label
            if label == "CITY":
                self.area = picked.area
        label = label if slot.label is None else slot.label
        if slot.bare or _DETERMINERS.search(self.written[-8:]):
            text = text[len(ARTICLE) :] if text.startswith((ARTICLE, ARTICLE.title())) else text
        elif text.startswith(ARTICLE):
            self.text("The " if _BEGINS.search(self.written[-4:]) else ARTICLE)
            text = text.removeprefix(ARTICLE)
        if _A.search(self.written[-3:]) and _VOWEL.match(text):
            self.written = f"{self.written[:-1]}n "
        start = len(self.written)
        self.text(text)
        if label:
            self._span(start, label)

    def _span(self, start: int, label: str) -> None:
        name = self.written[start:]
        if label and name.startswith((ARTICLE, ARTICLE.title())):
            start += len(ARTICLE)
        self.spans.append((start, len(self.written), label))


def parse(template: str, slots: Collection[str]) -> tuple[_Part, ...]:
    """A template in parts.

    Args:
        template: as the data file has it.
        slots: names of the slots that there are.

    Raises:
        ValueError: If it is not well formed or has an unknown slot or label; the message is for the end of a sentence.
    """
    parts, end = _parse(template, 0, "", slots)
    if end != len(template):
        raise ValueError(f"free of a lone {template[end]!r} (character {end + 1})")
    return parts


def _parse(template: str, at: int, until: str, slots: Collection[str]) -> tuple[tuple[_Part, ...], int]:
    parts: list[_Part] = []
    while match := _TOKENS.search(template, at):
        if match.start() > at:
            parts.append(template[at : match.start()])
        mark = match["mark"]
        if match["slot"]:
            name, label = match["slot"], match["label"]
            if name not in slots and name != AREA:
                raise ValueError(f"free of unknown slots, not {{{name}}}; slots: {', '.join(sorted(slots))}")
            if label and label not in LABELS:
                raise ValueError(f"written with labels among {', '.join(LABELS)}, not {label}")
            parts.append(_Slot(name, bool(match["bare"]), label))
            at = match.end()
        elif match["open"]:
            if match["open"] not in LABELS:
                raise ValueError(f"written with labels among {', '.join(LABELS)}, not {match['open']}")
            inside, at = _parse(template, match.end(), ">", slots)
            # "University of Glasgow", not "University of Glasga".
            inside = tuple(
                replace(part, name="plaincity") if part == _Slot("city", False, None) else part for part in inside
            )
            if template[at : at + 1] != ">":
                raise ValueError(f"closed with > after <{match['open']}")
            parts.append(_Whole(match["open"], inside))
            at += 1
        elif mark == "[":
            ways = []
            at = match.end()
            while True:
                way, at = _parse(template, at, "|]", slots)
                ways.append(way)
                if template[at : at + 1] != "|":
                    break
                at += 1
            if template[at : at + 1] != "]":
                raise ValueError("closed with ] after [")
            parts.append(_Choice(tuple(ways)))
            at += 1
        elif mark in until:
            return tuple(parts), match.start()
        elif mark == ">":
            # An arrow or a quote: only after "<LABEL " does it close anything.
            parts.append(mark)
            at = match.end()
        else:
            return tuple(parts), match.start()
    if at < len(template):
        parts.append(template[at:])
    return tuple(parts), len(template)


@functools.cache
def _load(path: Path | None) -> Templates:
    source = path or Path(str(files("commentlens.training").joinpath("data", "entity_templates.toml")))
    file = read_data_file(source)
    if unknown := file.data.keys() - {"group"}:
        raise KnowledgeError(unknown_keys_message(source.name, unknown, ("group",)))
    names = EntityNames.load()
    groups = [_group(file, number, row, names.known) for number, row in enumerate(file.data.get("group", []))]
    if not groups:
        raise KnowledgeError(field_message(source.name, "group", [], "at least one [[group]]"))
    return Templates(groups, names)


def _group(file: DataFile, number: int, row: Mapping[str, Any], slots: Collection[str]) -> Group:
    where = file.where("group", number)
    allowed = ("name", "share", "joined", "templates", "filler")
    if unknown := row.keys() - set(allowed):
        raise KnowledgeError(unknown_keys_message(where, unknown, allowed))
    name, share, joined, templates, filler = (row.get(key) for key in allowed)
    if not isinstance(name, str) or not name:
        raise KnowledgeError(field_message(where, "name", name, "a string that is not empty"))
    if not isinstance(share, int | float) or share <= 0:
        raise KnowledgeError(field_message(where, "share", share, "a number above 0"))
    if not isinstance(joined, int | float) or not 0 <= joined < 1:
        raise KnowledgeError(field_message(where, "joined", joined, "a number from 0 to below 1"))
    if not isinstance(templates, str) or not templates.strip():
        raise KnowledgeError(field_message(where, "templates", templates, "templates, one a line"))
    if filler not in (None, True, False):
        raise KnowledgeError(field_message(where, "filler", filler, "true or false"))
    parsed = []
    for template in filter(None, map(str.strip, templates.splitlines())):
        try:
            parsed.append(parse(template.replace("\\n", "\n"), slots))
        except ValueError as error:
            raise KnowledgeError(field_message(where, "templates", template, str(error))) from error
    return Group(name, share, joined, bool(filler), tuple(parsed))
