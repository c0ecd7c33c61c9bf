"""``commentlens rules``: look at the rules, and try those of a file."""

from __future__ import annotations

import difflib
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commentlens.cli.options import OutputOptions, ShowOptions, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentlens.components.examples import Trial
    from commentlens.components.valence import Valence
    from commentlens.knowledge.rules import RuleSet

rules = typer.Typer(help="Look at the rules, and try those of a file.", no_args_is_help=True, rich_markup_mode=None)

OwnRules = Annotated[Path | None, typer.Option("--rules", metavar="FILE", help="More rules (docs/rules.md).")]


class RuleLayer(StrEnum):
    """Values of ``--layer``."""

    claims = "claims"
    comparisons = "comparisons"
    links = "links"


class RuleFormat(StrEnum):
    """Values of ``--format``."""

    table = "table"
    json = "json"


@rules.command("list")
@grouped
def list_rules(
    output: OutputOptions,
    showing: ShowOptions,
    layer: Annotated[RuleLayer | None, typer.Option(help="Only the rules of this layer.")] = None,
    own: OwnRules = None,
    format: Annotated[RuleFormat, typer.Option(help="How to show them.")] = RuleFormat.table,
) -> None:
    """All rules, in the order in which they are tried.

    \b
    Example:
      commentlens rules list
      commentlens rules list --layer claims --rules own.toml --format json
    """
    from commentlens.cli.output import check_writable, shown, written
    from commentlens.render.rules_text import rule_row, rules_view

    check_writable(output.output)
    rows = []
    for found in _rule_sets(own, layer):
        own_ids = {rule.id: rule for rule in found.rules if rule.own}
        rows += [rule_row(rule, None) for rule in found.rules]
        rows += [rule_row(rule, own_ids[rule.id]) for rule in found.overridden]
    if format is RuleFormat.table:
        shown(lambda screen: rules_view(rows, screen), output.output, showing)
        return
    with written(output.output) as file:
        json.dump(rows, file, ensure_ascii=False, indent=2)
        file.write("\n")


@rules.command("show")
@grouped
def show_rule(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Id of the rule.")],
    output: OutputOptions,
    own: OwnRules = None,
) -> None:
    """One rule as a file of rules has it, with the classes that it uses: a copy to change.

    \b
    Example:
      commentlens rules show should-be-higher
      commentlens rules show company-from --output own.toml
    """
    from commentlens.cli.output import written
    from commentlens.errors import UnknownNameError
    from commentlens.render.rules_text import rule_text, source_of

    sets = _rule_sets(own)
    known = {rule.id for found in sets for rule in found.rules}
    if identity not in known:
        near = difflib.get_close_matches(identity, sorted(known), n=3, cutoff=0.5)
        hint = f"near ones are {', '.join(near)}" if near else "commentlens rules list shows all"
        raise UnknownNameError(f"no rule is called {identity!r}; {hint}.")
    texts = []
    for found in sets:
        for place, rule in enumerate(found.rules, 1):
            if rule.id == identity:
                instead = ", in place of the shipped one" if any(r.id == identity for r in found.overridden) else ""
                order = f"tried as number {place} of {len(found.rules)} {found.layer}"
                texts.append(rule_text(rule, f"{source_of(rule)}{instead}; {order}"))
    with written(output.output) as file:
        file.write("\n".join(texts))


@rules.command("test")
@grouped
def test_rules(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="File of rules.")],
    output: OutputOptions,
) -> None:
    """Check a file of rules and try its examples and near-misses, together with the shipped rules.

    Exit code 1 where one of them comes out wrong, or an example of a shipped rule that is right without the file.

    \b
    Example:
      commentlens rules test own.toml
    """
    from commentlens.cli.output import written
    from commentlens.components.valence import Valence
    from commentlens.render.figures import count

    sets = _rule_sets(path)
    mine = [rule for found in sets for rule in found.rules if rule.own]
    valence = Valence.load()
    lines = []
    tried = wrong = 0
    for found in sets:
        lines += [
            f"{found.layer}/{rule.id}: takes the place of the shipped rule of this id" for rule in found.overridden
        ]
        # Where the file has no rule of the layer, the shipped ones are as they were.
        for trial in _trials(found, valence) if any(rule.own for rule in found.rules) else ():
            tried += trial.rule.own
            wrong += not trial.passed
            lines.append(_told(trial))
    told = f"{count(len(mine), 'rule')}, {count(tried, 'example')} tried, {wrong} wrong" if mine else "holds no rules"
    lines.append(f"{path}: {told}")
    with written(output.output) as file:
        file.write("".join(f"{line}\n" for line in lines))
    if wrong:
        raise typer.Exit(1)


def _trials(rules: RuleSet, valence: Valence) -> Iterator[Trial]:
    """Examples of the user's rules, and those of shipped rules that only the user's rules make wrong."""
    from commentlens.components.examples import try_rules
    from commentlens.knowledge.rules import load_rules

    without = {
        (trial.rule.id, trial.must_fire, trial.example.text): trial.passed
        for trial in try_rules(load_rules(rules.layer, implied=True), valence)
    }
    for trial in try_rules(rules, valence):
        if trial.rule.own or (
            not trial.passed and without.get((trial.rule.id, trial.must_fire, trial.example.text), True)
        ):
            yield trial


def _told(trial: Trial) -> str:
    """One line on an example: right or wrong, whose it is, and what was found where it is wrong."""
    rule, example = trial.rule, trial.example
    whose = f"{rule.layer}/{rule.id}" if rule.own else f"shipped {rule.layer}/{rule.id}"
    kind = "example" if trial.must_fire else "near-miss"
    line = f"{'right' if trial.passed else 'WRONG'}  {whose}  {kind}  {' '.join(example.text.split())}"
    if trial.passed:
        return line
    found = ", ".join(f"{item} ({by})" for item, by in zip(trial.found, trial.fired, strict=True)) or "nothing"
    wanted = ", ".join(example.finds) if trial.must_fire else f"nothing by {rule.id}"
    return f"{line}\n         wanted {wanted}; found {found}"


def _rule_sets(own: Path | None, layer: RuleLayer | None = None) -> list[RuleSet]:
    from commentlens.knowledge.rules import LAYERS, load_rules

    extra = [own] if own is not None else []
    return [load_rules(name, extra, implied=True) for name in LAYERS if layer is None or name == layer]
