"""Targeted sentiment by rules: what a comment feels about each city (or entry) it speaks of, with the reasons.

Words are valued clause by clause (`valence.py`, VADER's lexicon and rules), each clause counts for its targets
(`mood_scopes.py`); then rank claims and comparisons have their say: asking for a better place is praise, for a worse
one blame (turned round on a negative list), the winner of a comparison goes up, the loser down. Every step is kept in
the mood's ``trace``, in the order in which it acted.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vaderSentiment.vaderSentiment import normalize

from commentlens.components.mood_scopes import Scope, criterion, find_scopes, targets
from commentlens.components.topic import Topic
from commentlens.components.units import Unit
from commentlens.components.valence import Reading, Valence, emphasis
from commentlens.knowledge.words import words

# At least this strong (VADER's compound) counts as a mood: below it lie single faint words in statements of fact.
THRESHOLD = 0.2
_CLAIM = 0.6
_AGREEMENT = 0.4
# Who agrees with a place further down praises nothing ("13 is about right"): the words decide.
_HONOURED = 7
_COMPARISON = 0.5
_CRITERION = 1.5
# Words in a comment beyond which chance words add up; the sum is damped by the root of the excess.
_LONG = 40
# VADER's weights of what stands before and after "but".
_BEFORE_CONTRAST, _AFTER_CONTRAST = 0.5, 1.5

# What a comparison does to its two sides, by whom it praises.
_PUSHES = {
    "winner": (_COMPARISON, -_COMPARISON),
    "both": (_COMPARISON, _COMPARISON),
    "first": (_COMPARISON, 0.0),
    "none": (0.0, -_COMPARISON),
}

# Why a clause, or the words of a part of it, are left out of a mood.
ASKS = "only asks"
ABOUT_THE_LIST = "speaks of the list"
DECIDED = "a claim or comparison decides here"
BEATEN = "speaks of the winner of a comparison"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Feeling:
    """What the rules feel in a comment: its ``moods``, one a target, as the record's keys and ``trace``; its clauses
    with their targets; the valence of each evaluative word by its first character."""

    moods: list[Json]
    scopes: Sequence[Scope]
    valences: Mapping[int, float]


@dataclass(slots=True)
class _Tally:
    total: float = 0.0
    outside: float = 0.0
    stance: float = 0.0
    evidence: list[tuple[int, int]] = field(default_factory=list)
    trace: list[Json] = field(default_factory=list)


def feel(
    topic: Topic, claims: Sequence[Mapping[str, Any]], comparisons: Sequence[Mapping[str, Any]], valence: Valence
) -> Feeling:
    """What one comment feels, by rules.

    Args:
        topic: the comment's sentences, mentions and context.
        claims: what the claims component found.
        comparisons: what the comparisons component found.
        valence: reads the words, once a clause.
    """
    found = targets(topic)
    tallies = {name: _Tally() for name in found}
    # Of equals that nobody praises ("equally terrible") the words decide, for both.
    orders = [pair for pair in comparisons if pair["relation"] != "equal" or pair["praises"] != "none"]
    decided = [tuple(item["span"]) for item in (*claims, *orders)]
    scopes = find_scopes(topic)
    readings = [valence.read(scope.units) for scope in scopes]
    _read_clauses(topic, tallies, list(zip(scopes, readings, strict=True)), decided, comparisons, valence)
    _read_claims(topic, tallies, claims)
    _read_comparisons(tallies, comparisons)
    moods = [_mood(name, implied, tallies[name]) for name, implied in found.items()]
    return Feeling(moods, scopes, {word.start: word.valence for reading in readings for word in reading.words})


def _read_clauses(
    topic: Topic,
    tallies: Mapping[str, _Tally],
    clauses: Sequence[tuple[Scope, Reading]],
    decided: Sequence[tuple[int, int]],
    comparisons: Sequence[Mapping[str, Any]],
    valence: Valence,
) -> None:
    scopes = [scope for scope, _ in clauses]
    about = criterion(topic.context.get("list") if topic.context else None)
    length = sum([unit.kind == "word" for sentence in topic.sentences for unit in sentence.units])
    damping = 1 / math.sqrt(max(1.0, length / _LONG))
    for i, (scope, whole) in enumerate(clauses):
        unfelt = _why_unfelt(topic, scope)
        if unfelt:
            _leave_out(tallies, scope.targets, scope.units, unfelt)
            continue
        if not (whole.words or about or decided):
            continue
        units: Sequence[Unit] = scope.units
        if decided:
            units = [unit for unit in units if not any(a <= unit.start and unit.end <= b for a, b in decided)]
        # What a claim or comparison says in its span is not felt once more.
        reading = whole if len(units) == len(scope.units) else valence.read(units)
        if len(reading.words) < len(whole.words):
            _leave_out(tallies, scope.targets, [unit for unit in scope.units if unit not in units], DECIDED)
        contrast = _weight(scopes, i)
        weight = contrast * damping
        total = sum(word.valence for word in reading.words)
        emphasised = emphasis(units, total)
        total += emphasised
        extra = _criterion_words(units, about) if about else []
        sign = -1 if topic.negative else 1
        total += sign * _CRITERION * len(extra)
        if not total:
            continue
        beaten = _beaten(scope, comparisons)
        adjusted = {"contrast": contrast, "damping": round(damping, 4), "emphasis": round(emphasised, 4)}
        usual = {"contrast": 1.0, "damping": 1.0, "emphasis": 0.0}
        adjustments = {name: value for name, value in adjusted.items() if value != usual[name]}
        for name in scope.targets:
            if name not in tallies:
                continue
            if name in beaten:
                _leave_out(tallies, (name,), scope.units, BEATEN)
                continue
            tally = tallies[name]
            tally.total += weight * total
            tally.evidence += [(word.start, word.end) for word in reading.words]
            tally.evidence += extra
            tally.trace.append(_clause_trace(scope, reading, extra, weight, sign) | adjustments)


def _why_unfelt(topic: Topic, scope: Scope) -> str | None:
    """Why a clause says nothing of its targets; None where it may."""
    if topic.sentences[scope.sentence].asks and _only_asks(scope.units):
        return ASKS
    return ABOUT_THE_LIST if _about_the_list(scope.units) else None


def _leave_out(tallies: Mapping[str, _Tally], names: Sequence[str], units: Sequence[Unit], why: str) -> None:
    """Keep in the traces that some units of a clause were not felt, and why."""
    span = [units[0].start, units[-1].end]
    for name in names:
        if name in tallies:
            tallies[name].trace.append({"step": "left out", "span": span, "why": why})


def _beaten(scope: Scope, comparisons: Sequence[Mapping[str, Any]]) -> set[str]:
    """Losers of a clause's comparisons that are not its subject: what else it says ("hands down") is not theirs."""
    start, end = scope.units[0].start, scope.units[-1].end
    losers = {str(pair["worse"]) for pair in comparisons if pair["span"][0] < end and start < pair["span"][1]}
    return losers - set(scope.targets[:1])


def _about_the_list(units: Sequence[Unit]) -> bool:
    """Whether a clause speaks of the list or its voters ("those lists are rubbish") and names nothing else."""
    if words().classes.list_nouns.isdisjoint([unit.norm for unit in units]):
        return False
    return not any(unit.kind == "mention" for unit in units)


def _only_asks(units: Sequence[Unit]) -> bool:
    """Whether a clause asks to know ("is it expensive there?"), and so says nothing of how it is."""
    first = units[0].norm
    second = units[1].norm if len(units) > 1 else ""
    return first in words().classes.auxiliaries or (first == "how" and second in words().classes.measures)


def _weight(scopes: Sequence[Scope], i: int) -> float:
    """VADER's "but": what comes after it outweighs what comes before, within the sentence and the target."""
    scope = scopes[i]
    same = [s for s in scopes if s.sentence == scope.sentence and set(s.targets) & set(scope.targets)]
    if scope.contrast and len(same) > 1:
        return _AFTER_CONTRAST
    if any(s.contrast for s in same if s.units[0].start > scope.units[0].start):
        return _BEFORE_CONTRAST
    return 1.0


def _clause_trace(scope: Scope, reading: Reading, extra: Sequence[tuple[int, int]], weight: float, sign: int) -> Json:
    valued = [{"start": w.start, "end": w.end, "text": w.text, "valence": w.valence} for w in reading.words]
    valued += [{"start": a, "end": b, "text": "what the list is about", "valence": sign * _CRITERION} for a, b in extra]
    return {
        "step": "clause",
        "span": [scope.units[0].start, scope.units[-1].end],
        "targets": list(scope.targets),
        "words": valued,
        "weight": round(weight, 4),
    }


def _criterion_words(units: Sequence[Unit], about: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where a clause says of its target what the list is about: "so hi-tech", but not "high tech firms"."""
    spellings, openers = _spellings(about)
    if openers.isdisjoint([unit.norm for unit in units]):
        return []
    found = []
    for length in (1, 2, 3):
        for i in range(len(units) - length + 1):
            said = " ".join(unit.norm for unit in units[i : i + length])
            if said not in spellings:
                continue
            before = {unit.norm for unit in units[max(0, i - 3) : i]}
            after = units[i + length] if i + length < len(units) else None
            ends = after is None or after.kind == "mark" or after.norm in words().classes.heads
            if ends and not before & words().classes.criterion_blockers:
                found.append((units[i].start, units[i + length - 1].end))
    return found


@functools.lru_cache(maxsize=64)
def _spellings(about: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """How people write what a list is about, and the units with which that begins."""
    spellings = {" ".join(about), "-".join(about), "".join(about)}
    for word, other in words().variants.items():
        spellings |= {spelling.replace(word, other) for spelling in spellings}
    return frozenset(spellings), frozenset(spelling.partition(" ")[0] for spelling in spellings)


def _read_claims(topic: Topic, tallies: Mapping[str, _Tally], claims: Sequence[Mapping[str, Any]]) -> None:
    for claim in claims:
        tally = tallies.get(claim["subject"])
        if tally is None:
            continue
        agreed = _AGREEMENT if (claim["listed"] or 1) <= _HONOURED else 0.0
        push = {"too_low": _CLAIM, "too_high": -_CLAIM, "right": agreed}.get(claim["stance"], 0.0)
        if topic.negative:
            push = -push
        if not push:
            continue
        tally.stance = push
        tally.evidence.append(tuple(claim["span"]))
        tally.trace.append({"step": "claim", "span": list(claim["span"]), "rule": claim["rule"], "push": push})


def _read_comparisons(tallies: Mapping[str, _Tally], comparisons: Sequence[Mapping[str, Any]]) -> None:
    for pair in comparisons:
        # Of equals the words decide, but that the first is put on a level with the other praises it ("first").
        first, second = _PUSHES.get(str(pair.get("praises", "winner")), _PUSHES["winner"])
        if pair["relation"] == "equal" and second < 0:
            second = 0.0
        pushes = {pair["better"]: first, pair["worse"]: second}
        for name, push in pushes.items():
            tally = tallies.get(name)
            if tally is None or not push:
                continue
            # A claim, which speaks of the list itself, is stronger; the middle one of a chain is still praised.
            if not tally.stance or tally.stance == -_COMPARISON:
                tally.stance = push
            tally.evidence.append(tuple(pair["span"]))
            tally.trace.append({"step": "comparison", "span": list(pair["span"]), "rule": pair["rule"], "push": push})


def compared(moods: Sequence[Mapping[str, Any]], pairs: Sequence[Mapping[str, Any]]) -> list[Json]:
    """Moods with what comparisons say of their two sides that were found after the moods.

    Args:
        moods: of a comment, with trace.
        pairs: the comparisons; of equals the words decide. What a claim or another comparison has decided stays.
    """
    steps: defaultdict[str, list[Json]] = defaultdict(list)
    for pair in pairs:
        if pair["relation"] != "equal":
            for name, push in ((pair["better"], _COMPARISON), (pair["worse"], -_COMPARISON)):
                steps[name].append(
                    {"step": "comparison", "span": list(pair["span"]), "rule": pair["rule"], "push": push}
                )
    return [_moved(mood, steps[str(mood["target"])]) for mood in moods]


def argued(mood: Mapping[str, Any]) -> bool:
    """Whether a claim or a comparison has decided a mood."""
    return any("push" in step for step in mood["trace"])


def _moved(mood: Mapping[str, Any], steps: Sequence[Json]) -> Json:
    if not steps or argued(mood):
        return dict(mood)
    # The middle one of a chain is still praised.
    push = max(step["push"] for step in steps)
    return {
        **mood,
        "label": "pos" if push > 0 else "neg",
        "score": round(max(-1.0, min(1.0, push + 0.4 * mood["score"])), 4),
        "evidence": sorted([*mood["evidence"], *(step["span"] for step in steps)]),
        "trace": [*mood["trace"], *steps],
    }


def _mood(name: str, implied: bool, tally: _Tally) -> Json:
    felt = float(normalize(tally.total))
    if not tally.stance:
        score = felt
        label = "pos" if felt >= THRESHOLD else "neg" if felt <= -THRESHOLD else "neu"
    else:
        score = max(-1.0, min(1.0, tally.stance + 0.4 * felt))
        label = "pos" if tally.stance > 0 else "neg"
        if tally.stance == -_COMPARISON and felt >= THRESHOLD:
            # Praised for itself, and still the lesser of two: both are good.
            label, score = "pos", 0.4 * felt
    return {
        "target": name,
        "label": label,
        "score": round(score, 4),
        "implied": implied,
        "evidence": [list(span) for span in sorted(set(tally.evidence))],
        "trace": tally.trace,
    }
