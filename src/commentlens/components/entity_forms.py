"""The forms in which people write the name of a list's entry: without its article, in digits, in short, in initials."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commentlens.components.entity_types import Form
from commentlens.knowledge.companies import Companies, spellings
from commentlens.knowledge.names import BOUNDARY, acronym, fold
from commentlens.knowledge.places import Places
from commentlens.records import Label

DIGITS = {"ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
_NUMBERS = dict(zip("two three four five six seven eight nine ten".split(), "2 3 4 5 6 7 8 9 10".split(), strict=True))
_ROMAN = {digit: roman for roman, digit in DIGITS.items()}
_APOSTROPHE_S = re.compile(r"['’]s\b")
_BRACKETS = re.compile(r"\s*[\(\[].*?[\)\]]\s*")
# A short form must stand out: rarer than this (zipf), and long enough.
_SHORT_MAX_ZIPF = 3.9
_SHORT_MIN_LETTERS = 4
# Words that end no short form: what they belong to has been cut off.
_SMALL_WORDS = frozenset("a an the of and or in on at to for from by with n vs my your its".split())
# At least one word of a prefix must be rarer than this (zipf), or the prefix counts only in capitals.
_PREFIX_MAX_ZIPF = 4.5
# What kind of company it is, and not which: left out when people know what they talk about.
_GENERIC = frozenset(
    """
    airlines airline airways air motors motor game games studio studios entertainment interactive bank group electronics
    wireless mobile telecom communications foods hotels hotel pharmaceuticals cars auto automobiles technologies
    technology systems software computers stores supermarkets insurance energy oil corporation company inc ltd co corp
    burger pizza coffee donuts chicken sandwiches cola brothers bros restaurants
    """.split()
)
# "Star Wars: Episode V – The Empire Strikes Back" has three parts.
_BETWEEN_PARTS = re.compile(r":\s+|\s+[–—-]\s+")
_COUNTING = frozenset("episode part volume vol chapter book season act version".split())
_SHORT_ALIAS = 3
_GLUED_LETTERS = 6


def full_forms(name: str) -> list[str]:
    """The name itself, without its article or brackets, with digits for Roman numerals, with "and" for "&"."""
    forms = [fold(name), fold(_BRACKETS.sub(" ", name)), fold(_APOSTROPHE_S.sub("s", name))]
    for form in list(forms):
        forms.append(form.removeprefix("the "))
        if "&" in form:
            forms.append(" ".join(form.replace("&", " and ").split()))
        elif " and " in form:
            forms.append(form.replace(" and ", " & "))
    for form in list(forms):
        words = form.split(" ")
        if len(words) > 1:
            forms.append(" ".join(DIGITS.get(word, word) for word in words))
            forms.append(" ".join(_ROMAN.get(word, word) for word in words))
            forms.append(" ".join(_NUMBERS.get(word, word) for word in words))
            if len(form) >= 8:
                forms.append(form.replace(" ", "").replace(BOUNDARY, ""))
    plain = [" ".join(form.replace(BOUNDARY, " ").split()) for form in forms if BOUNDARY in form]
    return [form for form in dict.fromkeys([*forms, *plain]) if form]


def company_forms(name: str, companies: Companies) -> list[str]:
    """The other names of a known company, but those that are words."""
    sense = companies.lookup(fold(name))
    if sense is None:
        return []
    company = sense.company
    written = [name for name in (company.name, *company.aliases) if name not in company.common]
    return list(dict.fromkeys(form for name in written for form in spellings(name)))


def loose_forms(name: str, label: Label, places: Places, companies: Companies) -> list[tuple[str, Form]]:
    """Shorter forms that hold only if no other entry shares them: title before a colon, one word, initials."""
    forms: list[tuple[str, Form]] = []
    written = _BRACKETS.sub(" ", name).strip()
    bare = _APOSTROPHE_S.sub("s", written)
    for variant in dict.fromkeys((written, bare)):
        parts = [fold(part).removeprefix("the ") for part in _BETWEEN_PARTS.split(variant)]
        if len(parts) > 1:
            # "Star Wars: Episode V" without what follows, and what follows the first part, too.
            behind = fold(_BETWEEN_PARTS.split(variant, maxsplit=1)[1]).removeprefix("the ")
            forms.extend(
                (part, "short") for part in dict.fromkeys((*parts, behind)) if part and _is_short(part, places)
            )
            forms.extend(_part_initials(parts, places))
            # "The Legend of Zelda: …" is Zelda.
            forms.extend((last, "short") for last in (parts[0].split(" ")[-1],) if _stands_out(last, places))
    words = fold(bare).replace(BOUNDARY, " ").removeprefix("the ").split()
    if len(words) >= 2:
        forms.extend(
            (word, "short")
            for word in (words[0], words[-1])
            if _stands_out(word, places)
            and not (label == "COMPANY" and word in _GENERIC)
            and not (label == "CITY" and places.lookup(word))
            and not (label == "ENTRY" and companies.lookup(word))
        )
        if words[-1] in DIGITS or words[-1].isdigit():
            forms.append((" ".join(words[:-1]), "short"))
        if label == "ENTRY":
            said = {form for form, _ in forms}
            forms.extend((prefix, "prefix") for prefix in _prefixes(words, places, companies) if prefix not in said)
            # "Nissan GT-R" is the GT-R to those who talk about cars.
            made_by = next((n for n in (2, 1) if n < len(words) and companies.lookup(" ".join(words[:n]))), 0)
            model = " ".join(words[made_by:])
            if made_by and (len(model) > 2 or any(sign.isdigit() for sign in model)):
                forms.append((model, "short"))
            if made_by and made_by < len(words) - 1 and _stands_out(words[made_by], places):
                # "Ducati Panigale V4" is the Panigale.
                forms.append((words[made_by], "short"))
        if label == "COMPANY" and words[-1] in _GENERIC:
            bare_words = words[:-1]
            forms.append((" ".join(bare_words), "short"))
            if len(bare_words) > 1 and len(glued := "".join(bare_words)) >= _GLUED_LETTERS:
                # "innout" is In-N-Out Burger.
                forms.append((glued, "short"))
        short = acronym(bare.removeprefix("The "))
        if (
            short
            and len(short) >= (2 if label in ("CITY", "COMPANY") else 3)
            and (label == "ENTRY" or _is_rare(short, places))
        ):
            forms.append((short, "acronym"))
    forms.extend(_numbered_initials(words, places))
    if label == "COMPANY":
        forms.extend(_short_aliases(name, companies))
    return [(form, how) for form, how in forms if len(form) >= 2]


def _is_short(part: str, places: Places) -> bool:
    """Whether a part of a title says which: not "Episode V", not "Part One"."""
    words = part.split(" ")
    if len(words) == 2 and words[0] in _COUNTING and (words[1].isdigit() or words[1] in DIGITS or len(words[1]) > 1):
        return False
    return len(words) > 1 or _stands_out(part, places)


def _part_initials(parts: Sequence[str], places: Places) -> list[tuple[str, Form]]:
    """Initials of a title's parts: "GTA SA" and "GTA San Andreas", "ROTK", "MGS3"."""
    forms: list[tuple[str, Form]] = []
    short = [acronym(part) or "" for part in parts]
    forms.extend((initials, "acronym") for initials in short if len(initials) >= _SHORT_ALIAS)
    for part in parts:
        forms.extend(_numbered_initials(part.replace(BOUNDARY, " ").split(), places))
    head = short[0]
    for part, initials in zip(parts[1:], short[1:], strict=True):
        if head:
            forms.append((f"{head} {part}", "short"))
        if initials and len(head + initials) > _SHORT_ALIAS:
            forms.append((f"{head}{initials}", "acronym"))
        if initials:
            forms.append((f"{head or parts[0]} {initials}", "acronym"))
    return forms


def _numbered_initials(words: Sequence[str], places: Places) -> list[tuple[str, Form]]:
    """ "Red Dead Redemption 2" is RDR2, and where it is the only one RDR."""
    before_number = words[:-1] if words and (words[-1] in DIGITS or words[-1].isdigit()) else []
    if len(before_number) < 2:
        return []
    initials = "".join(word[0] for word in before_number)
    last = words[-1]
    numbers = sorted({last, DIGITS.get(last, last), _ROMAN.get(last, last)})
    forms: list[tuple[str, Form]] = [(f"{initials}{blank}{n}", "acronym") for n in numbers for blank in ("", " ")]
    if places.zipf(initials) < _SHORT_MAX_ZIPF:
        forms.append((initials, "acronym"))
    return forms


def _short_aliases(name: str, companies: Companies) -> list[tuple[str, Form]]:
    """Aliases in capitals that are words too, "MS": on a list of companies they are the entry's, in capitals."""
    sense = companies.lookup(fold(name))
    aliases = sense.company.common if sense is not None else ()
    return [(fold(alias), "acronym") for alias in aliases if alias.isupper() and len(alias) <= _SHORT_ALIAS]


def _prefixes(words: Sequence[str], places: Places, companies: Companies) -> list[str]:
    """ "Diddy Kong" of "Diddy Kong Racing", "F-Zero" of "F-Zero GX"; nothing that is a place, a company or a torso."""
    found = [" ".join(words[:count]) for count in range(2, len(words))]
    return [
        prefix
        for prefix in found
        if not _SMALL_WORDS.intersection((words[0], prefix.rsplit(" ", 1)[-1]))
        and not places.lookup(prefix)
        and not companies.lookup(prefix)
    ]


def needs_capitals(name: str, places: Places) -> bool:
    """Whether a prefix of an entry's name is made of frequent words only ("Red Dead"); a lone letter is no word."""
    return all(len(word) > 1 and places.zipf(word) >= _PREFIX_MAX_ZIPF for word in name.split(" "))


def _is_rare(word: str, places: Places) -> bool:
    return places.zipf(word) < _SHORT_MAX_ZIPF


def _stands_out(word: str, places: Places) -> bool:
    return len(word) >= _SHORT_MIN_LETTERS and places.zipf(word) < _SHORT_MAX_ZIPF and not word.isdigit()
