"""Where companies are said to be, and which of it contradicts which."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from commentlens.records import AnnotatedComment, Link, Mention
from commentlens.summary_links import Contradiction, Identified, SaidPlace, Whereabouts


@dataclass(frozen=True)
class Town:
    """A place on the map."""

    ref: str
    latitude: float
    longitude: float


MAP = {
    "Turin": Town("geonames:1", 45.07, 7.69),
    "Torino": Town("geonames:1", 45.07, 7.69),
    "Moncalieri": Town("geonames:2", 45.00, 7.68),  # 8 km south of Turin
    "Asti": Town("geonames:3", 44.90, 8.21),  # 45 km east
    "Modena": Town("geonames:4", 44.65, 10.93),
}


def place_of(id: str | None, name: str) -> Identified | None:
    """As the summary looks places up."""
    return next((town for town in MAP.values() if town.ref == id), MAP.get(name))


def said(number: int, *links: tuple[str, str, str], author: str | None = None, text: str = "") -> AnnotatedComment:
    """A comment with links ``(company, relation, city)``, each with a sentence of its own."""
    text = text or " ".join(f"{company} {relation} {city}." for company, relation, city in links)
    found, start = [], 0
    for company, relation, city in links:
        end = start + len(f"{company} {relation} {city}")
        found.append(Link(company=company, city=city, relation=relation, span=(start, end), rule=f"rule-{relation}"))
        start = end + 2
    return AnnotatedComment(id=f"c{number}", text=text, author=author, links=tuple(found))


def read(*comments: AnnotatedComment) -> tuple[Contradiction, ...]:
    whereabouts = Whereabouts()
    for comment in comments:
        whereabouts.add(comment)
    return whereabouts.contradictions(place_of)


def told(*comments: AnnotatedComment) -> list[tuple[str, str, list[tuple[str, int, int]]]]:
    """Contradictions with the comments and voices of each city."""
    return [
        (row.company, row.about, [(place.city, place.comments, place.voices) for place in row.places])
        for row in read(*comments)
    ]


def test_a_contradiction_has_both_sentences() -> None:
    """All fields; the city that more say first, its first sentence as it stands in the comment."""
    one = said(1, ("Fiat", "located_in", "Turin"), author="ann")
    two = AnnotatedComment(
        id="c2",
        text="No way. Fiat is based in Modena, ok? Bye",
        author="bob",
        links=(Link(company="Fiat", city="Modena", relation="headquarters", span=(8, 31), rule="r"),),
    )
    three = said(3, ("FIAT", "located_in", "Modena"))
    assert read(one, two, three) == (
        Contradiction(
            company="Fiat",
            about="seat",
            places=(
                SaidPlace(
                    city="Modena",
                    relations=("headquarters", "located_in"),
                    comments=2,
                    voices=2,
                    comment="c2",
                    author="bob",
                    sentence="Fiat is based in Modena, ok?",
                    start=8,
                    rule="r",
                ),
                SaidPlace(
                    city="Turin",
                    relations=("located_in",),
                    comments=1,
                    voices=1,
                    comment="c1",
                    author="ann",
                    sentence="Fiat located_in Turin.",
                    start=0,
                    rule="rule-located_in",
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        (("Fiat", "headquarters", "Turin"), ("Fiat", "headquarters", "Modena"), "seat"),
        (("Fiat", "located_in", "Turin"), ("Fiat", "located_in", "Modena"), "seat"),
        (("Fiat", "located_in", "Turin"), ("Fiat", "headquarters", "Asti"), "seat"),
        (("Fiat", "founded_in", "Turin"), ("Fiat", "founded_in", "Modena"), "founding"),
        (("Fiat", "founded_in", "Turin"), ("Fiat", "founded_in", "Atlantis"), "founding"),
        # What excludes nothing.
        (("Fiat", "offices", "Turin"), ("Fiat", "offices", "Modena"), None),
        (("Fiat", "headquarters", "Turin"), ("Fiat", "offices", "Modena"), None),
        (("Fiat", "founded_in", "Turin"), ("Fiat", "headquarters", "Modena"), None),
        (("Fiat", "founded_in", "Turin"), ("Fiat", "located_in", "Modena"), None),
        (("Fiat", "located_in", "Turin"), ("Ferrari", "located_in", "Modena"), None),
        (("Fiat", "located_in", "Turin"), ("Fiat", "headquarters", "turin"), None),
        # One city, or a suburb of it.
        (("Fiat", "located_in", "Turin"), ("Fiat", "located_in", "Torino"), None),
        (("Fiat", "located_in", "Turin"), ("Fiat", "located_in", "Moncalieri"), None),
    ],
)
def test_what_excludes_what(one: tuple[str, str, str], other: tuple[str, str, str], about: str | None) -> None:
    """Seat and founding each by themselves, and only between places that are two."""
    assert [row.about for row in read(said(1, one), said(2, other))] == ([about] if about else [])


def test_one_comment_does_not_contradict_itself() -> None:
    """Who names two cities holds them to be both; somebody else must name one of them only, and another the other."""
    turin, modena = ("Fiat", "located_in", "Turin"), ("Fiat", "located_in", "Modena")
    assert told(said(1, turin, modena)) == []
    assert told(said(1, turin, modena), said(2, turin)) == []
    assert told(said(1, turin, modena), said(2, turin), said(3, modena)) == [
        ("Fiat", "seat", [("Modena", 2, 2), ("Turin", 2, 2)])
    ]


def test_a_named_author_is_one_voice() -> None:
    """However often they say it; anonymous comments are a voice each."""
    turin, modena = ("Fiat", "located_in", "Turin"), ("Fiat", "located_in", "Modena")
    comments = [
        *(said(n, turin, author="ann") for n in range(3)),
        *(said(n, modena) for n in range(3, 5)),
        said(5, modena, modena, author="bob"),
    ]
    assert told(*comments) == [("Fiat", "seat", [("Modena", 3, 3), ("Turin", 3, 1)])]


def test_the_most_spoken_of_first() -> None:
    """Then by name; a city that nobody contradicts is left out."""
    comments = [
        said(1, ("Bosch", "founded_in", "Turin")),
        said(2, ("Bosch", "founded_in", "Modena")),
        said(3, ("Fiat", "located_in", "Turin")),
        said(4, ("Fiat", "located_in", "Asti")),
        said(5, ("Fiat", "located_in", "Asti")),
        said(6, ("Fiat", "located_in", "Asti"), ("Fiat", "located_in", "Modena")),
        said(7, ("Agip", "located_in", "Turin")),
        said(8, ("Agip", "located_in", "Modena")),
    ]
    assert [(row.company, [place.city for place in row.places]) for row in read(*comments)] == [
        ("Fiat", ["Asti", "Modena", "Turin"]),
        ("Agip", ["Modena", "Turin"]),
        ("Bosch", ["Modena", "Turin"]),
    ]


def test_the_mention_says_which_city() -> None:
    """Its id is looked up before the name."""
    link = Link(company="Fiat", city="The Capital of Cars", relation="located_in", span=(0, 4), rule="r")
    mention = Mention(
        start=0, end=4, text="Capi", label="CITY", name="The Capital of Cars", id="geonames:1", via="gazetteer"
    )
    comment = AnnotatedComment(id="c1", text="Capital", mentions=(mention,), links=(link,))
    assert told(comment, said(2, ("Fiat", "located_in", "Turin"))) == []
    assert len(told(comment, said(2, ("Fiat", "located_in", "Modena")))) == 1


def test_memory_is_bounded() -> None:
    """Of one company fifty cities are kept, those that came first; counts of these go on."""
    comments = [said(n, ("Fiat", "located_in", f"Town {n}")) for n in range(80)]
    ((_, _, places),) = told(*comments, said(99, ("Fiat", "located_in", "Town 3")))
    assert len(places) == 50
    assert places[0] == ("Town 3", 2, 2)
    assert {city for city, _, _ in places} == {f"Town {n}" for n in range(50)}
