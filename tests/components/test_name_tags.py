"""Tags of names and back; what gold labels that say less allow."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.components.name_tags import LABELS, TAGS, allowed_tags, first_tag, may_follow, spans_of


def tags_of(*names: str) -> list[int]:
    return [TAGS.index(name) for name in names]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ([], []),
        (["O", "O"], []),
        (["B-CITY"], [(0, 1, "CITY")]),
        (["B-CITY", "I-CITY", "O"], [(0, 2, "CITY")]),
        (["B-CITY", "B-CITY"], [(0, 1, "CITY"), (1, 2, "CITY")]),
        (["O", "B-ORG", "I-ORG", "B-CITY", "O"], [(1, 3, "ORG"), (3, 4, "CITY")]),
        (["O", "B-OTHER"], [(1, 2, "OTHER")]),
    ],
)
def test_tags_say_names(tags: list[str], spans: list[tuple[int, int, str]]) -> None:
    assert spans_of(tags_of(*tags)) == spans


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3), st.sampled_from(LABELS)), max_size=5))
def test_names_come_back_from_their_tags(parts: list[tuple[int, int, str]]) -> None:
    spans = []
    at = 0
    for gap, length, label in parts:
        spans.append((at + gap, at + gap + length, label))
        at += gap + length
    allowed = allowed_tags(at + 1, spans)
    assert (allowed.sum(axis=1) == 1).all()
    tags = allowed.argmax(axis=1).tolist()
    assert spans_of(tags) == spans
    follows = may_follow()
    assert follows[0, tags[0]]
    assert all(follows[first, second] for first, second in itertools.pairwise(tags))


def test_a_label_that_says_less_allows_all_that_it_may_mean() -> None:
    allowed = allowed_tags(4, [(0, 2, "ORGANISATION"), (2, 3, "UNKNOWN")])
    assert [{TAGS[tag] for tag in np.flatnonzero(row)} for row in allowed] == [
        {"B-COMPANY", "B-ORG"},
        {"I-COMPANY", "I-ORG"},
        set(TAGS),
        {"O"},
    ]


def test_a_name_goes_on_only_after_its_own_label() -> None:
    follows = may_follow()
    inside = first_tag("CITY") + 1
    assert {TAGS[tag] for tag in np.flatnonzero(follows[:, inside])} == {"B-CITY", "I-CITY"}
    assert follows[:, 0].all()


def test_a_label_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="label 'TOWN': allowed are CITY, COUNTRY"):
        allowed_tags(2, [(0, 1, "TOWN")])
