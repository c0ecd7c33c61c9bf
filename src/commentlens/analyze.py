"""Doc -> record: the only place that reads what the components wrote."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.extensions import stored
from commentlens.components.mood import Mood as MoodComponent
from commentlens.records import AnnotatedComment, Claim, Comment, Comparison, Link, Mention, Mood


def analyze(doc: Doc, comment: Comment) -> AnnotatedComment:
    """Build the record of one comment from its Doc.

    Args:
        doc: a Doc that went through the pipeline with this comment's context; a layer that no component found is empty.
        comment: the comment itself.
    """
    text = comment.text
    return AnnotatedComment(
        id=comment.id,
        text=text,
        raw=comment.raw,
        list=comment.list.title if comment.list else None,
        # The blurb stays with its list (docs/record.md), so that a record is the same once it is written and read.
        entry=replace(comment.entry, blurb=None) if comment.entry else None,
        author=comment.author,
        created=comment.created,
        likes=comment.likes,
        mentions=tuple(
            Mention(
                start=m["start"],
                end=m["end"],
                text=text[m["start"] : m["end"]],
                label=m["label"],
                name=m["name"],
                id=m["id"],
                via=m["via"],
            )
            for m in stored(doc, "commentlens_mentions")
        ),
        moods=tuple(
            Mood(
                target=m["target"],
                label=m["label"],
                score=m["score"],
                implied=m["implied"],
                evidence=tuple((start, end) for start, end in m["evidence"]),
            )
            for m in stored(doc, "commentlens_moods") or ()
        ),
        claims=tuple(
            Claim(
                subject=c["subject"],
                stance=c["stance"],
                proposed=tuple(c["proposed"]) if c["proposed"] else None,
                listed=c["listed"],
                stated=c["stated"],
                span=tuple(c["span"]),
                rule=c["rule"],
            )
            for c in stored(doc, "commentlens_claims") or ()
        ),
        comparisons=tuple(
            Comparison(
                better=c["better"],
                worse=c["worse"],
                relation=c["relation"],
                aspect=c["aspect"],
                span=tuple(c["span"]),
                rule=c["rule"],
            )
            for c in stored(doc, "commentlens_comparisons") or ()
        ),
        links=tuple(
            Link(
                company=link["company"],
                city=link["city"],
                relation=link["relation"],
                span=tuple(link["span"]),
                rule=link["rule"],
            )
            for link in stored(doc, "commentlens_links") or ()
        ),
    )


def explanation(doc: Doc) -> dict[str, Any]:
    """Every step that a Doc went through, as plain data in the order in which they acted."""
    context = doc._.commentlens_context
    return {
        "text": doc.text,
        "context": context and {key: value for key, value in context.items() if key != "ranks"},
        "mentions": doc._.commentlens_mentions,
        "rejected": doc._.commentlens_rejected,
        "sentences": [
            {
                "span": [units[0][2], units[-1][3]],
                "units": " ".join(unit[0] for unit in units if unit[0].strip()),
            }
            for units in doc._.commentlens_sentences
            if units
        ],
        "claims": doc._.commentlens_claims,
        "comparisons": doc._.commentlens_comparisons,
        "links": doc._.commentlens_links,
        "moods": doc._.commentlens_moods,
    }


def reasoned_moods(doc: Doc, nlp: Language) -> list[dict[str, Any]]:
    """The moods of a Doc with their traces, and in these what weighed with the classifier, which is worked out now.

    Args:
        doc: went through ``nlp``.
        nlp: the pipeline; a mood that another component of it has changed stays as it is.
    """
    found = [
        mood for _, part in nlp.pipeline if isinstance(part, MoodComponent) for mood in part.find(doc, reasons=True)
    ]
    reasoned = {(mood["target"], mood["label"], mood["score"]): mood for mood in found}
    return [reasoned.get((mood["target"], mood["label"], mood["score"]), mood) for mood in doc._.commentlens_moods]
