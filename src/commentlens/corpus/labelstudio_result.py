"""The ``result`` of one annotation or prediction of Label Studio, checked: regions with their fields, and relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from commentlens.corpus.labelstudio_format import CHOICES, FIELDS, LABEL, LAYERS, OTHER_MOODS, ROLES
from commentlens.errors import RecordError, field_message
from commentlens.records import Span

Json = dict[str, Any]
_FIELDS = frozenset(name for names in FIELDS.values() for name in names) | {OTHER_MOODS}
_OF_TASK = frozenset({"entry_mood", OTHER_MOODS})


@dataclass(slots=True)
class Region:
    """A marked span.

    Attributes:
        id: Label Studio's.
        label: a key of `LAYERS`.
        span: characters of the text.
        where: the place for messages.
        values: choice or text, by control.
        speaks_of: the mentions that relations lead to, by role.
    """

    id: str
    label: str
    span: Span
    where: str
    values: dict[str, str] = field(default_factory=dict)
    speaks_of: dict[str, Region] = field(default_factory=dict)


@dataclass(slots=True)
class Result:
    """All regions in the order of the file, the mood about the unnamed entry, and lines of other moods."""

    where: str
    regions: list[Region]
    entry_mood: str | None = None
    other_moods: tuple[str, ...] = ()


def read_result(items: object, text: str, where: str) -> Result:
    """Read a ``result``; controls that are not ours are passed over.

    Args:
        items: the list as JSON gave it.
        text: the task's text.
        where: the place for messages.

    Raises:
        RecordError: If it is not as `labelstudio_format` says.
    """
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise RecordError(field_message(where, "result", items, "a list of objects"))
    regions: dict[str, Region] = {}
    for item in items:
        if item.get("from_name") == LABEL:
            region = _region(item, text, where)
            if region.id in regions:
                raise RecordError(f"{region.where}: marked twice. Give each region one label.")
            regions[region.id] = region
    result = Result(where, list(regions.values()))
    for item in items:
        name = item.get("from_name")
        if item.get("type") == "relation":
            _relate(item, regions, where)
        elif name in _OF_TASK:
            _of_task(item, str(name), result)
        elif name in CHOICES or name in _FIELDS:
            id_ = str(item.get("id"))
            if id_ not in regions:
                raise RecordError(f'{where}, region {id_}: has "{name}" and no label. Mark it again, with a label.')
            values = _values(item, str(name), regions[id_].where)
            if len(values) > 1:
                raise RecordError(field_message(regions[id_].where, str(name), values, "one value"))
            if values:
                regions[id_].values[str(name)] = values[0]
    return result


def _region(item: Mapping[str, Any], text: str, where: str) -> Region:
    at = f"{where}, region {item.get('id')}"
    value = item.get("value")
    if not isinstance(item.get("id"), str) or not isinstance(value, Mapping):
        raise RecordError(field_message(at, "id, value", [item.get("id"), value], "a string and an object"))
    labels = value.get("labels")
    if not isinstance(labels, list) or len(labels) != 1 or labels[0] not in LAYERS:
        raise RecordError(field_message(at, "labels", labels, f"one of {', '.join(LAYERS)}"))
    return Region(item["id"], labels[0], _span(value, text, at), at)


def _span(value: Mapping[str, Any], text: str, at: str) -> Span:
    """Start and end in characters; where the marked words show that UTF-16 units were counted, converted."""
    start, end = value.get("start"), value.get("end")
    whole = all(isinstance(number, int) and not isinstance(number, bool) for number in (start, end))
    units = len(text.encode("utf-16-le")) // 2
    if not whole or not 0 <= int(start or 0) < int(end or 0) <= units:
        raise RecordError(
            field_message(at, "start, end", [start, end], f"offsets in its text, 0 <= start < end <= {len(text)}")
        )
    span = (int(start or 0), int(end or 0))
    said = value.get("text")
    if not isinstance(said, str) or (span[1] <= len(text) and _plain(text[slice(*span)]) == _plain(said)):
        if span[1] > len(text):
            raise RecordError(field_message(at, "end", end, f"at most {len(text)}"))
        return span
    older = _from_utf16(span, text)
    if older is not None and _plain(text[slice(*older)]) == _plain(said):
        return older
    raise RecordError(
        f"{at}: marks {said!r}, but characters {span[0]} to {span[1]} of the text are {text[slice(*span)]!r}. "
        "Was the text changed after the export? Export it again."
    )


def _plain(words: str) -> str:
    # Label Studio writes a line break in the words of a region as a backslash and an n.
    return " ".join(words.replace("\\n", "\n").split())


def _from_utf16(span: Span, text: str) -> Span | None:
    units = text.encode("utf-16-le")
    try:
        start, end = (len(units[: 2 * offset].decode("utf-16-le")) for offset in span)
    except UnicodeDecodeError:  # inside a pair of surrogates
        return None
    return start, end


def _values(item: Mapping[str, Any], name: str, at: str) -> list[str]:
    value = item.get("value")
    key = "choices" if name in CHOICES else "text"
    given = value.get(key) if isinstance(value, Mapping) else None
    values = [given] if isinstance(given, str) else given
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise RecordError(field_message(at, name, given, "a list of strings"))
    if name in CHOICES:
        for one in values:
            if one not in CHOICES[name]:
                raise RecordError(field_message(at, name, one, f"one of {', '.join(CHOICES[name])}"))
        return values
    return [one for one in values if one.strip()]


def _of_task(item: Mapping[str, Any], name: str, result: Result) -> None:
    values = _values(item, name, result.where)
    if name == OTHER_MOODS:
        result.other_moods += tuple(line for value in values for line in value.splitlines() if line.strip())
    elif len(values) > 1:
        raise RecordError(field_message(result.where, name, values, "one value"))
    elif values:
        result.entry_mood = values[0]


def _relate(item: Mapping[str, Any], regions: Mapping[str, Region], where: str) -> None:
    """Note on a statement which mention it speaks of; whichever way the relation was drawn."""
    ends = [regions.get(str(item.get(key))) for key in ("from_id", "to_id")]
    at = f"{where}, relation {item.get('from_id')} → {item.get('to_id')}"
    one, other = ends
    if one is None or other is None:
        raise RecordError(f"{at}: leads to no marked region. Draw it between two regions with labels.")
    statement, mention = (one, other) if one.label in ROLES else (other, one)
    if statement.label not in ROLES or mention.label in ROLES:
        raise RecordError(
            f"{at}: goes from {one.label} to {other.label}; a relation goes from {', '.join(ROLES)} to a name."
        )
    roles = ROLES[statement.label]
    labels = item.get("labels") or []
    role = labels[0] if isinstance(labels, list) and len(labels) == 1 else None
    if not labels:  # drawn without a label: clear where there is one role, or one that fits the name
        fitting = [name for name in roles if name == mention.label.lower()]
        role = roles[0] if len(roles) == 1 else fitting[0] if len(fitting) == 1 else None
    if role not in roles:
        raise RecordError(field_message(at, "labels", labels, f"one of {', '.join(roles)}"))
    if statement.speaks_of.setdefault(role, mention) is not mention:
        raise RecordError(f"{statement.where}: two relations {role}. Leave one.")
