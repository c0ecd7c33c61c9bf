"""The second reader: two small classifiers that are asked where the rules are silent, or contradict each other.

``order``: of two things of one sentence, whether the first is put above the second (BETTER), below (WORSE), or neither
(NONE). ``argues``: whether a comment under an entry says that the entry stands too low, too high or right. What they
find is added to what the rules found, under a rule of its own (``model:order``, ``model:argues``); where a comparison
is contested, the classifier decides. docs/second-reader.md says what they were trained on and how good they are.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.argue_features import argue_features, denies_better
from commentlens.components.claims import direction
from commentlens.components.clauses import topic_of
from commentlens.components.extensions import register, store, stored
from commentlens.components.linear_model import LinearModel, trained_setting
from commentlens.components.pair_features import ORDERING_UNITS, pair_features
from commentlens.components.topic import Topic
from commentlens.components.units import Unit
from commentlens.components.valence import Valence
from commentlens.knowledge.comparatives import comparatives
from commentlens.shipped import shipped

Json = dict[str, Any]

_LONGEST_ARGUED = 90
"""Units of a comment: of a longer one, single words and their neighbours say too little."""
_OWNS = 3
"""Units before a rank in which a name makes the rank its own ("Oslo is 9")."""
ORDER_RULE = "model:order"
ARGUES_RULE = "model:argues"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on a classifier is believed.

    ``given``: for the order of two things that somebody named before; ``open``: for any two things of a sentence;
    ``argues``: for a claim. Chosen on text of our own that was not trained on (docs/second-reader.md).
    """

    given: float
    open: float
    argues: float


class OrderReader:
    """Reads the order of two things in a sentence."""

    def __init__(self, model: LinearModel, valence: Valence, thresholds: Thresholds) -> None:
        self.model, self.valence, self.thresholds = model, valence, thresholds

    def given_pair(self, units: Sequence[Unit], first: int, second: int) -> tuple[str, float]:
        """Label and its probability for two units that somebody named before the sentence was read."""
        return self._read(units, first, second, self.thresholds.given)

    def open_pair(self, units: Sequence[Unit], first: int, second: int) -> tuple[str, float]:
        """The same for two of the things that a sentence happens to name: an order only where it is quite sure."""
        return self._read(units, first, second, self.thresholds.open)

    def _read(self, units: Sequence[Unit], first: int, second: int, threshold: float) -> tuple[str, float]:
        shares = self.model.probabilities(pair_features(units, first, second, self.valence))
        label = max(("BETTER", "WORSE"), key=shares.__getitem__)
        return (label, shares[label]) if shares[label] >= threshold else ("NONE", shares["NONE"])


@dataclass(frozen=True, slots=True)
class SecondReader:
    """Both classifiers."""

    order: OrderReader
    argues: LinearModel

    @classmethod
    def load(cls, folder: Path | None = None) -> SecondReader:
        """Load a folder that ``commentlens train second-reader`` wrote; without one, what ships.

        Raises:
            ModelError: If a file is missing or is not what it should be.
        """
        folder = folder or shipped("models", "second_reader")
        thresholds = trained_setting(
            folder,
            lambda meta: Thresholds(**meta["thresholds"]),
            "no thresholds of a second reader",
            "second-reader",
        )
        order = LinearModel.from_file(folder / "order.json")
        argues = LinearModel.from_file(folder / "argues.json")
        return cls(OrderReader(order, Valence.load(), thresholds), argues)

    def comparisons(self, topic: Topic, found: Sequence[Mapping[str, Any]]) -> list[Json]:
        """The comparisons with those added that only the classifier sees; contested ones as it decides them."""
        kept = [self._decided(topic, item) if item.get("contested") else dict(item) for item in found]
        known = {frozenset((item["better"], item["worse"])) for item in kept}
        for index, sentence in enumerate(topic.sentences):
            # A sentence that asks leaves the order open; one that names a single thing has none.
            if len(topic.mentions) < 2 or sentence.asks or not _may_order(sentence.keys):
                continue
            for first, second in itertools.combinations(_named(sentence.units), 2):
                names = (topic.names(sentence.units[first])[0], topic.names(sentence.units[second])[0])
                if names[0] == names[1] or frozenset(names) in known:
                    continue
                label, _ = self.order.open_pair(sentence.units, first, second)
                if label == "NONE":
                    continue
                known.add(frozenset(names))
                kept.append(_comparison(topic, index, (first, second), names, label))
        return sorted(kept, key=lambda item: tuple(item["span"]))

    def _decided(self, topic: Topic, item: Mapping[str, Any]) -> Json:
        """A contested comparison in the order that the classifier sees, or as it stands where it sees none."""
        for index, sentence in enumerate(topic.sentences):
            places = {topic.names(sentence.units[i])[0]: i for i in _named(sentence.units)}
            pair = sorted(places[name] for name in (item["better"], item["worse"]) if name in places)
            if len(pair) != 2:
                continue
            names = (topic.names(sentence.units[pair[0]])[0], topic.names(sentence.units[pair[1]])[0])
            label, _ = self.order.given_pair(sentence.units, *pair)
            if label != "NONE":
                return _comparison(topic, index, (pair[0], pair[1]), names, label)
        return dict(item)

    def claims(self, topic: Topic, found: Sequence[Mapping[str, Any]]) -> list[Json]:
        """The claims, and where there is none, the one that the classifier sees about the entry."""
        kept = [dict(item) for item in found]
        entry = topic.entry
        if kept or entry is None or sum([len(sentence.rows) for sentence in topic.sentences]) > _LONGEST_ARGUED:
            return kept
        listed = topic.listed(entry)
        if listed is None:
            return kept
        shares = self.argues.probabilities(argue_features(topic, listed))
        stance = max((label for label in self.argues.labels if label != "none"), key=shares.__getitem__)
        if shares[stance] < self.order.thresholds.argues or (stance == "too_low" and denies_better(topic, listed)):
            return kept
        span = [topic.sentences[0].start, topic.sentences[-1].end]
        proposed = _only_rank(topic, listed, stance)
        claim = {"subject": entry, "stance": stance, "proposed": proposed, "listed": listed, "stated": None}
        return [{**claim, "span": span, "rule": ARGUES_RULE, "others": []}]


def _only_rank(topic: Topic, listed: int, stance: str) -> list[int | None] | None:
    """The one rank that a comment can ask for: named in the direction of the stance, and not of another thing; with
    several, or none, nothing is proposed. "Not in the top 10" under the fifth asks for a place behind the tenth."""
    found: set[tuple[int, int | None]] = set()
    for sentence in topic.sentences:
        units = sentence.units
        for i, unit in enumerate(units):
            if unit.rank is None or any(_of_another(topic, before) for before in units[max(0, i - _OWNS) : i]):
                continue
            if stance == "too_high" and unit.top and listed <= unit.rank[1]:
                found.add((unit.rank[1] + 1, None))
            elif direction(listed, unit.rank) == stance:
                found.add(unit.rank)
    return list(found.pop()) if len(found) == 1 else None


def _of_another(topic: Topic, unit: Unit) -> bool:
    """Whether a unit names another thing than the entry."""
    return unit.kind == "mention" and topic.entry not in topic.names(unit)


def _named(units: Sequence[Unit]) -> list[int]:
    """Where single things are named; "Rome and Oslo" in one breath are not ordered."""
    return [i for i, unit in enumerate(units) if unit.kind == "mention" and len(unit.mentions) == 1]


def _may_order(keys: frozenset[str]) -> bool:
    """Whether anything in a sentence can order two things, so that the classifier need not read the rest."""
    if "@" not in keys:
        return False
    return not ORDERING_UNITS.isdisjoint(keys) or any(map(comparatives().is_comparative, keys))


def _comparison(topic: Topic, index: int, places: tuple[int, int], names: tuple[str, str], label: str) -> Json:
    sentence = topic.sentences[index]
    better, worse = names if label == "BETTER" else names[::-1]
    return {
        "better": better,
        "worse": worse,
        "relation": "better",
        "aspect": None,
        "span": [sentence.units[places[0]].start, sentence.end],
        "rule": ORDER_RULE,
        "praises": "winner",
        "contested": False,
    }


class SecondReaderComponent:
    """The component: reads what the rules found, and adds to ``doc._.commentlens_claims`` and ``…_comparisons``."""

    def __init__(self, reader: SecondReader) -> None:
        self.reader = reader

    def __call__(self, doc: Doc) -> Doc:
        self.annotate(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> dict[str, list[Json]]:
        """Claims and comparisons of a Doc, those of the rules included; writes nothing."""
        topic = topic_of(doc)
        return {
            "claims": self.reader.claims(topic, stored(doc, "commentlens_claims") or ()),
            "comparisons": self.reader.comparisons(topic, stored(doc, "commentlens_comparisons") or ()),
        }

    def annotate(self, doc: Doc, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Write both to the Doc."""
        store(doc, "commentlens_claims", [dict(item) for item in found["claims"]])
        store(doc, "commentlens_comparisons", [dict(item) for item in found["comparisons"]])


@Language.factory(
    "commentlens_second_reader",
    default_config={"folder": None},
    assigns=["doc._.commentlens_claims", "doc._.commentlens_comparisons"],
    requires=["doc._.commentlens_sentences", "doc._.commentlens_claims", "doc._.commentlens_comparisons"],
)
def make_second_reader(nlp: Language, name: str, folder: str | None) -> SecondReaderComponent:  # noqa: ARG001
    """Build the component. ``folder``: another second reader than the one that ships."""
    register()
    return SecondReaderComponent(SecondReader.load(Path(folder) if folder else None))
