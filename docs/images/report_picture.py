"""Draws report.svg: what ``commentlens report`` shows on a terminal of 110 columns, cut where a line of dots stands.

    python docs/images/report_picture.py

The picture depends on nothing but the shipped corpus, rules and pipeline: a second run writes the same bytes.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.segment import Segment, Segments

from commentlens.cli.options import ReadingOptions, SourceOptions
from commentlens.cli.reports import summed_up
from commentlens.render.console import Screen
from commentlens.render.report_terminal import report_view

COLUMNS = 110
PICTURE = Path(__file__).with_name("report.svg")
COMMAND = "commentlens report"
# Lines of each part that stay in the picture.
TABLE_LINES = 27
DISPUTED_ENTRIES = 6
COMPANY_LINES = 8
DOTS = [Segment(" ⋮")]
# The template of rich without its web fonts: the file loads nothing, and any monospaced font has the right widths.
SVG = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="commentlens report">
<style>
.{unique_id}-matrix {{ font-family: "Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""  # noqa: E501 (a template of somebody else's layout)

_TEXT = re.compile(
    r'<text class="(?P<style>report-r\d+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="(?P<width>[\d.]+)" '
    r"[^>]*>(?P<words>[^<]*)</text>\n?"
)

Line = list[Segment]


def picture() -> str:
    """The SVG."""
    console = Console(
        file=io.StringIO(),
        width=COLUMNS,
        record=True,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    report = summed_up(SourceOptions(quiet=True), ReadingOptions())
    screen = Screen(width=COLUMNS, plain=False)
    lines = [line for part in report_view(report, screen) for line in console.render_lines(part, pad=False)]
    for line in shortened(lines):
        console.print(Segments([*line, Segment.line()]), end="")
    svg = console.export_svg(title=COMMAND, code_format=SVG, unique_id="report")
    return _TEXT.sub(_without_blanks, svg).rstrip() + "\n"


def _without_blanks(text: re.Match[str]) -> str:
    """A text element that begins and ends with a letter: some viewers pass over blanks at the begin of one."""
    words = text["words"].replace("&#160;", "\N{NO-BREAK SPACE}")
    bare = words.strip()
    if not bare:
        return ""
    width = float(text["width"]) / len(html.unescape(words))
    x = float(text["x"]) + width * (len(words) - len(words.lstrip()))
    return (
        f'<text class="{text["style"]}" x="{x:g}" y="{text["y"]}" textLength="{width * len(html.unescape(bare)):g}">'
        f"{bare}</text>\n"
    )


def shortened(lines: list[Line]) -> Iterator[Line]:
    """The head of each part of the report, and dots for what follows it."""
    texts = ["".join(segment.text for segment in line) for line in lines]
    disputed = texts.index("Most disputed")
    companies = next(number for number, text in enumerate(texts) if text.startswith("Company "))
    legend = next(number for number, text in enumerate(texts) if text.startswith("▲ ▼"))
    heads = [
        number
        for number, text in enumerate(texts[disputed:companies], disputed)
        if text.startswith(("  ▲", "  ▼", "  ?", "  …"))
    ]
    header = next(number for number, text in enumerate(texts) if not text.strip()) + 1
    yield from lines[: header + TABLE_LINES]
    yield DOTS
    yield from lines[legend : heads[DISPUTED_ENTRIES]]
    yield DOTS
    yield from lines[companies - 1 : companies + COMPANY_LINES]
    yield DOTS


if __name__ == "__main__":
    PICTURE.write_text(picture(), "utf-8")
