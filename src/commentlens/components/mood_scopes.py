"""Which clause speaks of which target: the scopes of moods.

A clause speaks of the targets named in it; without one, of what the clause or sentence before spoke of when it begins
with a pronoun, else of the entry. A target named only as a landmark ("near Rome", "unlike Rome") gets no mood from the
clause, and a metaphor ("the Paris of the north") is no target at all.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from commentlens.components.scope import Sentence
from commentlens.components.topic import Topic
from commentlens.components.units import Unit
from commentlens.knowledge.words import words

_PROXIMAL = re.compile(r"(?:^| )(?:this (?:city|place|town|country|brand|company|airline|game|car|movie|one)|here) ")

# They begin a clause without a subject, which carries on in its sentence only.
_AUXILIARIES = frozenset(["and", "is", "are", "was", "has", "have"])


@dataclass(frozen=True, slots=True)
class Scope:
    """One clause: its units, whether a contrast word opens it, and the targets it speaks of."""

    sentence: int
    units: tuple[Unit, ...]
    contrast: bool
    targets: tuple[str, ...]


def target_names(topic: Topic, unit: Unit) -> list[str]:
    """Names of a mention unit that can have a mood: on a city list (or none) cities, on any other list its entries."""
    kind = topic.context.get("kind") if topic.context else None
    if kind in {None, "city"}:
        return topic.names(unit) if unit.norm == "city" else []
    return [name for name in topic.names(unit) if unit.norm == "entry" or topic.in_list(name)]


def is_metaphor(sentence: Sentence, index: int) -> bool:
    """Whether a city stands for another: "the New York of the north", "a second Venice"."""
    units = sentence.units
    following = units[index + 1 : index + 4]
    if not following or following[0].norm != "of" or len(following) < 2:
        return False
    rest = following[1:]
    return rest[0].kind == "mention" or rest[0].norm in {"the", "our", "all", "this", "my"}


def find_scopes(topic: Topic) -> list[Scope]:
    """The clauses of a comment with their targets, in text order."""
    scopes: list[Scope] = []
    entry = (topic.entry,) if topic.entry else ()
    last: tuple[str, ...] = entry
    classes = words().classes
    skipped, carriers = classes.skipped_openers, classes.carriers
    for index, sentence in enumerate(topic.sentences):
        within: tuple[str, ...] | None = None
        for start, end in sentence.clauses():
            units = sentence.units[start:end]
            named, landmark = _named(topic, sentence, start, end)
            if not named and not last:
                # Under no entry, and nothing spoken of so far: the landmark is all there is.
                named = landmark
            first = next((unit.norm for unit in units if unit.kind == "word" and unit.norm not in skipped), "")
            if named:
                targets = named
            elif entry and _proximal(units):
                targets = entry
            elif within is not None and (first in carriers or not entry):
                targets = within
            elif first in carriers and first not in _AUXILIARIES and last:
                targets = last
            elif within is not None and not _new_start(first):
                targets = within
            else:
                targets = entry or last
            scopes.append(Scope(index, units, units[0].norm in classes.turns, targets))
            within = targets
            last = last or targets
        if within:
            last = within
    return scopes


def _proximal(units: Sequence[Unit]) -> bool:
    """Whether a clause speaks of what lies before the reader: "this city", "here"."""
    norms = [unit.norm for unit in units]
    return ("this" in norms or "here" in norms) and _PROXIMAL.search(" ".join([*norms, ""])) is not None


def _new_start(first: str) -> bool:
    return first in words().classes.new_starts


def _named(topic: Topic, sentence: Sentence, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Targets named in a clause: those spoken of, and those that are only landmarks."""
    named: list[str] = []
    landmarks: list[str] = []
    if "@" not in sentence.keys:
        return (), ()
    for i in range(start, end):
        unit = sentence.units[i]
        if unit.kind != "mention":
            continue
        names = target_names(topic, unit)
        if not names or is_metaphor(sentence, i):
            continue
        own = topic.entry is not None and topic.entry in names
        if not own and _is_landmark(sentence.units, i, start):
            landmarks += names
        else:
            named += names
    return tuple(dict.fromkeys(named)), tuple(dict.fromkeys(landmarks))


def _is_landmark(units: Sequence[Unit], i: int, start: int) -> bool:
    """Whether a mention only says where something else is: "near Rome", "Trastevere in Rome", not "away from Rome"."""
    if i == start:
        return False
    previous = units[i - 1].norm
    before = units[i - 2] if i - 1 > start else None
    if previous == "from" and before is not None and before.norm == "away":
        return False
    if any(unit.norm in {"than", "then"} for unit in units[max(start, i - 4) : i]):
        return True
    inside = previous == "in" and before is not None and before.kind == "mention"
    return inside or previous in words().classes.landmark_prepositions


def targets(topic: Topic) -> dict[str, bool]:
    """All targets of a comment in order, the entry first where it is not named; the value: implied or named."""
    found: dict[str, bool] = {}
    for sentence in topic.sentences:
        if "@" not in sentence.keys:
            continue
        for i, unit in enumerate(sentence.units):
            if unit.kind == "mention" and not is_metaphor(sentence, i):
                found |= dict.fromkeys(target_names(topic, unit), False)
    if topic.entry and topic.entry not in found:
        found = {topic.entry: True, **found}
    return found


@functools.lru_cache(maxsize=64)
def criterion(title: str | None) -> tuple[str, ...]:
    """What a list is about, as words: "Ten Most High Tech Cities" is about ("high", "tech")."""
    if not title:
        return ()
    text = " ".join(re.findall(r"[a-z]+", title.lower())) + " "
    match = re.search(r"\bmost ((?:[a-z]+ ){1,3})", text)
    if not match:
        return ()
    found = match[1].split()
    kinds = words().classes.ranked_nouns
    end = next((i for i, word in enumerate(found) if word in kinds), len(found) - 1)
    return tuple(found[:end])
