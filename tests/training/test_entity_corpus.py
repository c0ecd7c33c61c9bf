"""Examples as spaCy's training loop reads them."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.training import Example as SpacyExample

from commentlens.components.name_tagger import GOLD, gold_spans
from commentlens.training.entity_corpus import lowered, name_examples, read_examples, write_examples
from commentlens.training.entity_examples import Example

EXAMPLES = (
    Example(text="I love Oslo", spans=((7, 11, "CITY"),), source="one"),
    Example(text="Moved to OsloNow, why?", spans=((9, 13, "CITY"),), unknown=((18, 21),), source="two"),
)


def shown(example: SpacyExample) -> tuple[str, list[tuple[int, int, str]], int]:
    return example.reference.text, gold_spans(example.reference), len(example.predicted.ents)


def test_files_and_back(tmp_path: Path) -> None:
    write_examples(tmp_path / "examples.jsonl", EXAMPLES)
    assert read_examples(tmp_path / "examples.jsonl") == list(EXAMPLES)


def test_without_noise_they_come_as_they_are_and_lower_cased(tmp_path: Path) -> None:
    write_examples(tmp_path / "examples.jsonl", EXAMPLES)
    read = name_examples(tmp_path / "examples.jsonl", noise=None, seed=0, repeat={})
    assert [shown(example) for example in read(spacy.blank("en"))] == [
        ("I love Oslo", [(2, 3, "CITY")], 0),
        # The name ends inside a token.
        ("Moved to OsloNow, why?", [(2, 3, "UNKNOWN"), (4, 5, "UNKNOWN")], 0),
        ("i love oslo", [(2, 3, "CITY")], 0),
        ("moved to oslonow, why?", [(2, 3, "UNKNOWN"), (4, 5, "UNKNOWN")], 0),
    ]


def test_noise_differs_from_round_to_round_and_not_from_run_to_run(tmp_path: Path) -> None:
    write_examples(tmp_path / "examples.jsonl", EXAMPLES * 20)
    nlp = spacy.blank("en")
    runs = []
    for _ in range(2):
        read = name_examples(tmp_path / "examples.jsonl", noise={"lower": 0.5}, seed=4, repeat={"one": 3})
        runs.append([[shown(example) for example in read(nlp)] for _ in range(2)])
    assert runs[0] == runs[1]
    assert runs[0][0] != runs[0][1]
    assert len(runs[0][0]) == 20 * 3 + 20


def test_predicted_texts_have_the_same_tokens(tmp_path: Path) -> None:
    write_examples(tmp_path / "examples.jsonl", EXAMPLES)
    read = name_examples(tmp_path / "examples.jsonl", noise=None, seed=0, repeat={})
    for example in read(spacy.blank("en")):
        assert [token.text_with_ws for token in example.predicted] == [
            token.text_with_ws for token in example.reference
        ]
        assert GOLD not in example.predicted.spans


def test_lower_case_that_would_move_characters_is_left() -> None:
    example = Example(text="İzmir", spans=((0, 5, "CITY"),))
    assert lowered(example) is example
