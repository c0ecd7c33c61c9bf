"""Edits of the text of an example, with its names moved along."""

from __future__ import annotations

from collections.abc import Iterable

from commentlens.training.entity_examples import Example

#: (start, end, new text) of a part of the text; start equals end where something is put in.
Edit = tuple[int, int, str]


def edited(example: Example, edits: Iterable[Edit]) -> Example:
    """The example with parts of its text replaced.

    Args:
        example: the text before.
        edits: in any order; those that overlap an earlier one are left out, and those that reach over the edge of a
            span or unknown part. What is put in at an edge stays outside.
    """
    kept: list[Edit] = []
    edges = {edge for part in parts_of(example) for edge in part}
    for edit in sorted(edits):
        if kept and (edit[0] < kept[-1][1] or edit[:2] == kept[-1][:2]):
            continue
        if not any(edge in edges for edge in range(edit[0] + 1, edit[1])):
            kept.append(edit)
    if not kept:
        return example
    pieces, at = [], 0
    for start, end, new in kept:
        pieces += [example.text[at:start], new]
        at = end
    pieces.append(example.text[at:])

    def moved(start: int, end: int) -> tuple[int, int]:
        by_start = sum(len(new) - (last - first) for first, last, new in kept if last <= start)
        by_end = sum(len(new) - (last - first) for first, last, new in kept if last <= end and first < end)
        # What is put in at the start moves both; it was counted for the end too, since it stands before it.
        return start + by_start, end + by_end

    spans = tuple((*moved(start, end), label) for start, end, label in example.spans)
    unknown = tuple(moved(start, end) for start, end in example.unknown)
    return Example(text="".join(pieces), spans=spans, unknown=unknown, source=example.source)


def parts_of(example: Example) -> list[tuple[int, int]]:
    """Spans and unknown parts without their labels, in order."""
    return sorted([*((start, end) for start, end, _ in example.spans), *example.unknown])


def trimmed(example: Example) -> Example:
    """Without blanks at the ends of parts."""

    def trim(start: int, end: int) -> tuple[int, int]:
        name = example.text[start:end]
        return start + len(name) - len(name.lstrip()), end - len(name) + len(name.rstrip())

    spans = tuple((*trim(start, end), label) for start, end, label in example.spans)
    return Example(example.text, spans, tuple(trim(start, end) for start, end in example.unknown), example.source)
