"""How positive or negative a stretch of text is, word by word: VADER over the units of a sentence.

The numbers are VADER's own: its lexicon, boosters, negation, capitals, "but" and normalisation are called, not copied.
What is new is what it is given: units instead of white space, names hidden (Nice is no praise), "like" only where it is
a verb, the project's lexicon and phrases (`knowledge.lexicon`), and the reading word by word, so that a score can be
explained.
"""

from __future__ import annotations

import functools
import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer, SentiText, normalize

from commentlens.components.scope import read_sentences
from commentlens.components.units import Unit, cut_units
from commentlens.components.valence_amounts import lessened
from commentlens.components.valence_plain import PlainUnits
from commentlens.components.valence_tokens import NOT_ONLY, SILENT, Token, emoji, emoticon, paired, silence, spelt
from commentlens.knowledge.lexicon import Lexicon, load_lexicon
from commentlens.knowledge.words import words

# Read by what stands beside them.
_SPECIAL = frozenset(["like", "likes", "no", "sure", "well"])
# Deny as "none" does, which VADER knows.
_NOBODY = frozenset(["nobody", "noone"])
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class ValuedWord:
    """A word or phrase with its valence after all adjustments, VADER's scale (about -4 to 4)."""

    start: int
    end: int
    text: str
    valence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Valence of a stretch: ``score`` in [-1, 1] (VADER's compound), and the words that made it."""

    score: float
    words: tuple[ValuedWord, ...]


_NOTHING = Reading(0.0, ())


class Valence:
    """Reads valences. Built once a pipeline; reading changes nothing but what is remembered of single units."""

    def __init__(self, lexicon: Lexicon, *, whole: bool = False) -> None:
        self.lexicon = lexicon
        self.whole = whole
        self.analyzer = SentimentIntensityAnalyzer()
        self.analyzer.lexicon = {
            word: value for word, value in self.analyzer.lexicon.items() if word not in lexicon.neutral
        } | dict(lexicon.words)
        self.analyzer.lexicon |= {_joined(phrase): value for phrase, value in lexicon.phrases.items()}
        self.longest = lexicon.longest_phrase
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in lexicon.phrases:
            lengths[phrase[0]].add(len(phrase))
        self.lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        special = [*_SPECIAL, *_NOBODY, *lexicon.boosters]
        self._plain = PlainUnits(self.analyzer.lexicon, self.analyzer.emojis, lexicon.phrases, special)

    @classmethod
    def load(cls, extra: Iterable[Path] = ()) -> Valence:
        """With the shipped lexicon (alone, it is read once for all), and the user's lexicon files over it."""
        files = tuple(extra)
        return cls(_cut(load_lexicon(files))) if files else _shipped()

    def score(self, units: Sequence[Unit]) -> float:
        """Compound score of some units, in [-1, 1]."""
        return self.read(units).score

    def score_text(self, text: str) -> float:
        """How a whole text feels, whoever feels it and about what, in [-1, 1].

        The valences of all its sentences are added up and normalised as VADER does it for one. Here "thanks" and "lol"
        count, which say nothing of a place (see `whole_texts`). A word that comes again counts less each time.
        """
        return _score_text(self._whole, html.unescape(text))

    @functools.cached_property
    def _whole(self) -> Valence:
        return Valence(whole_texts(self.lexicon), whole=True)

    def read(self, units: Sequence[Unit]) -> Reading:
        """Read some units of one sentence."""
        if not self._plain.may_feel(units):
            return _NOTHING
        tokens = self._tokens(units)
        if not tokens:
            return _NOTHING
        said = [token.text for token in tokens]
        text = SentiText("x")
        text.words_and_emoticons = said
        voiced = [word for word in said if word != SILENT]
        text.is_cap_diff = 0 < sum(word.isupper() for word in voiced) < len(voiced)
        sentiments: list[float] = []
        lexicon = self.analyzer.lexicon
        for i, token in enumerate(tokens):
            word = token.text.lower()
            if token.fixed:
                sentiments.append(lexicon.get(word, 0.0))
            elif word in BOOSTER_DICT and not self._praises(said, i):
                sentiments.append(0.0)
            elif word not in lexicon:
                # VADER's own answer, without what it does before it gives it.
                sentiments.append(0.0)
            else:
                self.analyzer.sentiment_valence(0.0, text, token.text, i, sentiments)
        sentiments = _deny(said, _weigh_but(said, lessened(said, sentiments, self.lexicon.burdens)))
        valued = tuple(
            ValuedWord(token.start, token.end, token.text.replace("_", " "), round(value, 4))
            for token, value in zip(tokens, sentiments, strict=True)
            if value
        )
        total = float(sum(sentiments))
        return Reading(round(normalize(total + emphasis(units, total)), 4), valued)

    def _praises(self, tokens: Sequence[str], i: int) -> bool:
        """Whether a booster that has a valence of its own ("incredible") has nothing to boost and is meant itself."""
        following = tokens[i + 1].lower() if i + 1 < len(tokens) else ""
        return tokens[i].lower() in self.analyzer.lexicon and following not in self.analyzer.lexicon

    def _tokens(self, units: Sequence[Unit]) -> list[Token]:
        tokens: list[Token] = []
        i = 0
        while i < len(units):
            unit = units[i]
            if unit.kind == "word" and (text := self._plain.text(units, i)):
                tokens.append(Token(text, unit.start, unit.end))
                i += 1
                continue
            found, length = self._tokens_at(units, i)
            tokens += found
            i += length
        return tokens

    def _tokens_at(self, units: Sequence[Unit], i: int) -> tuple[list[Token], int]:
        """What begins at a unit, as tokens (none for most marks), and how many units that takes."""
        unit, lexicon = units[i], self.analyzer.lexicon
        if self._plain.opens_emoticon(unit.norm):
            face, length = emoticon(units, i, lexicon)
            if length:
                return [Token(face, unit.start, units[i + length - 1].end, fixed=True)], length
        if unit.norm in self.analyzer.emojis:
            picture, length = emoji(units, i, self.analyzer.emojis)
            end = units[i + length - 1].end
            described = [picture] if picture in lexicon else _WORD.findall(self.analyzer.emojis[picture])
            return [Token(word, unit.start, end, fixed=True) for word in described], length
        if unit.kind == "mark":
            return silence(units, i, commas=self.whole), 1
        if length := self._phrase(units, i):
            run = units[i : i + length]
            return [Token(_joined(u.norm for u in run), unit.start, run[-1].end)], length
        if unit.kind != "word":
            return [Token("_name", unit.start, unit.end)], 1
        if pair := paired(units, i, lexicon):
            return [Token(pair, unit.start, units[i + 1].end)], 2
        return [Token(self._word(units, i), unit.start, unit.end)], 1

    def _phrase(self, units: Sequence[Unit], i: int) -> int:
        """Length in units of the longest phrase that begins here, 0 where none does."""
        lengths = self.lengths.get(units[i].norm)
        if lengths is None:
            return 0
        norms = tuple([unit.norm for unit in units[i : i + lengths[0]]])
        known = self.lexicon.phrases
        return next((length for length in lengths if length <= len(norms) and norms[:length] in known), 0)

    def _word(self, units: Sequence[Unit], i: int) -> str:
        norm = units[i].norm
        previous = units[i - 1].norm if i else ""
        following = units[i + 1] if i + 1 < len(units) else None
        if norm in {"like", "likes"} and previous not in words().classes.likers:
            return "_like"
        if (
            i == 0
            and norm in {"well", "sure", "no"}
            and following is not None
            and (norm != "no" or following.norm == ",")
        ):
            return f"_{norm}"
        if norm in _NOBODY:
            return "none"
        if norm == "no" and following is not None and following.norm == "no":
            return "_no"
        if norm in self.lexicon.boosters and following is not None and following.kind == "word":
            valued = following.norm in self.analyzer.lexicon
            # Before a word without valence it tells at least how something is ("super tall"): no word of the target.
            if valued or not self.whole:
                return "extremely" if valued or norm != "pretty" else "quite"
        word = spelt(norm, self.analyzer.lexicon)
        return word.upper() if units[i].capitals else word


def emphasis(units: Sequence[Unit], total: float) -> float:
    """What exclamation marks add to a sum of valences: VADER's 0.292 a mark, up to four, in its direction."""
    return _emphasis(_exclamations(units), total)


def _exclamations(units: Sequence[Unit]) -> int:
    return sum(unit.end - unit.start for unit in units if unit.norm == "!")


def _emphasis(marks: int, total: float) -> float:
    return 0.292 * min(marks, 4) * ((total > 0) - (total < 0))


def _cut(lexicon: Lexicon) -> Lexicon:
    """The same with the user's phrases as units: people write "can't", not "can n't"."""
    cut = {phrase: tuple(unit.norm for unit in cut_units(" ".join(phrase), [])) for phrase in lexicon.given}
    phrases = {cut.get(phrase, phrase): value for phrase, value in lexicon.phrases.items()}
    return replace(lexicon, phrases=phrases, given=lexicon.given | frozenset(cut.values()))


# Of a word's valence this share is left each time that it comes again in a text.
_AGAIN = 0.7


def whole_texts(lexicon: Lexicon) -> Lexicon:
    """The lexicon for texts as a whole: neutral words and phrases are neutral towards a place, not in themselves.

    What stands in VADER's lexicon counts as it does there, but where the lexicon turns it round or makes it stronger;
    what VADER does not know, and all that is the user's, stays.
    """
    plain = _vaders_own()
    given = lexicon.given

    def kept(word: str, value: float) -> bool:
        known = plain.get(word, 0.0)
        return (word,) in given or not known or value * known <= 0 or abs(value) > abs(known)

    return Lexicon(
        {word: value for word, value in lexicon.words.items() if kept(word, value)},
        {phrase: value for phrase, value in lexicon.phrases.items() if value or phrase in given or phrase[0] == "no"},
        frozenset(word for word in lexicon.neutral if (word,) in given),
        lexicon.boosters,
        lexicon.burdens,
        given,
    )


def _score_text(valence: Valence, text: str) -> float:
    total, marks = 0.0, 0
    seen: Counter[str] = Counter()
    for sentence in read_sentences(text, []):
        for word in valence.read(sentence.units).words:
            total += word.valence * _AGAIN ** seen[word.text.lower()]
            seen[word.text.lower()] += 1
        marks += _exclamations(sentence.units)
    return round(float(normalize(total + _emphasis(marks, total))), 4)


@functools.cache
def _vaders_own() -> Mapping[str, float]:
    return dict(SentimentIntensityAnalyzer().lexicon)


@functools.cache
def _shipped() -> Valence:
    return Valence(load_lexicon())


def _weigh_but(tokens: Sequence[str], sentiments: Sequence[float]) -> list[float]:
    """VADER's "but" inside a stretch: what stands before it counts half, what stands after it half as much again."""
    but = next((i for i, token in enumerate(tokens) if token.lower() == "but"), None)
    if but is None or NOT_ONLY in tokens or all(token == SILENT for token in tokens[:but]):
        return list(sentiments)
    return [value * (0.5 if i < but else 1.5 if i > but else 1.0) for i, value in enumerate(sentiments)]


def _deny(tokens: Sequence[str], sentiments: Sequence[float]) -> list[float]:
    """ "Hardly even an advanced city": these deny all that follows them, not only VADER's three words."""
    denied = next((i for i, token in enumerate(tokens) if token.lower() in words().classes.denials), None)
    if denied is None:
        return list(sentiments)
    return [value if i < denied or value < 0 else -0.74 * value for i, value in enumerate(sentiments)]


def _joined(words: Iterable[str]) -> str:
    return "_".join(words)
