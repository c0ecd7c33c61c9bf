"""The comments of the HTML page as JSON that its scripts read, and which of them the page lists."""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Claim
from commentlens.render import figures
from commentlens.render.html_places import Slugs, slug
from commentlens.render.markup import Mark, marks_of, segments
from commentlens.summary_moods import month_of
from commentlens.summary_records import Report

COMMENTS_LISTED = 20_000
"""Comments that the page lists unless told otherwise: more would make the file slow to open and to filter."""

_DAY = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(.*)", re.DOTALL)
_LAYER_WORDS = {
    "claim": "Claim about a rank",
    "comparison": "Comparison",
    "link": "Company and city",
    "pos": "Speaks for",
    "neg": "Speaks against",
    "neu": "Speaks of",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The comments of a page.

    ``lines``: each as JSON, in the order in which they came. ``total``: how many came.
    """

    lines: list[str]
    total: int


def listed(comments: Iterable[AnnotatedComment], report: Report, most: int = COMMENTS_LISTED) -> Listed:
    """Choose the comments that the page lists; no more than these are held.

    Where there are more than ``most``, those with claims or comparisons come first, then those with most likes, then
    those that came first.

    Args:
        comments: all comments.
        report: their report.
        most: how many to list.
    """
    packer = CommentPacker(report)
    kept: list[tuple[bool, int, int, str]] = []
    total = 0
    for number, comment in enumerate(comments):
        total = number + 1
        order = (bool(comment.claims or comment.comparisons), comment.likes or 0, -number)
        if len(kept) < most:
            heapq.heappush(kept, (*order, packer.line(comment)))
        elif kept and order > kept[0][:3]:
            heapq.heapreplace(kept, (*order, packer.line(comment)))
    return Listed(lines=[item[3] for item in sorted(kept, key=lambda item: -item[2])], total=total)


class CommentPacker:
    """Turns comments into what the page's scripts read: short keys, texts cut where marks start and end.

    Keys of an object: ``i`` id, ``l`` id of the list, ``e`` entry as shown, ``r`` its rank, ``a`` author, ``d`` date
    as written, ``s`` date to sort by, ``n`` likes, ``c`` slugs of the cities, ``f`` slugs of the companies, ``m``
    moods ``[slugs, target, label, score, implied]``, ``k`` claims ``[slugs, stance, words, rule]``, ``w`` comparisons
    and links ``[words, rule]``, ``t`` pieces of the text, each a string or ``[string, marks]`` with indices into
    ``x``, the marks ``[layer, note]``, the outermost first. Keys without a value are left out.

    The pieces are strings, so no offset has to mean the same in Python and in JavaScript.
    """

    def __init__(self, report: Report) -> None:
        self._slugs = Slugs(report)
        self._lists: dict[str | None, list[str | None]] = {}
        for item in report.lists:
            self._lists.setdefault(item.title, []).append(item.list_id)
        self._entries = {
            (row.list_id, fold(row.name), row.rank) for row in report.cities if row.is_entry and row.list_id is not None
        }

    def line(self, comment: AnnotatedComment) -> str:
        """One comment as JSON on one line, safe inside a script element."""
        packed = json.dumps(self.packed(comment), ensure_ascii=False, separators=(",", ":"))
        return packed.replace("<", "\\u003c")

    def packed(self, comment: AnnotatedComment) -> dict[str, Any]:
        """One comment as plain JSON values."""
        cities, named = self._slugs.of_comment(comment)
        entry = comment.entry
        companies = [item.name for item in comment.mentions if item.label == "COMPANY"]
        companies += [item.company for item in comment.links]
        texts, marks = _pieces(comment)
        values: dict[str, Any] = {
            "i": comment.id,
            "l": self._list_id(comment),
            "e": (f"{entry.name}, {entry.within}" if entry.within else entry.name) if entry else None,
            "r": entry.rank if entry else None,
            "a": comment.author,
            "d": comment.created,
            "s": sortable_date(comment.created),
            "n": comment.likes,
            "c": list(cities),
            "f": list(dict.fromkeys(map(slug, companies))),
            "m": [[named[m.target], m.target, m.label, round(m.score, 4), int(m.implied)] for m in comment.moods],
            "k": [[named[c.subject], c.stance, claim_words(c), c.rule] for c in comment.claims],
            "w": list(_said(comment)),
            "t": texts,
            "x": marks,
        }
        return {key: value for key, value in values.items() if value is not None and value != []}

    def _list_id(self, comment: AnnotatedComment) -> str | None:
        """The list of a comment; of several of one title the one that has its entry."""
        ids = self._lists.get(comment.list, [])
        entry = comment.entry
        if len(ids) > 1 and entry is not None:
            key = (fold(entry.name), entry.rank)
            ids = [id_ for id_ in ids if (id_, *key) in self._entries] or ids
        return ids[0] if ids else None


def sortable_date(created: str | None) -> str | None:
    """A date that sorts as text, ``2024-05-03T10:00:00Z`` or ``2024-05``; None where no date can be read."""
    if created is None:
        return None
    if found := _DAY.fullmatch(created):
        year, month, day, rest = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}{rest.strip()}"
    return month_of(created)


def claim_words(claim: Claim) -> str:
    """``Oslo: too high, for no. 4, listed 2``."""
    words = f"{claim.subject}: {figures.STANCE_WORDS[claim.stance]}"
    if claim.proposed is not None:
        words += f", for {figures.interval(claim.proposed)}"
    if claim.listed is not None:
        words += f", listed {claim.listed}"
    return words


def order_sign(relation: str) -> str:
    """How a comparison orders two things: ``>`` or ``=``."""
    return "=" if relation == "equal" else ">"


def any_other(worse: str) -> str:
    """What is called worse, in words."""
    return "any other" if worse == "*" else worse


def _said(comment: AnnotatedComment) -> Iterator[list[str]]:
    for item in comment.comparisons:
        yield [f"{item.better} {order_sign(item.relation)} {any_other(item.worse)}", item.rule]
    for link in comment.links:
        yield [f"{link.company} {figures.relation_words(link.relation)} {link.city}", link.rule]


def _pieces(comment: AnnotatedComment) -> tuple[list[Any], list[list[str]]]:
    marks = marks_of(comment)
    numbers = {id(mark): number for number, mark in enumerate(marks)}
    labels = {(item.start, item.end): item.label.lower() for item in comment.mentions}
    pieces: list[Any] = [
        [segment.text, [numbers[id(mark)] for mark in segment.marks]] if segment.marks else segment.text
        for segment in segments(comment.text, marks)
    ]
    return pieces, [_mark(mark, labels) for mark in marks]


def _mark(mark: Mark, labels: dict[tuple[int, int], str]) -> list[str]:
    if mark.layer == "mention":
        return [labels[mark.span], mark.note[:1].upper() + mark.note[1:]]
    return [mark.layer, f"{_LAYER_WORDS[mark.layer]}: {mark.note.replace('_', ' ')}"]
