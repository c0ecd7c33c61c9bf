"""What can be compared with the entry that a comment hangs under, where only the other thing is named."""

from __future__ import annotations

from commentlens.components.topic import Topic

_LABELS = {"city": "CITY", "company": "COMPANY", "country": "COUNTRY"}
_PLACES = frozenset(["CITY", "COUNTRY", "REGION"])
AREAS = frozenset(["COUNTRY", "REGION"])


def rivals_of_entry(topic: Topic) -> frozenset[str]:
    """Names of things that a comment mentions and that are others than the entry and of its kind: cities on a list of
    cities, on a list of games (whose entries have no label of their own) those of the list or at least no places.
    Empty without an entry."""
    if topic.entry is None:
        return frozenset()
    kind = topic.context.get("kind") if topic.context else None
    label = _LABELS.get(str(kind))
    others = _PLACES if kind else AREAS
    return frozenset(
        str(mention["name"])
        for mention in topic.mentions
        if mention["name"] != topic.entry
        and (mention["label"] == label if label else topic.in_list(mention["name"]) or mention["label"] not in others)
    )
