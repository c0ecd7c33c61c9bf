"""Outrage at a rank that is only named: which way "Number 15??" points, and whether "twelfth. TWELFTH." is outrage.

Part of `components.claims`: the rules find the words, this module reads what stands around them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from commentlens.components.topic import Topic
from commentlens.components.units import Unit
from commentlens.knowledge.words import words

Score = Callable[[Sequence[Unit]], float]
Rank = tuple[int, int]
# Outrage at one of the first three reads as "too high", beyond them as "too low". Further down than _FAR_DOWN blame is
# not heard either: nobody cries out that a place they dislike is no better than 14th, it is the voters they blame.
_PODIUM = 3
_FAR_DOWN = 10
_FELT = 0.2
_CRIES = frozenset(["!", "?"])
_ASSENT = frozenset(
    "yes yeah yep yup yea ok okay fair agree agreed true correct deserved decent solid fits suits".split()
)
_ANSWERED = frozenset(
    "obviously naturally absolutely definitely rightly clearly yes yep yup agreed correct fair".split()
)
"""Opening the next sentence, they answer who asked for the listed rank only to agree ("1st? Obviously."). Not "sure"
and "yeah", which mock as often."""


def outrage_direction(
    topic: Topic, sentence: int, listed: int | None, stated: Rank | None, score: Score, *, by_rank: bool
) -> str:
    """Direction of "Number 15??": what the rest of the comment feels, else how high the rank is.

    Args:
        topic: the comment.
        sentence: index of the sentence in which the rank is named.
        listed: where the list has the subject.
        stated: the rank that is named, if any.
        score: valence of some units in [-1, 1].
        by_rank: false for a question at whoever did it ("Who put this at 7?"): what all of the comment feels decides;
            without any feeling only a place on the podium tells, none is far above it.

    Returns:
        A stance: ``too_low``, ``too_high``, ``right`` or ``unspecified``.
    """
    rank = stated[0] if stated else listed
    following = topic.sentences[sentence + 1].units if sentence + 1 < len(topic.sentences) else ()
    if by_rank and stated and stated[0] == listed and following and following[0].norm in _ANSWERED:
        return "right"
    if rank == 1:
        return "too_high"
    refused = bool(following) and following[0].norm in words().classes.refusals
    if refused and rank is not None and rank <= _PODIUM:
        return "too_high"
    rest = [
        unit
        for i, other in enumerate(topic.sentences)
        if i != sentence or not by_rank
        for unit in other.units
        if unit.norm not in words().classes.at_the_list
    ]
    felt = score(rest)
    blamed_far_down = by_rank and rank is not None and rank > _FAR_DOWN and felt < 0
    if abs(felt) < _FELT or blamed_far_down:
        if rank is not None and rank <= _PODIUM:
            return "too_high"
        return "too_low" if rank is not None and by_rank else "unspecified"
    return "too_low" if (felt > 0) != topic.negative else "too_high"


def is_cry(topic: Topic, sentence: int, rank: int) -> bool:
    """Whether a rank that is only named is cried out: more than once, or before "!".

    Never one of the first three ("Number 1!!!" is joy), nor where a sentence that names it agrees.
    """
    if rank <= _PODIUM:
        return False
    units = [unit for other in topic.sentences if other.holds_ranks for unit in other.units]
    if any(unit.norm in _ASSENT for unit in units):
        return False
    said = sum(unit.rank == (rank, rank) and not unit.top for unit in units)
    return said > 1 or topic.sentences[sentence].units[-1].norm in _CRIES
