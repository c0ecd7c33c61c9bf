"""Folding: what counts as the same name, and the way back to the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentlens.knowledge.names import acronym, fold, fold_text, plain_name, reach_of


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Düsseldorf", "dusseldorf"),
        ("SÃO  Paulo", "sao paulo"),
        ("San-Francisco", "san francisco"),
        ("St. Louis", "st louis"),
        ("Xi'an", "xian"),
        ("Xi’an", "xian"),
        ("U.S.A.", "usa"),
        ("L.A.", "la"),
        ("Washington, D.C.", "washington| dc"),
        ("AT&T", "at&t"),
        ("Łódź", "lodz"),
        ("Weißenburg", "weissenburg"),
        ("İzmir", "izmir"),
        ("", ""),
        ("...", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    """Case, accents, hyphens and abbreviation dots do not count; what ends a phrase stays visible."""
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Madrid's metro", ["madrid", "s", "metro"]),
        ("go.Rome wins", ["go", "rome", "wins"]),
        ("huawei,zte", ["huawei", "zte"]),
        ("L'Aquila", ["laquila"]),
        ("a–b  -  c", ["a", "b", "c"]),
        ("- x_y", ["x", "y"]),
        ("東京へ go", ["東", "京", "へ", "go"]),
        ("दिल्ली!", ["दिलली"]),
        ("Αθήνα;Oran", ["αθηνα", "oran"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """A genitive's s is a word of its own, an apostrophe inside a name parts nothing."""
    folded = fold_text(text)
    assert [folded.text[a:b] for a, b in zip(folded.starts, folded.ends, strict=True)] == words
    assert list(folded.words) == words


@given(st.text(max_size=80))
def test_offsets_lead_back(text: str) -> None:
    """Every word of the folded text stands at the characters that its span names."""
    folded = fold_text(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        a, b = folded.span(start, end)
        assert 0 <= a < b <= len(text)


@given(st.text(st.characters(max_codepoint=0x17F, exclude_characters="ŉ"), max_size=60))
def test_fold_is_stable(name: str) -> None:
    """Folding what is folded changes nothing where no boundary was drawn."""
    once = fold(name)
    if "|" not in once and "&" not in once:
        assert fold(once) == once


@pytest.mark.parametrize(
    ("name", "short"), [("Grand Theft Auto V", "gtav"), ("New York", "ny"), ("Tokyo", None), ("Halo 3", "h3")]
)
def test_acronym(name: str, short: str | None) -> None:
    """First letters, numbers whole; none for a single word."""
    assert acronym(name) == short


@pytest.mark.parametrize(
    ("name", "country", "plain"),
    [
        ("Malmö", "SE", "Malmo"),
        ("Łódź", "PL", "Lodz"),
        ("Gießen", "DE", "Giessen"),
        ("Ærøskøbing", "DK", "Aeroskobing"),
        ("İzmir", "TR", "Izmir"),
        ("Diyarbakır", "TR", "Diyarbakir"),
        ("Cần Thơ", "VN", "Can Tho"),
        ("Đồng Hới", "VN", "Dong Hoi"),
        ("Xi’an", "CN", "Xi'an"),
        ("Ryazan’", "RU", "Ryazan"),
        ("Namp’o", "KP", "Nampo"),
        ("‘Ibrī", "OM", "Ibri"),
        ("L'Aquila", "IT", "L'Aquila"),
        ("St. John's", "CA", "St. John's"),
        ("Rosemont–La Petite-Patrie", "CA", "Rosemont-La Petite-Patrie"),
    ],
)
def test_plain_names(name: str, country: str, plain: str) -> None:
    """Accents go, what English text keeps stays."""
    assert plain_name(name, country) == plain


def test_reach() -> None:
    """How far the longest name reaches that begins with a word."""
    assert reach_of(["new york", "york", "new york city", "at&t", "monster| com", "& co"]) == {
        "new": 3,
        "york": 1,
        "at": 2,
        "monster": 2,
        "co": 1,
    }
