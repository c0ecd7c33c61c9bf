"""The scripts and style sheets that are written into the HTML page, and the policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files

from markupsafe import Markup

STYLES = ("page.css", "tables.css", "comments.css", "print.css")
"""Style sheets, in order."""

EARLY = ("theme.js",)
"""Scripts that act before anything is drawn."""

SCRIPTS = ("address.js", "corpus.js", "filter.js", "marks.js", "tooltip.js", "tables.js", "charts.js", "page.js")
"""Scripts at the end of the page, in order."""


def text_of(name: str) -> str:
    """A file of ``render/web``."""
    return files("commentlens.render").joinpath("web", name).read_text("utf-8")


def style() -> Markup:
    """All style sheets."""
    return Markup("\n".join(map(text_of, STYLES)))


def script(code: str) -> Markup:
    """Code as the text of a script element.

    Raises:
        ValueError: If the element would end inside the code.
    """
    if "</script" in code.lower() or "<!--" in code:
        raise ValueError("a script that holds the end of its element cannot be written into a page")
    return Markup(code)


def policy(scripts: Sequence[str]) -> str:
    """The content security policy: these scripts and no other, styles of the page, no request at all."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" for code in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
