"""Comments written to train on: each line parses, bad ones are named, and what is kept aside is not trained on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.training.orderings import OWN, read_own
from commentlens.training.own_comments import (
    DATA,
    STANCES,
    OwnComment,
    read_own_arguments,
    read_own_comparisons,
    read_own_moods,
    read_own_whole,
)

ASIDE = Path(__file__).with_name("data")


def written(folder: Path) -> list[Path]:
    """Files of comments in a folder."""
    return sorted(folder.glob("*.txt"))


def lines_of(tmp_path: Path, *lines: str) -> list[Path]:
    """A file of its own with some lines."""
    path = tmp_path / "own.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [path]


@pytest.mark.parametrize(("word", "stance"), STANCES.items())
def test_an_argument(word: str, stance: str, tmp_path: Path) -> None:
    """A bar in the text is part of it; the list's other entries are known to the comment."""
    paths = lines_of(
        tmp_path, f"Worst Towns | Graz | 4 | {word} | - | no | way", "", "Worst Towns | Cork | 2 | none | - | ok"
    )
    first, second = read_own_arguments(paths)
    assert (first.stance, first.comment.text, second.comment.id) == (stance, "no | way", "own.txt, line 3")
    assert first.comment.entry is not None
    assert (first.comment.entry.name, first.comment.entry.rank) == ("Graz", 4)
    assert first.comment.list is not None
    assert first.comment.list == second.comment.list
    assert [entry.name for entry in first.comment.list.entries] == ["Graz", "Cork"]
    assert first.comment.list.polarity == "negative"


def test_moods(tmp_path: Path) -> None:
    """Several targets; a dash stands for no list and no entry."""
    (found,) = read_own_moods(lines_of(tmp_path, "- | - | Graz=pos, New York=neg | calm | loud"))
    assert (found.comment.list, found.comment.entry, found.stance) == (None, None, None)
    assert (found.moods, found.comment.text) == ({"Graz": "pos", "New York": "neg"}, "calm | loud")


@pytest.mark.parametrize(
    "line",
    [
        "Best Towns | Graz | 4 | low | 2",
        "Best Towns | Graz | fourth | low | 2 | up",
        "Best Towns | Graz | 4 | too_low | 2 | up",
        "Best Towns|Graz|4|low|2|up",
    ],
)
def test_a_line_that_is_no_argument(line: str, tmp_path: Path) -> None:
    """Where, what it got, and what a line is."""
    with pytest.raises(KnowledgeError, match=r"own\.txt, line 2: got .* a line is list title, entry, listed rank"):
        read_own_arguments(lines_of(tmp_path, "Best Towns | Graz | 4 | low | 2 | up", line))


@pytest.mark.parametrize(
    "line",
    ["- | - | Graz=pos", "- | - | Graz | calm", "- | - | Graz=good | calm", "- | - | =pos | calm", "- | - |  | calm"],
)
def test_a_line_without_moods(line: str, tmp_path: Path) -> None:
    """Where, what it got, and what a mood is."""
    with pytest.raises(KnowledgeError, match=r"own\.txt, line 1: got .* Target=label \(one of pos, neg, neu"):
        read_own_moods(lines_of(tmp_path, line))


WHOLE_FOLDERS = ("whole", "preferences", "voters", "debates")
WHOLE = "Best Towns | Graz | 4 | low | 1-3 | Graz=pos, Cork=neg | Graz > Cork; Cork = Lviv | up | with Graz"


def test_a_whole_comment(tmp_path: Path) -> None:
    """Stance, moods and comparisons of one line; the text may hold bars."""
    (found,) = read_own_whole(lines_of(tmp_path, WHOLE))
    assert (found.stance, found.moods, found.comment.text) == (
        "too_low",
        {"Graz": "pos", "Cork": "neg"},
        "up | with Graz",
    )
    assert found.comparisons == {("Graz", "Cork", "better"), ("Cork", "Lviv", "equal")}
    assert found.comment.entry is not None
    assert (found.comment.entry.name, found.comment.entry.rank) == ("Graz", 4)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (" | 4 | ", " | fourth | "),
        (" | low | ", " | lower | "),
        ("Cork=neg", "Cork=bad"),
        ("Cork = Lviv", "Cork, Lviv"),
        (" | up | with Graz", ""),
    ],
)
def test_a_line_that_is_no_whole_comment(right: str, wrong: str, tmp_path: Path) -> None:
    """Whichever field it is: where, what it got, and what a line is."""
    assert right in WHOLE
    with pytest.raises(KnowledgeError, match=r"own\.txt, line 1: got .* stance \(low, .*comparisons \(X > Y or X = Y;"):
        read_own_whole(lines_of(tmp_path, WHOLE.replace(right, wrong)))


def test_what_ships_is_sound() -> None:
    """Every file of our own can be read and has all labels."""
    arguments, moods = read_own_arguments(written(DATA / "arguments")), read_own_moods(written(DATA / "moods"))
    compared = read_own_comparisons(written(DATA / "comparisons"))
    whole = [item for name in WHOLE_FOLDERS for item in read_own_whole(written(DATA / name))]
    assert [len(items) for items in (arguments, moods, compared, whole)] == [2850, 3300, 1200, 5175]
    for items in (arguments, whole):
        assert {item.stance for item in items} == set(STANCES.values())
    for items in (moods, whole):
        assert {label for item in items for label in item.moods.values()} == {"pos", "neg", "neu"}
    for items in (compared, whole):
        assert {relation for item in items for *_, relation in item.comparisons} == {"better", "equal"}


TEXTS: Sequence[tuple[str, Callable[[list[Path]], list[OwnComment]], str, int]] = [
    ("arguments", read_own_arguments, "arguments_aside", 600),
    ("moods", read_own_moods, "moods_aside", 450),
    ("comparisons", read_own_comparisons, "comparisons_aside", 300),
    ("whole", read_own_whole, "whole_aside", 375),
    ("preferences", read_own_whole, "preferences_aside", 300),
    ("voters", read_own_whole, "voters_aside", 300),
    ("debates", read_own_whole, "debates_aside", 300),
]


def test_nothing_kept_aside_is_trained_on() -> None:
    """No text in both. Only counts are shown: a failure must tell no text."""
    trained = {item.text for item in read_own(OWN)}
    trained |= {item.comment.text for folder, read, *_ in TEXTS for item in read(written(DATA / folder))}
    aside = {folder: [item.comment.text for item in read(written(ASIDE / folder))] for _, read, folder, _ in TEXTS}
    aside["orderings_aside"] = [item.text for item in read_own(ASIDE / "orderings_aside")]
    assert {folder: len(trained.intersection(texts)) for folder, texts in aside.items()} == dict.fromkeys(aside, 0)
    assert [len(aside[folder]) for *_, folder, _ in TEXTS] == [size for *_, size in TEXTS]
