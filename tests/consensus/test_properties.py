"""What holds of the crowd's ranking whatever is said."""

from __future__ import annotations

import random

from crowds import ENTRIES, Said, claim, comment, comparison, mood
from hypothesis import given, settings
from hypothesis import strategies as st

from commentlens.consensus import crowd_places, crowd_ranking, gathered
from commentlens.consensus_parameters import CrowdParameters
from commentlens.records import AnnotatedComment, Entry, Polarity, Stance

FEW = CrowdParameters(draws=200)

stances: st.SearchStrategy[Stance] = st.sampled_from(["too_low", "too_high", "right", "unspecified"])
claims = st.builds(
    claim,
    st.sampled_from("ABCDEFGHZ"),
    stances,
    st.none()
    | st.tuples(st.integers(1, 900), st.none())
    | st.tuples(st.integers(1, 9), st.integers(1, 900)).map(lambda ends: (min(ends), max(ends))),
)
comparisons = st.builds(
    comparison, st.sampled_from("ABCDEFGHZ"), st.sampled_from("ABCDEFGHZ*"), st.sampled_from(["better", "equal"])
)
moods = st.builds(mood, st.sampled_from("ABCDEFGHZ"), st.floats(-1, 1))
said_by = st.tuples(st.lists(claims | comparisons | moods, max_size=4), st.sampled_from([None, "ann", "bob"]))
polarities: st.SearchStrategy[Polarity] = st.sampled_from(["positive", "negative"])
lists = st.lists(st.none() | st.integers(1, 60), min_size=1, max_size=9).map(
    lambda ranks: [Entry(name=name, rank=rank) for name, rank in zip("ABCDEFGHI", ranks, strict=False)]
)


def all_comments(said: list[tuple[list[Said], str | None]]) -> list[AnnotatedComment]:
    """A comment for each list of things said."""
    return [comment(*items, author=author, number=number) for number, (items, author) in enumerate(said)]


@settings(max_examples=60, deadline=None)
@given(st.lists(said_by, max_size=12), polarities, lists)
def test_ranks_are_dealt_again_and_lie_in_their_intervals(
    said: list[tuple[list[Said], str | None]], polarity: Polarity, entries: list[Entry]
) -> None:
    """Listed ranks with gaps, ties and holes: each is given once; what nobody speaks of keeps its order."""
    places = crowd_places(entries, gathered(all_comments(said)), polarity, FEW)
    ranked = [place for place in places if place.entry.rank is not None]

    assert [place.entry for place in places] == entries
    assert sorted(place.rank or 0 for place in ranked) == sorted(entry.rank for entry in entries if entry.rank)
    for place in ranked:
        assert place.rank is not None
        assert place.interval is not None
        assert place.above is not None
        assert place.interval[0] <= place.rank <= place.interval[1]
        assert {*place.interval} <= {entry.rank for entry in entries}
        assert 0 <= place.above <= 1
        assert place.inside is not None
        assert FEW.level <= place.inside <= 1
        assert place.change == (place.entry.rank or 0) - place.rank
        assert max(place.said.values()) <= place.voices <= sum(place.said.values())
    unranked = [place for place in places if place.entry.rank is None]
    assert all((place.rank, place.interval, place.inside, place.above) == (None,) * 4 for place in unranked)
    silent = sorted((place.entry.rank or 0, place.rank or 0) for place in ranked if not place.voices)
    assert [rank for _, rank in silent] == sorted(rank for _, rank in silent)
    assert [(place.rank, place.voices) for place in places] == [
        (rank.rank, rank.evidence) for rank in crowd_ranking(entries, all_comments(said), polarity, FEW)
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(said_by, max_size=12), st.randoms(use_true_random=False))
def test_neither_the_order_of_comments_nor_their_division_matters(
    said: list[tuple[list[Said], str | None]], rng: random.Random
) -> None:
    """The very same numbers, when comments are shuffled and authors say in one comment or in many what they say."""
    divided: list[tuple[list[Said], str | None]] = [(items, author) for items, author in said if author is None]
    divided += [([item], author) for items, author in said if author is not None for item in items]
    shuffled = list(said)
    rng.shuffle(shuffled)
    rng.shuffle(divided)

    first, *others = (
        crowd_places(ENTRIES, gathered(all_comments(way)), "positive", FEW) for way in (said, shuffled, divided)
    )

    assert others == [first, first]


def test_the_seed_decides_the_draws_and_nothing_else() -> None:
    """Same seed, same numbers; another seed, another share within its error, and the same rank."""
    said = all_comments([([claim("H", "too_low", (1, 1)), comparison("C", "B")], None)] * 5)
    one, again, other = (
        crowd_places(ENTRIES, gathered(said), "positive", CrowdParameters(seed=seed)) for seed in (1, 1, 2)
    )

    assert one == again
    assert [place.above for place in one] != [place.above for place in other]
    assert all(abs((a.above or 0) - (b.above or 0)) < 0.05 for a, b in zip(one, other, strict=True))
    assert [place.rank for place in one] == [place.rank for place in other]
