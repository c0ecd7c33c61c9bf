"""Rank claims: who argues that something should stand elsewhere in the list, in which direction, at which rank.

Source of the definitions: the project's annotation guidelines (`docs/record.md`). The rules are data
(`knowledge/data/claims.toml`); this module finds their matches, works out whom each is about and which way it points,
and leaves one claim a subject.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.clauses import topic_of
from commentlens.components.extensions import register, store
from commentlens.components.matches import RuleMatch, find_matches
from commentlens.components.number_repeats import is_counted, is_point
from commentlens.components.outrage import Score, is_cry, outrage_direction
from commentlens.components.outside_top import outside_top
from commentlens.components.relative_ranks import BY_FACTOR, BY_PLACES, moved_rank
from commentlens.components.scope import Sentence
from commentlens.components.standings import personal_ranking
from commentlens.components.topic import Topic
from commentlens.components.valence import Valence
from commentlens.knowledge.rules import RuleSet, load_rules

Interval = tuple[int, int | None]
_OPPOSITE = {"too_low": "too_high", "too_high": "too_low"}
# A sentence that begins so leaves out whom it speaks of.
_WITHOUT_SUBJECT = frozenset("should must deserves deserve deserved belongs needs has ought is was".split())
# Whose places people name: a greater number that says of itself nothing is a year, a price, a height.
_LONGEST_LIST = 100
_SHORT = 3  # words around a number that is all that is said
# Only told: the listed rank is named and nothing asked. No claim, unless it is cried out.
_TOLD = "told"


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim before it is a record: the record's keys, and what it places its subject against."""

    subject: str
    stance: str
    proposed: Interval | None
    listed: int | None
    stated: int | None
    span: tuple[int, int]
    rule: str
    others: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The record's keys, plain, and ``others``: the things that the claim places its subject against."""
        return {
            "subject": self.subject,
            "stance": self.stance,
            "proposed": list(self.proposed) if self.proposed else None,
            "listed": self.listed,
            "stated": self.stated,
            "span": list(self.span),
            "rule": self.rule,
            "others": list(self.others),
        }


def find_claims(topic: Topic, rules: RuleSet, score: Score) -> list[FoundClaim]:
    """All claims of one comment, one a subject, in text order.

    Args:
        topic: the comment's sentences, mentions and context.
        rules: the claim rules.
        score: valence of some units in [-1, 1]; decides the direction of outrage that names no direction.
    """
    if not topic.has_list:
        return []
    ranking = personal_ranking(topic)
    if ranking:
        return [
            FoundClaim(
                name,
                direction(topic.listed(name), (rank, rank)),
                (rank, rank),
                topic.listed(name),
                None,
                span,
                "personal-ranking",
            )
            for name, rank, span in ranking
            if topic.in_list(name)
        ]
    claims: list[FoundClaim] = []
    for match in find_matches(topic.sentences, rules):
        claims += _read(topic, match, score)
    heard = (_heard(topic, claim, rules, score) for claim in _one_a_subject(claims))
    return [claim for claim in heard if claim is not None]


def _heard(topic: Topic, claim: FoundClaim, rules: RuleSet, score: Score) -> FoundClaim | None:
    """A listed rank that is only named, at the end of all: outrage where it is cried out, else as it was read."""
    told = claim.stance == _TOLD
    bare = claim.stance == "right" and any(r.id == claim.rule and r.meaning == "bare" for r in rules.rules)
    if claim.listed is not None and (told or bare):
        at = next(i for i, sentence in enumerate(topic.sentences) if claim.span[0] < sentence.end)
        if is_cry(topic, at, claim.listed):
            rank = (claim.listed, claim.listed)
            stance = outrage_direction(topic, at, claim.listed, rank, score, by_rank=True)
            return replace(claim, stance=stance, proposed=None, stated=claim.listed)
    return None if told else claim


def _read(topic: Topic, match: RuleMatch, score: Score) -> list[FoundClaim]:
    sentence = topic.sentences[match.sentence]
    rule, slots, span = match.rule, match.slots, match.span(sentence)
    at, stated = _rank(sentence, slots.get("at")), _rank(sentence, slots.get("stated"))
    stance = rule.option("stance")
    if stance == "swap":
        return _swap(topic, match, span)
    subject_at = match.slot_start("subject", sentence)
    others = topic.resolve(match.sentence, slots["other"], match.start) if "other" in slots else []
    if rule.meaning == "bare" and _is_no_rank(topic, match, slots.get("stated") or slots.get("at")):
        return []
    claims = []
    for subject in _subjects(topic, match, slots.get("subject"), subject_at):
        listed = topic.listed(subject)
        base = FoundClaim(subject, stance, None, listed, stated[0] if stated else None, span, rule.id, tuple(others))
        top = bool(slots.get("at")) and _is_top(sentence, slots["at"])
        kind = rule.option("proposed", "none")
        proposed: Interval | None
        if kind in {BY_PLACES, BY_FACTOR}:
            proposed = moved_rank(listed, sentence.units[match.start : match.end], kind, up=stance == "too_low")
        else:
            proposed = _proposed(kind, at, top)
        found: FoundClaim | None
        if stance in {"by_number", "bare"} and at is None and stated is not None:
            found = _elsewhere(base, stated) if subject == topic.entry else None
        elif stance == "by_top":
            named = stated is not None and _is_top(sentence, slots["stated"]) and subject == topic.entry
            found = _elsewhere(base, stated) if named and stated else None
        elif stance in {"by_number", "bare"}:
            found = replace(base, stance=direction(listed, proposed), proposed=proposed)
        elif stance == "denied":
            found = _denied(base, (1, 1) if rule.option("proposed", "none") == "first" else at)
        elif stance == "next_to":
            found = _next_to(topic, base, others)
        elif stance == "side_by_side":
            found = _side_by_side(topic, base, others)
        elif stance == "missing":
            found = None if subject == topic.entry else replace(base, stance="too_low")
        elif stance in {"by_mood", "by_feeling"}:
            by_rank = stance == "by_mood"
            felt = outrage_direction(topic, match.sentence, listed, stated, score, by_rank=by_rank)
            found = replace(base, stance=felt, proposed=stated if felt == "right" else base.proposed)
        elif stance == "outside":
            felt, proposed = outside_top(topic, listed, at, top=top)
            found = replace(base, stance=felt, proposed=proposed)
        elif stance == "towards":
            found = _towards(base, stated, at, rule.option("proposed", "none") == "at")
        elif stance == "right":
            found = _agreed(base, proposed, at, topic.in_list(subject))
        else:
            found = replace(base, proposed=proposed)
        if found is not None and topic.negative and rule.option("on_negative") == "flip":
            found = replace(found, stance=_OPPOSITE.get(found.stance, found.stance))
        # "How did it finish over Y" under Y: "it" is something else.
        turned = subject != topic.entry or (slots.get("subject") is not None and slots.get("other", "").startswith("@"))
        if found is not None and topic.entry in others and turned and stance != "side_by_side":
            # "How is X above Y" under Y: the comment is about Y.
            entry = str(topic.entry)
            found = replace(
                found,
                subject=entry,
                stance=_OPPOSITE.get(found.stance, found.stance),
                listed=topic.listed(entry),
                others=(subject,) if subject != entry else (),
            )
        if found is not None:
            claims.append(found)
    return claims


def _is_no_rank(topic: Topic, match: RuleMatch, value: str | None) -> bool:
    """Whether a number that is all that is said counts or numbers something, or is too great for a list."""
    sentence = topic.sentences[match.sentence]
    units = sentence.units[match.start : match.end]
    said = sentence.unit(value) if value else next((unit for unit in units if unit.norm == "one"), None)
    # "Uno", "7th" and "no. 7" count nothing.
    if said is None or said.norm not in {"one", "n"} or len(units) > _SHORT:
        return False
    worst = said.rank[1] if said.rank else 1
    return worst > _LONGEST_LIST or is_point(topic, match.sentence) or is_counted(topic, match.sentence, worst)


def _subjects(topic: Topic, match: RuleMatch, said: str | None, before: int) -> list[str]:
    """Whom a claim is about. Where nothing is said it is what the sentence spoke of, if the list holds that, else the
    entry: "Lima has no sea. Number 2" under Rome asks for Rome. Only a verb without its subject ("Should be number 2")
    may speak of the sentence before.
    """
    found = topic.resolve(match.sentence, said, before)
    if said is not None or topic.entry is None:
        return found
    units = topic.sentences[match.sentence].units
    here = [name for unit in units[:before] if unit.kind == "mention" for name in topic.names(unit)]
    goes_on = units[match.start].norm in _WITHOUT_SUBJECT or any(name in here for name in found)
    return found if goes_on and any(map(topic.in_list, found)) else [topic.entry]


def _rank(sentence: Sentence, value: str | None) -> tuple[int, int] | None:
    return sentence.unit(value).rank if value and value.startswith("#") else None


def _is_top(sentence: Sentence, value: str) -> bool:
    return sentence.unit(value).top


def _proposed(kind: str, at: tuple[int, int] | None, top: bool) -> Interval | None:
    if kind == "first":
        return (1, 1)
    if at is None or kind == "none":
        return None
    if kind == "at":
        return at
    if kind == "beyond":
        return (at[1] + 1, None) if top else None
    return (at[1] + 1, None)


def direction(listed: int | None, proposed: Interval | None) -> str:
    """Where the proposal lies from the listed rank; an entry without a rank is asked to get one."""
    if proposed is None:
        return "unspecified"
    if listed is None:
        return "too_low"
    best, worst = proposed
    if best <= listed and (worst is None or listed <= worst):
        return "right"
    return "too_low" if best < listed else "too_high"


def _elsewhere(base: FoundClaim, said: tuple[int, int]) -> FoundClaim | None:
    """A rank that is only named, and whose is left open: another than the listed one is asked for, that one is told."""
    stance = direction(base.listed, said)
    if stance != "right":
        return replace(base, stance=stance, proposed=said, stated=None)
    return replace(base, stance=_TOLD) if said == (base.listed, base.listed) else None


def _towards(base: FoundClaim, stated: Interval | None, at: Interval | None, asked: bool) -> FoundClaim | None:
    """ "Not number 1 but not 14 either", "swap 1 and 2": towards that of the two numbers that is not the listed one."""
    said = [rank for interval in (stated, at) if interval for rank in interval]
    ranks = sorted({rank for rank in said if rank is not None})
    if len(ranks) != 2 or base.listed not in ranks:
        return None
    other = ranks[0] if base.listed == ranks[1] else ranks[1]
    proposed = (other, other)
    return replace(base, stance=direction(base.listed, proposed), proposed=proposed if asked else None, stated=None)


def _next_to(topic: Topic, base: FoundClaim, others: Sequence[str]) -> FoundClaim | None:
    """ "Right after X": up or down, as X stands above or below; X stays the better of the two."""
    ranks = [rank for rank in map(topic.listed, others) if rank is not None]
    if base.listed is None or not ranks:
        return None
    return replace(base, stance="too_low" if max(ranks) < base.listed else "too_high", others=())


def _side_by_side(topic: Topic, base: FoundClaim, others: Sequence[str]) -> FoundClaim | None:
    """ "Oslo 3 and Rome 12": the entry stands too low beside what is above it, too high beside what is below."""
    named = [base.subject, *others]
    if topic.entry is None or topic.entry not in named:
        return None
    entry = replace(base, subject=topic.entry, listed=topic.listed(topic.entry))
    return _next_to(topic, entry, [name for name in named if name != topic.entry])


def _denied(base: FoundClaim, at: tuple[int, int] | None) -> FoundClaim | None:
    """ "Not number 1": a claim only where number 1 is what the list says."""
    if at is None or base.listed is None or not at[0] <= base.listed <= at[1]:
        return None
    beyond = (at[1] + 1, None) if at[0] != at[1] else None
    return replace(base, stance="too_high", proposed=beyond)


def _agreed(base: FoundClaim, proposed: Interval | None, at: tuple[int, int] | None, listed_at_all: bool) -> FoundClaim:
    """Agreement with a rank that is not the listed one asks for that rank; what is not listed should be."""
    if base.listed is None and not listed_at_all:
        return replace(base, stance="too_low", proposed=proposed)
    if at is not None and base.listed is not None and not at[0] <= base.listed <= at[1]:
        return replace(base, stance=direction(base.listed, at), proposed=at)
    return replace(base, proposed=proposed)


def _swap(topic: Topic, match: RuleMatch, span: tuple[int, int]) -> list[FoundClaim]:
    sentence = topic.sentences[match.sentence]
    names = [name for key in ("both", "subject", "other") if match.slots.get(key, "").startswith("@")
             for name in topic.names(sentence.unit(match.slots[key]))]  # fmt: skip
    if not names and topic.entry:
        # "Swap those two": the entry and what was named beside it.
        other = topic.other_named(match.sentence, match.start, topic.entry)
        names = [other] if other and topic.listed(other) is not None else []
    alone = len(names) == 1 or set(match.slots) == {"subject"}
    if names and alone and topic.entry and topic.entry not in names:
        names.append(topic.entry)
    ranked = sorted((rank, name) for name in names if (rank := topic.listed(name)) is not None)
    new = [name for name in names if topic.listed(name) is None]
    if set(match.slots) == {"subject"} and topic.entry in names and (len(names) > 2 or len(new) == 1):
        # What the list has no rank for, and more than one, come in for the entry.
        gone = str(topic.entry)
        rank = topic.listed(gone)
        come = [name for name in names if name != gone]
        return [
            *(FoundClaim(o, "too_low", None, topic.listed(o), None, span, match.rule.id, (gone,)) for o in come),
            FoundClaim(gone, "too_high", None, rank, None, span, match.rule.id, tuple(come)),
        ]
    if len(ranked) != 2:
        return []
    (first, upper), (second, lower) = ranked
    return [
        FoundClaim(lower, "too_low", None, second, None, span, match.rule.id, (upper,)),
        FoundClaim(upper, "too_high", None, first, None, span, match.rule.id, (lower,)),
    ]


def _one_a_subject(claims: Sequence[FoundClaim]) -> list[FoundClaim]:
    """One claim a subject: the one that names a rank, else the one with a direction, else the first; it takes over the
    rank that another says it has now."""
    kept: dict[str, FoundClaim] = {}
    for claim in claims:
        other = kept.get(claim.subject)
        if other is None:
            kept[claim.subject] = claim
            continue
        stronger = max((other, claim), key=_weight)
        kept[claim.subject] = replace(
            stronger,
            stated=other.stated or claim.stated,
            others=tuple(dict.fromkeys((*other.others, *claim.others))),
        )
    return sorted(kept.values(), key=lambda claim: claim.span)


def _weight(claim: FoundClaim) -> tuple[bool, bool, bool, bool]:
    points = claim.stance not in {"unspecified", "right", _TOLD}
    return (claim.stance != _TOLD, points, claim.proposed is not None, claim.stated is None)


class Claims:
    """The component: reads sentences, mentions and context, writes ``doc._.commentlens_claims``."""

    def __init__(self, rules: RuleSet, valence: Valence) -> None:
        self.rules, self.valence = rules, valence

    def __call__(self, doc: Doc) -> Doc:
        self.annotate(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[dict[str, Any]]:
        """Claims of a Doc, as the record's keys; writes nothing."""
        return [claim.to_dict() for claim in find_claims(topic_of(doc), self.rules, self.valence.score)]

    def annotate(self, doc: Doc, claims: Sequence[Mapping[str, Any]]) -> None:
        """Write the claims to the Doc."""
        store(doc, "commentlens_claims", [dict(claim) for claim in claims])


@Language.factory(
    "commentlens_claims",
    default_config={"rules": [], "lexicon": None},
    assigns=["doc._.commentlens_claims"],
    requires=["doc._.commentlens_mentions", "doc._.commentlens_sentences"],
)
def make_claims(nlp: Language, name: str, rules: list[str], lexicon: str | None) -> Claims:  # noqa: ARG001  # spaCy's
    """Build the component. ``rules``: paths of the user's own rule files; ``lexicon``: of the user's valences."""
    register()
    return Claims(
        load_rules("claims", [Path(path) for path in rules]), Valence.load([Path(lexicon)] if lexicon else [])
    )
