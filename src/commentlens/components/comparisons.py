"""Comparisons: which of two things a comment puts above the other, without being told the pair.

The rules are data (`knowledge/data/comparisons.toml`). A claim that places its subject against another thing
("should be above X", "swap X and Y", a ranking of one's own) orders the two as well and is taken over from the claims.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.clauses import topic_of
from commentlens.components.comparative_words import said_order
from commentlens.components.contrasts import find_contrasts
from commentlens.components.extensions import register, store, stored
from commentlens.components.found_comparison import FoundComparison as FoundComparison  # what this module finds
from commentlens.components.matches import RuleMatch, find_matches, may_guard
from commentlens.components.placements import PLACES, Placement, placed_relation, placement_of
from commentlens.components.rivals import AREAS, rivals_of_entry
from commentlens.components.scope import Sentence
from commentlens.components.standings import personal_ranking
from commentlens.components.topic import REACH, Topic, is_proximal
from commentlens.components.valence import Valence
from commentlens.knowledge.comparatives import comparatives
from commentlens.knowledge.rules import RuleSet, load_rules

# Of a comparison that waits for a condition, and what after "if" is none ("if you ask me").
_UNREAL = frozenset(["would", "'d", "might", "could", "may", "maybe"])
_EMPTY_IFS = frozenset([("you", "ask"), ("i", "had"), ("i", "could"), ("i", "have"), ("you", "want"), ("you", "like")])
_OFFERS = frozenset(["or", "vs", "versus", "between"])
_AFTER_ANSWERS = frozenset(["wins", "any", "every", "all", "hands", "for", "easily", "without", "because", "obviously"])
_IS = frozenset(["is", "'s", "are", "was", "were", "feels", "looks"])
_FLIPPED = {"better": "worse", "worse": "better"}


def find_comparisons(
    topic: Topic, rules: RuleSet, claims: Sequence[Mapping[str, Any]] = (), *, implied: bool = False
) -> list[FoundComparison]:
    """All comparisons of one comment, each pair once, in text order.

    Args:
        topic: the comment's sentences, mentions and context.
        rules: the comparison rules.
        claims: what the claims component found; those with ``others`` order two things.
        implied: whether what is set against each other counts, though no word compares.
    """
    matches = list(find_matches(topic.sentences, rules))
    # Once a comment, and not for the many that nothing matches in.
    rivals = rivals_of_entry(topic) if matches or implied else frozenset()
    read = [pair for match in matches for pair in _read(topic, match, rules, rivals, claims)]
    # Whoever cries out at "A above B" wants it the other way round, even where a claim takes it for a wish.
    placing = {match.rule.id for match in matches if match.rule.option("relation") in PLACES}
    placed = {(pair.worse, pair.better) for pair in read if pair.rule in placing}
    found = [pair for claim in claims for pair in _from_claim(claim, topic.negative)]
    found = [pair for pair in found if (pair.better, pair.worse) not in placed] + read
    answers = _of_answers(topic)
    # "Rome or Oslo? Rome wins hands down": against Oslo, not against all.
    said = {(answer.better, "*") for answer in answers}
    found = [pair for pair in found if (pair.better, pair.worse) not in said] + _of_ranking(topic) + answers
    if implied:
        compared = {frozenset((pair.better, pair.worse)) for pair in found}
        contrasts = find_contrasts(topic, rivals, Valence.load().score)
        found += [pair for pair in contrasts if frozenset((pair.better, pair.worse)) not in compared]
    if not found:
        return []
    kept: dict[frozenset[str], FoundComparison] = {}
    for pair in sorted(found, key=lambda pair: pair.span):
        first = kept.setdefault(frozenset((pair.better, pair.worse)), pair)
        if _contrary(first, pair) and _same_sentence(topic, first.span, pair.span):
            kept[frozenset((pair.better, pair.worse))] = replace(first, contested=True)
    return list(kept.values())


def _contrary(one: FoundComparison, other: FoundComparison) -> bool:
    """Whether two comparisons of one pair order it in contrary ways."""
    return one.better == other.worse and one.worse == other.better and one.relation == other.relation == "better"


def _same_sentence(topic: Topic, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans begin in the same sentence."""
    return any(
        sentence.start <= min(one[0], other[0]) <= max(one[0], other[0]) < sentence.end for sentence in topic.sentences
    )


def _read(
    topic: Topic, match: RuleMatch, rules: RuleSet, rivals: frozenset[str], claims: Sequence[Mapping[str, Any]]
) -> list[FoundComparison]:
    sentence = topic.sentences[match.sentence]
    relation = match.rule.option("relation")
    placed = None
    if relation in PLACES:
        placed = placement_of(topic, match, claims)
        relation = placed_relation(relation, placed, negative=topic.negative)
    on_negative = match.rule.option("on_negative", "keep")
    if (on_negative == "only" and not topic.negative) or (on_negative == "never" and topic.negative):
        return []
    if on_negative == "flip" and topic.negative:
        # More of what the list is about is worse there.
        relation = _FLIPPED.get(relation, relation)
    if may_guard(rules, ["negated"], sentence) and rules.guard("negated", sentence.code, sentence.offset(match.start)):
        effect = match.rule.option("negated", "drop")
        if effect == "drop":
            return []
        relation = _FLIPPED.get(relation, relation) if effect == "flip" else relation
    if _only_if(sentence, match):
        return []
    if relation != "equal" and placed in {None, Placement.SAID} and match.rule.option("guards") != "none":
        # "How is X better than Y?" denies it; "X better than Y?" leaves it open.
        if sentence.doubts:
            relation = _FLIPPED[relation]
        elif sentence.asks:
            return []
    if "x" in match.slots:
        said = said_order(sentence, match)
        if said == 0:
            return []
        relation = relation if said > 0 else _FLIPPED.get(relation, relation)
    if "y" in match.slots and comparatives().is_bad(match.slots["y"].split()):
        relation = _FLIPPED.get(relation, relation)
    span = match.span(sentence)
    aspect = match.slots.get("aspect")
    if "both" in match.slots:
        names = topic.names(sentence.unit(match.slots["both"]))
        if len(names) == 1 and topic.entry and topic.entry not in names and _says_of_one(sentence, match):
            # "Rome is no different", said under another.
            names = [topic.entry, *names]
        first = topic.entry if topic.entry in names else names[0]
        praises = match.rule.option("praises", "none")
        others = [name for name in names if name != first]
        return [FoundComparison(first, name, relation, aspect, span, match.rule.id, praises) for name in others]
    start = match.slot_start("a", sentence)
    left = topic.resolve(match.sentence, match.slots.get("a"), start)
    if match.rule.option("against") == "all":
        right = ["*"]
    elif match.rule.option("against") == "two":
        if topic.entry and not match.slots.get("a", "").startswith("@"):
            # "Saw A and B. Not as nice as those two": not what was named, the entry.
            left = [topic.entry]
        # Where just one other was named, it is the other "of the two".
        other = topic.other_named(match.sentence, start, left[0]) if left else None
        right = topic.two_named(match.sentence, start, left[0]) or [other] if other else []
    elif match.rule.option("against") == "entry":
        left = [name for name in left if name in rivals]
        right = [topic.entry] if topic.entry and left else []
    elif "b" in match.slots:
        right = topic.resolve(match.sentence, match.slots["b"], match.slot_start("b", sentence))
    elif topic.entry and topic.entry not in left:
        right = [topic.entry]
    else:
        # "Between Rome and Oslo, Rome is better": what else was named.
        other = _other_alike(topic, match, left[0]) if left else None
        right = [other] if other else []
    if left == right and left:
        first, second = match.slots.get("a", ""), match.slots.get("b", "")
        other = topic.other_named(match.sentence, match.start, right[0])
        if other and not second.startswith("@") and (first.startswith("@") or is_proximal(first)):
            # "X is fast, why are we behind them": not the entry but X is meant by "them".
            right = [other]
        elif other and not first.startswith("@"):
            # "Where is X? Nicer than Y" under Y: not the entry but X is meant.
            left = [other]
    pairs = []
    if match.rule.option("against") == "all" and "b" in match.slots:
        # "More than any city but X": X alone is better still.
        best = topic.resolve(match.sentence, match.slots["b"], match.end)
        pairs = [
            FoundComparison(b, a, "better", aspect, span, match.rule.id, praises="both")
            for a, b in itertools.product(left, best)
            if a != b
        ]
    if not left and right and right != ["*"]:
        # No entry that could be meant: what was named last before.
        other = topic.other_named(match.sentence, start, right[0])
        left = [other] if other else []
    for a, b in itertools.product(left, right):
        if a == b:
            continue
        better, worse = (b, a) if relation == "worse" else (a, b)
        order = "equal" if relation == "equal" else "better"
        praises = match.rule.option("praises", "none" if order == "equal" else "winner")
        pairs.append(FoundComparison(better, worse, order, aspect, span, match.rule.id, praises))
    return pairs


def _says_of_one(sentence: Sentence, match: RuleMatch) -> bool:
    """Whether a match that may speak of two says a whole clause of one: "Rome is no different."."""
    behind = sentence.units[sentence.index(match.slots["both"]) + 1 :]
    ends = match.end == len(sentence.units) or sentence.units[match.end].kind == "mark"
    return bool(behind) and behind[0].norm in _IS and ends


def _other_alike(topic: Topic, match: RuleMatch, name: str) -> str | None:
    """The nearest other thing named before a match; no country or region, which only says where another thing is."""
    labels = {str(mention["name"]): str(mention["label"]) for mention in topic.mentions}
    nearest = topic.other_named(match.sentence, match.start, name)
    if labels.get(name) in AREAS or labels.get(nearest or "") not in AREAS:
        return nearest
    further = reversed(topic.two_named(match.sentence, match.start, name))
    return next((other for other in further if labels.get(other) not in AREAS), None)


def _only_if(sentence: Sentence, match: RuleMatch) -> bool:
    """Whether what is said holds under a condition that follows: "would beat Rome if it had a river"."""
    first = max(0, match.start - REACH)
    words = [unit.norm for unit in sentence.units[first : match.end + REACH]]
    said = match.end - first
    if not _UNREAL & set(words[:said]):
        return False
    after = words[said:]
    return any(word == "if" and tuple(after[i + 1 : i + 3]) not in _EMPTY_IFS for i, word in enumerate(after))


def _of_answers(topic: Topic) -> list[FoundComparison]:
    """Who asks "Rome or Oslo?" and answers "Oslo." puts it above the rest of what was asked about."""
    found = []
    for question, answer in itertools.pairwise(topic.sentences):
        if not question.asks or not answer.units or answer.units[0].kind != "mention":
            continue
        named, chosen = answer.units[0], topic.names(answer.units[0])
        ends = len(answer.units) == 1 or answer.units[1].kind == "mark" or answer.units[1].norm in _AFTER_ANSWERS
        asked = [name for unit in question.units if unit.kind == "mention" for name in topic.names(unit)]
        # "Or" between names is part of their unit; "Rome or Oslo?" is all there is to that question.
        offers = _OFFERS & question.keys or sum(unit.kind == "word" for unit in question.units) <= 1
        if len(chosen) == 1 and chosen[0] in asked and ends and not answer.asks and offers:
            found += [
                FoundComparison(chosen[0], name, "better", None, (named.start, named.end), "answer")
                for name in dict.fromkeys(asked)
                if name != chosen[0]
            ]
    return found


def _of_ranking(topic: Topic) -> list[FoundComparison]:
    """Neighbours of a ranking of one's own; on a negative list the later one is the better."""
    found = []
    for (upper, _, first), (lower, _, second) in itertools.pairwise(personal_ranking(topic)):
        if upper == lower:
            continue
        better, worse = (lower, upper) if topic.negative else (upper, lower)
        span = (first[0], second[1])
        found.append(
            FoundComparison(
                better, worse, "better", None, span, "personal-ranking", praises="winner" if topic.negative else "both"
            )
        )
    return found


def _from_claim(claim: Mapping[str, Any], negative: bool) -> list[FoundComparison]:
    """The order that a claim implies; on a negative list the one that deserves a smaller number is the worse one."""
    pairs = []
    for other in claim.get("others", ()):
        if other == claim["subject"]:
            continue
        subject = str(claim["subject"])
        better, worse = (subject, other) if (claim["stance"] == "too_low") != negative else (other, subject)
        start, end = claim["span"]
        pairs.append(FoundComparison(better, worse, "better", None, (start, end), str(claim["rule"])))
    return pairs


class Comparisons:
    """The component: reads sentences, mentions, claims and context, writes ``doc._.commentlens_comparisons``."""

    def __init__(self, rules: RuleSet, *, implied: bool = False) -> None:
        self.rules, self.implied = rules, implied

    def __call__(self, doc: Doc) -> Doc:
        self.annotate(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[dict[str, Any]]:
        """Comparisons of a Doc, as the record's keys; writes nothing."""
        return [
            pair.to_dict()
            for pair in find_comparisons(
                topic_of(doc), self.rules, stored(doc, "commentlens_claims") or (), implied=self.implied
            )
        ]

    def annotate(self, doc: Doc, comparisons: Sequence[Mapping[str, Any]]) -> None:
        """Write the comparisons to the Doc."""
        store(doc, "commentlens_comparisons", [dict(pair) for pair in comparisons])


@Language.factory(
    "commentlens_comparisons",
    default_config={"rules": [], "implied": False},
    assigns=["doc._.commentlens_comparisons"],
    requires=["doc._.commentlens_mentions", "doc._.commentlens_sentences"],
)
def make_comparisons(nlp: Language, name: str, rules: list[str], implied: bool) -> Comparisons:  # noqa: ARG001
    """Build the component. ``rules``: paths of the user's own rule files; ``implied``: with what no word compares."""
    register()
    return Comparisons(load_rules("comparisons", [Path(path) for path in rules], implied=implied), implied=implied)
