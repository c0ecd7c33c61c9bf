"""The recognisers that bench/entities.py compares, spaCy's own and ours: what they find in texts, and how fast."""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import spacy
from entity_rows import PLACES, Name, kind_of
from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.extensions import register
from commentlens.pipeline import build_nlp
from commentlens.training.entity_silver import TEACHERS, UNUSED

STOCK = TEACHERS
RECOGNISER, ENTITIES = "ours, recogniser alone", "ours, entities"
BATCH = 256
_OURS = "commentlens_entities"
# What the recogniser may add to the mentions: places that are none of ours, and any organisation. Where it says city,
# country or region and commentlens_entities does not, the latter has decided.
_OTHER_PLACES = frozenset(["LOC", "FAC"])


@dataclass(frozen=True, slots=True)
class Systems:
    """The pipelines: stock ones by package, ours, and the packages that are not installed."""

    stock: dict[str, Language]
    ours: Language
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speed:
    """Texts a second, medians over the rounds, the tokenizer included; and how many times as fast as the stock one ours
    is, the median of the rounds' ratios, by the clock on the wall and by processor time."""

    stock: str
    texts: int
    rounds: int
    stock_per_second: float
    ours_per_second: float
    ratio: float
    processor_ratio: float


def load_systems(model: Path | None) -> Systems:
    """Load all pipelines, each without what the names do not need.

    Args:
        model: folder of our pipeline; None for the shipped one.

    Raises:
        ModelError: If it cannot be loaded.
    """
    stock = {}
    for package in STOCK:
        if find_spec(package) is None:
            continue
        with warnings.catch_warnings():
            # W095: trained with a neighbouring version of spaCy.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            stock[package] = spacy.load(package, exclude=UNUSED)
    register()
    ours = build_nlp(model)
    # Entities alone: what comes after them is not run.
    after = ours.pipe_names[ours.pipe_names.index(_OURS) + 1 :]
    for name in after:
        ours.disable_pipe(name)
    return Systems(stock, ours, tuple(package for package in STOCK if package not in stock))


def run_all(systems: Systems, texts: Sequence[str]) -> dict[str, list[list[Name]]]:
    """Places and organisations that each system finds in each text."""
    found = {
        package: [recognised(doc) for doc in nlp.pipe(texts, batch_size=BATCH)]
        for package, nlp in systems.stock.items()
    }
    return found | run_ours(systems.ours, texts)


def run_ours(nlp: Language, texts: Sequence[str]) -> dict[str, list[list[Name]]]:
    """Our two rows: what the recogniser says by itself, and what comes of it with gazetteer and linking."""
    alone, together = [], []
    entities = nlp.get_pipe(_OURS)
    with nlp.select_pipes(disable=[_OURS]):
        for doc in nlp.pipe(texts, batch_size=BATCH):
            before = recognised(doc)
            others = [
                (ent.start_char, ent.end_char, kind)
                for ent in doc.ents
                if (kind := _kind(ent.label_)) is not None and (kind != PLACES or ent.label_ in _OTHER_PLACES)
            ]
            alone.append(before)
            together.append(with_mentions(entities(doc), others))
    return {RECOGNISER: alone, ENTITIES: together}


def recognised(doc: Doc) -> list[Name]:
    """Places and organisations among the entities of a Doc."""
    kinds = ((ent, _kind(ent.label_)) for ent in doc.ents)
    return [(ent.start_char, ent.end_char, kind) for ent, kind in kinds if kind is not None]


def with_mentions(doc: Doc, others: Iterable[Name]) -> list[Name]:
    """The mentions of a Doc, and of the other names those that share no character with a mention."""
    mentions = doc._.commentlens_mentions
    free = [
        (start, end, kind)
        for start, end, kind in others
        if not any(mention["start"] < end and start < mention["end"] for mention in mentions)
    ]
    named = [(mention["start"], mention["end"], _kind(mention["label"])) for mention in mentions]
    return sorted([*free, *((start, end, kind) for start, end, kind in named if kind is not None)])


def _kind(label: str) -> str | None:
    """As `kind_of`; a label of a pipeline's own that no scheme has counts as neither."""
    try:
        return kind_of(label)
    except KeyError:
        return None


def measure_speed(systems: Systems, texts: Sequence[str], rounds: int) -> Speed | None:
    """Ours against the first stock pipeline, in turns in this process; None where that is not installed.

    The whole is run once before, so that what is kept between texts is there for both.
    """
    if not systems.stock:
        return None
    stock, nlp = next(iter(systems.stock.items()))
    for warm in (nlp, systems.ours):
        _exhaust(warm, texts)
    times: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for number in range(rounds):
        # Who begins changes from round to round.
        if number % 2:
            ours = _timed(lambda: _exhaust(systems.ours, texts))
            theirs = _timed(lambda: _exhaust(nlp, texts))
        else:
            theirs = _timed(lambda: _exhaust(nlp, texts))
            ours = _timed(lambda: _exhaust(systems.ours, texts))
        times.append((theirs, ours))
    wall = [(theirs[0], ours[0]) for theirs, ours in times]
    return Speed(
        stock=stock,
        texts=len(texts),
        rounds=rounds,
        stock_per_second=round(len(texts) / statistics.median(theirs for theirs, _ in wall), 1),
        ours_per_second=round(len(texts) / statistics.median(ours for _, ours in wall), 1),
        ratio=round(statistics.median(theirs / ours for theirs, ours in wall), 2),
        processor_ratio=round(statistics.median(theirs[1] / ours[1] for theirs, ours in times), 2),
    )


def _exhaust(nlp: Language, texts: Iterable[str]) -> None:
    docs: Iterator[Doc] = nlp.pipe(texts, batch_size=BATCH)
    for _ in docs:
        pass


def _timed(act: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock on the wall and of processor."""
    wall, processor = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - processor
