"""Which lines of a page are its entries.

No line can tell alone: ``4 airports`` is a comment under entry 27, ``4 Noobs`` may be a company. The ranks of a page's
entries rise (or fall, on a countdown) from the first to the last, so the entries are the chain of lines that scores
best: each line for its shape, each step for how well the next rank follows. Found by dynamic programming.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from commentlens.corpus.lines import (
    Line,
    has_blank_lines,
    is_furniture,
    is_list_title,
    is_related_heading,
    is_section,
    strip_furniture,
)
from commentlens.corpus.names import EntryText, split_entry

_RANKED = re.compile(
    r"^[*_#\s]*?(?P<before>=|T-?|\#|no\.?\s*|nr\.?\s*|number\s+|rank\s+|№\s*)?(?P<rank>\d{1,4})"
    r"(?P<mark>\s*(?:=|[.):\]](?!\d)|[-–—](?=\s)))?(?P<gap>\s*)(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^\s*(?P<before>\#)?(?P<rank>\d{1,4})(?P<mark>[.):])?\s*$")
# In lower case these make a line a sentence; in capitals they may stand in a title.
_SENTENCE_WORDS = frozenset(
    "is are was were be been am have has had do does did can could should would will might must i you we they he she"
    " it this that there"
    " here my your our their people very really so too just like love hate think because when if who why how not"
    " never don't isn't i'm"
    " it's than more much many some any every all also only even than hours minutes days years times million billion"
    " thousand percent"
    " reasons things want need got get make makes live lived going been me us them which where".split()
)
# "Because of the trams. Otherwise 9", but not "St. Louis", "E.T. the Extra-Terrestrial".
_SENTENCE_END = re.compile(r"\w{4,}[.!?]\s+[A-Z]|[a-z][!?]\s+[A-Z]")
_OPENERS = frozenset("Because It's I I'm I've My We They You There When If Too Not Very Just So And But".split())
# Counted things: "5 Stars" under entry 5 rates it. A film "7 Days" holds its own where rank 7 is due.
_COUNTED = frozenset(
    "stars star hours hour days day years year weeks months minutes seconds times points words reasons things people"
    " airports cars million billion thousand hundred percent out of from euros dollars bucks km miles am pm st nd rd th"
    " inches levels games".split()
)
_LOOK_BACK = 300
_NESTED = 8.0
_IMPOSSIBLE = float("-inf")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that could be an entry. ``taken``: how many lines it uses (two where the rank stands alone above)."""

    index: int
    rank: int | None
    entry: EntryText
    style: tuple[str, str, bool, bool]
    furniture: str = ""
    taken: int = 1


def find_entries(lines: Sequence[Line]) -> list[Candidate]:
    """The page's ranked entries in page order; empty where nothing looks like a ranked list."""
    candidates = _candidates(lines)
    if not candidates:
        return []
    nested = _nested(lines, candidates)
    page = _Page.of(lines, candidates)
    chain = _best_chain(lines, candidates, [page.shape(lines, c) - _NESTED * (c.index in nested) for c in candidates])
    # What the chain has in common says what an entry looks like here: choose once more with that in hand.
    page = page.informed_by(lines, chain)
    return _best_chain(lines, candidates, [page.shape(lines, c) - _NESTED * (c.index in nested) for c in candidates])


def _candidates(lines: Sequence[Line]) -> list[Candidate]:
    found: list[Candidate] = []
    for index, line in enumerate(lines):
        if line.unit is not None or line.role in ("author", "created", "likes", "furniture", "title"):
            continue
        if (is_furniture(line.text) and not _ALONE.match(line.text)) or is_section(line.text):
            continue
        if alone := _ALONE.match(line.text):
            if candidate := _alone(lines, index, alone):
                found.append(candidate)
            continue
        match = _RANKED.match(line.text)
        if not match:
            continue
        gap, mark, rest = match["gap"], (match["mark"] or "").strip(), match["rest"]
        # "2Metro Cebu" is an entry, "24-hour", "2nd" and "4x4" are none; "3.5" and "10:30" are numbers.
        if not gap and not mark and not (rest[0].isupper() and rest[:2] not in ("K ", "D ", "G ")):
            continue
        if rest[0] in ",.%/-":
            continue
        if index == 0 and is_list_title(line.text):
            continue
        text, furniture = strip_furniture(rest)
        before = (match["before"] or "").strip(" .").lower()
        found.append(
            Candidate(index, int(match["rank"]), split_entry(text), (before, mark, bool(gap), False), furniture)
        )
    return found


def _alone(lines: Sequence[Line], index: int, match: re.Match[str]) -> Candidate | None:
    if index + 1 >= len(lines):
        return None
    name = lines[index + 1]
    if name.unit is not None or is_furniture(name.text) or is_section(name.text) or _ALONE.match(name.text):
        return None
    text, furniture = strip_furniture(name.text)
    style = (match["before"] or "", match["mark"] or "", not name.blank_before, True)
    return Candidate(index, int(match["rank"]), split_entry(text), style, furniture, 2)


def _nested(lines: Sequence[Line], candidates: Sequence[Candidate]) -> set[int]:
    """Lines of numbered lists inside a comment, or of another list behind this one: runs 1, 2, 3 that cannot be the"
    " first."""
    nested: set[int] = set()
    first_one: int | None = None
    position = 0
    while position < len(candidates):
        run = [candidates[position]]
        while position + len(run) < len(candidates):
            last, following = run[-1], candidates[position + len(run)]
            if following.index != last.index + last.taken or following.rank != (last.rank or 0) + 1:
                break
            # Items of one list look alike; behind the last of them an entry may go on with the next number.
            apart = lines[following.index].blank_before
            if following.style != last.style or (len(run) > 1 and apart != lines[last.index].blank_before):
                break
            run.append(following)
        head = run[0]
        if head.rank == 1:
            above = lines[head.index - 1] if head.index else None
            inside = (
                above is not None
                and len(run) > 1
                and not is_section(above.text)
                and not is_furniture(above.text)
                and (above.text.endswith(":") or not lines[head.index].blank_before)
                and above.role == "text"
                and head.index > 2
            )
            if inside or (first_one is not None and len(run) > 1):
                nested.update(candidate.index for candidate in run)
            elif first_one is None:
                first_one = head.index
        position += len(run)
    return nested


@dataclass(frozen=True, slots=True)
class _Page:
    """What entries look like on one page."""

    blanks: bool
    style: tuple[str, str, bool, bool] | None = None
    lower_case: bool = False
    headings: bool = False
    doubled: bool = False

    @classmethod
    def of(cls, lines: Sequence[Line], candidates: Sequence[Candidate]) -> _Page:
        return cls(has_blank_lines(lines), headings=any(_is_heading(lines, candidate) for candidate in candidates))

    def informed_by(self, lines: Sequence[Line], chain: Sequence[Candidate]) -> _Page:
        if len(chain) < 3:
            return self
        style, count = Counter(candidate.style for candidate in chain).most_common(1)[0]
        lower = sum(candidate.entry.name[:1].islower() for candidate in chain)
        heads = sum(_is_heading(lines, candidate) for candidate in chain)
        return replace(
            self,
            style=style if count >= 0.6 * len(chain) else None,
            lower_case=lower > len(chain) / 2,
            headings=heads > len(chain) / 2,
        )

    def shape(self, lines: Sequence[Line], candidate: Candidate) -> float:
        entry = candidate.entry
        name = entry.name
        words = name.split()
        score = {"doubled": 4.0, "tab": 1.5, "definition": 1.5, "dash": 1.0, "sentence": 0.0, "whole": 0.0}[
            entry.boundary
        ]
        if entry.boundary == "doubled" and name.islower() and not self.lower_case:
            # "2 trains trains trains" repeats itself, and names nothing.
            score -= 4.0
        score += 1.5 if len(words) <= 5 else 0.5 if len(words) <= 8 else -1.0 if len(words) <= 12 else -4.0
        first = name[:1]
        if first.islower() and not self.lower_case:
            # "11 airports": where entries are known to have capitals, only a gap in the ranks can outweigh it.
            score -= (
                7.0 if name.islower() and self.style is not None else 2.0 if len(words) > 1 or name.islower() else 0.0
            )
        else:
            score += 1.0
        spoken = sum(word.strip(",.!?;:") in _SENTENCE_WORDS for word in words[1:])
        score -= min(6.0, 1.5 * spoken)
        if len(words) > 2 and not self.lower_case:
            plain = sum(word[:1].islower() for word in words)
            score -= 3.0 * max(0.0, plain / len(words) - 0.4)
        score -= 2.0 * bool(_SENTENCE_END.search(name)) + 1.0 * (len(words) > 2 and words[0] in _OPENERS)
        score -= 3.0 * (len(words) > 1 or self.style is not None) * (words[0].lower().strip(",.!?") in _COUNTED)
        if name[-1:] in ".!?…" and len(words) > 2:
            score -= 1.5
        if self.headings:
            score += 3.0 if _is_heading(lines, candidate) else -3.0
        score += self._surroundings(lines, candidate)
        if self.style is not None:
            score += 1.0 if candidate.style == self.style else -1.5
        return score

    def _surroundings(self, lines: Sequence[Line], candidate: Candidate) -> float:
        index = candidate.index
        if index == 0 or lines[index].blank_before:
            score = 0.5
        else:
            above = lines[index - 1].text
            apart = is_furniture(above) or is_section(above) or _RANKED.match(above) or above.startswith("?")
            score = 0.5 if apart or not self.blanks else -2.0
        for above_line in reversed(lines[max(0, index - 12) : index]):
            if is_related_heading(above_line.text):
                return score - 3.0 - 4.0 * is_list_title(lines[index].text)
            if not is_list_title(above_line.text):
                break
        return score


def _is_heading(lines: Sequence[Line], candidate: Candidate) -> bool:
    return any(line.role == "heading" for line in lines[candidate.index : candidate.index + candidate.taken])


def _best_chain(lines: Sequence[Line], candidates: Sequence[Candidate], shapes: Sequence[float]) -> list[Candidate]:
    sections = [index for index, line in enumerate(lines) if is_section(line.text)]
    apart = {candidate.index for candidate in candidates if lines[candidate.index].blank_before}
    up = _chain(candidates, shapes, sections, apart, falling=False)
    down = _chain(candidates, shapes, sections, apart, falling=True)
    # A countdown of two is more likely a list with a rank out of order.
    score, chosen = down if down[0] > up[0] and len(down[1]) > 2 else up
    return [candidates[i] for i in chosen] if score > 0 else []


def _chain(
    candidates: Sequence[Candidate],
    shapes: Sequence[float],
    sections: Sequence[int],
    apart: Collection[int],
    *,
    falling: bool,
) -> tuple[float, list[int]]:
    best: list[float] = []
    previous: list[int | None] = []
    for i, candidate in enumerate(candidates):
        rank = candidate.rank or 0
        score, came_from = (2.0 if rank == 1 and not falling else 0.0), None
        for j in range(max(0, i - _LOOK_BACK), i):
            other = candidates[j]
            if other.index + other.taken > candidate.index:
                continue
            step = (rank - (other.rank or 0)) * (-1 if falling else 1)
            between = any(other.index < section < candidate.index for section in sections)
            adjacent = other.index + other.taken == candidate.index and candidate.index not in apart
            through = best[j] + _step_score(step, between, adjacent)
            if through > score:
                score, came_from = through, j
        best.append(score + shapes[i])
        previous.append(came_from)
    # Nothing behind the last entry confirms it, so it has to look like one: "10 Stars if I could" ends no list.
    ends = [
        value + (2.0 if falling and candidates[i].rank == 1 else 0.0) + 2.0 * min(0.0, shapes[i] + 1.0)
        for i, value in enumerate(best)
    ]
    end = max(range(len(ends)), key=ends.__getitem__)
    chain: list[int] = []
    at: int | None = end
    while at is not None:
        chain.append(at)
        at = previous[at]
    return ends[end], chain[::-1]


def _step_score(step: int, section_between: bool, adjacent: bool) -> float:
    if step == 1:
        return 3.0
    if step == 0:
        # A rank twice: two entries in a row rather than "8 is right" among the comments of entry 8.
        return -1.0 if adjacent or section_between else -3.5
    if step < 0:
        return -5.0 if step >= -2 else _IMPOSSIBLE
    score = 1.75 - 0.75 * step if step <= 4 else -2.0 if step <= 10 else -5.0
    return max(score, 0.5) if section_between else score
