"""Which of two targets a comment puts above the other in wordings that no rule has.

A classifier is asked about each pair of targets that no rule has ordered, after the moods are known. There are two:
one for orders that are stated in whatever words ("Naples is where you go when you are done with Rome"), and one, asked
for what is implied, for which two moods side by side are enough ("queued an hour for a pizza; in Naples I never
waited"). What they find is added to the comparisons under a rule of its own (``model:preference``).
docs/second-reader.md says what they were trained on and how good they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.clauses import topic_of
from commentlens.components.extensions import register, store, stored
from commentlens.components.linear_model import LinearModel, trained_setting
from commentlens.components.mood_rules import compared
from commentlens.components.preference_features import pairs_of, preference_features, shares_of
from commentlens.components.topic import Topic
from commentlens.shipped import shipped

Json = dict[str, Any]

PREFERENCE_RULE = "model:preference"
STATED, IMPLIED = "stated", "implied"
"""The two classifiers, and their files."""
FIRST, SECOND, EQUAL, NONE = "FIRST", "SECOND", "EQUAL", "NONE"
"""What a pair of targets can be: the first is put above the second, below it, on a level with it, or not ordered."""
MOST = 5
"""Targets of a comment that is asked about: where more are named, it is a list rather than an order."""
_CLEARLY = 0.3
"""Lead of the lesser thing in mood, pos less neg, from which on an order is not believed."""
_LONGEST = 120
"""Units of a comment: of a longer one, single words say too little."""


@dataclass(frozen=True, slots=True)
class PreferenceReader:
    """The classifier, and the probability from which on it is believed."""

    model: LinearModel
    threshold: float

    @classmethod
    def load(cls, folder: Path | None = None, *, implied: bool = False) -> PreferenceReader:
        """Load a folder that ``commentlens train preferences`` wrote; without one, what ships.

        Args:
            folder: of both classifiers.
            implied: the one for orders that are only implied, which finds the stated ones too.

        Raises:
            ModelError: If a file is missing or is not what it should be.
        """
        folder = folder or shipped("models", "preferences")
        which = IMPLIED if implied else STATED
        threshold = trained_setting(
            folder,
            lambda meta: float(meta["thresholds"][which]),
            f"no threshold of a reader of {which} preferences",
            "preferences",
        )
        return cls(LinearModel.from_file(folder / f"{which}.json"), threshold)

    def comparisons(
        self,
        topic: Topic,
        moods: Sequence[Mapping[str, Any]],
        claims: Sequence[Mapping[str, Any]],
        found: Sequence[Mapping[str, Any]],
    ) -> list[Json]:
        """The comparisons with those added that only the classifier sees.

        Args:
            topic: the comment's sentences, mentions and context.
            moods: the comment's moods with trace.
            claims: what it claims of ranks.
            found: the comparisons that are known already.
        """
        kept = [dict(item) for item in found]
        if not 1 < len(moods) <= MOST or sum(len(sentence.rows) for sentence in topic.sentences) > _LONGEST:
            return kept
        by_target = {str(mood["target"]): mood for mood in moods}
        known = {frozenset((item["better"], item["worse"])) for item in found}
        for pair in pairs_of(topic, list(by_target)):
            if frozenset(pair) in known:
                continue
            shares = self.model.probabilities(preference_features(topic, by_target, claims, pair))
            order = max((FIRST, SECOND, EQUAL), key=shares.__getitem__)
            better, worse = pair if order != SECOND else pair[::-1]
            if shares[order] >= self.threshold and not _against(by_target[better], by_target[worse], order):
                kept.append(_comparison(topic, (better, worse), order))
        return sorted(kept, key=lambda item: tuple(item["span"]))


def _against(better: Mapping[str, Any], worse: Mapping[str, Any], order: str) -> bool:
    """Whether an order goes against what is clearly felt: the classifier knows that mostly the entry is praised."""
    (pos, neg, _), (other_pos, other_neg, _) = shares_of(better), shares_of(worse)
    return order != EQUAL and (other_pos - other_neg) - (pos - neg) > _CLEARLY


def _comparison(topic: Topic, pair: tuple[str, str], order: str) -> Json:
    """What the classifier saw, as a comparison; of equals the alphabet's first is called the better one."""
    better, worse = sorted(pair) if order == EQUAL else pair
    return {
        "better": better,
        "worse": worse,
        "relation": "equal" if order == EQUAL else "better",
        "aspect": None,
        "span": _span(topic, pair),
        "rule": PREFERENCE_RULE,
        "praises": "none",
        "contested": False,
    }


def _span(topic: Topic, pair: tuple[str, str]) -> list[int]:
    """From the first to the last sentence that names one of the two: the order mostly rests on all that is between."""
    naming = [
        sentence
        for sentence in topic.sentences
        if any(unit.kind == "mention" and set(pair) & set(topic.names(unit)) for unit in sentence.units)
    ]
    return [naming[0].start, naming[-1].end]


class Preferences:
    """The component: reads moods, claims and comparisons, adds to ``doc._.commentlens_comparisons``, and lets what it
    adds decide the moods of both sides in ``doc._.commentlens_moods``, as other comparisons do."""

    def __init__(self, reader: PreferenceReader) -> None:
        self.reader = reader

    def __call__(self, doc: Doc) -> Doc:
        self.annotate(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> dict[str, list[Json]]:
        """``comparisons`` and ``moods`` of a Doc, those that were known already included; writes nothing."""
        moods, claims, found = (
            stored(doc, f"commentlens_{layer}") or () for layer in ("moods", "claims", "comparisons")
        )
        comparisons = self.reader.comparisons(topic_of(doc), moods, claims, found)
        added = [pair for pair in comparisons if pair["rule"] == PREFERENCE_RULE]
        return {"comparisons": comparisons, "moods": compared(moods, added)}

    def annotate(self, doc: Doc, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Write them to the Doc."""
        for layer in ("comparisons", "moods"):
            store(doc, f"commentlens_{layer}", [dict(item) for item in found[layer]])


@Language.factory(
    "commentlens_preferences",
    default_config={"folder": None, "implied": False},
    assigns=["doc._.commentlens_comparisons", "doc._.commentlens_moods"],
    requires=[
        "doc._.commentlens_sentences",
        "doc._.commentlens_claims",
        "doc._.commentlens_comparisons",
        "doc._.commentlens_moods",
    ],
)
def make_preferences(nlp: Language, name: str, folder: str | None, implied: bool) -> Preferences:  # noqa: ARG001
    """Build the component. ``folder``: other readers of preferences than those that ship; ``implied``: with the one for
    what is only implied."""
    register()
    return Preferences(PreferenceReader.load(Path(folder) if folder else None, implied=implied))
