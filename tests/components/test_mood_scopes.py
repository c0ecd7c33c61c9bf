"""Which clause speaks of which target."""

from __future__ import annotations

import pytest
from marked import topic_of

from commentlens.components.mood_scopes import Scope, criterion, find_scopes, is_metaphor, target_names, targets

OTHERS = {"Oslo": 3, "Lima": 12}


def scopes(text: str, entry: str | None = "Rome", kind: str = "city") -> list[tuple[str, tuple[str, ...]]]:
    """Each clause as its units, with the targets that it speaks of."""
    topic = topic_of(text, entry, 7, others=OTHERS if entry else {}, kind=kind)
    return [(" ".join(unit.norm for unit in scope.units), scope.targets) for scope in find_scopes(topic)]


def test_a_whole_scope() -> None:
    """Sentence, units, contrast, targets."""
    topic = topic_of("Nice. Cheap but [Oslo] is not", "Rome", 7)
    units = [sentence.units for sentence in topic.sentences]
    assert find_scopes(topic) == [
        Scope(0, units[0], False, ("Rome",)),
        Scope(1, units[1][:1], False, ("Rome",)),
        Scope(1, units[1][1:], True, ("Oslo",)),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Named, or the entry.
        ("nice", [("nice", ("Rome",))]),
        ("[Oslo] is nice", [("city is nice", ("Oslo",))]),
        ("[Oslo] and [Lima] are nice", [("city are nice", ("Oslo", "Lima"))]),
        ("[Oslo] is nice, [Lima] is not", [("city is nice ,", ("Oslo",)), ("city is not", ("Lima",))]),
        # Carried on by a pronoun, within and over sentences.
        ("[Oslo] is nice but it is cold", [("city is nice", ("Oslo",)), ("but it is cold", ("Oslo",))]),
        ("[Oslo] is nice. It is cold", [("city is nice .", ("Oslo",)), ("it is cold", ("Oslo",))]),
        ("[Oslo] is nice. Cold though", [("city is nice .", ("Oslo",)), ("cold", ("Rome",)), ("though", ("Rome",))]),
        ("[Oslo] is nice. I am cold", [("city is nice .", ("Oslo",)), ("i am cold", ("Rome",))]),
        (
            "[Oslo] is nice. Good. It rains",
            [("city is nice .", ("Oslo",)), ("good .", ("Rome",)), ("it rains", ("Rome",))],
        ),
        # Pointed at.
        ("[Oslo] is nice but this city is cold", [("city is nice", ("Oslo",)), ("but this city is cold", ("Rome",))]),
        # Landmarks.
        ("near [Oslo] it is nice", [("near city it is nice", ("Rome",))]),
        ("unlike [Oslo], nice", [("unlike city , nice", ("Rome",))]),
        ("[Lima] is near [Oslo]", [("city is near city", ("Lima",))]),
        ("near [Rome]", [("near city", ("Rome",))]),
        # Metaphors.
        ("the [Oslo] of the south", [("the city of the south", ("Rome",))]),
    ],
)
def test_targets_of_clauses(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """Under Rome, in a list with Oslo and Lima."""
    assert scopes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nice", [("nice", ())]),
        ("[Oslo] is nice. Cold", [("city is nice .", ("Oslo",)), ("cold", ("Oslo",))]),
        ("near [Oslo]", [("near city", ("Oslo",))]),
        ("[Oslo] is nice but cold", [("city is nice", ("Oslo",)), ("but cold", ("Oslo",))]),
    ],
)
def test_without_an_entry(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """What was named last, landmarks where there is nothing else."""
    assert scopes(text, None) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("[Oslo] [BMW|COMPANY] [Peru|COUNTRY]", "city", [True, False, False]),
        ("[Lima] [BMW|COMPANY] [Audi|COMPANY]", "company", [True, False, False]),
        ("[Halo|ENTRY] [Paris] [Oslo]", "other", [True, False, True]),
        ("[Peru|COUNTRY] [Paris]", "country", [False, False]),
    ],
)
def test_what_can_have_a_mood(text: str, kind: str, expected: list[bool]) -> None:
    """Cities on a city list, entries on any other."""
    topic = topic_of(text, "Rome", 7, others=OTHERS, kind=kind)
    assert [bool(target_names(topic, unit)) for unit in topic.sentences[0].units] == expected


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        ("the [Oslo] of the south", 1, True),
        ("the [Oslo] of [Peru|COUNTRY]", 1, True),
        ("our [Oslo] of all places", 1, True),
        ("[Oslo] of course", 0, False),
        ("[Oslo] of", 0, False),
        ("[Oslo] is of the south", 0, False),
        ("[Oslo]", 0, False),
    ],
)
def test_metaphors(text: str, index: int, expected: bool) -> None:
    """A city that stands for another."""
    assert is_metaphor(topic_of(text, "Rome", 7).sentences[0], index) is expected


@pytest.mark.parametrize(
    ("text", "entry", "expected"),
    [
        ("nice", "Rome", {"Rome": True}),
        ("[Oslo] is nice", "Rome", {"Rome": True, "Oslo": False}),
        ("[Oslo] is nicer than [Rome]", "Rome", {"Oslo": False, "Rome": False}),
        ("[Oslo] and [Oslo]", None, {"Oslo": False}),
        ("nice", None, {}),
        ("the [Oslo] of the south", "Rome", {"Rome": True}),
    ],
)
def test_all_targets(text: str, entry: str | None, expected: dict[str, bool]) -> None:
    """In order, the entry first where it is not named; whether it is only implied."""
    found = targets(topic_of(text, entry, 7))
    assert list(found.items()) == list(expected.items())


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ten Most High Tech Cities", ("high", "tech")),
        ("Most Beautiful Cities", ("beautiful",)),
        ("The Most Overrated Cities in the World", ("overrated",)),
        ("Best Cities to Live In", ()),
        ("Most", ()),
        (None, ()),
        ("", ()),
    ],
)
def test_what_a_list_is_about(title: str | None, expected: tuple[str, ...]) -> None:
    """The words between "most" and the things listed."""
    assert criterion(title) == expected


def test_of_joined_mentions_only_entries_have_moods() -> None:
    """On a list of companies the one that is no entry has none."""
    topic = topic_of("[Lima|COMPANY] and [Audi|COMPANY] are nice", "Rome", 7, others=OTHERS, kind="company")
    assert target_names(topic, topic.sentences[0].units[0]) == ["Lima"]
