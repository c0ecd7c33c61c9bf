"""The number grammar: every way in which people write a rank, and what interval it means.

``7th``, ``#3``, ``no.7``, ``num 1``, ``numero uno``, ``number one or two``, ``top-ten``, ``between 3 and 5``, ``first
place``, ``a podium place``: one grammar reads them all. It says what a number *could* mean as a rank; whether somebody
argues with it is for the claim rules. What is written alike and is none is told by `components.number_senses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from commentlens.components import number_senses

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINAL_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
)
_ORDINAL_TENS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"


_MISSPELT = {"nineth": 9, "eigth": 8, "eigthth": 8, "twelth": 12, "twelveth": 12, "fiveth": 5, "fourtieth": 40}


def _values() -> dict[str, int]:
    ones = {word: n for n, word in enumerate(_ONES.split(), 1)}
    tens = {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
    ordinal_ones = {word: n for n, word in enumerate(_ORDINAL_ONES.split(), 1)}
    ordinal_tens = {word: 10 * n for n, word in enumerate(_ORDINAL_TENS.split(), 2)}
    small = [(word, n) for word, n in [*ones.items(), *ordinal_ones.items()] if n < 10]
    compound = {f"{ten} {word}": value + n for ten, value in tens.items() for word, n in small}
    rest = {
        "hundred": 100,
        "hundredth": 100,
        "fourty": 40,
        **_MISSPELT,
        "thousand": 1000,
        "million": 1_000_000,
        "uno": 1,
        "dos": 2,
    }
    return {**ones, **tens, **ordinal_ones, **ordinal_tens, **compound, **rest}


_VALUE = _values()
_ORDINAL_WORDS = frozenset(
    word
    for word in _VALUE
    if word.split()[-1] in f"{_ORDINAL_ONES} {_ORDINAL_TENS} hundredth {' '.join(_MISSPELT)}".split()
)
_WORDS = "|".join(sorted((re.escape(word).replace(r"\ ", r"[ -]?") for word in _VALUE), key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,7}"
# What may not stand right after a number that is a rank: letters, decimals, units of measure, thousands in groups.
_NOT_AFTER = (
    r"(?![\w%°]|[.,:]\d|-[^\W\d]"
    r"|\s?(?:%|percent|per\scent|million|billion|thousand|k\b|km|kms|miles?\b|000\b|[$€£]))"
)
_MARK = (
    r"#\s*|n[°º]\s*|№\s*|(?:no|nr|num|nbr)\b\s*[.:-]?\s*#?\s*|no(?=\d)"
    r"|(?:number|numbers|numer|nuber|nubmer|numbr|numbre|numba|numero|número|numéro|nummer)\b\s*[.:-]?\s*#?\s*|n\.\s?(?=\d)"
)
_PLACE_MARK = r"(?:rank|ranked|ranking|position|place|placed|spot|slot)\b\s*(?:at\s+)?[:#]?\s*"
_ATOM_BODY = (
    rf"(?:(?P<top>top)[\s-]*(?:of\s+the\s+)?|(?P<first>first)[\s-]+(?!one\b|\w*(?:st|nd|rd|th)\b)|(?P<mark>{_MARK})|(?P<place>{_PLACE_MARK}))?"
    rf"(?:(?P<ordinal>{_DIGITS})\s?(?:st|nd|rd|th)(?:-?ish)?(?!\w)|(?P<digits>{_DIGITS})(?:-?ish\b)?{_NOT_AFTER}|(?P<word>{_WORDS})(?:-?ish\b)?(?![\w-]))"
)
_ATOM = re.compile(r"(?<![\w$€£.,:/+<-])" + _ATOM_BODY, re.IGNORECASE)
# Most comments hold no number, and most words begin none. These say so of a text in small letters at a fraction of the
# cost: without the first nothing can be found, and every atom begins as the second does.
_SPELT = (
    r"one|two|th(?:ree|ir|ous)|f(?:our|ort|iv|if|irst)|s(?:ix|eve|econd)|eig|nin|ten|eleven|twe|hundred|million|uno|dos"
)
_NUMBER = re.compile(rf"\d|{_SPELT}")
_BEGINS = re.compile(rf"\d|{_SPELT}|top|#|n[or°º.uú]|nbr|№|rank|pos|plac|spot|slot")
# Other letters that count as small ASCII letters where case is ignored.
_LIKE_ASCII = re.compile("[\u017f\u0130\u0131\u212a]")
_JOINED_ATOM = re.compile(_ATOM_BODY, re.IGNORECASE)
_JOIN = re.compile(
    r"\s*(?:(?:,\s*)?(?:or|maybe|perhaps|to|and)\s+(?:(?:maybe|even|perhaps|possibly|at|the|a)\s+){0,3}|[-–/]\s*|,\s*)",
    re.IGNORECASE,
)
_OR_TWO = re.compile(r"\s+or\s+(?:even\s+|maybe\s+)?two\b", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:(?:some)?where\s+)?between\s+(?:the\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:place|spot|position|slot|rank)\b", re.IGNORECASE)
# "Second to last" counts from the other end, "second to none" is praise.
_LAST_TIME = r"last(?!\s+(?:year|month|week|time|night|season|summer|winter|spring|autumn|edition)\b)"
_BACKWARDS = re.compile(
    rf"[\s-]+(?:(?:to|from)[\s-]+(?:the\s+)?(?:very\s+)?(?:last|bottom|end|none|worst)|{_LAST_TIME})\b", re.IGNORECASE
)
_SCORE = re.compile(r"\d+\s*(?:/|out\s+of)\s*\d+", re.IGNORECASE)
# Three stand on it. "Podiums" are many, and a dancer's podium is a stage.
_PODIUM = re.compile(
    r"(?<![\w-])podium(?:[\s-]+(?:place|finish|spot|position|slot))?(?![\w-])(?!\s+(?:dance|girl|ceremon|speech|stage|step))"
    r"|(?<![\w-])(?<=\bthe\s)medals(?![\w-])|(?<![\w-])medal\s+(?:range|contention|contenders?|places?|positions?|material|worthy)(?![\w-])",
    re.IGNORECASE,
)
_ON_PODIUM = 3
_END = r"(?=\s*(?:[.,;:!?)]|$)|\s+(?:and|but|or|because|is|at|then|please|plz|here)\b)"
# "The ten best", "the three first ones", "in the ten": as "top ten".
_BEST = re.compile(
    rf"(?<![\w-])(?:the|in|among|my|your|our|world['’]s)\s+(?P<n>\d{{1,3}}|{_WORDS})\s+(?:very\s+)?(?:best|first|worst)(?:\s+ones)?(?![\w-])"
    rf"|(?<![\w-])(?:the|my|your|our|any)\s+(?:best|worst)\s+(?P<worst>\d{{1,3}}|{_WORDS}){_END}"
    rf"|(?<![\w-])(?<!\d\s)(?:in|into|inside|within|outside(?:\s+of)?|out\s+of|off|miss(?:ed|es)?|ma[dk]es?|crack(?:s|ed)?|reach(?:es|ed)?)\s+(?:the|any)\s+"
    rf"(?P<round>three|five|ten|fifteen|twenty|fifty|hundred|[35]|[125]0|15|100){_END}"
    rf"|(?<![\w-])(?:in|into|inside|within|outside(?:\s+of)?|out\s+of)\s+(?:my|our|your)\s+(?P<own>\d{{1,3}}|{_WORDS}){_END}"
    rf"|(?<![\w-])outside\s+(?:of\s+)?(?P<without>five|ten|twenty|10|20){_END}",
    re.IGNORECASE,
)
# "Somewhere in the thirties", "single digits".
_DECADE = re.compile(
    r"(?<![\w-])(?:in|into|for|around|inside)\s+the\s+(?:(?:low|lower|mid|high|upper|early|late)[\s-]+)?"
    r"(?P<decade>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|[2-4]0s)(?![\w-])"
    r"|(?<![\w-])(?P<digits>single|double)[\s-]digits?(?![\w-])",
    re.IGNORECASE,
)
_DECADES = dict(
    zip(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), range(20, 100, 10), strict=True
    )
)
# A medal stands for a place where it is one thing, given to this entry; a runner-up is second.
_METAL = r"(?P<{}>gold|silver|bronze)"
_MEDAL = re.compile(
    rf"(?<![\w-]){_METAL.format('medal')}\s+medal(?!\s+(?:win|match|game|ceremon|in\b|at\b))(?![\w-])"
    rf"|(?<![\w-])(?:deserves?|deserved|earns?|earned|(?:give|gives|hand)\s+(?:it|this|us|them))\s+(?:the\s+)?{_METAL.format('given')}(?![\w-]){_END}"
    rf"|(?<![\w-])(?:with|about|only|just|be|how|worth|demand|claim|accepts?|than|not|call\s+it|make\s+it|close\s+to|near)\s+(?:the\s+|a\s+)?{_METAL.format('named')}{_END}"
    rf"|(?<![\w-])(?:for|want|take|takes|hold|holds|have|has|get|gets|won|win|wins)\s+the\s+{_METAL.format('won')}{_END}"
    rf"|(?:^|[.!?]\s*){_METAL.format('cried')}(?=\s*(?:[.!?]|$)|\s+(?:behind|please|pls|correct|fair|fine|fits|suits|it\s+is|works|already|at\s+(?:the\s+)?(?:very\s+)?(?:worst|least|best|most))\b)"
    rf"|(?:^|[.!?,;]\s*){_METAL.format('judged')}(?=\s+(?:sounds|seems|looks|feels|suits|fits|would\s+be|is\s+(?:fair|right|fine|ok|okay|deserved|about))\b)"
    r"|(?<![\w-])(?P<second>runner[\s-]?up)(?![\w-])",
    re.IGNORECASE,
)
_MEDALS = {"gold": 1, "silver": 2, "bronze": 3}
# "Second worst" at the end of what is said, not "the second worst road".
_SUPERLATIVE = re.compile(
    rf"(?<![\w-])(?P<ordinal>{'|'.join(_ORDINAL_ONES.split()[1:10])}|\d{{1,2}}(?:nd|rd|th))\s+(?:worst{_END}|(?:most\s+\w+|\w+est)(?=\s*\?))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RankExpression:
    """A rank or interval as written.

    ``start``, ``end``: characters, end exclusive. ``best``, ``worst``: the interval, inclusive. ``marked``: it carries
    its own sign of being a rank (``#7``, ``7th``, ``top 5``), a bare ``7`` does not. ``top``: written as ``top N``.
    ``ordinal_word``: a spelt ordinal (``second``), which may also be an adverb or a unit of time.
    """

    start: int
    end: int
    best: int
    worst: int
    marked: bool
    top: bool = False
    ordinal_word: bool = False


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    value: int
    marked: bool
    top: bool
    ordinal_word: bool


def _atom(match: re.Match[str]) -> _Atom | None:
    word = match["word"]
    top = bool(match["top"] or match["first"])
    marked = bool(top or match["mark"] or match["place"] or match["ordinal"])
    if word:
        key = re.sub(r"[\s-]+", " ", word.lower())
        value = _VALUE.get(key) or _VALUE.get(re.sub(r"^(\w+ty)\s?", r"\1 ", key), 0)
        ordinal_word = key in _ORDINAL_WORDS
        # "no one" and "no two cities" deny; only "no. one" counts. A bare "one" is a pronoun, but for "one or two".
        if match["mark"] and match["mark"].lower().strip() == "no":
            return None
        alone = not (key == "one" and _OR_TWO.match(match.string, match.end()))
        if not marked and not ordinal_word and alone and key in {"one", "uno", "dos", "hundred", "thousand", "million"}:
            return None
        marked = marked or ordinal_word
    else:
        value = int((match["ordinal"] or match["digits"]).replace(",", ""))
        ordinal_word = False
        if not marked and (1900 <= value <= 2100 or value > 1000):
            return None
    if value < 1:
        return None
    return _Atom(match.start(), match.end(), value, marked, top, ordinal_word)


def find_ranks(text: str) -> Iterator[RankExpression]:
    """Find the rank expressions of a text, left to right, not overlapping."""
    if _LIKE_ASCII.search(text):
        # The text in small letters says nothing sure of these.
        return _merged(list(_find_named(text)), _find_numbers(text, None))
    small = text.lower()
    named = list(_find_named(text)) if _may_name(small) else []
    return _merged(named, _find_numbers(text, small) if _NUMBER.search(small) else iter(()))


_NAMING = ("podium", "medal", "best", "first", "worst", "ties", "0s", "digit", "gold", "silver", "bronze", "runner")
_ROUND = re.compile(
    r"(?:the|any)\s+(?:three|five|ten|fifteen|twenty|fifty|hundred|[35]|[125]0|15|100)"
    r"|(?:in|to|side|with|of)\s+(?:my|our|your)\s|outside|est\s*\?|most\s+\w+\s*\?"
)


def _may_name(small: str) -> bool:
    """Whether a text in small letters holds what each pattern of `_find_named` needs something of."""
    return any(word in small for word in _NAMING) or _ROUND.search(small) is not None


def _merged(named: list[RankExpression], numbers: Iterator[RankExpression]) -> Iterator[RankExpression]:
    """Both in text order; a number inside of what is named is part of it."""
    named.sort(key=lambda rank: rank.start)
    if not named:
        return numbers
    free = (r for r in numbers if not any(r.start < n.end and n.start < r.end for n in named))
    return iter(sorted((*free, *named), key=lambda rank: rank.start))


def _find_named(text: str) -> Iterator[RankExpression]:
    """Ranks that are said without a rank's own form: the podium, medals, the ten best, the thirties, second worst."""
    for match in _PODIUM.finditer(text):
        yield RankExpression(match.start(), match.end(), 1, _ON_PODIUM, marked=True, top=True)
    for match in _BEST.finditer(text):
        group = str(match.lastgroup)
        value = cardinal(match[group])
        if 1 < value <= 100:
            yield RankExpression(match.start(group), match.end(), 1, value, marked=True, top=True)
    for match in _DECADE.finditer(text):
        group = "decade" if match["decade"] else "digits"
        said = match[group].lower()
        if group == "decade":
            best = _DECADES.get(said) or int(said[:2])
            yield RankExpression(match.start(group), match.end(), best, best + 9, marked=False)
        else:
            best, worst = (1, 9) if said == "single" else (10, 99)
            yield RankExpression(match.start(), match.end(), best, worst, marked=False)
    for match in _MEDAL.finditer(text):
        group = str(match.lastgroup)
        place = _MEDALS.get(match[group].lower(), 2)
        yield RankExpression(match.start(group), match.end(), place, place, marked=True)
    for match in _SUPERLATIVE.finditer(text):
        said = match["ordinal"].lower()
        place = _VALUE.get(said) or int(re.sub(r"\D", "", said))
        yield RankExpression(match.start(), match.end(), place, place, marked=True)


def cardinal(said: str) -> int:
    """Value of a cardinal, in digits or spelt; 0 for an ordinal and for anything else."""
    if said.isdigit():
        return int(said)
    key = re.sub(r"[\s-]+", " ", said.lower())
    return 0 if key in _ORDINAL_WORDS else _VALUE.get(key, 0)


def _first_atom(text: str, small: str | None, position: int) -> re.Match[str] | None:
    """The first atom from a place on; ``small``: the text in small letters, None where that says nothing of it."""
    if small is None:
        return _ATOM.search(text, position)
    while begin := _BEGINS.search(small, position):
        if match := _ATOM.match(text, begin.start()):
            return match
        position = begin.start() + 1
    return None


def _find_numbers(text: str, small: str | None) -> Iterator[RankExpression]:
    position = 0
    while match := _first_atom(text, small, position):
        position = match.end()
        if score := _SCORE.match(text, match.start()):
            position = score.end()
            continue
        first = _atom(match)
        if first and first.marked and _BACKWARDS.match(text, first.end):
            continue
        if first is None:
            position = match.end() if match["word"] else match.start() + 1
            continue
        between = _BETWEEN.search(text, max(0, first.start - 30), first.start)
        moved = _FROM.search(text, max(0, first.start - 10), first.start)
        atoms = [first]
        while not first.top and not moved and (following := _joined(text, atoms[-1], bool(between))):
            atoms.append(following)
        position = atoms[-1].end
        tail = _TAIL.match(text, position)
        if tail:
            position = tail.end()
        elif len(atoms) == 1 and _is_no_rank(text, first, match):
            continue
        values = [atom.value for atom in atoms]
        paired = len(atoms) > 1
        yield RankExpression(
            start=between.start() if between and paired else first.start,
            end=position,
            best=1 if first.top else min(values),
            worst=max(values),
            marked=bool(tail) or any(atom.marked for atom in atoms) or (paired and _is_somewhere(between)),
            top=first.top,
            ordinal_word=first.ordinal_word and not paired and not tail,
        )


def _is_somewhere(between: re.Match[str] | None) -> bool:
    """Whether an interval is one of places: "somewhere between 5 and 10"."""
    return between is not None and between[0].lower().startswith("some")


def _is_no_rank(text: str, atom: _Atom, match: re.Match[str]) -> bool:
    """Whether a single number dates, counts or labels something."""
    start, end, value = atom.start, atom.end, atom.value
    if atom.top:
        return False
    if match["mark"]:
        # Only "no" without a dot may also deny.
        denies = match["mark"].lower().strip() == "no" and not match["ordinal"]
        return denies and number_senses.is_denied(text, end, value)
    if match["place"]:
        return False
    if atom.ordinal_word and number_senses.is_time_or_fraction(text, start, end, value):
        return True
    if atom.marked:
        return number_senses.is_dated(text, start, end) or number_senses.counts_something(text, end)
    return number_senses.is_dated(text, start, end) or number_senses.is_label_or_chance(text, start, end, value)


def _joined(text: str, atom: _Atom, between: bool) -> _Atom | None:
    """The next number of ``1 or 2``, ``3-4``, ``between 3 and 5``; None where there is none."""
    join = _JOIN.match(text, atom.end)
    if not join:
        return None
    joiner = (join.group().strip(" \n,").split() or [","])[0].lower()
    if joiner == "and" and not between:
        return None
    match = _JOINED_ATOM.match(text, join.end())
    following = _atom(match) if match else None
    if following is None or following.top:
        return None
    # "747-8" is a name, no range.
    if joiner in {"-", "–"} and len(str(atom.value)) - len(str(following.value)) > 1:
        return None
    # "1, 2" reads as a pair only where the first is marked and the second is not ("no. 1, 2"); else it enumerates.
    if joiner == "," and (following.marked or not atom.marked or following.value != atom.value + 1):
        return None
    return following
