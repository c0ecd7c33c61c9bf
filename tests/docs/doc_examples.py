"""The examples of README.md and docs/: found, run, compared, and on request mended.

    python tests/docs/doc_examples.py        writes what the commands say now where a document shows something else,
                                             and draws the picture anew

What a fenced block is for is said by its first line:

    ```console             lines that begin with "$ commentlens" are run, what follows is what they print
    ```python              is run; what it prints stands in a ```text output block below it
    ```toml, ```json, ```jsonl      is read
    ```text file=NAME      (any language) is also written to the folder in which the document's examples run

All examples of a document run in one folder, top to bottom. Output may be shortened: a line that holds only ``…``
stands for any lines, a ``…`` inside a line for any characters.
"""

from __future__ import annotations

import difflib
import os
import re
import runpy
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DOTS = "…"
_FENCE = re.compile(r"^```(?P<language>[\w-]+)(?P<rest>[^\n`]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_PROMPT = "$ "


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, what follows it on the first line, its text, and its place in the document."""

    language: str
    note: str
    body: str
    line: int
    start: int

    @property
    def file(self) -> str | None:
        """Name under which the examples find it."""
        found = re.search(r"\bfile=(\S+)", self.note)
        return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Example:
    """Something that is run, and what it is said to print (None: not said)."""

    block: Block
    command: tuple[str, ...]
    shown: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """An example that was run: what it printed, stdout and stderr together, without blanks at the ends of lines."""

    example: Example
    printed: str
    traceback: bool

    @property
    def right(self) -> bool:
        """Whether it printed what the document shows."""
        if self.traceback:
            return False
        return self.example.shown is None or agrees(self.example.shown, self.printed)


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a document, in order."""
    return [
        Block(
            language=found["language"],
            note=found["rest"].strip(),
            body=found["body"],
            line=text.count("\n", 0, found.start()) + 1,
            start=found.start("body"),
        )
        for found in _FENCE.finditer(text)
    ]


def examples(found: list[Block]) -> Iterator[Block | Example]:
    """What happens in a document: files that are written, commands that are run."""
    for number, block in enumerate(found):
        if block.file:
            yield block
        if block.language == "console":
            for part in re.split(r"^(?=\$ )", block.body, flags=re.MULTILINE):
                command, _, shown = part.replace("\\\n", "").partition("\n")
                if command.startswith(f"{_PROMPT}commentlens "):
                    yield Example(block, tuple(shlex.split(command[len(_PROMPT) :])), shown)
        elif block.language == "python":
            after = found[number + 1] if number + 1 < len(found) else None
            output = after.body if after and (after.language, after.note) == ("text", "output") else None
            yield Example(block, ("python", "-c", block.body), output)


def agrees(shown: str, printed: str) -> bool:
    """Whether what was printed is what is shown, apart from what dots stand for."""
    pattern = "".join(
        r"(?:[^\n]*\n)*" if line.strip() == DOTS else r"[^\n]*".join(map(re.escape, line.rstrip().split(DOTS))) + r"\n"
        for line in shown.splitlines()
    )
    return re.fullmatch(pattern, printed) is not None


def run(text: str, folder: Path) -> Iterator[Outcome]:
    """Run a document's examples in a folder."""
    for item in examples(blocks(text)):
        if isinstance(item, Block):
            (folder / str(item.file)).write_text(item.body, "utf-8")
            continue
        program, *arguments = item.command
        start = [sys.executable, "-m", "commentlens"] if program == "commentlens" else [sys.executable]
        done = subprocess.run(
            [*start, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env=os.environ | {"PYTHONUTF8": "1"},
            check=False,
        )
        printed = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
        yield Outcome(item, printed, "Traceback (most recent call last)" in printed)


def mended(shown: str, printed: str) -> str:
    """What is shown, each line of it as it is printed now: the most similar line at or after the one before it."""
    lines, position, result = printed.splitlines(), 0, []
    for line in shown.splitlines():
        rest = lines[position:]
        if line.strip() == DOTS or not rest:
            result.append(line)
            continue
        if line in rest:
            best = line
        elif DOTS in line:
            best = next((now for now in rest if agrees(line, f"{now}\n")), line)
        else:
            best = max(rest, key=lambda now: difflib.SequenceMatcher(None, line, now, autojunk=False).ratio())
        position += rest.index(best) + 1 if best in rest else 0
        result.append(line if DOTS in line else best)
    return "".join(f"{line}\n" for line in result)


def mend(text: str) -> str:
    """A document with the output of its examples as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        for outcome in run(text, Path(folder)):
            shown = outcome.example.shown
            if shown and not outcome.right and not outcome.traceback:
                at = text.index(shown, text.index(outcome.example.block.body))
                text = text[:at] + mended(shown, outcome.printed) + text[at + len(shown) :]
    return text


if __name__ == "__main__":
    for document in DOCUMENTS:
        before = document.read_text("utf-8")
        after = mend(before)
        if after != before:
            document.write_text(after, "utf-8")
            sys.stderr.write(f"{document.name}: examples mended; look at the difference\n")
    runpy.run_path(str(ROOT / "docs" / "images" / "report_picture.py"), run_name="__main__")
