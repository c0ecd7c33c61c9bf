"""Comments written to train on: each line parses, bad ones are named, and what is kept aside is not trained on."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.training.orderings import OWN, read_own
from commentlens.training.own_comments import DATA, STANCES, read_own_arguments, read_own_moods

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


def test_what_ships_is_sound() -> None:
    """Every file of our own can be read and has all labels."""
    arguments, moods = read_own_arguments(written(DATA / "arguments")), read_own_moods(written(DATA / "moods"))
    assert len(arguments) >= 2325
    assert len(moods) >= 2400
    assert {item.stance for item in arguments} == set(STANCES.values())
    assert {label for item in moods for label in item.moods.values()} == {"pos", "neg", "neu"}


def test_nothing_kept_aside_is_trained_on() -> None:
    """No text in both; what is kept aside can be read as well. Only counts are shown: a failure must tell no text."""
    trained = {item.comment.text for item in read_own_arguments(written(DATA / "arguments"))}
    aside = {item.comment.text for item in read_own_arguments(written(ASIDE / "arguments_aside"))}
    felt = {item.comment.text for item in read_own_moods(written(DATA / "moods"))}
    felt_aside = {item.comment.text for item in read_own_moods(written(ASIDE / "moods_aside"))}
    ordered = {item.text for item in read_own(OWN)}
    ordered_aside = {item.text for item in read_own(ASIDE / "orderings_aside")}
    sizes = [len(texts) for texts in (aside, felt_aside, ordered_aside)]
    assert all(size >= least for size, least in zip(sizes, (550, 400, 400), strict=True)), sizes
    shared = [len(one & two) for one, two in ((trained, aside), (felt, felt_aside), (ordered, ordered_aside))]
    assert shared == [0, 0, 0]
