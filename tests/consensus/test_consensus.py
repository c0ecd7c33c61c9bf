"""The crowd's rank: what moves an entry, how far, and what does not."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from crowds import ENTRIES, Said, claim, comment, comments, comparison, mood, order

from commentlens.consensus import CrowdRank, crowd_places, crowd_ranking, gathered, nearest_rank
from commentlens.consensus_evidence import worth
from commentlens.consensus_parameters import CrowdParameters
from commentlens.records import Claim, Comparison, Entry, Polarity, RankInterval


def test_an_empty_corpus_gives_the_listed_ranks() -> None:
    """Also where ranks start late, leave gaps, repeat or are missing; and no interval has any width."""
    entries = [Entry(name=str(i), rank=rank) for i, rank in enumerate([21, 23, 23, None, 190, 22])]

    assert crowd_ranking(entries, []) == [
        CrowdRank(name="0", listed=21, rank=21, change=0, evidence=0),
        CrowdRank(name="1", listed=23, rank=23, change=0, evidence=0),
        CrowdRank(name="2", listed=23, rank=23, change=0, evidence=0),
        CrowdRank(name="3", listed=None, rank=None, change=None, evidence=0),
        CrowdRank(name="4", listed=190, rank=190, change=0, evidence=0),
        CrowdRank(name="5", listed=22, rank=22, change=0, evidence=0),
    ]
    places = crowd_places(entries, gathered([]))
    assert [place.interval for place in places] == [(21, 21), (23, 23), (23, 23), None, (190, 190), (22, 22)]
    assert [place.above for place in places] == [0.0, 0.0, 0.0, None, 0.0, 0.0]


def test_without_evidence_no_library_is_loaded() -> None:
    """Neither numpy nor scipy."""
    code = (
        "import sys; from commentlens.consensus import *; from commentlens.records import Entry\n"
        "crowd_ranking([Entry(name='A', rank=1)], [])\n"
        "print({'numpy', 'scipy'} & set(sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"


@pytest.mark.parametrize("entries", [[], [Entry(name="A")], [Entry(name="A", rank=7)]], ids=["none", "no rank", "one"])
def test_a_list_without_an_order_has_none_to_move(entries: list[Entry]) -> None:
    """Nor does it fail."""
    ranks = crowd_ranking(
        entries, comments(claim("A", "too_low"), claim("A", "too_high", (9, 9)), comparison("A", "*"))
    )

    assert [(rank.rank, rank.change) for rank in ranks] == [(entry.rank, entry.rank and 0) for entry in entries]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), "ABCDEFGH"),
        ((claim("H", "too_low", (1, 1)),), "ABCDEFGH"),
        ((claim("H", "too_low", (1, 1)),) * 4, "ABCDEFHG"),
        ((claim("H", "too_low", (1, 1)),) * 16, "ABCHDEFG"),
        ((claim("H", "too_low", (1, 1)),) * 64, "AHBCDEFG"),
        ((claim("D", "too_low", (1, 1)),) * 16, "DABCEFGH"),
        # A top five is asked for; only what stands well above the fifth place would get so many voices for that.
        ((claim("H", "too_low", (1, 5)),) * 4, "ABCDEFHG"),
        ((claim("H", "too_low", (1, 5)),) * 64, "AHBCDEFG"),
        # 700 is the last place.
        ((claim("B", "too_high", (700, 700)),), "ABCDEFGH"),
        ((claim("B", "too_high", (700, 700)),) * 9, "ACDEBFGH"),
        ((claim("B", "too_high", (11, None)),) * 9, "ACDEBFGH"),
        # A direction asks for less than a rank.
        ((claim("H", "too_low"),) * 4, "ABCDEFGH"),
        ((claim("H", "too_low"),) * 16, "ABCDEHFG"),
        ((claim("C", "too_high"),) * 16, "ABDEFCGH"),
        # It cannot ask for more than the first place, or less than the last.
        ((claim("A", "too_low"), claim("H", "too_high")) * 16, "ABCDEFGH"),
        # Whoever agrees holds the place against others.
        ((claim("D", "right"),) * 50, "ABCDEFGH"),
        ((*[claim("H", "too_low", (1, 1))] * 8, *[claim("H", "right")] * 8), "ABCDEFGH"),
        ((claim("H", "unspecified"),) * 50, "ABCDEFGH"),
        ((claim("H", "unspecified", (1, 3)),) * 16, "ABCHDEFG"),
        # Of what is not in the list nothing can be said.
        ((claim("Z", "too_low", (1, 1)),) * 50, "ABCDEFGH"),
    ],
)
def test_claims_move_an_entry(said: tuple[Claim, ...], expected: str) -> None:
    """Anonymous comments are a voice each, and one alone does not overturn a list."""
    assert order(*said) == expected


@pytest.mark.parametrize(
    ("said", "polarity", "expected"),
    [
        ((comparison("A", "H"),) * 50, "positive", "ABCDEFGH"),
        ((comparison("H", "A"),), "positive", "ABCDEFGH"),
        ((comparison("H", "A"),) * 9, "positive", "BCDHAEFG"),
        ((comparison("H", "A"),) * 50, "positive", "BHCDEFAG"),
        ((comparison("A", "H", "equal"),) * 90, "positive", "BCDAHEFG"),
        ((comparison("H", "A", "equal"),) * 90, "positive", "BCDAHEFG"),
        # Better than any other: than the best other as listed, of whom nothing is said.
        ((comparison("H", "*"),) * 9, "positive", "ABCDEHFG"),
        ((comparison("H", "*", "equal"),) * 9, "positive", "ABCDEFGH"),
        ((comparison("H", "Z"),) * 9, "positive", "ABCDEFGH"),
        ((comparison("H", "H"),) * 9, "positive", "ABCDEFGH"),
        ((comparison("A", "H"),) * 9, "negative", "BCDHAEFG"),
        ((comparison("H", "A"),) * 9, "negative", "ABCDEFGH"),
        ((comparison("A", "*"),) * 9, "negative", "BCADEFGH"),
        ((comparison("H", "*"),) * 9, "negative", "ABCDEFGH"),
    ],
)
def test_comparisons_move_both(said: tuple[Comparison, ...], polarity: Polarity, expected: str) -> None:
    """A negative list turns them round."""
    assert order(*said, polarity=polarity) == expected


@pytest.mark.parametrize(("polarity", "loved", "hated"), [("positive", 28, 22), ("negative", 32, 18)])
def test_moods_count_for_little_against_the_mean_mood(polarity: Polarity, loved: int, hated: int) -> None:
    """Where all are loved alike nothing moves; ten moods of one entry weigh as much as one claim, and so do more."""
    entries = [Entry(name=str(rank), rank=rank) for rank in range(1, 51)]

    def ranks(*said: Said) -> list[int | None]:
        return [rank.rank for rank in crowd_ranking(entries, comments(*said), polarity)]

    apart = [mood("30", 0.9), mood("20", -0.9)]
    assert ranks(*[mood(entry.name, 0.6) for entry in entries] * 3) == list(range(1, 51))
    assert (ranks(*apart)[29], ranks(*apart)[19]) == (30, 20)
    assert (ranks(*apart * 10)[29], ranks(*apart * 10)[19]) == (loved, hated)
    assert ranks(*apart * 100) == ranks(*apart * 10)


def test_a_mood_that_a_claim_or_comparison_caused_is_not_counted_again() -> None:
    """Not in the same comment, not in another of the same author; that towards another entry is."""
    said = (claim("H", "too_low", (1, 1)), comparison("C", "D"))
    moods = (mood("H", 0.9), mood("C", 0.9), mood("D", -0.9), mood("B", -0.5))
    together = crowd_places(ENTRIES, gathered([comment(*said, *moods)]))
    over_time = crowd_places(ENTRIES, gathered(comments(*said, *moods, author="ann")))
    strangers = crowd_places(ENTRIES, gathered(comments(*said, *moods)))

    assert {place.entry.name: place.said["moods"] for place in together if place.voices} == {
        "B": 1,
        "C": 0,
        "D": 0,
        "H": 0,
    }
    assert over_time == together
    assert [place.said["moods"] for place in strangers] == [0, 1, 1, 1, 0, 0, 0, 1]


def test_a_named_author_is_one_voice_on_an_entry() -> None:
    """However often they say it, and with whatever numbers: all of it weighs 1."""
    said = (claim("H", "too_low", (1, 1)),) * 50
    many_numbers = tuple(claim("H", "too_low", (1, number)) for number in range(1, 8))

    assert order(*said, author="ann") == order(said[0]) == "ABCDEFGH"
    assert order(*many_numbers, author="ann") == "ABCDEFGH"
    assert order(*many_numbers) == "ABCDEHFG"
    assert [rank.evidence for rank in crowd_ranking(ENTRIES, comments(*said, author="ann"))] == [0] * 7 + [1]
    assert [rank.evidence for rank in crowd_ranking(ENTRIES, comments(*said))] == [0] * 7 + [50]


@pytest.mark.parametrize(("listed", "crowd"), [(1, 1), (2, 2), (10, 12), (25, 28), (40, 42), (50, 50)])
def test_a_troll_does_not_move_a_list(listed: int, crowd: int) -> None:
    """Fifty comments that say "no. 700" under one name, on a list of fifty that nobody else speaks of."""
    entries = [Entry(name=str(rank), rank=rank) for rank in range(1, 51)]
    said = [claim(str(listed), "too_high", (700, 700)), claim(str(listed), "too_high")] * 25

    ranks = crowd_ranking(entries, comments(*said, author="troll"))

    assert next(rank.rank for rank in ranks if rank.listed == listed) == crowd
    assert max(abs(rank.change or 0) for rank in ranks if rank.listed != listed) <= 1


def test_names_are_compared_folded() -> None:
    """Case and accents do not matter."""
    entries = [Entry(name="Oslo", rank=1), Entry(name="Málaga", rank=2)]

    ranks = crowd_ranking(entries, comments(*[claim("MALAGA", "too_low", (1, 1)), claim("oslo", "too_high")] * 9))

    assert [(rank.name, rank.rank, rank.change, rank.evidence) for rank in ranks] == [
        ("Oslo", 2, -1, 9),
        ("Málaga", 1, 1, 9),
    ]


def test_two_entries_of_one_name_are_told_apart_by_their_ranks() -> None:
    """Where the comment tells; else the better one is meant."""
    entries = [
        Entry(name="Portland", within="Oregon", rank=1),
        Entry(name="Lyon", rank=2),
        Entry(name="Portland", within="Maine", rank=3),
    ]

    told = crowd_ranking(entries, comments(*[claim("Portland", "too_low", (1, 1), listed=3)] * 30))
    untold = crowd_ranking(entries, comments(*[claim("Portland", "too_high", (3, 3))] * 9))

    assert [(rank.rank, rank.evidence) for rank in told] == [(2, 0), (3, 0), (1, 30)]
    assert [(rank.rank, rank.evidence) for rank in untold] == [(2, 9), (1, 0), (3, 0)]


def test_ranks_with_gaps_are_dealt_again() -> None:
    """Claims mean the numbers of the whole list, of which only some entries are known."""
    entries = [Entry(name=name, rank=rank) for name, rank in (("A", 3), ("B", 20), ("C", 21), ("D", 190))]

    ranks = crowd_ranking(entries, comments(*[claim("B", "too_high", (30, 40))] * 9))

    assert {rank.name: rank.rank for rank in ranks} == {"A": 3, "B": 21, "C": 20, "D": 190}


def test_what_it_rests_on_is_counted_in_voices() -> None:
    """Each voice once for each thing that it says."""
    said: list[Said] = [
        claim("D", "too_low"),
        claim("D", "too_low", (1, 1)),
        claim("D", "too_high", (7, 7)),
        claim("D", "unspecified", (6, None)),
        claim("D", "unspecified", (3, 5)),
        claim("D", "right"),
        claim("D", "unspecified"),
        comparison("D", "A"),
        comparison("B", "D"),
        mood("D", 0.5),
    ]

    by_many = crowd_places(ENTRIES, gathered(comments(*said)))[3]
    by_one = crowd_places(ENTRIES, gathered(comments(*said, author="ann")))[3]

    assert by_many.said == {"claims_up": 2, "claims_down": 2, "claims_right": 2, "comparisons": 2, "moods": 1}
    assert by_one.said == {"claims_up": 1, "claims_down": 1, "claims_right": 1, "comparisons": 1, "moods": 0}
    assert (by_many.voices, by_one.voices) == (9, 1)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"prior_spread": 0}, "prior_spread must be above 0, not 0"),
        ({"noise": math.inf}, "noise must be above 0, not inf"),
        ({"mood_weight": -1}, "mood_weight must not be below 0, and is -1"),
        ({"level": 1}, "level must lie between 0 and 1, not 1"),
        ({"draws": 0}, "draws must be 1 or more, not 0"),
    ],
)
def test_parameters_out_of_range_are_refused(given: dict[str, float], message: str) -> None:
    """With their name and value."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        CrowdParameters(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rank", "last", "expected"),
    [(1, 50, 2.2433), (25.5, 50, 0), (50, 50, -2.2433), (1, 1, 0), (1, 2, 0.5895), (0.5, 2, 1.5932)],
)
def test_worths_are_normal_order_statistics(rank: float, last: int, expected: float) -> None:
    """By Blom's approximation; the exact values of 1 of 50 and 1 of 2 are 2.2491 and 0.5642."""
    assert worth(rank, last) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("proposed", "listed", "expected"),
    [((1, 5), 8, 5), ((1, 5), 3, 3), ((11, None), 3, 11), ((11, None), 20, 20), ((7, 7), 22, 7), ((3, 4), 2, 3)],
)
def test_the_nearest_rank_of_an_interval(proposed: RankInterval, listed: int, expected: int) -> None:
    """The end towards the listed rank, or that rank itself inside."""
    assert nearest_rank(proposed, listed) == expected
