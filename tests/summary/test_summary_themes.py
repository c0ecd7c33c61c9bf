"""What cities are praised and blamed for, out of records: clauses, voices, aspects, and a bound on memory."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.knowledge.aspects import Aspect, Aspects
from commentlens.records import AnnotatedComment, Entry, Mention, Mood, MoodLabel
from commentlens.summary_clauses import clauses_said
from commentlens.summary_themes import AspectCount, CityThemes, ThemeCounter, Themes
from commentlens.themes import Theme

ASPECTS = Aspects([Aspect(name="transit", words=("tram", "ferry")), Aspect(name="weather", words=("fog",))])
SCORES = {"pos": 0.5, "neu": 0.0, "neg": -0.5}


def said(
    text: str,
    moods: dict[str, tuple[MoodLabel, Sequence[str]]],
    *,
    under: str | None = None,
    author: str | None = None,
    id_: str = "c",
) -> AnnotatedComment:
    """A record: names of cities that stand in the text are mentions, the words after a mood's label its evidence."""
    return AnnotatedComment(
        id=id_,
        text=text,
        author=author,
        entry=Entry(name=under, rank=1) if under else None,
        mentions=tuple(
            Mention(
                start=text.index(name), end=text.index(name) + len(name), text=name, label="CITY", name=name, via="x"
            )
            for name in moods
            if name in text
        ),
        moods=tuple(
            Mood(
                target=name,
                label=label,
                score=SCORES[label],
                implied=name not in text,
                evidence=tuple((text.index(word), text.index(word) + len(word)) for word in words),
            )
            for name, (label, words) in moods.items()
        ),
    )


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        # Evidence of the one target; what stands beside it in the run is meant as well.
        (
            said("Clean, safe and quick trams", {"Baku": ("pos", ["Clean"])}, under="Baku"),
            [("Clean", "Baku", "pos"), ("safe and quick trams", "Baku", "pos")],
        ),
        # Past a "but" it is not.
        (
            said("Clean trams but fog", {"Baku": ("pos", ["Clean"])}, under="Baku"),
            [("Clean trams", "Baku", "pos"), ("but fog", "Baku", "neu")],
        ),
        # With evidence on both sides nobody can tell which the label is from.
        (
            said("Clean trams but dire fog", {"Baku": ("pos", ["Clean", "dire"])}, under="Baku"),
            [("Clean trams", "Baku", "neu"), ("but dire fog", "Baku", "neu")],
        ),
        # In two sentences both have it.
        (
            said("Clean trams. Dire fog", {"Baku": ("neg", ["Clean", "Dire"])}, under="Baku"),
            [("Clean trams.", "Baku", "neg"), ("Dire fog", "Baku", "neg")],
        ),
        # A word that only begins like a contrast does not cut.
        (
            said("Butter stalls, stillness", {"Baku": ("pos", ["stillness"])}, under="Baku"),
            [("Butter stalls", "Baku", "pos"), ("stillness", "Baku", "pos")],
        ),
        # Two cities, each with its own clause.
        (
            said("Baku is grim, Turku is clean", {"Baku": ("neg", ["grim"]), "Turku": ("pos", ["clean"])}),
            [("Baku is grim", "Baku", "neg"), ("Turku is clean", "Turku", "pos")],
        ),
        # A sentence that points back speaks of the city before, another one of the entry.
        (
            said(
                "Turku has fog. It has trams. So many ferries",
                {"Baku": ("neu", []), "Turku": ("neu", [])},
                under="Baku",
            ),
            [
                ("Turku has fog.", "Turku", "neu"),
                ("It has trams.", "Turku", "neu"),
                ("So many ferries", "Baku", "neu"),
            ],
        ),
        # Nobody is spoken of yet, and no entry to fall back to.
        (
            said("So much fog. Baku or Turku?", {"Baku": ("neu", []), "Turku": ("neu", [])}),
            [("Baku or Turku?", "Baku", "neu"), ("Baku or Turku?", "Turku", "neu")],
        ),
        (said("Clean trams", {}, under="Baku"), []),
    ],
)
def test_clauses_are_given_to_what_they_speak_of(
    comment: AnnotatedComment, expected: list[tuple[str, str, MoodLabel]]
) -> None:
    """With the mood that the record tells."""
    found = clauses_said(comment)

    assert [(comment.text[c.start : c.end].strip(), c.target, c.label) for c in found] == expected


def counted(comments: Sequence[AnnotatedComment], kept: int = 1000) -> ThemeCounter:
    """A counter that has seen the comments."""
    counter = ThemeCounter(ASPECTS, kept)
    for comment in comments:
        counter.add(comment)
    return counter


SAMPLE = (
    said("Clean trams", {"Baku": ("pos", ["Clean"])}, under="Baku", author="ada"),
    said("The trams are clean", {"Baku": ("pos", ["clean"])}, under="Baku", author="ada"),
    said("Clean tram. Dire fog", {"Baku": ("pos", ["Clean"])}, under="Baku"),
    said("Fog and a dire ferry", {"Baku": ("neg", ["dire"])}, under="Baku"),
    said("The fog is dire", {"Baku": ("neg", ["dire"])}, under="Baku", author="bo"),
    said("Tram 4", {"Turku": ("neu", [])}, under="Turku"),
)


def test_themes_are_counted_by_voice_and_aspects_by_sentence() -> None:
    """The whole of it, numbers and all."""
    assert counted(SAMPLE).themes() == Themes(
        exact=True,
        cities=(
            CityThemes(
                name="Baku",
                comments=5,
                themes=(
                    # Of 15 phrases that voices say of Baku three: 3 / 15 * ln(1 + 8 / 3), a city having 8 on average.
                    Theme(phrase="dire", mood="blamed", weight=0.2599, voices=3, pos=0, neu=1, neg=2),
                    Theme(phrase="fog", mood="blamed", weight=0.2599, voices=3, pos=0, neu=1, neg=2),
                    # 2 / 15 * ln(1 + 8 / 2).
                    Theme(phrase="clean tram", mood="praised", weight=0.2146, voices=2, pos=2, neu=0, neg=0),
                ),
                aspects=(
                    AspectCount(aspect="transit", pos=3, neu=0, neg=1),
                    AspectCount(aspect="weather", pos=0, neu=1, neg=2),
                ),
            ),
            CityThemes(
                name="Turku", comments=1, themes=(), aspects=(AspectCount(aspect="transit", pos=0, neu=1, neg=0),)
            ),
        ),
    )


def test_an_author_is_one_voice_however_often() -> None:
    """Anonymous comments are a voice each."""
    twice = [said("Old bridge", {"Baku": ("pos", ["Old"])}, under="Baku", author="ada")] * 9

    assert counted(twice).themes().cities == ()
    assert [theme.voices for row in counted([*twice, SAMPLE[0], *twice]).themes().cities for theme in row.themes] == []
    anonymous = [said("Old bridge", {"Baku": ("pos", ["Old"])}, under="Baku")] * 3
    [row] = counted([*twice, *anonymous]).themes().cities
    assert [(theme.phrase, theme.voices, theme.pos) for theme in row.themes] == [("old bridge", 4, 4)]


def test_rows_come_in_the_order_asked_for() -> None:
    """Else by comments; names and words of titles are no themes."""
    counter = counted(SAMPLE)

    assert [row.name for row in counter.themes(order=["turku", "Baku"]).cities] == ["Turku", "Baku"]
    [row, _] = counter.themes(names=["Fog"], titles=["The Cleanest and Dire Places", "Clean trams"]).cities
    assert row.themes == ()


TEXTS = ("Clean trams", "The trams are clean but fog", "Dire fog. Old bridge", "An old bridge, a ferry", "Fog")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(TEXTS),
            st.sampled_from(["pos", "neu", "neg"]),
            st.sampled_from([None, "ada", "bo"]),
            st.sampled_from(["Baku", "Turku"]),
        ),
        max_size=12,
    ).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows)))
)
def test_counts_do_not_depend_on_the_order_of_comments(
    rows: tuple[Sequence[tuple[str, MoodLabel, str | None, str]], ...],
) -> None:
    """Below the bound on memory."""
    first, second = (
        counted(
            [said(text, {city: (label, [text[:4]])}, under=city, author=author) for text, label, author, city in row]
        )
        for row in rows
    )

    assert first.themes() == second.themes()


def test_above_the_bound_rare_phrases_are_given_up() -> None:
    """What many say is still exact, and the figures say that something was given up."""
    words = [f"zz{a}{b}" for a in "abcdefgh" for b in "abcdefgh"]
    rare = [said(word, {"Baku": ("neu", [])}, under="Baku") for word in words]
    often = [said("clean trams", {"Baku": ("pos", ["clean"])}, under="Baku") for _ in range(9)]

    exact = counted([*often, *rare]).themes()
    pruned = counted([*often, *rare], kept=10).themes()

    assert (exact.exact, pruned.exact) == (True, False)
    assert [(theme.phrase, theme.voices) for theme in pruned.cities[0].themes] == [("clean trams", 9)]
    assert pruned.cities[0].themes == exact.cities[0].themes


def test_authors_beyond_those_remembered_are_voices_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here one author a phrase is remembered."""
    monkeypatch.setattr("commentlens.summary_themes.AUTHORS_KEPT", 1)
    authors = ["ada", "bo", "ada", "bo"]
    comments = [said("Old bridge", {"Baku": ("pos", ["Old"])}, under="Baku", author=author) for author in authors]

    [row] = counted(comments).themes().cities

    assert [(theme.phrase, theme.voices, theme.pos) for theme in row.themes] == [("old bridge", 3, 3)]
