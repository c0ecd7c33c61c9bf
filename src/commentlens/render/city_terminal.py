"""One city for eyes: its figures, and its comments marked up, with why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from commentlens.components.mood_evidence import EvidenceReader
from commentlens.knowledge.names import fold
from commentlens.records import AnnotatedComment, Span
from commentlens.render.console import Screen
from commentlens.render.figures import (
    STANCE_WORDS,
    count,
    crowd_rank,
    interval,
    relation_words,
    signed,
)
from commentlens.render.markup import BRACKETS, Layer, marks_of, quoted_evidence, segments
from commentlens.render.moods import months_of_city, mood_lines
from commentlens.render.printable import printable
from commentlens.render.report_terminal import dispute_parts
from commentlens.render.themes_terminal import city_themes
from commentlens.render.why_terminal import mood_steps
from commentlens.summary_city import CityView
from commentlens.summary_records import CityRow

STYLES: dict[Layer, str] = {
    "mention": "bold cyan",
    "claim": "bold magenta",
    "comparison": "blue",
    "link": "underline",
    "pos": "green",
    "neg": "red",
    "neu": "yellow",
}
_LEGEND: tuple[tuple[Layer, str], ...] = (
    ("mention", "mention"),
    ("claim", "claim about a rank"),
    ("comparison", "comparison"),
    ("link", "company and city"),
    ("pos", "speaks for"),
    ("neg", "speaks against"),
    ("neu", "speaks of"),
)


Traced = Sequence[Mapping[str, Any]]
"""The moods of a comment with their traces."""


def city_view(view: CityView, screen: Screen, why: Sequence[Traced | None] = ()) -> Iterator[RenderableType]:
    """The parts of the view, top to bottom.

    Args:
        view: what there is to say.
        screen: where it is shown.
        why: for each comment of the view the steps of its moods, None where nobody knows them; empty leaves them out.
    """
    view, why = printable(view), printable(why) or [None] * len(view.comments)
    for row in view.rows:
        yield from _figures(row, screen)
    if not view.rows:
        yield Text(view.name, "bold")
    yield from city_themes(view.themes)
    yield from months_of_city(view.rows, screen)
    if view.disputes:
        yield Text()
        yield Text("Its rank", "bold")
        for dispute in view.disputes:
            of = dispute.list if len(view.rows) > 1 else None
            yield from dispute_parts(dispute, quotes=len(dispute.quotes) if screen.plain else 2, of=of)
    if view.comparisons:
        yield Text()
        yield Text("Compared", "bold")
        for item in view.comparisons:
            sign = "=" if item.relation == "equal" else ">"
            worse = "any other" if item.worse == "*" else item.worse
            note = " (against the list)" if item.against_list else ""
            yield Text(f"  {item.better} {sign} {worse}: {count(item.voices, 'voice')}{note}")
    yield Text()
    if not view.comments:
        yield Text("No comment is about it.", "dim")
        return
    yield Text.assemble(
        (f"{count(len(view.comments), 'comment')}   ", "bold"),
        *[part for layer, words in _LEGEND for part in ((_bracketed(layer, words), STYLES[layer]), "  ")],
    )
    for comment, traced in zip(view.comments, why, strict=True):
        yield Text()
        yield from comment_parts(comment, targets=(view.name,), why=traced or ())


def comment_parts(
    comment: AnnotatedComment, targets: tuple[str, ...] | None = None, why: Traced = ()
) -> Iterator[RenderableType]:
    """One comment marked up, and under it each thing that was read in it, with the evidence and the rule.

    Args:
        comment: the comment.
        targets: the names whose mood is shown; None shows all.
        why: its moods with the steps that led to them, which are then shown below each.
    """
    yield Text(_origin(comment), "dim")
    wanted = None if targets is None else {fold(name) for name in targets}
    moods = [mood for mood in comment.moods if wanted is None or fold(mood.target) in wanted]
    yield Padding(marked(comment, [mood.target for mood in moods]), (0, 0, 0, 2), expand=False)
    evidence = EvidenceReader(comment)
    for mood in moods:
        said = quoted_evidence(comment, evidence.labels(mood))
        implied = ", not named" if mood.implied else ""
        yield _why("mood", f"{mood.target} {mood.label} {signed(mood.score).strip()}{implied}", said)
        for traced in why:
            if traced["target"] == mood.target:
                yield from mood_steps(traced, comment.text, 6)
    for claim in comment.claims:
        asked = f", proposes {interval(claim.proposed)}" if claim.proposed else ""
        listed = f", listed {claim.listed}" if claim.listed is not None else ""
        stated = f", believed to be {claim.stated}" if claim.stated is not None else ""
        what = f"{claim.subject} {STANCE_WORDS[claim.stance]}{asked}{listed}{stated}"
        yield _why("claim", what, _evidence(comment, (claim.span,)), claim.rule)
    for item in comment.comparisons:
        sign = "equals" if item.relation == "equal" else "better than"
        worse = "any other" if item.worse == "*" else item.worse
        what = f"{item.better} {sign} {worse}" + (f" in {item.aspect}" if item.aspect else "")
        yield _why("comparison", what, _evidence(comment, (item.span,)), item.rule)
    for link in comment.links:
        what = f"{link.company} {relation_words(link.relation)} {link.city}"
        yield _why("link", what, _evidence(comment, (link.span,)), link.rule)


def marked(comment: AnnotatedComment, moods_of: list[str] | None = None) -> Text:
    """The text with brackets and colours around what was found; without the brackets it is the text itself."""
    text = Text()
    for segment in segments(comment.text, marks_of(comment, moods_of)):
        for mark in segment.opens:
            text.append(BRACKETS[mark.layer][0], STYLES[mark.layer])
        text.append(segment.text, " ".join(STYLES[mark.layer] for mark in segment.marks))
        for mark in segment.closes:
            text.append(BRACKETS[mark.layer][1], STYLES[mark.layer])
    return text


def _bracketed(layer: Layer, words: str) -> str:
    before, after = BRACKETS[layer]
    return f"{before}{words}{after}"


def _origin(comment: AnnotatedComment) -> str:
    origin = comment.id
    if comment.entry is not None:
        rank = f"no. {comment.entry.rank} " if comment.entry.rank is not None else ""
        origin += f" · under {rank}{comment.entry.name}"
    if comment.author is not None:
        origin += f" · {comment.author}"
    if comment.created is not None:
        origin += f" · {comment.created}"
    if comment.likes is not None:
        origin += f" · {count(comment.likes, 'like')}"
    return origin


def _evidence(comment: AnnotatedComment, spans: tuple[Span, ...]) -> str:
    return ", ".join(f"“{comment.text[start:end]}”" for start, end in spans)


def _why(kind: str, what: str, evidence: str, rule: str | None = None) -> RenderableType:
    line = Text.assemble((f"{kind:<11}", "dim"), what)
    if evidence:
        line.append(f": {evidence}", "italic")
    if rule:
        line.append(f" [{rule}]", "dim")
    return Padding(line, (0, 0, 0, 4), expand=False)


def _figures(row: CityRow, screen: Screen) -> Iterator[RenderableType]:
    name = f"{row.name}, {row.within}" if row.within else row.name
    head = Text(name, "bold")
    if row.rank is not None:
        head.append(f"  no. {row.rank}")
    if row.list is not None:
        head.append(f" of {row.list}" if row.rank is not None else f"  under {row.list}")
    if row.country:
        head.append(f" · {row.country}")
    yield head
    if row.mood.comments:
        for label, words in zip(("Mood", ""), mood_lines(row.mood, screen), strict=True):
            yield Text.assemble((f"{label:<12}", "dim"), words)
    counted = f"{count(row.comments, 'comment')}, {count(row.mentions, 'mention')}"
    yield Text.assemble(("Comments    ", "dim"), counted)
    if row.crowd is not None:
        yield Text.assemble(("Crowd       ", "dim"), f"{crowd_rank(row)}, by {count(row.evidence, 'voice')}")
    if row.companies:
        yield Text.assemble(("Companies   ", "dim"), ", ".join(row.companies))
