"""Annotated folders as tables of DuckDB: a row a mention and a row a mood, with numbers in place of what repeats.

What is one function of few different values (folded names, weights of likes, months) is worked out here by the very
functions that the stream uses, once a value. Everything is kept in a database in memory that spills to disk.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from commentlens.corpus.annotated_folder import AnnotatedFolder, AnnotatedPart
from commentlens.errors import CommentlensError, SourceError
from commentlens.knowledge.names import fold
from commentlens.records import Entry
from commentlens.storage import fetched
from commentlens.summary_gathered import ListKey, key_of_record
from commentlens.summary_language import DOUBTFUL
from commentlens.summary_moods import UNIT, MoodCounting, month_of

MEMORY = "250MB"
"""What DuckDB may hold; what is more goes to a temporary folder."""

_STEP = 2**20
"""Places within a comment that `seq` tells apart: half for mentions, half for moods, in the order of the stream."""
# Nothing here is a letter, and what it becomes parts words in the same way.
_MARKS, _PLAIN_MARKS = "’‘“”–—…", "'      "
_DATED = "^[0-9]{4}-[0-9]{2}([ -/:-~]|$)"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledSource:
    """One source of an annotated folder, and the ids that its lists have in the report."""

    part: AnnotatedPart
    list_ids: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Comments of one list (``key`` of its figures, ``title`` as they name it) that stand under one entry or none."""

    key: ListKey
    title: str | None
    entry: Entry | None
    comments: int


class FolderTables:
    """The tables; a context manager that gives memory and disk back.

    Attributes:
        connection: to the database. ``mentions``: n, seq, kind, name, folded, label, id, linked. ``moods``: seq, gid
            (``kind * len(folded) + folded``), list, name, label, score and weight in `UNIT`, month, author, and whether
            the comment argues (``argued``) and its author anywhere under the list (``disputes``).
            ``heads``: n, kind, list, author, argued, linked.
        kinds: by their numbers, in the order in which they came.
        keys: the lists' keys by their numbers, in the order in which they came.
        names: as they are written, by their numbers.
        folded: different folded names by their numbers.
        months: by their numbers.

    Args:
        sources: all sources of some folders.
        counting: how moods are added up.
        memory: see `MEMORY`.

    Raises:
        SourceError: If a shard cannot be read.
        CommentlensError: If there is no room for the tables, in memory and on the disk.
    """

    def __init__(self, sources: Sequence[FiledSource], counting: MoodCounting, memory: str = MEMORY) -> None:
        self.kinds: list[Kind] = []
        self.keys: list[ListKey] = []
        self.names: list[str] = []
        self.folded: list[str] = []
        self.months: list[str | None] = [None]
        self._counting = counting
        self._folders = list(dict.fromkeys(source.part.folder for source in sources))
        self._stack = ExitStack()
        with ExitStack() as stack:
            spill = stack.enter_context(tempfile.TemporaryDirectory(prefix="commentlens-"))
            # No option of the machine's own DuckDB, and nothing that it would fetch.
            config: dict[str, str | bool | int | float | list[str]] = {
                "memory_limit": memory,
                "temp_directory": spill,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": False,
            }
            self.connection = stack.enter_context(duckdb.connect(":memory:", config=config))
            # Each is read several times, and DuckDB would have to fetch a library to read from object storage.
            shards = stack.enter_context(fetched([file for folder in self._folders for file in folder.shard_files]))
            try:
                self._load(sources, shards)
            except duckdb.OutOfMemoryException as error:
                raise CommentlensError(
                    f"no room for the tables of the report: {_first_line(error)}. They go to {spill} where they do not "
                    "fit in memory: set TMPDIR to a folder with more room."
                ) from error
            except duckdb.Error as error:
                folders = ", ".join(str(folder.path) for folder in self._folders)
                raise SourceError(
                    f"a shard of {folders} cannot be read: {_first_line(error)}. Run commentlens annotate again with "
                    "the same -o: it writes what is missing."
                ) from error
            self._stack = stack.pop_all()

    def __enter__(self) -> FolderTables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """What a query gives, a few thousand rows at a time."""
        cursor = self.connection.cursor()
        cursor.execute(query)
        while some := cursor.fetchmany(8192):
            yield from some

    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """What a query gives, as Arrow."""
        yield from self.connection.cursor().sql(query).to_arrow_reader(8192)

    def put(self, name: str, columns: Mapping[str, Iterable[object]], types: Sequence[pa.DataType]) -> None:
        """Make a small table, in place of one of that name."""
        arrays = [pa.array(list(values), kind) for values, kind in zip(columns.values(), types, strict=True)]
        self.connection.register("incoming", pa.table(arrays, names=list(columns)))
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming")
        self.connection.unregister("incoming")

    def doubtful_texts(self) -> Iterator[str]:
        """Every text of which `summary_language.looks_english` may doubt the language, in no order."""
        plain = f"translate(text, '{_MARKS}', '{_PLAIN_MARKS.replace(chr(39), chr(39) * 2)}')"
        pattern = DOUBTFUL.replace("'", "''")
        query = (
            f"SELECT text FROM (SELECT text, {plain} AS plain FROM said) "
            f"WHERE strlen(plain) <> length(plain) OR regexp_matches(plain, '{pattern}')"
        )
        return (text for (text,) in self.rows(query))

    def _load(self, sources: Sequence[FiledSource], shards: Sequence[Path]) -> None:
        self.connection.execute(f"CREATE VIEW said AS {_said(self._folders, shards)}")
        self._number_kinds(sources)
        self._number_names()
        self._number_weights()
        self._number_months()
        for statement in _TABLES:
            self.connection.execute(statement.format(step=_STEP, half=_STEP // 2, folded=len(self.folded)))

    def _number_kinds(self, sources: Sequence[FiledSource]) -> None:
        list_ids = {
            (self._folders.index(source.part.folder), source.part.number): source.list_ids for source in sources
        }
        rows = list(
            self.rows(
                "SELECT folder, source, list_id, title, entry IS NOT NULL, entry.name, entry.within, entry.rank, "
                "count(*), min(n) AS first FROM said GROUP BY ALL ORDER BY first"
            )
        )
        lists: dict[ListKey, int] = {}
        numbers = []
        for folder, source, list_id, title, under, name, within, rank, comments, _ in rows:
            entry = Entry(name=name, within=within, rank=rank) if under else None
            key = key_of_record(title, entry) if list_id is None else list_ids[folder, source][list_id]
            numbers.append(lists.setdefault(key, len(lists)))
            self.kinds.append(Kind(key=key, title=title, entry=entry, comments=comments))
        self.keys = list(lists)
        names = ("folder", "source", "list_id", "title", "under", "name", "within", "rank")
        columns: dict[str, Iterable[object]] = {name: [row[at] for row in rows] for at, name in enumerate(names)}
        types = [pa.int32(), pa.int32(), pa.string(), pa.string(), pa.bool_(), pa.string(), pa.string(), pa.int32()]
        self.put("kinds", {**columns, "kind": range(len(rows)), "list": numbers}, [*types, pa.int64(), pa.int32()])

    def _number_names(self) -> None:
        query = (
            "SELECT item.name FROM (SELECT unnest(mentions) AS item FROM said) UNION "
            "SELECT item.target FROM (SELECT unnest(moods) AS item FROM said)"
        )
        self.names = [name for (name,) in self.rows(query)]
        folded = {name: number for number, name in enumerate(dict.fromkeys(map(fold, self.names)))}
        self.folded = list(folded)
        columns: dict[str, Iterable[object]] = {
            "written": self.names,
            "name": range(len(self.names)),
            "folded": [folded[fold(name)] for name in self.names],
        }
        self.put("names", columns, [pa.string(), pa.int32(), pa.int64()])

    def _number_weights(self) -> None:
        by_likes = "SELECT DISTINCT likes FROM said" if self._counting.by_likes else "SELECT NULL"
        likes = [number for (number,) in self.rows(by_likes)]
        weights = [round(self._counting.weight(number) * UNIT) for number in likes]
        self.put("weights", {"likes": likes, "weight": weights}, [pa.int64(), pa.int64()])
        given = "likes" if self._counting.by_likes else "CAST(NULL AS BIGINT)"
        self.connection.execute(f"CREATE MACRO liked(likes) AS {given}")

    def _number_months(self) -> None:
        # Where the month stands in front, no more of the date need be told apart.
        dated = f"CASE WHEN regexp_matches(created, '{_DATED}') THEN left(created, 7) ELSE created END"
        given = dated if self._counting.by_month else "CAST(NULL AS VARCHAR)"
        self.connection.execute(f"CREATE MACRO dated(created) AS {given}")
        dates = (
            []
            if not self._counting.by_month
            else [date for (date,) in self.rows("SELECT DISTINCT dated(created) FROM said")]
        )
        months: dict[str | None, int] = {None: 0}
        numbers = [months.setdefault(month_of(date), len(months)) for date in dates]
        self.months = list(months)
        self.put("months", {"date": dates, "month": numbers}, [pa.string(), pa.int32()])


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")


def _said(folders: Sequence[AnnotatedFolder], paths: Sequence[Path]) -> str:
    """All comments with their numbers in the order of the stream; ``paths`` are those of all shards."""
    counts = [shard.comments for folder in folders for shard in folder.shards]
    numbers = [number for number, folder in enumerate(folders) for _ in folder.shards]
    files = ", ".join("'{}'".format(str(path).replace("'", "''")) for path in paths)
    starts = list(accumulate(counts, initial=0))[:-1]
    return (
        f"SELECT ({starts}::BIGINT[])[file_index::BIGINT + 1] + file_row_number AS n, "
        f"({numbers}::INTEGER[])[file_index::BIGINT + 1] AS folder, "
        f'* RENAME ("list" AS title) FROM read_parquet([{files}])'
    )


_OF_KIND = """said JOIN kinds ON said.folder = kinds.folder AND said.source = kinds.source
    AND said.list_id IS NOT DISTINCT FROM kinds.list_id AND said.title IS NOT DISTINCT FROM kinds.title
    AND (said.entry IS NOT NULL) = kinds.under AND said.entry.name IS NOT DISTINCT FROM kinds.name
    AND said.entry.within IS NOT DISTINCT FROM kinds.within AND said.entry.rank IS NOT DISTINCT FROM kinds.rank"""

_TABLES = (
    f"""CREATE TABLE heads AS
    SELECT n, kind, list, author, len(claims) + len(comparisons) > 0 AS argued, len(links) > 0 AS linked
    FROM {_OF_KIND}""",
    """CREATE TABLE disputing AS SELECT DISTINCT list, author FROM heads WHERE argued AND author IS NOT NULL""",
    f"""CREATE TABLE mentions AS
    SELECT n, n * {{step}} + place AS seq, kind, name, folded, item.label AS label, item.id AS id, linked
    FROM (
        SELECT n, kind, len(links) > 0 AS linked, unnest(mentions) AS item, unnest(range(len(mentions))) AS place
        FROM {_OF_KIND}
    ) JOIN names ON item.name = written""",
    f"""CREATE TABLE moods AS
    SELECT
        n * {{step}} + {{half}} + place AS seq, kind * {{folded}} + folded AS gid, items.list AS list, name,
        item.label AS label, CASE item.label WHEN 'pos' THEN 1 WHEN 'neg' THEN -1 ELSE 0 END AS sign,
        CAST(item.score * {UNIT} AS BIGINT) AS score, weight, coalesce(month, 0) AS month,
        items.author AS author, argued, disputing.author IS NOT NULL AS disputes
    FROM (
        SELECT
            n, kind, list, author, liked(likes) AS likes, dated(created) AS created,
            len(claims) + len(comparisons) > 0 AS argued, unnest(moods) AS item, unnest(range(len(moods))) AS place
        FROM {_OF_KIND}
    ) AS items
    JOIN names ON item.target = written
    JOIN weights ON items.likes IS NOT DISTINCT FROM weights.likes
    LEFT JOIN months ON items.created = months.date
    LEFT JOIN disputing ON items.list = disputing.list AND items.author = disputing.author""",
)
