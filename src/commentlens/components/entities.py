"""The component that finds cities, companies, countries, regions and a list's entries, and says what each means."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from commentlens.components.entity_cues import Cues
from commentlens.components.entity_decide import decide
from commentlens.components.entity_evidence import Evidence
from commentlens.components.entity_list import NO_LIST, ListNames, list_names
from commentlens.components.entity_propose import Proposers
from commentlens.components.entity_types import OURS, Candidate, Found, Proposal, Rejected, Surface
from commentlens.components.extensions import register, store, stored
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.listkind import kind_of_entries, list_sectors
from commentlens.knowledge.names import fold, fold_text
from commentlens.knowledge.places import Places

# A corpus comes list by list; a few lists are kept so that one page's comments do not work its names out again.
_LISTS_KEPT = 64


@dataclass(frozen=True, slots=True)
class _List:
    """A list as it was read last: what of the context it came from, and what it says."""

    entries: Sequence[Mapping[str, Any]]
    title: str | None
    kind: str | None
    written: frozenset[str]
    names: ListNames
    countries: frozenset[str]

    def fits(self, context: Mapping[str, Any]) -> bool:
        """Whether a context is of the same list."""
        entry = context.get("entry")
        return (
            context.get("entries") is self.entries
            and context.get("list") == self.title
            and context.get("kind") == self.kind
            and (entry is None or entry["name"] in self.written)
        )


class Entities:
    """Reads the text, the list in ``doc._.commentlens_context`` and the model's ``doc.ents``; writes the mentions."""

    def __init__(
        self, places: Places, companies: Companies, cues: Cues, labels: Mapping[str, str] | None = None
    ) -> None:
        """Keep the knowledge; nothing of a comment is kept but the forms of the lists seen last.

        Args:
            places: the gazetteer.
            companies: the list of companies.
            cues: words around names.
            labels: how the recogniser's labels are read, where not as they stand (`entity_types.OURS`).
        """
        self._labels = labels or {}
        self.places = places
        self.companies = companies
        self._cues = cues
        self._proposers = Proposers(places, companies, cues)
        self._evidence = Evidence(places, cues)
        self._lists: dict[Any, tuple[ListNames, frozenset[str]]] = {}
        self._last: _List | None = None

    def __call__(self, doc: Doc) -> Doc:
        labels = self._labels
        proposals = [Proposal(ent.start_char, ent.end_char, labels.get(ent.label_, ent.label_)) for ent in doc.ents]
        text = doc.text
        found, rejected = self.find(text, stored(doc, "commentlens_context"), proposals)
        self.annotate(doc, text, found, rejected, named=bool(proposals))
        return doc

    def find(
        self, text: str, context: Mapping[str, Any] | None = None, proposals: Sequence[Proposal] = ()
    ) -> tuple[list[Found], list[Rejected]]:
        """Mentions in text order that do not overlap, and the candidates that lost; writes nothing.

        Args:
            text: the comment.
            context: the list and entry as `docs/architecture.md` says; None for a comment under no list.
            proposals: the model's entities, offsets in characters.
        """
        folded = fold_text(text)
        surface = Surface.of(text, folded, proposals)
        names, title_countries = self._names(context)
        own = names.own(context.get("entry")) if context else None
        candidates: dict[tuple[object, ...], Candidate] = {}
        for proposed in self._proposers.propose(surface, names, own):
            candidate = self._area_of(proposed, names, own)
            candidates.setdefault(candidate.key, candidate)
        return decide(
            list(candidates.values()), surface, names, self._evidence, self.places, self._cues, title_countries
        )

    def annotate(
        self, doc: Doc, text: str, found: Sequence[Found], rejected: Sequence[Rejected], *, named: bool = True
    ) -> None:
        """Write mentions, rejected candidates and ``doc.ents`` (mentions aligned to tokens).

        Args:
            doc: where to write.
            text: of the Doc.
            found: the mentions.
            rejected: the candidates that lost.
            named: whether ``doc.ents`` may hold entities already; to look costs as much as to fold the comment.
        """
        mentions = [
            {
                "start": m.start,
                "end": m.end,
                "label": m.label,
                "name": m.name,
                "id": m.id,
                "via": m.via,
                "reason": m.reason,
            }
            for m in found
        ]
        lost_ones = [
            {
                "start": lost.candidate.start,
                "end": lost.candidate.end,
                "label": lost.candidate.label,
                "name": (
                    lost.candidate.said
                    if isinstance(lost.candidate, Candidate)
                    else text[lost.candidate.start : lost.candidate.end]
                ),
                "via": lost.candidate.via if isinstance(lost.candidate, Candidate) else "model",
                "reason": lost.reason,
            }
            for lost in rejected
        ]
        store(doc, "commentlens_mentions", mentions)
        store(doc, "commentlens_rejected", lost_ones)
        spans: list[Span] = []
        # All tokens that hold a character of a mention, as Doc.char_span finds them, which goes through all tokens.
        starts = doc.to_array("IDX").tolist() if found else []
        taken = 0
        for mention in found:
            first, after = bisect_right(starts, mention.start) - 1, bisect_left(starts, mention.end)
            # Two names glued together ("huawei,zte") may share a token; doc.ents can hold only one of them.
            if first >= taken:
                spans.append(Span(doc, first, after, label=mention.label, kb_id=mention.id or ""))
                taken = after
        if spans or (named and doc.ents):
            doc.ents = spans

    def _names(self, context: Mapping[str, Any] | None) -> tuple[ListNames, frozenset[str]]:
        if not context:
            return NO_LIST, frozenset()
        last = self._last
        # The comments of a page share one list of entries, and come one after the other.
        if last is None or not last.fits(context):
            last = self._last = self._read_list(context)
        return last.names, last.countries

    def _read_list(self, context: Mapping[str, Any]) -> _List:
        shared = context.get("entries") or ()
        entries = list(shared)
        entry, title, kind = context.get("entry"), context.get("list"), context.get("kind")
        if entry is not None and all(e["name"] != entry["name"] for e in entries):
            entries.append(entry)
        key = (title, kind, tuple((e["name"], e.get("within")) for e in entries))
        known = self._lists.get(key)
        if known is None:
            written = [str(e["name"]) for e in entries]
            if kind is None and entries:
                kind = kind_of_entries(title, written, self.places, self.companies)
            sectors = list_sectors(title, written, self.companies)
            known = (
                list_names(entries, kind, self.places, self.companies, sectors) if entries or sectors else NO_LIST,
                self._title_countries(title),
            )
            if len(self._lists) >= _LISTS_KEPT:
                self._lists.pop(next(iter(self._lists)))
            self._lists[key] = known
        return _List(shared, title, context.get("kind"), frozenset(e["name"] for e in entries), *known)

    def _title_countries(self, title: str | None) -> frozenset[str]:
        if not title:
            return frozenset()
        words = fold(title).replace("|", " ").split()
        grams = {" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)}
        found = (sense for gram in grams for sense in self.places.lookup(gram)[:1])
        return frozenset(
            sense.country
            for sense in found
            if sense.country and sense.label != "CITY" and sense.ambiguity is None and sense.form != "code"
        )

    def _area_of(self, candidate: Candidate, names: ListNames, own: int | None) -> Candidate:
        """Under its city, an area that stands for the city is the city."""
        region = candidate.senses[0].region if candidate.senses else None
        if region is None or region.area_of is None or own is None or candidate.entry is not None:
            return candidate
        if fold(names.entries[own].name) != fold(region.area_of):
            return candidate
        return Candidate(
            start=candidate.start, end=candidate.end, first=candidate.first, last=candidate.last, label="CITY",
            said=names.entries[own].name, name=candidate.name, via="entry", form=candidate.form,
            entry=own, own_entry=True,
        )  # fmt: skip


@Language.factory(
    "commentlens_entities",
    default_config={"gazetteer": None, "companies": None},
    assigns=["doc._.commentlens_mentions", "doc._.commentlens_rejected", "doc.ents"],
    requires=["doc.ents"],
)
def make_entities(nlp: Language, name: str, gazetteer: str | None, companies: str | None) -> Entities:  # noqa: ARG001
    """Build the component.

    Args:
        nlp: the pipeline.
        name: of the component in it.
        gazetteer: a CSV or JSONL file of names to add, or a folder of files to use instead of the shipped ones; None
            for the shipped ones alone (`docs/gazetteer.md`).
        companies: JSONL file of companies; None for the shipped list.

    Raises:
        KnowledgeError: If a file is missing or not valid.
    """
    register()
    places = Places.load(Path(gazetteer) if gazetteer else None)
    listed = Companies.load(Path(companies) if companies else None)
    # Our own recogniser's labels have spaCy's names for other things; it stands before this in the pipeline.
    ours = any(nlp.get_pipe_meta(pipe).factory == "commentlens_names" for pipe in nlp.pipe_names)
    return Entities(places, listed.adding(places.own_names), Cues.load(), OURS if ours else None)
