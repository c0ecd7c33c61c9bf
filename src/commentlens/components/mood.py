"""The component of moods: what the rules feel, and where nothing is argued the classifier's word.

A claim or a comparison decides the label of its subject; elsewhere the classifier (`mood_classifier.py`) weighs what
the rules felt with the words themselves. Either way the mood's ``trace`` says what acted, in order.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.clauses import topic_of
from commentlens.components.extensions import register, store, stored
from commentlens.components.mood_classifier import MoodClassifier
from commentlens.components.mood_figures import Figures, seen_from
from commentlens.components.mood_rules import Feeling, argued, feel
from commentlens.components.mood_views import Seen
from commentlens.components.topic import Topic
from commentlens.components.valence import Valence
from commentlens.errors import ModelError

Json = dict[str, Any]

RULES, CLASSIFIER = "rules", "classifier"


class Mood:
    """The component: reads everything before it, writes ``doc._.commentlens_moods``.

    Args:
        valence: reads the words.
        classifier: has the last word where nothing is argued; None leaves it at the rules.
    """

    def __init__(self, valence: Valence, classifier: MoodClassifier | None) -> None:
        self.valence, self.classifier = valence, classifier

    def __call__(self, doc: Doc) -> Doc:
        self.annotate(doc, self.find(doc))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The same for a stream of Docs, in order; the classifier reads the targets of a batch at once."""
        docs_left = iter(stream)
        while docs := list(itertools.islice(docs_left, batch_size)):
            felt = [felt_in(doc, self.valence) for doc in docs]
            moods = [feeling.moods for _, feeling in felt]
            if self.classifier is not None:
                moods = settle_all(felt, self.classifier)
            for doc, found in zip(docs, moods, strict=True):
                self.annotate(doc, found)
                yield doc

    def find(self, doc: Doc, *, reasons: bool = False) -> list[Json]:
        """Moods of a Doc, as the record's keys and ``trace``; writes nothing.

        Args:
            doc: what the components before this one have read.
            reasons: with what weighed for the classifier's label (see `settle`), which takes time.
        """
        topic, felt = felt_in(doc, self.valence)
        return felt.moods if self.classifier is None else settle(topic, felt, self.classifier, reasons=reasons)

    def annotate(self, doc: Doc, moods: Sequence[Mapping[str, Any]]) -> None:
        """Write the moods to the Doc."""
        store(doc, "commentlens_moods", [dict(mood) for mood in moods])


def felt_in(doc: Doc, valence: Valence) -> tuple[Topic, Feeling]:
    """What the rules feel in a Doc, with its sentences, mentions and context."""
    topic = topic_of(doc)
    claims, comparisons = stored(doc, "commentlens_claims") or (), stored(doc, "commentlens_comparisons") or ()
    return topic, feel(topic, claims, comparisons, valence)


def settle(topic: Topic, felt: Feeling, classifier: MoodClassifier, *, reasons: bool = False) -> list[Json]:
    """The moods of a comment with the classifier's word where no claim or comparison has decided.

    Args:
        topic: the comment's sentences, mentions and context.
        felt: what the rules felt.
        classifier: weighs it.
        reasons: put into each of its steps, as ``reasons``, names and weights of what weighed for the label, heaviest
            first.
    """
    return settle_all([(topic, felt)], classifier, reasons=reasons)[0]


def settle_all(
    comments: Sequence[tuple[Topic, Feeling]], classifier: MoodClassifier, *, reasons: bool = False
) -> list[list[Json]]:
    """The same for many comments; each gets the very moods that it gets alone."""
    settled = [list(felt.moods) for _, felt in comments]
    asked: list[tuple[list[Json], int, tuple[Seen, Figures]]] = []
    for moods, (topic, felt) in zip(settled, comments, strict=True):
        for place, mood in enumerate(moods):
            if not argued(mood) and topic.sentences:
                asked.append((moods, place, seen_from(topic, felt, str(mood["target"]))))
    answers = classifier.read_all([said for _, _, said in asked])
    for (moods, place, (seen, said)), read in zip(asked, answers, strict=True):
        mood = moods[place]
        step: Json = {
            "step": "classifier",
            "shares": {label: round(share, 4) for label, share in read.shares.items()},
            "rules": {"label": mood["label"], "score": mood["score"]},
        }
        if reasons:
            weighed = classifier.reasons(seen, said, read.label)
            step["reasons"] = [[name, round(weight, 4)] for name, weight in weighed]
        moods[place] = {**mood, "label": read.label, "score": round(read.score, 4), "trace": [*mood["trace"], step]}
    return settled


@Language.factory(
    "commentlens_mood",
    default_config={"model": CLASSIFIER, "folder": None, "lexicon": None},
    assigns=["doc._.commentlens_moods"],
    requires=["doc._.commentlens_sentences", "doc._.commentlens_claims", "doc._.commentlens_comparisons"],
)
def make_mood(
    nlp: Language,  # noqa: ARG001  # spaCy's signature
    name: str,  # noqa: ARG001
    model: str,
    folder: str | None,
    lexicon: str | None,
) -> Mood:
    """Build the component.

    Args:
        model: "classifier", or "rules" to leave the classifier out.
        folder: another classifier than the one that ships.
        lexicon: path of the user's valences.

    Raises:
        ModelError: If ``model`` is neither, or the folder holds no classifier.
    """
    register()
    if model not in {RULES, CLASSIFIER}:
        raise ModelError(f"mood model: got {model!r}; it is {CLASSIFIER} or {RULES}.")
    classifier = MoodClassifier.load(Path(folder) if folder else None) if model == CLASSIFIER else None
    return Mood(Valence.load([Path(lexicon)] if lexicon else []), classifier)
