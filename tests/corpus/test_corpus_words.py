"""The reader's small judgements, each a table of examples and near misses."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from commentlens.corpus.authors import Signatures
from commentlens.corpus.blurbs import blurb_score
from commentlens.corpus.lines import is_furniture, is_list_title, is_section, strip_furniture
from commentlens.corpus.names import EntryText, split_entry, split_place, split_places
from commentlens.corpus.repair import decode, repair
from commentlens.corpus.titles import polarity_of, slug
from commentlens.errors import SourceError

TITLES = tomllib.loads(files("commentlens.corpus").joinpath("data", "titles.toml").read_text("utf-8"))["examples"]


@pytest.mark.parametrize(
    ("text", "name", "blurb"),
    [
        ("Oslo", "Oslo", None),
        ("Rome Rome, officially Roma Capitale, is", "Rome", "Rome, officially Roma Capitale, is"),
        ("Rome Rome Rome is the capital of Italy", "Rome", "Rome is the capital of Italy"),
        ("Rome Rome Rome is", "Rome", "Rome is"),
        ("Mexico City Mexico City is the capital", "Mexico City", "Mexico City is the capital"),
        ("Walla Walla", "Walla Walla", None),
        ("Baden Baden Baden Baden is a spa town", "Baden Baden", "Baden Baden is a spa town"),
        ("Duran Duran Duran Duran are an English band", "Duran Duran", "Duran Duran are an English band"),
        ("Malmo Malmö, also written Malmoe, is a city", "Malmo", "Malmö, also written Malmoe, is a city"),
        ("Kiev Kyiv or Kiev is the capital of Ukraine", "Kiev", "Kyiv or Kiev is the capital of Ukraine"),
        ("Perm, Russia Perm is a city in the Urals", "Perm, Russia", "Perm is a city in the Urals"),
        ("Salt Lake City Salt Lake, often called SLC, is a city in Utah", "Salt Lake City",
         "Salt Lake, often called SLC, is a city in Utah"),
        ("New York The City of New York, often called NYC, is", "New York",
         "The City of New York, often called NYC, is"),
        ("Juarez Ciudad Juárez is the most populous city", "Juarez", "Ciudad Juárez is the most populous city"),
        ("50 Cent Curtis Jackson, known as 50 Cent, is a rapper", "50 Cent",
         "Curtis Jackson, known as 50 Cent, is a rapper"),
        ("Baskin Robbins Baskin-Robbins is a chain of shops", "Baskin Robbins", "Baskin-Robbins is a chain of shops"),
        ("Coca-Cola Coca Cola is a drink", "Coca-Cola", "Coca Cola is a drink"),
        ("LimaLima, officially Ciudad de los Reyes, is", "Lima", "Lima, officially Ciudad de los Reyes, is"),
        ("Hong Kong is a city in southern China", "Hong Kong", "Hong Kong is a city in southern China"),
        ("Apple Apple Inc. is an American company", "Apple", "Apple Inc. is an American company"),
        ("2048 2048 is a single-player game", "2048", "2048 is a single-player game"),
        ("6 6 and a bit", "6 6 and a bit", None),
        ("24", "24", None),
        ("7-Eleven 7-Eleven Inc. is a chain", "7-Eleven", "7-Eleven Inc. is a chain"),
        ("Lima - where ceviche comes from", "Lima", "where ceviche comes from"),
        ("Portal 2 - Coop", "Portal 2 - Coop", None),
        ("Ford: the car that everyone had", "Ford", "the car that everyone had"),
        ("The Legend of Zelda: Breath of the Wild", "The Legend of Zelda: Breath of the Wild", None),
        ("Half-Life 2: Episode One", "Half-Life 2: Episode One", None),
        ("Oslo The trains come on time and the fjord is clean.", "Oslo",
         "The trains come on time and the fjord is clean."),
        ("Lord of the Rings The Return of the King", "Lord of the Rings The Return of the King", None),
        ("Life Is Strange", "Life Is Strange", None),
        ("**Oslo** what a place", "Oslo", "what a place"),
        ("Oslo\tNorway\t4.5", "Oslo", "Norway 4.5"),
    ],
)  # fmt: skip
def test_name_and_blurb(text: str, name: str, blurb: str | None) -> None:
    found = split_entry(text)
    assert (found.name, found.blurb) == (name, blurb)


def test_boundary_says_what_told_them_apart() -> None:
    assert split_entry("Rome Rome is old") == EntryText("Rome", "Rome is old", "doubled")
    assert split_entry("Rome") == EntryText("Rome", None, "whole")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Moscow, Russia", ("Moscow", "Russia")),
        ("Toronto, Ontario", ("Toronto", "Ontario")),
        ("Portland, Oregon, USA", ("Portland", "Oregon, USA")),
        ("Washington, D.C.", ("Washington", "D.C.")),
        ("Porto (Portugal)", ("Porto", "Portugal")),
        ("Georgia (country)", ("Georgia (country)", None)),
        ("Porto - Portugal", ("Porto", "Portugal")),
        ("Crouching Tiger, Hidden Dragon", ("Crouching Tiger, Hidden Dragon", None)),
        ("Rockstar Games, Inc.", ("Rockstar Games, Inc.", None)),
        ("Oslo", ("Oslo", None)),
        (", Russia", (", Russia", None)),
    ],
)
def test_place_behind_the_comma(name: str, expected: tuple[str, str | None]) -> None:
    assert split_place(name) == expected


def test_commas_of_a_whole_list() -> None:
    cities = ["Moscow, Russia", "Cluj, Ardeal", "Lyon, France"]
    assert split_places(cities, "Best Cities") == [("Moscow", "Russia"), ("Cluj", "Ardeal"), ("Lyon", "France")]
    films = ["Paris, Texas", "Lyon, France"]
    assert split_places(films, "Best Films") == [("Paris, Texas", None), ("Lyon, France", None)]
    assert split_places(films, None, ["It is a 1984 road film."]) == [("Paris, Texas", None), ("Lyon, France", None)]


@pytest.mark.parametrize(
    ("text", "expected", "author"),
    [
        ("Neon everywhere - browney115", "Neon everywhere", "browney115"),
        ("Works for me. - maria", "Works for me.", "maria"),
        ("Two lines\nof it - Tom_K", "Two lines\nof it", "Tom_K"),
        ("Signed below\n- BobB", "Signed below", "BobB"),
        ("Dots in it - happy.engineer", "Dots in it", "happy.engineer"),
        ("the best ever - seriously", "the best ever - seriously", None),
        ("lol - O'Brien", "lol", "O'Brien"),
        ("well said - D'Angelo", "well said", "D'Angelo"),
        ("so it goes - isn't", "so it goes - isn't", None),
        ("cities rank wrong - period", "cities rank wrong - period", None),
        ("I pick another - Oslo", "I pick another - Oslo", None),
        ("too slow - 4th", "too slow - 4th", None),
        ("price and quality - both bad", "price and quality - both bad", None),
        ("all of it - trams", "all of it - trams", None),
        ("well-known", "well-known", None),
        ("- browney115", "- browney115", None),
    ],
)
def test_author_behind_a_dash(text: str, expected: str, author: str | None) -> None:
    page = ["I love the trams here", "Neon everywhere - browney115"]
    assert Signatures([*page, text], ["Oslo", "San Jose"]).split(text) == (expected, author)


@pytest.mark.parametrize(
    ("page", "author"),
    [
        (["@keysplayer you are so right"], "keysplayer"),
        (["I agree with @KeysPlayer."], "keysplayer"),
        (["well said (@keysplayer) and the keysplayer knows"], "keysplayer"),
        (["no keysplayer ever lived here"], None),
        (["write to me@keysplayer.com, keysplayer"], None),
    ],
)
def test_whom_others_answer_is_an_author(page: list[str], author: str | None) -> None:
    text = "best music tbh - keysplayer"
    expected = "best music tbh" if author else text
    assert Signatures([*page, text], ["Oslo"]).split(text) == (expected, author)


def test_an_entry_that_is_addressed_signs_nothing() -> None:
    text = "I pick another - Oslo"
    assert Signatures(["@Oslo you are cold", text], ["Oslo"]).split(text) == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        "V 5 Comments",
        "5 Comments",
        "8Load More",
        "PSearch List",
        "BAdd New Item",
        "Recommended Lists",
        "UListen to Sample",
        "[Newest]",
        "More comments about Oslo",
        "View all 12 comments",
        "Reply",
        "Comments (3)",
        "Page 2 of 5",
        "...read more",
        "Next page »",
        "© 2020 Lists",
        "-----",
        "Related lists",
    ],
)
def test_furniture(text: str) -> None:
    assert is_furniture(text)


@pytest.mark.parametrize(
    "text",
    [
        "5 airports",
        "I read more comments",
        "number 1",
        "First",
        "last",
        "Load more cargo ships here please",
        "top",
        "Commentary",
        "A",
        "8",
        "More like a village",
        "Reply to this with proof",
    ],
)
def test_no_furniture(text: str) -> None:
    assert not is_furniture(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo V 5 Comments", ("Oslo", "V 5 Comments")),
        ("Oslo 5 Comments", ("Oslo", "5 Comments")),
        ("Thriller UListen to Sample", ("Thriller", "UListen to Sample")),
        ("Oslo [Newest]", ("Oslo", "[Newest]")),
        ("Oslo", ("Oslo", "")),
        ("5 Comments", ("5 Comments", "")),
    ],
)
def test_furniture_on_the_entry_line(text: str, expected: tuple[str, str]) -> None:
    assert strip_furniture(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Top Ten",
        "The Contenders",
        "The Contenders: Page 2",
        "The Newcomers",
        "Page 3",
        "Honorable Mentions",
        "Top 20",
    ],
)
def test_section(text: str) -> None:
    assert is_section(text)


@pytest.mark.parametrize("text", ["Top ten for sure", "The contenders are weak", "Page", "Newcomers should wait"])
def test_no_section(text: str) -> None:
    assert not is_section(text)


@pytest.mark.parametrize(
    "text",
    ["Ten Most Walkable Cities", "Best Cars", "10 Friendliest Towns", "Top 10 Game Studios", "Our Favourite Films"],
)
def test_list_title(text: str) -> None:
    assert is_list_title(text)


@pytest.mark.parametrize(
    "text", ["Budapest is great", "West Ham", "1 Rome Rome is the largest city", "Best city ever!"]
)
def test_no_list_title(text: str) -> None:
    assert not is_list_title(text)


@pytest.mark.parametrize("title", TITLES["positive"]["titles"])
def test_positive_title(title: str) -> None:
    assert polarity_of(title) == "positive"


@pytest.mark.parametrize("title", TITLES["negative"]["titles"])
def test_negative_title(title: str) -> None:
    assert polarity_of(title) == "negative"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ten Most High Tech Cities", "high-tech-cities"),
        ("Top 10 Best Cities", "best-cities"),
        ("The Worst Airlines", "worst-airlines"),
        ("Most Overrated Cities", "overrated-cities"),
        ("Ten Most", "ten-most"),
        ("Cafés of São Paulo", "cafes-of-sao-paulo"),
        ("World's Best Cars", "worlds-best-cars"),
        ("東京", "list"),
    ],
)
def test_slug(title: str, expected: str) -> None:
    assert slug(title) == expected


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("donâ€™t", "don’t"),
        ("SeÃ±or", "Señor"),
        ("fish &amp; chips &lt;3 it&#39;s", "fish & chips <3 it's"),
        ("twice &amp;#39;quoted&amp;#39;", "twice 'quoted'"),
        ("no\u00a0break", "no break"),
        ("ze\u200bro", "zero"),
        ("AT&T & R&notes", "AT&T & R&notes"),
        ("curly “quotes” stay’s", "curly “quotes” stay’s"),
        ("ｆｕｌｌ ﬁne e\u0301", "ｆｕｌｌ ﬁne e\u0301"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("plain", "plain"),
    ],
)
def test_repair(broken: str, whole: str) -> None:
    assert repair(broken) == whole
    assert repair(whole) == whole


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("naïve".encode(), "naïve"),
        (b"\xef\xbb\xbfna\xc3\xafve", "naïve"),
        ("naïve".encode("utf-16"), "naïve"),
        (b"na\xefve \x93q\x94", "naïve “q”"),
        (b"caf\xe9 \x81", "café \x81"),
        (b"", ""),
    ],
)
def test_decode(data: bytes, text: str) -> None:
    assert decode(data, "page.txt") == text


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0\1\2", b"\xff\xfea"])
def test_decode_refuses_what_is_no_text(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^page\.txt "):
        decode(data, "page.txt")


@pytest.mark.parametrize(
    ("text", "name", "least", "most"),
    [
        ("Lima is the capital and largest city of Peru.", "Lima", 3.0, 9.0),
        ("Lima is the capital of Peru. It was ...read more.", "Lima", 4.0, 9.0),
        ("Lima is the best city, I love it!", "Lima", -9.0, 0.0),
        ("Should be number 1", "Lima", -9.0, 0.0),
        ("@Visitor you are wrong", "Lima", -9.0, 0.0),
    ],
)
def test_blurb_score(text: str, name: str, least: float, most: float) -> None:
    assert least <= blurb_score(text, name) <= most
