"""What is praised and what is blamed, as every renderer shows it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from commentlens.records import AnnotatedComment, Entry, Mood
from commentlens.render.console import PLAIN, Screen, show, write_plain
from commentlens.render.report_text import CITY_COLUMNS, write_report_csv, write_report_json, write_report_markdown
from commentlens.render.themes_terminal import city_themes, themes_view
from commentlens.summary import summarise
from commentlens.summary_records import Report
from commentlens.summary_themes import AspectCount, CityThemes, Themes
from commentlens.themes import Theme, ThemeMood


class NoPlaces:
    """A gazetteer that knows nothing."""

    def by_id(self, id: str) -> None:
        """As `Places.by_id`."""

    def resolve(self, name: str, within: str | None = None) -> None:
        """As `Places.resolve`."""

    def country_name(self, iso2: str) -> None:
        """As `Places.country_name`."""


def theme(phrase: str, mood: ThemeMood, voices: int, pos: int = 0, neg: int = 0) -> Theme:
    """A theme; who neither praises nor blames makes up the rest."""
    return Theme(phrase=phrase, mood=mood, weight=0.5, voices=voices, pos=pos, neu=voices - pos - neg, neg=neg)


BAKU = CityThemes(
    name="Baku",
    comments=9,
    themes=(
        theme("old bridge", "praised", 4, pos=4),
        theme("fog", "blamed", 3, neg=3),
        theme("tram", "mixed", 2, pos=1, neg=1),
        theme("harbour", "neutral", 2),
        theme("coffee", "praised", 2, pos=2),
    ),
    aspects=(
        AspectCount(aspect="transit", pos=5, neu=0, neg=2),
        AspectCount(aspect="price", pos=0, neu=1, neg=3),
        AspectCount(aspect="food", pos=0, neu=2, neg=0),
    ),
)
TURKU = CityThemes(name="Turku", comments=1, themes=(), aspects=(AspectCount(aspect="food", pos=1, neu=0, neg=0),))


@pytest.fixture
def report() -> Report:
    """A report of two cities, with their themes."""
    mood = Mood(target="Baku", label="pos", score=0.5, implied=True)
    comment = AnnotatedComment(id="c1", text="Fine", list="Ports", entry=Entry(name="Baku", rank=1), moods=(mood,))
    other = AnnotatedComment(id="c2", text="Hm", list="Ports", entry=Entry(name="Turku", rank=2))
    made = summarise([comment, other], [], NoPlaces())
    return replace(made, themes=Themes(exact=True, cities=(BAKU, TURKU)))


def shown(report: Report, width: int | None) -> str:
    """What a terminal of this width shows, or a pipe."""
    file = io.StringIO()
    if width is None:
        write_plain(themes_view(report, PLAIN), file)
    else:
        console = Console(file=file, width=width, color_system=None, legacy_windows=False)
        show(themes_view(report, Screen.of(console)), console)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


def test_a_pipe_gets_every_column(report: Report) -> None:
    """A row a city; neutral themes stay in JSON."""
    assert shown(report, None) == (
        "\n"
        "What is praised and what is blamed\n"
        "City   Praised for                 Blamed for  Both      Aspects\n"
        "────────────────────────────────────────────────────────────────────────────────────────────\n"
        "Baku   old bridge (4), coffee (2)  fog (3)     tram (2)  transit +5 -2, price -3 ~1, food ~2\n"
        "Turku                                                    food +1\n"
    )


def test_a_narrow_terminal_shows_praise_and_blame(report: Report) -> None:
    """What is both, and aspects, go first."""
    text = shown(report, 44)

    assert all(len(line) <= 44 for line in text.splitlines()[2:-2])
    head = text.splitlines()[2]
    assert head.split() == ["City", "Praised", "for", "Blamed", "for"]


def test_little_text_is_said_to_be_too_little(report: Report) -> None:
    """Instead of noise; aspects are still there. Without themes nothing is shown."""
    little = replace(report, themes=Themes(exact=True, cities=(TURKU,)))
    none = replace(report, themes=Themes(exact=True, cities=()))
    said = "No phrase is praised or blamed by 2 voices for one name: too few comments to tell themes."

    assert shown(little, None).splitlines()[2:4] == [said, "City   Aspects"]
    assert shown(none, None).splitlines()[2:] == [said]
    assert shown(replace(report, themes=None), None) == ""


def test_markdown_has_a_table_of_each(report: Report) -> None:
    """Themes, then aspects, after the cities."""
    file = io.StringIO()
    write_report_markdown(report, file)

    assert file.getvalue().partition("\n## What")[2] == (
        " is praised and what is blamed\n\n"
        "| City | Praised for | Blamed for | Both |\n"
        "| --- | --- | --- | --- |\n"
        "| Baku | old bridge (4), coffee (2) | fog (3) | tram (2) |\n"
        "\n## Aspects\n\n"
        "| City | Sentences that praise (+), blame (-), do neither (~) |\n"
        "| --- | --- |\n"
        "| Baku | transit +5 -2, price -3 ~1, food ~2 |\n"
        "| Turku | food +1 |\n"
    )


def test_csv_has_columns_at_the_end(report: Report) -> None:
    """Only where themes were asked for."""
    with_them, without = io.StringIO(), io.StringIO()
    write_report_csv(report, with_them)
    write_report_csv(replace(report, themes=None), without)
    rows = list(csv.reader(with_them.getvalue().splitlines()))
    columns = len(CITY_COLUMNS)

    assert [row[columns:] for row in rows] == [
        ["praised_for", "blamed_for", "mixed", "aspects"],
        ["old bridge (4), coffee (2)", "fog (3)", "tram (2)", "transit +5 -2, price -3 ~1, food ~2"],
        ["", "", "", "food +1"],
    ]
    assert [row[:columns] for row in rows] == list(csv.reader(without.getvalue().splitlines()))


def test_json_has_all_numbers(report: Report) -> None:
    """Neutral themes too."""
    file = io.StringIO()
    write_report_json(report, file)
    themes = json.loads(file.getvalue())["themes"]

    assert (themes["least_voices"], themes["exact"]) == (2, True)
    assert themes["cities"][0]["themes"][3] == {
        "phrase": "harbour",
        "mood": "neutral",
        "weight": 0.5,
        "voices": 2,
        "pos": 0,
        "neu": 2,
        "neg": 0,
    }
    assert themes["cities"][1] == {
        "name": "Turku",
        "comments": 1,
        "themes": [],
        "aspects": [{"aspect": "food", "pos": 1, "neu": 0, "neg": 0}],
    }


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        (
            BAKU,
            [
                "Praised for old bridge (4), coffee (2)",
                "Blamed for  fog (3)",
                "Both        tram (2)",
                "Spoken of   harbour (2)",
                "Aspects     transit +5 -2, price -3 ~1, food ~2",
            ],
        ),
        (TURKU, ["Themes      none: no phrase that 2 voices say", "Aspects     food +1"]),
        (None, []),
    ],
)
def test_one_city_has_a_line_of_each_mood(row: CityThemes | None, lines: list[str]) -> None:
    """Or says that there is too little."""
    file = io.StringIO()
    write_plain(city_themes(row), file)

    assert file.getvalue().splitlines() == lines
