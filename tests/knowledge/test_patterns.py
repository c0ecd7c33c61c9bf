"""The pattern language, element by element: what each matches, what it leaves alone, and what cannot be read."""

from __future__ import annotations

import pytest

from commentlens.components.scope import read_sentences
from commentlens.errors import KnowledgeError
from commentlens.knowledge.patterns import SLOT_KINDS, check_class, compile_pattern
from commentlens.knowledge.rules import Example

WHERE = "rules.toml, line 3"
CLASSES = {"noun": "city|place", "be": "is|are|'s", "should": "should|( ought|has ) to", "more": "<be>|<should>"}


def match(pattern: str, comment: str) -> tuple[str, dict[str, str]] | None:
    """The characters that a pattern matches in a one-sentence comment, and those that filled its slots."""
    text, mentions = Example(text=comment).plain()
    (sentence,) = read_sentences(text, mentions)
    compiled = compile_pattern(pattern, CLASSES, WHERE)
    found = compiled.regex.search(sentence.code)
    if found is None:
        return None
    start, end = sentence.unit_span(found)
    slots = {}
    for name, value in compiled.values(found).items():
        if value[0] in "@#":
            unit = sentence.unit(value)
            value = text[unit.start : unit.end]  # shown as it was written
        slots[name] = value
    return text[sentence.units[start].start : sentence.units[end - 1].end] if end > start else "", slots


@pytest.mark.parametrize(
    ("pattern", "comment", "matched"),
    [
        # Words, whole and in order.
        ("should", "It SHOULD be", "SHOULD"),
        ("should", "shoulder", None),
        ("should be", "it should be", "should be"),
        ("should be", "it should not be", None),
        ("be should", "should be", None),
        ("do n't", "I don't", "don't"),
        ("'s", "it's", "'s"),
        # Beginnings of words.
        ("rank*", "a ranking here", "ranking"),
        ("rank*", "the rank here", "rank"),
        ("rank*", "frank", None),
        # One of several sequences.
        ("should | must be", "it must be", "must be"),
        ("( should | have to ) be", "I have to be", "have to be"),
        ("( should | have to ) be", "I have be", None),
        ("( a ( b | c ) | d ) e", "a c e", "a c e"),
        ("( a ( b | c ) | d ) e", "d e", "d e"),
        ("( a ( b | c ) | d ) e", "a e", None),
        # Classes, classes in classes.
        ("it <be> nice", "it's nice", "it's nice"),
        ("it <be> nice", "it was nice", None),
        ("<should> be", "it ought to be", "ought to be"),
        ("<more> be", "it has to be", "has to be"),
        ("<more> be", "it are be", "are be"),
        # Or nothing.
        ("not? even", "not even", "not even"),
        ("not? even", "even", "even"),
        ("( in the )? end", "in the end", "in the end"),
        ("( in the )? end", "in a end", "end"),
        ("it <be>? nice", "it nice", "it nice"),
        # Not followed by.
        ("top !of", "top of it", None),
        ("top !of", "top it", "top"),
        ("most !( of | people )", "most people", None),
        ("most !<noun>", "most city", None),
        ("most !<noun>", "most cities", "most"),
        # Literal marks and signs.
        (r"rome \?", "rome ?", "rome ?"),
        (r"rome \?", "rome !", None),
        (r"rome \!", "rome!!!", "rome!!!"),
        (r"a \> b", "a > b", "a > b"),
        (r"a \> b", "a < b", None),
        ("yes , it", "yes, it", "yes, it"),
        # Gaps: words only, up to so many.
        ("should {gap:2} be", "should be", "should be"),
        ("should {gap:2} be", "should really still be", "should really still be"),
        ("should {gap:2} be", "should it really still be", None),
        ("should {gap:2} be", "should, really be", None),
        ("should {gap:2} be", "should [Rome] be", None),
        ("should {gap:2} be", "should no. 3 be", None),
        ("should {gap:2} be", "should well-known be", "should well-known be"),
        ("should {any:2} be", "should, really be", "should, really be"),
        ("should {any:2} be", "should [Rome] be", "should Rome be"),
        ("should {any:2} be", "should a b c be", None),
        # Begin and end of the sentence.
        ("^ nice", "nice place", "nice"),
        ("^ nice", "a nice place", None),
        ("^ nice", '"nice place"', "nice"),
        ("place $", "nice place", "place"),
        ("place $", "nice place!!", "place"),
        ("place $", "nice place, lol", "place"),
        ("place $", "place is nice", None),
        ("^ nice $", "nice.", "nice"),
    ],
)
def test_elements(pattern: str, comment: str, matched: str | None) -> None:
    """The characters that the first match covers, None where there is none."""
    found = match(pattern, comment)
    assert (found[0] if found else None) == matched


@pytest.mark.parametrize(
    ("pattern", "comment", "slots"),
    [
        # thing: any mention, several as one, articles and such around it.
        ("{subject:thing} rocks", "[Rome] rocks", {"subject": "Rome"}),
        ("{subject:thing} rocks", "the city of [Rome] itself rocks", {"subject": "Rome"}),
        ("{subject:thing} rocks", "[Rome], [Paris] and [London] rocks", {"subject": "Rome, Paris and London"}),
        ("{subject:thing} rocks", "[Halo|ENTRY] rocks", {"subject": "Halo"}),
        ("{subject:thing} rocks", "it rocks", None),
        # ref: also a pronoun, or "this city".
        ("{subject:ref} rocks", "[Rome] rocks", {"subject": "Rome"}),
        ("{subject:ref} rocks", "it rocks", {"subject": "it"}),
        ("{subject:ref} rocks", "this city rocks", {"subject": "this city"}),
        ("{subject:ref} rocks", "our lovely place rocks", {"subject": "our lovely place"}),
        ("{subject:ref} rocks", "this music rocks", None),
        ("{subject:ref}? rocks", "rocks", {}),
        # A label.
        ("{b:city} rocks", "[Rome] rocks", {"b": "Rome"}),
        ("{b:city} rocks", "[BMW|COMPANY] rocks", None),
        ("{b:company} rocks", "[BMW|COMPANY] rocks", {"b": "BMW"}),
        ("{b:company} rocks", "[Rome] rocks", None),
        # Numbers: rank with its sign, number also without, ranked also before a noun.
        ("at {at:rank}", "at no. 7", {"at": "no. 7"}),
        ("at {at:rank}", "at the top 5", None),
        ("at the? {at:rank}", "at the top 5", {"at": "top 5"}),
        ("at {at:rank}", "at 7", None),
        ("at {at:number}", "at 7", {"at": "7"}),
        ("at {at:number}", "at 7th", {"at": "7th"}),
        ("at {at:number}", "at 7 museums", None),
        ("the {at:ranked}", "the #1 museum", {"at": "#1"}),
        ("the {at:ranked}", "the #1", {"at": "#1"}),
        ("the {at:ranked}", "the 1", None),
        ("the {at:rank}", "the #1 museum", None),
        # Words, up to three, not over a conjunction.
        ("in terms of {aspect:words}", "in terms of food", {"aspect": "food"}),
        ("in terms of {aspect:words}", "in terms of really good street food", {"aspect": "really good street"}),
        ("in terms of {aspect:words}", "in terms of food and art", {"aspect": "food"}),
        ("in terms of {aspect:words}", "in terms of [Rome]", None),
        # Several slots, the same slot in two places.
        ("{a:thing} than {b:thing}", "[Rome] than the [Oslo]", {"a": "Rome", "b": "Oslo"}),
        ("( at {x:rank} | in {x:thing} )", "in [Rome]", {"x": "Rome"}),
        ("( at {x:rank} | in {x:thing} )", "at #3", {"x": "#3"}),
    ],
)
def test_slots(pattern: str, comment: str, slots: dict[str, str] | None) -> None:
    """What filled each slot; a slot that nothing fills is absent."""
    found = match(pattern, comment)
    assert (found[1] if found else None) == slots


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("", "an empty sequence"),
        ("( a | )", "an empty sequence"),
        ("a | | b", "an empty sequence"),
        ("( a", 'a "(" is not closed'),
        ("a )", "')' is not opened"),
        ("?", "'?' has nothing to stand on"),
        ("a ??", "'?' has nothing to stand on"),
        ("a !", "it ends too early"),
        ("a {b", "cannot read '{b'"),
        ("a }", "cannot read '}'"),
        ("a \\", "cannot read '\\\\'"),
        ("{x}", f"{{x}}: a slot is {{name:kind}}, kind one of {', '.join(SLOT_KINDS)}"),
        ("{x:town}", f"{{x:town}}: a slot is {{name:kind}}, kind one of {', '.join(SLOT_KINDS)}"),
        ("{1:ref}", f"{{1:ref}}: a slot is {{name:kind}}, kind one of {', '.join(SLOT_KINDS)}"),
        ("{a__b:ref}", f"{{a__b:ref}}: a slot is {{name:kind}}, kind one of {', '.join(SLOT_KINDS)}"),
        ("a {gap:0}", "{gap:0}: the length must be a whole number from 1 to 12"),
        ("a {any:13}", "{any:13}: the length must be a whole number from 1 to 12"),
        ("a {gap}", "{gap}: the length must be a whole number from 1 to 12"),
        ("<town>", "unknown class <town>; known: be, more, noun, should"),
        ("a? {gap:3} b?", "it matches nothing at all"),
        ("^", "it matches nothing at all"),
        ("!a", "it matches nothing at all"),
    ],
)
def test_what_cannot_be_read(pattern: str, problem: str) -> None:
    """The message names the place, the pattern and the problem."""
    with pytest.raises(KnowledgeError) as caught:
        compile_pattern(pattern, CLASSES, WHERE)
    assert str(caught.value) == f'{WHERE}: "pattern" {pattern!r}: {problem}.'


def test_a_class_may_not_hold_a_slot() -> None:
    """A slot in a class would be filled from many places."""
    with pytest.raises(KnowledgeError, match="class <who> holds a slot"):
        compile_pattern("<who> rocks", {"who": "he|{x:ref}"}, WHERE)


def test_a_class_is_checked_on_its_own() -> None:
    """Whether it can be read, and whether the classes it names are there."""
    check_class("more", CLASSES, WHERE)
    with pytest.raises(KnowledgeError, match='a "\\(" is not closed'):
        check_class("bad", {"bad": "x|( y"}, WHERE)
    with pytest.raises(KnowledgeError, match="unknown class <b>; known: a"):
        check_class("a", {"a": "x|<b>"}, WHERE)


@pytest.mark.parametrize("classes", [{"a": "x|<a>"}, {"a": "x|<b>", "b": "y|<a>"}])
def test_a_class_may_not_name_itself(classes: dict[str, str]) -> None:
    """Neither directly nor by a detour."""
    with pytest.raises(KnowledgeError):
        compile_pattern("<a>", classes, WHERE)


@pytest.mark.parametrize(
    ("pattern", "requires"),
    [
        ("should {gap:3} be", [{"should"}, {"be"}]),
        ("it is", [{"it"}, {"is"}]),
        ("it rules it", [{"rules"}, {"it"}]),
        ("( should | must ) it", [{"should", "must"}, {"it"}]),
        ("( should | rank* ) it", [{"it"}]),
        ("( unlike {x:thing} | {x:thing} {at:rank} ) loses", [{"loses"}, {"@"}, {"unlike", "@"}]),
        ("{x:thing} should", [{"should"}, {"@"}]),
        ("{x:ref} {at:number}", [{"#r", "#n"}]),
        ("{x:ref} {gap:2} rank*", []),
        ("not? !even rank*", []),
        ("<be> it", [{"it"}, {"is", "are", "'s"}]),
    ],
)
def test_what_a_sentence_must_hold(pattern: str, requires: list[set[str]]) -> None:
    """A sentence without one unit of each set cannot match; the rarest set first, none where nothing is sure."""
    assert list(compile_pattern(pattern, CLASSES, WHERE).requires) == requires


def test_a_pattern_that_must_end_where_the_search_ends() -> None:
    """For guards, which stand right before a match."""
    ending = compile_pattern("not {gap:1}", CLASSES, WHERE).ending
    assert ending.search("it is not really ", 0, 17)
    assert ending.search("it is not really very ", 0, 22) is None
