"""The options that several commands share, each written once, in groups that a command takes as one parameter."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


class ListPolarity(StrEnum):
    """Values of ``--polarity``."""

    positive = "positive"
    negative = "negative"


class ListKind(StrEnum):
    """Values of ``--kind``."""

    city = "city"
    company = "company"
    country = "country"
    other = "other"


class ViewFormat(StrEnum):
    """Values of ``--format`` where something is looked at."""

    table = "table"
    markdown = "markdown"
    json = "json"
    csv = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions:
    """Where comments come from, and how a source is to be understood."""

    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="File, folder, glob, s3:// URL or - for stdin.", show_default=False),
    ] = None
    title: Annotated[str | None, typer.Option(help="Title of the list, where the source has none or a wrong one.")] = (
        None
    )
    polarity: Annotated[
        ListPolarity | None, typer.Option(help="Whether rank 1 is an honour; else found from the title.")
    ] = None
    kind: Annotated[ListKind | None, typer.Option(help="What the entries are; else found from title and entries.")] = (
        None
    )
    text: Annotated[str | None, typer.Option("--text", metavar="COLUMN", help="Column with the text.")] = None
    entry_column: Annotated[str | None, typer.Option(metavar="COLUMN", help="Column with the entry.")] = None
    rank_column: Annotated[str | None, typer.Option(metavar="COLUMN", help="Column with the entry's rank.")] = None
    list_column: Annotated[str | None, typer.Option(metavar="COLUMN", help="Column with the list's title.")] = None
    author_column: Annotated[str | None, typer.Option(metavar="COLUMN", help="Column with the author.")] = None
    id_column: Annotated[str | None, typer.Option(metavar="COLUMN", help="Column with the comment's id.")] = None
    created_column: Annotated[str | None, typer.Option(metavar="COLUMN", help="Column with the date.")] = None
    likes_column: Annotated[str | None, typer.Option(metavar="COLUMN", help="Column with likes or score.")] = None
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Read the first N comments only.")] = None
    rejects: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what was set aside to this file, JSONL: where, why, what."),
    ] = None
    strict: Annotated[bool, typer.Option("--strict", help="End at the first row of a table that is broken.")] = False
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on stderr.")] = False
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say on stderr how each source was read, and how long it took.")
    ] = False


class MoodModel(StrEnum):
    """Values of ``--mood-model``."""

    classifier = "classifier"
    rules = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """How comments are annotated."""

    processes: Annotated[int, typer.Option(min=1, metavar="N", help="Processes to use.")] = 1
    model: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Another spaCy pipeline.")] = None
    rules: Annotated[Path | None, typer.Option(metavar="FILE", help="More rules (docs/rules.md).")] = None
    rules_only: Annotated[
        bool, typer.Option("--rules-only", help="Claims and comparisons by rules alone, without the second reader.")
    ] = False
    implied: Annotated[
        bool, typer.Option("--implied", help="Also comparisons that a comment implies without making them.")
    ] = False
    mood_model: Annotated[
        MoodModel, typer.Option(help="Whether a classifier has the last word on moods, or rules alone decide.")
    ] = MoodModel.classifier
    gazetteer: Annotated[Path | None, typer.Option(metavar="FILE", help="More names (docs/gazetteer.md).")] = None
    lexicon: Annotated[Path | None, typer.Option(metavar="FILE", help="Valences of words (docs/mood.md).")] = None
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Annotate again what was annotated before.")] = False


class MoodWeights(StrEnum):
    """Values of ``--weight-by``."""

    likes = "likes"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodOptions:
    """How the moods of a city are added up."""

    weight_by: Annotated[
        MoodWeights | None, typer.Option(help="Let voices with many likes count for more (docs/mood.md).")
    ] = None
    by_month: Annotated[bool, typer.Option("--by-month", help="Moods by month too, where comments have dates.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectOptions:
    """What themes go by."""

    aspects: Annotated[Path | None, typer.Option(metavar="FILE", help="Another lexicon of aspects (docs/mood.md).")] = (
        None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions:
    """How a view is shown."""

    plain: Annotated[
        bool, typer.Option("--plain", help="For screen readers: no tables, colours or signs; a row a line, in words.")
    ] = False
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Print long views at once; else PAGER shows them, on a terminal.")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputOptions:
    """Where the result goes."""

    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="File to write; else stdout.")
    ] = None


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take option groups: each field of a group becomes an option of its own."""
    hints = get_type_hints(command, include_extras=True)
    parameters: list[inspect.Parameter] = []
    groups: dict[str, type[Any]] = {}
    for parameter in inspect.signature(command).parameters.values():
        kind = hints[parameter.name]
        if isinstance(kind, type) and is_dataclass(kind):
            groups[parameter.name] = kind
            of_group = get_type_hints(kind, include_extras=True)
            parameters += [
                inspect.Parameter(
                    item.name, inspect.Parameter.KEYWORD_ONLY, default=item.default, annotation=of_group[item.name]
                )
                for item in fields(kind)
            ]
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=kind))

    @wraps(command)
    def with_groups(**given: Any) -> None:
        built = {
            name: group(**{item.name: given.pop(item.name) for item in fields(group)}) for name, group in groups.items()
        }
        try:
            command(**built, **given)
        except KeyboardInterrupt:
            # Here too, because some versions of Typer would answer with a message and another code.
            raise typer.Exit(INTERRUPTED) from None

    del with_groups.__wrapped__  # typing.get_type_hints would look through it
    with_groups.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    with_groups.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return with_groups
