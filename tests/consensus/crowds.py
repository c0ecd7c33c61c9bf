"""Comments as the tests of the crowd's ranking need them: each says one thing."""

from __future__ import annotations

from commentlens.consensus import crowd_ranking
from commentlens.records import (
    AnnotatedComment,
    Claim,
    Comparison,
    Entry,
    Mood,
    Polarity,
    RankInterval,
    Stance,
)

ENTRIES = tuple(Entry(name=name, rank=rank) for rank, name in enumerate("ABCDEFGH", 1))
Said = Claim | Comparison | Mood


def claim(subject: str, stance: Stance, proposed: RankInterval | None = None, listed: int | None = None) -> Claim:
    """A claim; ``listed`` only where the rank tells two entries apart."""
    return Claim(subject=subject, stance=stance, proposed=proposed, listed=listed, span=(0, 1), rule="test")


def comparison(better: str, worse: str, relation: str = "better") -> Comparison:
    """A comparison."""
    return Comparison(
        better=better, worse=worse, relation="equal" if relation == "equal" else "better", span=(0, 1), rule="test"
    )


def mood(target: str, score: float) -> Mood:
    """A mood."""
    return Mood(target=target, label="pos" if score > 0 else "neg", score=score, implied=False)


def comment(*said: Said, author: str | None = None, number: int = 0) -> AnnotatedComment:
    """One comment that says all this."""
    return AnnotatedComment(
        id=f"c{number}",
        text="x",
        author=author,
        claims=tuple(item for item in said if isinstance(item, Claim)),
        comparisons=tuple(item for item in said if isinstance(item, Comparison)),
        moods=tuple(item for item in said if isinstance(item, Mood)),
    )


def comments(*said: Said, author: str | None = None) -> list[AnnotatedComment]:
    """One comment for each thing said."""
    return [comment(item, author=author, number=number) for number, item in enumerate(said)]


def order(*said: Said, author: str | None = None, polarity: Polarity = "positive") -> str:
    """The names of `ENTRIES` in the crowd's order."""
    ranks = crowd_ranking(ENTRIES, comments(*said, author=author), polarity)
    return "".join(rank.name for rank in sorted(ranks, key=lambda rank: rank.rank or 99))
