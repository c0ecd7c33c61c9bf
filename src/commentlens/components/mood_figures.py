"""The rules' own figures about a target, for the mood classifier's second step: what they felt, argued and counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from vaderSentiment.vaderSentiment import normalize

from commentlens.components.mood_rules import Feeling
from commentlens.components.mood_views import SHARED, Seen, look
from commentlens.components.topic import Topic

_WINDOW = 5
_MOST = 6.0
_SUMMED = ("own", "all", "window", "near", "other near", "other")

Figures = dict[str, float]


def seen_from(topic: Topic, felt: Feeling, target: str) -> tuple[Seen, Figures]:
    """What the classifier is given of a target: the comment from there, and the rules' figures."""
    seen = look(topic, felt.scopes, target, felt.valences)
    return seen, figures(seen, target, felt.moods, listed=topic.has_list, negative=topic.negative)


def figures(seen: Seen, target: str, moods: Sequence[Mapping[str, Any]], *, listed: bool, negative: bool) -> Figures:
    """Named figures about a target.

    Args:
        seen: the comment from the target.
        target: its name.
        moods: the rules' moods of the whole comment, with trace.
        listed: whether the comment hangs under a list.
        negative: whether first place is no honour there.

    Returns:
        Name and value of each figure that is not 0; values are about -1 to 3.
    """
    found: Figures = {"two": float(bool(seen.others)), "listed": float(listed), "negative": float(negative)}
    for mood in moods:
        own = mood["target"] == target
        if not own:
            found[f"other {mood['label']}"] = 1.0
            found["other score"] = found.get("other score", 0.0) + mood["score"] / max(1, len(moods) - 1)
            continue
        found |= {"score": mood["score"], f"rules {mood['label']}": 1.0, "implied": float(mood["implied"])}
        found |= {"score +": max(0.0, mood["score"]), "score -": max(0.0, -mood["score"])}
        pushes = ((step["step"], step["push"]) for step in mood["trace"] if "push" in step)
        found |= {f"{step} {'+' if push > 0 else '-'}": 1.0 for step, push in pushes}
    found |= _valences(seen)
    found |= _places(seen)
    return {name: value for name, value in found.items() if value}


def _valences(seen: Seen) -> Figures:
    """Sums of valences by where their words stand from the target."""
    if not any(seen.valences):
        return {}
    sums: defaultdict[str, float] = defaultdict(float)
    mine, others = seen.named, seen.others
    for i, valence in enumerate(seen.valences):
        if not valence:
            continue
        zones = ["own" if seen.own[i] else "other", "all"]
        if mine:
            away = min(abs(i - place) for place in mine)
            zones.append("window" if away <= _WINDOW else "far")
            zones.append("after" if any(abs(i - place) == away and i > place for place in mine) else "before")
            if others:
                zones.append("near" if away < min(abs(i - place) for place in others) else "other near")
        for zone in zones:
            sums[f"{zone} {'+' if valence > 0 else '-'}"] += abs(valence)
    found = {f"sum {name}": min(value, _MOST) / 2 for name, value in sums.items()}
    found |= dict.fromkeys((f"has {name}" for name in sums), 1.0)
    found |= {f"felt {zone}": float(normalize(sums[f"{zone} +"] - sums[f"{zone} -"])) for zone in _SUMMED}
    return found


def _places(seen: Seen) -> Figures:
    """Where the target is named, and words that undo what is said."""
    words, mine = seen.words, seen.named
    found = {f"holds {word}": float(word in words) for word in ("?", "!", "if", "but")}
    found |= {"named": min(len(mine), 3) / 1.0, "joint": float(SHARED in words), "length": len(words) / 50}
    if mine:
        found |= {"stands at": mine[0] / len(words), "opens": float(mine[0] == 0)}
        found["closes"] = float(mine[-1] >= len(words) - 2)
    return found
