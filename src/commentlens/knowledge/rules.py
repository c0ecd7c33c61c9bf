"""Rules as data: one record a rule, with its patterns and the examples that must and must not fire.

A rule file is TOML: ``[classes]`` names groups of words, each ``[[rule]]`` is a rule. `docs/rules.md` shows how to
write one. What a rule may say besides its patterns depends on its layer (`LAYERS`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from commentlens.errors import KnowledgeError, field_message, unknown_keys_message
from commentlens.knowledge.datafile import DataFile, read_data_file
from commentlens.knowledge.patterns import Pattern, Triggers, check_class, compile_pattern

# Options of each layer and what they allow; None: any text.
LAYERS: dict[str, dict[str, tuple[str, ...] | None]] = {
    "claims": {
        "stance": (
            *("by_number", "denied", "by_mood", "next_to", "missing", "swap"),
            *("too_low", "too_high", "right", "unspecified", "none"),
        ),
        "proposed": ("at", "beyond", "after", "first", "none"),
        "guards": None,
    },
    "comparisons": {
        "relation": ("better", "worse", "equal", "none"),
        "negated": ("flip", "drop"),
        "against": ("all",),
        "praises": ("both", "first", "none"),
        "guards": None,
    },
    "links": {"relation": ("headquarters", "founded_in", "located_in", "offices", "none"), "guards": None},
}
_KEYS = {"id", "pattern", "examples", "near_misses", "note"}
_EXAMPLE_KEYS = {"text", "entry", "rank", "finds", "polarity", "others"}


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
        for match in re.finditer(r"\[([^\]|]+)(?:\|([A-Z]+)(?:=([^\]]+))?)?\]", self.text):
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


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``options`` are those of its layer; ``order`` decides between rules that want the same words."""

    id: str
    layer: str
    order: int
    patterns: tuple[Pattern, ...]
    options: Mapping[str, str]
    examples: tuple[Example, ...]
    near_misses: tuple[Example, ...]
    source: str

    def option(self, name: str, default: str = "") -> str:
        """An option's value."""
        return self.options.get(name, default)


_Numbered = tuple[int, Rule, Pattern]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one layer, in order; ``guards`` are named patterns that stop a rule where they match before it."""

    layer: str
    rules: tuple[Rule, ...]
    guards: Mapping[str, tuple[Pattern, ...]]
    default_guards: tuple[str, ...] = ()
    _by_unit: Mapping[str, Sequence[_Numbered]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_unit: defaultdict[str, list[_Numbered]] = defaultdict(list)
        numbered = ((rule, pattern) for rule in self.rules for pattern in rule.patterns)
        for number, (rule, pattern) in enumerate(numbered):
            for unit in pattern.requires[0] if pattern.requires else ("",):
                by_unit[unit].append((number, rule, pattern))
        object.__setattr__(self, "_by_unit", dict(by_unit))

    def candidates(self, keys: frozenset[str]) -> Iterator[tuple[Rule, Pattern]]:
        """Rules and patterns worth trying on a sentence with these units, in the order of their rules."""
        found = {
            number: (rule, pattern)
            for unit in ("", *keys)
            for number, rule, pattern in self._by_unit.get(unit, ())
            if _holds(keys, pattern.requires)
        }
        for number in sorted(found):
            yield found[number]

    def guarded(self, rule: Rule, code: str, before: int) -> bool:
        """Whether one of the rule's guards (the layer's default ones, unless it names some) ends where it begins."""
        names = rule.option("guards").split() or self.default_guards
        return any(self.guard(name, code, before) for name in names)

    def guard(self, name: str, code: str, before: int) -> bool:
        """Whether the guard of that name ends right before a place in the sentence's code; ``none`` never does."""
        return any(pattern.ending.search(code, 0, before) for pattern in self.guards.get(name, ()))


def _holds(keys: frozenset[str], requires: Sequence[Triggers]) -> bool:
    """Whether a unit of each set is there. A loop, because it runs for every sentence and hundreds of patterns."""
    for units in requires:  # noqa: SIM110  # twice as fast as any() over a generator
        if keys.isdisjoint(units):
            return False
    return True


def load_rules(layer: str, extra: Iterable[Path] = ()) -> RuleSet:
    """Load the shipped rules of a layer and then the user's files, which come first and may override by id.

    Raises:
        KnowledgeError: If a file or a rule in it is not valid; names file, line, field, what was got, what is allowed.
    """
    shipped = read_data_file(Path(str(files("commentlens.knowledge") / "data" / f"{layer}.toml")))
    classes, guards = _words(shipped, "classes", {}), {}
    own: list[Rule] = []
    for path in extra:
        data = read_data_file(path)
        mine = _of_layer(data, layer)
        # Classes may use those of their layer, so they are read only where a rule of the layer needs them.
        user_classes = {**classes, **_words(data, "classes", classes)} if mine else classes
        own += [_rule(layer, data, i, row, user_classes) for i, row in mine]
    rules = [_rule(layer, shipped, i, row, classes) for i, row in enumerate(_rows(shipped))]
    for name, patterns in shipped.data.get("guards", {}).items():
        where = shipped.where("guards", 0, name)
        guards[name] = tuple(compile_pattern(p, classes, where) for p in _strings(patterns, where, name))
    taken = {rule.id for rule in own}
    merged = [*own, *(rule for rule in rules if rule.id not in taken)]
    _unique(merged)
    for rule in merged:
        _known_guards(rule.option("guards"), guards, rule.source)
    default_guards = _known_guards(shipped.data.get("default_guards", ""), guards, str(shipped.path))
    return RuleSet(layer, tuple(merged), guards, default_guards)


def _of_layer(data: DataFile, layer: str) -> list[tuple[int, dict[str, Any]]]:
    """The rules of one layer in a user's file, each with its place in the file and without its layer."""
    if unknown := data.data.keys() - {"rule", "classes"}:
        raise KnowledgeError(unknown_keys_message(str(data.path), unknown, ("rule", "classes")))
    mine = []
    for i, row in enumerate(_rows(data)):
        if row.get("layer") not in LAYERS:
            where = data.where("rule", i, "layer")
            raise KnowledgeError(field_message(where, "layer", row.get("layer"), f"one of {', '.join(LAYERS)}"))
        if row["layer"] == layer:
            mine.append((i, {key: value for key, value in row.items() if key != "layer"}))
    return mine


def _known_guards(names: str, guards: Mapping[str, object], where: str) -> tuple[str, ...]:
    unknown = set(names.split()) - guards.keys() - {"none"}
    if unknown:
        raise KnowledgeError(field_message(where, "guards", sorted(unknown), f"of {', '.join(guards)} or none"))
    return tuple(names.split())


def _rows(data: DataFile) -> list[dict[str, Any]]:
    rows = data.data.get("rule", [])
    if not isinstance(rows, list):
        raise KnowledgeError(field_message(data.where("rule"), "rule", rows, "an array of tables, written [[rule]]"))
    return rows


def _words(data: DataFile, table: str, known: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in data.data.get(table, {}).items():
        if not isinstance(value, str):
            raise KnowledgeError(field_message(data.where(table, 0, name), name, value, "a string of alternatives"))
        check_class(name, {**known, **found, name: value}, data.where(table, 0, name))
        found[name] = value
    return found


def _rule(layer: str, data: DataFile, index: int, row: dict[str, Any], classes: Mapping[str, str]) -> Rule:
    allowed = LAYERS[layer]
    where = data.where("rule", index)
    unknown = row.keys() - _KEYS - allowed.keys()
    if unknown:
        raise KnowledgeError(unknown_keys_message(where, unknown, _KEYS | allowed.keys()))
    identity = row.get("id")
    if not isinstance(identity, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identity):
        raise KnowledgeError(field_message(where, "id", identity, "lower-case words joined by hyphens"))
    sources = row.get("pattern")
    at = data.where("rule", index, "pattern")
    patterns = tuple(
        compile_pattern(source, classes, at)
        for source in ([sources] if isinstance(sources, str) else _strings(sources, at, "pattern"))
    )
    options = {}
    for name, values in allowed.items():
        if name in row:
            value = row[name]
            if not isinstance(value, str) or (values is not None and value not in values):
                choice = f"one of {', '.join(values)}" if values else "a string"
                raise KnowledgeError(field_message(data.where("rule", index, name), name, value, choice))
            options[name] = value
    examples = _examples(row.get("examples"), data, index, "examples")
    if not examples and options.get("stance") != "none" and options.get("relation") != "none":
        raise KnowledgeError(
            f"{where}: rule {identity} has no examples; give at least one comment that it must fire on."
        )
    return Rule(
        id=identity,
        layer=layer,
        order=index,
        patterns=patterns,
        options=options,
        examples=examples,
        near_misses=_examples(row.get("near_misses"), data, index, "near_misses"),
        source=where,
    )


def _examples(rows: object, data: DataFile, index: int, field: str) -> tuple[Example, ...]:
    where = data.where("rule", index, field)
    if rows is None:
        return ()
    if not isinstance(rows, list):
        raise KnowledgeError(field_message(where, field, rows, "a list"))
    examples = []
    for row in rows:
        if isinstance(row, str):
            examples.append(Example(text=row))
            continue
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise KnowledgeError(field_message(where, field, row, 'a comment, or a table with "text"'))
        if unknown := row.keys() - _EXAMPLE_KEYS:
            raise KnowledgeError(unknown_keys_message(where, unknown, _EXAMPLE_KEYS))
        finds = row.get("finds", [])
        examples.append(Example(**{**row, "finds": (finds,) if isinstance(finds, str) else tuple(finds)}))
    return tuple(examples)


def _strings(value: object, where: str, field: str) -> Sequence[str]:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise KnowledgeError(field_message(where, field, value, "a string or a list of strings"))
    return value


def _unique(rules: Sequence[Rule]) -> None:
    seen: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in seen:
            raise KnowledgeError(f'{rule.source}: "id" {rule.id!r} is taken by the rule at {seen[rule.id].source}.')
        seen[rule.id] = rule
