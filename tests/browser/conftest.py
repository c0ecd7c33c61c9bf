"""One browser for this folder, and the report of the seed made by the real commands.

Playwright keeps an event loop running in the thread that started it, so the browser is closed when the last test of
this folder is done; modules carry the mark ``xdist_group("browser")`` so that one worker has them all, one after
another.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from chromium import ARGUMENTS, NoBrowser, find_chromium
from made_report import Made, OpenPage, Visit
from playwright.sync_api import Browser, sync_playwright
from report_page import ReportPage

from commentlens.knowledge.places import Places
from commentlens.records import AnnotatedComment, RankedList
from commentlens.render.html_page import write_html
from commentlens.summary import summarise

# How long an element may take to come on a busy machine.
PATIENCE_MS = 10_000


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser; without one the tests are skipped, or fail in continuous integration."""
    found = find_chromium()
    if isinstance(found, NoBrowser):
        (pytest.skip if found.forgiven else pytest.fail)(found.reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a report with the network off: ``open_page(file, fragment, **context)``, with options of a browser context.

    Whatever a test does with its pages, none may complain, ask for anything, or open a dialog.
    """
    opened: list[ReportPage] = []
    contexts = []

    def opens(file: Path, fragment: str = "", **context: Any) -> ReportPage:
        contexts.append(browser.new_context(offline=True, **context))
        contexts[-1].set_default_timeout(PATIENCE_MS)
        page = ReportPage(contexts[-1], file)
        opened.append(page)
        return page.open(fragment)

    yield opens
    faults = [fault for page in opened for fault in page.faults]
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="package")
def keep_open(browser: Browser) -> Iterator[Visit]:
    """Open a report once: its page stays from test to test."""
    pages: dict[Path, ReportPage] = {}

    def opens(file: Path) -> ReportPage:
        if file not in pages:
            context = browser.new_context(offline=True)
            context.set_default_timeout(PATIENCE_MS)
            pages[file] = ReportPage(context, file).open()
        return pages[file]

    yield opens
    for page in pages.values():
        page.page.context.close()


@pytest.fixture
def visit(keep_open: Visit) -> Iterator[Visit]:
    """A report that an earlier test may have opened, with all filters taken away: to load and draw one takes a second.

    For tests that leave nothing behind but filters; as with ``open_page`` nothing may be complained of.
    """
    visited: list[ReportPage] = []

    def visits(file: Path) -> ReportPage:
        page = keep_open(file)
        visited.append(page)
        page.reset()
        return page

    yield visits
    faults = [fault for page in visited for fault in page.faults]
    for page in visited:
        page.faults.clear()
    assert faults == []


@pytest.fixture(scope="package")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Made]:
    """Make the report of a source by the commands a user has; without a source, that of the seed."""

    def made(*source: Path) -> Made:
        folder = tmp_path_factory.mktemp("report")
        page = folder / "report.html"
        report = json.loads(_run("report", *source, "--html", page, "--format", "json", "--consensus", "--themes"))
        # Not splitlines: a text may hold other ends of lines.
        records = [json.loads(line) for line in _run("export", *source, "--format", "jsonl").split("\n") if line]
        return Made(page, report, records)

    return made


@pytest.fixture
def make_page(tmp_path: Path) -> Callable[..., bytes]:
    """The bytes of the file that a command writes, whose path is the last thing on its line."""

    def made(*line: str) -> bytes:
        page = tmp_path / "again.html"
        _run(*line, page)
        return page.read_bytes()

    return made


@pytest.fixture(scope="package")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write the page of annotated comments that a test made up, without a pipeline and without a command."""
    places = Places.load()

    def made(comments: Sequence[AnnotatedComment], lists: Sequence[RankedList] = (), **options: int) -> Path:
        page = tmp_path_factory.mktemp("written") / "report.html"
        report = summarise(comments, lists, places, consensus=True)
        with page.open("w", encoding="utf-8", newline="\n") as file:
            write_html(report, comments, "0", file, **options)
        return page

    return made


@pytest.fixture(scope="package")
def seed(make: Callable[..., Made]) -> Made:
    """The corpus that ships."""
    return make()


def _run(*args: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "commentlens", *map(str, args)], capture_output=True, env=os.environ, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()
