"""The tables that ``export --table`` writes: a row an item, its columns each with type and meaning, said once.

Tables of what one comment holds (claims, moods …) are made from the stream of comments; those of what all comments
say together (cities, companies) from the report. A cell is a text, a number, true or false, or None (empty).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from commentlens.components.mood_evidence import EvidenceReader
from commentlens.records import AnnotatedComment, Span
from commentlens.render.report_text import CITY_COLUMNS
from commentlens.summary_records import CityRow, CompanyCity, CompanyRow, DisputeCounts, MoodFigures, Report
from commentlens.summary_records import documented_fields as fields_of

CellType = Literal["string", "integer", "number", "boolean"]
Cell = str | int | float | bool | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the type of its cells in the words of Table Schema, and what it holds."""

    name: str
    type: CellType
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table; exactly one of ``of_comment`` (rows of a comment) and ``of_report`` (rows of a report) is there."""

    name: str
    description: str
    columns: tuple[Column, ...]
    of_comment: Callable[[AnnotatedComment], Iterator[Row]] | None = None
    of_report: Callable[[Report], Iterator[Row]] | None = None

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]

    def rows(self, comments: Iterable[AnnotatedComment], report: Callable[[], Report]) -> Iterator[Row]:
        """All rows; takes every comment, and asks for the report only where the rows come from it."""
        if self.of_comment is not None:
            for comment in comments:
                yield from self.of_comment(comment)
        if self.of_report is not None:
            for _ in comments:
                pass
            yield from self.of_report(report())


def _columns(*rows: tuple[str, CellType, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


_WHERE = _columns(
    ("comment", "string", "id of the comment"),
    ("list", "string", "title of its list; empty without one"),
    ("entry", "string", "the entry it stands under; empty under none"),
    ("rank", "integer", "listed rank of that entry"),
)
_START = Column("start", "integer", "first character, counted in Unicode characters of the comment's text")
_END = Column("end", "integer", "one past the last character")
_WORDS = Column("text", "string", "the text between start and end")
_FOUND = (_START, _END, _WORDS, Column("rule", "string", "id of the rule that found it; model:… for the second reader"))


def _where(comment: AnnotatedComment) -> Row:
    entry = comment.entry
    return (comment.id, comment.list, entry.name if entry else None, entry.rank if entry else None)


def _found(comment: AnnotatedComment, span: Span, rule: str) -> Row:
    return (*span, comment.text[slice(*span)], rule)


def _mentions(comment: AnnotatedComment) -> Iterator[Row]:
    for item in comment.mentions:
        yield (*_where(comment), item.start, item.end, item.text, item.label, item.name, item.id, item.via)


def _moods(comment: AnnotatedComment) -> Iterator[Row]:
    reader = EvidenceReader(comment)
    for item in comment.moods:
        evidence = " ".join(f"{start}-{end}" for start, end in item.evidence)
        words = " … ".join(comment.text[start:end] for start, end in item.evidence)
        signs = " ".join(label for _, label in reader.labels(item))
        mood = (item.target, item.label, item.score, item.implied)
        yield (*_where(comment), *mood, evidence or None, words or None, signs or None)


def _claims(comment: AnnotatedComment) -> Iterator[Row]:
    for item in comment.claims:
        best, worst = item.proposed or (None, None)
        claim = (item.subject, item.stance, best, worst, item.listed, item.stated)
        yield (*_where(comment), *claim, *_found(comment, item.span, item.rule))


def _comparisons(comment: AnnotatedComment) -> Iterator[Row]:
    for item in comment.comparisons:
        ordering = (item.better, item.worse, item.relation, item.aspect)
        yield (*_where(comment), *ordering, *_found(comment, item.span, item.rule))


def _links(comment: AnnotatedComment) -> Iterator[Row]:
    for item in comment.links:
        yield (*_where(comment), item.company, item.city, item.relation, *_found(comment, item.span, item.rule))


def _cities(report: Report) -> Iterator[Row]:
    for row in report.cities:
        counts = row.disputes
        yield (
            *(row.list, row.list_id, row.rank, row.name, row.within, row.country, row.country_code, row.id),
            *(row.is_entry, row.comments, row.mentions),
            *(row.mood.mean, row.mood.comments, row.mood.pos, row.mood.neu, row.mood.neg),
            *(row.mood.voices, row.mood.net, row.mood.shrunk, row.mood.low, row.mood.high),
            *((counts.too_low, counts.too_high, counts.right, counts.unspecified) if counts else (None,) * 4),
            *(row.crowd, row.change, row.evidence, "; ".join(row.companies) or None),
        )


def _companies(report: Report) -> Iterator[Row]:
    for row in report.companies:
        company = (row.list, row.list_id, row.company, row.mentions, row.comments)
        for city in row.cities:
            yield (*company, city.city, city.relation, city.comments)
        if not row.cities:
            yield (*company, None, None, None)


_TYPES: dict[str, CellType] = {
    "is_entry": "boolean",
    **dict.fromkeys(("mean", "net", "shrunk", "low", "high"), "number"),
    **dict.fromkeys(("list", "list_id", "name", "within", "country", "country_code", "id", "companies"), "string"),
    **dict.fromkeys(("company", "city", "relation"), "string"),
}


def _reported(record: type, field: str, name: str) -> Column:
    """A column that holds a field of a report's record, in the words of the record."""
    return Column(name, _TYPES.get(field, "integer"), dict(fields_of(record))[field])


def _city_column(name: str) -> Column:
    plain = {name for name, _ in fields_of(CityRow)}
    if name == "mood":
        return _reported(MoodFigures, "mean", name)
    if name == "companies":
        return Column(name, "string", "companies said to be there or named under it, parted by semicolons")
    if name in plain:
        return _reported(CityRow, name, name)
    if name in {field for field, _ in fields_of(DisputeCounts)}:
        return _reported(DisputeCounts, name, name)
    return _reported(MoodFigures, name.removeprefix("mood_"), name)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            name="cities",
            description="a row an entry of a list, or a city that is only mentioned, with its figures",
            columns=tuple(map(_city_column, CITY_COLUMNS)),
            of_report=_cities,
        ),
        Table(
            name="companies",
            description="a row a company and city it is named with",
            columns=(
                *(_reported(CompanyRow, name, name) for name in ("list", "list_id", "company", "mentions", "comments")),
                *(_reported(CompanyCity, name, name) for name in ("city", "relation")),
                _reported(CompanyCity, "comments", "city_comments"),
            ),
            of_report=_companies,
        ),
        Table(
            name="mentions",
            description="a row a city, company, country, region or entry named in a comment",
            columns=(
                *(*_WHERE, _START, _END, _WORDS),
                *_columns(
                    ("label", "string", "CITY, COMPANY, COUNTRY, REGION or ENTRY"),
                    ("name", "string", "the list's own name where it means an entry, else the usual English name"),
                    ("id", "string", "geonames:N for a place; empty where unknown"),
                    ("via", "string", "who found it: entry, gazetteer, model"),
                ),
            ),
            of_comment=_mentions,
        ),
        Table(
            name="moods",
            description="a row a comment and city (or entry) it feels something about",
            columns=(
                *_WHERE,
                *_columns(
                    ("target", "string", "name of the city or entry"),
                    ("label", "string", "pos, neg or neu"),
                    ("score", "number", "from -1 to 1"),
                    ("implied", "boolean", "whether the comment does not name it"),
                    ("evidence", "string", "spans that caused it, start-end each, parted by spaces"),
                    ("text", "string", "the texts of these spans"),
                    ("signs", "string", "of each span pos (praise), neg (blame) or neu (not known), parted by spaces"),
                ),
            ),
            of_comment=_moods,
        ),
        Table(
            name="claims",
            description="a row a claim of where something should stand in its list",
            columns=(
                *_WHERE,
                *_columns(
                    ("subject", "string", "what should stand elsewhere, or rightly stands where it does"),
                    ("stance", "string", "too_low (deserves a smaller number), too_high, right or unspecified"),
                    ("proposed_best", "integer", "smallest rank proposed; empty where none is named"),
                    (
                        "proposed_worst",
                        "integer",
                        "largest rank proposed, inclusive; empty where open or none is named",
                    ),
                    ("listed", "integer", "its listed rank"),
                    ("stated", "integer", "the rank the writer believes it has"),
                ),
                *_FOUND,
            ),
            of_comment=_claims,
        ),
        Table(
            name="comparisons",
            description="a row an explicit ordering of two things",
            columns=(
                *_WHERE,
                *_columns(
                    ("better", "string", "what is called better"),
                    ("worse", "string", "what is called worse; * for any other"),
                    ("relation", "string", "better or equal"),
                    ("aspect", "string", "in what, where that is said"),
                ),
                *_FOUND,
            ),
            of_comment=_comparisons,
        ),
        Table(
            name="links",
            description="a row a company said to be in a city",
            columns=(
                *_WHERE,
                *_columns(
                    ("company", "string", "name of the company"),
                    ("city", "string", "name of the city"),
                    ("relation", "string", "headquarters, founded_in, located_in, offices …"),
                ),
                *_FOUND,
            ),
            of_comment=_links,
        ),
    )
}
