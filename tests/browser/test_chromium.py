"""Which browser is driven, and when its absence is a failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import HOW_TO_INSTALL, NAMES, NoBrowser, find_chromium


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with two programs and a file that is none."""
    for name in ("google-chrome", "chromium-browser", "notes.txt"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o644 if name == "notes.txt" else 0o755)
    return tmp_path


def test_the_first_name_on_the_path_is_taken(programs: Path) -> None:
    """In the order of the names, not of the folder."""
    assert NAMES.index("chromium-browser") < NAMES.index("google-chrome")
    assert find_chromium({"PATH": str(programs), "CI": "1"}) == programs / "chromium-browser"


def test_a_named_browser_comes_first(programs: Path) -> None:
    """By its name on the path or by its place."""
    assert find_chromium({"PATH": str(programs), "CHROMIUM": "google-chrome"}) == programs / "google-chrome"
    path = str(programs / "google-chrome")
    assert find_chromium({"PATH": "", "CHROMIUM": path}) == programs / "google-chrome"


@pytest.mark.parametrize(
    ("environment", "forgiven"),
    [
        ({}, True),
        ({"CI": ""}, True),
        ({"CI": "true"}, False),
        # Somebody named it, so it is wanted.
        ({"CHROMIUM": "notes.txt"}, False),
        ({"CHROMIUM": "nowhere"}, False),
    ],
)
def test_without_a_browser(programs: Path, environment: dict[str, str], forgiven: bool) -> None:
    """Skipped at home with what to do, a failure in continuous integration."""
    path = programs if "CHROMIUM" in environment else programs / "empty"

    found = find_chromium({"PATH": str(path), **environment})

    assert isinstance(found, NoBrowser)
    assert found.forgiven is forgiven
    assert found.reason == HOW_TO_INSTALL if "CHROMIUM" not in environment else environment["CHROMIUM"] in found.reason
