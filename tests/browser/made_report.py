"""What the commands made of a source, and the shapes of the fixtures that open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report_page import ReportPage

Record = dict[str, Any]
OpenPage = Callable[..., ReportPage]
Visit = Callable[[Path], ReportPage]


@dataclass(frozen=True)
class Made:
    """What the commands made of one source: the page, the report as JSON, and the records."""

    file: Path
    report: dict[str, Any]
    records: list[Record]
