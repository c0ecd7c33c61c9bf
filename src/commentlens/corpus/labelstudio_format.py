"""The labelling project that commentlens makes in Label Studio: names of its controls, labels, relations and ids.

What `render.labelstudio` writes and `corpus.labelstudio` reads. Offsets are characters of the text (code points), as
Label Studio's editor counts them (``charsToCodePoints`` in its ``selection-tools.js``). Versions from before its issue
1347 was mended counted UTF-16 units; the marked words tell which it was.
"""

from __future__ import annotations

from commentlens.records import LABELS, MOODS, STANCES

_MENTIONS: list[str] = [*LABELS]
_NAMED: dict[str, tuple[str, ...]] = dict.fromkeys(_MENTIONS, ("name", "place_id"))

TEXT, LABEL = "text", "label"
"""Names of the text shown, and of the control that marks spans in it."""
STATEMENTS = ("CLAIM", "COMPARISON", "LINK", "MOOD")
"""Labels of spans that say something of the things marked with `LABELS`."""
ROLES = {
    "CLAIM": ("subject",),
    "COMPARISON": ("better", "worse"),
    "LINK": ("company", "city"),
    "MOOD": ("target",),
}
"""What a statement speaks of: a relation to a mention, else a text field of the same name."""
CHOICES = {"mood": MOODS, "stance": STANCES, "order": ("better", "equal"), "entry_mood": MOODS}
"""Controls with fixed values. ``mood`` stands on a mention, ``entry_mood`` is about an entry that is not named."""
FIELDS = {
    **_NAMED,
    "CLAIM": ("subject", "proposed", "stated"),
    "COMPARISON": ("better", "worse", "aspect"),
    "LINK": ("company", "city", "relation"),
    "MOOD": ("target",),
}
"""Text fields of a region, by its label."""
OTHER_MOODS = "other_moods"
"""Text field of the task: a line ``name: pos`` for each target that is neither marked nor the entry."""
RECORD = "record"
"""Key of ``data`` that holds the record as it was exported, without its text."""
LAYERS = {
    **dict.fromkeys(_MENTIONS, "mentions"),
    "CLAIM": "claims",
    "COMPARISON": "comparisons",
    "LINK": "links",
    "MOOD": "moods",
}
"""Key of the record that a label belongs to."""


def region_id(layer: str, *numbers: int) -> str:
    """Id of the region of an exported item: ``claims-0``, for the second evidence of a mood ``moods-0-1``."""
    return "-".join((layer, *map(str, numbers)))


def region_numbers(id_: str, layer: str) -> tuple[int, ...] | None:
    """The numbers in an id of `region_id`; None for any other id, as of a region that a person drew."""
    head, _, rest = id_.partition("-")
    numbers = rest.split("-")
    if head != layer or not all(number.isdecimal() for number in numbers):
        return None
    return tuple(int(number) for number in numbers)
