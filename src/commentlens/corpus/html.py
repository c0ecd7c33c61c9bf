"""stub"""

from __future__ import annotations

from dataclasses import dataclass

from commentlens.corpus.lines import Line
from commentlens.corpus.reading import SetAside


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    title: str | None
    lines: tuple[Line, ...]
    set_aside: tuple[SetAside, ...]


def html_page(text: str) -> HtmlPage:
    raise NotImplementedError
