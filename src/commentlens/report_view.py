"""Reports of a `Result`: the record that all renderers show, with frames, files and a view for notebooks."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commentlens.errors import RecordError
from commentlens.printed import Printed
from commentlens.render.figures import count
from commentlens.results import Result
from commentlens.saving import saved
from commentlens.summary_records import CityRow, CompanyRow, ComparisonRow, DisputeRow, Report, report_to_dict
from commentlens.tabular import OF_REPORT, Frames, flat_table, html_table, known_table

if TYPE_CHECKING:
    import pyarrow
    from rich.console import RenderableType

    from commentlens.records import AnnotatedComment
    from commentlens.summary_city import CityView

_SHOWN = 20


@dataclass(frozen=True, slots=True, repr=False)
class ReportView(Printed, Frames):
    """A report. ``print`` shows it as ``commentlens report`` does.

    Attributes:
        record: everything in it (docs/cli.md lists the fields).
        comments: what it was made of.
    """

    record: Report
    comments: tuple[AnnotatedComment, ...]

    @property
    def cities(self) -> tuple[CityRow, ...]:
        """Entries in listed order, then other cities in order of mentions."""
        return self.record.cities

    @property
    def companies(self) -> tuple[CompanyRow, ...]:
        """Companies in order of comments."""
        return self.record.companies

    @property
    def disputes(self) -> tuple[DisputeRow, ...]:
        """Disputed ranks, strongest first; confirmed ones after them."""
        return self.record.disputes

    @property
    def comparisons(self) -> tuple[ComparisonRow, ...]:
        """Comparisons, most voices first."""
        return self.record.comparisons

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that `to_arrow`, `to_pandas` and `to_polars` give."""
        return OF_REPORT

    def to_arrow(self, table: str = "cities") -> pyarrow.Table:
        """A table as Arrow.

        Args:
            table: ``cities`` (columns as in ``report --format csv``: ranks are whole numbers from 1, moods in [-1, 1])
                or ``companies`` (a row a company and city).

        Raises:
            UnknownNameError: If there is no such table.
        """
        known_table(table, self.tables)
        return flat_table(table, (), lambda: self.record)

    def to_dict(self) -> dict[str, Any]:
        """What ``commentlens report --format json`` writes."""
        return report_to_dict(self.record)

    def save(self, path: str | Path) -> Path:
        """Write the report to a file, in the format of its suffix: .json, .csv, .md, .txt, .html, .svg, .png.

        A picture has the charts of ``report --plot``, with intervals where the report has a consensus.

        Raises:
            UnknownNameError: If the suffix is none of these.
            CommentlensError: If the file cannot be written, or there is nothing to draw.
        """
        from commentlens import __version__
        from commentlens.render.html_page import write_html
        from commentlens.render.plot import SUFFIXES, plot
        from commentlens.render.report_text import write_report_csv, write_report_json, write_report_markdown

        return saved(
            path,
            {
                ".json": lambda file: write_report_json(self.record, file),
                ".csv": lambda file: write_report_csv(self.record, file),
                ".md": lambda file: write_report_markdown(self.record, file),
                ".txt": self._write_plain,
                ".html": lambda file: write_html(self.record, self.comments, __version__, file),
            },
            dict.fromkeys(SUFFIXES, lambda part: part.write_bytes(plot(self.record, Path(path)))),
        )

    def __repr__(self) -> str:
        header = self.record.header
        return (
            f"<Report: {count(header.comments, 'comment')}, {count(header.lists, 'list')}, "
            f"{len(self.cities):,} cities, {len(self.companies):,} companies, {len(self.disputes):,} disputes>"
        )

    def _parts(self) -> Iterable[RenderableType]:
        """What ``commentlens report`` shows."""
        from commentlens.render.console import PLAIN
        from commentlens.render.report_terminal import report_view

        return report_view(self.record, PLAIN)

    def _repr_html_(self) -> str:
        rows = [
            (
                row.rank,
                row.name,
                row.comments,
                None if row.mood.mean is None else f"{row.mood.mean:+.2f}",
                row.crowd,
                ", ".join(row.companies),
            )
            for row in self.cities[:_SHOWN]
        ]
        columns = ("rank", "name", "comments", "mood", "crowd", "companies")
        return html_table(repr(self)[1:-1], columns, rows, len(self.cities))


@dataclass(frozen=True, slots=True, repr=False)
class CityResult(Printed):
    """Everything about one city or other entry. ``print`` shows it as ``commentlens city`` does.

    Attributes:
        view: its name, rows, disputes, comparisons, themes and comments.
    """

    view: CityView

    @property
    def name(self) -> str:
        """The list's name for it."""
        return self.view.name

    @property
    def comments(self) -> tuple[AnnotatedComment, ...]:
        """The comments that are about it."""
        return self.view.comments

    def to_dict(self) -> dict[str, Any]:
        """What ``commentlens city --format json`` writes."""
        import json

        from commentlens.render.city_text import write_city_json

        text = io.StringIO()
        write_city_json(self.view, text)
        found: dict[str, Any] = json.loads(text.getvalue())
        return found

    def save(self, path: str | Path) -> Path:
        """Write it to a file, in the format of its suffix: .json, .csv (its comments), .md, .txt.

        Raises:
            UnknownNameError: If the suffix is none of these.
            CommentlensError: If the file cannot be written.
        """
        from commentlens.render.city_text import write_city_csv, write_city_json, write_city_markdown

        return saved(
            path,
            {
                ".json": lambda file: write_city_json(self.view, file),
                ".csv": lambda file: write_city_csv(self.view, file),
                ".md": lambda file: write_city_markdown(self.view, file),
                ".txt": self._write_plain,
            },
        )

    def __repr__(self) -> str:
        return f"<City: {self.name}, {count(len(self.comments), 'comment')}>"

    def _parts(self) -> Iterable[RenderableType]:
        """What ``commentlens city`` shows."""
        from commentlens.render.city_terminal import city_view
        from commentlens.render.console import PLAIN

        return city_view(self.view, PLAIN, [])

    def _repr_html_(self) -> str:
        rows = [
            (comment.id, ", ".join(f"{m.target} {m.label}" for m in comment.moods), comment.text)
            for comment in self.comments[:_SHOWN]
        ]
        return html_table(repr(self)[1:-1], ("id", "moods", "text"), rows, len(self.comments))


def report(
    result: Result,
    *,
    across_lists: bool = False,
    consensus: bool = False,
    themes: bool = False,
    by_month: bool = False,
    by_likes: bool = False,
    aspects: str | Path | None = None,
) -> ReportView:
    """Sum up annotated comments, as ``commentlens report`` does.

    Args:
        result: what `annotate` or `read` gave.
        across_lists: add up several lists: one row a city, no ranks.
        consensus: with the crowd's ranking of each list: ranks with 90 % intervals, and what they rest on.
        themes: with what each city is praised and blamed for.
        by_month: moods by month too, where comments have dates.
        by_likes: a voice weighs 1 + ln(1 + likes) in the moods.
        aspects: another lexicon of aspects, a file (docs/mood.md); implies ``themes``.

    Raises:
        KnowledgeError: If the lexicon of aspects is not valid.
        RecordError: If ``result`` is something else, such as a corpus that is not annotated yet.
    """
    _check_annotated(result, "report")
    from commentlens.knowledge.aspects import Aspects
    from commentlens.summary_city_themes import with_themes
    from commentlens.summary_moods import MoodCounting
    from commentlens.summary_themes import ThemeCounter

    counter = ThemeCounter(Aspects.load(Path(aspects) if aspects else None)) if themes or aspects else None
    record = result.summed(
        across_lists=across_lists,
        consensus=consensus,
        moods=MoodCounting(by_likes=by_likes, by_month=by_month),
        also=counter.add if counter else None,
    )
    return ReportView(with_themes(record, counter) if counter else record, result.comments)


def city(result: Result, name: str, *, by_month: bool = False, by_likes: bool = False) -> CityResult:
    """Everything about one city (or other entry), as ``commentlens city`` shows it.

    Args:
        result: what `annotate` or `read` gave.
        name: written in any usual way: ``Oslo``, ``nyc``, ``Perth, Scotland``.
        by_month: moods by month too.
        by_likes: a voice weighs 1 + ln(1 + likes) in the moods.

    Raises:
        UnknownNameError: If no list and no comment has the name; says which are near.
        RecordError: If ``result`` is something else, such as a corpus that is not annotated yet.
    """
    _check_annotated(result, "city")
    from commentlens.knowledge.places import Places
    from commentlens.summary_city import CityCollector
    from commentlens.summary_moods import MoodCounting

    collector = CityCollector(name, Places.load(result.gazetteer))
    record = result.summed(moods=MoodCounting(by_likes=by_likes, by_month=by_month), also=collector.add)
    return CityResult(collector.view(record))


def _check_annotated(result: object, function: str) -> None:
    if not isinstance(result, Result):
        got = type(result).__name__
        raise RecordError(f"{function}: got {got}; give what cl.annotate or cl.read returns: cl.annotate(cl.load(…)).")
