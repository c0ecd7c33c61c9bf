"""A stream of comments -> a stream of annotated ones: in batches, from the cache where they are there already.

spaCy is imported when the first batch has to be annotated, not before.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from commentlens.cache import BatchCache, batch_key, fingerprint
from commentlens.errors import CommentlensError
from commentlens.records import AnnotatedComment, Comment, Entry, Kind, Polarity, RankedList
from commentlens.shipped import shipped

if TYPE_CHECKING:
    from spacy.language import Language

    from commentlens.pipeline import MoodModel

BATCH = 256
VOCABULARY = 40_000
"""Words that the pipeline's vocabulary keeps, some 550 bytes each."""

Layer = Literal["entities", "mood", "claims", "comparisons", "links"]
LAYERS: tuple[Layer, ...] = ("entities", "mood", "claims", "comparisons", "links")
_FIELDS: dict[Layer, str] = {
    "entities": "mentions",
    "mood": "moods",
    "claims": "claims",
    "comparisons": "comparisons",
    "links": "links",
}
# What each layer is found by, beyond the names and entities that everything is about. Moods follow from claims and
# comparisons, the second reader adds to both at once, and the reader of preferences adds to moods and comparisons.
_ARGUMENTS = ("commentlens_clauses", "commentlens_claims", "commentlens_comparisons", "commentlens_second_reader")
_PREFERENCES = (*_ARGUMENTS, "commentlens_mood", "commentlens_preferences")
_FOUND_BY: dict[Layer, tuple[str, ...]] = {
    "entities": (),
    "mood": _PREFERENCES,
    "claims": _ARGUMENTS,
    "comparisons": _PREFERENCES,
    "links": ("commentlens_clauses", "commentlens_links"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotateOptions:
    """How comments are annotated: another pipeline, the user's rules, names and valences, whether rules alone find
    claims and comparisons, whether comparisons that are only implied count, whether to use the cache, how many
    processes to use (each loads the pipeline once), and the layers that are wanted, none for all: no component runs
    that none of them needs, and the others stay empty."""

    model: Path | None = None
    rules: Path | None = None
    gazetteer: Path | None = None
    lexicon: Path | None = None
    rules_only: bool = False
    implied: bool = False
    mood_model: MoodModel = "classifier"
    cache: bool = True
    processes: int = 1
    only: tuple[Layer, ...] = ()

    def deciding(self) -> tuple[str, ...]:
        """Names of the options that were given and decide what is found in a comment, of ``only`` apart."""
        usual = AnnotateOptions()
        return tuple(name for name in _DECIDING if getattr(self, name) != getattr(usual, name))


_DECIDING = ("rules", "gazetteer", "lexicon", "model", "rules_only", "implied", "mood_model")


def fingerprint_of(options: AnnotateOptions, *, whole: bool = False) -> str:
    """A hash of everything that could change what these options find in a comment (`cache.fingerprint`)."""
    given = (
        options.model or shipped("models", "en_commentlens"),
        None if options.rules_only else shipped("models", "second_reader"),
        None if options.rules_only else shipped("models", "preferences"),
        shipped("models", "mood") if options.mood_model == "classifier" else None,
        options.rules,
        options.gazetteer,
        options.lexicon,
    )
    state = fingerprint((path for path in given if path is not None), whole=whole)
    marks = [*(["implied"] if options.implied else []), *sorted({*options.only})]
    return "-".join([state, *marks])


class Annotator:
    """Annotates comments; loads the pipeline once, when it is first needed."""

    def __init__(self, options: AnnotateOptions | None = None) -> None:
        self.options = options or AnnotateOptions()
        self._nlp: Language | None = None
        self._cache: BatchCache | None = None
        if self.options.cache:
            self._cache = BatchCache(fingerprint_of(self.options))

    @property
    def nlp(self) -> Language:
        """The pipeline, loaded at first use; raises `ModelError` or `KnowledgeError` as `pipeline.build_nlp` does."""
        if self._nlp is None:
            self._nlp = _load(self.options)
        return self._nlp

    def annotate(self, comments: Iterable[Comment]) -> Iterator[AnnotatedComment]:
        """Annotate comments, in order. Streams: no more than a few batches are in memory."""
        if self.options.processes > 1:
            yield from self._by_processes(comments)
            return
        for batch in _batched(comments):
            yield from self._batch(batch)

    def _batch(self, batch: tuple[Comment, ...]) -> list[AnnotatedComment]:
        key = batch_key(batch) if self._cache else ""
        kept = self._cache.get(key) if self._cache else None
        if kept is not None and [comment.id for comment in kept] == [comment.id for comment in batch]:
            return kept
        annotated = self.annotate_batch(batch)
        if self._cache:
            self._cache.put(key, annotated)
        return annotated

    def annotate_batch(self, comments: Sequence[Comment]) -> list[AnnotatedComment]:
        """Annotate some comments, in order, without looking at what was kept of earlier runs."""
        from commentlens.analyze import analyze
        from commentlens.pipeline import pipe

        # Common words stay in the vocabulary, as to learn one anew takes longer than to read it. Once it is full, what
        # it learns from a batch is forgotten with it: over millions of comments it would only grow.
        full = len(self.nlp.vocab) >= VOCABULARY
        with self.nlp.memory_zone() if full else nullcontext():
            found = [analyze(doc, comment) for comment, doc in pipe(self.nlp, comments)]
        if not self.options.only:
            return found
        unwanted: dict[str, Any] = {_FIELDS[layer]: () for layer in LAYERS if layer not in self.options.only}
        return [replace(comment, **unwanted) for comment in found]

    def _by_processes(self, comments: Iterable[Comment]) -> Iterator[AnnotatedComment]:
        """Batches spread over processes, results in order of input."""
        from commentlens.engines.local import LocalEngine

        engine = LocalEngine(self.options.processes)
        with closing(engine.run(RecordWork(self.options), _batched(comments))) as results:
            for pieces in results:
                for piece in pieces:
                    if piece.result is None:
                        raise CommentlensError(
                            f"comment {piece.items[0].id} {piece.failure}. Annotate to a folder with commentlens "
                            "annotate -o DIR, which sets such comments aside."
                        )
                    yield from piece.result

    def explain(
        self,
        text: str,
        entry: str | None = None,
        rank: int | None = None,
        title: str | None = None,
        *,
        entries: Sequence[str] = (),
        polarity: Polarity | None = None,
        kind: Kind | None = None,
    ) -> dict[str, Any]:
        """Every step for one comment, as plain data in the order in which they acted.

        Args:
            text: the comment.
            entry: the entry that it hangs under, with its listed ``rank``, in a list of that ``title``.
            entries: names of all entries of the list, the first one at rank 1.
            polarity: of the list; else found from the title.
            kind: what the list ranks; else found from title and entries.
        """
        from commentlens.analyze import explanation, reasoned_moods
        from commentlens.corpus.titles import polarity_of
        from commentlens.pipeline import pipe

        listed = [Entry(name=name, rank=place) for place, name in enumerate(entries, start=1) if name != entry]
        if entry and rank is None and entry in entries:
            rank = list(entries).index(entry) + 1
        found = Entry(name=entry, rank=rank) if entry else None
        ranked = None
        if entry or title or entries:
            ranked = RankedList(
                id="explained",
                title=title,
                polarity=polarity or polarity_of(title),
                kind=kind,
                entries=(*((found,) if found else ()), *listed),
            )
        comment = Comment(id="explained", text=text, list=ranked, entry=found)
        _, doc = next(pipe(self.nlp, [comment]))
        return {**explanation(doc), "moods": reasoned_moods(doc, self.nlp)}

    def explain_moods(self, comments: Iterable[Comment]) -> Iterator[list[dict[str, Any]]]:
        """The moods of each comment with every step that led to them, as in `explain`; the cache holds no steps, so
        comments are annotated anew."""
        from commentlens.analyze import reasoned_moods
        from commentlens.pipeline import pipe

        for _, doc in pipe(self.nlp, comments):
            yield reasoned_moods(doc, self.nlp)


def _batched(comments: Iterable[Comment]) -> Iterator[tuple[Comment, ...]]:
    stream = iter(comments)
    while batch := tuple(itertools.islice(stream, BATCH)):
        yield batch


def _load(options: AnnotateOptions) -> Language:
    from commentlens.pipeline import build_nlp

    rules = [options.rules] if options.rules else []
    nlp = build_nlp(
        options.model,
        rules=rules,
        gazetteer=options.gazetteer,
        lexicon=options.lexicon,
        rules_only=options.rules_only,
        implied=options.implied,
        mood_model=options.mood_model,
    )
    if options.only:
        needed = {name for layer in options.only for name in _FOUND_BY[layer]}
        if options.rules_only and "mood" not in options.only:
            needed -= {"commentlens_mood"}
        for name in {name for layer in LAYERS for name in _FOUND_BY[layer]} - needed:
            if name in nlp.pipe_names:
                nlp.disable_pipe(name)
    return nlp


@dataclass(frozen=True, slots=True)
class RecordWork:
    """What a process does with batches of comments, for an engine: a `engines.Work` whose results are records."""

    options: AnnotateOptions

    def start(self) -> Callable[[Sequence[Comment]], list[AnnotatedComment]]:
        """An annotator with its pipeline loaded; raises what `Annotator.nlp` raises."""
        return partial(_kept_or_annotated, _started(self.options))


@dataclass(frozen=True, slots=True)
class LayerWork:
    """Like `RecordWork`, with results that need no more than a copy to be written: the layers as an Arrow batch
    (`record_arrow.layers_schema`), serialised. Nothing is kept in the user's cache."""

    options: AnnotateOptions

    def state(self) -> str:
        """See `engines.ComparedWork`; the same on two machines only if all files of programs and data are."""
        return fingerprint_of(self.options, whole=True)

    def start(self) -> Callable[[Sequence[Comment]], bytes]:
        """An annotator with its pipeline loaded; raises what `Annotator.nlp` raises."""
        return partial(_layers, _started(replace(self.options, cache=False)))


def _started(options: AnnotateOptions) -> Annotator:
    annotator = Annotator(replace(options, processes=1))
    _ = annotator.nlp
    return annotator


def _kept_or_annotated(annotator: Annotator, comments: Sequence[Comment]) -> list[AnnotatedComment]:
    return list(annotator.annotate(comments))


def _layers(annotator: Annotator, comments: Sequence[Comment]) -> bytes:
    from commentlens.record_arrow import layers_of

    serialised: bytes = layers_of(annotator.annotate_batch(comments)).serialize().to_pybytes()
    return serialised
