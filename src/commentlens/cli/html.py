"""The HTML page as `report --html` and `export --format html` write it: always with the crowd's ranking and themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from commentlens.records import AnnotatedComment
    from commentlens.summary_records import Report


def write_page(
    comments: Iterator[AnnotatedComment],
    report: Callable[[], Report],
    file: TextIO,
    *,
    aspects: Path | None = None,
    most: int | None = None,
) -> Report:
    """Write the page of comments that are still to be taken; the report that it shows.

    Args:
        comments: taken once; what the page may list is kept on disk until their report is known.
        report: gives their report, with consensus, once all are taken.
        file: where to write.
        aspects: another lexicon of aspects.
        most: how many comments the page lists; None: as many as it does without being told.

    Raises:
        CommentlensError: If the lexicon cannot be read.
    """
    from commentlens import __version__
    from commentlens.cli.spool import spooled
    from commentlens.knowledge.aspects import Aspects
    from commentlens.render.html_comments import COMMENTS_LISTED
    from commentlens.render.html_page import write_html
    from commentlens.summary_city_themes import with_themes
    from commentlens.summary_themes import ThemeCounter

    counter = ThemeCounter(Aspects.load(aspects))

    def counted() -> Iterator[AnnotatedComment]:
        for comment in comments:
            counter.add(comment)
            yield comment

    with spooled(counted()) as again:
        result = with_themes(report(), counter)
        write_html(result, again, __version__, file, most=COMMENTS_LISTED if most is None else most)
    return result
