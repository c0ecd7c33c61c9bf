"""What can be compared with the entry that a comment hangs under, where only the other thing is named."""

from __future__ import annotations

from commentlens.components.topic import Topic

_LABELS = {"city": "CITY", "company": "COMPANY", "country": "COUNTRY"}
_PLACES = frozenset(["CITY", "COUNTRY", "REGION"])
_AREAS = frozenset(["COUNTRY", "REGION"])


def rivals_entry(topic: Topic, name: str) -> bool:
    """Whether a named thing is another than the entry and of its kind: a city on a list of cities, on a list of games
    (whose entries have no label of their own) one of the list or at least no place."""
    if topic.entry is None or name == topic.entry:
        return False
    kind = topic.context.get("kind") if topic.context else None
    label = next((str(mention["label"]) for mention in topic.mentions if mention["name"] == name), "")
    if kind in _LABELS:
        return label == _LABELS[str(kind)]
    return topic.in_list(name) or label not in (_PLACES if kind else _AREAS)
