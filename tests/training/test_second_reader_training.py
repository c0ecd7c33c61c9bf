"""Training of the second reader: on a few sentences, the same bytes twice; bad lines are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commentlens.components.linear_model import LinearModel
from commentlens.errors import KnowledgeError, SourceError
from commentlens.knowledge.rules import load_rules
from commentlens.training.arguments import read_arguments
from commentlens.training.linear_fit import fit
from commentlens.training.orderings import OWN, SETS, Ordering, parse, read_own, read_sets

TEXTS = [
    "The kettle was cheaper than my pan but it leaks",
    "My pan is better",
    "I bought the kettle and a pan together",
    "the worse the kettle the louder my neighbour",
]


def labelled(folder: Path) -> Path:
    """A folder with all sets, a few made-up texts each."""
    for name in SETS:
        path = folder / f"{name}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        texts = ["LOCATION1 is near LOCATION2"] if name.startswith("sentihood") else TEXTS
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return folder


def test_a_marked_line() -> None:
    """Offsets are those of the text without its brackets."""
    found = parse("WORSE | my [kettle] is louder than her [pan]!", "here")
    assert found == Ordering("WORSE", "my kettle is louder than her pan!", (3, 9), (29, 32))
    assert (found.text[3:9], found.text[29:32]) == ("kettle", "pan")


@pytest.mark.parametrize(
    "line", ["BETTER", "better | [a] over [b]", "NONE | [a] only", "NONE | [a] [b] [c]", "[a] is better than [b]"]
)
def test_a_line_that_is_none(line: str) -> None:
    """It says where, what it got, and what a line is."""
    with pytest.raises(KnowledgeError, match=r"x\.txt, line 3: got .* a line is a label \(BETTER, NONE, WORSE\)"):
        parse(line, "x.txt, line 3")


def test_our_own_sentences_are_sound() -> None:
    """Each can be read, no text stands twice, and all labels are there."""
    found = list(read_own(OWN))
    assert len({item.text for item in found}) == len(found) >= 300
    assert {item.label for item in found} == {"BETTER", "NONE", "WORSE"}


def test_sentences_of_the_sets(tmp_path: Path) -> None:
    """Only those that compare; what the rules read has their label, the rest is NONE; the same choice twice."""
    folder = labelled(tmp_path)
    found = list(read_sets(folder, load_rules("comparisons"), 1))
    assert found == list(read_sets(folder, load_rules("comparisons"), 1))
    shown = {(item.label, item.text[slice(*item.first)], item.text[slice(*item.second)]) for item in found}
    assert {("BETTER", "kettle", "pan"), ("NONE", "LOCATION1", "LOCATION2")} <= shown
    assert {text for _, *pair in shown for text in pair} <= {"kettle", "pan", "neighbour", "LOCATION1", "LOCATION2"}
    assert not any(item.text == TEXTS[2] for item in found)


def test_a_missing_set(tmp_path: Path) -> None:
    """Named, with what belongs there."""
    with pytest.raises(SourceError, match=r"train\.jsonl: cannot be read as a labelled set"):
        list(read_sets(tmp_path, load_rules("comparisons"), 1))


def test_fitting_gives_the_same_bytes(tmp_path: Path) -> None:
    """And a model that knows its examples; a feature that only one has is left out."""
    examples = [(label, {word: 1.0, "both": 1.0}, 1.0) for label, word in (("YES", "a"), ("NO", "b")) for _ in range(9)]
    examples.append(("YES", {"rare": 1.0}, 1.0))
    for name in ("one.json", "two.json"):
        fit(examples, 1.0).to_file(tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    model = LinearModel.from_file(tmp_path / "one.json")
    assert list(model.features) == ["a", "b", "both"]
    assert model.probabilities({"a": 1.0})["YES"] > 0.7 > 0.3 > model.probabilities({"b": 1.0})["YES"]


def test_arguments_of_pages_and_tables(tmp_path: Path) -> None:
    """Only comments under an entry with a rank count; what is said of others is none of it."""
    row = {"list": "Towns", "entry": {"name": "Rome", "rank": 4}, "text": "Oslo is 1st", "mentions": []}
    rows = [
        {**row, "claims": [{"subject": "Oslo", "stance": "too_low"}]},
        {**row, "claims": [{"subject": "Rome", "stance": "right"}]},
        {**row, "entry": None, "claims": []},
    ]
    page, table = tmp_path / "page.jsonl", tmp_path / "table.toml"
    page.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    table.write_text('[[comment]]\ntext = "up"\nentry = "Rome"\nrank = 2\nclaims = ["Rome too_low 1"]\n', "utf-8")
    assert [(item.label, item.listed) for item in read_arguments([page, table])] == [
        ("none", 4),
        ("right", 4),
        ("too_low", 2),
    ]
    (tmp_path / "no.toml").write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"no\.toml: neither a gold page nor a table of comments"):
        list(read_arguments([tmp_path / "no.toml"]))
