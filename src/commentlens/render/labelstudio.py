"""Annotated comments as tasks of Label Studio, with what was read as predictions, and the labelling configuration.

A person can correct everything that the record holds: spans, names and ids, moods by target and their evidence, claims,
comparisons and links with what they speak of. `corpus.labelstudio` reads the result; docs/labelling.md tells the loop.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO
from xml.sax.saxutils import quoteattr

from commentlens.corpus.labelstudio_format import (
    CHOICES,
    FIELDS,
    LABEL,
    OTHER_MOODS,
    RECORD,
    ROLES,
    STATEMENTS,
    TEXT,
    region_id,
)
from commentlens.record_json import annotated_to_dict
from commentlens.records import LABELS, AnnotatedComment, RankInterval, Span

MODEL_VERSION = "commentlens"
Json = dict[str, Any]

# Okabe and Ito's colours, which colour-blind people tell apart; each label is written beside its span as well.
_COLOURS = {
    "CITY": "#0072B2",
    "COMPANY": "#E69F00",
    "COUNTRY": "#56B4E9",
    "REGION": "#999999",
    "ENTRY": "#000000",
    "CLAIM": "#D55E00",
    "COMPARISON": "#CC79A7",
    "LINK": "#F0E442",
    "MOOD": "#009E73",
}
_TOLD = {
    "name": "its usual English name, where the words are another one",
    "place_id": "geonames:… where known",
    "subject": "what the claim is about, where it is not marked in the text",
    "proposed": "ranks named: 7, 5-10, or 11- for “out of the top ten”",
    "stated": "the rank that the writer believes it has",
    "better": "the better one, where it is not marked in the text",
    "worse": "the worse one, where it is not marked in the text; * for any other",
    "aspect": "in what, if said",
    "company": "the company, where it is not marked in the text",
    "city": "the city, where it is not marked in the text",
    "relation": "headquarters, founded_in, located_in, offices …",
    "target": "what it is felt about, where it is not marked in the text",
    "other_moods": "moods about anything else, a line each: name: pos",
}


def write_labelstudio(comments: Iterable[AnnotatedComment], file: TextIO) -> int:
    """A JSON list of tasks to import into a project with `labelling_config`; returns how many."""
    file.write("[")
    number = 0
    for number, comment in enumerate(comments, 1):
        file.write((",\n" if number > 1 else "\n") + json.dumps(task_of(comment), ensure_ascii=False))
    file.write("\n]\n")
    return number


def labelling_config() -> str:
    """The labelling interface of the project, XML."""
    lines = [
        "<View>",
        # Without this style Label Studio drops blanks, and the offsets behind them would be wrong.
        "  <Style>.htx-text{ white-space: pre-wrap; }</Style>",
        '  <Header value="$title"/>',
        '  <Header value="$entry"/>',
        f'  <Labels name="{LABEL}" toName="{TEXT}">',
        *(f'    <Label value="{label}" background="{_COLOURS[label]}"/>' for label in (*LABELS, *STATEMENTS)),
        "  </Labels>",
        f'  <Text name="{TEXT}" value="${TEXT}" granularity="symbol" saveTextResult="yes"/>',
        "  <Relations>",
        *(f'    <Relation value="{role}"/>' for roles in ROLES.values() for role in roles),
        "  </Relations>",
    ]
    lines += _shown_for(LABELS, ["name", "place_id"], "mood", "what the comment feels about it")
    for label, choice, told in (
        ("CLAIM", "stance", "where it should stand"),
        ("COMPARISON", "order", "is the first better, or are they equal"),
        ("LINK", None, ""),
        ("MOOD", None, ""),
    ):
        lines += _shown_for((label,), FIELDS[label], choice, told)
    lines += [
        '  <Header value="Mood about the entry, where the text does not name it"/>',
        *_choices("entry_mood", ""),
        _field(OTHER_MOODS, ""),
        "</View>",
    ]
    return "\n".join(lines) + "\n"


def _shown_for(labels: Iterable[str], fields: Iterable[str], choice: str | None, told: str) -> Iterator[str]:
    """The controls that are shown while a region with one of the labels is selected."""
    yield (f'  <View visibleWhen="region-selected" whenTagName="{LABEL}" whenLabelValue="{",".join(labels)}">')
    if choice:
        yield f"    <Header value={quoteattr(told)}/>"
        yield from _choices(choice, ' perRegion="true"')
    for name in fields:
        yield _field(name, ' perRegion="true"')
    yield "  </View>"


def _choices(name: str, more: str) -> Iterator[str]:
    yield f'    <Choices name="{name}" toName="{TEXT}" choice="single" showInline="true"{more}>'
    for value in CHOICES[name]:
        yield f'      <Choice value="{value}"/>'
    yield "    </Choices>"


def _field(name: str, more: str) -> str:
    most = "" if name == OTHER_MOODS else ' maxSubmissions="1"'
    return (
        f'    <TextArea name="{name}" toName="{TEXT}" editable="true" rows="1"{most}{more} '
        f"placeholder={quoteattr(f'{name}: {_TOLD[name]}')}/>"
    )


def task_of(comment: AnnotatedComment) -> Json:
    """One task: the comment under ``data``, what was read in it under ``predictions``."""
    record = annotated_to_dict(comment)
    del record["text"]
    entry = comment.entry
    rank = f"{entry.rank}. " if entry and entry.rank is not None else ""
    return {
        "data": {
            TEXT: comment.text,
            "id": comment.id,
            "title": comment.list or "",
            "entry": f"{rank}{entry.name}" if entry else "",
            RECORD: record,
        },
        "predictions": [{"model_version": MODEL_VERSION, "result": _Result(comment).items()}],
    }


@dataclass(slots=True)
class _Result:
    """The regions, fields and relations of one comment, in the order of the record."""

    comment: AnnotatedComment
    regions: list[Json] = field(default_factory=list)
    relations: list[Json] = field(default_factory=list)

    def items(self) -> list[Json]:
        for number, mention in enumerate(self.comment.mentions):
            id_ = region_id("mentions", number)
            span = (mention.start, mention.end)
            self._mark(id_, span, mention.label)
            self._write(id_, span, "name", mention.name)
            self._write(id_, span, "place_id", mention.id)
        self._moods()
        for number, claim in enumerate(self.comment.claims):
            id_ = region_id("claims", number)
            self._mark(id_, claim.span, "CLAIM")
            self._choose(id_, claim.span, "stance", claim.stance)
            self._speak_of(id_, claim.span, "subject", claim.subject)
            self._write(id_, claim.span, "proposed", _ranks(claim.proposed))
            self._write(id_, claim.span, "stated", None if claim.stated is None else str(claim.stated))
        for number, pair in enumerate(self.comment.comparisons):
            id_ = region_id("comparisons", number)
            self._mark(id_, pair.span, "COMPARISON")
            self._choose(id_, pair.span, "order", pair.relation)
            self._speak_of(id_, pair.span, "better", pair.better)
            self._speak_of(id_, pair.span, "worse", pair.worse)
            self._write(id_, pair.span, "aspect", pair.aspect)
        for number, link in enumerate(self.comment.links):
            id_ = region_id("links", number)
            self._mark(id_, link.span, "LINK")
            self._speak_of(id_, link.span, "company", link.company)
            self._speak_of(id_, link.span, "city", link.city)
            self._write(id_, link.span, "relation", link.relation)
        return [*self.regions, *self.relations]

    def _moods(self) -> None:
        """A mood stands on the first mention of its target, else on the entry, else in words."""
        others: list[str] = []
        for number, mood in enumerate(self.comment.moods):
            named = self._mention_of(mood.target, (0, 0))
            if named is not None:
                mention = self.comment.mentions[named]
                self._choose(region_id("mentions", named), (mention.start, mention.end), "mood", mood.label)
            elif self.comment.entry and self.comment.entry.name == mood.target:
                self._add("entry_mood", None, "entry_mood", "choices", {"choices": [mood.label]})
            else:
                others.append(f"{mood.target}: {mood.label}")
            for nth, span in enumerate(mood.evidence):
                id_ = region_id("moods", number, nth)
                self._mark(id_, span, "MOOD")
                self._speak_of(id_, span, "target", mood.target)
        if others:
            self._add(OTHER_MOODS, None, OTHER_MOODS, "textarea", {"text": others})

    def _mark(self, id_: str, span: Span, label: str) -> None:
        self._add(id_, span, LABEL, "labels", {"text": self.comment.text[slice(*span)], "labels": [label]})

    def _choose(self, id_: str, span: Span, name: str, value: str) -> None:
        self._add(id_, span, name, "choices", {"choices": [value]})

    def _write(self, id_: str, span: Span, name: str, value: str | None) -> None:
        if value is not None:
            self._add(id_, span, name, "textarea", {"text": [value]})

    def _speak_of(self, id_: str, span: Span, role: str, name: str) -> None:
        """A relation to the mention of that name which stands nearest, else the name in the field of the role."""
        named = self._mention_of(name, span)
        if named is None:
            self._write(id_, span, role, name)
        else:
            to = region_id("mentions", named)
            self.relations.append(
                {"type": "relation", "from_id": id_, "to_id": to, "direction": "right", "labels": [role]}
            )

    def _mention_of(self, name: str, span: Span) -> int | None:
        start, end = span
        found = [
            (max(start - mention.end, mention.start - end, 0), number)
            for number, mention in enumerate(self.comment.mentions)
            if mention.name == name
        ]
        return min(found)[1] if found else None

    def _add(self, id_: str, span: Span | None, name: str, type_: str, value: Json) -> None:
        where: Json = {"start": span[0], "end": span[1]} if span else {}
        self.regions.append({"id": id_, "from_name": name, "to_name": TEXT, "type": type_, "value": {**where, **value}})


def _ranks(proposed: RankInterval | None) -> str | None:
    if proposed is None:
        return None
    best, worst = proposed
    return str(best) if best == worst else f"{best}-{'' if worst is None else worst}"
