"""Trains the name recogniser: gathers examples, runs spaCy's training loop on `entities.cfg`, writes a pipeline.

Run by hand (``commentlens train entities``), with the ``train`` dependency group installed and the labelled sets at
hand. On one kind of processor the same input and seed give the same bytes.
"""

from __future__ import annotations

import io
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import NumpyOps, set_current_ops

from commentlens.knowledge.companies import Companies
from commentlens.knowledge.names import fold
from commentlens.knowledge.places import Places
from commentlens.training.checksums import sha256
from commentlens.training.entity_corpus import write_examples
from commentlens.training.entity_data import SETS, UNLABELLED, read_labelled, read_texts, rows
from commentlens.training.entity_examples import Example
from commentlens.training.entity_names import EntityNames
from commentlens.training.entity_silver import silver, unmasked, with_silver
from commentlens.training.entity_templates import make_examples
from commentlens.training.entity_vectors import word_vectors  # noqa: F401 (the config names it)
from commentlens.training.gold import NAME_REPEATS, NAMES, SOURCE, Gold

CONFIG = Path(__file__).with_name("entities.cfg")
TEMPLATED = 45_000
# One text in so many of the labelled sets is kept to choose by; none of it is trained on.
HELD_OUT = 12
_HELD_OUT_OF = ("wnut17", "btc")
# Files that measure: what stands in them is not trained on.
_MEASURED = ("wnut17/dev.jsonl", "btc/dev.jsonl", "uner_ewt/dev.jsonl")


def train_entities(
    data: Path,
    output: Path,
    *,
    templated: int = TEMPLATED,
    overrides: Mapping[str, Any] | None = None,
    gold: Gold | None = None,
) -> dict[str, float]:
    """Train, and write a pipeline that holds the recogniser alone into the folder ``output``.

    Args:
        data: the folder of the labelled sets (`entity_data`).
        output: is made anew.
        templated: how many examples to make from templates.
        overrides: settings of `entities.cfg` to change, such as ``{"system.seed": 1}``.
        gold: comments that people have corrected, to train on as well.

    Returns:
        Figures on the examples that were held out.

    Raises:
        SourceError: If a set is missing or not as it should be.
        MissingExtraError: If a package of the ``train`` group is not installed.
    """
    seed = int((overrides or {}).get("system.seed", 0))
    learn, held_out = gather(data, seed, templated, gold)
    with tempfile.TemporaryDirectory() as folder:
        paths = {"paths.train": str(Path(folder) / "train.jsonl"), "paths.dev": str(Path(folder) / "dev.jsonl")}
        write_examples(Path(paths["paths.train"]), learn)
        write_examples(Path(paths["paths.dev"]), held_out)
        config = load_config(CONFIG, overrides={**(overrides or {}), **paths}, interpolate=False)
        # Twice as fast as the default on the processors that were tried; predicting does not go through it.
        set_current_ops(NumpyOps(use_blis=False))
        nlp, _ = train(init_nlp(config), stdout=io.StringIO())
        nlp.config["paths"].update({"train": None, "dev": None})
    nlp.meta["name"] = "commentlens_names"
    nlp.meta["examples"] = _counts(learn)
    nlp.meta["files"] = _hashes(data) | {
        f"{SOURCE}/{name}": digest for name, digest in (gold.checksums if gold else ())
    }
    nlp.to_disk(output)
    return {key: float(value) for key, value in nlp.meta["performance"].items() if isinstance(value, float)}


def gather(data: Path, seed: int, templated: int, gold: Gold | None = None) -> tuple[list[Example], list[Example]]:
    """Examples to learn from, and those held out, in a fixed order."""
    places, companies, names = Places.load(), Companies.load(), EntityNames.load()
    rng = random.Random(seed)
    measured = {
        _plain(str(row["text"])) for file in _MEASURED if (data / file).exists() for _, row in rows(data / file)
    }
    learn: list[Example] = []
    held_out: list[Example] = []
    for labelled in SETS:
        examples = [e for e in read_labelled(data, labelled, places) if _plain(e.text) not in measured]
        examples = with_silver(examples, labelled, places, companies)
        if labelled.name in _HELD_OUT_OF:
            rng.shuffle(examples)
            held_out.extend(examples[: len(examples) // HELD_OUT])
            examples = examples[len(examples) // HELD_OUT :]
        learn.extend(examples)
    for source in UNLABELLED:
        texts = [unmasked(text, rng, names.persons, names.cities) for text in read_texts(data, source)]
        learn.extend(silver([text for text in texts if _plain(text) not in measured], source, places, companies))
    learn.extend(make_examples(templated, seed))
    if gold is not None:
        learn.extend(with_silver(gold.names(), NAMES, places, companies) * NAME_REPEATS)
    return learn, held_out


def _plain(text: str) -> str:
    """A text without what does not tell it from another one: case, accents, blanks, punctuation."""
    return "".join(character for character in fold(text) if character.isalnum())


def _counts(examples: Sequence[Example]) -> dict[str, int]:
    return dict(sorted(Counter(example.source for example in examples).items()))


def _hashes(data: Path) -> dict[str, str]:
    return {file: sha256(data / file) for file in _files()}


def _files() -> Iterator[str]:
    for labelled in SETS:
        yield labelled.file
    for files in UNLABELLED.values():
        yield from files
