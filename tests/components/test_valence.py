"""Valences: minimal pairs, VADER's faults in this domain mended, VADER's own numbers kept everywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer

from commentlens.components.scope import read_sentences
from commentlens.components.units import Unit
from commentlens.components.valence import Reading, Valence, ValuedWord
from commentlens.knowledge.lexicon import Lexicon


@pytest.fixture(scope="module")
def valence() -> Valence:
    return Valence.load()


@pytest.fixture(scope="module")
def vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def _units(text: str) -> tuple[Unit, ...]:
    (sentence,) = read_sentences(text, [])
    return sentence.units


def _read(valence: Valence, text: str) -> Reading:
    return valence.read(_units(text))


@pytest.mark.parametrize(
    ("text", "score"),
    [
        # negation, degree, capitals, exclamation, contrast
        ("It is clean.", 0.4019),
        ("It is not clean.", -0.3089),
        ("It isn't clean.", -0.3089),
        ("It is very clean.", 0.4576),
        ("It is slightly clean.", 0.3415),
        ("It is CLEAN.", 0.5319),
        ("It is clean!", 0.4574),
        ("It is filthy.", -0.5267),
        ("It is clean but expensive.", -0.3071),
        ("It is expensive but clean.", 0.431),
        # one word apart
        ("The trains are punctual.", 0.3612),
        ("The trains are late every time.", -0.4404),
        ("Never had a problem with it.", 0.4215),
        ("I had a problem with it.", -0.4019),
        ("I would buy it again.", 0.4215),
        ("I would never buy it again.", -0.5267),
        ("Full of life.", 0.4215),
        ("Full of tourists.", -0.5267),
        ("You can walk home at night.", 0.0),
        ("You can walk home at night safely.", 0.4939),
        ("We paid the rent.", 0.0),
        ("The rent is too high.", -0.4939),
        ("They lost the match.", -0.296),
        ("They lost my luggage.", -0.4588),
        ("It was built in 1990.", 0.0),
        ("It was built to last.", 0.5267),
        ("It has 9 million people.", 0.0),
        ("It has too many people.", -0.4939),
        # "no" with what it takes away
        ("There is no crime.", 0.431),
        ("There is no nightlife.", -0.4939),
        ("No contest.", 0.3818),
        ("No thanks.", -0.5267),
    ],
)
def test_minimal_pairs(valence: Valence, text: str, score: float) -> None:
    assert _read(valence, text).score == score


@pytest.mark.parametrize(
    "text",
    [
        # size, number, place, history
        "HQ of Huawei.",
        "Birthplace of Samsung and LG.",
        "4 airports and two harbours.",
        "It has the tallest tower.",
        "The largest port of the continent.",
        "It is the capital of the country.",
        "Population nine million.",
        "Founded in 1886, listed on the stock market.",
        "There are skyscrapers and lights everywhere.",
        # facts in words that VADER takes for feelings
        "It belongs to the United States.",
        "It is a special economic zone with free trade.",
        "The fire department stands beside the war memorial.",
        "Gross domestic product reached a critical mass.",
        "It lies on the Dead Sea.",
        "They sell hot dogs and fast food.",
        "The share price was cut by one third.",
        "The player fights a final boss.",
        "A murder mystery and a horror film.",
        "The agreement promotes competition.",
        "Two champions of the league play here.",
        "The natural history museum keeps its opening hours.",
        "They create smart cards and solar energy.",
        "The Security Council increased the tax.",
        "It was on the top floor, at the top of the hill.",
        "He is a friend of the author.",
        # of whom or what the feeling is not the list's entry
        "This list is stupid.",
        "What a list, the ranking is a joke.",
        "You are wrong.",
        "Are you blind?",
        "Good question.",
        "To be honest I have no idea.",
        "Please, thanks.",
        "As well as hot summers and cold winters.",
    ],
)
def test_facts_stay_neutral(valence: Valence, text: str) -> None:
    assert _read(valence, text) == Reading(0.0, ())


@pytest.mark.parametrize(
    ("text", "own", "vaders"),
    [
        # VADER is silent, or nearly
        ("It is overpriced.", -0.4588, 0.0),
        ("Such a walkable place.", 0.4588, 0.0),
        ("A hidden gem.", 0.4215, 0.0),
        ("Filthy streets, it stinks.", -0.7579, -0.25),
        ("The servers are laggy.", -0.4404, 0.0),
        ("You can keep it.", -0.5267, 0.0),
        ("Never again.", -0.5267, 0.0),
        ("The food is incredible.", 0.5574, 0.0),
        ("They lost my luggage twice.", -0.4588, -0.3182),
        # VADER reads the opposite
        ("It has no soul.", -0.4939, -0.296),
        ("You can't go wrong here.", 0.4215, 0.3724),
        ("To die for.", 0.5267, -0.5994),
        ("What a joke.", -0.4939, 0.296),
        ("It refuses to die.", 0.4215, -0.5994),
        ("I can't get enough.", 0.4215, 0.0),
        ("Pretty expensive.", -0.4005, 0.4939),
        ("Super crowded.", -0.4005, 0.5994),
        ("Nothing wrong with it.", 0.4215, 0.3724),
    ],
)
def test_mends_vader(valence: Valence, vader: SentimentIntensityAnalyzer, text: str, own: float, vaders: float) -> None:
    assert (_read(valence, text).score, vader.polarity_scores(text)["compound"]) == (own, vaders)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The city never sleeps.", [("never sleeps", 9, 21, 1.8)]),
        ("Been there, done that.", [("been there , done that", 0, 21, -2.4)]),
        ("It can't be beaten!", [("can n't be beaten", 3, 18, 2.4)]),
        ("10/10 would do again", [("10 / 10", 0, 5, 1.8), ("would do again", 6, 20, 1.8)]),
        ("Costs an arm and a leg", [("arm and a leg", 9, 22, -2.2)]),
        ("the worst list ever", []),
        ("Second to none.", [("to none", 7, 14, 2.4)]),
        # the longest phrase wins, and a shorter one stays what it is
        ("Not even close.", [("not even close", 0, 14, -1.8)]),
        ("Nothing to do.", [("nothing to do", 0, 13, -2.2)]),
        ("It has nothing to do with it.", []),
        # in capitals, over line's end of a word, with another mark
        ("HIDDEN GEM", [("GEM", 7, 10, 1.8)]),
        ("Rip-off", [("rip-off", 0, 7, -2.6)]),
        ("Rip off", [("rip off", 0, 7, -2.2)]),
    ],
)
def test_phrases_are_read_as_one(valence: Valence, text: str, words: list[tuple[str, int, int, float]]) -> None:
    assert _read(valence, text).words == tuple(ValuedWord(start, end, word, value) for word, start, end, value in words)


@pytest.mark.parametrize(
    "text",
    [
        "The food was good.",
        "The food was not good.",
        "The food wasn't good.",
        "The food was really good.",
        "The food was GOOD.",
        "The food was good!",
        "The food was horrible.",
        "The food was good, but the staff was horrible.",
        "A beautiful and wonderful place.",
        "They hate the ugly buildings.",
        "It is an awesome place.",
        "Probably the worst experience of the year.",
        "Nobody lives here.",
    ],
)
def test_elsewhere_the_numbers_are_vaders(valence: Valence, vader: SentimentIntensityAnalyzer, text: str) -> None:
    units = _units(text)
    own = valence.lexicon
    assert not {unit.norm for unit in units} & (own.words.keys() | own.neutral | own.boosters)
    assert _read(valence, text).score == vader.polarity_scores(text)["compound"]


@pytest.mark.parametrize(
    "text", ["It is filthy.", "You can't beat it!", "Not even close.", "HQ of a company.", "No, never again"]
)
def test_a_sentence_in_front_changes_nothing(valence: Valence, text: str) -> None:
    front = "We arrived in May. "
    before, after = read_sentences(front + text, [])
    assert valence.read(before.units) == Reading(0.0, ())
    alone = _read(valence, text)
    assert valence.read(after.units) == Reading(
        alone.score,
        tuple(ValuedWord(w.start + len(front), w.end + len(front), w.text, w.valence) for w in alone.words),
    )


def test_names_have_no_valence(valence: Valence) -> None:
    text = "Nice is in France."
    mentions = [{"start": 0, "end": 4, "label": "CITY"}, {"start": 11, "end": 17, "label": "COUNTRY"}]
    (sentence,) = read_sentences(text, mentions)
    assert valence.read(sentence.units) == Reading(0.0, ())
    assert _read(valence, text) == Reading(0.4215, (ValuedWord(0, 4, "nice", 1.8),))


def test_nothing_is_read_in_nothing(valence: Valence) -> None:
    assert valence.read(()) == Reading(0.0, ())
    assert valence.score(_units("...")) == 0.0


def test_a_users_file_is_read_over_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[words]\noverpriced = -0.5\n[phrases]\n"tram city" = 1.5\n', encoding="utf-8")
    mine = Valence.load([path])
    assert _read(mine, "An overpriced tram city").words == (
        ValuedWord(3, 13, "overpriced", -0.5),
        ValuedWord(14, 23, "tram city", 1.5),
    )


def test_every_phrase_can_be_met(valence: Valence) -> None:
    """A phrase that is not cut as the units are cut would never be found; one with a rank in it neither."""
    lexicon = valence.lexicon
    unreachable = {}
    for phrase, value in lexicon.phrases.items():
        # A clitic stands without a space.
        sentences = read_sentences(" ".join(phrase).replace(" '", "'"), [])
        units = [unit for sentence in sentences for unit in sentence.units]
        met = tuple(unit.norm for unit in units) == phrase and not any(unit.kind == "rank" for unit in units)
        words = [word.valence for word in valence.read(units).words]
        if not met or len(sentences) != 1 or words != ([value] if value else []):
            unreachable[phrase] = (value, words)
    assert unreachable == {}


def test_every_word_can_be_met(valence: Valence) -> None:
    """A word of several units, or one that VADER only ever takes for a degree, would never be valued."""
    read = {word: [word.valence for word in _read(valence, word).words] for word in valence.lexicon.words}
    expected = {word: [value] for word, value in valence.lexicon.words.items()}
    # "like" is valued only where it is a verb.
    assert read == expected | {"like": []}


def test_the_lexicon_says_nothing_twice(valence: Valence, vader: SentimentIntensityAnalyzer) -> None:
    own = valence.lexicon
    plain = Valence(Lexicon({}, {}, frozenset(), frozenset())).analyzer.lexicon
    assert plain == vader.lexicon
    assert {word for word, value in own.words.items() if plain.get(word) == value} == set()
    assert own.neutral - plain.keys() == set()
    assert {phrase for phrase in own.phrases if len(phrase) == 1} == set()
    assert own.words.keys() & BOOSTER_DICT.keys() == set()
