"""Measures the crowd's ranking: on simulated crowds whose true order is known, or on comments of a list.

python bench/consensus.py                  simulated crowds, as Markdown: does the interval hold, does the error fall
python bench/consensus.py --lists 20       fewer lists a row (each row: 100)
python bench/consensus.py --data FILE      a source, or annotated comments: do they order what other comments say of it
python bench/consensus.py --json           the same as JSON, with all parameters
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from commentlens.cli.options import ReadingOptions, SourceOptions
from commentlens.cli.sources import SourceStream
from commentlens.consensus import DEFAULT, crowd_places, gathered
from commentlens.consensus_simulation import Measured, SimulatedCrowd, measure
from commentlens.errors import CommentlensError
from commentlens.knowledge.names import fold
from commentlens.knowledge.places import Places
from commentlens.records import AnnotatedComment, RankedList

LISTS = 100
PARTS = 5
CROWD = SimulatedCrowd()
RIGHT = "as the model has it"
CROWDS: tuple[tuple[str, SimulatedCrowd], ...] = (
    *((RIGHT, replace(CROWD, voices=voices)) for voices in (1, 3, 10, 30, 100)),
    *(
        (name, replace(CROWD, voices=voices, **changed))
        for name, changed in (
            ("errors are normal", {"error": "normal"}),
            ("errors have heavy tails", {"error": "heavy"}),
            ("who agrees says nothing", {"complaints": True}),
            ("a third of the entries is spoken of", {"spoken_of": 1 / 3}),
            ("voices err half as much", {"noise": CROWD.noise / 2}),
            ("voices err twice as much", {"noise": CROWD.noise * 2}),
            ("the truth is half as far from the list", {"spread": CROWD.spread / 2}),
            ("the truth is twice as far from the list", {"spread": CROWD.spread * 2}),
            ("5 % trolls", {"trolls": 0.05}),
            ("10 % trolls", {"trolls": 0.1}),
            ("20 % trolls", {"trolls": 0.2}),
        )
        for voices in (3, 10)
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One list whose voices were divided into parts, each foretold from the others.

    ``agree_crowd`` and ``agree_list``: comparisons of two entries that the crowd's order, and the listed one, have
    right. ``claims``: claims for a better or worse place, of entries of which other voices say something; ``foretold``:
    those in whose direction the others lean (probability above the listed rank over or under that of a rank below).
    ``moved``: entries whose rank changes with all voices.
    """

    list: str | None
    comments: int
    entries: int
    with_evidence: int
    moved: int
    width: float
    comparisons: int
    agree_crowd: int
    agree_list: int
    claims: int
    foretold: int


def check(ranked_list: RankedList, comments: Sequence[AnnotatedComment]) -> Checked:
    """Rank with all comments, and foretell each fifth of the voices from the others."""
    entries = ranked_list.entries
    places = crowd_places(entries, gathered(comments), ranked_list.polarity)
    spoken = [place for place in places if place.voices and place.interval]
    counts: defaultdict[str, int] = defaultdict(int)
    for known, unknown in _parts(comments):
        foretold = crowd_places(entries, gathered(known), ranked_list.polarity)
        by_name = {fold(place.entry.name): place for place in reversed(foretold) if place.rank is not None}
        for comment in unknown:
            for item in comment.comparisons:
                a, b = (by_name.get(fold(name)) for name in (item.better, item.worse))
                if item.relation == "better" and a and b and a is not b:
                    turned = ranked_list.polarity == "negative"
                    counts["comparisons"] += 1
                    counts["agree_crowd"] += ((a.rank or 0) < (b.rank or 0)) != turned
                    counts["agree_list"] += ((a.entry.rank or 0) < (b.entry.rank or 0)) != turned
            for claim in comment.claims:
                place = by_name.get(fold(claim.subject))
                if claim.stance in ("too_low", "too_high") and place and place.voices and place.above is not None:
                    counts["claims"] += 1
                    counts["foretold"] += (place.above > 0.5) == (claim.stance == "too_low")
    widths = [place.interval[1] - place.interval[0] + 1 for place in spoken if place.interval]
    return Checked(
        list=ranked_list.title,
        comments=len(comments),
        entries=len(entries),
        with_evidence=len(spoken),
        moved=sum(bool(place.change) for place in spoken),
        width=sum(widths) / len(widths) if widths else 0,
        **{key: counts[key] for key in ("comparisons", "agree_crowd", "agree_list", "claims", "foretold")},
    )


def _parts(comments: Sequence[AnnotatedComment]) -> Iterator[tuple[list[AnnotatedComment], list[AnnotatedComment]]]:
    """The comments without those of a fifth of the voices, and these; an author is in one part with all they say."""
    numbers: dict[str, int] = {}
    part = [numbers.setdefault(comment.author or f"\0{comment.id}", len(numbers)) % PARTS for comment in comments]
    for number in range(PARTS):
        yield (
            [comment for comment, own in zip(comments, part, strict=True) if own != number],
            [comment for comment, own in zip(comments, part, strict=True) if own == number],
        )


def checked(path: Path) -> list[Checked]:
    """Each list of a source.

    Raises:
        CommentlensError: If it cannot be read.
    """
    stream = SourceStream(SourceOptions(sources=[str(path)], quiet=True))
    comments: defaultdict[str | None, list[AnnotatedComment]] = defaultdict(list)
    for comment, list_id in stream.with_lists(ReadingOptions()):
        comments[list_id].append(comment)
    return [check(item, comments[item.id]) for item in stream.known_lists(Places.load())]


def simulated_table(rows: Sequence[tuple[str, SimulatedCrowd, Measured]]) -> Iterator[str]:
    """As Markdown."""
    yield "| Crowd | Voices an entry | Interval says | Interval holds | Its width | Error | Error of the list |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, crowd, found in rows:
        yield (
            f"| {name} | {crowd.voices:g} | {found.stated:.1%} | {found.coverage:.1%} | {found.width:.1f} "
            f"| {found.error:.2f} | {found.listed_error:.2f} |"
        )


def checked_table(rows: Sequence[Checked]) -> Iterator[str]:
    """As Markdown."""
    yield "| List | Comments | Entries | With evidence | Moved | Width | Comparisons: crowd | list | Claims foretold |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for row in rows:
        title = (row.list or "untitled").replace("|", "\\|")
        yield (
            f"| {title} | {row.comments} | {row.entries} | {row.with_evidence} | {row.moved} | {row.width:.1f} "
            f"| {row.agree_crowd} of {row.comparisons} | {row.agree_list} of {row.comparisons} "
            f"| {row.foretold} of {row.claims} |"
        )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Measures the crowd's ranking.")
    parser.add_argument("--data", type=Path, metavar="FILE", help="a source, or annotated comments as JSONL")
    parser.add_argument("--lists", type=int, default=LISTS, metavar="N", help="simulated lists a row")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    options = parser.parse_args()
    if options.lists < 1:
        parser.error("--lists: at least 1.")
    document: Mapping[str, object]
    if options.data is None:
        rows = [(name, crowd, measure(crowd, options.lists)) for name, crowd in CROWDS]
        simulated = [{"crowd": name, **asdict(crowd), "measured": asdict(found)} for name, crowd, found in rows]
        document, lines = {"lists": options.lists, "simulated": simulated}, simulated_table(rows)
    else:
        try:
            found = checked(options.data)
        except CommentlensError as error:
            sys.exit(f"bench/consensus.py: {error}")
        document, lines = {"checked": [asdict(row) for row in found]}, checked_table(found)
    if options.json:
        print(json.dumps({"parameters": asdict(DEFAULT), **document}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines))


if __name__ == "__main__":
    main()
