"""Examples as spaCy's training loop takes them: readers for the config file, and the files that they read."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example as SpacyExample
from spacy.util import registry

from commentlens.components.name_tagger import GOLD
from commentlens.components.name_tags import UNKNOWN
from commentlens.training.entity_examples import Example
from commentlens.training.entity_noise import Noise, noisy

Reader = Callable[[Language], Iterator[SpacyExample]]


def write_examples(path: Path, examples: Iterable[Example]) -> None:
    """One JSON object a line."""
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for example in examples:
            row = {"text": example.text, "spans": example.spans, "unknown": example.unknown, "source": example.source}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_examples(path: Path) -> list[Example]:
    """What `write_examples` wrote."""
    examples = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        examples.append(
            Example(
                text=row["text"],
                spans=tuple((start, end, label) for start, end, label in row["spans"]),
                unknown=tuple((start, end) for start, end in row["unknown"]),
                source=row["source"],
            )
        )
    return examples


@registry.readers("commentlens.NameExamples.v1")  # type: ignore[untyped-decorator]
def name_examples(path: str | Path, noise: dict[str, float] | None, seed: int, repeat: dict[str, int]) -> Reader:
    """A reader of prepared examples.

    Args:
        path: a file of `write_examples`.
        noise: how probable each kind of `entity_noise.Noise` is, where that differs from the usual; each round
            shuffles the examples and writes them as hurried people would, in another way each time. With null they
            come in order, as they are and once more in lower case.
        seed: of the noise and the order.
        repeat: how many times a round holds the examples of a source; 1 where it is not named.
    """
    rng = random.Random(seed)
    kinds = None if noise is None else Noise(**noise)
    kept = read_examples(Path(path))

    def read(nlp: Language) -> Iterator[SpacyExample]:
        if kinds is None:
            for example in [*kept, *map(lowered, kept)]:
                yield as_spacy(nlp, example)
            return
        examples = [example for example in kept for _ in range(repeat.get(example.source, 1))]
        rng.shuffle(examples)
        for example in examples:
            yield as_spacy(nlp, noisy(example, rng, kinds))

    return read


def lowered(example: Example) -> Example:
    """In lower case, where that keeps every character's place."""
    text = example.text.lower()
    if len(text) != len(example.text):
        return example
    return Example(text=text, spans=example.spans, unknown=example.unknown, source=example.source)


def as_spacy(nlp: Language, example: Example) -> SpacyExample:
    """The text twice: without names, and with gold ones in ``doc.spans``; one that ends inside a token is unknown."""
    gold = nlp.make_doc(example.text)
    spans: list[Span] = []
    parts: Sequence[tuple[int, int, str]] = sorted(
        [*example.spans, *((start, end, UNKNOWN) for start, end in example.unknown)]
    )
    for start, end, label in parts:
        span = gold.char_span(start, end, label=label)
        if span is None:
            span = gold.char_span(start, end, label=UNKNOWN, alignment_mode="expand")
        if span is not None and (not spans or span.start >= spans[-1].end):
            spans.append(span)
    gold.spans[GOLD] = spans
    plain = Doc(nlp.vocab, words=[token.text for token in gold], spaces=[bool(token.whitespace_) for token in gold])
    return SpacyExample(plain, gold)
