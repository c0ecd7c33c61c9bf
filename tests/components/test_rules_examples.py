"""Every shipped rule does what its own examples say."""

from __future__ import annotations

import pytest
from marked import shipped_rules, shipped_valence

from commentlens.components.claims import FoundClaim
from commentlens.components.comparisons import FoundComparison
from commentlens.components.examples import Trial, shown_claim, shown_comparison, topic_of, try_rules
from commentlens.knowledge.rules import LAYERS, Example, Rule, RuleSet

TRIALS = [
    trial
    for layer in ("claims", "comparisons")
    for trial in try_rules(shipped_rules(layer, implied=True), shipped_valence())
]
RULES = [rule for layer in LAYERS for rule in shipped_rules(layer, implied=True).rules]


@pytest.mark.parametrize("trial", TRIALS, ids=[f"{trial.rule.id}: {trial.example.text}" for trial in TRIALS])
def test_example(trial: Trial) -> None:
    """A firing example gives just what it says, by its own rule; a near-miss does not fire its rule."""
    assert trial.passed, f"found {trial.found} by {trial.fired}"


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule.layer}/{rule.id}" for rule in RULES])
def test_rule_is_shown_by_examples(rule: Rule) -> None:
    """Every rule that means something has a comment that it fires on and one that it must leave alone."""
    if "none" in {rule.option("stance"), rule.option("relation")}:
        assert not rule.examples
    else:
        assert rule.examples
        assert all(example.finds for example in rule.examples)
        assert rule.near_misses
    assert not any(example.finds for example in rule.near_misses)


@pytest.mark.parametrize("layer", LAYERS)
def test_ids_are_unique_and_every_rule_says_what_it_means(layer: str) -> None:
    """An id names one rule; a claim has a stance, anything else a relation."""
    rules = shipped_rules(layer, implied=True).rules
    assert len({rule.id for rule in rules}) == len(rules) > 0
    assert all(rule.option("stance" if layer == "claims" else "relation") for rule in rules)
    assert {rule.layer for rule in rules} == {layer}


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (FoundClaim("Rome", "too_low", (7, 7), 9, None, (0, 1), "r"), "Rome too_low 7"),
        (FoundClaim("Rome", "too_low", (1, 5), 9, None, (0, 1), "r"), "Rome too_low 1-5"),
        (FoundClaim("Rome", "too_high", (11, None), 9, None, (0, 1), "r"), "Rome too_high >10"),
        (FoundClaim("New York", "right", None, 9, 9, (0, 1), "r"), "New York right"),
    ],
)
def test_a_claim_as_examples_write_it(claim: FoundClaim, expected: str) -> None:
    """A rank, an interval, an open one, none."""
    assert shown_claim(claim) == expected


def test_a_comparison_as_examples_write_it() -> None:
    """Better and equal."""
    assert shown_comparison(FoundComparison("Rome", "*", "better", None, (0, 1), "r")) == "Rome > *"
    assert shown_comparison(FoundComparison("Rome", "Oslo", "equal", None, (0, 1), "r")) == "Rome = Oslo"


def test_the_topic_of_an_example() -> None:
    """Its entry and the others make the list; without any there is none."""
    topic = topic_of(Example("[Rome] it is", entry="Oslo", rank=3, polarity="negative", others={"Rome": 7}))
    assert (topic.entry, topic.negative, topic.listed("Rome"), topic.listed("Oslo"), topic.has_list) == (
        "Oslo", True, 7, 3, True,
    )  # fmt: skip
    assert topic_of(Example("[Rome] it is")).has_list is False


def test_a_trial_fails_where_it_should() -> None:
    """A firing example that finds something else, and a near-miss that fires."""
    rules = shipped_rules("claims")
    rule = next(rule for rule in rules.rules if rule.examples)
    example = rule.examples[0]
    wrong = Example(example.text, example.entry, example.rank, example.polarity, example.others, ("Nowhere right",))
    turned = Rule(rule.id, rule.layer, rule.order, rule.patterns, rule.options, (wrong,), (example,), rule.source)
    trials = list(try_rules(RuleSet("claims", (turned,), rules.guards), shipped_valence()))
    assert [(trial.must_fire, trial.passed) for trial in trials] == [(True, False), (False, False)]
