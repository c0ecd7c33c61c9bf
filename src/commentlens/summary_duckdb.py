"""The report of annotated folders, gathered by DuckDB: the numbers of the stream to the last digit, out of core.

What is counted by comment, mention or mood is added up in SQL and comes here a row a group. Sums are of whole numbers
and everything that depends on order (which spelling is met first) is found by the place in the stream, so nothing
depends on how the groups come. Only comments that claim, compare or link pass through the objects of the stream, since
they are quoted. Named voices are added up last, when it is known which groups make a row of the report (`settle`).
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from types import MappingProxyType

import pyarrow as pa

from commentlens.consensus_evidence import NameAndRank
from commentlens.knowledge.names import fold
from commentlens.record_arrow import LAYERS, records_of
from commentlens.records import AnnotatedComment, RankedList
from commentlens.summary import PlaceLookup, Summariser
from commentlens.summary_duckdb_tables import FiledSource, FolderTables, Kind
from commentlens.summary_gathered import Gathered, ListKey
from commentlens.summary_language import looks_english
from commentlens.summary_moods import PLAIN_COUNTING, MoodCounting, VoiceSums
from commentlens.summary_records import Report
from commentlens.summary_tables import MENTIONED_UNDER, CompanyFigures, Figures, Table, entry_key


class FolderGathered(Gathered):
    """Gathers all comments of some tables; complete as long as the tables are open.

    Args:
        tables: the comments.
        counting: how moods are added up, as in the tables.
        across_lists: one table for all lists.
    """

    def __init__(self, tables: FolderTables, counting: MoodCounting, *, across_lists: bool = False) -> None:
        super().__init__(counting, across_lists=across_lists)
        self.doubtful = sum(not looks_english(text) for text in tables.doubtful_texts())
        self._tables = tables
        self._own_names = [fold(kind.entry.name) if kind.entry else None for kind in tables.kinds]
        for (author,) in tables.rows("SELECT DISTINCT author FROM heads WHERE author IS NOT NULL"):
            self.authors.add(author)
        self._add_kinds()
        self._add_names()
        self._add_mentions()
        self._add_ids()
        self._add_moods()
        first = self._add_companies()
        self._add_quoted(first)
        self._add_crowds()

    def settle(self, figures: Iterable[Figures], /) -> None:
        """Add the named voices to the rows of the report."""
        rows = list(figures)
        groups = [(gid, number) for number, row in enumerate(rows) for gid in row.groups]
        self._put_groups("settling", groups)
        for number, *sums, times in self._tables.rows(_voices("number")):
            rows[number].moods.add_voices(VoiceSums(*sums), times)
        if self.counting.by_month:
            for number, month, *sums, times in self._tables.rows(_voices("number, month")):
                rows[number].months.of(self._tables.months[month]).add_voices(VoiceSums(*sums), times)

    def _put_groups(self, name: str, groups: Sequence[tuple[int, int]]) -> None:
        columns = {"gid": [gid for gid, _ in groups], "number": [number for _, number in groups]}
        self._tables.put(name, columns, [pa.int64(), pa.int64()])

    def _table(self, kind: Kind) -> Table:
        return self.tables[None if self.across_lists else kind.key]

    def _add_kinds(self) -> None:
        """Count the comments of each list and under each entry."""
        for kind in self._tables.kinds:
            self.titles.setdefault(kind.key, kind.title)
            self.comments[kind.key] += kind.comments
            table = self._table(kind)
            table.comments += kind.comments
            # Every list has a crowd, as it has in the stream.
            self.crowds[kind.key]
            if kind.entry is not None:
                self.entries[kind.key].setdefault(entry_key(kind.entry), kind.entry)
                table.own.setdefault(entry_key(kind.entry), Figures(kind.entry.name)).comments += kind.comments

    def _figures(self, kind_number: int, folded: int, written: str | None = None) -> Figures:
        """The figures of a name in the comments of a kind, as `Table.add` finds them."""
        kind = self._tables.kinds[kind_number]
        name = self._tables.folded[folded]
        table = self._table(kind)
        if kind.entry is not None and name == self._own_names[kind_number]:
            return table.own[entry_key(kind.entry)]
        return table.named[name] if written is None else table.named.setdefault(name, Figures(written))

    def _add_names(self) -> None:
        """Make the figures of every name, in the order of the stream and as it is written first."""
        size = len(self._tables.folded)
        query = f"""
            SELECT kind, folded, arg_min(name, seq), min(seq) AS first FROM (
                SELECT kind, folded, name, seq FROM mentions
                UNION ALL SELECT gid // {size}, gid % {size}, name, seq FROM moods
            ) GROUP BY kind, folded ORDER BY first"""
        for kind, folded, name, _ in self._tables.rows(query):
            self._figures(kind, folded, self._tables.names[name])

    def _add_mentions(self) -> None:
        query = """
            SELECT kind, folded, count(*), count_if(label = 'CITY'), count(DISTINCT n)
            FROM mentions GROUP BY kind, folded"""
        for kind, folded, mentions, cities, naming in self._tables.rows(query):
            figures = self._figures(kind, folded)
            figures.mentions += mentions
            figures.cities += cities
            figures.naming += naming

    def _add_ids(self) -> None:
        # In the order of the stream: of two ids with as many mentions the first counts.
        query = """
            SELECT kind, folded, id, count(*), min(seq) AS first FROM mentions
            WHERE label = 'CITY' AND id IS NOT NULL GROUP BY kind, folded, id ORDER BY first"""
        for kind, folded, id_, number, _ in self._tables.rows(query):
            self._figures(kind, folded).ids[id_] += number

    def _add_moods(self) -> None:
        """Count labels and scores, and the voices of anonymous comments; note which groups have named ones."""
        size = len(self._tables.folded)
        for gid, month, pos, neu, neg, scores, voices, *sums in self._tables.rows(_LABELS):
            figures = self._figures(gid // size, gid % size)
            tallies = [figures.moods]
            if self.counting.by_month:
                tallies.append(figures.months.of(self._tables.months[month]))
            for tally in tallies:
                tally.add_labels(pos=pos, neu=neu, neg=neg, scores=scores)
                if voices:
                    tally.add_anonymous((voices, *sums))
        for (gid,) in self._tables.rows("SELECT DISTINCT gid FROM moods WHERE author IS NOT NULL"):
            self._figures(gid // size, gid % size).groups.append(gid)

    def _add_companies(self) -> dict[tuple[ListKey, str], int]:
        """Count the mentions of companies; where each is mentioned first, by the key of its table and its folded name.

        Comments with links are left to `_add_quoted`, as far as it matters where a company is.
        """
        query = """
            SELECT
                kind, folded, arg_min(name, seq), count(*), count(DISTINCT n),
                count(DISTINCT n) FILTER (NOT linked), min(n), min(seq) AS first
            FROM mentions WHERE label = 'COMPANY' GROUP BY kind, folded ORDER BY first"""
        first: dict[tuple[ListKey, str], int] = {}
        for number, folded, name, mentions, comments, unlinked, place, _ in self._tables.rows(query):
            kind = self._tables.kinds[number]
            key = self._tables.folded[folded]
            company = self._table(kind).companies.setdefault(key, CompanyFigures(self._tables.names[name]))
            company.mentions += mentions
            company.comments += comments
            if unlinked and kind.entry is not None:
                company.cities[kind.entry.name, MENTIONED_UNDER] += unlinked
            first.setdefault((None if self.across_lists else kind.key, key), place)
        return first

    def _add_quoted(self, first: dict[tuple[ListKey, str], int]) -> None:
        """Pass the comments that claim, compare or link through what quotes them, in the order of the stream."""
        for comment, kind, _ in self._quoted("argued", "claims", "comparisons", moods=_ANONYMOUS_MOODS):
            self.disputes[kind.key].add(comment)
            self.crowds[kind.key].add(comment)
        for comment, kind, n in self._quoted("linked", "mentions", "links"):
            self.whereabouts.add(comment)
            of = None if self.across_lists else kind.key
            linked = {fold(link.company) for link in comment.links}
            known = {name for name in linked if first.get((of, name), n + 1) <= n}
            self._table(kind).add_company_places(comment, known)

    def _quoted(self, which: str, *layers: str, **made: str) -> Iterator[tuple[AnnotatedComment, Kind, int]]:
        """Some comments, with their kinds and places in the stream, and no other layers than are asked for."""
        left = [name for name in LAYERS if name not in layers and name not in made]
        query = f"""
            SELECT
                n, kind, said.id AS id, text, entry, said.author AS author,
                NULL AS list, NULL AS raw, NULL AS created, NULL AS likes,
                {", ".join(layers)}, {", ".join(f"{name}[1:0] AS {name}" for name in left)}
                {"".join(f", {how} AS {name}" for name, how in made.items())}
            FROM said JOIN heads USING (n) WHERE {which} ORDER BY n"""
        for batch in self._tables.batches(query):
            columns = batch.column("kind").to_pylist(), batch.column("n").to_pylist()
            for comment, kind, n in zip(records_of(batch), *columns, strict=True):
                yield comment, self._tables.kinds[kind], n

    def _add_crowds(self) -> None:
        """Give each list's crowd the moods that it does not have of the comments themselves."""
        anonymous = """
            SELECT gid, sum(score)::BIGINT, count(*) FROM moods WHERE author IS NULL AND NOT argued GROUP BY gid"""
        for gid, total, number in self._tables.rows(anonymous):
            name, key = self._name_and_list(gid)
            self.crowds[key].add_moods(None, name, total, number)
        disputing = """
            SELECT gid, author, sum(score)::BIGINT, count(*) FROM moods WHERE disputes
            GROUP BY gid, author"""
        for gid, author, total, number in self._tables.rows(disputing):
            name, key = self._name_and_list(gid)
            self.crowds[key].add_moods(author, name, total, number)
        others: defaultdict[ListKey, list[int]] = defaultdict(list)
        for (gid,) in self._tables.rows(
            "SELECT DISTINCT gid FROM moods WHERE author IS NOT NULL AND NOT disputes ORDER BY gid"
        ):
            others[self._name_and_list(gid)[1]].append(gid)
        numbers = {key: number for number, key in enumerate(self._tables.keys)}
        for key, groups in others.items():
            self.crowds[key].take_moods_from(partial(self._moods_of_others, numbers[key], groups))

    def _moods_of_others(
        self, number: int, groups: Sequence[int], find: Callable[[NameAndRank], int | None]
    ) -> Iterator[tuple[int, int, int, int]]:
        """Moods of the named authors of a list who dispute nothing; see `consensus_evidence.MoodsElsewhere`."""
        found = [(gid, i) for gid in groups if (i := find(self._name_and_list(gid)[0])) is not None]
        self._put_groups("finding", found)
        yield from self._tables.rows(_MOODS_OF_OTHERS.format(list=number))

    def _name_and_list(self, gid: int) -> tuple[NameAndRank, ListKey]:
        """What the moods of a group are towards, with the rank that its comments know of it, and its list."""
        number, folded = divmod(gid, len(self._tables.folded))
        kind = self._tables.kinds[number]
        name = self._tables.folded[folded]
        known = kind.entry.rank if kind.entry is not None and name == self._own_names[number] else None
        return (name, known), kind.key


def report_of_folders(
    sources: Sequence[FiledSource],
    lists: Iterable[RankedList],
    places: PlaceLookup,
    *,
    across_lists: bool = False,
    consensus: bool = False,
    moods: MoodCounting = PLAIN_COUNTING,
    set_aside: Mapping[str, int] = MappingProxyType({}),
) -> Report:
    """The report of all sources of some annotated folders; what `summary.summarise` says of their comments.

    Args:
        sources: in order, all sources of each folder, none of them annotated before it was filed.
        lists: their lists, under the ids that the sources name.
        places: see `summary.Summariser`.
        across_lists: see `summary.Summariser`.
        consensus: see `summary.Summariser`.
        moods: how moods are added up.
        set_aside: how much was set aside, by sort.

    Raises:
        SourceError: If a shard cannot be read.
    """
    summariser = Summariser(places, across_lists=across_lists, consensus=consensus, moods=moods)
    with _without_collections(), FolderTables(sources, moods) as tables:
        summariser.add_gathered(FolderGathered(tables, moods, across_lists=across_lists))
        for ranked_list in lists:
            summariser.add_list(ranked_list)
        return summariser.report(sum(set_aside.values()), set_aside)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Nothing here makes circles, and to look for them again and again among all voices takes a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


# Of named authors the crowd has all moods from `_add_crowds`; what decided a mood nobody asks for here.
_ANONYMOUS_MOODS = """
    CASE WHEN said.author IS NULL THEN list_transform(moods, lambda item: struct_pack(
        target := item.target, label := item.label, score := item.score, implied := item.implied,
        evidence := CAST([] AS INTEGER[][])
    )) ELSE moods[1:0] END"""

_LABELS = """
    SELECT
        gid, month, count_if(label = 'pos'), count_if(label = 'neu'), count_if(label = 'neg'), sum(score)::BIGINT,
        count(*) FILTER (author IS NULL),
        sum(weight) FILTER (author IS NULL), sum(weight * weight) FILTER (author IS NULL),
        sum(weight * score) FILTER (author IS NULL), sum(weight * score * score) FILTER (author IS NULL),
        sum(weight * sign) FILTER (author IS NULL)
    FROM moods GROUP BY gid, month"""

_MOODS_OF_OTHERS = """
    SELECT number, total, moods, count(*) FROM (
        SELECT number, author, sum(score)::BIGINT AS total, count(*) AS moods
        FROM moods JOIN finding USING (gid)
        WHERE list = {list} AND author IS NOT NULL AND NOT disputes
        GROUP BY number, author
    ) GROUP BY number, total, moods"""


def _voices(by: str) -> str:
    """How many named authors have the same sums, by row of the report (and month)."""
    return f"""
    SELECT {by}, comments, weights, scores, signs, count(*) FROM (
        SELECT
            {by}, author, count(*) AS comments, sum(weight)::BIGINT AS weights,
            sum(weight * score)::BIGINT AS scores, sum(weight * sign)::BIGINT AS signs
        FROM moods JOIN settling USING (gid) WHERE author IS NOT NULL GROUP BY {by}, author
    ) GROUP BY {by}, comments, weights, scores, signs"""
