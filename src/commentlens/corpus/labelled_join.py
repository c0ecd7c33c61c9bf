"""A record and the labelled spans that a person left of it, put together.

A mention's label is its own (``CITY``); a claim's is ``claim:`` and its stance, a comparison's ``comparison:`` and its
relation, a link's ``link:`` and its relation. Moods have no span of their own and stay as the record has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar, cast

from commentlens.records import LABELS, STANCES, AnnotatedComment, Claim, Comparison, Label, Link, Mention, Span

BY_HAND = "gold"
"""``via`` and ``rule`` of what a person drew or changed."""

Item = TypeVar("Item", Mention, Claim, Comparison, Link)


class Mark(NamedTuple):
    """A labelled span, in characters, end exclusive."""

    start: int
    end: int
    label: str


class _UnclearError(Exception):
    """A span does not say enough to become a finding."""


def marks_of(comment: AnnotatedComment) -> list[Mark]:
    """The labelled spans of a record in text order, each once."""
    marks = {mark(item) for layer in (comment.mentions, comment.claims) for item in layer}
    marks |= {mark(item) for layer in (comment.comparisons, comment.links) for item in layer}
    return sorted(marks)


def mark(item: Mention | Claim | Comparison | Link) -> Mark:
    """The labelled span of one finding."""
    if isinstance(item, Mention):
        return Mark(item.start, item.end, item.label)
    if isinstance(item, Claim):
        return Mark(*item.span, f"claim:{item.stance}")
    layer = "comparison" if isinstance(item, Comparison) else "link"
    return Mark(*item.span, f"{layer}:{item.relation}")


def joined(before: AnnotatedComment, marks: Iterable[Mark]) -> tuple[AnnotatedComment, list[str]]:
    """The comment as the spans have it, and what was not clear in them.

    What is labelled as before stays as it was. A span that was drawn anew takes what is known from the finding that it
    replaces: one of its layer at the same place, else one that it overlaps. Without such, a mention is called what its
    text says and a claim is about the one thing that its span (else the entry) names; a comparison and a link cannot
    be told from a span.
    """
    drawn = set(marks)
    unclear: list[str] = []

    def layer(items: tuple[Item, ...], prefix: str, make: Callable[[Mark, Item | None], Item]) -> tuple[Item, ...]:
        kept = [item for item in items if mark(item) in drawn]
        lost = [item for item in items if mark(item) not in drawn]
        known = {mark(item) for item in items}
        for new in sorted(drawn - known):
            if new.label.partition(":")[0] != prefix and not (prefix == "" and new.label in LABELS):
                continue
            try:
                kept.append(make(new, _replaced(new, lost)))
            except _UnclearError as error:
                unclear.append(f"{before.text[new.start : new.end]!r} labelled {new.label}: {error}")
        return tuple(kept)

    mentions = layer(before.mentions, "", lambda new, old: _mention(before.text, new, old))
    mentions = tuple(sorted(mentions, key=lambda item: item.start))
    after = replace(
        before,
        mentions=mentions,
        claims=layer(before.claims, "claim", lambda new, old: _claim(before, mentions, new, old)),
        comparisons=layer(before.comparisons, "comparison", _comparison),
        links=layer(before.links, "link", _link),
    )
    unclear += [
        f"{before.text[other.start : other.end]!r} has the label {other.label!r}, which is none of ours"
        for other in sorted(drawn)
        if other.label not in LABELS and other.label.partition(":")[0] not in ("claim", "comparison", "link")
    ]
    return after, unclear


def _replaced(new: Mark, lost: list[Item]) -> Item | None:
    """What the new span stands for, taken out of the lost ones."""
    overlapping = [item for item in lost if mark(item).start < new.end and new.start < mark(item).end]
    same = [item for item in overlapping if mark(item)[:2] == new[:2]]
    for item in (same or overlapping)[:1]:
        lost.remove(item)
        return item
    return None


def _mention(text: str, new: Mark, old: Mention | None) -> Mention:
    words, label = text[new.start : new.end], cast(Label, new.label)
    known = old is not None and old.label == label
    return Mention(
        start=new.start,
        end=new.end,
        text=words,
        label=label,
        name=old.name if old is not None else words,
        id=old.id if old is not None and known else None,
        via=BY_HAND,
    )


def _claim(before: AnnotatedComment, mentions: tuple[Mention, ...], new: Mark, old: Claim | None) -> Claim:
    stance = new.label.partition(":")[2]
    if stance not in STANCES:
        raise _UnclearError(f"the stance must be one of {', '.join(STANCES)}")
    span = (new.start, new.end)
    if old is not None:
        return replace(old, stance=stance, span=span, rule=BY_HAND)
    return Claim(subject=_subject(before, mentions, span), stance=stance, span=span, rule=BY_HAND)


def _subject(before: AnnotatedComment, mentions: tuple[Mention, ...], span: Span) -> str:
    inside = {item.name for item in mentions if span[0] <= item.start and item.end <= span[1]}
    if len(inside) == 1:
        return inside.pop()
    if not inside and before.entry is not None:
        return before.entry.name
    raise _UnclearError("it does not say which of the names inside it is meant")


def _comparison(new: Mark, old: Comparison | None) -> Comparison:
    relation = new.label.partition(":")[2]
    if relation not in ("better", "equal"):
        raise _UnclearError("the relation must be better or equal")
    if old is None:
        raise _UnclearError("a span alone does not say what is better; Label Studio can")
    return replace(old, relation=cast(Any, relation), span=(new.start, new.end), rule=BY_HAND)


def _link(new: Mark, old: Link | None) -> Link:
    relation = new.label.partition(":")[2]
    if not relation:
        raise _UnclearError("it has no relation (link:headquarters)")
    if old is None:
        raise _UnclearError("a span alone does not say which company is where; Label Studio can")
    return replace(old, relation=relation, span=(new.start, new.end), rule=BY_HAND)
