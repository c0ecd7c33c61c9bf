"""The crowd's rank: the documented formula, number by number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.consensus import CrowdRank, crowd_ranking, nearest_rank
from commentlens.records import AnnotatedComment, Claim, Comparison, Entry, Polarity, RankInterval, Stance

ENTRIES = tuple(Entry(name=name, rank=rank) for rank, name in enumerate("ABCDEFGH", 1))


def claim(subject: str, stance: Stance, proposed: RankInterval | None = None) -> Claim:
    return Claim(subject=subject, stance=stance, proposed=proposed, span=(0, 1), rule="test")


def comparison(better: str, worse: str, relation: str = "better") -> Comparison:
    assert relation in ("better", "equal")
    return Comparison(
        better=better, worse=worse, relation="equal" if relation == "equal" else "better", span=(0, 1), rule="test"
    )


def comments(*said: Claim | Comparison, author: str | None = None) -> list[AnnotatedComment]:
    """One comment for each thing said."""
    return [
        AnnotatedComment(
            id=f"c{number}",
            text="x",
            author=author,
            claims=(item,) if isinstance(item, Claim) else (),
            comparisons=(item,) if isinstance(item, Comparison) else (),
        )
        for number, item in enumerate(said)
    ]


def order(*said: Claim | Comparison, author: str | None = None, polarity: Polarity = "positive") -> str:
    """The names in the crowd's order."""
    ranks = crowd_ranking(ENTRIES, comments(*said, author=author), polarity)
    return "".join(rank.name for rank in sorted(ranks, key=lambda rank: rank.rank or 99))


def test_an_empty_corpus_gives_the_listed_ranks() -> None:
    """Also where ranks start late, leave gaps, repeat or are missing."""
    entries = [Entry(name=str(i), rank=rank) for i, rank in enumerate([21, 23, 23, None, 40, 22])]

    assert crowd_ranking(entries, []) == [
        CrowdRank(name="0", listed=21, rank=21, change=0, evidence=0),
        CrowdRank(name="1", listed=23, rank=23, change=0, evidence=0),
        CrowdRank(name="2", listed=23, rank=23, change=0, evidence=0),
        CrowdRank(name="3", listed=None, rank=None, change=None, evidence=0),
        CrowdRank(name="4", listed=40, rank=40, change=0, evidence=0),
        CrowdRank(name="5", listed=22, rank=22, change=0, evidence=0),
    ]


def test_a_list_without_entries_has_no_ranking() -> None:
    """Nor does it fail."""
    assert crowd_ranking([], comments(claim("A", "too_low"))) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), "ABCDEFGH"),
        # (4 ln 8 + ln 1) / 5 is ln 5.28
        ((claim("H", "too_low", (1, 1)),), "ABCDEHFG"),
        # 4 ln 8 / 6 is ln 4: the listed order decides between D and H.
        ((claim("H", "too_low", (1, 1)), claim("H", "too_low", (1, 1))), "ABCDHEFG"),
        # The nearest rank of the interval counts: 5, and (4 ln 8 + ln 5) / 5 is ln 7.28.
        ((claim("H", "too_low", (1, 5)),), "ABCDEFGH"),
        # 700 is clipped to the last rank: (4 ln 2 + ln 8) / 5 is ln 2.64
        ((claim("B", "too_high", (700, 700)),), "ABCDEFGH"),
        ((claim("B", "too_high", (700, 700)),) * 3, "ACBDEFGH"),
        ((claim("B", "too_high", (11, None)),) * 3, "ACBDEFGH"),
        # Without a number: half the rank, twice the rank.
        ((claim("B", "too_low"),), "ABCDEFGH"),
        ((claim("C", "too_high"),) * 3, "ABDCEFGH"),
        # Confirmation holds against others.
        ((claim("H", "right"),), "ABCDEFGH"),
        ((claim("H", "unspecified"),) * 9, "ABCDEFGH"),
        # Of what is not in the list nothing can be said.
        ((claim("Z", "too_low", (1, 1)),), "ABCDEFGH"),
    ],
)
def test_claims_move_an_entry(said: tuple[Claim, ...], expected: str) -> None:
    """By the documented formula; anonymous comments are a voice each."""
    assert order(*said) == expected


@pytest.mark.parametrize(
    ("said", "polarity", "expected"),
    [
        ((comparison("A", "H"),), "positive", "ABCDEFGH"),
        # H is asked to 1 (ln 5.28), A to 8 (ln 1.52).
        ((comparison("H", "A"),), "positive", "ABCDEHFG"),
        # H at 4 ln 8 / 13, ln 1.90; A at 9 ln 8 / 13, ln 4.22.
        ((comparison("H", "A"),) * 9, "positive", "HBCDAEFG"),
        ((comparison("A", "H", "equal"),) * 90, "positive", "BAHCDEFG"),
        ((comparison("H", "*"),) * 9, "positive", "ABCDEFGH"),
        ((comparison("H", "Z"),) * 9, "positive", "ABCDEFGH"),
        ((comparison("A", "H"),) * 9, "negative", "HBCDAEFG"),
        ((comparison("H", "A"),) * 9, "negative", "ABCDEFGH"),
    ],
)
def test_comparisons_against_the_list_move_both(
    said: tuple[Comparison, ...], polarity: Polarity, expected: str
) -> None:
    """Those that agree with it hold both in place; a negative list turns round."""
    assert order(*said, polarity=polarity) == expected


def test_a_named_author_is_one_voice_on_an_entry() -> None:
    """However often they say it."""
    said = (claim("H", "too_low", (1, 1)),) * 50

    assert order(*said, author="ann") == order(said[0]) == "ABCDEHFG"
    assert [rank.evidence for rank in crowd_ranking(ENTRIES, comments(*said, author="ann"))] == [0] * 7 + [1]
    assert [rank.evidence for rank in crowd_ranking(ENTRIES, comments(*said))] == [0] * 7 + [50]


def test_names_are_compared_folded() -> None:
    """Case and accents do not matter."""
    entries = [Entry(name="Oslo", rank=1), Entry(name="Málaga", rank=2)]

    ranks = crowd_ranking(entries, comments(*[claim("MALAGA", "too_low", (1, 1)), claim("oslo", "too_high")] * 9))

    assert [(rank.name, rank.rank, rank.change, rank.evidence) for rank in ranks] == [
        ("Oslo", 2, -1, 9),
        ("Málaga", 1, 1, 9),
    ]


@pytest.mark.parametrize(
    ("proposed", "listed", "expected"),
    [((1, 5), 8, 5), ((1, 5), 3, 3), ((11, None), 3, 11), ((11, None), 20, 20), ((7, 7), 22, 7), ((3, 4), 2, 3)],
)
def test_the_nearest_rank_of_an_interval(proposed: RankInterval, listed: int, expected: int) -> None:
    """The end towards the listed rank, or that rank itself inside."""
    assert nearest_rank(proposed, listed) == expected


stances: st.SearchStrategy[Stance] = st.sampled_from(["too_low", "too_high", "right", "unspecified"])
claims = st.builds(
    claim,
    st.sampled_from("ABCDEFGHZ"),
    stances,
    st.none() | st.tuples(st.integers(1, 900), st.none()) | st.integers(1, 900).map(lambda rank: (rank, rank)),
)


@given(st.lists(claims | st.builds(comparison, st.sampled_from("ABCDEFGHZ"), st.sampled_from("ABCDEFGHZ*"))))
def test_ranks_are_only_dealt_again(said: list[Claim | Comparison]) -> None:
    """Each listed rank is given once, and what nobody speaks of keeps its order."""
    ranks = crowd_ranking(ENTRIES, comments(*said))

    assert sorted(rank.rank or 0 for rank in ranks) == list(range(1, 9))
    silent = [rank.rank or 0 for rank in ranks if not rank.evidence]
    assert silent == sorted(silent)
    assert all(rank.change == (rank.listed or 0) - (rank.rank or 0) for rank in ranks)
