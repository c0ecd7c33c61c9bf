"""Numbers that are written like ranks and count, date or label something else: ``May 5th``, ``a second``, ``line 7``.

Part of the number grammar (`components.ranks`). Closed lists of words for time, money, measures and series; no
vocabulary of a list or a subject.
"""

from __future__ import annotations

import re

from commentlens.knowledge.words import words

_MONTHS = (
    "january|february|april|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
# "May" and "march" are also verbs ("7th may be too low"): without "of" they are months only with their capital.
_MONTH = rf"(?:(?i:{_MONTHS})|May|March|MARCH)\b"
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.?\s+(?:the\s+)?$")
_MONTH_AFTER = re.compile(rf"\s+(?:{_MONTH}|(?i:of\s+(?:{_MONTHS}|may|march))\b)")
# What counts its own members; a number after it is a name ("line 7", "day 1").
_SERIES = re.compile(
    r"\b(?:floor|line|gate|terminal|room|route|bus|tram|platform|channel|page|chapter|episode|season|part|day|week|level"
    r"|phase|zone|district|ward|exit|highway|pier|section|war|age|aged|call|dial|version|category|tier)\s+$",
    re.IGNORECASE,
)
# "A second", "per second", "a third of them": a time or a fraction. "A close second" and "a second place" are ranks.
_A = re.compile(r"(?<!\w)(?:an?|one|per|every|each|split|this|any)\s+$", re.IGNORECASE)
_FRACTION = re.compile(r"\s+of\b", re.IGNORECASE)
_SPEECH = re.compile(r"\s+(?:of\s+all|off|and\s+foremost)\b", re.IGNORECASE)
_AT_FIRST = re.compile(r"(?<!\w)at\s+$", re.IGNORECASE)
# Things that an ordinal counts, or "no" denies: they follow it ("1st time", "5th avenue", "no 7 hours").
_COUNTED = re.compile(
    r"\s+(?:times?|floors?|avenues?|ave|streets?|centur(?:y|ies)|chances?|visits?|trips?|glances?|sights?|impressions?|thoughts?"
    r"|grade|graders?|generation|language|halves|half|nights?|days?|weeks?|months?|years?|hours?|minutes?|hrs?|mins?|dates?"
    r"|anniversary|birthday|worlds?|euros?|dollars?|pounds?|bucks|rupees|stars?|degrees)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\s+(?:cares?|knows?|wants?|likes?|else|believes?|asked|told|says?|said|talks?|visits?|remembers?|understands?"
    r"|agrees?)\b",
    re.IGNORECASE,
)
_DECADE_BEFORE = re.compile(r"(?<!\w)(?:the|my|your|his|her|their|our|mid|early|late|in)[\s-]+$", re.IGNORECASE)
_DECADE_AFTER = re.compile(r"['’`´]s\b", re.IGNORECASE)
_FEET = re.compile(r"['’`´]\d")
_CHANCE_AFTER = re.compile(r"\s+in\s+(?:every\s+)?(?:\d|two|three|four|five|ten)", re.IGNORECASE)
_CHANCE_BEFORE = re.compile(r"\b(?:\d+|one|two|three)\s+in\s+(?:every\s+)?$", re.IGNORECASE)
_SOME_OF = re.compile(r"\s+of\s+(?:them|those|these|us|you|my|our)\b", re.IGNORECASE)
_MANY = re.compile(r"\s+(people|\w{2,}s)\b", re.IGNORECASE)
_NEAR = 20  # characters looked back: the longest word here with its article


def is_dated(text: str, start: int, end: int) -> bool:
    """Whether a month stands beside the number at ``start`` to ``end`` (characters): "5th of May", "May 5th"."""
    return bool(_MONTH_AFTER.match(text, end) or _MONTH_BEFORE.search(text, max(0, start - _NEAR), start))


def counts_something(text: str, end: int) -> bool:
    """Whether an ordinal is followed by what it counts: "1st time", "21st century"."""
    return bool(_COUNTED.match(text, end))


def is_denied(text: str, end: int, value: int) -> bool:
    """Whether "no" before a number of that value denies it: "no 2 towns are alike", "no 1 cares"."""
    if _COUNTED.match(text, end):
        return True
    if value == 1:
        return bool(_NOBODY.match(text, end))
    many = _MANY.match(text, end)
    classes = words().classes
    return many is not None and many[1].lower() not in classes.after_rank | classes.verbs


def is_time_or_fraction(text: str, start: int, end: int, value: int) -> bool:
    """Whether a spelt ordinal is none: "wait a second", "a third of the people", "first of all", "at first"."""
    if value == 1:
        return bool(_SPEECH.match(text, end) or _AT_FIRST.search(text, max(0, start - _NEAR), start))
    if value == 2:
        return bool(_A.search(text, max(0, start - _NEAR), start))
    return bool(_A.search(text, max(0, start - _NEAR), start) and _FRACTION.match(text, end))


def is_label_or_chance(text: str, start: int, end: int, value: int) -> bool:
    """Whether a bare number is a name, a decade, a height or a share: "line 7", "the 90's", "5'11", "1 in 5"."""
    before = max(0, start - _NEAR)
    decade = value % 10 == 0 and _DECADE_AFTER.match(text, end) and _DECADE_BEFORE.search(text, before, start)
    return bool(
        decade
        or _FEET.match(text, end)
        or (start > 1 and text[start - 1] in "'’" and text[start - 2].isdigit())
        or _SERIES.search(text, before, start)
        or _SOME_OF.match(text, end)
        or _CHANCE_AFTER.match(text, end)
        or _CHANCE_BEFORE.search(text, before, start)
    )
