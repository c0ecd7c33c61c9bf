"""The pipeline: contexts set on Docs, components at their places, user files, and what is said where they are wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.extensions import EXTENSIONS
from commentlens.errors import KnowledgeError, ModelError
from commentlens.pipeline import CLASSIFIERS, COMPONENTS, Contexts, build_nlp, make_doc, pipe
from commentlens.records import Comment, Entry, RankedList

VIENNA, PRAGUE = Entry(name="Vienna", within="Austria", rank=2, blurb="old"), Entry(name="Prague", rank=5)
CITIES = RankedList(id="cities", title="Worst Cities", polarity="negative", kind="city", entries=(VIENNA, PRAGUE))
OWN_RULE = """\
[[rule]]
layer = "claims"
id = "hall-of-fame"
pattern = "{subject:ref}? belongs in the hall of fame"
stance = "too_low"
examples = [{ text = "It belongs in the hall of fame", entry = "Rome", rank = 9, finds = "Rome too_low" }]
"""


def comment(text: str, ranked: RankedList | None = CITIES, entry: Entry | None = VIENNA) -> Comment:
    return Comment(id=text, text=text, list=ranked, entry=entry)


def best(text: str) -> Comment:
    """Under Vienna, on a list whose first place is an honour."""
    return comment(text, RankedList(id="best", title="Best Cities", kind="city", entries=(VIENNA, PRAGUE)))


def written(doc: Doc) -> dict[str, Any]:
    """All that the components left on a Doc."""
    return {name: getattr(doc._, name) for name in EXTENSIONS}


def test_a_whole_context() -> None:
    """Names, ranks and what follows the comma; no blurbs."""
    vienna = {"name": "Vienna", "within": "Austria", "rank": 2}
    assert Contexts().of(comment("x")) == {
        "list": "Worst Cities",
        "list_id": "cities",
        "polarity": "negative",
        "kind": "city",
        "entries": [vienna, {"name": "Prague", "within": None, "rank": 5}],
        "entry": vienna,
        "ranks": {"vienna": 2, "prague": 5},
    }


def test_contexts_without_list_or_entry() -> None:
    """Neither: none at all. One of them: the other is empty."""
    nowhere: dict[str, Any] = {
        "list": None,
        "list_id": None,
        "polarity": "positive",
        "kind": None,
        "entries": [],
        "ranks": {},
    }
    contexts = Contexts()
    assert contexts.of(comment("x", None, None)) is None
    assert contexts.of(comment("x", None, PRAGUE)) == {
        **nowhere,
        "entry": {"name": "Prague", "within": None, "rank": 5},
        "ranks": {"prague": 5},
    }
    below = contexts.of(comment("x", CITIES, None))
    assert below is not None
    assert (below["entry"], below["list"], len(below["entries"])) == (None, "Worst Cities", 2)


def test_contexts_follow_the_list() -> None:
    """Each comment has its own list's, also where lists alternate; those of one list share its entries."""
    other = RankedList(id="brands", title="Best Brands", kind="company", entries=(Entry(name="Fiat", rank=1),))
    contexts = Contexts()
    found = [contexts.of(comment("x", ranked, None)) for ranked in (CITIES, CITIES, other, None, CITIES)]
    assert [context and context["list_id"] for context in found] == ["cities", "cities", "brands", None, "cities"]
    first, second = found[0], found[1]
    assert first is not None
    assert second is not None
    assert first["entries"] is second["entries"]


def test_the_kind_of_a_list_is_found_where_it_is_not_told() -> None:
    """From title and entries."""
    ranked = RankedList(id="l", title="Best Cities to Visit", entries=(VIENNA, PRAGUE))
    context = Contexts().of(comment("x", ranked, None))
    assert context is not None
    assert context["kind"] == "city"


def test_components_stand_in_order(nlp: Language) -> None:
    """Each after what it reads, with nothing missing."""
    assert nlp.pipe_names == ["commentlens_names", *COMPONENTS]
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    assert {name: problems for name, problems in analysis["problems"].items() if problems} == {}


def test_comments_come_back_with_their_docs(nlp: Language) -> None:
    """In order, whatever the batches; contexts are set before the components run."""
    comments = [comment(f"Prague is number {n}", CITIES, VIENNA if n % 2 else PRAGUE) for n in range(1, 8)]
    found = list(pipe(nlp, comments, batch_size=3))
    assert [kept for kept, _ in found] == comments
    assert [doc.text for _, doc in found] == [kept.text for kept in comments]
    assert [doc._.commentlens_context["entry"]["name"] for _, doc in found] == ["Vienna", "Prague"] * 3 + ["Vienna"]


@pytest.mark.parametrize("text", ["", " ", "\n", "😀", "e\u0301", "שלום Prague", "> Prague\n", "?!", "a" * 3000])
def test_odd_texts(text: str, nlp: Language) -> None:
    """Everything is there, if only empty."""
    ((_, doc),) = pipe(nlp, [comment(text)])
    for name, value in written(doc).items():
        assert value is not None, name
    assert doc._.commentlens_moods[0]["target"] == "Vienna"
    for mention in doc._.commentlens_mentions:
        assert text[mention["start"] : mention["end"]].strip()


def test_a_doc_keeps_everything_as_bytes(nlp: Language) -> None:
    """Lists and dicts only, so that Docs go from process to process and to disk."""
    ((_, doc),) = pipe(nlp, [comment("Should be no. 1, Siemens is in Prague. Better than Rome!")])
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert doc._.commentlens_claims
    assert doc._.commentlens_mentions
    assert written(again) == written(doc)
    assert [(ent.text, ent.label_, ent.kb_id_) for ent in again.ents] == [
        (ent.text, ent.label_, ent.kb_id_) for ent in doc.ents
    ]


def test_what_is_written_is_plain(nlp: Language) -> None:
    """Nothing but lists, dicts, strings, numbers, truth and None."""

    def plain(value: object) -> bool:
        if type(value) is dict:
            return all(type(key) is str and plain(item) for key, item in value.items())
        if type(value) is list:
            return all(map(plain, value))
        return value is None or type(value) in {str, int, float, bool}

    ((_, doc),) = pipe(nlp, [comment("Should be no. 1! Prague is awful, Siemens is based in Vienna")])
    assert [name for name, value in written(doc).items() if not plain(value)] == []


@pytest.mark.parametrize("name", [name for name in COMPONENTS[1:] if name not in CLASSIFIERS])
def test_finding_writes_nothing(name: str, nlp: Language) -> None:
    """``find`` gives what ``annotate`` has written, and leaves the Doc as it was."""
    ((_, doc),) = pipe(nlp, [comment("Should be no. 1! Better than Prague, Siemens is based in Vienna")])
    attribute = {"commentlens_clauses": "commentlens_sentences", "commentlens_mood": "commentlens_moods"}.get(
        name, name
    )
    before = written(doc)
    assert before[attribute]
    setattr(doc._, attribute, None)
    component: Any = nlp.get_pipe(name)
    found = component.find(doc)
    assert getattr(doc._, attribute) is None
    assert found == before[attribute]
    component.annotate(doc, found)
    assert written(doc) == before


def test_the_second_reader_finds_without_writing(nlp: Language) -> None:
    """It gives what the rules found and more, and leaves the Doc as it was."""
    ((_, doc),) = pipe(nlp, [comment("Should be no. 1! Better than Prague, Siemens is based in Vienna")])
    before = written(doc)
    component: Any = nlp.get_pipe("commentlens_second_reader")
    found = component.find(doc)
    assert (found["claims"], found["comparisons"]) == (before["commentlens_claims"], before["commentlens_comparisons"])
    assert written(doc) == before


def test_what_is_only_implied() -> None:
    """Found by rules, by contrast, and by the reader of preferences, which finds without writing; by rules alone
    without the latter."""
    texts = ["Too expensive and dirty, Prague is clean and cheap", "drove up to Prague and slept like a stone"]
    found: dict[bool, list[list[str]]] = {}
    for rules_only in (False, True):
        nlp = build_nlp(implied=True, rules_only=rules_only)
        docs = [doc for _, doc in pipe(nlp, map(best, texts))]
        found[rules_only] = [[item["rule"] for item in doc._.commentlens_comparisons] for doc in docs]
        assert ("commentlens_preferences" in nlp.pipe_names) is not rules_only
        if not rules_only:
            before = written(docs[0])
            component: Any = nlp.get_pipe("commentlens_preferences")
            assert component.find(docs[0])["comparisons"] == before["commentlens_comparisons"]
            assert written(docs[0]) == before
    assert found == {False: [["model:preference"], ["it-is-not-far"]], True: [[], ["it-is-not-far"]]}
    # The first one is stated plainly enough.
    stated = [
        [item["rule"] for item in doc._.commentlens_comparisons] for _, doc in pipe(build_nlp(), map(best, texts))
    ]
    assert stated == [["model:preference"], []]


def test_two_pipelines_do_not_disturb_each_other(nlp: Language, tmp_path: Path) -> None:
    """One with the user's rules beside one without, used in turns."""
    (tmp_path / "own.toml").write_text(OWN_RULE, encoding="utf-8")
    text = "It belongs in the hall of fame"
    ((_, before),) = pipe(nlp, [comment(text)])
    own = build_nlp(rules=[tmp_path / "own.toml"])
    ((_, with_rule),) = pipe(own, [comment(text)])
    ((_, after),) = pipe(nlp, [comment(text)])
    assert [claim["rule"] for claim in with_rule._.commentlens_claims] == ["hall-of-fame"]
    assert before._.commentlens_claims == after._.commentlens_claims == []
    assert written(before) == written(after)


def test_another_pipeline_gets_the_components(tmp_path: Path) -> None:
    """Those that it lacks are added at its end, with the user's rules."""
    spacy.blank("en").to_disk(tmp_path / "blank")
    (tmp_path / "own.toml").write_text(OWN_RULE, encoding="utf-8")
    nlp = build_nlp(tmp_path / "blank", rules=[tmp_path / "own.toml"])
    doc = nlp(make_doc(nlp, comment("It belongs in the hall of fame, better than Prague"), Contexts()))
    assert nlp.pipe_names == list(COMPONENTS)
    assert [claim["rule"] for claim in doc._.commentlens_claims] == ["hall-of-fame"]
    assert [mention["name"] for mention in doc._.commentlens_mentions] == ["Prague"]


def test_a_folder_that_is_no_pipeline(tmp_path: Path) -> None:
    """Which, why, what to do."""
    for path in (tmp_path / "absent", tmp_path):
        with pytest.raises(ModelError) as caught:
            build_nlp(path)
        message = str(caught.value)
        assert message.startswith(f"{path}: cannot be loaded as a spaCy pipeline (")
        assert message.endswith("). Give --model a folder that spacy.load reads.")
        assert "\n" not in message


def test_user_files_that_are_not_valid(tmp_path: Path) -> None:
    """As their loaders say it, also through spaCy's factories."""
    with pytest.raises(KnowledgeError, match=r"absent\.toml: cannot be read"):
        build_nlp(rules=[tmp_path / "absent.toml"])
    with pytest.raises(KnowledgeError, match=r"absent\.jsonl: no such gazetteer"):
        build_nlp(gazetteer=tmp_path / "absent.jsonl")
    (tmp_path / "own.toml").write_text(OWN_RULE.replace("too_low", "low", 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r'own\.toml, line 5: "stance" must be one of'):
        build_nlp(rules=[tmp_path / "own.toml"])
