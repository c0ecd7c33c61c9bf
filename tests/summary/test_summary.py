"""The report's tables, whole rows compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Claim, Comparison, Entry, Link, Mention, Mood, RankedList
from commentlens.summary import summarise
from commentlens.summary_moods import NO_MOOD, MoodTally
from commentlens.summary_records import (
    CityRow,
    CompanyCity,
    CompanyRow,
    ComparisonRow,
    DisputeCounts,
    DisputeRow,
    Header,
    ListSummary,
    MoodFigures,
    Proposal,
    Quote,
    Report,
)


@dataclass(frozen=True)
class Town:
    """A place of the little gazetteer below."""

    id: int
    name: str
    country: str

    @property
    def ref(self) -> str:
        """As `Place.ref`."""
        return f"geonames:{self.id}"


class Towns:
    """A gazetteer of four towns."""

    known = (
        Town(1, "Lisbon", "PT"),
        Town(2, "Oslo", "NO"),
        Town(3, "Genoa", "IT"),
        Town(4, "Marseille", "FR"),
    )

    def by_id(self, id: str) -> Town | None:
        """As `Places.by_id`."""
        return next((town for town in self.known if town.ref == id), None)

    def resolve(self, name: str, within: str | None = None) -> Town | None:  # noqa: ARG002 (as the real one)
        """As `Places.resolve`."""
        return next((town for town in self.known if fold(town.name) == fold(name)), None)

    def country_name(self, iso2: str) -> str | None:
        """As `Places.country_name`."""
        return {"PT": "Portugal", "NO": "Norway", "IT": "Italy", "FR": "France"}.get(iso2)


LIST = RankedList(
    id="harbours",
    title="Best Harbours",
    entries=(Entry(name="Lisbon", rank=1), Entry(name="Oslo", rank=2), Entry(name="Genoa", rank=3, within="Italy")),
)
NO_DISPUTES = DisputeCounts(too_low=0, too_high=0, right=0, unspecified=0)


def city(name: str, id: str | None = None, label: str = "CITY") -> Mention:
    """A mention at the start of the text."""
    assert label in ("CITY", "COMPANY", "COUNTRY")
    return Mention(start=0, end=1, text="x", label=label, name=name, id=id, via="test")  # type: ignore[arg-type]


def mood(target: str, score: float) -> Mood:
    """A mood with the label of its score."""
    return Mood(target=target, label="pos" if score > 0 else "neg" if score < 0 else "neu", score=score, implied=False)


def felt(*scores: float) -> MoodFigures:
    """The figures of these moods, each of an anonymous comment; test_summary_moods.py has what they must be."""
    tally = MoodTally()
    for score in scores:
        tally.add(mood("Oslo", score), None)
    return tally.figures()


def under(entry: Entry | None, id: str = "c", **layers: object) -> AnnotatedComment:
    """A comment under an entry of the list."""
    base = AnnotatedComment(id=id, text="xyz", list=LIST.title if entry else None, entry=entry)
    return replace(base, **layers)  # type: ignore[arg-type]


def row(name: str, **given: object) -> CityRow:
    """A row of the list in which nothing was counted but what is given."""
    entry = next((entry for entry in LIST.entries if entry.name == name), None)
    town = Towns().resolve(name)
    plain = CityRow(
        list=LIST.title,
        list_id=LIST.id,
        rank=entry.rank if entry else None,
        name=name,
        within=entry.within if entry else None,
        country=Towns().country_name(town.country) if town else None,
        country_code=town.country if town else None,
        id=f"geonames:{town.id}" if town else None,
        is_entry=entry is not None,
        comments=0,
        mentions=0,
        mood=NO_MOOD,
        disputes=NO_DISPUTES,
        crowd=entry.rank if entry else None,
        change=0 if entry else None,
        evidence=0,
        companies=(),
    )
    return replace(plain, **given)  # type: ignore[arg-type]


def test_without_comments_the_list_is_all() -> None:
    """Every entry has its row, in listed order, at its listed rank."""
    assert summarise([], [LIST], Towns()) == Report(
        header=Header(lists=1, entries=3, comments=0, set_aside=0, authors=0, doubtful_language=0),
        lists=(
            ListSummary(
                title="Best Harbours",
                list_id="harbours",
                description=None,
                polarity="positive",
                kind=None,
                entries=3,
                comments=0,
            ),
        ),
        cities=(row("Lisbon"), row("Oslo"), row("Genoa")),
        companies=(),
        disputes=(),
        comparisons=(),
    )


def test_nothing_at_all() -> None:
    """An empty report, not a failure."""
    report = summarise([], [], Towns())

    assert report.header == Header(lists=0, entries=0, comments=0, set_aside=0, authors=0, doubtful_language=0)
    assert report.cities == ()


def test_mentions_and_moods_count_for_the_entry_wherever_they_stand() -> None:
    """Under its own entry, under another, named as the list names it; cities that are no entry come after."""
    lisbon, oslo, _ = LIST.entries
    comments = [
        under(
            lisbon,
            mentions=(city("Lisbon"), city("LISBON"), city("Oslo")),
            moods=(mood("Lisbon", 0.5), mood("Oslo", -0.2)),
        ),
        under(lisbon, moods=(mood("Lisbon", -0.25),)),
        under(oslo, mentions=(city("Lisbon"), city("Marseille", "geonames:4"), city("Nowhere"), city("Nowhere"))),
        under(
            oslo,
            mentions=(city("Marseille", "geonames:4"), city("France", label="COUNTRY")),
            moods=(mood("Oslo", 0.0),),
        ),
    ]

    assert summarise(comments, [LIST], Towns()).cities == (
        row("Lisbon", comments=2, mentions=3, evidence=2, mood=felt(0.5, -0.25)),
        row("Oslo", comments=2, mentions=1, evidence=2, mood=felt(-0.2, 0.0)),
        row("Genoa"),
        row("Marseille", comments=2, mentions=2),
        row("Nowhere", comments=1, mentions=2),
    )


def test_entries_are_known_from_the_comments_where_no_list_is_given() -> None:
    """Annotated sources bring the entries that somebody commented on."""
    report = summarise([under(LIST.entries[2]), under(LIST.entries[0])], [], Towns())

    assert [(row.rank, row.name, row.comments) for row in report.cities] == [(1, "Lisbon", 1), (3, "Genoa", 1)]
    assert report.header.entries == 2


def test_entries_of_one_name_are_two_rows() -> None:
    """What follows the comma tells them apart; a bare mention counts for the entry it stands under, else the first."""
    first, second = (Entry(name="Vienna", rank=1, within="Austria"), Entry(name="Vienna", rank=2, within="Virginia"))
    twins = replace(LIST, entries=(first, second))
    comments = [
        under(second, mentions=(city("Vienna"),)),
        replace(under(second, mentions=(city("Vienna"),)), entry=None),
    ]

    rows = summarise(comments, [twins], Towns()).cities

    assert [(row.within, row.comments, row.mentions) for row in rows] == [("Austria", 0, 1), ("Virginia", 1, 1)]


def test_comments_without_a_list_give_cities_in_order_of_mentions() -> None:
    """No ranks, no crowd."""
    comments = [
        under(None, mentions=(city("Oslo", "geonames:2"),)),
        under(None, mentions=(city("Genoa", "geonames:3"), city("Oslo", "geonames:2")), moods=(mood("Genoa", 1.0),)),
    ]

    report = summarise(comments, [], Towns())

    assert report.header.lists == 0
    assert [(row.name, row.rank, row.crowd, row.comments, row.mentions, row.country) for row in report.cities] == [
        ("Oslo", None, None, 2, 2, "Norway"),
        ("Genoa", None, None, 1, 1, "Italy"),
    ]


def test_lists_keep_their_own_rows_unless_added_up() -> None:
    """Across lists a city is one row without rank, disputes and crowd."""
    other = replace(LIST, id="ports", title="Busiest Ports", entries=(Entry(name="Oslo", rank=1),))
    claim = Claim(subject="Oslo", stance="too_high", listed=2, span=(0, 1), rule="r")
    comments = [
        under(LIST.entries[1], moods=(mood("Oslo", 1.0),), claims=(claim,)),
        replace(under(other.entries[0], mentions=(city("Oslo"),), moods=(mood("Oslo", 0.0),)), list="Busiest Ports"),
    ]

    apart = summarise(comments, [LIST, other], Towns())
    together = summarise(comments, [LIST, other], Towns(), across_lists=True)

    assert [(row.list, row.name, row.comments) for row in apart.cities] == [
        ("Best Harbours", "Lisbon", 0),
        ("Best Harbours", "Oslo", 1),
        ("Best Harbours", "Genoa", 0),
        ("Busiest Ports", "Oslo", 1),
    ]
    oslo = row(
        "Oslo",
        list=None,
        list_id=None,
        rank=None,
        is_entry=False,
        comments=2,
        mentions=1,
        disputes=None,
        crowd=None,
        change=None,
    )
    assert together.cities == (replace(oslo, mood=felt(1.0, 0.0)),)
    assert together.disputes == apart.disputes
    assert together.header == apart.header


def test_companies_are_where_a_link_says_else_under_the_entry() -> None:
    """A linked company is not also put under the entry it is named under."""
    oslo = LIST.entries[1]
    link = Link(company="Ferrolux", city="Genoa", relation="headquarters", span=(0, 1), rule="r")
    companies = (city("Ferrolux", label="COMPANY"), city("Nordkai", label="COMPANY"), city("Nordkai", label="COMPANY"))
    comments = [under(oslo, mentions=companies, links=(link,)), under(oslo, mentions=companies[2:])]

    report = summarise(comments, [LIST], Towns())

    assert report.companies == (
        CompanyRow(
            list="Best Harbours",
            list_id="harbours",
            company="Nordkai",
            mentions=3,
            comments=2,
            cities=(CompanyCity(city="Oslo", relation="mentioned_under", comments=2),),
        ),
        CompanyRow(
            list="Best Harbours",
            list_id="harbours",
            company="Ferrolux",
            mentions=1,
            comments=1,
            cities=(CompanyCity(city="Genoa", relation="headquarters", comments=1),),
        ),
    )
    assert {row.name: row.companies for row in report.cities} == {
        "Lisbon": (),
        "Oslo": ("Nordkai",),
        "Genoa": ("Ferrolux",),
    }


def test_a_list_of_other_things_has_no_cities_of_companies() -> None:
    """Under a film a company is in no city, and a film has no country even where a town has its name."""
    films = replace(LIST, kind="other")
    comments = [under(LIST.entries[1], mentions=(city("Nordkai", label="COMPANY"),))]

    report = summarise(comments, [films], Towns())

    assert report.companies[0].cities == ()
    assert [(row.name, row.country, row.id) for row in report.cities] == [
        ("Lisbon", None, None),
        ("Oslo", None, None),
        ("Genoa", None, None),
    ]


def test_disputes_are_voices_with_the_strongest_sentence_first() -> None:
    """An author is one voice a stance; the rank furthest from the listed one is the strongest."""
    genoa = LIST.entries[2]
    text = "Hm. It should be second. Number 1, I say!"

    def said(id: str, author: str | None, piece: str, proposed: tuple[int, int | None] | None) -> AnnotatedComment:
        start = text.index(piece)
        span = (start, start + len(piece))
        claim = Claim(subject="genoa", stance="too_low", proposed=proposed, listed=3, span=span, rule="r")
        return under(genoa, id=id, text=text, author=author, claims=(claim,))

    comments = [
        said("a", "ann", "should be second", (2, 2)),
        said("b", "ann", "Number 1", (1, 1)),
        said("c", None, "Hm", None),
        said("d", None, "Number 1", (1, 1)),
    ]

    report = summarise(comments, [LIST], Towns())

    def quote(id: str, author: str | None, sentence: str, proposed: tuple[int, int | None] | None) -> Quote:
        return Quote(
            comment=id, author=author, sentence=sentence, start=text.index(sentence), rule="r", proposed=proposed
        )

    assert report.disputes == (
        DisputeRow(
            list="Best Harbours",
            list_id="harbours",
            entry="Genoa",
            listed=3,
            stance="too_low",
            voices=3,
            strength=5.1972,  # 3 + 2 ln 3
            proposed=(Proposal(best=1, worst=1, voices=2), Proposal(best=2, worst=2, voices=1)),
            quotes=(
                quote("b", "ann", "Number 1, I say!", (1, 1)),
                quote("d", None, "Number 1, I say!", (1, 1)),
                quote("a", "ann", "It should be second.", (2, 2)),
                quote("c", None, "Hm.", None),
            ),
        ),
    )
    assert report.cities[2].disputes == DisputeCounts(too_low=3, too_high=0, right=0, unspecified=0)


def test_confirmed_ranks_come_last_and_missing_things_have_a_row() -> None:
    """What should be here too has no listed rank."""
    lisbon = LIST.entries[0]
    right = Claim(subject="Lisbon", stance="right", proposed=(1, 1), listed=1, span=(0, 1), rule="r")
    missing = Claim(subject="Marseille", stance="too_low", span=(0, 1), rule="r")

    report = summarise([under(lisbon, claims=(right, right)), under(lisbon, claims=(missing,))], [LIST], Towns())

    assert [(row.entry, row.listed, row.stance, row.voices) for row in report.disputes] == [
        ("Marseille", None, "too_low", 1),
        ("Lisbon", 1, "right", 1),
    ]
    assert report.cities[3] == row(
        "Marseille",
        country=None,
        country_code=None,
        id=None,
        disputes=DisputeCounts(too_low=1, too_high=0, right=0, unspecified=0),
    )


@pytest.mark.parametrize(
    ("better", "worse", "relation", "polarity", "against"),
    [
        ("Genoa", "Lisbon", "better", "positive", True),
        ("Lisbon", "Genoa", "better", "positive", False),
        ("Lisbon", "Genoa", "better", "negative", True),
        ("Genoa", "Lisbon", "better", "negative", False),
        ("Genoa", "Lisbon", "equal", "positive", None),
        ("Genoa", "Marseille", "better", "positive", None),
        ("Genoa", "*", "better", "positive", None),
    ],
)
def test_comparisons_know_what_the_list_says(
    better: str, worse: str, relation: str, polarity: str, against: bool | None
) -> None:
    """On a negative list the better one should have the larger number."""
    item = Comparison(better=better, worse=worse, relation=relation, span=(0, 1), rule="r")  # type: ignore[arg-type]
    ranked = replace(LIST, polarity=polarity)  # type: ignore[arg-type]

    report = summarise([under(LIST.entries[0], author="ann", comparisons=(item, item))] * 2, [ranked], Towns())

    assert report.comparisons == (
        ComparisonRow(
            list="Best Harbours",
            list_id="harbours",
            better=better,
            worse=worse,
            relation=relation,
            voices=1,
            against_list=against,
            quotes=(Quote(comment="c", author="ann", sentence="xyz", start=0, rule="r", proposed=None),),
        ),
    )


def test_the_header_counts() -> None:
    """Authors once, comments in doubt, what the readers set aside by then."""
    set_aside: list[str] = []

    def read() -> Iterator[AnnotatedComment]:
        yield under(LIST.entries[0], author="ann")
        set_aside.append("a broken line")
        yield under(LIST.entries[0], author="ann", text="Es la mejor ciudad del mundo porque tiene todo")

    header = summarise(read(), [LIST], Towns(), set_aside=set_aside).header

    assert header == Header(lists=1, entries=3, comments=2, set_aside=1, authors=1, doubtful_language=1)
