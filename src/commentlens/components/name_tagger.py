"""The spaCy component that proposes names: a small recogniser trained on noisy comments (`training.entities`)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import from_bytes, load_config, registry, to_bytes
from spacy.vocab import Vocab
from thinc.api import Model, Optimizer
from threadpoolctl import ThreadpoolController

from commentlens.components.name_crf import best_tags, gradients
from commentlens.components.name_features import Features, TokenFeatures
from commentlens.components.name_model import Scores, embed, learn_transitions, scores_of, transitions_of
from commentlens.components.name_scores import name_scores
from commentlens.components.name_tags import LABELS, allowed_tags, spans_of
from commentlens.components.word_vectors import WordVectors
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.places import Places
from commentlens.shipped import shipped

#: Where training Docs keep their gold names, with labels of `name_tags` (also those that say less).
GOLD = "names"
# Rows of words that are kept once the network has embedded them; a million words of comments have about that many.
_KEPT = 30_000
# Tokens that go through the network at once.
_TOKENS = 10_000


class NameTagger(TrainablePipe):  # type: ignore[misc]
    """Writes ``doc.ents``; labels are `name_tags.LABELS`."""

    def __init__(
        self,
        vocab: Vocab,
        model: Model[Features, Scores],
        name: str = "commentlens_names",
        *,
        places: Places,
        companies: Companies,
    ) -> None:
        """A recogniser without word vectors and weights; `initialize` or `from_disk` gives them."""
        self.vocab = vocab
        self.model = model
        self.name = name
        self.cfg: dict[str, Any] = {}
        self._places, self._companies = places, companies
        self._use(WordVectors.empty())

    def _use(self, vectors: WordVectors) -> None:
        self.features = TokenFeatures(self._places, self._companies, vectors)
        self._forget()

    def _forget(self) -> None:
        """Drop what was embedded with other weights."""
        self._rows: dict[int, int] = {}
        self._embedded = np.zeros((0, 0), dtype=np.float32)

    @property
    def labels(self) -> tuple[str, ...]:
        """What its entities may be called."""
        return LABELS

    def predict(self, docs: Iterable[Doc]) -> list[npt.NDArray[np.intp]]:
        """Numbers of the tags of each Doc's tokens; long batches are taken in parts, so that memory stays bounded."""
        found: list[npt.NDArray[np.intp]] = []
        waiting: list[Doc] = []
        tokens = 0
        for doc in docs:
            waiting.append(doc)
            tokens += len(doc)
            if tokens > _TOKENS:
                found.extend(self._tags(waiting))
                waiting, tokens = [], 0
        return [*found, *self._tags(waiting)]

    def _tags(self, docs: list[Doc]) -> list[npt.NDArray[np.intp]]:
        texts = [doc for doc in docs if len(doc)]
        if not texts:
            return [np.zeros(0, dtype=np.intp) for _ in docs]
        features = self.features(texts)
        # The products are small: more threads would wait for each other, and for those of other processes.
        with _blas().limit(limits=1):
            scores = scores_of(self.model, self._embed(features)[features.row], features.lengths)
        found = iter(best_tags(scores, transitions_of(self.model)))
        return [next(found) if len(doc) else np.zeros(0, dtype=np.intp) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], scores: Iterable[npt.NDArray[np.intp]]) -> None:
        """Write ``doc.ents`` from the tags that `predict` gives; the only writer."""
        for doc, tags in zip(docs, scores, strict=True):
            doc.ents = (
                [Span(doc, start, end, label) for start, end, label in spans_of(tags.tolist())] if tags.any() else []
            )

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,  # noqa: ARG002
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from a batch whose reference Docs have the tokens of the predicted ones; dropout is the network's own.

        Returns:
            ``losses``, with this component's raised by the mean negative log likelihood a token.
        """
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = [example for example in examples if len(example.reference)]
        if not examples:
            return losses
        features = self.features([example.reference for example in examples])
        scores, backprop = self.model.begin_update(features)
        found = gradients(scores, transitions_of(self.model), [_gold(example.reference) for example in examples])
        share = np.float32(1.0 / len(examples))
        backprop([gradient * share for gradient in found.scores])
        learn_transitions(self.model, found.transitions * share)
        if sgd is not None:
            self.finish_update(sgd)
        losses[self.name] += found.loss
        self._forget()
        return losses

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,  # noqa: ARG002
        vectors: Any = None,
    ) -> None:
        """Set sizes and starting weights; ``vectors`` are the `WordVectors` to use, none by default.

        spaCy checks what a config gives here by the annotation, and knows no names of this module.
        """
        self._use(vectors or WordVectors.empty())
        example = next(iter(get_examples()))
        self.model.initialize(self.features([example.reference]))

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Precision, recall and F1 of exact names against the gold of the reference Docs."""
        return name_scores(
            (
                [(ent.start, ent.end, ent.label_) for ent in example.predicted.ents],
                gold_spans(example.reference),
            )
            for example in examples
        )

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Weights and word vectors; ``exclude`` is spaCy's."""
        data: bytes = to_bytes({"model": self.model.to_bytes, "vectors": self.features.vectors.to_bytes}, exclude)
        return data

    def from_bytes(self, bytes_data: bytes, *, exclude: Iterable[str] = ()) -> NameTagger:
        """What `to_bytes` made."""
        from_bytes(bytes_data, {"model": self._read_model, "vectors": self._read_vectors}, exclude)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write weights and word vectors into a folder."""
        folder = Path(path)
        folder.mkdir(exist_ok=True)
        for name, data in (("model", self.model.to_bytes), ("vectors", self.features.vectors.to_bytes)):
            if name not in exclude:
                (folder / name).write_bytes(data())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> NameTagger:
        """Read what `to_disk` wrote."""
        for name, read in (("model", self._read_model), ("vectors", self._read_vectors)):
            if name not in exclude:
                read((Path(path) / name).read_bytes())
        return self

    def _read_model(self, data: bytes) -> None:
        self.model.from_bytes(data)
        self._forget()

    def _read_vectors(self, data: bytes) -> None:
        self._use(WordVectors.from_bytes(data))

    def _embed(self, features: Features) -> npt.NDArray[np.float32]:
        """Embedded rows of features; those seen before come from memory."""
        if len(self._rows) > _KEPT:
            self._forget()
        names = features.names.tolist()
        rows = self._rows
        new = [number for number, name in enumerate(names) if name not in rows]
        if new:
            fresh = embed(self.model, features.keys[new], features.vectors[new])
            begin = len(rows)
            rows.update((names[number], begin + place) for place, number in enumerate(new))
            if len(self._embedded) < begin + len(new):
                grown = np.zeros((2 * (begin + len(new)), fresh.shape[1]), dtype=np.float32)
                grown[:begin] = self._embedded[:begin] if begin else 0.0
                self._embedded = grown
            self._embedded[begin : begin + len(new)] = fresh
        return self._embedded[[rows[name] for name in names]]


@functools.cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")


def gold_spans(doc: Doc) -> list[tuple[int, int, str]]:
    """Gold names of a training Doc, in tokens."""
    return [(span.start, span.end, span.label_) for span in doc.spans.get(GOLD, ())]


def _gold(doc: Doc) -> npt.NDArray[np.bool_]:
    return allowed_tags(len(doc), gold_spans(doc))


@Language.factory("commentlens_names", assigns=["doc.ents"], default_config={"model": None, "gazetteer": None})
def make_names(nlp: Language, name: str, model: Model[Features, Scores] | None, gazetteer: str | None) -> NameTagger:
    """Build the component.

    Args:
        nlp: the pipeline.
        name: of the component in it.
        model: the network, without weights; None for the shipped one with its weights.
        gazetteer: as for `commentlens_entities`.
    """
    places = Places.load(Path(gazetteer) if gazetteer else None)
    companies = Companies.load()
    if model is not None:
        return NameTagger(nlp.vocab, model, name, places=places, companies=companies)
    folder = shipped("models", "en_commentlens")
    config = load_config(folder / "config.cfg")["components"]["commentlens_names"]["model"]
    network = registry.resolve({"model": config})["model"]
    tagger = NameTagger(nlp.vocab, network, name, places=places, companies=companies)
    return tagger.from_disk(folder / "commentlens_names")
