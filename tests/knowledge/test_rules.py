"""Loading rules: the user's own beside the shipped ones, and what is said of a file that is not valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.knowledge.rule_examples import read_examples
from commentlens.knowledge.rules import LAYERS, Example, RuleSet, load_rules

GOOD = """\
[classes]
lower = "lower|down"

[[rule]]
layer = "claims"
id = "move-it"
pattern = "move {subject:ref} <lower>"
stance = "too_high"
examples = [{ text = "Move it down", entry = "Rome", rank = 2, finds = "Rome too_high" }]
near_misses = ["They move it around"]

[[rule]]
layer = "comparisons"
id = "leagues-above"
pattern = ["{a:ref} leagues above {b:ref}", "{a:ref} leagues over {b:ref}"]
relation = "better"
negated = "flip"
examples = [{ text = "[Rome] leagues above [Oslo]", finds = ["Rome > Oslo"] }]
"""


def write(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def shipped(layer: str) -> RuleSet:
    return load_rules(layer)


def test_the_rules_of_a_layer_may_stand_in_several_files() -> None:
    """Those of ``comparisons_implied.toml`` come after all of ``comparisons.toml`` and use its classes and guards."""
    files = [Path(rule.source.partition(", line")[0]).name for rule in load_rules("comparisons", implied=True).rules]
    own = files.count("comparisons.toml")
    assert files == ["comparisons.toml"] * own + ["comparisons_implied.toml"] * (len(files) - own)
    (rule,) = [rule for rule in load_rules("comparisons", implied=True).rules if rule.id == "moved-there"]
    assert {"gone", "badnoun"} <= rule.classes.keys()
    assert rule.option("against") == "entry"


def test_own_rules_come_first(tmp_path: Path) -> None:
    """Each layer takes its own from one file; the shipped rules follow in their order."""
    path = write(tmp_path, GOOD)
    claims, comparisons = load_rules("claims", [path]), load_rules("comparisons", [path])
    own = claims.rules[0]
    assert [rule.id for rule in claims.rules] == ["move-it", *(rule.id for rule in shipped("claims").rules)]
    assert comparisons.rules[0].id == "leagues-above"
    assert len(comparisons.rules) == len(shipped("comparisons").rules) + 1
    assert (own.layer, own.options, own.source) == ("claims", {"stance": "too_high"}, f"{path}, line 4")
    assert own.examples == (Example("Move it down", entry="Rome", rank=2, finds=("Rome too_high",)),)
    assert own.near_misses == (Example("They move it around"),)
    assert [pattern.source for pattern in comparisons.rules[0].patterns] == [
        "{a:ref} leagues above {b:ref}",
        "{a:ref} leagues over {b:ref}",
    ]
    assert load_rules("links", [path]).rules == shipped("links").rules


def test_an_own_rule_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    """By its id, also in the order; classes of the shipped file may be used."""
    name = shipped("claims").rules[3].id
    path = write(
        tmp_path, GOOD.replace("move-it", name).replace("{subject:ref} <lower>", "{subject:ref} <adv> <lower>")
    )
    rules = load_rules("claims", [path]).rules
    assert [rule.id for rule in rules] == [rule.id for rule in shipped("claims").rules]
    assert [rule.own for rule in rules].index(True) == 3


def test_loading_leaves_nothing_behind(tmp_path: Path) -> None:
    """A later load without the user's file is as if it had never been."""
    before = shipped("claims")
    load_rules("claims", [write(tmp_path, GOOD)])
    assert shipped("claims") == before


@pytest.mark.parametrize("layer", LAYERS)
def test_guards_are_known(layer: str) -> None:
    """Guards that rules name are there, and stop only what stands right before a match."""
    rules = shipped(layer)
    for rule in rules.rules:
        assert set(rule.option("guards").split()) <= {*rules.guards, "none"}


def test_guards() -> None:
    """A guard counts where it ends right before the place; "none" and unknown names never do."""
    rules = shipped("claims")
    code = "it is not number "
    assert rules.guard("negated", code, code.index("number"))
    assert not rules.guard("negated", code, len("it is "))
    assert not rules.guard("none", code, code.index("number"))


@pytest.mark.parametrize(
    ("text", "plain", "mentions"),
    [
        ("[Rome] rocks", "Rome rocks", [(0, 4, "CITY", "Rome")]),
        ("a [vw|COMPANY=Volkswagen] b", "a vw b", [(2, 4, "COMPANY", "Volkswagen")]),
        (
            "[NYC|CITY=New York], [Japan|COUNTRY]",
            "NYC, Japan",
            [(0, 3, "CITY", "New York"), (5, 10, "COUNTRY", "Japan")],
        ),
        ("no brackets", "no brackets", []),
        ("an empty [] one", "an empty [] one", []),
    ],
)
def test_mentions_of_an_example(text: str, plain: str, mentions: list[tuple[int, int, str, str]]) -> None:
    """The text without brackets, and what stood in them."""
    found, dicts = Example(text).plain()
    assert found == plain
    assert [(m["start"], m["end"], m["label"], m["name"]) for m in dicts] == mentions
    assert all((m["id"], m["via"]) == (None, "gazetteer") for m in dicts)


def edited(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


PATTERN = '"move {subject:ref} <lower>"'
STANCE = 'stance = "too_high"'
NEAR_MISSES = 'near_misses = ["They move it around"]'
EXAMPLES = 'examples = [{ text = "Move it down", entry = "Rome", rank = 2, finds = "Rome too_high" }]\n'
CLAIM_KEYS = "examples, guards, id, near_misses, note, on_negative, pattern, proposed, stance"
A_PATTERN = '"pattern" must be a string or a list of strings'
SLOT_NAMES = "one with slots named subject, at, stated, other, both, x, y, z"
A_RANK = "a whole number from 1, without quotes"
A_CLAIM = '"NAME STANCE" or "NAME STANCE RANKS": a stance too_low, too_high, right or unspecified, ranks 7, 1-5 or >10'
A_MARK = (
    "marked as [Rome], [BMW|COMPANY] or [vw|COMPANY=Volkswagen], a label one of CITY, COMPANY, COUNTRY, REGION, ENTRY"
)
LENGTH = "the length must be a whole number from 1 to 12"
EXAMPLE_KEYS = "entry, finds, others, polarity, rank, text"
NO_SLOT = "a slot is {name:kind}, kind one of thing, ref, city, company, rank, number, ranked, words"
STANCES = ", ".join(LAYERS["claims"]["stance"] or ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (edited('"move-it"', '"Move It"'), "line 6: \"id\" must be lower-case words joined by hyphens, got 'Move It'."),
        (edited('id = "move-it"\n', ""), 'line 4: "id" must be lower-case words joined by hyphens, got None.'),
        (edited(STANCE, 'stans = "x"'), f'line 8: unknown "stans". Allowed: {CLAIM_KEYS}.'),
        (
            edited(STANCE, 'stance = "high"'),
            f"line 8: \"stance\" must be one of {STANCES}, got 'high'.",
        ),
        (edited(STANCE, "stance = 3"), f'line 8: "stance" must be one of {STANCES}, got 3.'),
        (edited(STANCE, 'stance = "too_high"\nguards = 1'), 'line 9: "guards" must be a string, got 1.'),
        (
            edited(PATTERN, '"move {subject:town}"'),
            f"line 7: \"pattern\" 'move {{subject:town}}': {{subject:town}}: {NO_SLOT}.",
        ),
        (edited(PATTERN, "[]"), 'line 7: "pattern" must be a string or a list of strings, got [].'),
        (edited(PATTERN, "7"), 'line 7: "pattern" must be a string or a list of strings, got 7.'),
        (edited('lower = "lower|down"', "lower = 1"), 'line 2: "lower" must be a string of alternatives, got 1.'),
        (
            edited(EXAMPLES, ""),
            "line 4: rule move-it has no examples; give at least one comment that it must fire on.",
        ),
        (
            edited(NEAR_MISSES, "near_misses = 3"),
            'line 10: "near_misses" must be a list, got 3.',
        ),
        (
            edited(NEAR_MISSES, "near_misses = [3]"),
            'line 10: "near_misses" must be a comment, or a table with "text", got 3.',
        ),
        (edited(STANCE + "\n", ""), f'line 4: "stance" must be one of {STANCES}, got None.'),
        (edited(STANCE, STANCE + "\nnote = 1"), 'line 9: "note" must be a string, got 1.'),
        (edited('pattern = "move {subject:ref} <lower>"\n', ""), f"line 4: {A_PATTERN}, got None."),
        (edited(PATTERN, '["move it", 7]'), f"line 7: {A_PATTERN}, got ['move it', 7]."),
        (edited(PATTERN, '""'), "line 7: \"pattern\" '': an empty sequence."),
        (edited(PATTERN, '"( move it"'), 'line 7: "pattern" \'( move it\': a "(" is not closed.'),
        (edited(PATTERN, '"move {gap:99} it"'), f"line 7: \"pattern\" 'move {{gap:99}} it': {{gap:99}}: {LENGTH}."),
        (
            edited(PATTERN, '"move {sujbect:ref} <lower>"'),
            f"line 7: \"pattern\" must be {SLOT_NAMES}, got 'sujbect'.",
        ),
        (
            edited('lower = "lower|down"', 'lower = "lower|( down"'),
            'line 2: class <lower>: "pattern" \'lower|( down\': a "(" is not closed.',
        ),
        (
            edited('lower = "lower|down"', '"low er" = "lower"'),
            "line 2: \"classes\" must be named by letters, digits and hyphens, got 'low er'.",
        ),
        (edited("rank = 2", 'rank = "2"'), f"line 9: \"rank\" must be {A_RANK}, got '2'."),
        (edited("rank = 2", "rank = 0"), f'line 9: "rank" must be {A_RANK}, got 0.'),
        (edited("rank = 2", "rank = true"), f'line 9: "rank" must be {A_RANK}, got True.'),
        (edited('entry = "Rome"', "entry = 5"), 'line 9: "entry" must be the name of an entry, a string, got 5.'),
        (
            edited("rank = 2", 'rank = 2, polarity = "bad"'),
            "line 9: \"polarity\" must be one of positive, negative, got 'bad'.",
        ),
        (
            edited("rank = 2", "rank = 2, others = [3]"),
            'line 9: "others" must be a table of ranks, such as { Oslo = 3 }, got [3].',
        ),
        (edited("Rome too_high", "Rome high"), f"line 9: \"finds\" must be {A_CLAIM}, got 'Rome high'."),
        (
            edited('finds = "Rome too_high"', "finds = 3"),
            f'line 9: "finds" must be {A_CLAIM}, or a list of them, got 3.',
        ),
        (edited(', finds = "Rome too_high"', ""), f'line 9: "finds" must be {A_CLAIM}, or a list of them, got None.'),
        (
            edited("They move it around", "[They|company] move it around"),
            f"line 10: \"text\" must be {A_MARK}, got '[They|company] move it around'.",
        ),
        (
            edited("They move it around", "They move [it around"),
            f"line 10: \"text\" must be {A_MARK}, got 'They move [it around'.",
        ),
        (
            edited(NEAR_MISSES, 'near_misses = ["fine", "[Rome|TOWN] moves"]'),
            f"line 10, number 2: \"text\" must be {A_MARK}, got '[Rome|TOWN] moves'.",
        ),
        (
            edited(NEAR_MISSES, 'near_misses = [{ text = "fine", finds = "Rome right" }]'),
            "line 10: \"finds\" must be left out of near_misses, which find nothing, got 'Rome right'.",
        ),
        (
            edited('[classes]\nlower = "lower|down"\n', 'classes = "lower"\n'),
            "line 1: \"classes\" must be a table, written [classes], got 'lower'.",
        ),
        ("rule = [3]\n", 'line 1: "rule" must be a table, written [[rule]], got 3.'),
        (GOOD.replace("[classes]", "[words]"), 'line 1: unknown "words". Allowed: classes, rule.'),
        (
            edited("rank = 2, finds", "place = 2, finds"),
            f'line 9: unknown "place". Allowed: {EXAMPLE_KEYS}.',
        ),
    ],
)
def test_rules_that_are_not_valid(tmp_path: Path, text: str, message: str) -> None:
    """File, line, field, what was got, what is allowed."""
    path = write(tmp_path, text)
    with pytest.raises(KnowledgeError) as caught:
        load_rules("claims", [path])
    assert str(caught.value) == f"{path}, " + message.replace("{path}", str(path))


def test_an_id_may_be_used_once(tmp_path: Path) -> None:
    """Both places are named."""
    path = write(tmp_path, GOOD + GOOD[GOOD.index("[[rule]]") : GOOD.rindex("[[rule]]")])
    with pytest.raises(KnowledgeError) as caught:
        load_rules("claims", [path])
    assert str(caught.value) == f"{path}, line 19: \"id\" 'move-it' is taken by the rule at {path}, line 4."


def test_a_guard_that_is_not_there(tmp_path: Path) -> None:
    """The known ones are listed."""
    path = write(tmp_path, edited(STANCE, 'stance = "too_high"\nguards = "negated later"'))
    with pytest.raises(KnowledgeError) as caught:
        load_rules("claims", [path])
    known = ", ".join(shipped("claims").guards)
    assert str(caught.value) == f"{path}, line 9: \"guards\" must be of {known} or none, got ['later']."


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """As `read_data_file` says it."""
    with pytest.raises(KnowledgeError, match=r"absent\.toml: cannot be read \(No such file or directory\)"):
        load_rules("claims", [tmp_path / "absent.toml"])


def test_a_rule_table_that_is_no_array(tmp_path: Path) -> None:
    """``[rule]`` instead of ``[[rule]]``."""
    path = write(tmp_path, '[rule]\nid = "a"\n')
    with pytest.raises(KnowledgeError) as caught:
        load_rules("claims", [path])
    assert str(caught.value) == (
        f"{path}, line 1: \"rule\" must be an array of tables, written [[rule]], got {{'id': 'a'}}."
    )


@pytest.mark.parametrize(
    ("old", "new"), [('layer = "claims"\n', ""), ('"claims"', '"claim"'), ('[[rule]]\nlayer = "claims"', "[[rules]]")]
)
def test_no_rule_is_dropped_in_silence(tmp_path: Path, old: str, new: str) -> None:
    """A missing or misspelt layer, a misspelt table."""
    path = write(tmp_path, edited(old, new))
    with pytest.raises(KnowledgeError):
        load_rules("claims", [path])


@pytest.mark.parametrize(
    ("layer", "right", "wrong"),
    [
        (
            "claims",
            ["Rome right", "New York too_low 7", "X too_high >10", "X too_low 1-5"],
            ["Rome", "Rome good", "X right 1-"],
        ),
        ("comparisons", ["Rome > Oslo", "New York = *"], ["Rome", "Rome < Oslo", "Rome >"]),
        (
            "links",
            ["BMW offices Munich", "Dr Oetker founded_in Bielefeld"],
            ["BMW Munich", "BMW from Munich", "BMW offices "],
        ),
    ],
)
def test_how_each_layer_writes_what_it_finds(layer: str, right: list[str], wrong: list[str]) -> None:
    """The right forms are taken as they are, the wrong ones refused one by one."""
    (example,) = read_examples([{"text": "x", "finds": right}], layer, "here", "examples")
    assert example.finds == tuple(right)
    for item in wrong:
        with pytest.raises(KnowledgeError, match='here: "finds" must be'):
            read_examples([{"text": "x", "finds": item}], layer, "here", "examples")


def test_a_rule_that_is_overridden_is_kept_aside(tmp_path: Path) -> None:
    """So that it can be said which one it was; the user's own rules know that they are."""
    name = shipped("claims").rules[3].id
    rules = load_rules("claims", [write(tmp_path, GOOD.replace("move-it", name))])
    assert [rule.id for rule in rules.overridden] == [name]
    assert [rule.id for rule in rules.rules if rule.own] == [name]
    assert not rules.overridden[0].own
    assert shipped("claims").overridden == ()
