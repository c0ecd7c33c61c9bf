"""A page as lines, each known for what it is: a section's heading, page furniture, or something said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from commentlens.corpus.repair import repair

Role = Literal["text", "title", "heading", "blurb", "author", "created", "likes", "furniture"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line that is not blank.

    ``number``: in the source, from 1. ``raw``: as it came; ``text``: repaired. Both without space around them.
    ``blank_before``: a blank line, or in HTML the edge of a block, parts it from the line before. ``unit``: in HTML the
    number of the comment element that holds it. ``role``: what the HTML says it is; pasted text says nothing.
    """

    number: int
    text: str
    raw: str
    blank_before: bool = False
    unit: int | None = None
    role: Role = "text"


# Icon fonts come through pasting as one letter or digit: "8Load More", "V 5 Comments".
_ICON = r"(?:[VPBU]\s|[A-Z0-9]|[▲▼►▶+✓•·»«↑↓]\s?)?"
_FURNITURE = re.compile(
    rf"""{_ICON}(?:
        load\ more(?:\ \w+)? | show\ (?:more|less|all)(?:\ comments|\ replies)?
      | (?:search|print|share|edit|follow|embed)\ list
      | add\ (?:new\ )?(?:item|comment|reply|entry|your\ (?:own\ )?comment)s?
      | (?:post|leave|write|submit)\ (?:a\ |your\ )?(?:comment|reply)
      | (?:view|see|read|show|hide)\ (?:all\ )?(?:\d+\ )?(?:more\ |other\ |the\ )?(?:comments|replies)(?:\ \(\d+\))?
      | \d+\ (?:more\ )?(?:comments?|replies|reply|votes?|likes?|views?|shares?|upvotes?|points?)
      | (?:no\ )?comments(?:\ \(\d+\))?:? | comments?:?\ \d+
      | more\ comments(?:\ (?:about|on)\ .{{1,60}})? | (?:listen|play)\ (?:to\ )?sample | watch\ (?:video|trailer)
      | \[?(?:newest|oldest|top\ rated|best\ rated|most\ liked)(?:\ first)?\]? | sort\ by:?.{{0,30}}
      | filter\ by:?.{{0,30}}
      | (?:next|previous|prev|last|first)\ page\ ?[»›>→]? | (?:next|last)\ ?[»›>→]
      | [«‹<←]\ ?(?:prev|previous|back|first)(?:\ page)?
      | page\ \d+\ of\ \d+ | back\ to\ top
      | advertisements? | sponsored(?:\ content)?
      | log\ ?in | sign\ (?:in|up) | log\ out | register | subscribe | upvote | downvote
      | vote(?:\ (?:up|down|now|for\ it))?
      | reply | report(?:\ (?:abuse|comment))? | share(?:\ this)?
      | (?:log\ in|sign\ up|login|register)\ (?:or\ \w+\ \w*\ ?)?to\ (?:comment|vote|reply).{{0,20}}
      | permalink|flag|quote
      | (?:©|\(c\)|copyright)\ .{{0,100}} | all\ rights\ reserved.{{0,40}}
      | (?:privacy\ policy|terms\ of\ (?:use|service)|cookie\ (?:policy|settings))
      | skip\ to\ (?:main\ )?content | (?:share|tweet|pin)\ (?:on|it).{{0,20}}
      | this\ (?:site|website)\ uses\ cookies.{{0,100}} | accept\ (?:all\ )?cookies
      | (?:\.{{3}}|…)?\ ?(?:read\ )?more\.{{0,3}}…?
      | image(?:\ source)?: .{{0,80}} | (?:photo|image)\ (?:credit|by):?\ .{{0,60}} | source:?\ wikipedia | \[\d+\]
      | [▲▼►▶•·|»«+\-–—=_*~]{{1,80}}
    )\.?""",
    re.IGNORECASE | re.VERBOSE,
)
# Words that head a page or close it, and that a comment may consist of as well.
_EDGE_FURNITURE = re.compile(
    r"(?:home|about(?: us)?|contact(?: us)?|menu|lists?|search|help|faq|categories|forum|blog|news|register|terms"
    r"|privacy|"
    r"cities|games|movies|music|sports|cars|trending|popular|new|profile|settings|sitemap|advertise|careers|rss|"
    r"facebook|twitter|instagram|pinterest|youtube|reddit|x|the ?top ?tens?|thetoptens®?)"
    r"(?:\s*[|·•>/»-]\s*\w[\w ]{0,20})*",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:the )?(?:top (?:ten|five|twenty|fifty|hundred|\d{1,3})|contenders|newcomers|runners?[- ]up|rest"
    r"|honou?rable mentions?|also[- ]rans?"
    r"|(?:full |complete |final )?(?:list|ranking|results|rankings))"
    r"(?:\s*[:,–—-]?\s*\(?page \d+\)?(?: of \d+)?)?:?|page \d+:?",
    re.IGNORECASE,
)
_UNRANKED_SECTION = re.compile(r"(?:the )?(?:newcomers|honou?rable mentions?|also[- ]rans?)\b", re.IGNORECASE)
_RELATED = re.compile(
    rf"{_ICON}(?:(?:related|recommended|similar|more|popular|other|new|trending|featured)"
    r" (?:lists|articles|posts|rankings|pages|stories|polls)|you (?:may|might) also (?:like|enjoy).{0,20}|see also:?)",
    re.IGNORECASE,
)
_ENDS_LIST = re.compile(
    rf"{_ICON}(?:load more|search list|print list|(?:©|\(c\)|copyright)\b.*|all rights reserved.*|privacy policy"
    r"|terms of (?:use|service))",
    re.IGNORECASE,
)
_SUPERLATIVE = (
    r"(?:top|best|worst|most|least|greatest|favou?rite|ranking|ranked|underrated|overrated"
    r"|(?!(?:north|south|mid)?west\b|budapest|bucharest|forest|guest|rest\b|test|request|honest|interest|contest"
    r"|harvest|nest|quest)\w{2,}est)"
)
_LIST_TITLE = re.compile(
    rf"(?:the )?(?:(?:top )?(?:\d{{1,3}}|five|ten|twenty|fifty|hundred) )?(?:of the )?"
    rf"(?:\w+ ){{0,2}}?{_SUPERLATIVE}\b(?: [\w'’&,:()-]+)*",
    re.IGNORECASE,
)
_TRAILING_FURNITURE = re.compile(
    r"\s+(?:[VPBU]\s)?(?:V ?)?\d+ comments?\s*$|\s+U?Listen to Sample\s*$|\s*\[(?:Newest|Oldest)\]\s*$"
    r"|\s+(?:[0-9A-Z])?(?:Add New Item|Load More|Search List)\s*$",
    re.IGNORECASE,
)


def lines_of(text: str) -> list[Line]:
    """The lines of pasted text that are not blank."""
    lines: list[Line] = []
    blank = True
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), 1):
        repaired = repair(raw).strip()
        if repaired:
            role = _markdown_role(repaired, first=not lines)
            lines.append(Line(number=number, text=repaired, raw=raw.strip(), blank_before=blank, role=role))
        blank = not repaired
    return lines


def _markdown_role(text: str, *, first: bool) -> Role:
    if first and text.startswith("# "):
        return "title"
    return "heading" if re.match(r"#{1,6} \S", text) else "text"


def is_section(text: str) -> bool:
    """Whether the line heads a part of the list: ``The Contenders: Page 2``, ``The Newcomers``."""
    return _SECTION.fullmatch(_plain(text)) is not None


def could_be_said(text: str) -> bool:
    """Whether a section's heading could as well be a comment: "Top 5", a claim, where no entry follows it."""
    return re.fullmatch(r"(?:the )?(?:top \w+|rest|list|ranking|results)", _plain(text), re.IGNORECASE) is not None


def is_unranked_section(text: str) -> bool:
    """Whether what follows the heading may be entries without a rank."""
    return _UNRANKED_SECTION.match(_plain(text)) is not None


def is_furniture(text: str) -> bool:
    """Whether the line belongs to the page and not to anyone's comment: ``V 5 Comments``, ``8Load More``."""
    return _FURNITURE.fullmatch(text) is not None or is_related_heading(text)


def is_edge_furniture(text: str) -> bool:
    """Whether the line would be furniture before the list or behind it: ``Home``, ``About us``."""
    return is_furniture(text) or _EDGE_FURNITURE.fullmatch(text) is not None


def is_related_heading(text: str) -> bool:
    """Whether titles of other lists follow: ``Recommended Lists``."""
    return _RELATED.fullmatch(text) is not None


def ends_list(text: str) -> bool:
    """Whether, behind the last entry, nobody's comment can follow: ``8Load More``, ``PSearch List``."""
    return _ENDS_LIST.fullmatch(text) is not None or is_related_heading(text)


def is_list_title(text: str) -> bool:
    """Whether the line could be the title of a list."""
    return len(text.split()) <= 15 and text[-1] not in ".!" and _LIST_TITLE.fullmatch(_plain(text)) is not None


def strip_furniture(text: str) -> tuple[str, str]:
    """An entry's line without the furniture at its end, and that furniture (empty where there is none)."""
    rest = text
    while match := _TRAILING_FURNITURE.search(rest):
        if not re.search(r"[^\W\d]|\d\D+\d", rest[: match.start()]):
            break
        rest = rest[: match.start()]
    return rest, text[len(rest) :].strip()


def has_blank_lines(lines: Iterable[Line]) -> bool:
    """Whether blank lines part anything on this page, the first line aside."""
    return any(line.blank_before for line in list(lines)[1:])


def _plain(text: str) -> str:
    return text.strip("#*_=- \t")
