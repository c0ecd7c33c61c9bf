"""What people in a hurry make of a careful text: case, blanks, apostrophes and letters go astray, the names stay known.

Every kind of noise is a set of edits of the text (`Edit`), and `edited` moves the names along, so that no kind needs to
know of offsets. Kinds are drawn apart from each other, so a text may get several or none.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from commentlens.errors import CommentlensError, field_message
from commentlens.training.entity_edits import Edit, edited, parts_of, trimmed
from commentlens.training.entity_examples import Example


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """How probable each kind of noise is, 0 to 1, apart from the others; of the four of case at most one is applied.

    Case: ``lower``, all in small letters; ``lower_names``, the names only; ``upper``, all in capitals; ``title``, a
    capital for every word. ``small_start``: no capital at the start. Marks: ``no_accents`` (of texts that have any);
    ``no_apostrophes`` ("dont", "Ricks": the name is then the whole word); ``curly``, curly apostrophes and quotes;
    ``no_end``, no full stop at the end; ``repeated``, "!!!" and "..."; ``emoji`` at the end. Blanks: ``tokenised``
    ("do n't", "Rick 's ."); ``no_blank`` after commas and full stops; ``blank_before`` commas. Letters: ``typo``, a
    letter or two of a name or word swapped, dropped, doubled or mistaken; ``long_word`` ("soooo"); ``short_words``
    ("u", "pls"); ``tag``, a name as #Name or @Name. ``escaped``: "&amp;" as some sources give it.

    Raises:
        CommentlensError: If one is not from 0 to 1.
    """

    lower: float = 0.2
    lower_names: float = 0.06
    upper: float = 0.05
    title: float = 0.03
    small_start: float = 0.08
    no_accents: float = 0.6
    no_apostrophes: float = 0.12
    curly: float = 0.05
    no_end: float = 0.2
    repeated: float = 0.07
    emoji: float = 0.06
    tokenised: float = 0.2
    no_blank: float = 0.05
    blank_before: float = 0.03
    typo: float = 0.08
    long_word: float = 0.03
    short_words: float = 0.06
    tag: float = 0.06
    escaped: float = 0.05

    def __post_init__(self) -> None:
        """Check the numbers; see the class."""
        for one in fields(self):
            value = getattr(self, one.name)
            if not 0 <= value <= 1:
                raise CommentlensError(field_message("Noise", one.name, value, "a number from 0 to 1"))


USUAL = Noise()
_AT = 0.1

_WORD = re.compile(r"[^\W\d_]+")
_INITIAL = re.compile(r"(?<![\w'’])[^\W\d_]")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=[^\W\d_])")
_NOT = re.compile(r"(?<=[a-zA-Z])n['’]t\b", re.I)
_CLITIC = re.compile(r"(?<=\w)['’](?:s|re|ve|ll|d|m)\b", re.I)
_MARK = re.compile(r"[!?]+|[;()\"“”…]|[,:](?!\d)|\.(?=\s*$)")
_END = re.compile(r"[.!?]+$")
_COMMA = re.compile(r", (?=\S)|(?<=[a-z]{2}\.) (?=\S)")
_BEFORE = re.compile(r"(?<=\w)(?=,(?!\d))")
_STOP = re.compile(r"(?<=[^\W\d_])\.")
_TAGGED = re.compile(r"[@#](?=\w)")
_VOWEL = re.compile(r"[aeiou](?=[^\W\d_]{0,2}\b)", re.I)
_URL = re.compile(r"\S*(?:https?://|www\.|@\w+\.)\S*")
_SHORT = {
    "you": "u", "are": "r", "your": "ur", "please": "pls", "thanks": "thx", "because": "bc", "and": "&", "with": "w/",
    "people": "ppl", "to": "2", "for": "4", "great": "gr8", "before": "b4", "really": "rly", "very": "v", "okay": "k",
    "tonight": "2nite", "tomorrow": "tmrw", "though": "tho", "love": "luv", "i'm": "im", "going": "goin",
}  # fmt: skip
_SHORT_WORD = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b", re.I)
_EMOJI = ("😂", "😍", "🔥", "👍", "🙏", "😭", "❤️", "😡", "🤔", "🎉")
_SMILEYS = (":)", ":D", ";)", ":(", "<3", "xD", ":-)", ":P", "lol", "xx")
_NO_LOWER = frozenset(
    "US IT WHO IN OR ME HI OH OK MA PA ID AL DE MO LA ICE AM IS AS AT ON TO WE HE AN NO SO MAY CAN AIDS".split()
)
_NEAR = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiopqsdfghjkkxcvbnmn", strict=False))


def noisy(example: Example, rng: random.Random, noise: Noise = USUAL) -> Example:
    """The example as somebody in a hurry would have typed it.

    Args:
        example: spans and unknown parts go along with their text.
        rng: draws the kinds of noise and where they act.
        noise: how probable each kind is.

    Returns:
        An example with the same number of spans and unknown parts, in the same order, with the same labels.
    """
    for name, change in _CHANGES:
        if rng.random() < getattr(noise, name):
            example = change(example, rng)
    return _cased(example, rng, noise)


def _free(example: Example, start: int, end: int) -> bool:
    """Whether a part of the text touches no name, nothing unknown and no address."""
    return not any(first < end and start < last for first, last in _blocked(example))


def _blocked(example: Example) -> Iterator[tuple[int, int]]:
    yield from parts_of(example)
    for match in _URL.finditer(example.text):
        yield match.span()


def _same_length(text: str, change: Callable[[str], str]) -> str:
    """Letter by letter, so that no offset moves; letters that would become two stay."""
    return "".join(new if len(new := change(letter)) == 1 else letter for letter in text)


def _with_text(example: Example, text: str) -> Example:
    return Example(text=text, spans=example.spans, unknown=example.unknown, source=example.source)


def _cased(example: Example, rng: random.Random, noise: Noise) -> Example:
    text, drawn = example.text, rng.random()
    if drawn < noise.lower:
        return _with_text(example, _lowered(example, ((0, len(text)),)))
    drawn -= noise.lower
    if drawn < noise.lower_names:
        return _with_text(example, _lowered(example, [(start, end) for start, end, _ in example.spans]))
    drawn -= noise.lower_names
    if drawn < noise.upper:
        return _with_text(example, _same_length(text, str.upper))
    drawn -= noise.upper
    if drawn < noise.title:
        return _with_text(example, _INITIAL.sub(lambda match: _same_length(match.group(), str.upper), text))
    if rng.random() < noise.small_start and _free(example, 0, 1):
        return _with_text(example, _same_length(text[:1], str.lower) + text[1:])
    return example


def _lowered(example: Example, parts: Iterable[tuple[int, int]]) -> str:
    """The text with parts in small letters; names that would be read as other words keep their capitals."""
    text = example.text
    for start, end in parts:
        text = text[:start] + _same_length(text[start:end], str.lower) + text[end:]
    for start, end, _ in example.spans:
        # "the us" can still be read, "us" alone cannot.
        if example.text[start:end] in _NO_LOWER and example.text[max(0, start - 4) : start].lower() != "the ":
            text = text[:start] + example.text[start:end] + text[end:]
    return text


def _no_accents(example: Example, _rng: random.Random) -> Example:
    def plain(letter: str) -> str:
        return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))

    if example.text.isascii():
        return example
    # Letters only: the macron of "¯\\_(ツ)_/¯" would become a blank.
    latin = (letter if not letter.isalpha() or ord(letter) > 0x24F else None for letter in example.text)
    return _with_text(
        example,
        "".join(_same_length(old, plain) if new is None else new for old, new in zip(example.text, latin, strict=True)),
    )


def _no_apostrophes(example: Example, _rng: random.Random) -> Example:
    starts, ends = ({part[side] for part in parts_of(example)} for side in (0, 1))
    gone = [match.start() for match in _APOSTROPHE.finditer(example.text)]
    gone = [at for at in gone if not (at in ends and at + 1 in starts) and not (at in starts or at + 1 in ends)]
    before = edited(example, ((at, at + 1, "") for at in gone))
    grown_starts = {at + 1 for at in gone} & starts
    grown_ends = set(gone) & ends
    if not grown_starts and not grown_ends:
        return before
    # "Rick's" is one word now, and the word is the name.
    old_to_new = dict(zip(parts_of(example), parts_of(before), strict=True))
    limits = parts_of(before)
    text = before.text

    def grown(start: int, end: int) -> tuple[int, int]:
        first, last = old_to_new[start, end]
        others = [part for part in limits if part != (first, last)]
        while start in grown_starts and first > 0 and text[first - 1].isalpha():
            if any(part[1] > first - 1 and part[0] < first for part in others):
                break
            first -= 1
        while end in grown_ends and last < len(text) and text[last].isalpha():
            if any(part[0] <= last < part[1] for part in others):
                break
            last += 1
        return first, last

    spans = tuple((*grown(start, end), label) for start, end, label in example.spans)
    unknown = tuple(grown(start, end) for start, end in example.unknown)
    return Example(text=text, spans=spans, unknown=unknown, source=example.source)


def _curly(example: Example, _rng: random.Random) -> Example:
    return _with_text(example, example.text.replace("'", "’"))


def _no_end(example: Example, _rng: random.Random) -> Example:
    match = _END.search(example.text)
    if match and match.start() and not example.text[match.start() - 1].isspace() and _free(example, *match.span()):
        return edited(example, [(*match.span(), "")])
    return example


def _repeated(example: Example, rng: random.Random) -> Example:
    match = _END.search(example.text)
    if match and _free(example, *match.span()):
        mark = match.group()[-1]
        return edited(example, [(*match.span(), mark * (3 if mark == "." else rng.randint(2, 5)))])
    return example


def _emoji(example: Example, rng: random.Random) -> Example:
    at = len(example.text)
    sign = rng.choice(_EMOJI) * rng.choice((1, 1, 1, 2, 3)) if rng.random() < 0.5 else rng.choice(_SMILEYS)
    return edited(example, [(at, at, f" {sign}" if example.text else sign)])


def _tokenised(example: Example, rng: random.Random) -> Example:
    text = example.text
    # Some tokenisers part every tag and every full stop: "# tag", "U . S .".
    tags, stops = rng.random() < 0.3, rng.random() < 0.15
    short = (*_NOT.finditer(text), *_CLITIC.finditer(text))
    edits: list[Edit] = [(match.start(), match.start(), " ") for match in short]
    extra = (*(_TAGGED.finditer(text) if tags else ()), *(_STOP.finditer(text) if stops else ()))
    for match in (*_MARK.finditer(text), *extra):
        start, end = match.span()
        if match.group() not in "@#" and any(url.start() <= start < url.end() for url in _URL.finditer(text)):
            continue
        if start and not text[start - 1].isspace():
            edits.append((start, start, " "))
        if end < len(text) and not text[end].isspace():
            edits.append((end, end, " "))
    return trimmed(edited(example, dict.fromkeys(edits)))


def _no_blank(example: Example, _rng: random.Random) -> Example:
    return edited(
        example,
        ((match.end() - 1, match.end(), "") for match in _COMMA.finditer(example.text)),
    )


def _blank_before(example: Example, _rng: random.Random) -> Example:
    return edited(example, ((match.start(), match.start(), " ") for match in _BEFORE.finditer(example.text)))


def _typo(example: Example, rng: random.Random) -> Example:
    edges = {edge for part in parts_of(example) for edge in part}
    names = [(start, end) for start, end, _ in example.spans]
    words: list[tuple[int, int]] = []
    in_names: list[tuple[int, int]] = []
    urls = [match.span() for match in _URL.finditer(example.text)]
    for match in _WORD.finditer(example.text):
        start, end = match.span()
        if end - start < 4 or any(edge in edges for edge in range(start + 1, end)):
            continue
        if any(first <= start < last for first, last in urls):
            continue
        if any(first <= start < last for first, last in names):
            # A short name with a fault is no name that anybody could know.
            if end - start >= 5:
                in_names.append((start, end))
        else:
            words.append((start, end))
    edits: list[Edit] = []
    for _ in range(rng.choice((1, 1, 2))):
        among: Sequence[tuple[int, int]] = in_names if in_names and (not words or rng.random() < 0.5) else words
        if among:
            edits.append(_mistyped(example.text, *rng.choice(among), rng))
    return edited(example, edits)


def _mistyped(text: str, start: int, end: int, rng: random.Random) -> Edit:
    """A fault within a word, after its first letter."""
    at = rng.randrange(start + 1, end - 1)
    kind = rng.random()
    if kind < 0.3:
        return at, at + 2, text[at + 1] + text[at]
    if kind < 0.6:
        return at, at + 1, ""
    if kind < 0.85:
        return at, at + 1, text[at] * 2
    return at, at + 1, _NEAR.get(text[at], text[at] * 2)


def _long_word(example: Example, rng: random.Random) -> Example:
    vowels = [match for match in _VOWEL.finditer(example.text) if _free(example, match.start(), match.end())]
    if not vowels:
        return example
    vowel = rng.choice(vowels)
    return edited(example, [(*vowel.span(), vowel.group() * rng.randint(2, 6))])


def _short_words(example: Example, rng: random.Random) -> Example:
    return edited(
        example,
        (
            (*match.span(), _SHORT[match.group().lower()])
            for match in _SHORT_WORD.finditer(example.text)
            if rng.random() < 0.7 and _free(example, *match.span())
        ),
    )


def _tag(example: Example, rng: random.Random) -> Example:
    text = example.text
    names = [
        (start, end)
        for start, end, _ in example.spans
        if text[start:end].replace(" ", "").isalnum() and (start == 0 or text[start - 1].isspace())
    ]
    if not names:
        return example
    start, end = rng.choice(names)
    blanks = [(at, at + 1, "") for at in range(start, end) if text[at] == " "]
    # Most of what follows an @ is nobody's name.
    return edited(example, [(start, start, "@" if rng.random() < _AT else "#"), *blanks])


def _escaped(example: Example, _rng: random.Random) -> Example:
    return edited(example, ((match.start(), match.end(), "&amp;") for match in re.finditer("&", example.text)))


# In this order: short words and typos act on words as they were written; what splits words comes after.
_CHANGES: tuple[tuple[str, Callable[[Example, random.Random], Example]], ...] = (
    ("no_accents", _no_accents),
    ("short_words", _short_words),
    ("long_word", _long_word),
    ("typo", _typo),
    ("tag", _tag),
    ("no_end", _no_end),
    ("repeated", _repeated),
    ("no_apostrophes", _no_apostrophes),
    ("curly", _curly),
    ("no_blank", _no_blank),
    ("blank_before", _blank_before),
    ("tokenised", _tokenised),
    ("emoji", _emoji),
    ("escaped", _escaped),
)
