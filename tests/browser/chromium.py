"""Which browser the tests drive, and what to do where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_INSTALL = (
    "no Chromium was found: install it (Debian: apt-get install --no-install-recommends chromium; or: make browser), "
    "or name one: CHROMIUM=/path/to/chromium"
)
# What a browser does of its own accord on the network or on a screen has no place in a test.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class NoBrowser:
    """Why the tests cannot run; ``forgiven`` where they may be skipped for it."""

    reason: str
    forgiven: bool


def find_chromium(environment: Mapping[str, str] = os.environ) -> Path | NoBrowser:
    """The browser to drive: ``CHROMIUM``, else the first of `NAMES` on ``PATH``.

    A name in ``CHROMIUM`` that is no program is a mistake and never forgiven; no browser at all is, except in
    continuous integration (``CI``), where a skipped test would go unseen.
    """
    named = environment.get("CHROMIUM")
    path = environment.get("PATH", "")
    if named:
        found = shutil.which(named, path=path)
        return Path(found) if found else NoBrowser(f"CHROMIUM={named} is no program that can be run", forgiven=False)
    for name in NAMES:
        if found := shutil.which(name, path=path):
            return Path(found)
    return NoBrowser(HOW_TO_INSTALL, forgiven=not environment.get("CI"))
