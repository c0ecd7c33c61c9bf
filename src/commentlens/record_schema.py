"""The JSON Schema (draft 2020-12) of the record, one annotated comment: `record_json` in words that tools can check."""

from __future__ import annotations

from typing import Any

from commentlens.records import LABELS, MOODS, SCHEMA, STANCES

Schema = dict[str, Any]


def record_schema() -> Schema:
    """A new copy of the schema. Every key is required and no other is allowed, as `record_json` writes them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:commentlens:record:{SCHEMA.rpartition('/')[2]}",
        "title": "commentlens record",
        "description": (
            "One comment with everything that was read in it. Offsets are characters of text, end exclusive; "
            "a rank interval is [best, worst], inclusive, worst null where the end is open."
        ),
        **_object(
            schema={"const": SCHEMA},
            id=_string("stable id of the comment: the source's own, else made from list and order"),
            list=_nullable_string("title of the list; null without one"),
            entry={
                "description": "the entry it stands under; null under none",
                "oneOf": [{"type": "null"}, {"$ref": "#/$defs/entry"}],
            },
            author=_nullable_string("author as the source names them"),
            created=_nullable_string("when it was written, as the source says it"),
            likes={"type": ["integer", "null"], "description": "likes or score"},
            text=_string("the text, mojibake and HTML entities repaired; else as it stood"),
            raw=_nullable_string("the text as it came, where the repair changed it"),
            mentions=_list("mention", "cities, companies, countries and regions it names, in text order"),
            moods=_list("mood", "one for each city (or entry of a list of other things) it speaks of"),
            claims=_list("claim", "where something should stand in this list"),
            comparisons=_list("comparison", "explicit orderings of two things"),
            links=_list("link", "companies said to be in a city"),
        ),
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    entry = _object(
        name=_string("name of the entry, without what follows the comma"),
        within=_string("what followed the comma, where something did (Moscow, Russia)"),
        rank=_rank("its listed rank; null where the list gives none"),
    )
    entry["required"] = ["name", "rank"]
    return {
        "span": {
            "description": "[start, end] in characters of text, end exclusive",
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "minItems": 2,
            "maxItems": 2,
        },
        "entry": entry,
        "mention": _object(
            start={"type": "integer", "minimum": 0, "description": "first character"},
            end={"type": "integer", "minimum": 1, "description": "one past the last character"},
            text=_string("the text between them"),
            label={"enum": list(LABELS)},
            name=_string("the list's own name where it means an entry, else the usual English name"),
            id=_nullable_string("geonames:N for a place; null where unknown"),
            via=_string("who found it: entry, gazetteer, model (gold in annotated files)"),
        ),
        "mood": _object(
            target=_string("name of the city or entry"),
            label={"enum": list(MOODS)},
            score={"type": "number", "minimum": -1, "maximum": 1},
            implied={"type": "boolean", "description": "whether the comment does not name it"},
            evidence={"type": "array", "items": {"$ref": "#/$defs/span"}},
        ),
        "claim": _object(
            subject=_string("what should stand elsewhere, or rightly stands where it does"),
            stance={"enum": list(STANCES), "description": "too_low: deserves a smaller number"},
            proposed={
                "description": "ranks proposed, [best, worst], worst null where open; null where none is named",
                "oneOf": [
                    {"type": "null"},
                    {
                        "type": "array",
                        "prefixItems": [{"type": "integer"}, {"type": ["integer", "null"]}],
                        "items": False,
                        "minItems": 2,
                    },
                ],
            },
            listed=_rank("its listed rank"),
            stated=_rank("the rank the writer believes it has"),
            span={"$ref": "#/$defs/span"},
            rule=_string("id of the rule that found it"),
        ),
        "comparison": _object(
            better=_string("what is called better"),
            worse=_string("what is called worse; * for any other"),
            relation={"enum": ["better", "equal"]},
            aspect=_nullable_string("in what, where that is said"),
            span={"$ref": "#/$defs/span"},
            rule=_string("id of the rule that found it"),
        ),
        "link": _object(
            company=_string("name of the company"),
            city=_string("name of the city"),
            relation=_string("headquarters, founded_in, located_in, offices …"),
            span={"$ref": "#/$defs/span"},
            rule=_string("id of the rule that found it"),
        ),
    }


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _string(description: str) -> Schema:
    return {"type": "string", "description": description}


def _nullable_string(description: str) -> Schema:
    return {"type": ["string", "null"], "description": description}


def _rank(description: str) -> Schema:
    return {"type": ["integer", "null"], "description": description}


def _list(item: str, description: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{item}"}, "description": description}
