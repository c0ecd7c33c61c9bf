"""The Python interface: what ``import commentlens as cl`` gives.

    corpus = cl.load("page.txt")
    result = cl.annotate(corpus)
    print(cl.report(result))

The functions call what the commands call, so both give the same figures. What is said about sources on the way
(columns that are not used, files that are skipped) goes to the logger ``commentlens``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commentlens.annotate import AnnotateOptions, Annotator
from commentlens.corpora import RANK_OF_NOTHING, as_corpus, from_records, from_texts, list_of, load
from commentlens.errors import RecordError, SourceError
from commentlens.records import Comment, Kind, Polarity
from commentlens.report_view import CityResult, ReportView, city, report
from commentlens.results import Corpus, Result

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from commentlens.pipeline import MoodModel

__all__ = [
    "CityResult",
    "Corpus",
    "ReportView",
    "Result",
    "annotate",
    "city",
    "explain",
    "from_records",
    "from_texts",
    "load",
    "make_doc",
    "pipeline",
    "read",
    "report",
]


def annotate(
    comments: Corpus | str | Iterable[str] | Iterable[Comment],
    *,
    model: str | Path | None = None,
    rules: str | Path | None = None,
    gazetteer: str | Path | None = None,
    lexicon: str | Path | None = None,
    rules_only: bool = False,
    implied: bool = False,
    mood_model: MoodModel = "classifier",
    processes: int = 1,
    cache: bool = True,
) -> Result:
    """Find names, moods, rank claims, comparisons and company links in comments.

    What a source says is annotated already is passed on as it is.

    Args:
        comments: a corpus, or texts or comments without one; a string is one text.
        model: another spaCy pipeline, a folder.
        rules: the user's rules, a file (docs/rules.md).
        gazetteer: the user's names, a file (docs/gazetteer.md).
        lexicon: the user's valences of words, a file (docs/mood.md).
        rules_only: find claims and comparisons by rules alone, without the second reader.
        implied: also find comparisons that a comment implies without making them.
        mood_model: "classifier" has the last word on moods, or "rules" decide alone.
        processes: how many to use; each loads the pipeline once.
        cache: use what was annotated before, and keep what is annotated now.

    Raises:
        ModelError: If the pipeline cannot be loaded.
        KnowledgeError: If a file of rules, names or valences is not valid.
    """
    corpus = as_corpus(comments)
    names = _path(gazetteer)
    annotator = Annotator(
        AnnotateOptions(
            model=_path(model),
            rules=_path(rules),
            gazetteer=names,
            lexicon=_path(lexicon),
            rules_only=rules_only,
            implied=implied,
            mood_model=mood_model,
            processes=processes,
            cache=cache,
        )
    )
    pairs = list(zip(corpus.comments, corpus.annotated, strict=True))
    new = annotator.annotate(comment for comment, before in pairs if before is None)
    return Result(
        comments=tuple(next(new) if before is None else before for _, before in pairs),
        list_ids=corpus.list_ids,
        lists=corpus.lists,
        set_aside_counts=corpus.set_aside_counts,
        gazetteer=names,
    )


def read(*paths: str | Path) -> Result:
    """Read files of annotated comments, as ``commentlens export`` and `Result.save` write them.

    Args:
        paths: one or more files: .jsonl, .json, .parquet, .spacy (docs/exports.md says what reads back in full).

    Raises:
        SourceError: If one cannot be read, or holds comments that are not annotated.
    """
    if not paths:
        raise SourceError("no file to read. Give one or more files of annotated comments.")
    corpus = load(*paths)
    if any(comment is None for comment in corpus.annotated):
        shown = ", ".join(map(str, paths))
        raise SourceError(f"{shown}: holds comments that are not annotated. Use cl.annotate(cl.load(…)).")
    return annotate(corpus)


def explain(
    text: str,
    *,
    entry: str | None = None,
    rank: int | None = None,
    title: str | None = None,
    entries: Sequence[str] = (),
    polarity: Polarity | None = None,
    kind: Kind | None = None,
    rules: str | Path | None = None,
    gazetteer: str | Path | None = None,
    lexicon: str | Path | None = None,
) -> dict[str, Any]:
    """Every step for one comment, as ``commentlens explain --format json`` gives it.

    Args:
        text: the comment.
        entry: the entry that it stands under, with its listed ``rank`` (from 1), in a list of that ``title``.
        rank: see ``entry``.
        title: see ``entry``.
        entries: names of all entries of the list, the first one at rank 1.
        polarity: as for `load`.
        kind: as for `load`.
        rules: as for `annotate`.
        gazetteer: as for `annotate`.
        lexicon: as for `annotate`.

    Returns:
        ``text``, ``context``, ``mentions``, ``rejected``, ``sentences``, ``claims``, ``comparisons``, ``links`` and
        ``moods`` with their ``trace``, in the order in which they acted; offsets in characters, end exclusive.

    Raises:
        RecordError: If there is a rank and no entry that has it.
        KnowledgeError: If a file of rules, names or valences is not valid.
    """
    if rank is not None and entry is None:
        raise RecordError(RANK_OF_NOTHING)
    options = AnnotateOptions(rules=_path(rules), gazetteer=_path(gazetteer), lexicon=_path(lexicon), cache=False)
    return Annotator(options).explain(text, entry, rank, title, entries=entries, polarity=polarity, kind=kind)


def pipeline(
    model: str | Path | None = None,
    *,
    rules: Sequence[str | Path] = (),
    gazetteer: str | Path | None = None,
    lexicon: str | Path | None = None,
    rules_only: bool = False,
    implied: bool = False,
    mood_model: MoodModel = "classifier",
) -> Language:
    """The spaCy pipeline with all components on it (docs/components.md).

    A Doc that went through it has the mentions in ``doc.ents``, every layer as a group of ``doc.spans``
    (``commentlens_mentions``, ``…_claims``, ``…_comparisons``, ``…_links``, ``…_moods``), and all that was found as
    plain lists of dicts in ``doc._.commentlens_mentions`` and so on.

    Args:
        model: another spaCy pipeline, a folder; what it lacks is added.
        rules: the user's rule files.
        gazetteer: the user's names, a file.
        lexicon: the user's valences, a file.
        rules_only: without the second reader.
        implied: with comparisons that a comment implies without making them.
        mood_model: "classifier" or "rules".

    Raises:
        ModelError: If the folder holds no pipeline that can be loaded.
        KnowledgeError: If a file is not valid.
    """
    from commentlens.pipeline import build_nlp, with_spans

    return with_spans(
        build_nlp(
            _path(model),
            rules=[Path(file) for file in rules],
            gazetteer=_path(gazetteer),
            lexicon=_path(lexicon),
            rules_only=rules_only,
            implied=implied,
            mood_model=mood_model,
        )
    )


def make_doc(
    nlp: Language,
    text: str,
    *,
    entry: str | None = None,
    rank: int | None = None,
    title: str | None = None,
    entries: Sequence[str] = (),
    polarity: Polarity | None = None,
    kind: Kind | None = None,
) -> Doc:
    """A Doc that knows the list and entry it stands under, ready for ``nlp(doc)`` or ``nlp.pipe([doc, …])``.

    Rank claims are only found under a list; ``nlp("text")`` without one finds everything else.

    Args:
        nlp: the pipeline that tokenizes.
        text: the comment.
        entry: as for `explain`.
        rank: as for `explain`.
        title: as for `explain`.
        entries: as for `explain`.
        polarity: as for `load`.
        kind: as for `load`.
    """
    from commentlens.pipeline import Contexts
    from commentlens.pipeline import make_doc as doc_of

    ranked, found = list_of(entry, rank, title, entries, polarity, kind)
    return doc_of(nlp, Comment(id="doc", text=text, list=ranked, entry=found), Contexts())


def _path(path: str | Path | None) -> Path | None:
    return None if path is None else Path(path)
