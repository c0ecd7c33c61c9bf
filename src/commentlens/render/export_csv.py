"""Annotated comments as CSV: a row a comment with its layers in words, or one of the `tables`.

Every text that a spreadsheet would take for a formula is defused (`corpus.formulas`); numbers are as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from commentlens.records import AnnotatedComment, Claim, Comparison, Link, Mood
from commentlens.render.cells import csv_rows
from commentlens.render.tables import Column, Table
from commentlens.summary_records import Report

COMMENT_COLUMNS = (
    Column("id", "string", "id of the comment"),
    Column("list", "string", "title of its list"),
    Column("entry", "string", "the entry it stands under"),
    Column("within", "string", "what followed the entry's comma (Moscow, Russia)"),
    Column("rank", "integer", "listed rank of the entry"),
    Column("author", "string", "author as the source names them"),
    Column("created", "string", "when it was written, as the source says it"),
    Column("likes", "integer", "likes or score"),
    Column("text", "string", "the text"),
    Column("cities", "string", "names of the cities it mentions, in text order, parted by semicolons"),
    Column("companies", "string", "names of the companies"),
    Column("countries", "string", "names of the countries"),
    Column("regions", "string", "names of the regions"),
    Column("entries", "string", "names of the entries, on a list of other things"),
    Column("moods", "string", "target, label and score of each mood"),
    Column("claims", "string", "subject, stance and ranks proposed of each claim"),
    Column("comparisons", "string", "A > B where A is called better, A = B where equal"),
    Column("links", "string", "company, relation and city of each link"),
)
CSV_COLUMNS = [column.name for column in COMMENT_COLUMNS]


def write_csv(comments: Iterable[AnnotatedComment], file: TextIO) -> int:
    """One row a comment, its layers in words; returns how many."""
    write = csv_rows(file)
    write(CSV_COLUMNS)
    number = 0
    for number, comment in enumerate(comments, 1):  # noqa: B007 (the count is the result)
        write(_cells(comment))
    return number


def write_table_csv(
    table: Table, comments: Iterable[AnnotatedComment], report: Callable[[], Report], file: TextIO
) -> int:
    """One row an item of the table; returns how many.

    Args:
        table: which.
        comments: all of them are taken.
        report: gives the report once they are; asked only where the table's rows come from it.
        file: where to write.
    """
    write = csv_rows(file)
    write(table.names)
    number = 0
    for number, row in enumerate(table.rows(comments, report), 1):  # noqa: B007 (the count is the result)
        write(row)
    return number


def mood_words(mood: Mood) -> str:
    """``Oslo pos +0.50``."""
    return f"{mood.target} {mood.label} {mood.score:+.2f}"


def claim_words(claim: Claim) -> str:
    """``Oslo too_low 1-3``, ``1-`` where the end is open; without ranks where none is proposed."""
    words = f"{claim.subject} {claim.stance}"
    if claim.proposed is not None:
        best, worst = claim.proposed
        words += f" {best}-{worst if worst is not None else ''}"
    return words


def comparison_words(item: Comparison) -> str:
    """``Oslo > Bergen``, ``Oslo = Bergen``."""
    return f"{item.better} {'=' if item.relation == 'equal' else '>'} {item.worse}"


def link_words(link: Link) -> str:
    """``Acme headquarters Oslo``."""
    return f"{link.company} {link.relation} {link.city}"


def _cells(comment: AnnotatedComment) -> Iterator[object]:
    entry = comment.entry
    yield from (comment.id, comment.list)
    yield from (entry.name, entry.within, entry.rank) if entry else (None, None, None)
    yield from (comment.author, comment.created, comment.likes, comment.text)
    for label in ("CITY", "COMPANY", "COUNTRY", "REGION", "ENTRY"):
        yield "; ".join(mention.name for mention in comment.mentions if mention.label == label)
    yield "; ".join(map(mood_words, comment.moods))
    yield "; ".join(map(claim_words, comment.claims))
    yield "; ".join(map(comparison_words, comment.comparisons))
    yield "; ".join(map(link_words, comment.links))
