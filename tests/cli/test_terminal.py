"""The commands on a real (pseudo-)terminal: pager, colours, progress; and the ways to have it otherwise."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from commentlens.cli.progress import status

COMMANDS = (
    "report,city,disputes,export,load,explain,evaluate,schema,rules list,rules show,rules test,"
    "train entities,train pipeline,train gazetteer,train mood,train second-reader"
).split(",")
PAGE = "Best harbours\n1. Genoa\nGreat city, I love it.\nShould be no. 3!\n2. Porto\nPorto is better than Genoa.\n"
COLOUR = "\x1b[1;36m"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A pasted page."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def on_terminal(*arguments: str, rows: int = 500, **environment: str) -> str:
    """What a terminal of 100 columns shows of a command, stdout and stderr together."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 100, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", **environment}
    for name in ("NO_COLOR", "COLUMNS", "LINES", "CI"):
        if name not in environment:
            env.pop(name, None)
    process = subprocess.Popen(
        [sys.executable, "-m", "commentlens", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=env
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(ours)
    assert process.wait() == 0
    return shown.decode()


def test_colours_on_a_terminal_and_none_with_no_color(page: Path) -> None:
    assert COLOUR in on_terminal("city", "Genoa", str(page))
    assert COLOUR not in on_terminal("city", "Genoa", str(page), NO_COLOR="1")


def test_progress_is_shown_and_taken_away(page: Path) -> None:
    shown = on_terminal("report", str(page))

    assert "\r\x1b[2Kcomments: loading" in shown
    assert "comments: loading" not in shown.rsplit("\x1b[2K", 1)[-1]
    assert "comments: loading" not in on_terminal("report", str(page), "--quiet")


def test_a_long_view_goes_through_the_pager(page: Path) -> None:
    pager = f"{sys.executable} -c 'import sys; print(\"PAGED\", len(sys.stdin.readlines()))'"

    assert re.search(r"PAGED \d\d", on_terminal("city", "Genoa", str(page), rows=5, PAGER=pager))
    assert "PAGED" not in on_terminal("city", "Genoa", str(page), rows=500, PAGER=pager)
    assert "PAGED" not in on_terminal("city", "Genoa", str(page), "--no-pager", rows=5, PAGER=pager)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command in a pipe."""
    return subprocess.run([sys.executable, "-m", "commentlens", *arguments], capture_output=True, text=True, check=True)


def test_plain_says_rows_in_words(page: Path) -> None:
    lines = run("report", "--plain", str(page)).stdout.splitlines()

    (genoa,) = [line for line in lines if line.startswith("rank 1;")]
    assert genoa.startswith("rank 1; City Genoa; Country Italy; Comments 2;")
    assert genoa.endswith(".")
    assert not [line for line in lines if set(line) & set("─│▲▼±·")]


def test_verbose_says_how_a_source_was_read(page: Path) -> None:
    said = run("report", "--verbose", str(page)).stderr.splitlines()

    assert said[0] == f"commentlens: {page}: read as page; 1 list, 2 entries"
    assert re.fullmatch(r"commentlens: 3 comments in [\d.]+ s, \d+ a second", said[1])
    assert run("report", str(page)).stderr == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_that_begins_with_the_command(command: str) -> None:
    text = run(*command.split(), "--help").stdout

    _, _, examples = text.partition("Example")
    assert f"commentlens {command}" in examples
    # Typer does not break the values of a choice.
    assert [line for line in text.splitlines() if len(line) > 80 and not line.startswith("  --format <")] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_for_a_shell(shell: str) -> None:
    assert "commentlens" in run("--show-completion", shell).stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("commentlens re", {"report"}),
        ("commentlens report --form", {"--format"}),
        ("commentlens nothing-like-it", set()),
    ],
)
def test_what_completion_offers(words: str, offered: set[str]) -> None:
    env = {**os.environ, "_COMMENTLENS_COMPLETE": "complete_bash", "COMP_WORDS": words}
    env["COMP_CWORD"] = str(len(words.split()) - 1)
    done = subprocess.run(
        [str(Path(sys.executable).with_name("commentlens"))], capture_output=True, text=True, env=env, check=False
    )

    assert set(done.stdout.split()) == offered


@pytest.mark.parametrize(
    ("number", "seconds", "fraction", "line"),
    [
        (1200, 2.0, None, "1,200 comments (600 a second)"),
        (1200, 2.0, 0.25, "[#####               ]  25%  1,200 comments (600 a second, 6 s left)"),
        (90_000, 60.0, 0.5, "[##########          ]  50%  90,000 comments (1,500 a second, 1 min 00 s left)"),
        (9_000_000, 7200.0, 0.4, "[########            ]  40%  9,000,000 comments (1,250 a second, 3 h 00 min left)"),
        (5, 1.0, 1.2, "[####################] 100%  5 comments (5 a second, 0 s left)"),
        (0, 0.0, 0.0, "0 comments (0 a second)"),
    ],
)
def test_status(number: int, seconds: float, fraction: float | None, line: str) -> None:
    assert status(number, "comments", seconds, fraction) == line
