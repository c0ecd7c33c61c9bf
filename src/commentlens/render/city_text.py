"""One city as markdown, JSON and CSV."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import TextIO

from commentlens.record_json import annotated_to_dict
from commentlens.render.city_terminal import Traced, city_view
from commentlens.render.console import PLAIN, write_plain
from commentlens.render.export_csv import write_csv
from commentlens.summary_city import CityView


def write_city_json(view: CityView, file: TextIO, why: Sequence[Traced | None] = ()) -> None:
    """One document: ``name``, ``rows``, ``disputes``, ``comparisons`` as in the report, ``themes``, ``comments``.

    ``themes`` is a `CityThemes`, or null where nothing is said of the city. With the steps that led to the moods of
    each comment each has a key ``why`` after those of its record: its moods with ``trace``, or null where nobody knows.
    """
    comments = [annotated_to_dict(comment) for comment in view.comments]
    if why:
        comments = [{**comment, "why": traced} for comment, traced in zip(comments, why, strict=True)]
    document = {
        "name": view.name,
        "rows": [asdict(row) for row in view.rows],
        "disputes": [asdict(row) for row in view.disputes],
        "comparisons": [asdict(row) for row in view.comparisons],
        "themes": asdict(view.themes) if view.themes else None,
        "comments": comments,
    }
    json.dump(document, file, ensure_ascii=False, indent=2)
    file.write("\n")


def write_city_csv(view: CityView, file: TextIO) -> None:
    """Its comments, as ``commentlens export --format csv`` writes them."""
    write_csv(view.comments, file)


def write_city_markdown(view: CityView, file: TextIO, why: Sequence[Traced | None] = ()) -> None:
    """The plain view, under a heading, as preformatted text: the marks must stay as they are."""
    text = io.StringIO()
    write_plain(city_view(view, PLAIN, why), text)
    longest = max(map(len, re.findall("`+", text.getvalue())), default=0)
    fence = "`" * max(3, longest + 1)
    file.write(f"# {view.name}\n\n{fence}text\n{text.getvalue()}{fence}\n")
