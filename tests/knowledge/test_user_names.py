"""A user's own gazetteer: both shapes of file, as people's programs write them, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.knowledge.companies import Companies
from commentlens.knowledge.names import fold
from commentlens.knowledge.places import Places
from commentlens.knowledge.user_names import UserName, read_user_names

HAVERBROOK = UserName(
    name="New Haverbrook",
    label="CITY",
    aliases=("Brookie", "NH"),
    id="mine:7",
    country="US",
    latitude=39.5,
    longitude=-89.25,
    population=12000,
)
ACME = UserName(name="Acme", label="COMPANY")

WHOLE_JSON = (
    '{"name": "New Haverbrook", "label": "CITY", "aliases": ["Brookie", "NH"], "id": "mine:7", "country": "US", '
    '"latitude": 39.5, "longitude": -89.25, "population": 12000}\n\n{"name": "Acme", "label": "COMPANY"}\n'
)
WHOLE_CSV = (
    "name,label,aliases,id,country,latitude,longitude,population\n"
    "New Haverbrook,CITY,Brookie|NH,mine:7,US,39.5,-89.25,12000\n"
    "Acme,COMPANY,,,,,,\n"
)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("names.jsonl", WHOLE_JSON),
        ("names.ndjson", WHOLE_JSON),
        ("names.txt", "\n" + WHOLE_JSON),
        ("names.csv", WHOLE_CSV),
        ("names", WHOLE_CSV),
        ("names.csv", WHOLE_CSV.replace("\n", "\r\n")),
        ("names.csv", WHOLE_CSV.replace("CITY", "city").replace("US", "us").replace("name,label", "Name,Label")),
        ("names.csv", WHOLE_CSV.replace("Brookie|NH", "Brookie ; NH")),
        ("names.csv", WHOLE_CSV.replace(",", ";").replace("39.5", "39,5").replace("89.25", "89,25")),
        ("names.csv", "\n" + WHOLE_CSV.replace("Brookie|NH", '"Brookie|NH"')),
        ("names.tsv", WHOLE_CSV.replace(",", "\t")),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_both_shapes(tmp_path: Path, file: str, content: str, encoding: str) -> None:
    """Told by suffix, else by content; a mark at the file's beginning, semicolons, decimal commas, small letters."""
    path = tmp_path / file
    path.write_bytes(content.encode(encoding))
    assert read_user_names(path) == (HAVERBROOK, ACME)


def test_accents_of_a_western_spreadsheet(tmp_path: Path) -> None:
    """A table that is not UTF-8 is read as what such programs write."""
    path = tmp_path / "names.csv"
    path.write_bytes("name;label\nSpørbygd;CITY\n".encode("cp1252"))
    assert [name.name for name in read_user_names(path)] == ["Spørbygd"]


def test_a_name_may_hold_the_delimiter(tmp_path: Path) -> None:
    """In quotation marks, over two lines too; columns come in any order, most may be absent."""
    path = tmp_path / "names.csv"
    path.write_text('label,name\nCOMPANY,"Harbour, Sons ""and"" Co"\nCITY,Grubenhausen\n', encoding="utf-8")
    assert [name.name for name in read_user_names(path)] == ['Harbour, Sons "and" Co', "Grubenhausen"]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("n.csv", "", 'n.csv, line 1: no column "name". The first line names the columns: \'name,label,aliases'),
        ("n.csv", "name\nX\n", 'n.csv, line 1: no column "label"'),
        ("n.csv", "name,label,size\nX,CITY,3\n", 'n.csv, line 1: unknown "size". Allowed: aliases, country, id, lab'),
        ("n.csv", "name,label,name\nX,CITY,Y\n", 'n.csv, line 1: the column "name" stands there twice'),
        ("n.csv", "name,label\nX,PLANET\n", 'n.csv, line 2: "label" must be one of CITY, COMPANY, COUNTRY, REGION, g'),
        ("n.csv", "name,label\n,CITY\n", 'n.csv, line 2: "name" must be a string that is not empty, got None'),
        ("n.csv", "name,label\nX,CITY\nY, Z,CITY\n", "n.csv, line 3: 3 cells where the header has 2. Put a cell"),
        ("n.csv", 'name,label\n"X,CITY\n', "n.csv, line 2: a quotation mark is never closed"),
        ("n.csv", "name,label,country\nX,CITY,Spain\n", '"country" must be a country\'s two letters (ISO 3166)'),
        ("n.csv", "name,label,population\nX,CITY,3k\n", "\"population\" must be a whole number, got '3k'"),
        ("n.csv", "name,label,population\nX,CITY,-1\n", "\"population\" must be a whole number, got '-1'"),
        ("n.csv", "name,label,latitude,longitude\nX,CITY,north,1\n", '"latitude" must be a number from -90 to 90, got'),
        ("n.csv", "name,label,latitude,longitude\nX,CITY,91,1\n", '"latitude" must be a number from -90 to 90, got 91'),
        ("n.csv", "name,label,latitude,longitude\nX,CITY,1,\n", '"longitude" must be given too'),
        ("n.csv", "name,label,population\nX,REGION,5\n", '"population" must be left out where the label is REGION'),
        ("n.jsonl", "name,label\nX,CITY\n", "n.jsonl, line 1: not JSON"),
        ("n.jsonl", '["X"]\n', 'n.jsonl, line 1: "row" must be a JSON object'),
        ("n.jsonl", '{"name": "X", "label": "CITY", "size": 3}\n', 'n.jsonl, line 1: unknown "size"'),
        ("n.jsonl", '{"name": "X", "label": "CITY", "population": "5"}\n', "\"population\" must be a whole number"),
        ("n.jsonl", '{"name": "X", "label": "CITY", "population": -5}\n', '"population" must be a whole number from 0'),
        ("n.jsonl", '{"name": "X", "label": "CITY", "aliases": "Y"}\n', '"aliases" must be a list of strings'),
        ("n.bin", "a\0b\0\0\0", "n.bin: cannot be read"),
    ],
)  # fmt: skip
def test_faults_are_named(tmp_path: Path, file: str, content: str, said: str) -> None:
    """File, line, field, what was got and what is allowed."""
    path = tmp_path / file
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        read_user_names(path)
    assert said in str(error.value)


def test_cities_of_ones_own_are_places(tmp_path: Path) -> None:
    """They have coordinates, people and a country like those that ship, and go before namesakes."""
    path = tmp_path / "names.csv"
    path.write_text(WHOLE_CSV + "Oslo,CITY,,mine:8,US,44.1,-92.7,\n", encoding="utf-8")
    places = Places.load(path)
    place = places.by_id("mine:7")
    assert place is not None
    assert (place.latitude, place.longitude, place.population, place.country) == (39.5, -89.25, 12000, "US")
    assert places.resolve("brookie") == place
    assert places.resolve("New Haverbrook", "USA") == place
    assert [sense.id for sense in places.lookup("oslo")][:2] == ["mine:8", "geonames:3143244"]
    company = Companies.load().adding(places.own_names).lookup(fold("ACME"))
    assert company is not None
    assert company.company.sector == "own"


def test_an_id_of_geonames_is_kept(tmp_path: Path) -> None:
    """Another name for a city that ships: the same id, once."""
    path = tmp_path / "names.csv"
    path.write_text("name,label,id,country\nOslo,CITY,geonames:3143244,NO\n", encoding="utf-8")
    places = Places.load(path)
    own, *others = places.lookup("oslo")
    assert own.id == "geonames:3143244"
    assert own.place is not None
    assert (own.place.id, own.place.ref) == (3143244, "geonames:3143244")
    assert "geonames:3143244" not in [sense.id for sense in others]


def test_at_the_command_line(tmp_path: Path) -> None:
    """``--gazetteer FILE.csv`` is read, and a fault in it is one line on stderr."""
    path = tmp_path / "names.csv"
    path.write_text("\ufeffname;label;aliases\nNew Haverbrook;CITY;Brookie|NH\n", encoding="utf-8")
    command = [sys.executable, "-m", "commentlens", "explain", "I moved to Brookie", "--format", "json"]
    done = subprocess.run([*command, "--gazetteer", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert '"name": "New Haverbrook"' in done.stdout
    path.write_text("name;label\nNew Haverbrook;TOWN\n", encoding="utf-8")
    done = subprocess.run([*command, "--gazetteer", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    said = "names.csv, line 2: \"label\" must be one of CITY, COMPANY, COUNTRY, REGION, got 'TOWN'."
    assert said in " ".join(done.stderr.split())


def test_a_users_city_has_its_country_and_id_in_reports(tmp_path: Path) -> None:
    """As the shipped ones have, and `city` finds it by its aliases."""
    names, page = tmp_path / "names.csv", tmp_path / "page.txt"
    names.write_text("name,label,aliases,id,country\nNew Haverbrook,CITY,Brookie,mine:7,US\n", encoding="utf-8")
    page.write_text("Best Cities for Ghosts\n\n1 New Haverbrook\n\nLovely.\n\n2 Oslo\n\nBoring.\n", encoding="utf-8")
    options = [str(page), "--gazetteer", str(names), "--no-cache"]
    report = subprocess.run(
        [sys.executable, "-m", "commentlens", "report", *options, "--format", "json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert [(row["name"], row["country"], row["id"]) for row in json.loads(report.stdout)["cities"]] == [
        ("New Haverbrook", "United States", "mine:7"),
        ("Oslo", "Norway", "geonames:3143244"),
    ]
    city = subprocess.run(
        [sys.executable, "-m", "commentlens", "city", "brookie", *options], capture_output=True, text=True, check=True
    )
    assert city.stdout.startswith("New Haverbrook  no. 1 of Best Cities for Ghosts · United States")
