"""Which of two targets a comment puts above the other without comparing them in so many words.

A classifier is asked about each pair of targets that no rule has ordered, after the moods are known: mostly it is two
moods side by side that order two cities ("queued an hour for a pizza; in Naples I never waited"). What it finds is
added to the comparisons under a rule of its own (``model:preference``). docs/second-reader.md says what it was trained
on and how good it is.
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
from commentlens.components.preference_features import pairs_of, preference_features
from commentlens.components.topic import Topic
from commentlens.shipped import shipped

Json = dict[str, Any]

PREFERENCE_RULE = "model:preference"
FIRST, SECOND, EQUAL, NONE = "FIRST", "SECOND", "EQUAL", "NONE"
"""What a pair of targets can be: the first is put above the second, below it, on a level with it, or not ordered."""
MOST = 5
"""Targets of a comment that is asked about: where more are named, it is a list rather than an order."""
_LONGEST = 120
"""Units of a comment: of a longer one, single words say too little."""


@dataclass(frozen=True, slots=True)
class PreferenceReader:
    """The classifier, and the probability from which on it is believed."""

    model: LinearModel
    threshold: float

    @classmethod
    def load(cls, folder: Path | None = None) -> PreferenceReader:
        """Load a folder that ``commentlens train preferences`` wrote; without one, what ships.

        Raises:
            ModelError: If a file is missing or is not what it should be.
        """
        folder = folder or shipped("models", "preferences")
        threshold = trained_setting(
            folder,
            lambda meta: float(meta["threshold"]),
            "no threshold of a reader of preferences",
            "preferences",
        )
        return cls(LinearModel.from_file(folder / "preferences.json"), threshold)

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
            if shares[order] >= self.threshold:
                kept.append(_comparison(topic, pair if order != SECOND else pair[::-1], order))
        return sorted(kept, key=lambda item: tuple(item["span"]))


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
    """The component: reads moods, claims and comparisons, and adds to ``doc._.commentlens_comparisons``."""

    def __init__(self, reader: PreferenceReader) -> None:
        self.reader = reader

    def __call__(self, doc: Doc) -> Doc:
        self.annotate(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[Json]:
        """Comparisons of a Doc, those that were known already included; writes nothing."""
        moods, claims, found = (
            stored(doc, f"commentlens_{layer}") or () for layer in ("moods", "claims", "comparisons")
        )
        return self.reader.comparisons(topic_of(doc), moods, claims, found)

    def annotate(self, doc: Doc, comparisons: Sequence[Mapping[str, Any]]) -> None:
        """Write the comparisons to the Doc."""
        store(doc, "commentlens_comparisons", [dict(item) for item in comparisons])


@Language.factory(
    "commentlens_preferences",
    default_config={"folder": None},
    assigns=["doc._.commentlens_comparisons"],
    requires=[
        "doc._.commentlens_sentences",
        "doc._.commentlens_claims",
        "doc._.commentlens_comparisons",
        "doc._.commentlens_moods",
    ],
)
def make_preferences(nlp: Language, name: str, folder: str | None) -> Preferences:  # noqa: ARG001
    """Build the component. ``folder``: another reader of preferences than the one that ships."""
    register()
    return Preferences(PreferenceReader.load(Path(folder) if folder else None))
