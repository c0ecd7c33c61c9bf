"""Scores of names against gold that may leave things open."""

from __future__ import annotations

from commentlens.components.name_scores import name_scores


def test_counts_by_hand() -> None:
    texts = [
        # One place right, one too long; the organisation has another label of its group.
        ([(0, 1, "CITY"), (3, 5, "COUNTRY"), (6, 7, "ORG")], [(0, 1, "PLACE"), (3, 4, "COUNTRY"), (6, 7, "COMPANY")]),
        # What overlaps an unknown name counts neither way; a person is nothing here.
        ([(0, 2, "COMPANY"), (4, 5, "CITY")], [(1, 3, "UNKNOWN"), (4, 5, "PERSON")]),
    ]
    assert name_scores(texts) == {
        "places_p": 1 / 3,
        "places_r": 1 / 2,
        "places_f": 2 / 5,
        "organisations_p": 1.0,
        "organisations_r": 1.0,
        "organisations_f": 1.0,
        "names_f": 0.7,
    }


def test_nothing_found_is_no_division() -> None:
    assert name_scores([([], [])])["names_f"] == 0.0
