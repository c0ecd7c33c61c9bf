"""Comments that came before: the same comment twice, not two people who say the same."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from commentlens.corpus.seen import Seen
from commentlens.records import AnnotatedComment, Comment

WITHIN_SECONDS = 600
"""How far apart two equal comments of one author may be to count as one, sent twice."""


class Repeats:
    """Tells repeats from what is new, over all sources; the first of them is the one that counts.

    A repeat has the id and the text of an earlier comment, or the text, the entry and the named author of one that is
    at most ten minutes away. Where neither says when, they are one. Comments without an author are compared by id only:
    two strangers may say the same.
    """

    def __init__(self) -> None:
        self._ids = Seen()
        self._said = Seen()

    def reason(self, comment: Comment | AnnotatedComment) -> str | None:
        """Why it is a repeat; None where it is new, and it is then remembered."""
        if self._ids.earlier((comment.id, comment.text), 0) is not None:
            return "repeat: same id and text as an earlier comment"
        if comment.author is None:
            return None
        entry = comment.entry
        under = (entry.name, entry.rank) if entry else None
        ranked = comment.list
        title = ranked if ranked is None or isinstance(ranked, str) else ranked.title
        now = _seconds(comment.created)
        before = self._said.earlier((comment.author, title, under, comment.text), now)
        if before is None:
            return None
        same = (math.isnan(before) and math.isnan(now)) or abs(before - now) <= WITHIN_SECONDS
        return "repeat: same author, entry and text as an earlier comment" if same else None


def _seconds(created: str | None) -> float:
    """Seconds since 1970, a day alone from its midnight; not a number where no moment is told."""
    if created is None:
        return math.nan
    try:
        moment = datetime.fromisoformat(created)
    except ValueError:
        return math.nan
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
