"""commentlens annotate, and the other commands over its folder: they say what they say of the sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentlens.cli import main
from commentlens.corpus.annotated_folder import open_folder

PAGE = """Best Cities For Trams

1. Lisbon
Steep and yellow
ada
Lisbon should be number 3, Porto is better.
bo
I love it
2. Zagreb
cy
Too high! Graz beats it.
"""
TABLE = """id,list,entry,rank,author,created,likes,text
1,Best Cities For Trams,Zagreb,2,dee,2023-01-04,3,Zagreb deserves first place
2,Worst Cities For Trams,Dallas,1,eve,2023-02-04,0,Dallas is awful without a
3,,,,ada,2023-02-05,,Siemens has its trams built in Graz
4,Worst Cities For Trams,Dallas,1,eve,2023-02-04,0,
5,Worst Cities For Trams,Dallas,first,fay,2023-02-07,9,Not so bad
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A page and a table, with lists of one title, a negative list, no list, and rows that cannot be used."""
    folder = tmp_path_factory.mktemp("sources")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    return [str(folder / name) for name in ("page.txt", "table.csv")]


@pytest.fixture(scope="module")
def annotated(sources: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their folder, in shards of three comments."""
    folder = tmp_path_factory.mktemp("annotated") / "trams"
    said(["annotate", *sources, "-o", str(folder), "--processes", "1", "--shard-size", "3", "--quiet"])
    return folder


def said(args: list[str]) -> None:
    """Run a command that succeeds."""
    with pytest.raises(SystemExit) as ended:
        main(args)
    assert ended.value.code in (0, None)


@pytest.mark.parametrize(
    "command",
    [
        ["report", "--format", "json", "--consensus", "--themes", "--by-month"],
        ["report", "--format", "json", "--across-lists"],
        ["report", "--format", "markdown", "--weight-by", "likes"],
        ["city", "Zagreb", "--format", "json"],
        ["disputes", "--format", "json"],
        ["export", "--format", "jsonl"],
        ["load"],
    ],
    ids=" ".join,
)
def test_a_folder_says_what_its_sources_say(
    sources: list[str], annotated: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """To the last digit, with the same rows set aside."""
    said([*command, *sources])
    of_sources = capsys.readouterr()
    said([*command, str(annotated)])
    of_folder = capsys.readouterr()
    assert of_folder.out == of_sources.out
    assert len(of_folder.out) > 200
    assert of_folder.err.count("set aside") == of_sources.err.count("set aside")


def test_what_is_in_the_folder(annotated: Path) -> None:
    """Shards of three comments."""
    shards = open_folder(annotated).shards
    assert [shard.comments for shard in shards][:-1] == [3] * (len(shards) - 1)
    assert len(shards) >= 2


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--only", "mood,weather"], "'weather' is no layer: use entities, mood, claims, comparisons, links."),
        (["--shard-size", "0"], "it must be 1 or more."),
        (["--processes", "-1"], "it must be 0 or more."),
    ],
)
def test_wrong_usage(tmp_path: Path, args: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Told before anything is written."""
    with pytest.raises(SystemExit) as ended:
        main(["annotate", "-o", str(tmp_path / "d"), *args])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "d").exists()
