"""The spaCy pipeline with everything on it: loading the shipped one, and setting a comment on a Doc."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_model

from commentlens.components.extensions import register
from commentlens.components.topic import folded_ranks
from commentlens.errors import ModelError
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.listkind import list_kind
from commentlens.knowledge.names import fold
from commentlens.knowledge.places import Places
from commentlens.record_json import entry_to_dict
from commentlens.records import Comment, RankedList
from commentlens.shipped import shipped

# In the order in which they act: each reads what those before it wrote.
COMPONENTS = (
    "commentlens_entities",
    "commentlens_clauses",
    "commentlens_claims",
    "commentlens_comparisons",
    "commentlens_second_reader",
    "commentlens_links",
    "commentlens_mood",
    "commentlens_preferences",
)
MoodModel = Literal["classifier", "rules"]
CLASSIFIERS = ("commentlens_second_reader", "commentlens_preferences")
"""Find claims and comparisons where the rules are silent."""
SPANS = "commentlens_spans"
_WITH_VALENCES = ("commentlens_claims", "commentlens_mood")
_WITH_RULES = ("commentlens_claims", "commentlens_comparisons", "commentlens_links")


def build_nlp(
    model: Path | None = None,
    *,
    rules: Iterable[Path] = (),
    gazetteer: Path | None = None,
    rules_only: bool = False,
    mood_model: MoodModel = "classifier",
    lexicon: Path | None = None,
    implied: bool = False,
) -> Language:
    """Load a pipeline and make sure that all components are on it.

    Args:
        model: a spaCy pipeline's folder; None for the shipped one. Components that it lacks are added at its end.
        rules: the user's rule files (`docs/rules.md`).
        gazetteer: the user's names (`docs/gazetteer.md`).
        rules_only: leave the second reader and the reader of preferences out, so that rules alone find claims and
            comparisons.
        mood_model: whether the classifier has the last word on moods, or the rules alone decide.
        lexicon: the user's valences (`docs/mood.md`).
        implied: also find comparisons that a comment implies without making them.

    Raises:
        ModelError: If the folder holds no pipeline that can be loaded.
        KnowledgeError: If a rule, gazetteer or lexicon file is not valid.
    """
    path = model or shipped("models", "en_commentlens")
    settings: dict[str, dict[str, Any]] = {name: {"rules": [str(rule) for rule in rules]} for name in _WITH_RULES}
    settings["commentlens_entities"] = {"gazetteer": str(gazetteer) if gazetteer else None}
    settings["commentlens_mood"] = {"model": mood_model}
    for name in _WITH_VALENCES:
        settings.setdefault(name, {})["lexicon"] = str(lexicon) if lexicon else None
    settings["commentlens_comparisons"]["implied"] = implied
    settings["commentlens_preferences"] = {"implied": implied}
    unwanted = CLASSIFIERS if rules_only else ()
    wanted = [name for name in COMPONENTS if name not in unwanted]
    try:
        nlp = load_model(
            path,
            config={"components": settings} if _has_all(path) else {},
            exclude=unwanted,
        )
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{path}: cannot be loaded as a spaCy pipeline ({_first_line(error)}). "
            "Give --model a folder that spacy.load reads."
        ) from error
    for place, name in enumerate(wanted):
        if name not in nlp.pipe_names:
            following = next((other for other in wanted[place + 1 :] if other in nlp.pipe_names), None)
            nlp.add_pipe(name, config=settings.get(name, {}), before=following)
    return nlp


def with_spans(nlp: Language) -> Language:
    """The pipeline with ``doc.spans`` written last, unless it does so already."""
    if SPANS not in nlp.pipe_names:
        nlp.add_pipe(SPANS)
    return nlp


def _has_all(path: Path) -> bool:
    """Whether the saved pipeline holds our components, so that their settings can be given when it is loaded."""
    config = path / "config.cfg"
    return config.is_file() and all(f"[components.{name}]" in config.read_text(encoding="utf-8") for name in COMPONENTS)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]


def make_doc(nlp: Language, comment: Comment, contexts: Contexts) -> Doc:
    """A Doc of the comment's text with its context set, ready for the pipe."""
    register()
    doc = nlp.make_doc(comment.text)
    doc._.commentlens_context = contexts.of(comment)
    return doc


class Contexts:
    """Contexts of comments (`docs/architecture.md`); those of one list share its entries."""

    def __init__(self) -> None:
        self._list: RankedList | None = None
        self._shared: dict[str, Any] = {}

    def of(self, comment: Comment) -> dict[str, Any] | None:
        """Context of one comment; None where it hangs under neither list nor entry."""
        if comment.list is None and comment.entry is None:
            return None
        if comment.list is not self._list or not self._shared:
            self._list, self._shared = comment.list, _list_context(comment.list)
        if comment.entry is None:
            return {**self._shared, "entry": None}
        entry = {"within": None, **entry_to_dict(comment.entry)}
        ranks = self._shared["ranks"]
        if fold(comment.entry.name) not in ranks:
            ranks = {**ranks, **folded_ranks([entry])}
        return {**self._shared, "entry": entry, "ranks": ranks}


def _list_context(ranked: RankedList | None) -> dict[str, Any]:
    if ranked is None:
        return {"list": None, "list_id": None, "polarity": "positive", "kind": None, "entries": [], "ranks": {}}
    entries = [{"within": None, **entry_to_dict(entry)} for entry in ranked.entries]
    return {
        "list": ranked.title,
        "list_id": ranked.id,
        "polarity": ranked.polarity,
        "kind": ranked.kind or list_kind(ranked, Places.load(), Companies.load()),
        "entries": entries,
        "ranks": folded_ranks(entries),
    }


def pipe(nlp: Language, comments: Iterable[Comment], batch_size: int = 256) -> Iterator[tuple[Comment, Doc]]:
    """Run comments through the pipeline, one Doc a comment, in order; streams, a batch at a time."""
    contexts = Contexts()
    stream = iter(comments)
    while batch := list(itertools.islice(stream, batch_size)):
        with _uncollected():
            docs = list(nlp.pipe([make_doc(nlp, comment, contexts) for comment in batch], batch_size=batch_size))
        yield from zip(batch, docs, strict=True)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for cycles: a batch makes many small lists and tuples and no cycle worth the time,
    a tenth of all, that is spent on looking at them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
