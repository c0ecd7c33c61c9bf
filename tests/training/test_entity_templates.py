"""Training text made from templates: spans right by construction, the same for the same seed, faults told by place."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from commentlens.components.name_tags import LABELS
from commentlens.errors import CommentlensError, KnowledgeError
from commentlens.training.entity_examples import Example, Span
from commentlens.training.entity_names import EntityNames
from commentlens.training.entity_templates import Templates, make_examples, parse


def marked(example: Example) -> str:
    """The text with its names marked: "I love [Paris]CITY"."""
    text = example.text
    for start, end, label in reversed(example.spans):
        text = f"{text[:start]}[{text[start:end]}]{label}{text[end:]}"
    return text


def templates(tmp_path: Path, *lines: str, head: str = 'name = "x"\nshare = 1\njoined = 0.0') -> Templates:
    """Templates of one group."""
    path = tmp_path / f"{abs(hash(lines))}.toml"
    body = "\n".join(lines)
    path.write_text(f"[[group]]\n{head}\ntemplates = '''\n{body}\n'''\n", encoding="utf-8")
    return Templates.load(path)


def names_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "names.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def examples() -> Sequence[Example]:
    return tuple(make_examples(12000, seed=7))


@pytest.mark.parametrize(
    ("text", "spans", "unknown", "message"),
    [
        ("I love Paris", ((7, 12, "TOWN"),), (), '"label" must be one of CITY'),
        ("I love Paris", ((6, 12, "CITY"),), (), "without blanks at their ends, not ' Paris'"),
        ("I love Paris", ((7, 13, "CITY"),), (), "within the text's 12 characters"),
        ("I love Paris", ((7, 7, "CITY"),), (), "start before end"),
        ("I love Paris", ((-5, 12, "CITY"),), (), "within the text's 12 characters"),
        ("I love Paris", ((7, 12, "CITY"), (8, 9, "ORG")), (), "the one before ends at 12"),
        ("I love Paris", ((7, 12, "CITY"), (2, 6, "ORG")), (), "in order"),
        ("I love Paris", ((7, 12, "CITY"),), ((2, 9),), '"spans and unknown" must be'),
        ("I love Paris", (), ((0, 2),), '"unknown" must be'),
    ],
)
def test_an_example_refuses_parts_that_are_none(
    text: str, spans: tuple[Span, ...], unknown: tuple[tuple[int, int], ...], message: str
) -> None:
    with pytest.raises(CommentlensError) as caught:
        Example(text, spans, unknown, "a set")
    assert message in str(caught.value)
    assert "of a set" in str(caught.value)


def test_an_example_takes_names_side_by_side_and_labels_that_tell_less() -> None:
    example = Example("ParisLondon Oslo", ((0, 5, "CITY"), (5, 11, "PLACE")), ((12, 16),))
    assert example.names() == (("Paris", "CITY"), ("London", "PLACE"))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{field} is fine", "Music is fine"),
        ("{city=ORG} won", "[Oslo]ORG won"),
        ("near {city=}", "near Oslo"),
        ("the {org} says", "the [FDA]ORG says"),
        ("{org} says", "The [FDA]ORG says"),
        ("ok. {org} says", "ok. The [FDA]ORG says"),
        ("ask {org}", "ask the [FDA]ORG"),
        ("our {org} says", "our [FDA]ORG says"),
        ("{org-} says", "[FDA]ORG says"),
        ("a {org-} man", "an [FDA]ORG man"),
        ("data {org-}", "data [FDA]ORG"),
        ("at {company}.", "at [Velnora Inc.]COMPANY"),
        ("at {company}...", "at [Velnora Inc.]COMPANY..."),
        ("{city}, {area}", "[Oslo]CITY, [Norway]COUNTRY"),
        ("<LOC {city} Airport> in {city}", "[Oslo Airport]LOC in [Oslo]CITY"),
        ("<COMPANY The {city} Post>", "The [Oslo Post]COMPANY"),
        ("<LOC {city} [Pier|Pier]>!", "[Oslo Pier]LOC!"),
        ("{city} > {city}", "[Oslo]CITY > [Oslo]CITY"),
        ("[yes|yes][| ]", "yes"),
        ("the {work} and {work}", "the [Wire]OTHER and The [Wire]OTHER"),
        ("{city} [|], ok", "[Oslo]CITY, ok"),
        ("{city} [|] ok", "[Oslo]CITY ok"),
        ("{city} , ok", "[Oslo]CITY , ok"),
        ("{city}\\n{city}", "[Oslo]CITY\n[Oslo]CITY"),
        ("{family}'s {city}", "[Sato]PERSON's [Oslo]CITY"),
    ],
)
def test_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, expected: str) -> None:
    fixed = {"field": "Music", "org": "the FDA", "company": "Velnora Inc.", "family": "Sato", "work": "The Wire"}

    def pick(self: EntityNames, slot: str, _rng: random.Random) -> object:
        label = "COMPANY" if slot == "company" else self.label(slot)
        text = fixed.get(slot, "Oslo")
        area = ("Norway", "COUNTRY") if label == "CITY" else None
        return type("Fixed", (), {"text": text, "label": label, "area": area})

    monkeypatch.setattr(EntityNames, "pick", pick)
    assert marked(templates(tmp_path, template).example(random.Random(1))) == expected


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("I love {citty}", "unknown slots, not {citty}"),
        ("{city=TOWN}", "not TOWN"),
        ("<TOWN {city}>", "not TOWN"),
        ("<LOC {city} Pier", "closed with >"),
        ("[love|hate {city}", "closed with ]"),
        ("love|hate", "a lone '|' (character 5)"),
        ("love] it", "a lone ']' (character 5)"),
    ],
)
def test_faulty_templates_are_told_with_file_line_and_template(tmp_path: Path, template: str, fault: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        templates(tmp_path, "{city}", template)
    assert ".toml, line 1" in str(caught.value)
    assert fault in str(caught.value)
    assert template in str(caught.value)


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ('name = ""\nshare = 1\njoined = 0.0', '"name" must be'),
        ('name = "x"\nshare = 0\njoined = 0.0', '"share" must be a number above 0, got 0'),
        ('name = "x"\nshare = 1\njoined = 1.0', '"joined" must be a number from 0 to below 1'),
        ('name = "x"\nshare = 1\njoined = 0.0\nweight = 2', 'unknown "weight"'),
        ('name = "x"\nshare = 1\njoined = 0.0\nfiller = "no"', '"filler" must be true or false'),
    ],
)
def test_faulty_groups_are_told(tmp_path: Path, head: str, fault: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        templates(tmp_path, "{city}", head=head)
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[slot.a]\nlabel = "TOWN"\nitems = "x"', '"label" must be'),
        ('[slot.a]\nlabel = "ORG"', '"items" must be given'),
        ('[slot.a]\nlabel = "ORG"\nitems = ["x"]', '"items" must be one string'),
        ('[slot.a]\nlabel = "ORG"\nitems = "x"\npatterns = "{b}"', '"made_up" must be'),
        ('[slot.a]\nlabel = "ORG"\nitems = "x"\nmade_up = 0.5', '"made_up" must be'),
        ('[slot.a]\nlabel = "ORG"\npatterns = "{nowhere} x"', "['nowhere']"),
        ('[slot.a]\nlabel = "ORG"\nmix = { nowhere = 1 }', "['nowhere']"),
        ('[slot.a]\nlabel = "ORG"\nmix = { city = 0 }', '"mix" must be'),
        ('[slot.a]\nlabel = "ORG"\npatterns = "{b}"\n[slot.b]\nlabel = "ORG"\npatterns = "{a}"', "free of circles"),
        ('[slot.a]\nlabel = "ORG"\nweight = 1', 'unknown "weight"'),
        ("[boost.countries]\nUS = 0", '"US" must be a number above 0'),
        ("[places]\nx = 1", 'unknown "places"'),
    ],
)
def test_faulty_lists_of_names_are_told(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        EntityNames.load(names_file(tmp_path, text))
    assert fault in str(caught.value)
    assert "names.toml" in str(caught.value)


def test_a_slot_of_patterns_has_one_label_for_the_whole_name(tmp_path: Path) -> None:
    path = names_file(tmp_path, '[slot.uni]\nlabel = "ORG"\npatterns = "University of {city}"')
    picked = EntityNames.load(path).pick("uni", random.Random(1))
    assert picked.label == "ORG"
    assert picked.text.startswith("University of ")


@pytest.mark.parametrize(("item", "label"), [("Reuters", "COMPANY"), ("the Gap", "ORG"), ("NASA", "ORG")])
def test_an_organisation_that_the_list_of_companies_has_is_a_company(tmp_path: Path, item: str, label: str) -> None:
    path = names_file(tmp_path, f'[slot.one]\nlabel = "ORG"\nitems = "{item}"')
    assert EntityNames.load(path).pick("one", random.Random(1)).label == label


def test_the_same_seed_gives_the_same_examples_and_another_one_others(examples: Sequence[Example]) -> None:
    assert tuple(make_examples(50, seed=7)) == examples[:50]
    assert tuple(make_examples(50, seed=8)) != examples[:50]


def test_every_label_is_there_and_no_name_begins_with_an_article(examples: Sequence[Example]) -> None:
    counts = Counter(label for example in examples for _, label in example.names())
    assert set(counts) == set(LABELS)
    assert min(counts.values()) > 100
    assert not [name for example in examples for name, _ in example.names() if name.lower().startswith("the ")]


def test_texts_are_whole_and_varied(examples: Sequence[Example]) -> None:
    texts = [example.text for example in examples]
    assert not [text for text in texts if any(sign in text for sign in "{}[]|\\") or text != text.strip()]
    assert not [text for text in texts if "  " in text or "the the " in text.lower() or " a A" in text]
    glued = [
        example.text
        for example in examples
        for start, end, _ in example.spans
        if example.text[end : end + 1].isalnum() or example.text[max(0, start - 1) : start].isalnum()
    ]
    assert not glued
    assert len(set(texts)) > 0.95 * len(texts)
    without = sum(not example.spans for example in examples) / len(examples)
    assert 0.15 < without < 0.35


def test_enough_templates_and_names() -> None:
    shipped = Templates.load()
    assert len(shipped) >= 1000
    assert len({group.name for group in shipped.groups}) == len(shipped.groups)
    names = EntityNames.load()
    assert len(names.persons) >= 400
    assert names.count("PERSON") >= 1000
    assert names.count("ORG") >= 800
    assert names.count("LOC") >= 200
    assert names.count("OTHER") >= 700


def test_made_of_groups_by_their_share(tmp_path: Path) -> None:
    path = tmp_path / "two.toml"
    path.write_text(
        '[[group]]\nname = "a"\nshare = 3\njoined = 0.0\ntemplates = "yes"\n'
        '[[group]]\nname = "b"\nshare = 1\njoined = 0.5\ntemplates = "no"\n',
        encoding="utf-8",
    )
    loaded, rng = Templates.load(path), random.Random(3)
    counts = Counter(loaded.example(rng).text.split()[0] for _ in range(2000))
    assert 0.72 < counts["yes"] / 2000 < 0.78
    joined = [loaded.of_group(loaded.groups[1], rng).text for _ in range(1000)]
    assert 0.45 < sum(text == "no" for text in joined) / 1000 < 0.55


def test_sentences_are_joined_with_a_mark_and_with_fillers(tmp_path: Path) -> None:
    path = tmp_path / "fillers.toml"
    path.write_text(
        '[[group]]\nname = "a"\nshare = 1\njoined = 0.5\ntemplates = "{city} rocks"\n'
        '[[group]]\nname = "b"\nshare = 1\njoined = 0.0\nfiller = true\ntemplates = "Ok."\n',
        encoding="utf-8",
    )
    loaded, rng = Templates.load(path), random.Random(3)
    made = [loaded.of_group(loaded.groups[0], rng) for _ in range(600)]
    filled = sum("Ok." in example.text for example in made) / 600
    assert 0.25 < filled < 0.5
    assert all(example.spans for example in made)
    assert not [example.text for example in made if "rocksOk" in example.text or "Ok.Ok" in example.text]
    assert {example.text for example in (loaded.of_group(loaded.groups[1], rng) for _ in range(50))} == {"Ok."}


def test_parse_keeps_plain_text() -> None:
    assert parse("a -> b <3", ()) == ("a -", ">", " b <3")
