"""The entities component: what it writes, what it says of losers, and that it keeps nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from commentlens.components.entities import Entities, make_entities
from commentlens.components.entity_types import Proposal
from commentlens.errors import KnowledgeError


@pytest.fixture(scope="module")
def entities() -> Entities:
    made = make_entities(spacy.blank("en"), "entities", None, None)
    assert isinstance(made, Entities)
    return made


@pytest.fixture
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("commentlens_entities")
    return pipeline


def context(*names: str, own: str | None = None, kind: str | None = "city", title: str = "Some List") -> dict[str, Any]:
    entries = [{"name": name, "within": None, "rank": rank} for rank, name in enumerate(names, start=1)]
    return {
        "list": title,
        "list_id": "x",
        "polarity": "positive",
        "kind": kind,
        "entries": entries,
        "entry": next((entry for entry in entries if entry["name"] == own), None),
    }


def test_whole_mentions(nlp: Language) -> None:
    """Every key of a mention; offsets are characters."""
    doc = nlp.make_doc("Oslo beats Rome, says Nokia")
    doc._.commentlens_context = context("Oslo", "Lima")
    doc = nlp(doc)
    assert doc._.commentlens_mentions == [
        {
            "start": 0,
            "end": 4,
            "label": "CITY",
            "name": "Oslo",
            "id": "geonames:3143244",
            "via": "entry",
            "reason": 'entry of the list (+2.0), list of cities (+0.2), before "beats" (+0.4), capital (+0.1), '
            "beside Rome (+1.2)",
        },
        {
            "start": 11,
            "end": 15,
            "label": "CITY",
            "name": "Rome",
            "id": "geonames:3169070",
            "via": "gazetteer",
            "reason": 'city of 2318895 people (+1.5), list of cities (+0.2), after "beats" (+0.4), '
            "capital inside a sentence (+0.6), beside Oslo (+1.2); of 3 places so called the best known",
        },
        {
            "start": 22,
            "end": 27,
            "label": "COMPANY",
            "name": "Nokia",
            "id": None,
            "via": "gazetteer",
            "reason": "known company (+1.4), capital inside a sentence (+0.6)",
        },
    ]
    assert [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents] == [
        ("Oslo", "CITY", "geonames:3143244"),
        ("Rome", "CITY", "geonames:3169070"),
        ("Nokia", "COMPANY", ""),
    ]


def test_losers_say_why(nlp: Language) -> None:
    """A candidate that lost is kept with its reason."""
    doc = nlp.make_doc("a nice mobile phone")
    doc._.commentlens_context = context("Nice", "Lima")
    doc = nlp(doc)
    assert doc._.commentlens_mentions == []
    lost = {(r["name"], r["label"], r["via"]): r["reason"] for r in doc._.commentlens_rejected}
    assert ("Nice", "CITY", "entry") in lost
    assert lost["Nice", "CITY", "entry"].startswith("too little evidence: ")


@pytest.mark.parametrize("text", ["", " ", "…", "?!", "\n\n", "1 2 3"])
def test_nothing_to_find(entities: Entities, text: str) -> None:
    """Empty and wordless comments hold no mention."""
    assert entities.find(text) == ([], [])


def test_list_names_win(entities: Entities) -> None:
    """The list's own spelling of a place is the name, however it is written."""
    found, _ = entities.find("bengaluru, BLR and Banglore", context("Bangalore", "Pune"))
    assert [(m.name, m.via) for m in found] == [("Bangalore", "entry")] * 3
    found, _ = entities.find("Bangalore is it", context("Bengaluru", "Pune"))
    assert [m.name for m in found] == ["Bengaluru"]


@pytest.mark.parametrize(
    ("own", "name", "label"), [("San Francisco", "San Francisco", "CITY"), ("Paris", "Silicon Valley", "REGION")]
)
def test_an_area_stands_for_its_city(entities: Entities, own: str, name: str, label: str) -> None:
    """Silicon Valley is San Francisco in comments under San Francisco only; so is the valley after it."""
    found, _ = entities.find("Silicon Valley! The valley has it all", context("San Francisco", "Paris", own=own))
    assert [(m.start, m.end, m.name, m.label) for m in found] == [(0, 14, name, label), (20, 26, name, label)]


@pytest.mark.parametrize(("own", "name"), [("Karachi", "Karachi"), ("Paris", "Paris"), ("Lima", "Paris")])
def test_a_shared_nickname_means_the_entry(entities: Entities, own: str, name: str) -> None:
    """Two cities go by one nickname: the comment's own entry is meant."""
    found, _ = entities.find('they call it the "city of lights"', context("Karachi", "Paris", "Lima", own=own))
    assert [m.name for m in found] == [name]


@pytest.mark.parametrize(
    ("text", "title", "names", "place_id"),
    [
        ("Valencia is sunny", "Cities", ["Madrid", "Seville", "Bilbao"], "geonames:2509954"),
        ("Valencia, Venezuela is sunny", "Cities", ["Madrid", "Seville"], "geonames:3625549"),
        ("Is London in Canada nice?", "Cities", ["Lima"], "geonames:6058560"),
        ("London is nice", "Best Cities in Canada", ["Lima"], "geonames:6058560"),
        ("London is nice", "Best Cities", ["Lima"], "geonames:2643743"),
    ],
)
def test_which_namesake(entities: Entities, text: str, title: str, names: list[str], place_id: str) -> None:
    """Said after the comma, named elsewhere, the title's country, the list's country, else the largest."""
    found, _ = entities.find(text, context(*names, title=title))
    assert found[0].id == place_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kwik Holdings Ltd pays well", [("Kwik Holdings Ltd", "Kwik")]),
        ("The Moonriver Prize is a joke", []),
    ],
)
def test_model_proposals_need_support(entities: Entities, text: str, expected: list[tuple[str, str]]) -> None:
    """An unknown organisation counts only with a legal form, a cue or a neighbour."""
    end = text.index(" pays") if " pays" in text else text.index(" is")
    found, _ = entities.find(text, None, [Proposal(0, end, "ORG")])
    assert [(text[m.start : m.end], m.name) for m in found] == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bombardier inc. and others", "Bombardier inc."),
        ("LG electronics rules", "LG electronics"),
        ("Siemens AG", "Siemens AG"),
        ("Nokia is big", "Nokia"),
        ("Nokia group chat", "Nokia group"),
    ],
)
def test_legal_forms_belong_to_the_name(entities: Entities, text: str, said: str) -> None:
    """With its full stop, and only right after the name."""
    found, _ = entities.find(text)
    assert [text[m.start : m.end] for m in found] == [said]


def test_glued_names_share_a_token(nlp: Language) -> None:
    """Mentions keep both names where doc.ents has room for one."""
    doc = nlp("huawei,zte,byd")
    assert [(m["start"], m["end"]) for m in doc._.commentlens_mentions] == [(0, 6), (7, 10), (11, 14)]


def test_survives_bytes(nlp: Language) -> None:
    """What is written is plain: a Doc goes through bytes unchanged."""
    doc = nlp("Oslo or Rome")
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.commentlens_mentions == doc._.commentlens_mentions
    assert again._.commentlens_rejected == doc._.commentlens_rejected


def test_two_pipelines_do_not_meet(tmp_path: Path) -> None:
    """A component owns what it was given."""
    path = tmp_path / "mine.jsonl"
    path.write_text('{"name": "Acme", "sector": "industry"}\n', encoding="utf-8")
    first, second = spacy.blank("en"), spacy.blank("en")
    first.add_pipe("commentlens_entities", config={"companies": str(path)})
    second.add_pipe("commentlens_entities")
    text = "We like Acme and Nokia"
    assert [m["name"] for m in first(text)._.commentlens_mentions] == ["Acme"]
    assert [m["name"] for m in second(text)._.commentlens_mentions] == ["Nokia"]
    assert [m["name"] for m in first(text)._.commentlens_mentions] == ["Acme"]


def test_names_of_ones_own(tmp_path: Path) -> None:
    """A file of names is added to what ships."""
    path = tmp_path / "names.jsonl"
    path.write_text(
        '{"name": "New Haverbrook", "label": "CITY", "aliases": ["Brookie"], "id": "mine:7", "country": "US"}\n'
        '{"name": "Acme", "label": "COMPANY"}\n',
        encoding="utf-8",
    )
    nlp = spacy.blank("en")
    nlp.add_pipe("commentlens_entities", config={"gazetteer": str(path)})
    found = nlp("From Oslo to New Haverbrook; brookie has Acme")._.commentlens_mentions
    assert [(m["name"], m["label"], m["id"]) for m in found] == [
        ("Oslo", "CITY", "geonames:3143244"),
        ("New Haverbrook", "CITY", "mine:7"),
        ("New Haverbrook", "CITY", "mine:7"),
        ("Acme", "COMPANY", None),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such gazetteer"),
        ('{"name": "X", "label": "PLANET"}', '"label" must be one of CITY, COMPANY, COUNTRY, REGION'),
        ('{"name": "X", "label": "CITY", "size": 3}', 'unknown "size"'),
    ],
)
def test_a_wrong_gazetteer_is_named(tmp_path: Path, content: str | None, said: str) -> None:
    """The message says what is wrong and where."""
    path = tmp_path / "names.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said) as error:
        spacy.blank("en").add_pipe("commentlens_entities", config={"gazetteer": str(path)})
    assert "names.jsonl" in str(error.value)


def test_an_empty_folder_is_no_gazetteer(tmp_path: Path) -> None:
    """It says which files were looked for."""
    with pytest.raises(KnowledgeError, match=r"holds none of places\.bin"):
        spacy.blank("en").add_pipe("commentlens_entities", config={"gazetteer": str(tmp_path)})


def test_lists_are_not_mixed_up(entities: Entities) -> None:
    """Names worked out for one list do not leak into the next."""
    assert [m.label for m in entities.find("Halo rocks", context("Halo", "Doom", kind="other"))[0]] == ["ENTRY"]
    assert entities.find("Halo rocks", context("Lima", "Oslo"))[0] == []


def test_a_long_comment_is_read_like_a_short_one(entities: Entities) -> None:
    """What stands far away neither adds nor takes away evidence: every copy of a sentence gives the same."""
    sentence = "I went from Lima to Nice with my Nokia. "
    alone, _ = entities.find(sentence)
    found, _ = entities.find(sentence * 200)
    expected = [
        (m.start + copy * len(sentence), m.end + copy * len(sentence), m.name) for copy in range(200) for m in alone
    ]
    assert len(alone) == 3
    assert [(m.start, m.end, m.name) for m in found] == expected


RACERS = context(
    "Mario Kart 8", "Diddy Kong Racing", "F-Zero GX", "Red Dead Redemption", "New York Pizza", kind="other"
)
SAGAS = context(
    "Final Fantasy VII", "Dragon Age: Origins", "Dragon Age: Inquisition", "Half Life Blue Shift", kind="other"
)


@pytest.mark.parametrize(
    ("ranked", "text", "expected"),
    [
        # A number that the entry does not have makes it another thing.
        (RACERS, "Mario Kart 8 wins", [("Mario Kart 8", "Mario Kart 8")]),
        (RACERS, "Mario Kart is fun", [("Mario Kart", "Mario Kart 8")]),
        (RACERS, "Mario Kart 64 was better", []),
        (RACERS, "I played Mario Kart 64 times", [("Mario Kart", "Mario Kart 8")]),
        (RACERS, "Mario Kart 10/10", [("Mario Kart", "Mario Kart 8")]),
        (RACERS, "Mario Kart, 64 players", [("Mario Kart", "Mario Kart 8")]),
        (RACERS, "Red Dead 2 is better", []),
        (RACERS, "Red Dead 1 is better", [("Red Dead", "Red Dead Redemption")]),
        (SAGAS, "Final Fantasy X was better", []),
        (SAGAS, "final fantasy 7 was better", [("final fantasy 7", "Final Fantasy VII")]),
        (SAGAS, "Final Fantasy v Halo", [("Final Fantasy", "Final Fantasy VII")]),
        # The longest prefix that only one entry has.
        (RACERS, "Diddy Kong beats it", [("Diddy Kong", "Diddy Kong Racing")]),
        (RACERS, "diddy beats it", [("diddy", "Diddy Kong Racing")]),
        (RACERS, "where is F-Zero", [("F-Zero", "F-Zero GX")]),
        (RACERS, "f zero gx and f-zero", [("f zero gx", "F-Zero GX"), ("f-zero", "F-Zero GX")]),
        (RACERS, "Red Dead is not a race", [("Red Dead", "Red Dead Redemption")]),
        (RACERS, "the red dead leaves", []),
        (RACERS, "New York is a city", [("New York", "New York")]),
        (SAGAS, "Half Life Blue is short", [("Half Life Blue", "Half Life Blue Shift")]),
        (SAGAS, "Dragon Age is long", []),
    ],
)
def test_short_forms_of_things(
    entities: Entities, ranked: dict[str, Any], text: str, expected: list[tuple[str, str]]
) -> None:
    """What an entry of a list of other things is called in short, and what only looks like it."""
    assert [(text[m.start : m.end], m.name) for m in entities.find(text, ranked)[0]] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I went to Quimbleford", ["Quimbleford"]),
        ("Quimbleford, Japan has it all", ["Quimbleford", "Japan"]),
        ("the nicest is Quimbleford airport", ["Quimbleford"]),
        ("Rome and Quimbleford", ["Rome", "Quimbleford"]),
        ("it is better than Quimbleford", ["Quimbleford"]),
        ("and then Quimbleford came from Rome", ["Rome"]),
        ("Bungo Records and Quimbleford come from Rome", ["Rome"]),
        ("not with Quimbleford", []),
    ],
)
def test_a_city_of_the_model_needs_a_word_for_it(entities: Entities, text: str, expected: list[str]) -> None:
    """What the model alone calls a place counts where something beside the name says place."""
    at = text.index("Quimbleford")
    found, _ = entities.find(text, context("Oslo", "Lima"), [Proposal(at, at + len("Quimbleford"), "GPE")])
    assert [m.name for m in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gibson is headquartered here", [("Gibson", "COMPANY")]),
        ("Gibson is still based in Nashville", [("Gibson", "COMPANY"), ("Nashville", "CITY")]),
        ("Target has its headquarters in Minneapolis", [("Target", "COMPANY"), ("Minneapolis", "CITY")]),
        ("Shell was founded in London", [("Shell", "COMPANY"), ("London", "CITY")]),
        ("Moog and Gibson are headquartered here", [("Moog", "COMPANY"), ("Gibson", "COMPANY")]),
        ("Native Instruments and Ableton come from Berlin",
         [("Native Instruments", "COMPANY"), ("Ableton", "COMPANY"), ("Berlin", "CITY")]),
        ("Mel Gibson was founded in a bar", []),
        ("Shell is based on facts", []),
        ("Orange comes from Spain", [("Spain", "COUNTRY")]),
        ("Everybody comes from Berlin", [("Berlin", "CITY")]),
    ],
)  # fmt: skip
def test_a_seat_makes_a_company(entities: Entities, text: str, expected: list[tuple[str, str]]) -> None:
    """What is said of firms alone outweighs that a company's name is a word or a person's."""
    assert [(m.name, m.label) for m in entities.find(text, context("Oslo"))[0]] == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("zorkel and vimbly hire here", ["zorkel", "vimbly"], ["zorkel", "vimbly"]),
        ("my sister is with Zorkel now", ["Zorkel"], ["Zorkel"]),
        ("my sister is with zorkel now", ["zorkel"], []),
        ("ask Zorkel Bank of Lisbon today", ["Zorkel Bank of Lisbon"], ["Zorkel Bank of Lisbon"]),
        ("ask Zorkel of Lisbon today", ["Zorkel of Lisbon"], []),
        ("and the Lisbon Industries are big", ["Lisbon Industries"], []),
        ("the strikers and the owners", ["strikers", "owners"], []),
        ("We had Zorkel for dinner", ["Zorkel"], []),
        ("It was a Zorkel", ["Zorkel"], []),
        ("they gave it to Zorkel inc. of old", ["Zorkel inc"], ["Zorkel inc."]),
    ],
)
def test_companies_that_only_the_recogniser_knows(
    entities: Entities, text: str, names: list[str], expected: list[str]
) -> None:
    """A name of its own counts where something bears it out: a capital, another beside it, a legal form."""
    proposals = [Proposal(text.index(name), text.index(name) + len(name), "COMPANY") for name in names]
    found, _ = entities.find(text, None, proposals)
    assert [text[m.start : m.end] for m in found if m.label == "COMPANY"] == expected
