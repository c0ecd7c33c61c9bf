"""What a sentence says about the order of two things in it, as features of a linear model.

The sentence is reduced to the few units that can order things: the two (``A`` stands first, ``B`` second), other
mentions, comparatives and superlatives by what they say (``CMP+``: "cosier", ``CMP-``: "dirtier"), evaluative words by
their valence, negation, contrast, "than" and its like. Features are runs of up to four of these, where the
comparatives stand from the two, and the words before, between and after. Names are never among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from commentlens.components.units import Unit
from commentlens.components.valence import Valence
from commentlens.knowledge.comparatives import comparatives

Features = dict[str, float]

_LONGEST = 4
_NEAR = 3
_FAR = 12
_WINDOW = 4
"""Units that a comparative reads after it ("more reliable and comfortable")."""
_FELT = 0.9
"""Valence (VADER's scale, -4 to 4) from which a word by itself evaluates."""
_THAN = {"than": "than", "then": "than", "thn": "than"}
_KEYS = {
    **_THAN,
    **dict.fromkeys(["not", "n't", "never", "hardly", "barely", "neither", "nor", "without", "cannot"], "not"),
    **dict.fromkeys(["but", "while", "whereas", "although", "though", "however", "yet", "whilst", "unlike"], "but"),
    **dict.fromkeys(["and", "&", "plus"], "and"),
    **dict.fromkeys(["vs", "versus"], "vs"),
    **dict.fromkeys(["if", "unless", "would", "wish", "could", "should"], "if"),
    **dict.fromkeys(["prefer", "preferred", "prefers", "preferring", "favor", "favour", "choose", "chose"], "prefer"),
    **dict.fromkeys(["beat", "beats", "outperform", "outperforms", "outclass", "outclasses", "surpasses"], "beats"),
    **dict.fromkeys(["trumps", "tops", "crushes", "destroys", "outsells", "outshines", "smokes", "eats"], "beats"),
    **dict.fromkeys(["lags", "lag", "trails", "loses", "lost", "lose", "pales", "lacks", "lacking"], "lags"),
    **dict.fromkeys(
        ["switched", "switch", "switching", "moved", "moving", "migrated", "upgrade", "upgraded"], "switch"
    ),
    **dict.fromkeys(["compared", "comparison", "compare", "next", "relative", "contrast"], "compared"),
    **dict.fromkeys(["both", "all", "each", "either"], "both"),
    **dict.fromkeys(["superior"], "CMP+"),
    **dict.fromkeys(["inferior"], "CMP-"),
    **dict.fromkeys(["is", "are", "was", "were", "be", "'s", "has", "have", "does", "do", "did", "seems"], "be"),
    **{word: word for word in ("as", "or", "over", "instead", "rather", "from", "to", "for", "like", "with", "who")},
    **{word: word for word in ("which", "what", "how", "why", "?", ",", ":", ";", "same", "equal", "no", "nothing")},
    **{word: word for word in ("ahead", "behind", "above", "below", "above", "match", "even", "improvement", "step")},
}
ORDERING_UNITS = frozenset(
    word for word, key in _KEYS.items() if key in {"prefer", "beats", "lags", "compared", "instead"} and word != "next"
) | frozenset("superior inferior best worst rather ahead behind improvement unlike".split())
"""Words that order two things and do little else."""
_ASKING = frozenset("is are was were does do did has have would could can should which so".split())
_SUPERLATIVES = {"best": 1, "worst": -1}
_NO_SUPERLATIVE = frozenset(
    "west east rest test guest interest forest request suggest honest modest invest nest".split()
)


def pair_features(units: Sequence[Unit], first: int, second: int, valence: Valence) -> Features:
    """Features of the order of two mentions of a sentence.

    Args:
        units: the sentence.
        first, second: where the two stand in it; ``first`` comes before ``second``.
        valence: values the evaluative words.

    Returns:
        Name of each feature, and its value.
    """
    keys = reduced(units, first, second, valence)
    names = [name for name, _ in keys]
    found: Features = {}
    telling = [name in {"A", "B"} or name[:3] in {"CMP", "SUP"} for name in names]
    for length in range(1, _LONGEST + 1):
        for i in range(len(names) - length + 1):
            if length == 1 or True in telling[i : i + length]:
                found["run:" + " ".join(names[i : i + length])] = 1.0
    at = {name: place for name, place in reversed(keys) if name in {"A", "B"}}
    found["between:" + " ".join(names[names.index("A") : names.index("B") + 1][:7])] = 1.0
    found["apart:" + _distance(at["B"] - at["A"])] = 1.0
    for place, name in enumerate(names):
        if name[:3] in {"CMP", "SUP"}:
            found.update(_of_comparative(keys, place, at))
    found.update(_felt(keys))
    found.update(_words(units, first, second))
    if not any(name[:3] == "CMP" for name in names):
        found["no comparative"] = 1.0
    if units[-1].norm == "?":
        found["asks"] = 1.0
        if units[0].norm in _ASKING:
            found["only asks"] = 1.0
    found["long"] = min(len(units), 60) / 60
    return found


def compares(units: Sequence[Unit]) -> bool:
    """Whether a sentence in which nothing is named compares at all: a comparative, or words that only compare."""
    words = [unit.norm for unit in units if unit.kind == "word"]
    return any(comparatives().is_comparative(word) or word in ORDERING_UNITS for word in words)


def reduced(units: Sequence[Unit], first: int, second: int, valence: Valence) -> list[tuple[str, int]]:
    """The units that can order things, each with its place in the sentence."""
    words = [unit.norm if unit.kind == "word" else "" for unit in units]
    felt = {word.start: word.valence for word in valence.read(units).words}
    return [(name, i) for i, unit in enumerate(units) for name in _names(unit, i, words, (first, second), felt)]


def _names(unit: Unit, i: int, words: Sequence[str], pair: tuple[int, int], felt: Mapping[int, float]) -> Iterator[str]:
    if i in pair:
        yield "A" if i == pair[0] else "B"
    elif unit.kind == "mention":
        yield "M"
    elif unit.norm in _KEYS:
        yield _KEYS[unit.norm]
    elif unit.kind != "word":
        return
    elif (sign := _superlative(words, i)) != 0:
        yield f"SUP{'+' if sign > 0 else '-'}"
    elif comparatives().is_comparative(unit.norm):
        end = next((j for j in range(i + 1, min(i + _WINDOW, len(words))) if not words[j]), i + _WINDOW)
        yield f"CMP{'+' if comparatives().order(words[i:end]) >= 0 else '-'}"
    elif abs(value := felt.get(unit.start, 0.0)) >= _FELT:
        yield "good" if value > 0 else "bad"


def _superlative(words: Sequence[str], i: int) -> int:
    """1 for praise ("nicest", "most reliable"), -1 for blame, 0 for no superlative."""
    word = words[i]
    if word in _SUPERLATIVES:
        return _SUPERLATIVES[word]
    if word in {"most", "least"} and i and words[i - 1] == "the" and i + 1 < len(words) and words[i + 1]:
        sign = comparatives().order(["more", words[i + 1]])
        return sign if word == "most" else -sign
    if len(word) > 5 and word.endswith("est") and word not in _NO_SUPERLATIVE:
        return comparatives().order([word[:-2] + "r"]) or 1
    return 0


def _of_comparative(keys: Sequence[tuple[str, int]], k: int, at: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """Where a comparative stands from the two, what follows its "than", and whether it is denied."""
    name, place = keys[k]
    zone = "before" if place < at["A"] else "between" if place < at["B"] else "after"
    following = keys[k + 1 :]
    than = next((j for j, (key, where) in enumerate(following) if key == "than" and where - place <= _FAR), None)
    against = "none"
    if than is not None:
        start = following[than][1]
        against = next((key for key, where in following[than + 1 :] if key in "ABM" and where - start <= _FAR), "other")
    denied = any(key == "not" and place - where <= _NEAR for key, where in keys[:k])
    contrast = any(key == "but" and at["A"] < where for key, where in keys[:k])
    subject = next((key for key, _ in reversed(keys[:k]) if key in "ABM"), "none")
    head = f"{name}{' denied' if denied else ''}"
    yield f"{head} {zone} than {against}", 1.0
    yield f"{head} of {subject} than {against}", 1.0
    yield f"{head} {zone} of {subject} than {against}{' contrast' if contrast else ''}", 1.0
    yield f"{head} {zone}", 1.0
    nearest = min(("A", "B"), key=lambda thing: abs(at[thing] - place))
    yield f"{head} {zone} near {nearest} {_distance(abs(at[nearest] - place))}", 1.0


def _felt(keys: Sequence[tuple[str, int]]) -> Iterator[tuple[str, float]]:
    """What is felt in the part of the sentence that belongs to each: before the second thing, and from it on."""
    names = [name for name, _ in keys]
    middle = names.index("B")
    contrast = next((i for i, name in enumerate(names) if name == "but" and names.index("A") < i), None)
    cut = contrast if contrast is not None and contrast < middle else middle
    sides = []
    for part in (names[:cut], names[cut:]):
        total = sum({"good": 1, "bad": -1}.get(name, 0) for name in part)
        sides.append("+" if total > 0 else "-" if total < 0 else "0")
    yield f"felt {sides[0]} {sides[1]}{' contrast' if contrast is not None else ''}", 1.0


def _words(units: Sequence[Unit], first: int, second: int) -> Iterator[tuple[str, float]]:
    """The words themselves, by where they stand: before the two, between, after; and right beside each."""
    for i, unit in enumerate(units):
        if unit.kind != "word":
            continue
        zone = "before" if i < first else "between" if i < second else "after"
        yield f"word {zone}: {unit.norm}", 1.0
        if first < i < second - 1 and units[i + 1].kind == "word":
            yield f"words between: {unit.norm} {units[i + 1].norm}", 1.0
    for name, place in (("A", first), ("B", second)):
        for side in (-1, 1):
            if 0 <= place + side < len(units) and units[place + side].kind != "mention":
                yield f"{'left' if side < 0 else 'right'} of {name}: {units[place + side].norm}", 1.0


def _distance(units: int) -> str:
    return "1" if units <= 1 else "2" if units <= 2 else "near" if units <= 4 else "mid" if units <= 9 else "far"
