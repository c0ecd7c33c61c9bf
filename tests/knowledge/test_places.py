"""The gazetteer: senses of names, entries of lists, and what is refused."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.knowledge.names import fold, fold_text
from commentlens.knowledge.place_senses import Place
from commentlens.knowledge.place_table import PlaceTable
from commentlens.knowledge.places import Places

DATA = Path(str(files("commentlens.knowledge").joinpath("data")))


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


@pytest.mark.parametrize(
    ("name", "label", "means", "country"),
    [
        ("NYC", "CITY", "New York", "US"),
        ("New York", "CITY", "New York", "US"),
        ("new york city", "CITY", "New York", "US"),
        ("Frisco", "CITY", "San Francisco", "US"),
        ("Bombay", "CITY", "Mumbai", "IN"),
        ("Köln", "CITY", "Cologne", "DE"),
        ("koeln", "CITY", "Cologne", "DE"),
        ("Sevilla", "CITY", "Seville", "ES"),
        ("Singapore", "CITY", "Singapore", "SG"),
        ("Hongkong", "CITY", "Hong Kong", "HK"),
        ("Vatican City", "CITY", "Vatican City", "VA"),
        ("东京", "CITY", "Tokyo", "JP"),
        ("Москва", "CITY", "Moscow", "RU"),
        ("America", "COUNTRY", "United States", "US"),
        ("U.S.", "COUNTRY", "United States", "US"),
        ("korea", "COUNTRY", "South Korea", "KR"),
        ("Holland", "COUNTRY", "Netherlands", "NL"),
        ("Georgia", "COUNTRY", "Georgia", "GE"),
        ("England", "COUNTRY", "England", "GB"),
        ("South India", "REGION", "South India", "IN"),
        ("central india", "REGION", "Central India", "IN"),
        ("middle east", "REGION", "Middle East", None),
        ("Maharashtra", "REGION", "Maharashtra", "IN"),
        ("bavaria", "REGION", "Bavaria", "DE"),
        ("Silicon Valley", "REGION", "Silicon Valley", "US"),
    ],
)
def test_first_sense(places: Places, name: str, label: str, means: str, country: str | None) -> None:
    """The most likely sense of a name."""
    sense = places.lookup(fold(name))[0]
    assert (sense.label, sense.name, sense.country) == (label, means, country)


@pytest.mark.parametrize(
    ("written", "means", "country"),
    [
        ("Montréal", "Montreal", "CA"),
        ("São Paulo", "Sao Paulo", "BR"),
        ("bogota", "Bogota", "CO"),
        ("Zürich", "Zurich", "CH"),
        ("Düsseldorf", "Dusseldorf", "DE"),
        ("Łódź", "Lodz", "PL"),
        ("Wrocław", "Wroclaw", "PL"),
        ("Malmö", "Malmo", "SE"),
        ("Medellín", "Medellin", "CO"),
        ("Diyarbakır", "Diyarbakir", "TR"),
        ("Đà Nẵng", "Da Nang", "VN"),
        ("Ryazan", "Ryazan", "RU"),
        ("Tai'an", "Tai'an", "CN"),
        ("Orūmīyeh", "Urmia", "IR"),
        ("Urmia", "Urmia", "IR"),
        ("Homyel", "Gomel", "BY"),
        ("Nizhniy Novgorod", "Nizhny Novgorod", "RU"),
        ("Durango", "Durango", "MX"),
    ],
)
def test_usual_names_of_cities(places: Places, written: str, means: str, country: str) -> None:
    """However it is written, a city has its usual English name, without accents."""
    sense = next(sense for sense in places.lookup(fold(written)) if sense.label == "CITY")
    assert (sense.name, sense.country) == (means, country)


def test_names_of_all_large_cities_have_no_accents(places: Places) -> None:
    """Nor do any of smaller ones; the name leads back to the city."""
    table = PlaceTable(DATA)
    accented = 0
    for number in range(len(table)):
        row = table.row(number)
        place = places.by_id(f"geonames:{row.id}")
        assert place is not None
        assert place.name.isascii(), row
        if row.population > 500_000:
            accented += not row.name.isascii()
            assert row.id in {sense.place.id for sense in places.lookup(fold(place.name)) if sense.place}, row
    assert accented == 103


@pytest.mark.parametrize("name", ["the", "und", "qqqq", "", "skyscraper"])
def test_no_sense(places: Places, name: str) -> None:
    """Alternate names that are words of other languages were left out."""
    assert places.lookup(fold(name)) == ()


def test_resolve_gives_the_whole_place(places: Places) -> None:
    """All columns, with their units."""
    madrid = places.resolve("Madrid")
    assert madrid == Place(
        id=3117735, name="Madrid", country="ES", latitude=40.4165, longitude=-3.70256, population=3255944, admin="29"
    )
    assert places.by_id("geonames:3117735") == madrid
    assert places.by_id("geonames:1") is None


@pytest.mark.parametrize(
    ("name", "within", "country", "admin"),
    [
        ("Toronto", "Ontario", "CA", "08"),
        ("London", None, "GB", "ENG"),
        ("London", "Canada", "CA", "08"),
        ("London, Ontario", None, "CA", "08"),
        ("Portland", "OR", "US", "OR"),
        ("Portland", "Maine", "US", "ME"),
        ("Birmingham", "Alabama", "US", "AL"),
        ("Moscow", "Russia", "RU", "48"),
        ("San Jose", "Costa Rica", "CR", "08"),
        ("Kiev", None, "UA", "12"),
        ("Metro Cebu", None, "PH", "07"),
        ("Paris", "Atlantis", "FR", "11"),
    ],
)
def test_resolve(places: Places, name: str, within: str | None, country: str, admin: str) -> None:
    """Population decides between namesakes, what follows the comma decides before it."""
    place = places.resolve(name, within)
    assert place is not None
    assert (place.country, place.admin) == (country, admin)


def test_resolve_unknown(places: Places) -> None:
    """None is an answer."""
    assert places.resolve("Gotham Underhill") is None


def test_country_name(places: Places) -> None:
    """City-states have one too."""
    assert [places.country_name(iso) for iso in ("DE", "GB", "SG", "XX")] == [
        "Germany",
        "United Kingdom",
        "Singapore",
        None,
    ]


def test_matches_are_whole_words(places: Places) -> None:
    """No name is found inside a word, and all names that begin at a word are."""
    text = fold_text("New Yorkers love New York City")
    assert places.matches(text, 0) == []
    assert text.words[3] == "new"
    assert places.matches(text, 3) == [(4, "new york"), (5, "new york city")]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("countries.jsonl", '{"iso": "XX", "id": "1", "name": "X", "continent": "EU"}', '"id" must be a whole number'),
        ("regions.jsonl", '{"name": "X", "capital": "Y"}', 'unknown "capital"'),
        ("nicknames.jsonl", '{"alias": "X", "name": "Y", "country": "US", "case": "loud"}', '"case" must be "upper"'),
        ("nicknames.jsonl", "nonsense", "line 1: not JSON"),
        ("city_names.jsonl", '{"id": "7", "name": "X"}', '"id" must be a whole number'),
        ("ambiguous.toml", "words = 3", '"words" must be one string'),
        ("ambiguous.toml", 'cats = ""', 'unknown "cats"'),
        ("places.bin", "nonsense", "Build it: commentlens train gazetteer"),
    ],
)
def test_faults_are_named(tmp_path: Path, file: str, content: str, said: str) -> None:
    """A broken file is refused with its name, and what to do."""
    (tmp_path / file).write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said) as error:
        Places(DATA, tmp_path)
    assert file.split(".")[0] in str(error.value)
