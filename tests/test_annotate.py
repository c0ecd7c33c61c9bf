"""A stream of comments annotated: by one process or two, from the cache, without spaCy where all is kept."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from commentlens.annotate import BATCH, LAYERS, AnnotateOptions, Annotator, Layer, fingerprint_of
from commentlens.errors import KnowledgeError, ModelError
from commentlens.records import AnnotatedComment, Claim, Comment, Entry, Mood, RankedList

ROME, OSLO = Entry(name="Rome", rank=3), Entry(name="Oslo", rank=8)
CITIES = RankedList(id="cities", title="Best Cities", kind="city", entries=(ROME, OSLO))
TEXTS = ("Should be no. 1", "I love it", "Better than Oslo", "4 airports", "", "Oslo > Rome")


def stream(count: int) -> Iterator[Comment]:
    """Comments of one list, their ids in order."""
    for number, text in zip(range(count), itertools.cycle(TEXTS), strict=False):
        yield Comment(id=f"c{number}", text=text, list=CITIES, entry=ROME if number % 2 else OSLO)


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """Without a cache; the pipeline is loaded once."""
    return Annotator(AnnotateOptions(cache=False))


def test_a_record(annotator: Annotator) -> None:
    """One comment in, one record out."""
    comment = Comment(id="a", text="Should be no. 1", list=CITIES, entry=ROME, likes=2)
    assert list(annotator.annotate([comment])) == [
        AnnotatedComment(
            id="a",
            text="Should be no. 1",
            list="Best Cities",
            entry=ROME,
            likes=2,
            moods=(Mood(target="Rome", label="pos", score=0.6, implied=True, evidence=((0, 15),)),),
            claims=(
                Claim(
                    subject="Rome", stance="too_low", proposed=(1, 1), listed=3, span=(0, 15), rule="should-be-number"
                ),
            ),
        )
    ]


def test_nothing_in_nothing_out(annotator: Annotator) -> None:
    """An empty stream."""
    assert list(annotator.annotate([])) == []


def test_no_more_than_a_batch_is_read_ahead(annotator: Annotator) -> None:
    """The stream is not drained before the first record comes out."""
    read = 0

    def counted() -> Iterator[Comment]:
        nonlocal read
        for comment in stream(5 * BATCH):
            read += 1
            yield comment

    next(annotator.annotate(counted()))
    assert read == BATCH


def test_two_processes_give_what_one_gives(annotator: Annotator) -> None:
    """The same records in the same order, the last batch not full."""
    count = 2 * BATCH + 7
    found = list(Annotator(AnnotateOptions(cache=False, processes=2)).annotate(stream(count)))
    assert [comment.id for comment in found] == [f"c{number}" for number in range(count)]
    assert found == list(annotator.annotate(stream(count)))


SCRIPT = """
import json, sys
from commentlens.annotate import AnnotateOptions, Annotator
from commentlens.record_json import annotated_to_dict
from commentlens.records import Comment, Entry, RankedList
rome = Entry(name="Rome", rank=3)
cities = RankedList(id="cities", title="Best Cities", kind="city", entries=(rome,))
comments = [Comment(id="a", text=text, list=cities, entry=rome) for text in ("Should be no. 1", "I love it")]
found = [annotated_to_dict(comment) for comment in Annotator(AnnotateOptions()).annotate(comments)]
print(json.dumps({"found": found, "spacy": "spacy" in sys.modules}))
"""


def test_a_second_run_is_the_same_without_spacy(tmp_path: Path) -> None:
    """All from the cache; a damaged file is annotated again."""

    def run() -> tuple[object, bool]:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            capture_output=True,
            check=True,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        )
        answer = json.loads(done.stdout)
        return answer["found"], answer["spacy"]

    first, loaded = run()
    assert loaded
    assert run() == (first, False)
    (kept,) = tmp_path.rglob("*.jsonl")
    kept.write_text(kept.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    assert run() == (first, True)


def test_the_cache_is_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other rules make other files; a folder that cannot be made is no error."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    rules = tmp_path / "own.toml"
    rules.write_text(OWN_RULE, encoding="utf-8")
    comments = [Comment(id="a", text="It belongs in the hall of fame", list=CITIES, entry=OSLO)]
    (plain,) = Annotator().annotate(comments)
    (own,) = Annotator(AnnotateOptions(rules=rules)).annotate(comments)
    assert plain.claims == ()
    assert own.claims == (Claim(subject="Oslo", stance="too_low", listed=8, span=(0, 30), rule="hall-of-fame"),)
    assert len(list(tmp_path.rglob("*.jsonl"))) == 2
    monkeypatch.setenv("XDG_CACHE_HOME", str(rules))
    assert list(Annotator(AnnotateOptions(rules=rules)).annotate(comments)) == [own]


def test_a_file_cut_at_the_end_of_a_line_loses_no_comment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is damaged like any other."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = list(Annotator().annotate(stream(3)))
    (kept,) = tmp_path.rglob("*.jsonl")
    kept.write_text(kept.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    assert list(Annotator().annotate(stream(3))) == first


OWN_RULE = """\
[[rule]]
layer = "claims"
id = "hall-of-fame"
pattern = "{subject:ref}? belongs in the hall of fame"
stance = "too_low"
examples = [{ text = "It belongs in the hall of fame", entry = "Rome", rank = 9, finds = "Rome too_low" }]
"""


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    """When the pipeline is needed, not before."""
    absent = tmp_path / "absent"
    comments = list(stream(1))
    for options, error in (
        (AnnotateOptions(model=absent, cache=False), ModelError),
        (AnnotateOptions(rules=absent, cache=False), KnowledgeError),
        (AnnotateOptions(gazetteer=absent, cache=False), KnowledgeError),
        (AnnotateOptions(model=absent), ModelError),
    ):
        annotator = Annotator(options)
        assert list(annotator.annotate([])) == []
        with pytest.raises(error, match=f"{absent}: "):
            list(annotator.annotate(comments))


def test_an_error_in_a_process_is_told(tmp_path: Path) -> None:
    """As it is in one process."""
    absent = tmp_path / "absent"
    annotator = Annotator(AnnotateOptions(model=absent, cache=False, processes=2))
    with pytest.raises(ModelError, match=f"{absent}: cannot be loaded"):
        list(annotator.annotate(stream(1)))


def test_explain(annotator: Annotator) -> None:
    """One comment by its text, its entry and its list's title, which may be negative."""
    found = annotator.explain("Should be no. 1", "Rome", 3, "Worst Cities")
    assert found["context"]["polarity"] == "negative"
    assert found["context"]["entry"] == {"name": "Rome", "within": None, "rank": 3}
    assert [claim["stance"] for claim in found["claims"]] == ["too_low"]
    assert [mood["label"] for mood in found["moods"]] == ["neg"]
    alone = annotator.explain("I love Lisbon")
    assert (alone["context"], alone["claims"]) == (None, [])
    assert [mood["target"] for mood in alone["moods"]] == ["Lisbon"]


@pytest.mark.parametrize("only", [("entities",), ("mood",), ("claims", "links"), ("entities", "comparisons")])
def test_only_some_layers(annotator: Annotator, only: tuple[Layer, ...]) -> None:
    """They are what they are among all; the others are empty, and nothing runs that none of them needs."""
    comments = [
        *stream(6),
        Comment(id="l", text="Nokia is based in Espoo. Oslo should be first, Rome is better.", list=CITIES, entry=ROME),
    ]
    some = Annotator(AnnotateOptions(cache=False, only=only))
    fields = {"entities": "mentions", "mood": "moods", "claims": "claims", "comparisons": "comparisons"}
    unwanted: dict[str, Any] = {fields.get(layer, layer): () for layer in LAYERS if layer not in only}
    whole = list(annotator.annotate(comments))
    assert all(any(getattr(comment, fields.get(layer, layer)) for comment in whole) for layer in LAYERS)
    assert list(some.annotate(comments)) == [replace(comment, **unwanted) for comment in whole]
    assert ("commentlens_links" in some.nlp.pipe_names) == ("links" in only)
    # Comparisons are found by moods too, and decide them.
    assert ("commentlens_mood" in some.nlp.pipe_names) == bool({"mood", "comparisons"} & {*only})
    assert ("commentlens_claims" in some.nlp.pipe_names) == (only != ("entities",))


def test_implied_comparisons_among_some_layers() -> None:
    """They are what they are among all layers, though moods, which they rest on, are not wanted."""
    comments = [Comment(id="1", text="Too dirty and expensive, Oslo is clean and cheap", list=CITIES, entry=ROME)]
    (alone,) = Annotator(AnnotateOptions(cache=False, implied=True, only=("comparisons",))).annotate(comments)
    (whole,) = Annotator(AnnotateOptions(cache=False, implied=True)).annotate(comments)
    assert [item.rule for item in whole.comparisons] == ["model:preference"]
    assert (alone.comparisons, alone.moods) == (whole.comparisons, ())
    assert fingerprint_of(AnnotateOptions(implied=True)) != fingerprint_of(AnnotateOptions())


def test_layers_count_in_the_fingerprint() -> None:
    """Whatever their order."""
    states = [fingerprint_of(AnnotateOptions(only=only)) for only in ((), ("mood",), ("mood", "links"))]
    assert len(set(states)) == 3
    assert fingerprint_of(AnnotateOptions(only=("links", "mood"))) == states[2]
