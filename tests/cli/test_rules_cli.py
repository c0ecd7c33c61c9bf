"""``commentlens rules``: list, show and test, by the real entry point."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from commentlens.components.examples import try_rules
from commentlens.components.valence import Valence
from commentlens.knowledge.patterns import compile_pattern
from commentlens.knowledge.rule_examples import read_examples
from commentlens.knowledge.rules import LAYERS, Rule, load_rules
from commentlens.render.rules_text import rule_text

Run = Callable[..., subprocess.CompletedProcess[str]]

OWN = """\
[[rule]]
layer = "comparisons"
id = "in-its-pocket"
pattern = "{a:ref} puts {b:thing} in its pocket"
relation = "better"
guards = "asked reported"
examples = [{ text = "[Oslo] puts [Rome] in its pocket", finds = "Oslo > Rome" }]
near_misses = ["[Oslo] puts money in its pocket"]

[[rule]]
layer = "links"
id = "company-from"
pattern = "{company:company} from {city:city}"
relation = "located_in"
examples = [{ text = "Brands like [Ferrari|COMPANY] from [Modena]", finds = "Ferrari located_in Modena" }]
near_misses = ["[Ferrari|COMPANY] to [Modena]"]
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def ran(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "commentlens", "rules", *args],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**os.environ, "NO_COLOR": "1"},
            check=False,
        )

    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    return ran


def test_all_rules_are_listed(run: Run) -> None:
    """In the order in which they are tried, own and overridden ones said to be so."""
    done = run("list", "--rules", "own.toml", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)
    shipped = {layer: [rule.id for rule in load_rules(layer, implied=True).rules] for layer in LAYERS}
    assert [row["id"] for row in rows if row["layer"] == "claims"] == shipped["claims"]
    assert [row["id"] for row in rows if row["layer"] == "comparisons"] == ["in-its-pocket", *shipped["comparisons"]]
    assert [row["id"] for row in rows if row["layer"] == "links"] == [*shipped["links"], "company-from"]
    assert next(row for row in rows if row["id"] == "in-its-pocket") == {
        "layer": "comparisons",
        "id": "in-its-pocket",
        "relation": "better",
        "patterns": 1,
        "examples": 1,
        "near_misses": 1,
        "source": "own.toml, line 1",
        "overridden_by": None,
    }
    new, old = [row for row in rows if row["id"] == "company-from"]
    assert (new["source"], new["overridden_by"]) == ("own.toml, line 10", None)
    assert (old["source"].rpartition(" ")[0], old["overridden_by"]) == (
        "shipped, links.toml, line",
        "own.toml, line 10",
    )


def test_the_list_of_one_layer_as_a_table(run: Run) -> None:
    """Piped it is plain."""
    done = run("list", "--layer", "links", "--rules", "own.toml")
    lines = done.stdout.splitlines()
    rules = load_rules("links").rules
    assert (done.returncode, done.stderr, "\x1b" in done.stdout) == (0, "", False)
    assert lines[0].split() == ["Layer", "Rule", "Means", "Patterns", "Examples", "Near-misses", "Stands", "in"]
    assert len(lines) == 2 + len(rules) + 1 + 1
    assert lines[-2].endswith("overridden by own.toml, line 10")
    assert lines[-1].startswith(f"{len(rules) + 1} rules;")


def test_a_rule_is_shown_as_a_file_that_can_be_tested(run: Run, tmp_path: Path) -> None:
    """What `show` prints is the rule, and goes through `test` as it is."""
    shown = run("show", "too-low")
    assert shown.returncode == 0
    assert shown.stdout.startswith("# shipped, claims.toml, line ")
    assert 'id = "too-low"' in shown.stdout
    assert "[classes]" in shown.stdout
    (tmp_path / "copy.toml").write_text(shown.stdout, "utf-8")
    tested = run("test", "copy.toml")
    assert (tested.returncode, tested.stderr) == (0, "")
    assert tested.stdout.splitlines()[0] == "claims/too-low: takes the place of the shipped rule of this id"
    assert tested.stdout.splitlines()[-1].endswith(" tried, 0 wrong")


def test_a_rule_of_ones_own_is_shown(run: Run) -> None:
    """With where it stands, and that it takes another's place."""
    done = run("show", "company-from", "--rules", "own.toml")
    count = len(load_rules("links").rules)
    place = [rule.id for rule in load_rules("links").rules].index("company-from") + 1
    assert done.stdout == (
        f"# own.toml, line 10, in place of the shipped one; tried as number {place} of {count} links\n\n"
        + OWN[OWN.index('[[rule]]\nlayer = "links"') :]
        .replace(
            'pattern = "{company:company} from {city:city}"',
            'pattern = [\n    "{company:company} from {city:city}",\n]',
        )
        .replace("examples = [{", "examples = [\n    {")
        .replace("}]", "},\n]")
        .replace(
            'near_misses = ["[Ferrari|COMPANY] to [Modena]"]',
            'near_misses = [\n    { text = "[Ferrari|COMPANY] to [Modena]" },\n]',
        )
    )


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("compny-from", "commentlens: no rule is called 'compny-from'; near ones are company-from, "),
        ("%%%", "commentlens: no rule is called '%%%'; commentlens rules list shows all.\n"),
    ],
)
def test_a_rule_that_is_not_there(run: Run, wanted: str, message: str) -> None:
    """Near ones are named, else how to see all."""
    done = run("show", wanted)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(message)


def test_a_file_is_tested(run: Run) -> None:
    """Each example and near-miss is told, and all are right."""
    done = run("test", "own.toml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "right  comparisons/in-its-pocket  example  [Oslo] puts [Rome] in its pocket",
        "right  comparisons/in-its-pocket  near-miss  [Oslo] puts money in its pocket",
        "links/company-from: takes the place of the shipped rule of this id",
        "right  links/company-from  example  Brands like [Ferrari|COMPANY] from [Modena]",
        "right  links/company-from  near-miss  [Ferrari|COMPANY] to [Modena]",
        "own.toml: 2 rules, 4 examples tried, 0 wrong",
    ]


def test_what_is_wrong_is_told(run: Run, tmp_path: Path) -> None:
    """With what was wanted and what was found; an example of a shipped rule that no longer comes out, too."""
    text = OWN.replace("Oslo > Rome", "Rome > Oslo").replace("[Oslo] puts money", "[Lima] puts [Rome]")
    text = text.replace('"{company:company} from {city:city}"', '"{company:company} ( is based in|from ) {city:city}"')
    (tmp_path / "own.toml").write_text(text.replace('"company-from"', '"company-far"'), "utf-8")
    done = run("test", "own.toml")
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert lines[:2] == [
        "WRONG  comparisons/in-its-pocket  example  [Oslo] puts [Rome] in its pocket",
        "         wanted Rome > Oslo; found Oslo > Rome (in-its-pocket)",
    ]
    assert "WRONG  comparisons/in-its-pocket  near-miss  [Lima] puts [Rome] in its pocket" in lines
    assert any(line.startswith("WRONG  shipped links/and-founded-in  example  ") for line in lines)
    assert lines[-1].startswith("own.toml: 2 rules, 4 examples tried, ")


def test_a_file_without_rules(run: Run, tmp_path: Path) -> None:
    """It is valid, and it is said that there is nothing in it."""
    (tmp_path / "own.toml").write_text("# later\n", "utf-8")
    done = run("test", "own.toml")
    assert (done.returncode, done.stdout, done.stderr) == (0, "own.toml: holds no rules\n", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            OWN.replace('"better"', '"nicer"'),
            "own.toml, line 5: \"relation\" must be one of better, worse, equal, above, below, none, got 'nicer'.",
        ),
        (OWN.replace("[[rule]]", "[[rule]", 1), "own.toml: is not valid TOML: "),
        (
            OWN.replace("company-from", "in-its-pocket")
            .replace('"links"', '"comparisons"')
            .replace("located_in", "better"),
            'own.toml, line 13: "pattern" must be one with slots named a, b, both, aspect, at, x, y, z, got ',
        ),
        (
            OWN.replace(
                "puts {b:thing}", "{any:12} {any:12} {any:12} {any:12} {any:12} {any:12} {any:12} {any:12} {b:thing}"
            ),
            'own.toml, line 4: "pattern" \'{a:ref} {any:12} ',
        ),
    ],
)
def test_a_file_that_is_not_valid(run: Run, tmp_path: Path, text: str, message: str) -> None:
    """One line, no traceback."""
    (tmp_path / "own.toml").write_text(text, "utf-8")
    done = run("test", "own.toml")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(f"commentlens: {message}")


RULES = [rule for layer in LAYERS for rule in load_rules(layer, implied=True).rules]


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule.layer}/{rule.id}" for rule in RULES])
def test_what_is_shown_of_a_rule_is_the_rule(rule: Rule) -> None:
    """Read again it is the same: patterns with no more classes than they need, options, examples."""
    data = tomllib.loads(rule_text(rule, "a copy"))
    (row,) = data.pop("rule")
    classes = data.pop("classes", {})
    assert data == {}
    assert (row.pop("layer"), row.pop("id")) == (rule.layer, rule.id)
    patterns = [compile_pattern(source, classes, "copy") for source in row.pop("pattern")]
    assert [pattern.expression for pattern in patterns] == [pattern.expression for pattern in rule.patterns]
    for field, examples in (("examples", rule.examples), ("near_misses", rule.near_misses)):
        assert read_examples(row.pop(field, None), rule.layer, "copy", field) == examples
    assert row == rule.options


def test_the_examples_of_links_are_tried() -> None:
    """As those of the other layers."""
    trials = list(try_rules(load_rules("links"), Valence.load()))
    assert len(trials) > 80
    assert [(trial.example.text, trial.found) for trial in trials if not trial.passed] == []
