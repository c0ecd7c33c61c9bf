"""The report's structure: documented, and plain JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace

import pytest

from commentlens.consensus_parameters import CrowdParameters
from commentlens.summary_consensus import Consensus, ConsensusEntry, ConsensusList
from commentlens.summary_records import (
    RECORDS,
    CityRow,
    DisputeCounts,
    DisputeRow,
    Header,
    MoodFigures,
    Proposal,
    Quote,
    Report,
    documented_fields,
    report_to_dict,
)

REPORT = Report(
    header=Header(lists=0, entries=0, comments=1, set_aside=0, authors=1, doubtful_language=0),
    lists=(),
    cities=(
        CityRow(
            list=None,
            list_id=None,
            rank=None,
            name="Oslo",
            within=None,
            country="Norway",
            country_code="NO",
            id="geonames:3143244",
            is_entry=False,
            comments=1,
            mentions=1,
            mood=MoodFigures(
                mean=-0.5, comments=1, pos=0, neu=0, neg=1, voices=1, net=-1.0, shrunk=-0.1, low=-0.66, high=0.46
            ),
            months=None,
            disputes=DisputeCounts(too_low=0, too_high=1, right=0, unspecified=0),
            crowd=None,
            change=None,
            evidence=0,
            companies=("Nordkai",),
        ),
    ),
    companies=(),
    disputes=(
        DisputeRow(
            list=None,
            list_id=None,
            entry="Oslo",
            listed=None,
            stance="too_high",
            voices=1,
            strength=1.0,
            proposed=(Proposal(best=11, worst=None, voices=1),),
            quotes=(Quote(comment="c", author="ann", sentence="Out!", start=0, rule="r", proposed=(11, None)),),
        ),
    ),
    comparisons=(),
)


def test_the_report_as_json_has_the_documented_keys() -> None:
    """And JSON gives it back unchanged."""
    document = report_to_dict(REPORT)

    assert json.loads(json.dumps(document)) == document
    assert list(document) == [item.name for item in fields(Report) if item.name not in {"consensus", "themes"}]
    assert list(document["cities"][0]) == [item.name for item in fields(CityRow)]
    assert list(document["disputes"][0]["quotes"][0]) == [item.name for item in fields(Quote)]


def test_the_consensus_is_there_where_it_was_asked_for() -> None:
    """With all its parameters, as plain values."""
    entry = ConsensusEntry(
        name="Oslo",
        within=None,
        listed=2,
        crowd=1,
        change=1,
        interval=(1, 2),
        inside=1.0,
        above=0.75,
        voices=3,
        claims_up=2,
        claims_down=0,
        claims_right=0,
        comparisons=1,
        moods=0,
    )
    of_list = ConsensusList(list="Harbours", list_id="harbours", entries=(entry,))
    document = report_to_dict(replace(REPORT, consensus=Consensus(lists=(of_list,))))

    assert json.loads(json.dumps(document)) == document
    assert document["consensus"]["parameters"] == asdict(CrowdParameters())
    assert document["consensus"]["lists"] == [
        {"list": "Harbours", "list_id": "harbours", "entries": [{**asdict(entry), "interval": [1, 2]}]}
    ]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_has_help(record: type) -> None:
    """So that the documentation can be checked against it."""
    assert all(text for _, text in documented_fields(record))
