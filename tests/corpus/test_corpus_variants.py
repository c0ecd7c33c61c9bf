"""The seed page in other clothes: however it was copied, it holds the same entries and the same comments."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from commentlens.corpus import read_source
from commentlens.records import Comment
from commentlens.shipped import shipped

SEED = shipped("seeds", "ten-most-high-tech-cities.txt")
TEXT = SEED.read_text("utf-8")
ENTRY = re.compile(r"^(\d{1,2}) (?=[A-ZÀ-ÿ])(?!Load|airports)", re.MULTILINE)


def ranks(change: Callable[[int], str]) -> str:
    return ENTRY.sub(lambda match: change(int(match[1])), TEXT)


def blurbs_below(gap: str, times: int) -> str:
    """Each blurb behind ``gap`` under its entry's line, the name before it ``times`` over."""
    text = TEXT
    for entry in read_source(SEED).lists[0].entries:
        if entry.blurb:
            line = re.compile(rf"^{entry.rank} .*{re.escape(entry.blurb)}$", re.MULTILINE)
            below = f"{entry.rank} {entry.name}{gap}{f'{entry.name} ' * (times - 1)}{entry.blurb}"
            match = line.search(text)
            assert match is not None
            text = text[: match.start()] + below + text[match.end() :]
    return text


def as_html(text: str) -> str:
    """The page as a site would mark it up, comments in boxes of their own."""
    parts = []
    for block in re.split(r"\n\n|\n(?=\d+ [A-ZÀ-ÿ])", text):
        line = html.escape(block).replace("\n", "<br>")
        if ENTRY.match(block):
            parts.append(f"<h3>{line}</h3>")
        elif block.startswith(("Ten Most", "What city", "The Top", "The Contenders")):
            parts.append(f"<p>{line}</p>" if block != TEXT.split("\n")[0] else f"<h1>{line}</h1>")
        else:
            parts.append(f'<div class="comment"><p>{line}</p></div>')
    return f"<!doctype html><html><body>{''.join(parts)}</body></html>"


VARIANTS: dict[str, bytes] = {
    "CRLF": TEXT.replace("\n", "\r\n").encode(),
    "old Mac line ends": TEXT.replace("\n", "\r").encode(),
    "byte order mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "UTF-16": TEXT.encode("utf-16"),
    "non-breaking spaces": TEXT.replace(". ", ".\u00a0").encode(),
    "zero-width spaces": TEXT.replace("city", "ci\u200bty").encode(),
    "entities": html.escape(TEXT, quote=True).encode(),
    "spaces at the line ends": TEXT.replace("\n", "  \n").encode(),
    "two blank lines": TEXT.replace("\n\n", "\n\n\n").encode(),
    "no space behind the rank": ranks(str).encode(),
    "dots": ranks(lambda rank: f"{rank}. ").encode(),
    "dots, no space": ranks(lambda rank: f"{rank}.").encode(),
    "brackets": ranks(lambda rank: f"{rank}) ").encode(),
    "hashes": ranks(lambda rank: f"#{rank} ").encode(),
    "numbers": ranks(lambda rank: f"No. {rank} ").encode(),
    "dashes": ranks(lambda rank: f"{rank} - ").encode(),
    "from 21": ranks(lambda rank: f"{rank + 20} ").encode(),
    "from 101": ranks(lambda rank: f"{rank + 100} ").encode(),
    "counting down": ranks(lambda rank: f"{51 - rank} ").encode(),
    "every fifth rank skipped": ranks(lambda rank: f"{rank + rank // 5} ").encode(),
    "a rank twice": ranks(lambda rank: f"{rank - (rank >= 30)} ").encode(),
    "a rank unknown": ranks(lambda rank: "? " if rank in (19, 44) else f"{rank} ").encode(),
    "furniture under every entry": re.sub(
        r"^(\d{1,2} [A-Z](?!oad).*)$", r"\1\nV 5 Comments", TEXT, flags=re.MULTILINE
    ).encode(),
    "furniture on the entries' lines": re.sub(
        r"^(\d{1,2} [A-Z]\w+)$", r"\1 V 5 Comments", TEXT, flags=re.MULTILINE
    ).encode(),
    "no blank line before entries": re.sub(r"\n\n(?=\d+ [A-Z])", "\n", TEXT).encode(),
    "no sections": TEXT.replace("The Top Ten\n\n", "").replace("The Contenders\n\n", "").encode(),
    "more sections": re.sub(r"^(?=(?:21|41) )", "The Contenders: Page 2\n\n", TEXT, flags=re.MULTILINE).encode(),
    "blurbs in paragraphs of their own": blurbs_below("\n\n", 1).encode(),
    "blurbs in paragraphs of their own, names twice": blurbs_below("\n\n", 2).encode(),
    "blurbs on the next line, names twice": blurbs_below("\n", 2).encode(),
    "lower-case names": ENTRY.sub(lambda match: match[0], re.sub(
        r"^\d{1,2} [A-ZÀ-ÿ][^\n]*$", lambda match: match[0].lower(), TEXT, flags=re.MULTILINE
    )).encode(),
    "HTML": as_html(TEXT).encode(),
}  # fmt: skip


def said(comments: list[Comment]) -> list[tuple[str, str | None, str | None]]:
    return [(c.text, c.author, c.entry.name.casefold() if c.entry else None) for c in comments]


@pytest.mark.parametrize("variant", VARIANTS)
def test_variant_holds_the_same(tmp_path: Path, variant: str) -> None:
    path = tmp_path / ("page.html" if variant == "HTML" else "page.txt")
    path.write_bytes(VARIANTS[variant])
    reading, seed = read_source(path), read_source(SEED)
    assert [entry.name.casefold() for entry in reading.lists[0].entries] == [
        entry.name.casefold() for entry in seed.lists[0].entries
    ]
    assert said(list(reading.comments)) == said(list(seed.comments))
    assert (reading.lists[0].id, reading.lists[0].description) == (seed.lists[0].id, seed.lists[0].description)


def test_no_title(tmp_path: Path) -> None:
    path = tmp_path / "some page.txt"
    path.write_text(TEXT[TEXT.index("1 Tokyo") :], "utf-8")
    reading, seed = read_source(path), read_source(SEED)
    assert (reading.lists[0].id, reading.lists[0].title) == ("some-page", None)
    assert said(list(reading.comments)) == said(list(seed.comments))
