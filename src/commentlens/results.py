"""What the Python interface hands around: comments with their lists (`Corpus`), and annotated ones (`Result`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commentlens.record_json import annotated_to_dict
from commentlens.records import AnnotatedComment, Comment, RankedList
from commentlens.render.figures import count
from commentlens.render.tables import TABLES
from commentlens.saving import saved
from commentlens.tabular import COMMENTS, Frames, comments_table, flat_table, html_table, known_table

if TYPE_CHECKING:
    import pyarrow

    from commentlens.corpus.reading import SetAside
    from commentlens.summary_moods import MoodCounting
    from commentlens.summary_records import Report

_SHOWN = 10
_LAYERS = ("mentions", "moods", "claims", "comparisons", "links")
_TEXT_SHOWN = 120


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Corpus:
    """Comments as they were read, in order; iterable, with a length.

    Attributes:
        comments: all of them, in memory.
        list_ids: for each comment the id in ``lists`` of the list it belongs to, None under no list.
        lists: the ranked lists, each with all its entries.
        set_aside: name of the source and what of it became no comment, with line and reason; of each source the
            first thousand.
        set_aside_counts: how much became no comment in all, by sort (docs/record.md).
        annotated: for each comment the record where its source was annotated already, else None.
    """

    comments: tuple[Comment, ...]
    list_ids: tuple[str | None, ...]
    lists: tuple[RankedList, ...]
    set_aside: tuple[tuple[str, SetAside], ...] = ()
    set_aside_counts: Mapping[str, int] = field(default_factory=dict)
    annotated: tuple[AnnotatedComment | None, ...]

    def __iter__(self) -> Iterator[Comment]:
        return iter(self.comments)

    def __len__(self) -> int:
        return len(self.comments)

    def __getitem__(self, index: int) -> Comment:
        return self.comments[index]

    def __repr__(self) -> str:
        number = sum(self.set_aside_counts.values())
        aside = f", {number:,} set aside" if number else ""
        return f"<Corpus: {count(len(self), 'comment')}, {count(len(self.lists), 'list')}{aside}>"

    def _repr_html_(self) -> str:
        rows = [
            (comment.id, comment.entry.name if comment.entry else None, comment.author, _cut(comment.text))
            for comment in self.comments[:_SHOWN]
        ]
        return html_table(repr(self)[1:-1], ("id", "entry", "author", "text"), rows, len(self))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Result(Frames):
    """Annotated comments, in order; iterable, with a length.

    Attributes:
        comments: the records (docs/record.md).
        list_ids: for each comment the id in ``lists`` of the list it belongs to, None under no list.
        lists: the ranked lists, each with all its entries.
        set_aside_counts: how many rows or lines of the sources became no comment, by sort.
        gazetteer: the user's own names that it was made with.
    """

    comments: tuple[AnnotatedComment, ...]
    list_ids: tuple[str | None, ...]
    lists: tuple[RankedList, ...]
    set_aside_counts: Mapping[str, int] = field(default_factory=dict)
    gazetteer: Path | None = None

    def __iter__(self) -> Iterator[AnnotatedComment]:
        return iter(self.comments)

    def __len__(self) -> int:
        return len(self.comments)

    def __getitem__(self, index: int) -> AnnotatedComment:
        return self.comments[index]

    def __repr__(self) -> str:
        counts = ", ".join(f"{sum(len(getattr(c, layer)) for c in self.comments):,} {layer}" for layer in _LAYERS)
        return f"<Result: {count(len(self), 'comment')}, {count(len(self.lists), 'list')}; {counts}>"

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that `to_arrow`, `to_pandas` and `to_polars` give."""
        return (COMMENTS, *TABLES)

    def to_arrow(self, table: str = "comments") -> pyarrow.Table:
        """A table as Arrow.

        Args:
            table: ``comments`` (a row a comment, layers nested), or as for ``export --table`` ``mentions``, ``moods``,
                ``claims``, ``comparisons``, ``links`` (a row an item; offsets in characters of the text, end
                exclusive), ``cities``, ``companies`` (of the report).

        Raises:
            UnknownNameError: If there is no such table.
        """
        known_table(table, self.tables)
        if table == COMMENTS:
            return comments_table(self.comments)
        return flat_table(table, self.comments, self.summed)

    def summed(
        self,
        *,
        across_lists: bool = False,
        consensus: bool = False,
        moods: MoodCounting | None = None,
        also: Callable[[AnnotatedComment], object] | None = None,
    ) -> Report:
        """The comments summed up; `commentlens.report` gives the same with a view.

        Args:
            across_lists: add up several lists.
            consensus: with the crowd's ranking of each list.
            moods: how moods are added up; None: each voice the same, no months.
            also: called with each comment on the way.
        """
        from commentlens.knowledge.places import Places
        from commentlens.sources import known_lists
        from commentlens.summary import summing
        from commentlens.summary_moods import PLAIN_COUNTING

        places = Places.load(self.gazetteer)
        comments, summary = summing(
            zip(self.comments, self.list_ids, strict=True),
            lambda: known_lists(self.lists, places),
            places,
            across_lists=across_lists,
            consensus=consensus,
            moods=moods or PLAIN_COUNTING,
            set_aside=lambda: sum(self.set_aside_counts.values()),
            sorts=lambda: self.set_aside_counts,
        )
        for comment in comments:
            if also is not None:
                also(comment)
        return summary()

    def to_dict(self) -> list[dict[str, Any]]:
        """The records as plain JSON values, in order."""
        return [annotated_to_dict(comment) for comment in self.comments]

    def save(self, path: str | Path) -> Path:
        """Write the comments to a file, in the format of its suffix: .jsonl, .json, .csv, .md, .parquet, .spacy.

        Raises:
            UnknownNameError: If the suffix is none of these.
            CommentlensError: If the file cannot be written.
        """
        from commentlens import __version__
        from commentlens.docbin import write_docbin
        from commentlens.render.export import MadeFrom, write_json, write_jsonl
        from commentlens.render.export_csv import write_csv
        from commentlens.render.export_markdown import write_markdown
        from commentlens.render.export_parquet import write_parquet

        return saved(
            path,
            {
                ".jsonl": lambda file: write_jsonl(self.comments, file),
                ".json": lambda file: write_json(self.comments, self.summed, MadeFrom(version=__version__), file),
                ".csv": lambda file: write_csv(self.comments, file),
                ".md": lambda file: write_markdown(self.comments, file),
            },
            {
                ".parquet": lambda target: write_parquet(self.comments, target),
                ".spacy": lambda target: write_docbin(self.comments, target),
            },
        )

    def _repr_html_(self) -> str:
        rows = [
            (
                comment.id,
                comment.entry.name if comment.entry else None,
                _cut(comment.text),
                ", ".join(f"{mood.target} {mood.label}" for mood in comment.moods),
                ", ".join(f"{claim.subject} {claim.stance}" for claim in comment.claims),
            )
            for comment in self.comments[:_SHOWN]
        ]
        return html_table(repr(self)[1:-1], ("id", "entry", "text", "moods", "claims"), rows, len(self))


def _cut(text: str) -> str:
    return text if len(text) <= _TEXT_SHOWN else f"{text[: _TEXT_SHOWN - 1]}…"
