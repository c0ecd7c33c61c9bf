"""What a report is made of, gathered from annotated comments; nothing but tables and what disputes say grows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from commentlens.consensus_evidence import CrowdEvidence
from commentlens.records import AnnotatedComment, Entry
from commentlens.summary_disputes import Disputes
from commentlens.summary_distinct import DistinctCounter
from commentlens.summary_language import looks_english
from commentlens.summary_links import Whereabouts
from commentlens.summary_moods import PLAIN_COUNTING, MoodCounting
from commentlens.summary_tables import EntryKey, Figures, Table, entry_key

ListKey = str | None
"""What keeps the figures of lists apart: the list's id, or what a record says of its list; None for no list."""

UNTITLED = "untitled"


class Gathered:
    """What `summary.Summariser` makes a report of, by the keys of the lists; empty at first.

    ``comments`` has the keys in the order in which the lists came. ``tables`` has one table a key, or one under None
    for all lists together.

    Args:
        across_lists: one table for all lists.
        counting: how moods are added up.
    """

    def __init__(self, counting: MoodCounting = PLAIN_COUNTING, *, across_lists: bool = False) -> None:
        self.counting = counting
        self.across_lists = across_lists
        self.titles: dict[ListKey, str | None] = {}
        self.comments: Counter[ListKey] = Counter()
        self.entries: defaultdict[ListKey, dict[EntryKey, Entry]] = defaultdict(dict)
        self.tables: defaultdict[ListKey, Table] = defaultdict(lambda: Table(counting))
        self.disputes: defaultdict[ListKey, Disputes] = defaultdict(Disputes)
        self.crowds: defaultdict[ListKey, CrowdEvidence] = defaultdict(CrowdEvidence)
        self.whereabouts = Whereabouts()
        self.authors = DistinctCounter()
        self.doubtful = 0

    def settle(self, figures: Iterable[Figures], /) -> None:
        """Complete the moods of the report's rows, once it is known which figures belong to one row."""


class StreamGathered(Gathered):
    """Gathers a stream, comment by comment."""

    def add(self, comment: AnnotatedComment, list_id: str | None = None) -> None:
        """Count one comment; see `summary.Summariser.add`."""
        key = list_id if list_id is not None else key_of_record(comment.list, comment.entry)
        self.titles.setdefault(key, comment.list)
        self.comments[key] += 1
        if comment.author is not None:
            self.authors.add(comment.author)
        self.doubtful += not looks_english(comment.text)
        if comment.entry is not None:
            self.entries[key].setdefault(entry_key(comment.entry), comment.entry)
        self.tables[None if self.across_lists else key].add(comment)
        self.whereabouts.add(comment)
        if comment.claims or comment.comparisons:
            self.disputes[key].add(comment)
        self.crowds[key].add(comment)

    def settle(self, figures: Iterable[Figures], /) -> None:
        """Nothing is left to do: each figure knows its voices."""


def key_of_record(title: str | None, entry: Entry | None) -> ListKey:
    """The key of a comment that only its record can place: by its list's title, else by whether it has an entry."""
    if title is not None:
        return title
    return UNTITLED if entry is not None else None
