"""The recogniser as a component: it learns, is saved and read back, and does not depend on what runs beside a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import fix_random_seed

from commentlens.components.name_model import _forward, embed, scores_of
from commentlens.components.name_tagger import GOLD, NameTagger
from commentlens.components.name_tags import LABELS
from commentlens.components.word_vectors import WordVectors

MODEL = {
    "@architectures": "commentlens.NameModel.v1", "width": 16, "embed_width": 12, "depth": 2, "pieces": 2,
    "rows": [200, 100, 100, 50, 20, 50], "dropout": 0.0, "unseen": 0.0,
}  # fmt: skip
TEXTS: tuple[tuple[str, list[tuple[int, int, str]]], ...] = (
    ("I love Velmora so much", [(2, 3, "CITY")]),
    ("we moved to Velmora last year", [(3, 4, "CITY")]),
    ("shares of Blue Harbour fell", [(2, 4, "ORGANISATION")]),
    ("a new job at Blue Harbour", [(4, 6, "COMPANY")]),
    ("nothing to see here", []),
    ("what a year it was", []),
)
VECTORS = WordVectors.quantised(["year", "job"], np.array([[1.0, 0.0], [0.5, 1.0]], dtype=np.float32))


def examples(nlp: Language) -> Iterator[Example]:
    for text, spans in TEXTS:
        gold = nlp.make_doc(text)
        gold.spans[GOLD] = [Span(gold, start, end, label) for start, end, label in spans]
        yield Example(nlp.make_doc(text), gold)


def trained(steps: int = 60) -> tuple[Language, dict[str, float]]:
    fix_random_seed(3)
    nlp = spacy.blank("en")
    tagger: Any = nlp.add_pipe("commentlens_names", config={"model": MODEL})
    tagger.initialize(lambda: examples(nlp), nlp=nlp, vectors=VECTORS)
    optimizer = nlp.create_optimizer()  # type: ignore[no-untyped-call]
    optimizer.learn_rate = 0.02
    losses: dict[str, float] = {}
    for _ in range(steps):
        losses = tagger.update(list(examples(nlp)), sgd=optimizer, losses={})
    return nlp, losses


@pytest.fixture(scope="module")
def nlp() -> Language:
    return trained()[0]


def names(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in doc.ents]


def test_it_learns(nlp: Language) -> None:
    assert [names(nlp(text)) for text, _ in TEXTS[:4]] == [
        [("Velmora", "CITY")],
        [("Velmora", "CITY")],
        [("Blue Harbour", "COMPANY")],
        [("Blue Harbour", "COMPANY")],
    ]
    assert names(nlp("nothing to see here")) == []
    assert (
        nlp.get_pipe("commentlens_names").score(  # type: ignore[attr-defined]
            [Example(nlp(example.reference.text), example.reference) for example in examples(nlp)]
        )["names_f"]
        == 1.0
    )


def test_the_loss_falls() -> None:
    first, last = trained(1)[1]["commentlens_names"], trained(60)[1]["commentlens_names"]
    assert last < first / 10


def test_the_same_seed_gives_the_same_bytes(nlp: Language) -> None:
    again, _ = trained()
    assert again.get_pipe("commentlens_names").to_bytes() == nlp.get_pipe("commentlens_names").to_bytes()  # type: ignore[attr-defined]


def test_disk_and_back(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert [names(again(text)) for text, _ in TEXTS] == [names(nlp(text)) for text, _ in TEXTS]
    assert again.get_pipe("commentlens_names").to_bytes() == nlp.get_pipe("commentlens_names").to_bytes()  # type: ignore[attr-defined]


def test_bytes_and_back(nlp: Language) -> None:
    again = spacy.blank("en")
    again.add_pipe("commentlens_names", config={"model": MODEL})
    again.from_bytes(nlp.to_bytes())
    assert [names(again(text)) for text, _ in TEXTS] == [names(nlp(text)) for text, _ in TEXTS]


def test_texts_beside_a_text_do_not_matter(nlp: Language) -> None:
    tagger = nlp.get_pipe("commentlens_names")
    assert isinstance(tagger, NameTagger)
    docs = [nlp.make_doc(text) for text in ("I love Velmora", "", "shares of Blue Harbour", "x")]
    together = [tags.tolist() for tags in tagger.predict(docs)]
    tagger._forget()
    assert together == [tags.tolist() for doc in docs for tags in tagger.predict([doc])]
    assert [len(tags) for tags in together] == [3, 0, 4, 1]


def test_predicting_is_what_the_network_learns_with(nlp: Language) -> None:
    tagger = nlp.get_pipe("commentlens_names")
    assert isinstance(tagger, NameTagger)
    features = tagger.features([nlp.make_doc(text) for text, _ in TEXTS])
    learning, _ = _forward(tagger.model, features, is_train=False)
    predicting = scores_of(
        tagger.model, embed(tagger.model, features.keys, features.vectors)[features.row], features.lengths
    )
    for one, other in zip(learning, predicting, strict=True):
        assert one == pytest.approx(other, abs=1e-4)


def test_an_empty_text_has_no_names(nlp: Language) -> None:
    assert names(nlp("")) == []
    assert [names(doc) for doc in nlp.pipe(["", ""])] == [[], []]


def test_rows_must_be_one_for_each_feature() -> None:
    with pytest.raises(ValueError, match="rows: got 2 numbers, needs one for each of norm, prefix"):
        spacy.blank("en").add_pipe("commentlens_names", config={"model": {**MODEL, "rows": [1, 2]}})


def test_its_labels_are_told(nlp: Language) -> None:
    assert nlp.pipe_labels["commentlens_names"] == list(LABELS)


def test_long_batches_are_taken_in_parts(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    tagger = nlp.get_pipe("commentlens_names")
    assert isinstance(tagger, NameTagger)
    docs = [nlp.make_doc(text) for text, _ in TEXTS] + [nlp.make_doc("")]
    whole = [tags.tolist() for tags in tagger.predict(docs)]
    parts: list[int] = []
    taken = tagger._tags

    def counted(some: list[Doc]) -> list[npt.NDArray[np.intp]]:
        parts.append(len(some))
        return taken(some)

    monkeypatch.setattr("commentlens.components.name_tagger._TOKENS", 8)
    monkeypatch.setattr(tagger, "_tags", counted)
    assert [tags.tolist() for tags in tagger.predict(docs)] == whole
    assert parts == [2, 2, 2, 1]
