"""A doubt about a comment's language: a small, documented heuristic, no model.

`looks_english` is False for

1. a text of three letters or more of which most are not Latin;
2. a text of four words or more in which words that are frequent in another European language and are no English
   words outnumber frequent English words, and there are at least two of them.

Everything else passes: short comments and lists of names are in no language in particular.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = _words(
    """a about after all also an and any are as at be because been but by can cool could did do does don't even for from
    get go good great had has have he her here high his how i i'm if in is isn't it it's its just know like list live
    lol lots many me more most much my never new no not now number of on one only or other our out over people place
    really should so some than that that's the their them then there these they this those to too top up very was way
    we were what when where which who why will with world would yes you your"""
)
# Words that are English too (die, son, come …) or stand in names of places (los, la, de …) are left out on purpose.
_OTHER = _words(
    """aber als auch auf aus bei das dass dem der des diese durch ein eine einem einen einer es für haben ich im
    ist kein keine mehr mit nach nicht nur oder schon sehr sich sie sind stadt und uns viel von wenn wie wir zu
    zum zur ciudad como con cuando donde ella ellos eres esta este esto está estoy fue hay lo más mejor mucho
    muy nada nos para pero por porque que qué se ser sobre su también tan tiene todo tu una unas unos ville au
    aux avec bien c'est ces cette dans du elle est eux ils j'ai je l'a le les leur lui mais même moi mon nous
    ont où pas qu'il qui sa ses sont ta toujours tous très une vous à été être ao aos até cidade com das dos ele
    ela essa esse eu foi isso isto já mas melhor meu minha muito nas não nem nós para pela pelo quando sem seu
    sua são tem um uma você alla anche ancora bella che ci città con cosa dal della delle dove è gli molto nel
    nella non perché più può questa questo sei sono sta tra tutto het een van ik dat niet zijn maar ook voor
    naar heb hij deze jest nie się jak ale czy och att det som är på inte jag med ett till bir çok için daha"""
)
_ANY = "|".join(sorted(word for word in _OTHER if word.isascii()))

DOUBTFUL = rf"(?is)(?:^|[^a-z])(?:{_ANY})(?:[^a-z].*)?[^a-z](?:{_ANY})(?:[^a-z]|$)"
"""A pattern, in the syntax that Python and RE2 share, that every text of ASCII matches of which `looks_english` doubts
the language; most of those that match are English after all."""


def looks_english(text: str) -> bool:
    """Whether nothing speaks against English."""
    if not text.isascii():
        letters = [char for char in text if char.isalpha()]
        latin = sum("LATIN" in unicodedata.name(char, "") for char in letters)
        if len(letters) >= 3 and latin * 2 < len(letters):
            return False
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if len(words) < 4:
        return True
    other = sum(word in _OTHER for word in words)
    return other < 2 or other <= sum(word in _ENGLISH for word in words)
