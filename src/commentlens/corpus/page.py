"""A ranked list's page, pasted or saved as HTML, to its list and its comments.

The way: text to lines (`lines`, `html`), lines to entries (`ranks`, `unranked`), what stands between the entries to
blurbs and comments (`blurbs`, `authors`). What is not understood is set aside with its line. `docs/pages.md` says how
each thing is decided.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from commentlens.corpus.authors import Signatures
from commentlens.corpus.blurbs import blurb_score
from commentlens.corpus.html import HtmlPage, html_page
from commentlens.corpus.lines import (
    Line,
    could_be_said,
    ends_list,
    has_blank_lines,
    is_edge_furniture,
    is_furniture,
    is_list_title,
    is_related_heading,
    is_section,
    lines_of,
)
from commentlens.corpus.names import split_places
from commentlens.corpus.ranks import Candidate, find_entries
from commentlens.corpus.reading import SetAside
from commentlens.corpus.titles import polarity_of, slug
from commentlens.corpus.unranked import find_unranked
from commentlens.records import Comment, Entry, Kind, Polarity, RankedList

_FURNITURE = "page furniture"
_LONGEST_TITLE = 16
_ABOUT = ("author", "created", "likes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page holds. ``list`` is None where nothing on it looks like a ranked list."""

    list: RankedList | None
    comments: tuple[Comment, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines that belong together: one comment, or a blurb. ``entry``: position of the entry they stand under."""

    lines: tuple[Line, ...]
    entry: int
    direct: bool

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines if line.role in ("text", "heading", "blurb"))

    @property
    def raw(self) -> str:
        return "\n".join(line.raw for line in self.lines if line.role in ("text", "heading", "blurb"))

    def said_by(self, role: str) -> str | None:
        return next((line.text for line in self.lines if line.role == role), None)


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
    entries = find_unranked(lines, chosen)
    first = _first_of_list(lines, entries[0].index)
    own_title, description, head_aside = _header(lines[:first], page.title)
    set_aside += head_aside
    title = title or own_title

    paragraphs, body_aside = _paragraphs(lines, entries, first)
    set_aside += body_aside
    blurbs, spoken, more_aside = _tell_blurbs(lines, entries, paragraphs)
    set_aside += more_aside
    set_aside += [
        SetAside(line=lines[entry.index].number, reason=_FURNITURE, text=entry.furniture)
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


def _first_of_list(lines: Sequence[Line], first_entry: int) -> int:
    """Where the list begins: at the section heading over its first entry, or at that entry."""
    for index in range(first_entry):
        if is_section(lines[index].text) and (index or first_entry > 1):
            return index
    return first_entry


def _header(lines: Sequence[Line], html_title: str | None) -> tuple[str | None, str | None, list[SetAside]]:
    set_aside = [
        SetAside(line=line.number, reason=_FURNITURE, text=line.raw)
        for line in lines
        if line.role == "furniture" or (is_edge_furniture(line.text) and line.role != "title")
    ]
    said = [
        line
        for line in lines
        if line.role != "furniture" and (line.role == "title" or not is_edge_furniture(line.text))
    ]
    said = [line for line in said if not is_section(line.text)]
    at = next((i for i, line in enumerate(said) if line.role == "title"), None)
    if at is None:
        at = next((i for i, line in enumerate(said) if is_list_title(line.text)), None)
    if at is None and html_title:
        description = "\n".join(line.text for line in said)
        return html_title, description or None, set_aside
    if at is None and said and len(said[0].text.split()) <= _LONGEST_TITLE and said[0].text[-1] not in ".!,;":
        at = 0
    title = said[at].text.strip("#*_= ") if at is not None else None
    before = said[:at] if at is not None else []
    set_aside += [SetAside(line=line.number, reason="before the title", text=line.raw) for line in before]
    description = "\n".join(line.text for line in said[(at + 1 if at is not None else 0) :])
    return title, description or None, set_aside


def _paragraphs(
    lines: Sequence[Line], entries: Sequence[Candidate], first: int
) -> tuple[list[_Paragraph], list[SetAside]]:
    """What stands under each entry, in paragraphs, and the furniture between."""
    starts = {entry.index: position for position, entry in enumerate(entries)}
    taken = {entry.index + offset for entry in entries for offset in range(entry.taken)}
    each_line = _line_is_comment(lines, entries, first, taken)
    about = next((i for i in range(first, len(lines)) if lines[i].role in _ABOUT and lines[i].unit is None), None)
    about_first = about is not None and about - 1 in taken
    paragraphs: list[_Paragraph] = []
    set_aside: list[SetAside] = []
    open_: list[Line] = []
    current, direct = -1, False
    other_lists = ended = False

    def close() -> None:
        nonlocal open_
        if open_:
            paragraphs.append(_Paragraph(tuple(open_), current, direct))
        open_ = []

    def put_aside(line: Line, reason: str) -> None:
        close()
        set_aside.append(SetAside(line=line.number, reason=reason, text=line.raw))

    for index in range(first, len(lines)):
        line = lines[index]
        section = line.unit is None and is_section(line.text)
        heading = section and _heads_entries(lines, index, starts)
        if index in taken or heading:
            close()
            if index in starts:
                current = starts[index]
            other_lists = ended = False
            continue
        if other_lists and not is_list_title(line.text) and not is_furniture(line.text) and current < len(entries) - 1:
            other_lists = False
        if line.unit is None and (line.role == "furniture" or is_furniture(line.text)):
            put_aside(line, _FURNITURE)
            other_lists = other_lists or is_related_heading(line.text)
            ended = ended or (current == len(entries) - 1 and ends_list(line.text))
        elif line.role == "furniture":
            put_aside(line, _FURNITURE)
        elif section and not could_be_said(line.text):
            put_aside(line, "heading with no entry under it")
        elif ended:
            put_aside(line, _FURNITURE if is_edge_furniture(line.text) else "behind the end of the list")
        elif other_lists:
            put_aside(line, "title of another list")
        elif current < 0:
            put_aside(line, "before the first entry")
        else:
            if line.role in _ABOUT and line.unit is None:
                follows = bool(open_) and not about_first
            elif open_ and all(above.role in _ABOUT for above in open_):
                follows = True
            else:
                follows = (
                    bool(open_)
                    and line.unit == open_[-1].unit
                    and (line.unit is not None or not (line.blank_before or each_line))
                )
            if not follows:
                close()
                direct = index - 1 in taken and not line.blank_before
            open_.append(line)
    close()
    return paragraphs, set_aside


def _heads_entries(lines: Sequence[Line], index: int, starts: Collection[int]) -> bool:
    """Whether a section's heading stands here; "Top 5" with no entry under it is somebody's comment."""
    if not is_section(lines[index].text):
        return False
    for below in range(index + 1, len(lines)):
        if below in starts:
            return True
        if not (_is_structure(lines[below].text) or lines[below].role == "furniture"):
            return False
    return False


def _line_is_comment(lines: Sequence[Line], entries: Sequence[Candidate], first: int, taken: set[int]) -> bool:
    """Whether each line is a comment: no blank lines are on the page, or they stand before entries only."""
    body = lines[first:]
    if not has_blank_lines(body):
        return True
    apart = {index for index in range(first + 1, len(lines)) if lines[index].blank_before}
    starts = {entry.index for entry in entries}
    if any(index not in starts and not _is_structure(lines[index].text) for index in apart):
        return False
    runs = sum(
        index not in taken and index - 1 not in taken and not _is_structure(lines[index].text)
        for index in range(first + 1, len(lines))
    )
    return runs >= 2


def _is_structure(text: str) -> bool:
    return is_section(text) or is_edge_furniture(text)


def _tell_blurbs(
    lines: Sequence[Line], entries: Sequence[Candidate], paragraphs: Sequence[_Paragraph]
) -> tuple[dict[int, str], list[_Paragraph], list[SetAside]]:
    """The blurbs that stand on lines of their own, the paragraphs that are comments, and what is neither."""
    in_units = any(line.unit is not None for line in lines)
    direct_needed = _needed_beside_entry(entries, paragraphs)
    blurbs: dict[int, str] = {}
    spoken: list[_Paragraph] = []
    set_aside: list[SetAside] = []
    seen: set[int] = set()
    for paragraph in paragraphs:
        if not paragraph.text:
            set_aside += [
                SetAside(line=x.number, reason="says who or when, and no comment", text=x.raw) for x in paragraph.lines
            ]
            continue
        entry = entries[paragraph.entry]
        is_first = paragraph.entry not in seen
        has_blurb = entry.entry.blurb is not None or paragraph.entry in blurbs
        head = paragraph.lines[0]
        if head.unit is None and in_units:
            if is_first and head.role in ("text", "blurb"):
                blurbs[paragraph.entry] = "\n".join(filter(None, (blurbs.get(paragraph.entry), paragraph.text)))
            else:
                set_aside += [
                    SetAside(line=x.number, reason="outside of any comment", text=x.raw) for x in paragraph.lines
                ]
            continue
        if head.role == "blurb":
            blurbs[paragraph.entry] = "\n".join(filter(None, (blurbs.get(paragraph.entry), paragraph.text)))
            continue
        if is_first and not has_blurb and head.unit is None:
            score = blurb_score(head.text, entry.entry.name)
            needed = direct_needed if paragraph.direct else 4.0
            if score >= needed:
                blurbs[paragraph.entry] = head.text
                if paragraph.lines[1:]:
                    spoken.append(replace(paragraph, lines=paragraph.lines[1:]))
                seen.add(paragraph.entry)
                continue
        seen.add(paragraph.entry)
        spoken.append(paragraph)
    return blurbs, spoken, set_aside


def _needed_beside_entry(entries: Sequence[Candidate], paragraphs: Sequence[_Paragraph]) -> float:
    """The `blurb_score` from which text right under an entry's line, no blank line between, is the entry's blurb.

    Low where this page parts comments from the entry by a blank line, so that what is not parted is something else;
    high where comments stand there, or where blurbs stand on the entry's own line.
    """
    firsts: dict[int, _Paragraph] = {}
    for paragraph in paragraphs:
        firsts.setdefault(paragraph.entry, paragraph)
    parted = any(not paragraph.direct for paragraph in firsts.values())
    same_line = any(entry.entry.blurb is not None for entry in entries)
    scores = [blurb_score(p.lines[0].text, entries[at].entry.name) for at, p in firsts.items() if p.direct]
    spoken = sum(score < 0 for score in scores)
    return -0.5 if parted and not same_line and spoken * 2 < len(scores) else 2.0


def _comments(paragraphs: Sequence[_Paragraph], ranked: RankedList) -> tuple[Comment, ...]:
    names = [part for entry in ranked.entries for part in (entry.name, entry.within or "")]
    signatures = Signatures((paragraph.text for paragraph in paragraphs), names)
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
                entry=ranked.entries[paragraph.entry],
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
            set_aside.append(SetAside(line=line.number, reason=_FURNITURE, text=line.raw))
        elif paragraphs and not each_line and _same_comment(paragraphs[-1][-1], line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    whole = [_Paragraph(tuple(paragraph), 0, False) for paragraph in paragraphs]
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
