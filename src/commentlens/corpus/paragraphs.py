"""What stands under a page's entries, in paragraphs: each a comment or a blurb."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from commentlens.corpus.blurbs import apart_blurb, blurb_score, repeated_blurb
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
)
from commentlens.corpus.names import split_place
from commentlens.corpus.ranks import Candidate
from commentlens.corpus.reading import FURNITURE, SetAside

_ABOUT = ("author", "created", "likes")


@dataclass(frozen=True, slots=True)
class Paragraph:
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


def paragraphs_of(
    lines: Sequence[Line], entries: Sequence[Candidate], first: int
) -> tuple[list[Paragraph], list[SetAside]]:
    """What stands under each entry, in paragraphs, and the furniture between."""
    starts = {entry.index: position for position, entry in enumerate(entries)}
    taken = {entry.index + offset for entry in entries for offset in range(entry.taken)}
    each_line = _line_is_comment(lines, entries, first, taken)
    about = next((i for i in range(first, len(lines)) if lines[i].role in _ABOUT and lines[i].unit is None), None)
    about_first = about is not None and about - 1 in taken
    paragraphs: list[Paragraph] = []
    set_aside: list[SetAside] = []
    open_: list[Line] = []
    current, direct = -1, False
    other_lists = ended = False

    def close() -> None:
        nonlocal open_
        if open_:
            paragraphs.append(Paragraph(tuple(open_), current, direct))
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
            put_aside(line, FURNITURE)
            other_lists = other_lists or is_related_heading(line.text)
            ended = ended or (current == len(entries) - 1 and ends_list(line.text))
        elif line.role == "furniture":
            put_aside(line, FURNITURE)
        elif section and not could_be_said(line.text):
            put_aside(line, "heading with no entry under it")
        elif ended:
            put_aside(line, FURNITURE if is_edge_furniture(line.text) else "behind the end of the list")
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


def tell_blurbs(
    lines: Sequence[Line], entries: Sequence[Candidate], paragraphs: Sequence[Paragraph], *, html: bool
) -> tuple[dict[int, str], list[Paragraph], list[SetAside]]:
    """The blurbs that stand on lines of their own, the paragraphs that are comments, and what is neither."""
    in_units = any(line.unit is not None for line in lines)
    direct_needed = _needed_beside_entry(entries, paragraphs)
    blurbs: dict[int, str] = {}
    spoken: list[Paragraph] = []
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
        blurb = None
        if is_first and not has_blurb and head.unit is None:
            blurb = _blurb_in(head.text, entry.entry.name, direct_needed if paragraph.direct else None, html)
        if blurb:
            blurbs[paragraph.entry] = blurb
            paragraph = replace(paragraph, lines=paragraph.lines[1:])
        seen.add(paragraph.entry)
        if paragraph.lines:
            spoken.append(paragraph)
    return blurbs, spoken, set_aside


def _blurb_in(text: str, name: str, needed_beside: float | None, html: bool) -> str | None:
    """The blurb that the first line under an entry is; ``needed_beside`` is None where a blank line parts them."""
    if needed_beside is None:
        return apart_blurb(text, name, marked_up=html)
    if blurb := repeated_blurb(text, name):
        return blurb
    return text if blurb_score(text, split_place(name)[0]) >= needed_beside else None


def _needed_beside_entry(entries: Sequence[Candidate], paragraphs: Sequence[Paragraph]) -> float:
    """The `blurb_score` from which text right under an entry's line, no blank line between, is the entry's blurb.

    Low where this page parts comments from the entry by a blank line, so that what is not parted is something else;
    high where comments stand there, or where blurbs stand on the entry's own line.
    """
    firsts: dict[int, Paragraph] = {}
    for paragraph in paragraphs:
        firsts.setdefault(paragraph.entry, paragraph)
    parted = any(not paragraph.direct for paragraph in firsts.values())
    same_line = any(entry.entry.blurb is not None for entry in entries)
    scores = [
        blurb_score(p.lines[0].text, split_place(entries[at].entry.name)[0]) for at, p in firsts.items() if p.direct
    ]
    spoken = sum(score < 0 for score in scores)
    return -0.5 if parted and not same_line and spoken * 2 < len(scores) else 2.0
