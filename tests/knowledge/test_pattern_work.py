"""What a pattern can cost: bounds that are known, bounds against all ways counted one by one, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentlens.errors import KnowledgeError
from commentlens.knowledge import pattern_work
from commentlens.knowledge.pattern_work import MOST_STEPS, Work
from commentlens.knowledge.patterns import compile_pattern
from commentlens.knowledge.rules import LAYERS, load_rules

WHERE = "rules.toml, line 3"
CLASSES = {"adv": "so|so very|so much|really", "noun": "city|place"}


@pytest.mark.parametrize(
    ("pattern", "steps", "longest"),
    [
        ("a b c", 3, 3),
        ("( a | b ) c", 3, 2),
        # An optional part is a choice only where what follows may begin as it does.
        ("a? b", 3, 2),
        ("a? a", 4, 2),
        ("a? rank*", 3, 2),
        ("ra? rank*", 3, 2),
        ("rank? rank*", 4, 2),
        # A gap can end anywhere before a word that may stand in it, in one place before a mark or mention
        # (an article before the mention is a word).
        ("a {gap:3} b", 9, 5),
        ("a {gap:3} @", 6, 5),
        ("a {gap:3} {x:city}", 21, 8),
        ("a {gap:3} , b", 7, 6),
        ("a {any:3} , b", 13, 6),
        # Only sequences that begin each other count together.
        ("<adv> b", 8, 3),
        ("<adv>? b", 9, 3),
        ("<adv>? <adv>? b", 34, 5),
        # What only looks costs, and covers nothing.
        ("a !( b c ) d", 4, 2),
        ("^ a $", 3, 1),
        # Gaps multiply.
        ("{any:12} a", 26, 13),
        ("{any:12} {any:12} a", 351, 25),
        ("{any:12} {any:12} {any:12} a", 4576, 37),
    ],
)
def test_known_bounds(pattern: str, steps: int, longest: int) -> None:
    """Units looked at to try a pattern at one place, and units that a match covers."""
    compiled = compile_pattern(pattern, CLASSES, WHERE)
    assert (compiled.steps, compiled.longest) == (steps, longest)


@pytest.mark.parametrize("layer", LAYERS)
def test_shipped_patterns_stay_within_the_limit(layer: str) -> None:
    """Guards as well, though they are only looked for right before a match."""
    rules = load_rules(layer, implied=True)
    patterns = [pattern for rule in rules.rules for pattern in rule.patterns]
    patterns += [pattern for guard in rules.guards.values() for pattern in guard]
    assert max(pattern.steps for pattern in patterns) <= MOST_STEPS
    assert max(pattern.longest for pattern in patterns) <= 60


@pytest.mark.parametrize(
    ("pattern", "steps"),
    [
        ("{any:12} {any:12} {any:12} {any:12} {any:12} foo", "773,526"),
        ("{gap:12} {gap:12} {gap:12} {gap:12} {gap:12} foo", "773,526"),
        ("a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? b", "327,678"),
        ("( a | a ) ( a | a ) " + "( a ( a | a ) | a ) " * 11 + "b", None),
    ],
)
def test_what_would_hang_is_refused(pattern: str, steps: str | None) -> None:
    """Place, pattern, what it takes, what is allowed, and what to do."""
    with pytest.raises(KnowledgeError) as caught:
        compile_pattern(pattern, CLASSES, WHERE)
    message = str(caught.value)
    assert message.startswith(f'{WHERE}: "pattern" {pattern!r}: it can be tried in too many ways: ')
    assert message.endswith(
        f" steps at one word, {MOST_STEPS:,} are allowed; use fewer or shorter gaps and optional parts."
    )
    assert steps is None or f": {steps} steps" in message


def test_the_end_of_a_sentence_is_read_in_one_way() -> None:
    """Marks that could be read in two ways made 2^n of them; now a sentence of nothing but marks takes n steps."""
    pattern = compile_pattern("place $", CLASSES, WHERE)
    assert pattern.regex.search("place " + ": ... " * 200 + "x ") is None
    assert pattern.regex.search("place : ... lol ! ")


def test_a_long_word_is_read_in_one_way() -> None:
    """Whatever a word holds, a pattern looks at it once; two stars in a word could share it out."""
    pattern = compile_pattern("rank* {gap:3} {x:words} foo", CLASSES, WHERE)
    assert pattern.regex.search("rank" + "k" * 20_000 + " " + "'-" * 20_000 + " bar ") is None
    with pytest.raises(KnowledgeError, match="a word may hold one"):
        compile_pattern("*a*b foo", CLASSES, WHERE)


def test_a_guard_looks_back_no_further_than_it_can_reach() -> None:
    """At the end of a long sentence it costs what it costs at the begin of one."""
    pattern = compile_pattern("not {gap:2}", CLASSES, WHERE)
    long = "not " + "word " * 10_000
    for code, ends in [
        ("not ", True),
        ("not a ", True),
        ("not a b ", True),
        ("not a b c ", False),
        (long + "not a ", True),
        (long + "not a b ", True),
        (long + "not a b c ", False),
        (long + "knot ", False),
        ("", False),
    ]:
        assert pattern.ends_at(code, len(code)) is ends
    assert not pattern.ends_at("not a b", len("not a"))


@dataclass(frozen=True)
class Part:
    """A piece of a pattern, as it is written and as a tree of which all ways can be counted."""

    source: str
    kind: str
    parts: tuple[Part, ...] = ()
    length: int = 0


def ways(part: Part, text: tuple[str, ...], at: int) -> list[int]:
    """Where each way of matching ends."""
    if part.kind == "word":
        return [at + 1] if text[at : at + 1] == (part.source,) else []
    if part.kind == "gap":
        return list(range(at, min(at + part.length, len(text)) + 1))
    if part.kind == "maybe":
        return [*ways(part.parts[0], text, at), at]
    if part.kind == "either":
        return [end for branch in part.parts for end in ways(branch, text, at)]
    ends = [at]
    for inner in part.parts:
        ends = [end for start in ends for end in ways(inner, text, start)]
    return ends


def work(part: Part) -> Work:
    """The bound of it."""
    inner = [work(item) for item in part.parts]
    if part.kind == "word":
        return pattern_work.word(part.source)
    if part.kind == "gap":
        return pattern_work.gap(part.length, frozenset([pattern_work.ANY_WORD]))
    if part.kind == "maybe":
        return pattern_work.or_nothing(inner[0])
    return pattern_work.one_of(inner) if part.kind == "either" else pattern_work.in_turn(inner)


LEAVES = st.one_of(
    st.sampled_from("ab").map(lambda word: Part(word, "word")),
    st.integers(1, 3).map(lambda n: Part(f"{{gap:{n}}}", "gap", length=n)),
)


def composed(children: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    several = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda parts: Part(" ".join(part.source for part in parts), "turn", parts)),
        several.map(lambda parts: Part(f"( {' | '.join(part.source for part in parts)} )", "either", parts)),
        children.map(lambda part: Part(f"( {part.source} )?", "maybe", (part,))),
    )


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.recursive(LEAVES, composed, max_leaves=6), st.lists(st.sampled_from("ab"), max_size=7).map(tuple))
def test_no_text_has_more_ways_than_the_bound(part: Part, text: tuple[str, ...]) -> None:
    """All ways counted one by one on texts of two words, of which many are the same on purpose."""
    bound = work(part)
    found = ways(part, text, 0)
    assert len(found) <= bound.ways
    assert max(found, default=0) <= bound.longest
    assert bound.empty or 0 not in found
    before_mark = [end for end in ways(part, (*text, ","), 0) if end == len(text)]
    assert len(before_mark) <= bound.before(frozenset([","]))[0]


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.text(alphabet="ab(){}<>?!^$|~\\*: #@.,gapnyrefx12³\u0660é\n\"'", max_size=30))
def test_any_text_is_a_pattern_or_is_refused(source: str) -> None:
    """Never another exception, neither when it is read nor when it is used."""
    try:
        pattern = compile_pattern(source, CLASSES, WHERE)
    except KnowledgeError as error:
        assert str(error).startswith(f'{WHERE}: "pattern" {source!r}: ')  # noqa: PT017 (the other branch goes on)
        return
    for code in ("", "a b @city1 #r2 , x ", "not a ! "):
        pattern.regex.search(code)
        assert pattern.ends_at(code, len(code)) in {True, False}


@pytest.mark.parametrize("source", ["(" * 5000 + "a" + ")" * 5000, "!" * 5000 + "a", "a " * 20_000])
def test_very_long_patterns(source: str) -> None:
    """Brackets in brackets are refused; a long line is read."""
    if source.startswith("a"):
        assert compile_pattern(source, CLASSES, WHERE).longest == 20_000
        return
    with pytest.raises(KnowledgeError, match="more than 20 deep"):
        compile_pattern(source, CLASSES, WHERE)


def test_classes_do_not_multiply_without_end() -> None:
    """A class may use others, ten times over."""
    classes = {"c0": "a|b"} | {f"c{n}": f"( <c{n - 1}> ) ( <c{n - 1}> )" for n in range(1, 30)}
    with pytest.raises(KnowledgeError, match=r"class <c18>: .*too many ways: 262,144 steps"):
        compile_pattern("<c29>", classes, WHERE)
