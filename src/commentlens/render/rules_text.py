"""Rules for eyes and for files: a table of all, and one as the TOML that it was read from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from commentlens.knowledge.rules import MEANING, Example, Rule
from commentlens.render.columns import Column, table
from commentlens.render.console import Screen
from commentlens.render.figures import count
from commentlens.render.printable import printable

_CLASS = re.compile(r"<([\w-]+)>")


def source_of(rule: Rule) -> str:
    """Where a rule stands: ``shipped, claims.toml, line 12``, or the user's file and line."""
    file_and_line = re.split(r"[/\\]", rule.source)[-1]
    return rule.source if rule.own else f"shipped, {file_and_line}"


def rule_row(rule: Rule, overridden_by: Rule | None) -> dict[str, Any]:
    """What a list of rules says of one, as plain values.

    Args:
        rule: the rule.
        overridden_by: the user's rule that has taken its place.
    """
    return {
        "layer": rule.layer,
        "id": rule.id,
        MEANING[rule.layer]: rule.meaning,
        "patterns": len(rule.patterns),
        "examples": len(rule.examples),
        "near_misses": len(rule.near_misses),
        "source": source_of(rule),
        "overridden_by": overridden_by.source if overridden_by else None,
    }


def rules_view(rows: Sequence[Mapping[str, Any]], screen: Screen) -> Iterator[RenderableType]:
    """The table of rules; ``rows`` as `rule_row` gives them."""
    rows = printable(list(rows))

    def cells(key: str, style: str = "") -> list[Text]:
        return [Text(str(row[key]), "dim strike" if row["overridden_by"] else style) for row in rows]

    yield table(
        [
            Column(header="Layer", cells=cells("layer", "dim")),
            Column(header="Rule", cells=cells("id", "bold")),
            Column(header="Means", cells=[Text(row.get("stance") or row["relation"]) for row in rows], priority=1),
            Column(header="Patterns", cells=cells("patterns"), priority=4, justify="right"),
            Column(header="Examples", cells=cells("examples"), priority=3, justify="right"),
            Column(header="Near-misses", cells=cells("near_misses"), priority=3, justify="right"),
            Column(header="Stands in", cells=[Text(_standing(row)) for row in rows], priority=2, flexible=True),
        ],
        screen.width,
    )
    yield Text(f"{count(len(rows), 'rule')}; those above are tried first: commentlens rules show ID", "dim")


def rule_text(rule: Rule, remark: str) -> str:
    """A rule as a file of rules has it, with the classes that it uses; the remark stands above it.

    What comes out is a valid file for ``--rules``: a copy that may be changed.
    """
    lines = [f"# {remark}"]
    classes = _used(rule)
    if classes:
        lines += ["", "[classes]", *(f"{name} = {_string(words)}" for name, words in classes.items())]
    lines += ["", "[[rule]]", f"layer = {_string(rule.layer)}", f"id = {_string(rule.id)}"]
    lines += _listed("pattern", [_string(pattern.source) for pattern in rule.patterns])
    lines += [f"{name} = {_string(value)}" for name, value in rule.options.items()]
    for field, examples in (("examples", rule.examples), ("near_misses", rule.near_misses)):
        lines += _listed(field, [_example(example) for example in examples]) if examples else []
    return printable("\n".join(lines) + "\n")


def _standing(row: Mapping[str, Any]) -> str:
    return f"{row['source']}; overridden by {row['overridden_by']}" if row["overridden_by"] else str(row["source"])


def _listed(field: str, items: Iterable[str]) -> list[str]:
    return [f"{field} = [", *(f"    {item}," for item in items), "]"]


def _example(example: Example) -> str:
    fields: dict[str, str] = {"text": _string(example.text)}
    if example.entry is not None:
        fields["entry"] = _string(example.entry)
    if example.rank is not None:
        fields["rank"] = str(example.rank)
    if example.others:
        fields["others"] = "{ " + ", ".join(f"{_string(name)} = {rank}" for name, rank in example.others.items()) + " }"
    if example.polarity != "positive":
        fields["polarity"] = _string(example.polarity)
    if example.finds:
        found = [_string(item) for item in example.finds]
        fields["finds"] = found[0] if len(found) == 1 else f"[{', '.join(found)}]"
    return "{ " + ", ".join(f"{key} = {value}" for key, value in fields.items()) + " }"


def _used(rule: Rule) -> dict[str, str]:
    """The classes that its patterns use, and those that these use, in the order of their file."""
    wanted: set[str] = set()
    new = {name for pattern in rule.patterns for name in _CLASS.findall(pattern.source)}
    if any(":ref}" in pattern.source for pattern in rule.patterns):
        new.add("noun")  # what "this city" may be called
    while new:
        wanted |= new
        new = {name for item in new for name in _CLASS.findall(rule.classes.get(item, ""))} - wanted
    return {name: words for name, words in rule.classes.items() if name in wanted}


def _string(text: str) -> str:
    """A TOML string; JSON writes all that it may hold in the same way, but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
