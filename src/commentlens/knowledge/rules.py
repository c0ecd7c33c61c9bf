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
from commentlens.knowledge.rule_examples import Example as Example  # part of what a rule is
from commentlens.knowledge.rule_examples import read_examples

# Options of each layer and what they allow; None: any text.
LAYERS: dict[str, dict[str, tuple[str, ...] | None]] = {
    "claims": {
        "stance": (
            *("by_number", "by_top", "bare", "towards", "denied", "by_mood", "by_feeling"),
            *("next_to", "side_by_side", "missing", "swap", "outside"),
            *("too_low", "too_high", "right", "unspecified", "none"),
        ),
        "proposed": ("at", "beyond", "after", "first", "by_places", "by_factor", "none"),
        "on_negative": ("flip",),
        "guards": None,
    },
    "comparisons": {
        "relation": ("better", "worse", "equal", "above", "below", "none"),
        "negated": ("flip", "drop"),
        "against": ("all", "two", "entry"),
        "implied": ("yes",),
        "praises": ("both", "first", "none"),
        "on_negative": ("flip", "only", "never"),
        "guards": None,
    },
    "links": {"relation": ("headquarters", "founded_in", "located_in", "offices", "none"), "guards": None},
}
_KEYS = {"id", "pattern", "examples", "near_misses", "note"}
# The option that says what a match means; every rule has it.
MEANING = {"claims": "stance", "comparisons": "relation", "links": "relation"}
# Slots that the layers read; x, y and z may stand for anything in any of them.
SLOTS = {
    "claims": ("subject", "at", "stated", "other", "both"),
    "comparisons": ("a", "b", "both", "aspect", "at"),
    "links": ("company", "city", "after", "same"),
}
_UNREAD_SLOTS = ("x", "y", "z")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    ``options`` are those of its layer; ``order`` decides between rules that want the same words; ``source``: file and
    line; ``own``: whether it is the user's; ``classes``: all that its patterns may use, by name.
    """

    id: str
    layer: str
    order: int
    patterns: tuple[Pattern, ...]
    options: Mapping[str, str]
    examples: tuple[Example, ...]
    near_misses: tuple[Example, ...]
    source: str
    own: bool = False
    classes: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def meaning(self) -> str:
        """Its stance or relation."""
        return self.options[MEANING[self.layer]]

    def option(self, name: str, default: str = "") -> str:
        """An option's value."""
        return self.options.get(name, default)


_Numbered = tuple[int, Rule, Pattern, tuple[Triggers, ...]]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one layer, in order.

    ``guards`` are named patterns that stop a rule where they match before it; ``overridden``: shipped rules whose place
    one of the user's has taken.
    """

    layer: str
    rules: tuple[Rule, ...]
    guards: Mapping[str, tuple[Pattern, ...]]
    default_guards: tuple[str, ...] = ()
    overridden: tuple[Rule, ...] = ()
    _by_unit: Mapping[str, Sequence[_Numbered]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_unit: defaultdict[str, list[_Numbered]] = defaultdict(list)
        numbered = ((rule, pattern) for rule in self.rules for pattern in rule.patterns)
        for number, (rule, pattern) in enumerate(numbered):
            for unit in pattern.requires[0] if pattern.requires else ("",):
                by_unit[unit].append((number, rule, pattern, pattern.requires[1:]))
        object.__setattr__(self, "_by_unit", dict(by_unit))

    def candidates(self, keys: frozenset[str]) -> Iterator[tuple[Rule, Pattern]]:
        """Rules and patterns worth trying on a sentence with these units, in the order of their rules."""
        found: dict[int, tuple[Rule, Pattern]] = {}
        by_unit, missing = self._by_unit, keys.isdisjoint
        # Loops, because they run for every sentence and hundreds of patterns.
        for unit in (*(by_unit.keys() & keys), *([""] if "" in by_unit else [])):
            for number, rule, pattern, others in by_unit[unit]:
                for units in others:
                    if missing(units):
                        break
                else:
                    found[number] = rule, pattern
        for number in sorted(found):
            yield found[number]

    def guarded(self, rule: Rule, code: str, before: int) -> bool:
        """Whether one of the rule's guards (the layer's default ones, unless it names some) ends where it begins."""
        names = rule.option("guards").split() or self.default_guards
        return any(self.guard(name, code, before) for name in names)

    def guard(self, name: str, code: str, before: int) -> bool:
        """Whether the guard of that name ends right before a place in the sentence's code; ``none`` never does."""
        return any(pattern.ends_at(code, before) for pattern in self.guards.get(name, ()))


def load_rules(layer: str, extra: Iterable[Path] = (), *, implied: bool = False) -> RuleSet:
    """Load the rules of a layer: the user's, then the shipped ones; one of the user's with the id of a shipped rule
    stands in that rule's place instead.

    Args:
        layer: one of `LAYERS`.
        extra: the user's files.
        implied: with the shipped rules for what is only implied (``implied = "yes"``).

    Raises:
        KnowledgeError: If a file or a rule in it is not valid; names file, line, field, what was got, what is allowed.
    """
    parts = _shipped_parts(layer)
    shipped = parts[0]
    classes: dict[str, str] = {}
    for part in parts:
        classes |= _words(part, "classes", classes)
    guards = {
        name: tuple(_compiled(patterns, shipped.where("guards", 0, name), name, classes))
        for name, patterns in _table(shipped, "guards").items()
    }
    own: list[Rule] = []
    for path in extra:
        data = read_data_file(path)
        mine = _of_layer(data, layer)
        # Classes may use those of their layer, so they are read only where a rule of the layer needs them.
        user_classes = {**classes, **_words(data, "classes", classes)} if mine else classes
        own += [_rule(layer, data, i, row, user_classes, guards, own=True) for i, row in mine]
    rules = [_rule(layer, part, i, row, classes, guards) for part in parts for i, row in enumerate(_rows(part))]
    _unique(own)
    _unique(rules)
    rules = [rule for rule in rules if implied or not rule.option("implied")]
    by_id = {rule.id: rule for rule in own}
    overridden = tuple(rule for rule in rules if rule.id in by_id)
    in_place = {rule.id for rule in overridden}
    merged = [*(rule for rule in own if rule.id not in in_place), *(by_id.get(rule.id, rule) for rule in rules)]
    default_guards = _known_guards(shipped.data.get("default_guards", ""), guards, str(shipped.path))
    return RuleSet(layer, tuple(merged), guards, default_guards, overridden)


def _shipped_parts(layer: str) -> list[DataFile]:
    """The shipped files of a layer, in the order of their rules: ``layer.toml``, which alone has guards, and what was
    too long for it, ``layer_….toml`` by name."""
    folder = Path(str(files("commentlens.knowledge") / "data"))
    return [read_data_file(path) for path in (folder / f"{layer}.toml", *sorted(folder.glob(f"{layer}_*.toml")))]


def _of_layer(data: DataFile, layer: str) -> list[tuple[int, dict[str, Any]]]:
    """The rules of one layer in a user's file, each with its place in the file and without its layer."""
    if unknown := data.data.keys() - {"rule", "classes"}:
        where = data.where(min(unknown))
        raise KnowledgeError(unknown_keys_message(where, unknown, ("rule", "classes")))
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
    for row in rows:
        if not isinstance(row, dict):
            raise KnowledgeError(field_message(data.where("rule"), "rule", row, "a table, written [[rule]]"))
    return rows


def _table(data: DataFile, name: str) -> dict[str, Any]:
    table = data.data.get(name, {})
    if not isinstance(table, dict):
        raise KnowledgeError(field_message(data.where(name), name, table, f"a table, written [{name}]"))
    return table


def _words(data: DataFile, table: str, known: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _table(data, table).items():
        if not re.fullmatch(r"[\w-]+", name):
            where = data.where(table, 0, name)
            raise KnowledgeError(field_message(where, table, name, "named by letters, digits and hyphens"))
        if not isinstance(value, str):
            raise KnowledgeError(field_message(data.where(table, 0, name), name, value, "a string of alternatives"))
        check_class(name, {**known, **found, name: value}, data.where(table, 0, name))
        found[name] = value
    return found


def _rule(
    layer: str,
    data: DataFile,
    index: int,
    row: dict[str, Any],
    classes: Mapping[str, str],
    guards: Mapping[str, object],
    *,
    own: bool = False,
) -> Rule:
    allowed = LAYERS[layer]
    where = data.where("rule", index)
    unknown = row.keys() - _KEYS - allowed.keys()
    if unknown:
        at = data.where("rule", index, min(unknown))
        raise KnowledgeError(unknown_keys_message(at, unknown, _KEYS | allowed.keys()))
    identity = row.get("id")
    at = data.where("rule", index, "id")
    if not isinstance(identity, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identity):
        raise KnowledgeError(field_message(at, "id", identity, "lower-case words joined by hyphens"))
    at = data.where("rule", index, "pattern")
    sources = [row["pattern"]] if isinstance(row.get("pattern"), str) else row.get("pattern")
    patterns = tuple(_compiled(sources, at, "pattern", classes))
    slots = dict.fromkeys(slot for pattern in patterns for slot in pattern.slots)
    for slot in slots:
        if slot not in SLOTS[layer] + _UNREAD_SLOTS:
            names = ", ".join(SLOTS[layer] + _UNREAD_SLOTS)
            raise KnowledgeError(field_message(at, "pattern", slot, f"one with slots named {names}"))
    options = {}
    for name, values in allowed.items():
        if name in row or name == MEANING[layer]:
            value = row.get(name)
            at = data.where("rule", index, name)
            if not isinstance(value, str) or (values is not None and value not in values):
                choice = f"one of {', '.join(values)}" if values else "a string"
                raise KnowledgeError(field_message(at, name, value, choice))
            options[name] = value
    _known_guards(options.get("guards", ""), guards, data.where("rule", index, "guards"))
    note = row.get("note", "")
    if not isinstance(note, str):
        raise KnowledgeError(field_message(data.where("rule", index, "note"), "note", note, "a string"))
    examples, near_misses = (
        read_examples(row.get(field), layer, data.where("rule", index, field), field)
        for field in ("examples", "near_misses")
    )
    if not examples and options[MEANING[layer]] != "none":
        raise KnowledgeError(
            f"{where}: rule {identity} has no examples; give at least one comment that it must fire on."
        )
    return Rule(identity, layer, index, patterns, options, examples, near_misses, where, own, classes)


def _compiled(sources: object, where: str, field: str, classes: Mapping[str, str]) -> Iterator[Pattern]:
    for source in _strings(sources, where, field):
        yield compile_pattern(source, classes, where)


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
