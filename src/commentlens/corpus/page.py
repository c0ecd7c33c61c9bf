"""A ranked list's page, pasted or saved as HTML, to its list and its comments.

The way: text to lines (`lines`, `html`), the top of the page to a title (`header`), lines to entries (`ranks`,
`unranked`), what stands between the entries to blurbs and comments (`paragraphs`, `blurbs`, `authors`). What is not
understood is set aside with its line. `docs/pages.md` says how each thing is decided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from commentlens.corpus.authors import Signatures
from commentlens.corpus.header import first_of_list, read_header
from commentlens.corpus.html import HtmlPage, html_page
from commentlens.corpus.lines import Line, has_blank_lines, is_furniture, lines_of
from commentlens.corpus.names import split_at_dash, split_places
from commentlens.corpus.paragraphs import Paragraph, paragraphs_of, tell_blurbs
from commentlens.corpus.ranks import Candidate, find_entries
from commentlens.corpus.reading import FURNITURE, SetAside
from commentlens.corpus.titles import polarity_of, slug
from commentlens.corpus.unranked import find_unranked
from commentlens.records import Comment, Entry, Kind, Polarity, RankedList

_LONG_LIST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page holds. ``list`` is None where nothing on it looks like a ranked list."""

    list: RankedList | None
    comments: tuple[Comment, ...]
    set_aside: tuple[SetAside, ...]


def read_page(
    text: str,
    *,
    source: str,
    html: bool = False,
    title: str | None = None,
    polarity: Polarity | None = None,
    kind: Kind | None = None,
) -> Page:
    """Read a page.

    Args:
        text: the page, decoded; HTML where ``html``.
        source: its name, from which the list gets its id when the page has no title.
        title, polarity, kind: what the user said about the list; what the page says gives way.
    """
    if html:
        page = html_page(text)
        lines, set_aside = page.lines, list(page.set_aside)
    else:
        page = HtmlPage(title=None, lines=tuple(lines_of(text)), set_aside=())
        lines, set_aside = page.lines, []
    chosen = find_entries(lines)
    if not chosen:
        return _plain_comments(lines, set_aside, source)
    entries = _cut_at_dashes(find_unranked(lines, chosen))
    first = first_of_list(lines, entries[0].index)
    own_title, description, head_aside = read_header(lines[:first], page.title)
    set_aside += head_aside
    title = title or own_title

    paragraphs, body_aside = paragraphs_of(lines, entries, first)
    set_aside += body_aside
    blurbs, spoken, more_aside = tell_blurbs(lines, entries, paragraphs, html=html)
    set_aside += more_aside
    set_aside += [
        SetAside(line=lines[entry.index].number, reason=FURNITURE, text=entry.furniture)
        for entry in entries
        if entry.furniture
    ]

    said = [entry.entry.blurb or blurbs.get(position) for position, entry in enumerate(entries)]
    named = split_places([entry.entry.name for entry in entries], title, [blurb for blurb in said if blurb])
    ranked = RankedList(
        id=slug(title or PurePath(source).stem),
        title=title,
        description=description,
        polarity=polarity or polarity_of(title),
        kind=kind,
        entries=tuple(
            Entry(name=name, within=within, rank=entry.rank, blurb=blurb)
            for entry, (name, within), blurb in zip(entries, named, said, strict=True)
        ),
    )
    comments = _comments(spoken, ranked)
    return Page(list=ranked, comments=comments, set_aside=tuple(sorted(set_aside, key=lambda item: item.line)))


def _cut_at_dashes(entries: list[Candidate]) -> list[Candidate]:
    """Where most entries of the list have a dash before their blurb, the others' dashes do the same work."""
    cut = [replace(entry, entry=split_at_dash(entry.entry)) for entry in entries]
    sure, all_ = (sum(entry.entry.boundary == "dash" for entry in some) for some in (entries, cut))
    return cut if sure > 1 and all_ * 2 > len(entries) else entries


def _all_below(paragraphs: Sequence[Paragraph], entries: int) -> bool:
    """Whether the comments stand under the whole list: a long one, whose last entry alone seems to have any."""
    return entries >= _LONG_LIST and len(paragraphs) > 1 and all(p.entry == entries - 1 for p in paragraphs)


def _comments(paragraphs: Sequence[Paragraph], ranked: RankedList) -> tuple[Comment, ...]:
    names = [part for entry in ranked.entries for part in (entry.name, entry.within or "")]
    signatures = Signatures((paragraph.text for paragraph in paragraphs), names)
    below = _all_below(paragraphs, len(ranked.entries))
    comments: list[Comment] = []
    for paragraph in paragraphs:
        author = _author_alone(paragraph.said_by("author"))
        text, raw = paragraph.text, paragraph.raw
        if author is None:
            text, author = signatures.split(text)
            raw, _ = signatures.split(raw) if author else (raw, None)
        if not text:
            continue
        likes = re.search(r"[+-]?\d{1,9}", (paragraph.said_by("likes") or "").replace(",", ""))
        comments.append(
            Comment(
                id=f"{ranked.id}-{len(comments) + 1:03d}",
                text=text,
                raw=raw if raw != text else None,
                list=ranked,
                entry=None if below else ranked.entries[paragraph.entry],
                author=author,
                created=paragraph.said_by("created"),
                likes=int(likes[0]) if likes else None,
            )
        )
    return tuple(comments)


def _plain_comments(lines: Sequence[Line], set_aside: list[SetAside], source: str) -> Page:
    """A page without a ranked list: each paragraph is a comment under no entry."""
    each_line = not has_blank_lines(lines)
    paragraphs: list[list[Line]] = []
    for line in lines:
        if line.role == "furniture" or is_furniture(line.text) or line.role == "title":
            set_aside.append(SetAside(line=line.number, reason=FURNITURE, text=line.raw))
        elif paragraphs and not each_line and _same_comment(paragraphs[-1][-1], line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    whole = [Paragraph(tuple(paragraph), 0, False) for paragraph in paragraphs]
    signatures = Signatures((paragraph.text for paragraph in whole), ())
    name = slug(PurePath(source).stem)
    comments: list[Comment] = []
    for paragraph in whole:
        author = _author_alone(paragraph.said_by("author"))
        text, signed = signatures.split(paragraph.text) if author is None else (paragraph.text, author)
        raw = signatures.split(paragraph.raw)[0] if signed != author else paragraph.raw
        if text:
            comments.append(
                Comment(
                    id=f"{name}-{len(comments) + 1:03d}",
                    text=text,
                    raw=raw if raw != text else None,
                    author=signed,
                    created=paragraph.said_by("created"),
                )
            )
    return Page(list=None, comments=tuple(comments), set_aside=tuple(sorted(set_aside, key=lambda item: item.line)))


def _author_alone(text: str | None) -> str | None:
    """``by bob:`` is bob."""
    return (
        re.sub(r"^(?:(?:posted |written )?by\b|[-–—@])\s*|\s*(?:says|said|wrote)?:?\s*$", "", text, flags=re.I) or None
        if text
        else None
    )


def _same_comment(above: Line, line: Line) -> bool:
    if line.unit is not None or above.unit is not None:
        return line.unit == above.unit
    return not line.blank_before
