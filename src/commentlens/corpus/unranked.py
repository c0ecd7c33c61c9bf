"""Entries without a rank: ``? Bergen``, the plain names under "The Newcomers", a name doubled before its blurb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commentlens.corpus.lines import Line, is_furniture, is_section, is_unranked_section, strip_furniture
from commentlens.corpus.names import same_name, split_entry
from commentlens.corpus.ranks import Candidate

_QUESTION = re.compile(r"^[*_#\s]*\?{1,2}[.):]?\s+(?P<rest>[^\W_].*)$")
_SPOKEN = re.compile(r"\b(?:I|I'm|my|you|your|we|our|me)\b|[!?]")
_LONGEST = 6


def find_unranked(lines: Sequence[Line], ranked: Sequence[Candidate]) -> list[Candidate]:
    """All entries in page order: the ranked ones given, and those that the page shows without a rank."""
    taken = {candidate.index + offset for candidate in ranked for offset in range(candidate.taken)}
    first = min(taken)
    by_index = {candidate.index: candidate for candidate in ranked}
    marked = {index for index, line in enumerate(lines) if line.unit is None and _QUESTION.match(line.text)}
    unranked_part = False
    found = list(ranked)
    for index, line in enumerate(lines):
        if line.unit is not None or line.role not in ("text", "heading"):
            continue
        if is_section(line.text):
            unranked_part = is_unranked_section(line.text)
            continue
        if index in taken or is_furniture(line.text):
            if index in by_index:
                unranked_part = False
            continue
        if _repeats_entry(line, found, index):
            continue
        rest = None
        if index in marked:
            match = _QUESTION.match(line.text)
            rest = match["rest"] if match else None
        elif (unranked_part and not any(i > index - 2 for i in marked) and _is_name(line, lines, index)) or (
            index > first and (_is_doubled(line) or _is_between(lines, index, by_index))
        ):
            rest = line.text
        if rest is not None:
            text, furniture = strip_furniture(rest)
            found.append(Candidate(index, None, split_entry(text), ("?", "", True, False), furniture))
    return sorted(found, key=lambda candidate: candidate.index)


def _repeats_entry(line: Line, found: Sequence[Candidate], index: int) -> bool:
    """Whether the name that stands doubled here is that of the entry above: its blurb, or a cheer, but no new entry."""
    entry = split_entry(line.text)
    above = max((c for c in found if c.index < index), key=lambda c: c.index, default=None)
    return entry.boundary == "doubled" and above is not None and same_name(entry.name, above.entry.name)


def _is_name(line: Line, lines: Sequence[Line], index: int) -> bool:
    """Under "The Newcomers": a short capitalised line that says nothing."""
    entry = split_entry(line.text)
    if entry.boundary == "doubled":
        return True
    words = line.text.split()
    capital = all(
        word[:1].isupper() or word[:1].isdigit() or word.lower() in {"of", "the", "de", "la", "and"} for word in words
    )
    apart = line.blank_before or is_section(lines[index - 1].text)
    return len(words) <= _LONGEST and capital and line.text[-1].isalnum() and apart


def _is_doubled(line: Line) -> bool:
    """``Tokyo Tokyo, officially …``: a name doubled in one spelling and a sentence of no one in particular."""
    entry = split_entry(line.text)
    return (
        entry.boundary == "doubled"
        and entry.blurb is not None
        and len(line.text.split()) >= 8
        and entry.name[:1].isupper()
        and entry.blurb.startswith(entry.name)
        and not _SPOKEN.search(line.text)
    )


def _is_between(lines: Sequence[Line], index: int, ranked: dict[int, Candidate]) -> bool:
    """A short name between two entries, without blank lines, where just one rank is missing."""
    above, below = ranked.get(index - 1), ranked.get(index + 1)
    if above is None or below is None or lines[index].blank_before or lines[index + 1].blank_before:
        return False
    words = lines[index].text.split()
    return (
        abs((below.rank or 0) - (above.rank or 0)) == 2
        and len(words) <= _LONGEST
        and all(word[:1].isupper() for word in words)
        and lines[index].text[-1].isalnum()
    )
