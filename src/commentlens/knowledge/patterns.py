r"""The pattern language of the rules: words, slots and gaps over the units of a sentence.

A sentence is matched as its units (see `components.scope`): lower-case words, punctuation, mentions, ranks. A pattern
is a line of elements, separated by spaces:

    should                 the word           rank*          words that begin so
    ( should | have to )   one of the sequences
    <be>                   a class, defined under [classes] in the rule file: sequences separated by |
    x?                     x or nothing       !x             not followed by x       \?      a literal ? (also \! \> \.)
    {gap:3}                up to three words, no punctuation, mention or rank among them
    {any:3}                up to three units of any kind within the sentence
    {subject:thing}        a mention (or several: "Rome, Paris and London"), with an article; kept as "subject"
    {subject:ref}          a mention, a pronoun, or "this city"
    {b:city} {b:company}   a mention of that label
    {at:rank}              a rank that carries its sign (#7, no. 7, 7th, top 5)
    {at:number}            the same, or a bare number
    {aspect:words}         one to three words, kept
    {at:ranked}            the same as rank, also where a noun follows ("the #1 city")
    ~<class>               right after one of the units of a class (^ among them: at the begin), which are not covered
    ^  $                   begin and end of the sentence (final punctuation aside)

There is no unbounded repetition, and what a pattern can cost at one place is bounded (`knowledge.pattern_work`), so
the time of a match is linear in the sentence. Inside a unit the expressions never step back (``++``, ``*+``).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from commentlens.errors import KnowledgeError
from commentlens.knowledge import pattern_work
from commentlens.knowledge.pattern_work import ANY_WORD, MOST_STEPS, Work

_WORD = r"(?:\\.|[^\s(){}<>?!^$|~\\])+"
_TOKEN = re.compile(rf"\s*(?:(?P<slot>\{{[^}}]*\}})|(?P<cls><[\w-]+>)|(?P<op>[()?!^$|~])|(?P<word>{_WORD}))")
_ARTICLE = r"(?:(?:a|an|the|our|my|poor|good|old|even|city|of|whole|entire|all|any) ){0,2}"
_AFTER = r"(?:(?:city|itself|alone|too|also|proper) )?"
# Marks and laughter at the end of a sentence. Each unit can be read in one way only, and not more than a dozen are.
_REST = r"(?=(?:(?:[.!?,;:)\"'-]++|lol|haha) ){0,12}+$)"
_ARTICLES = re.findall(r"\w+(?=[|)])", _ARTICLE)
_PRONOUNS = "it this that they these those he she them him her we us".split()
_PRONOUN = f"(?:{'|'.join(_PRONOUNS)})"
# Never the only reason to try a rule: they stand in most sentences.
_COMMON = frozenset(
    "@ #r #a #n a an the it its is are was be been 's to of in on at and or not n't this that i you they for so".split()
)
_SLOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")
_LENGTH = re.compile(r"[1-9]|1[0-2]")
_DEEPEST = 20  # brackets in brackets; no person reads more
SLOT_KINDS = ("thing", "ref", "city", "company", "rank", "number", "ranked", "words")
Triggers = frozenset[str]
_MENTION: tuple[Triggers, ...] = (frozenset("@"),)
# A mention: up to two articles before it (they are none, so they add no ways), "itself" behind it or not.
_NAMED = pattern_work.unit("@", *_ARTICLES, ways=2, steps=4, longest=4)
_RANK = pattern_work.unit("#r", "#n", "#a")
_WORDS = pattern_work.unit(ANY_WORD, ways=3, steps=3, longest=3)


def _referring(longest: int) -> Work:
    """A mention, a pronoun, or "this city", which begins as the pronoun does."""
    return pattern_work.unit("@", *_ARTICLES, *_PRONOUNS, ways=3, steps=6, longest=longest)


def _gap(name: str, length: int) -> Work:
    return pattern_work.gap(length, frozenset([ANY_WORD]) if name == "gap" else None)


@functools.cache
def _compiled(expression: str) -> re.Pattern[str]:
    """Compiled when it is first used: most rules never see the word that they wait for."""
    return re.compile(expression)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern.

    ``requires``: a sentence must hold a unit of each of these sets, the rarest first; empty where nothing is sure.
    Mentions stand in them as ``@``, ranks as ``#r``, ``#a`` and ``#n``. ``steps``: units looked at, at most, to try it
    at one place; ``longest``: units that a match covers, at most.
    """

    source: str
    expression: str
    slots: tuple[str, ...]
    requires: tuple[Triggers, ...]
    steps: int = 1
    longest: int = 1

    @property
    def regex(self) -> re.Pattern[str]:
        """What it matches on the code of a sentence (`components.scope.Sentence`)."""
        return _compiled(self.expression)

    @property
    def ending(self) -> re.Pattern[str]:
        """The same, but only where it ends at the end of what is searched."""
        return _compiled(self.expression + r"\Z")

    def ends_at(self, code: str, end: int) -> bool:
        """Whether a match ends at a place of a sentence's code; looks back no further than a match can reach."""
        start = end
        for _ in range(self.longest + 1):
            start = code.rfind(" ", 0, max(start, 0))
        return self.ending.search(code, start + 1, end) is not None

    def values(self, match: re.Match[str]) -> dict[str, str]:
        """The units that filled the slots: ``{"subject": "@city3", "at": "#r5"}``; unfilled slots are absent."""
        found: dict[str, str] = {}
        for group, value in match.groupdict().items():
            if value is not None:
                found[group.partition("__")[0]] = value.strip()
        return found


_ONE_UNIT = Work()


@dataclass(frozen=True, slots=True)
class _Node:
    regex: str
    requires: tuple[Triggers, ...] = ()  # a unit of each set stands in every match
    empty: bool = False  # whether it can match nothing at all
    work: Work = _ONE_UNIT


class _Parser:
    def __init__(self, source: str, classes: Mapping[str, str], where: str, inside: tuple[str, ...] = ()) -> None:
        self.source, self.classes, self.where, self.inside = source, classes, where, inside
        self.tokens = self._tokens(source)
        self.position = 0
        self.depth = 0
        self.slots: list[str] = []

    def fail(self, problem: str) -> KnowledgeError:
        return KnowledgeError(f'{self.where}: "pattern" {self.source!r}: {problem}.')

    def _tokens(self, source: str) -> list[tuple[str, str]]:
        tokens, position = [], 0
        while position < len(source.rstrip()):
            match = _TOKEN.match(source, position)
            if not match or match.end() == position:
                raise self.fail(f"cannot read {source[position:].strip()!r}")
            kind = str(match.lastgroup)
            tokens.append((kind, match[kind]))
            position = match.end()
        return tokens

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.position] if self.position < len(self.tokens) else ("end", "")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.position += 1
        return token

    def sequence(self) -> _Node:
        nodes: list[_Node] = []
        while True:
            if self.peek()[0] == "end" or self.peek() in {("op", ")"), ("op", "|")}:
                break
            nodes.append(self.element())
        if not nodes:
            raise self.fail("an empty sequence")
        requires = tuple(units for node in nodes for units in node.requires)
        work = pattern_work.in_turn([node.work for node in nodes])
        # Checked here and not at the end, so that classes that use classes cannot fill the memory before.
        if work.steps > MOST_STEPS:
            raise self.fail(
                f"it can be tried in too many ways: {work.steps:,} steps at one word, {MOST_STEPS:,} are allowed; "
                "use fewer or shorter gaps and optional parts"
            )
        return _Node("".join(node.regex for node in nodes), requires, all(node.empty for node in nodes), work)

    def element(self) -> _Node:
        kind, value = self.take()
        if kind == "op" and value in "!(":
            self.depth += 1
            if self.depth > _DEEPEST:
                raise self.fail(f"brackets and ! stand in each other more than {_DEEPEST} deep")
        if kind == "op" and value == "!":
            node = self.element()
            self.depth -= 1
            return _Node(f"(?!{node.regex})", empty=True, work=pattern_work.ahead(node.work))
        if kind == "op" and value == "~":
            return _Node(self.preceding(), empty=True, work=pattern_work.beside())
        if kind == "op" and value == "^":
            return _Node(r"(?:^|(?<=^\" ))", empty=True, work=pattern_work.beside())
        if kind == "op" and value == "$":
            return _Node(_REST, empty=True, work=pattern_work.beside())
        if kind == "op" and value == "(":
            branches = [self.sequence()]
            while self.peek()[1] == "|":
                self.take()
                branches.append(self.sequence())
            if self.take()[1] != ")":
                raise self.fail('a "(" is not closed')
            self.depth -= 1
            node = _either(branches)
        elif kind == "word":
            node = self.word(value)
        elif kind == "cls":
            node = self.cls(value[1:-1])
        elif kind == "slot":
            node = self.slot(value[1:-1])
        else:
            raise self.fail(f"{value!r} has nothing to stand on" if value else "it ends too early")
        if self.peek() == ("op", "?"):
            self.take()
            node = _Node(f"(?:{node.regex})?", empty=True, work=pattern_work.or_nothing(node.work))
        return node

    def preceding(self) -> str:
        """What must stand before: a class of single units and ``^``."""
        kind, value = self.take()
        if kind != "cls" or value[1:-1] not in self.classes:
            raise self.fail("~ stands before a class")
        units = self.classes[value[1:-1]].split("|")
        if any(" " in unit for unit in units):
            raise self.fail(f"~{value}: the class must hold single units")
        return (
            "(?:" + "|".join("^" if u == "^" else rf"(?<=^{re.escape(u)} )|(?<= {re.escape(u)} )" for u in units) + ")"
        )

    def word(self, value: str) -> _Node:
        word = re.sub(r"\\(.)", r"\1", value)
        if word.count("*") > 1:  # two of them could share out a long word in many ways
            raise self.fail(f"{value!r}: a word may hold one *")
        rest = r"\S*+" if word.endswith("*") else r"\S*"
        return _Node(
            re.escape(word).replace(r"\*", rest) + " ",
            () if "*" in word else (frozenset([word]),),
            work=pattern_work.word(word),
        )

    def cls(self, name: str) -> _Node:
        if name not in self.classes:
            raise self.fail(f"unknown class <{name}>; known: {', '.join(sorted(self.classes)) or 'none'}")
        if name in self.inside:
            raise self.fail(f"class <{name}> names itself")
        try:
            node, slots = _read_class(name, tuple(sorted(self.classes.items())), self.inside)
        except KnowledgeError as error:
            raise KnowledgeError(f"{self.where}: {error}") from None
        if slots:
            raise self.fail(f"class <{name}> holds a slot")
        return node

    def alternatives(self) -> _Node:
        branches = [self.sequence()]
        while self.peek()[1] == "|":
            self.take()
            branches.append(self.sequence())
        if self.peek()[0] != "end":
            raise self.fail(f"{self.peek()[1]!r} is not opened")
        return _either(branches)

    def slot(self, value: str) -> _Node:
        name, _, kind = value.partition(":")
        if name in {"gap", "any"}:
            if not _LENGTH.fullmatch(kind):
                raise self.fail(f"{{{value}}}: the length must be a whole number from 1 to 12")
            unit = r"[\w'-][^ ]*+ " if name == "gap" else r"[^ ]++ "
            return _Node(f"(?:{unit}){{0,{kind}}}?", empty=True, work=_gap(name, int(kind)))
        if kind not in SLOT_KINDS or not _SLOT_NAME.fullmatch(name):
            raise self.fail(f"{{{value}}}: a slot is {{name:kind}}, kind one of {', '.join(SLOT_KINDS)}")
        self.slots.append(name)
        group = f"?P<{name}__{len(self.slots)}>"
        build: Callable[[], _Node] = {
            "thing": lambda: _Node(rf"{_ARTICLE}({group}@[a-z]+\d+) {_AFTER}", _MENTION, work=_NAMED),
            "city": lambda: _Node(rf"{_ARTICLE}({group}@city\d+) {_AFTER}", _MENTION, work=_NAMED),
            "company": lambda: _Node(rf"{_ARTICLE}({group}@company\d+) {_AFTER}", _MENTION, work=_NAMED),
            "ref": lambda: self.ref(group),
            "rank": lambda: _Node(rf"({group}#r\d+) ", (frozenset(["#r"]),), work=_RANK),
            "number": lambda: _Node(rf"({group}#[rn]\d+) ", (frozenset(["#r", "#n"]),), work=_RANK),
            "words": lambda: _Node(
                rf"({group}[\w'-]++(?: (?!and |but |or |so |because )[\w'-]++){{0,2}}) ", work=_WORDS
            ),
            "ranked": lambda: _Node(rf"({group}#[ra]\d+) ", (frozenset(["#r", "#a"]),), work=_RANK),
        }[kind]
        return build()

    def ref(self, group: str) -> _Node:
        mention = rf"{_ARTICLE}({group}@[a-z]+\d+) {_AFTER}"
        described = rf"(?:this|that|the|our|my) (?:[\w-]++ )?(?:{self.nouns()})"
        longest = max(_NAMED.longest, 2 + max(noun.count(" ") + 1 for noun in self.nouns().split("|")))
        return _Node(rf"(?:{mention}|({group[:-1]}p>{_PRONOUN}|{described}) )", work=_referring(longest))

    def nouns(self) -> str:
        return "|".join(re.escape(noun) for noun in self.classes.get("noun", "place").split("|"))


@functools.lru_cache(maxsize=256)
def _read_class(name: str, classes: tuple[tuple[str, str], ...], inside: tuple[str, ...]) -> tuple[_Node, bool]:
    """A class, read once for all patterns that use it, and whether it holds a slot (which it must not)."""
    words = dict(classes)
    parser = _Parser(words[name], words, f"class <{name}>", (*inside, name))
    return parser.alternatives(), bool(parser.slots)


def _either(branches: list[_Node]) -> _Node:
    """One of several: what each of them requires, as one set; mentions and ranks that all require, as well."""
    requires = list(branches[0].requires) if len(branches) == 1 else []
    if len(branches) > 1 and all(branch.requires for branch in branches):
        requires.append(frozenset().union(*(min(branch.requires, key=_cost) for branch in branches)))
        for kind in "@#":
            kinds = [[units for units in branch.requires if all(u[0] == kind for u in units)] for branch in branches]
            if all(kinds):
                requires.append(frozenset().union(*(min(sets, key=len) for sets in kinds)))
    regex = "(?:" + "|".join(branch.regex for branch in branches) + ")"
    work = pattern_work.one_of([branch.work for branch in branches])
    return _Node(regex, tuple(requires), any(branch.empty for branch in branches), work)


def _cost(triggers: Triggers) -> tuple[int, int]:
    """Sorts the sets that are seldom met first."""
    return (len(triggers & _COMMON), len(triggers))


def check_class(name: str, classes: Mapping[str, str], where: str) -> None:
    """Check that a class can be read.

    Raises:
        KnowledgeError: If it cannot, or names a class that is not among ``classes``.
    """
    _Parser(f"<{name}>", classes, where).alternatives()


def compile_pattern(source: str, classes: Mapping[str, str], where: str) -> Pattern:
    """Compile one pattern.

    Args:
        source: the pattern as written.
        classes: what ``<name>`` stands for: alternatives separated by ``|`` with or without spaces.
        where: file and line, for messages.

    Raises:
        KnowledgeError: If the pattern cannot be read; names the place, the pattern and the problem.
    """
    parser = _Parser(source, classes, where)
    node = parser.alternatives()
    if node.empty:
        raise parser.fail("it matches nothing at all")
    expression = rf"(?<!\S){node.regex}"
    requires = tuple(sorted(dict.fromkeys(node.requires), key=_cost))
    return Pattern(source, expression, tuple(dict.fromkeys(parser.slots)), requires, node.work.steps, node.work.longest)
