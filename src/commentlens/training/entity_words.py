"""Numbers, dates, addresses and made-up words for templates: slots that are drawn, not listed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Final

_STARTS: tuple[str, ...] = (
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pl",
)
_STARTS += ("qu", "r", "s", "sk", "st", "t", "tr", "v", "w", "x", "y", "z", "zh", "")
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ea", "eo", "io", "oo", "y", "ia")
_ENDS = ("", "", "", "n", "r", "s", "x", "l", "m", "nt", "rk", "st", "ra", "to", "va", "do", "rix", "lon", "tek", "ven")
_LETTERS = "AABBCCCDDEEFFGHIIIJKLLMMNNNOOPPPRRRSSSSTTTUUVW"
_MONTHS: tuple[str, ...] = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
)
_MONTHS += ("December", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Oct", "Nov", "Dec")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mon", "Fri", "Sat")
_SYMBOLS = ("$", "$", "$", "£", "€", "Rs. ", "USD ")
_FIRST_NAMES = ("mike", "jenny", "raj", "lisa88", "tom_b", "k.lee", "ana", "sales", "info", "support", "jsmith")
_DOMAINS = ("mail.example", "inbox.example", "post.example", "office.example")


def syllables(rng: random.Random) -> str:
    """A made-up word of two or three syllables with a capital: "Velnora"."""
    parts = [rng.choice(_STARTS) + rng.choice(_MIDDLES) for _ in range(rng.choice((2, 2, 2, 3)))]
    return ("".join(parts) + rng.choice(_ENDS)).capitalize()


def acronym(rng: random.Random) -> str:
    """Two to five capitals, sometimes with full stops: "CRTA", "U.N.A."."""
    letters = [rng.choice(_LETTERS) for _ in range(rng.choice((2, 3, 3, 3, 3, 4, 4, 4, 5)))]
    return "".join(f"{letter}." for letter in letters) if rng.random() < 0.06 else "".join(letters)


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.choice(_MONTHS), rng.randint(1990, 2024)
    forms = (
        f"{month} {day}",
        f"{month} {day}, {year}",
        f"{day} {month} {year}",
        f"{rng.randint(1, 12)}/{day}/{year % 100:02}",
    )
    return rng.choice((*forms, f"{month} {year}", f"{rng.choice(_DAYS)}, {month} {day}", f"{month} {day}th"))


def _time(rng: random.Random) -> str:
    hour, minute = rng.randint(1, 12), rng.choice(("00", "15", "30", "45", "05"))
    return rng.choice(
        (f"{hour}:{minute}", f"{hour} am", f"{hour}pm", f"{hour}:{minute} PM", f"{hour}:{minute}am", "noon")
    )


def _money(rng: random.Random) -> str:
    amount = rng.choice(
        (
            f"{rng.randint(2, 99)}",
            f"{rng.randint(1, 999)},000",
            f"{rng.randint(1, 40)}.99",
            f"{rng.randint(2, 90)} million",
        )
    )
    return f"{rng.choice(_SYMBOLS)}{amount}"


def _number(rng: random.Random) -> str:
    return rng.choice(
        (
            f"{rng.randint(2, 99)}",
            f"{rng.randint(100, 999)}",
            f"{rng.randint(1, 99)},{rng.randint(0, 999):03}",
            f"{rng.randint(1, 9)}.{rng.randint(1, 9)}",
        )
    )


def _phone(rng: random.Random) -> str:
    first, second, third = rng.randint(201, 989), rng.randint(100, 999), rng.randint(1000, 9999)
    return rng.choice(
        (
            f"({first}) {second}-{third}",
            f"{first}-{second}-{third}",
            f"+{rng.randint(1, 99)} {first} {second} {third}",
            f"x{third}",
        )
    )


def _url(rng: random.Random) -> str:
    end = "".join(rng.choice("abcdefghkmnprstuvxyz23456789ABCDEFGH") for _ in range(8))
    return rng.choice(
        (
            f"http://t.example/{end}",
            f"https://www.example.com/{end.lower()}",
            f"http://bit.example/{end}",
            f"www.{syllables(rng).lower()}.example",
        )
    )


def _handle(rng: random.Random) -> str:
    return f"@{syllables(rng).lower()}{rng.choice(('', '', '_', '99', '1', 'xo'))}"


#: Slots that are drawn, with what draws them; none is a name.
WORDS: Final[Mapping[str, Callable[[random.Random], str]]] = {
    "syllables": syllables,
    "acronym": acronym,
    "initial": lambda rng: rng.choice("ABCDEFGHIJKLMNOPRSTVW"),
    "number": _number,
    "small": lambda rng: str(rng.randint(1, 30)),
    "rank": lambda rng: rng.choice(("#", "no. ", "number ", "No ")) + str(rng.randint(1, 25)),
    "year": lambda rng: str(rng.randint(1950, 2024)),
    "zip": lambda rng: f"{rng.randint(10000, 99950)}",
    "date": _date,
    "month": lambda rng: rng.choice(_MONTHS[:12]),
    "day": lambda rng: rng.choice(_DAYS),
    "time": _time,
    "money": _money,
    "percent": lambda rng: f"{rng.randint(1, 99)}{rng.choice(('%', '%', ' percent', ' per cent'))}",
    "phone": _phone,
    "url": _url,
    "mail": lambda rng: f"{rng.choice(_FIRST_NAMES)}@{rng.choice(_DOMAINS)}",
    "handle": _handle,
    "score": lambda rng: f"{rng.randint(0, 7)}-{rng.randint(0, 7)}",
}
