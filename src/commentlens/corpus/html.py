"""A saved web page as lines: what a reader sees, block by block, with what the mark-up says of each.

Built on the standard library's parser because it knows the source's line numbers. Pages are rarely valid: an end tag
closes what it matches, whatever stands open inside, and an end tag that matches nothing is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise

from commentlens.corpus.html_roles import Part, part_of
from commentlens.corpus.lines import Line, Role
from commentlens.corpus.reading import SetAside
from commentlens.corpus.repair import repair

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strike strong"
    " sub sup time tt u var".split()
)
# Not for reading at all.
_UNSEEN = frozenset(
    "script style template noscript svg object iframe head textarea select option button datalist".split()
)
_CHROME = frozenset("nav footer aside header form menu dialog".split())
_CONTENT = frozenset("article main li section".split())
_CLOSES: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "p": frozenset({"p"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}
_STOPS = frozenset({"ul", "ol", "table", "div", "section", "article", "dl", "body"})
_PARAGRAPHS = frozenset({"p", "li", "dd", "blockquote"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
_SITE = re.compile(r"\s+[|–—·-]\s+[^|–—·-]{2,40}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """A page as lines. ``title``: of its head, without the site's name."""

    title: str | None
    lines: tuple[Line, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(slots=True)
class _Element:
    tag: str
    part: Part | None
    number: int
    hidden: bool = False
    count: int | None = None
    """Of an ``ol``: the number of its next item."""


@dataclass(slots=True)
class _Block:
    """The text of one block as it gathers."""

    pieces: list[str] = field(default_factory=list)
    line: int = 0
    path: tuple[_Element, ...] = ()


def html_page(text: str) -> HtmlPage:
    """Take a saved page apart; never raises, whatever the mark-up."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_block()
    title = repair(" ".join("".join(reader.title).split()))
    shown = _without_wrappers(_beside_bodies(reader.lines, reader.in_body))
    lines = _one_comment_a_container(shown, reader.parents)
    return HtmlPage(title=_SITE.sub("", title) or None, lines=lines, set_aside=tuple(reader.set_aside))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.lines: list[Line] = []
        self.parents: list[int | None] = []
        self.in_body: list[bool] = []
        self.set_aside: list[SetAside] = []
        self._stack: list[_Element] = []
        self._block = _Block()
        self._in_title = False
        self._elements = 0
        self._has_h1 = False

    # -- what the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and not any(element.tag == "svg" for element in self._stack):
            self._in_title = True
            return
        if tag == "br":
            self._break()
            return
        attributes = {key: value or "" for key, value in attrs}
        if tag in _VOID:
            if tag == "hr":
                self.end_block()
            return
        self._close_open(tag)
        if tag not in _UNSEEN and tag not in _VOID:
            self._leave_head()
        part = part_of(tag, attributes)
        if tag not in _INLINE or part in ("author", "created", "likes", "furniture", "comment"):
            self.end_block()
        self._elements += 1
        hidden = "hidden" in attributes or re.search(r"display:\s*none", attributes.get("style", "")) is not None
        element = _Element(tag, part, self._elements, hidden)
        if tag == "ol":
            start = attributes.get("start", "1")
            element.count = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
        if tag == "li":
            self._number_item(attributes.get("value", ""))
        self._stack.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and tag != "title":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
            return
        depth = next((i for i in range(len(self._stack) - 1, -1, -1) if self._stack[i].tag == tag), None)
        if depth is None:
            return
        closed = self._stack[depth:]
        if any(
            e.tag not in _INLINE or e.part in ("author", "created", "likes", "furniture", "comment") for e in closed
        ):
            self.end_block()
        elif closed[0].tag in ("b", "strong") and self._opens_item():
            # <li><b>Name</b> what is said of it: the mark-up parts the name from the blurb.
            self._break()
        del self._stack[depth:]

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
            return
        if not data.strip() and not self._block.pieces:
            return
        if not self._block.path:
            self._block.path = tuple(self._stack)
            leading = len(data) - len(data.lstrip())
            self._block.line = self.getpos()[0] + data[:leading].count("\n")
        self._block.pieces.append(data)

    # -- blocks to lines

    def end_block(self) -> None:
        block, self._block = self._block, _Block()
        raw_text = "".join(block.pieces)
        if not raw_text.strip():
            return
        unseen = next((e for e in block.path if e.tag in _UNSEEN or e.hidden), None)
        if unseen is not None:
            shown = " ".join(raw_text.split())
            self._put_aside(block.line, "hidden" if unseen.hidden else f"in <{unseen.tag}>, not for reading", shown)
            return
        role, unit = _role(block.path, self._has_h1), _unit(block.path)
        if role == "title":
            self._has_h1 = True
        blank = True
        for piece in re.split(r"\n?\x00", raw_text) if "\x00" in raw_text else [raw_text]:
            raw = " ".join(piece.split())
            text = repair(raw).strip()
            if text:
                self.lines.append(Line(number=block.line, text=text, raw=raw, blank_before=blank, unit=unit, role=role))
                self.parents.append(_container(block.path))
                self.in_body.append(any(element.part == "body" for element in block.path))
                blank = False
            else:
                # Two line ends in a paragraph or item part no comments, between boxes they may.
                blank = not any(element.tag in _PARAGRAPHS for element in block.path)

    def _break(self) -> None:
        if self._block.pieces:
            # A line end that no white space of the source can be mistaken for; feed() has no such character left.
            self._block.pieces.append("\x00")

    def _put_aside(self, line: int, reason: str, text: str) -> None:
        self.set_aside.append(SetAside(line=line, reason=reason, text=text))

    def _close_open(self, tag: str) -> None:
        closing = _CLOSES.get(tag)
        block = tag not in _INLINE
        for depth in range(len(self._stack) - 1, -1, -1):
            open_tag = self._stack[depth].tag
            if (closing and open_tag in closing) or (block and open_tag == "p"):
                self.end_block()
                del self._stack[depth:]
                if not closing or tag == "p":
                    return
            elif open_tag in _STOPS:
                return

    def _leave_head(self) -> None:
        """What is seen cannot stand in the head: its end tag may be missing."""
        if self._stack and (tags := [e.tag for e in self._stack]) and "head" in tags:
            self.end_block()
            del self._stack[tags.index("head") :]

    def _number_item(self, value: str) -> None:
        owner = next((e for e in reversed(self._stack) if e.tag in ("ol", "ul")), None)
        if owner is None or owner.count is None:
            return
        if re.fullmatch(r"\d{1,6}", value):
            owner.count = int(value)
        self._block = _Block([f"{owner.count}. "], self.getpos()[0], ())
        owner.count += 1

    def _opens_item(self) -> bool:
        text = "".join(self._block.pieces)
        return re.match(r"\d+\. ", text) is not None and "\x00" not in text


def _role(path: Sequence[_Element], has_title: bool) -> Role:
    tags = [element.tag for element in path]
    parts = [element.part for element in path]
    if "h1" in tags and not has_title:
        return "title"
    for role in ("author", "created", "likes"):
        if role in parts:
            return role
    content = any(tag in _CONTENT for tag in tags)
    chrome = {tag for tag in tags if tag in _CHROME} - ({"header", "footer"} if content else set())
    if chrome or "furniture" in parts:
        return "furniture"
    if "blurb" in parts:
        return "blurb"
    if any(tag in _HEADINGS for tag in tags) or "name" in parts:
        return "heading"
    return "text"


def _unit(path: Sequence[_Element]) -> int | None:
    """The comment that the block belongs to: the innermost element that is one, else the innermost body of one."""
    for part in ("comment", "body"):
        found = next((element.number for element in reversed(path) if element.part == part), None)
        if found is not None:
            return found
    return None


def _beside_bodies(lines: Sequence[Line], in_body: Sequence[bool]) -> list[Line]:
    """Where a comment element marks its body, what else it shows is furniture: names in unknown mark-up, buttons."""
    with_body = {line.unit for line, inside in zip(lines, in_body, strict=True) if inside and line.unit is not None}
    return [
        replace(line, role="furniture") if line.unit in with_body and not inside and line.role == "text" else line
        for line, inside in zip(lines, in_body, strict=True)
    ]


def _without_wrappers(lines: Sequence[Line]) -> list[Line]:
    """A "comment" or "post" that holds headings is the page's own box and nobody's comment."""
    wrappers = {line.unit for line in lines if line.role in ("heading", "title")}
    return [replace(line, unit=None) if line.unit in wrappers and line.unit is not None else line for line in lines]


def _container(path: Sequence[_Element]) -> int | None:
    """The box that holds the block's paragraph or heading; None where the block is neither."""
    holders = [element for element in path if element.tag not in _INLINE]
    if len(holders) < 2 or (holders[-1].tag != "p" and holders[-1].tag not in _HEADINGS):
        return None
    return holders[-2].number if holders[-2].tag in ("li", "div", "blockquote", "dd", "td") else None


def _one_comment_a_container(lines: Sequence[Line], parents: Sequence[int | None]) -> tuple[Line, ...]:
    """Where no class names comments: paragraphs that share a list item or box of their own are one comment.

    Only if two such boxes follow each other somewhere: else a box holds all comments of an entry.
    """
    if any(line.unit is not None for line in lines):
        return tuple(lines)
    mixed = {parent for line, parent in zip(lines, parents, strict=True) if line.role == "heading"}
    boxes = [None if parent in mixed else parent for parent in parents]
    if not any(above is not None and below is not None and above != below for above, below in pairwise(boxes)):
        return tuple(lines)
    return tuple(
        replace(line, blank_before=False)
        if index and box is not None and box == boxes[index - 1] and line.role == "text"
        else line
        for index, (line, box) in enumerate(zip(lines, boxes, strict=True))
    )
