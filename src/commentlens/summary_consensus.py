"""The crowd's ranking as the report has it: `consensus.crowd_places` with the names of lists and entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from commentlens.consensus import DEFAULT, crowd_places
from commentlens.consensus_evidence import CrowdEvidence
from commentlens.consensus_parameters import CrowdParameters
from commentlens.records import Entry, Polarity
from commentlens.summary_help import help_text as _help


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsensusEntry:
    """The crowd's rank of one entry, how sure it is, and what it rests on."""

    name: str = field(metadata=_help("the list's name for it"))
    within: str | None = field(metadata=_help("what followed the comma in the list (Moscow, Russia)"))
    listed: int | None = field(metadata=_help("listed rank"))
    crowd: int | None = field(metadata=_help("the crowd's rank; null for what has no listed rank"))
    change: int | None = field(metadata=_help("listed rank minus crowd's rank: positive is up"))
    interval: tuple[int, int] | None = field(
        metadata=_help("[best, worst] rank that hold the crowd's with the probability `level`")
    )
    inside: float | None = field(
        metadata=_help("probability that it does, not less than `level`: an interval ends at whole ranks")
    )
    above: float | None = field(metadata=_help("probability that the crowd puts it above its listed rank, from 0 to 1"))
    voices: int = field(metadata=_help("voices that say anything of its place; 0 where it only makes room for others"))
    claims_up: int = field(metadata=_help("of these, voices that claim a smaller number"))
    claims_down: int = field(metadata=_help("voices that claim a larger number, or off the list"))
    claims_right: int = field(metadata=_help("voices that agree with the rank, or name ranks that hold it"))
    comparisons: int = field(metadata=_help("voices that compare it with another entry, or with any other"))
    moods: int = field(metadata=_help("voices that have a mood towards it and neither claim nor compare"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsensusList:
    """The crowd's ranking of one list."""

    list: str | None = field(metadata=_help("title of the list, null without one"))
    list_id: str | None = field(metadata=_help("id of the list"))
    entries: tuple[ConsensusEntry, ...] = field(metadata=_help("its entries, in listed order"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """The crowd's ranking of each list."""

    parameters: CrowdParameters = field(default=DEFAULT, metadata=_help("what the model takes as given"))
    lists: tuple[ConsensusList, ...] = field(metadata=_help("the lists, in the order in which they came"))


def consensus_list(
    title: str | None,
    list_id: str | None,
    entries: Sequence[Entry],
    evidence: CrowdEvidence,
    polarity: Polarity,
    parameters: CrowdParameters = DEFAULT,
) -> ConsensusList:
    """The crowd's ranking of one list, its entries in the order given."""
    rows = tuple(
        ConsensusEntry(
            name=place.entry.name,
            within=place.entry.within,
            listed=place.entry.rank,
            crowd=place.rank,
            change=place.change,
            interval=place.interval,
            inside=place.inside,
            above=place.above,
            voices=place.voices,
            claims_up=place.said["claims_up"],
            claims_down=place.said["claims_down"],
            claims_right=place.said["claims_right"],
            comparisons=place.said["comparisons"],
            moods=place.said["moods"],
        )
        for place in crowd_places(entries, evidence, polarity, parameters)
    )
    return ConsensusList(list=title, list_id=list_id, entries=rows)
