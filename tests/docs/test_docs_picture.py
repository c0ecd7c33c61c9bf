"""The picture in README.md is the report as it is."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
from pathlib import Path

DRAWN_BY = Path(__file__).parents[2] / "docs" / "images" / "report_picture.py"


def test_the_picture_is_the_report() -> None:
    """Byte for byte; ``python docs/images/report_picture.py`` draws it anew."""
    spec = importlib.util.spec_from_file_location("report_picture", DRAWN_BY)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    same = module.PICTURE.read_text("utf-8") == module.picture()
    assert same, "the report has changed; python docs/images/report_picture.py draws it anew"


def test_the_picture_loads_nothing() -> None:
    """An SVG that is whole by itself: no address but the name of its own format."""
    text = DRAWN_BY.with_name("report.svg").read_text("utf-8")

    assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert text.count("http") == 1
