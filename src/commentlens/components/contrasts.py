"""Two things set against each other with no word that compares: "Oslo has the name, we have the sea".

Two ways of it say who is meant to be the better one, and both need the entry that the comment hangs under:

- Right behind what another thing of its kind is or does stands what "we", "here" or "this" are or do. Who speaks last
  has the last word. On a list whose first place is no honour that holds of "here" only, and the other way round: people
  complain of where they are.
- Another thing of its kind is blamed, and the comment says something else, too, that blames nobody and names no third.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from commentlens.components.found_comparison import FoundComparison
from commentlens.components.topic import Topic
from commentlens.components.units import Unit
from commentlens.knowledge.words import words

Score = Callable[[Sequence[Unit]], float]

_OWN = frozenset(["we", "our", "ours", "here", "this"])
# What makes a "this" the entry, and no other thing ("this summer"); and what does so only in one breath with the other:
# at the begin of a sentence "this is" speaks of what was said before.
_AFTER_THIS = frozenset(["one", "place", "city", "town", "country", "brand", "company", "airline"])
_IN_ONE_BREATH = frozenset(["is", "'s", "was", "gave", "had"])
_POINTS = frozenset(["is", "are", "'s", "you"])
"""After "here" they only point ("here is my list")."""
# Passed over when looking for what a part opens with; "in Rome they …" is about Rome as well.
_ANSWERS = frozenset(["yes", "no", "well", "ok", "lol", "haha", "sure"])
_LINKS = frozenset(["and", "but", "while", "so", "because", "whereas", "meanwhile", "then", "even", ","])
_SKIPPED = _ANSWERS | _LINKS | {"in", "the", "at", "up", "over", "down"}
_BREAKS = frozenset([",", ";", ".", "!", "...", "-", ":", "and", "but", "while"])
# After the other thing these are no predicate ("Rome for bread, here for fish").
_NO_PREDICATES = frozenset(
    ["and", "or", "for", "at", "with", "first", "second", "next", "by", "on", "to", "from", "of"]
)
# Close to the opening of what is said of the entry, these make it the poorer one or no side at all.
_LESSENS = frozenset(["only", "just", "nothing", "still", "went", "know", "too", "also", "neither"])
_NEAR = 4
# A clause that holds one of them blames the other thing for something else, or praises it ("has no touts").
_NOT_BLAMED_ALONE = _OWN | {"us", "it", "you", "if", "no", "n't", "not", "without", "same", "both", "than", "like"}
_PRAISE = 0.4
"""Valence above which a thing is praised."""
_BLAME, _OWN_BLAME = -0.25, -0.2
"""Valences below which a clause blames the other thing, and what keeps a comment from counting: blame of the entry."""


@dataclass(frozen=True, slots=True)
class _Contrast:
    """What is said of the other things (``said``) and, right behind it, of the entry (``own``)."""

    others: Sequence[str]
    said: Sequence[Unit]
    own: Sequence[Unit]


def find_contrasts(topic: Topic, rivals: frozenset[str], score: Score) -> list[FoundComparison]:
    """Comparisons of the entry with what a comment sets against it, in text order; at most one way of reading it.

    Args:
        topic: the comment's sentences, mentions and context.
        rivals: what can be set against the entry (`rivals_of_entry`).
        score: valence of some units in [-1, 1].
    """
    if topic.entry is None or not rivals:
        return []
    entry, negative = topic.entry, topic.negative
    told = [contrast for contrast in _contrasts(topic, rivals) if negative or not _praised_alone(contrast, score)]
    found = [pair for contrast in told for pair in _read(entry, contrast, negative=negative)]
    return found or ([] if negative else _blamed(topic, rivals, entry, score))


def _read(entry: str, contrast: _Contrast, *, negative: bool) -> Iterator[FoundComparison]:
    here = contrast.own[0].norm == "here"
    if negative and not here:
        return
    if not negative and not _LESSENS.isdisjoint(unit.norm for unit in contrast.own[:_NEAR]):
        return
    span = contrast.said[0].start, contrast.own[-1].end
    for other in contrast.others:
        better, worse = (other, entry) if negative else (entry, other)
        yield FoundComparison(better, worse, "better", None, span, "said-in-contrast")


def _praised_alone(contrast: _Contrast, score: Score) -> bool:
    """Whether the other thing is praised and the entry is not: who speaks last then has not the last word."""
    return score(contrast.said) > _PRAISE and score(contrast.own) < _PRAISE


def _contrasts(topic: Topic, rivals: frozenset[str]) -> Iterator[_Contrast]:
    before: Sequence[Unit] = ()
    for sentence in topic.sentences:
        units = sentence.units
        at = None if sentence.asks else _own_part(units)
        if at is not None:
            said, own = units[:at] if at > 1 else before, units[at:]
            others = _opens_with(topic, rivals, said)
            if others and not _names_another(topic, own) and not _of_the_list(own) and not _speaks_of_both(said):
                yield _Contrast(others, said, own)
        before = () if sentence.asks else units


def _own_part(units: Sequence[Unit]) -> int | None:
    """Where "we", "here" or "this" open a part of a sentence."""
    for i, unit in enumerate(units[:-1]):
        if unit.norm not in _OWN:
            continue
        following = units[i + 1].norm
        if unit.norm == "this" and following not in (_AFTER_THIS | _IN_ONE_BREATH if i else _AFTER_THIS):
            continue
        if unit.norm == "here" and following in _POINTS:
            continue
        # "…, and here", "…, over here".
        previous = [u.norm for u in units[max(0, i - 2) : i]]
        if not previous or previous[-1] in _BREAKS or (previous[-1] in _SKIPPED and previous[0] in _BREAKS):
            return i
    return None


def _opens_with(
    topic: Topic, rivals: frozenset[str], units: Sequence[Unit], *, needs_predicate: bool = True
) -> list[str]:
    """What some units are about: the one mention in them, where they open with it and it rivals the entry."""
    mentions = [unit for unit in units if unit.kind == "mention"]
    if len(mentions) != 1:
        return []
    first = next(i for i, unit in enumerate(units) if unit.norm not in _SKIPPED)
    if units[first] is not mentions[0] or any(unit.norm == "no" for unit in units[:first]):
        return []
    if needs_predicate:
        following = units[first + 1] if first + 1 < len(units) else None
        if following is None or following.kind != "word" or following.norm in _NO_PREDICATES:
            return []
    names = topic.names(mentions[0])
    return names if rivals.issuperset(names) else []


def _names_another(topic: Topic, units: Sequence[Unit]) -> bool:
    """Whether they name anything but the entry."""
    return any(unit.kind == "mention" and topic.names(unit) != [topic.entry] for unit in units)


def _of_the_list(units: Sequence[Unit]) -> bool:
    """Whether they speak of the list and its voters ("this is a joke")."""
    return not words().classes.at_the_list.isdisjoint(unit.norm for unit in units)


def _speaks_of_both(units: Sequence[Unit]) -> bool:
    """Whether what is said of the other thing is said of "us" as well."""
    return any(unit.norm in {"us", "we"} for unit in units)


def _blamed(topic: Topic, rivals: frozenset[str], entry: str, score: Score) -> list[FoundComparison]:
    blamed: list[tuple[Sequence[Unit], list[str]]] = []
    clauses = [s.units[a:b] for s in topic.sentences if not s.asks for a, b in s.clauses()]
    for units in clauses:
        valence = score(units)
        others = _opens_with(topic, rivals, units, needs_predicate=False)
        if others and valence < _BLAME and _NOT_BLAMED_ALONE.isdisjoint(unit.norm for unit in units):
            blamed.append((units, others))
        elif valence < _OWN_BLAME or _names_another(topic, units):
            return []
    # Alone, the blame may be all that there is to say; of several, the entry is one more.
    if len(blamed) != 1 or len(clauses) == 1:
        return []
    clause, others = blamed[0]
    span = clause[0].start, clause[-1].end
    return [FoundComparison(entry, name, "better", None, span, "other-blamed") for name in others]
