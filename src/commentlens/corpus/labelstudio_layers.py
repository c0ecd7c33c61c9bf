"""The layers of a record from a checked result of Label Studio and the record as it was exported."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from commentlens.corpus.labelstudio_format import LAYERS, region_numbers
from commentlens.corpus.labelstudio_result import Json, Region, Result
from commentlens.errors import RecordError, field_message
from commentlens.record_json import annotated_to_dict
from commentlens.records import LABELS, MOODS, AnnotatedComment, Span

BY_PERSON = "gold"
"""``via`` and ``rule`` of what a person added or changed."""
_SCORES = {"pos": 1.0, "neg": -1.0, "neu": 0.0}
_RANKS = re.compile(r"\s*(\d{1,9})\s*(?:([-–])\s*(\d{1,9})?\s*)?")
T = TypeVar("T")


def layers_of(result: Result, before: AnnotatedComment) -> Json:
    """The layers as `record_json.annotated_from_dict` reads them.

    Args:
        result: what a person left.
        before: the record as it was exported; empty layers where nothing is known.

    Raises:
        RecordError: If a statement lacks what it speaks of, or things contradict each other.
    """
    exported = annotated_to_dict(before)
    names = _Names(result.regions, before, exported)
    return {
        "mentions": [_mention(region, names, exported) for region in _in_order(result.regions, "mentions")],
        "moods": _moods(result, names, before),
        "claims": [_claim(region, names, before, exported) for region in _in_order(result.regions, "claims")],
        "comparisons": [_comparison(region, names, exported) for region in _in_order(result.regions, "comparisons")],
        "links": [_link(region, names, exported) for region in _in_order(result.regions, "links")],
    }


class _Names:
    """What the marked names are called."""

    def __init__(self, regions: Sequence[Region], before: AnnotatedComment, exported: Json) -> None:
        self._text = before.text
        known = [before.entry.name] if before.entry else []
        known += [region.values["name"] for region in regions if region.label in LABELS and "name" in region.values]
        self._usual = {name.casefold(): name for name in reversed(known)}
        self.exported = exported

    def of(self, region: Region) -> str:
        """Its name as it was written, else a name of the comment that reads the same, else its words."""
        words = self._text[slice(*region.span)]
        return region.values.get("name") or self._usual.get(words.casefold(), words)

    def role(self, region: Region, role: str) -> str:
        """The name that a statement speaks of: its relation's, else what stands in the field."""
        mention, written = region.speaks_of.get(role), region.values.get(role)
        if mention is None:
            if written is None:
                raise RecordError(
                    f'{region.where}: {region.label} has no "{role}". Draw a relation "{role}" to a marked name, or '
                    f'write it into the field "{role}".'
                )
            return written
        if written is not None and written.casefold() != self.of(mention).casefold():
            raise RecordError(
                f'{region.where}: "{role}" leads to {self.of(mention)!r}, and its field says {written!r}. Leave one.'
            )
        return self.of(mention)


def _in_order(regions: Sequence[Region], layer: str) -> list[Region]:
    """Exported items in their order, then what was added, in that of the text; mentions all in that of the text."""

    def key(region: Region) -> tuple[Any, ...]:
        numbers = region_numbers(region.id, layer)
        ranked = (numbers is None, numbers or ())
        return (region.span, *ranked) if layer == "mentions" else (*ranked, region.span)

    return sorted((region for region in regions if LAYERS[region.label] == layer), key=key)


def _exported(region: Region, layer: str, exported: Json) -> Mapping[str, Any]:
    """The exported item of a region; empty for one that a person drew."""
    numbers = region_numbers(region.id, layer)
    items: list[Json] = exported[layer]
    return items[numbers[0]] if numbers and numbers[0] < len(items) else {}


def _signed(item: Json, key: str, old: Mapping[str, Any]) -> Json:
    """With ``via`` or ``rule``: the exported one's where nothing else differs."""
    same = all(old.get(name) == value for name, value in item.items())
    return {**item, key: old[key] if same and key in old else BY_PERSON}


def _mention(region: Region, names: _Names, exported: Json) -> Json:
    old = _exported(region, "mentions", exported)
    name, id_ = names.of(region), region.values.get("place_id")
    if old and old["name"] != name and old["id"] == id_:
        id_ = None  # the id of the name that it had
    start, end = region.span
    return _signed({"start": start, "end": end, "label": region.label, "name": name, "id": id_}, "via", old)


def _moods(result: Result, names: _Names, before: AnnotatedComment) -> list[Json]:
    found: dict[str, str] = {}

    def feel(target: str, label: str, at: str) -> None:
        if found.setdefault(target, label) != label:
            raise RecordError(f"{at}: two moods towards {target!r}, {found[target]} and {label}. Leave one.")

    named = set()
    for region in result.regions:
        if region.label in LABELS:
            named.add(names.of(region))
            if "mood" in region.values:
                feel(names.of(region), region.values["mood"], region.where)
    if result.entry_mood is not None:
        if before.entry is None:
            raise RecordError(f'{result.where}: "entry_mood" is set, and the comment stands under no entry. Unset it.')
        feel(before.entry.name, result.entry_mood, result.where)
    for line in result.other_moods:
        target, _, label = line.rpartition(":")
        target, label = target.strip(), label.strip()
        if not target or label not in MOODS:
            raise RecordError(
                field_message(result.where, "other_moods", line, f"name: mood, the mood one of {', '.join(MOODS)}")
            )
        feel(target, label, result.where)
    evidence = _evidence(result, names, found)
    old = {mood.target: mood for mood in before.moods}
    rows = []
    for target in sorted(found, key=[*old, *found].index):
        label, known = found[target], old.get(target)
        same = known is not None and known.label == label
        rows.append(
            {
                "target": target,
                "label": label,
                "score": known.score if known and same else _SCORES[label],
                "implied": known.implied if known and same else target not in named,
                "evidence": evidence.get(target, []),
            }
        )
    return rows


def _evidence(result: Result, names: _Names, moods: Mapping[str, str]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for region in _in_order(result.regions, "moods"):
        target = names.role(region, "target")
        if target not in moods:
            raise RecordError(
                f"{region.where}: MOOD about {target!r}, and no mood is chosen for it. Select its name in the text and "
                'choose one, or write it into "other_moods".'
            )
        found.setdefault(target, []).append(region.span)
    return found


def _claim(region: Region, names: _Names, before: AnnotatedComment, exported: Json) -> Json:
    old = _exported(region, "claims", exported)
    subject, entry = names.role(region, "subject"), before.entry
    if old and old["subject"] == subject:
        listed = old["listed"]
    else:
        listed = entry.rank if entry and entry.name == subject else None
    item = {
        "subject": subject,
        "stance": _chosen(region, "stance"),
        "proposed": _ranks(region, "proposed"),
        "listed": listed,
        "stated": _rank(region, "stated"),
        "span": list(region.span),
    }
    return _signed(item, "rule", old)


def _comparison(region: Region, names: _Names, exported: Json) -> Json:
    item = {
        "better": names.role(region, "better"),
        "worse": names.role(region, "worse"),
        "relation": _chosen(region, "order"),
        "aspect": region.values.get("aspect"),
        "span": list(region.span),
    }
    return _signed(item, "rule", _exported(region, "comparisons", exported))


def _link(region: Region, names: _Names, exported: Json) -> Json:
    item = {
        "company": names.role(region, "company"),
        "city": names.role(region, "city"),
        "relation": region.values.get("relation") or "located_in",
        "span": list(region.span),
    }
    return _signed(item, "rule", _exported(region, "links", exported))


def _chosen(region: Region, name: str) -> str:
    if name not in region.values:
        raise RecordError(f'{region.where}: {region.label} has no "{name}". Select it and choose one.')
    return region.values[name]


def _ranks(region: Region, name: str) -> list[int | None] | None:
    written = region.values.get(name)
    if written is None:
        return None
    match = _RANKS.fullmatch(written)
    if match is None:
        raise RecordError(field_message(region.where, name, written, "a rank (7), ranks (5-10) or an open end (11-)"))
    best = int(match[1])
    if match[2] is None:
        return [best, best]
    return [best, int(match[3]) if match[3] else None]


def _rank(region: Region, name: str) -> int | None:
    written = region.values.get(name)
    if written is None:
        return None
    if not written.strip().isdecimal():
        raise RecordError(field_message(region.where, name, written, "a rank, such as 7"))
    return int(written)
