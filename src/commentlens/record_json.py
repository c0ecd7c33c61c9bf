"""Records in and out of JSON, and the JSON Schema that describes them.

One annotated comment is one object (`annotated_to_dict`); reading it back (`annotated_from_dict`) checks every key and
says where it went wrong. Older gold files with fewer keys are read too: what is absent is empty or null, and an absent
span is the whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from commentlens.errors import RecordError, field_message
from commentlens.records import (
    LABELS,
    MOODS,
    SCHEMA,
    STANCES,
    AnnotatedComment,
    Claim,
    Comparison,
    Entry,
    Label,
    Link,
    Mention,
    Mood,
    MoodLabel,
    RankInterval,
    Span,
    Stance,
)

Json = dict[str, Any]


def entry_to_dict(entry: Entry) -> Json:
    """``{"name", "rank"}``, with ``"within"`` between them where the entry has one; the blurb stays with its list."""
    within = {"within": entry.within} if entry.within is not None else {}
    return {"name": entry.name, **within, "rank": entry.rank}


def annotated_to_dict(comment: AnnotatedComment) -> Json:
    """The documented record, keys in documented order, ready for ``json.dumps``."""
    return {
        "schema": SCHEMA,
        "id": comment.id,
        "list": comment.list,
        "entry": entry_to_dict(comment.entry) if comment.entry else None,
        "author": comment.author,
        "created": comment.created,
        "likes": comment.likes,
        "text": comment.text,
        "raw": comment.raw,
        "mentions": [
            {"start": m.start, "end": m.end, "text": m.text, "label": m.label, "name": m.name, "id": m.id, "via": m.via}
            for m in comment.mentions
        ],
        "moods": [
            {
                "target": m.target,
                "label": m.label,
                "score": m.score,
                "implied": m.implied,
                "evidence": [list(span) for span in m.evidence],
            }
            for m in comment.moods
        ],
        "claims": [
            {
                "subject": c.subject,
                "stance": c.stance,
                "proposed": list(c.proposed) if c.proposed else None,
                "listed": c.listed,
                "stated": c.stated,
                "span": list(c.span),
                "rule": c.rule,
            }
            for c in comment.claims
        ],
        "comparisons": [
            {
                "better": c.better,
                "worse": c.worse,
                "relation": c.relation,
                "aspect": c.aspect,
                "span": list(c.span),
                "rule": c.rule,
            }
            for c in comment.comparisons
        ],
        "links": [
            {
                "company": link.company,
                "city": link.city,
                "relation": link.relation,
                "span": list(link.span),
                "rule": link.rule,
            }
            for link in comment.links
        ],
    }


def annotated_from_dict(row: object, where: str) -> AnnotatedComment:
    """Read one record.

    Args:
        row: what ``json.loads`` gave.
        where: the place for messages, as `errors.place` writes it.

    Raises:
        RecordError: If the row is not an object or a key has the wrong shape; names the place, the key, what was got
            and what is allowed.
    """
    data = _object(row, where, "record")
    text = _string(data, "text", where)

    def layer(name: str, read: Callable[[Json, str], Any]) -> tuple[Any, ...]:
        items = data.get(name) or []
        if not isinstance(items, list):
            raise RecordError(field_message(where, name, items, "a list"))
        return tuple(
            read(_object(item, where, f"{name}[{i}]"), f"{where}, {name}[{i}]") for i, item in enumerate(items)
        )

    def mention(item: Json, at: str) -> Mention:
        start, end = _span([item.get("start"), item.get("end")], "start, end", at, text)
        return Mention(
            start=start,
            end=end,
            text=text[start:end],
            label=cast(Label, _choice(item, "label", LABELS, at)),
            name=_string(item, "name", at),
            id=_optional_string(item, "id", at),
            via=_optional_string(item, "via", at) or "gold",
        )

    def mood(item: Json, at: str) -> Mood:
        label = cast(MoodLabel, _choice(item, "label", MOODS, at))
        score = item.get("score", {"pos": 1.0, "neg": -1.0, "neu": 0.0}[label])
        if isinstance(score, bool) or not isinstance(score, int | float) or not -1 <= score <= 1:
            raise RecordError(field_message(at, "score", score, "a number from -1 to 1"))
        return Mood(
            target=_string(item, "target", at),
            label=label,
            score=float(score),
            implied=bool(item.get("implied", False)),
            evidence=tuple(_span(span, "evidence", at, text) for span in item.get("evidence") or []),
        )

    def claim(item: Json, at: str) -> Claim:
        return Claim(
            subject=_string(item, "subject", at),
            stance=cast(Stance, _choice(item, "stance", STANCES, at)),
            proposed=_interval(item.get("proposed"), at),
            listed=_optional_whole(item, "listed", at),
            stated=_optional_whole(item, "stated", at),
            span=_span_or_all(item, at, text),
            rule=_optional_string(item, "rule", at) or "gold",
        )

    def comparison(item: Json, at: str) -> Comparison:
        return Comparison(
            better=_string(item, "better", at),
            worse=_string(item, "worse", at),
            relation=cast(Any, _choice(item, "relation", ("better", "equal"), at)),
            aspect=_optional_string(item, "aspect", at),
            span=_span_or_all(item, at, text),
            rule=_optional_string(item, "rule", at) or "gold",
        )

    def link(item: Json, at: str) -> Link:
        return Link(
            company=_string(item, "company", at),
            city=_string(item, "city", at),
            relation=_string(item, "relation", at),
            span=_span_or_all(item, at, text),
            rule=_optional_string(item, "rule", at) or "gold",
        )

    schema = data.get("schema", SCHEMA)
    if schema != SCHEMA:
        raise RecordError(field_message(where, "schema", schema, f'"{SCHEMA}"', "Annotate the source again."))
    return AnnotatedComment(
        id=_string(data, "id", where),
        text=text,
        raw=_optional_string(data, "raw", where),
        list=_optional_string(data, "list", where),
        entry=entry_from_dict(data["entry"], where) if data.get("entry") else None,
        author=_optional_string(data, "author", where),
        created=_optional_string(data, "created", where),
        likes=_optional_whole(data, "likes", where),
        mentions=layer("mentions", mention),
        moods=layer("moods", mood),
        claims=layer("claims", claim),
        comparisons=layer("comparisons", comparison),
        links=layer("links", link),
    )


def entry_from_dict(value: object, where: str) -> Entry:
    """Read an entry; raises `RecordError` like `annotated_from_dict`."""
    data = _object(value, where, "entry")
    return Entry(
        name=_string(data, "name", where),
        within=_optional_string(data, "within", where),
        rank=_optional_whole(data, "rank", where),
        blurb=_optional_string(data, "blurb", where),
    )


def _object(value: object, where: str, what: str) -> Json:
    if not isinstance(value, Mapping):
        raise RecordError(field_message(where, what, value, "a JSON object"))
    return dict(value)


def _string(data: Json, key: str, where: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise RecordError(field_message(where, key, value, "a string"))
    return value


def _optional_string(data: Json, key: str, where: str) -> str | None:
    return None if data.get(key) is None else _string(data, key, where)


def _optional_whole(data: Json, key: str, where: str) -> int | None:
    value = data.get(key)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise RecordError(field_message(where, key, value, "a whole number or null"))
    return value


def _choice(data: Json, key: str, allowed: Sequence[str], where: str) -> str:
    value = data.get(key)
    if value not in allowed:
        raise RecordError(field_message(where, key, value, f"one of {', '.join(allowed)}"))
    return cast(str, value)


def _span(value: object, key: str, where: str, text: str) -> Span:
    if (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(isinstance(n, int) and not isinstance(n, bool) for n in value)
        and 0 <= value[0] < value[1] <= len(text)
    ):
        return (value[0], value[1])
    raise RecordError(field_message(where, key, value, f"[start, end] with 0 <= start < end <= {len(text)}"))


def _span_or_all(data: Json, where: str, text: str) -> Span:
    """The key ``span``; the whole text where the key is absent, as in gold files that do not say where."""
    return _span(data.get("span", [0, len(text)]), "span", where, text)


def _interval(value: object, where: str) -> RankInterval | None:
    if value is None:
        return None
    if isinstance(value, list | tuple) and len(value) == 2:
        best, worst = value
        whole = [n for n in (best, worst) if n is not None]
        numbers = all(isinstance(n, int) and not isinstance(n, bool) for n in whole) and isinstance(best, int)
        if numbers and 1 <= best <= (best if worst is None else worst):
            return (best, cast("int | None", worst))
    raise RecordError(
        field_message(
            where,
            "proposed",
            value,
            "null or [best, worst] with whole numbers from 1, best <= worst, worst null if open",
        )
    )
