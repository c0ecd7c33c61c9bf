"""Draws html-1280.png, html-dark.png and html-390.png: the top of the HTML report of the corpus that ships.

    python docs/images/html_pictures.py

Needs Playwright (group ``test`` of pyproject.toml) and Chromium; ``CHROMIUM=/path/to/chromium`` names another browser.
Fonts and browser are the machine's own, so that another machine draws other bytes: look at the pictures after a run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Picture:
    """One picture: its file, what part of the report it begins at, and the window in CSS pixels."""

    name: str
    fragment: str
    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("html-1280.png", "", 1280, 1300),
    Picture("html-dark.png", "city=shanghai", 1280, 900, "dark"),
    Picture("html-390.png", "", 390, 1300),
)


def draw(browser: Browser, report: Path, picture: Picture) -> None:
    """Open the report with the network off, wait for its charts, and save what is seen of it."""
    context = browser.new_context(
        offline=True,
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(report.as_uri() + (f"#{picture.fragment}" if picture.fragment else ""))
    page.evaluate("window.commentlens.charts")
    if picture.fragment:
        # Charts push down what was scrolled to before they were drawn.
        page.locator("#comments-section").evaluate("section => section.scrollIntoView()")
    page.screenshot(path=FOLDER / picture.name)
    context.close()


def main() -> None:
    """Write the report, and all pictures of it."""
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        sys.exit("html_pictures: no Chromium was found; install it (make browser) or name one: CHROMIUM=/path/to/it")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        command = [
            sys.executable,
            "-m",
            "commentlens",
            "export",
            "--format",
            "html",
            "--output",
            str(report),
            "--quiet",
        ]
        subprocess.run(command, check=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            draw(browser, report, picture)
        browser.close()


if __name__ == "__main__":
    main()
