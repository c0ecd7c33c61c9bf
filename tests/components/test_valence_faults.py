"""Faults of VADER that are mended, each beside a near-miss; whole texts; how often clauses are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from commentlens.components.scope import read_sentences
from commentlens.components.units import Unit
from commentlens.components.valence import Reading, Valence
from commentlens.pipeline import Contexts, build_nlp, make_doc
from commentlens.records import Comment

SIGNS = [
    ("no problems", 1, "many problems", -1),
    ("not bad", 1, "not good", -1),
    ("could be better", -1, "could be worse", 1),
    ("couldn't be worse", -1, "couldn't be better", 1),
    ("can't complain", 1, "they complain", -1),
    ("nothing special", -1, "something special", 1),
    ("hell no", -1, "hell yes", 1),
    ("no worries", 1, "I worry", 0),
    ("not too shabby", 1, "shabby", -1),
    ("wouldn't say no", 1, "I would say no", -1),
    ("never fails", 1, "it fails", -1),
    ("too good to be true", -1, "good and true", 1),
    ("not only good but cheap", 1, "not good", -1),
    ("kind of good", 1, "kind of bad", -1),
    ("nothing wrong with it", 1, "it is bad", -1),
    ("the least bad", 1, "the least clean", -1),
    ("no one hates it", 1, "everyone hates it", -1),
    ("nobody hates it", 1, "they hate it", -1),
    ("without a doubt great", 1, "without a great view", -1),
    ("barely any crime", 1, "so much crime", -1),
    ("fewer accidents", 1, "a few accidents", -1),
    ("crime is very low", 1, "crime is very high", -1),
    ("pollution is down", 1, "pollution is up", -1),
    ("lack of crime", 1, "lack of good food", -1),
    ("free of charge", 1, "a charge", 0),
    ("hard to beat", 1, "hard to live", -1),
    ("killer views", 1, "a killer", 0),
    ("this place is sick", 1, "I got sick", -1),
    ("bloody brilliant", 1, "bloody awful", -1),
    ("greaaat", 1, "baaad", -1),
    ("I like it", 1, "buildings like these", 0),
    ("what's not to love?", 1, "I do not love it", -1),
    ("👍🏽", 1, "👎🏽", -1),
    ("not 😍", 1, "no :(", -1),
    ("no, clean", 1, "not clean", -1),
    (":)))", 1, "=(((", -1),
]


@pytest.fixture(scope="module")
def valence() -> Valence:
    return Valence.load()


def _sign(valence: Valence, text: str) -> int:
    (sentence,) = read_sentences(text, [])
    score = valence.score(sentence.units)
    return (score >= 0.05) - (score <= -0.05)


@pytest.mark.parametrize(("text", "sign", "near", "near_sign"), SIGNS)
def test_faults_and_near_misses(valence: Valence, text: str, sign: int, near: str, near_sign: int) -> None:
    assert (_sign(valence, text), _sign(valence, near)) == (sign, near_sign)


def test_whole_texts_count_what_says_nothing_of_a_place(valence: Valence) -> None:
    assert (_sign(valence, "thanks"), valence.score_text("thanks")) == (0, 0.4404)
    assert valence.score_text("") == 0.0
    assert 0 < valence.score_text("Good. Good.") < valence.score_text("Good. Great.")


def test_a_clause_is_read_once_whatever_its_targets(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = build_nlp(mood_model="rules", rules_only=True)
    calls: list[str] = []
    read = Valence.read

    def counted(self: Valence, units: Sequence[Unit]) -> Reading:
        calls.append(" ".join(unit.norm for unit in units))
        return read(self, units)

    monkeypatch.setattr(Valence, "read", counted)
    text = "Oslo, Lisbon and Porto are lovely"
    doc = make_doc(nlp, Comment(id="1", text=text), Contexts())
    for name, step in nlp.pipeline:
        if name == "commentlens_mood":
            calls.clear()
        doc = step(doc)
    assert [mood["label"] for mood in doc._.commentlens_moods] == ["pos"] * 3
    assert len(calls) == 1


def test_a_users_lexicon_reaches_the_moods(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[words]\nzorby = -3\n[phrases]\n"can\'t zorb" = 2.5\n', encoding="utf-8")
    nlp = build_nlp(mood_model="rules", lexicon=path)
    doc = nlp(make_doc(nlp, Comment(id="1", text="Oslo is zorby"), Contexts()))
    assert [mood["label"] for mood in doc._.commentlens_moods] == ["neg"]
    mine = Valence.load([path])
    assert (_sign(mine, "I can't zorb"), mine.score_text("zorby") < 0) == (1, True)
