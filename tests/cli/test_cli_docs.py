"""docs/cli.md says what the command line does: its fields, its options, its examples."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commentlens.summary_records import RECORDS, documented_fields

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "cli.md").read_text("utf-8")
SAMPLE = ROOT / "tests" / "render" / "harbour.annotated.jsonl"
COMMANDS = [
    *(
        (name,)
        for name in ("report", "city", "disputes", "export", "annotate", "load", "explain", "evaluate", "schema")
    ),
    ("rules", "list"),
    ("rules", "show"),
    ("rules", "test"),
    ("train", "entities"),
    ("train", "pipeline"),
    ("train", "gazetteer"),
]
EXAMPLES = [line for block in re.findall(r"```sh\n(.*?)```", DOCS, re.DOTALL) for line in block.splitlines()]
RULES = """[[rule]]
layer = "links"
id = "makes-things-in"
pattern = "{company:company} makes things in {city:city}"
relation = "offices"
examples = [{ text = "[Fiat|COMPANY] makes things in [Turin]", finds = "Fiat offices Turin" }]
"""
TABLE = "comment_id,place,position,body\n1,Oslo,1,Fine harbour\n2,Bergen,2,\n"


def section(title: str) -> str:
    """The text under a heading, to the next one."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", DOCS, re.DOTALL | re.MULTILINE)
    assert found is not None, f"docs/cli.md has no section {title}"
    return found.group(1)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_the_fields_of_the_report_are_documented(record: type) -> None:
    """Same keys, same order, same words as in the code."""
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", section(record.__name__), re.MULTILINE)

    assert [(name, text.replace("\\|", "|")) for name, text in rows] == list(documented_fields(record))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_documented(command: tuple[str, ...]) -> None:
    """As --help lists them."""
    done = subprocess.run(
        [sys.executable, "-m", "commentlens", *command, "--help"], capture_output=True, text=True, check=True
    )
    options = set(re.findall(r"(?<![\w-])(--[a-z][a-z-]*)", done.stdout.partition("Options:")[2]))

    assert options
    assert section(command[0])
    assert {option for option in options if f"`{option}`" not in DOCS and f"`{option} " not in DOCS} == set()


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_runs(example: str, tmp_path: Path) -> None:
    """In a folder with the files that they name."""
    for name in ("page.txt", "other.txt", "gold.jsonl"):
        shutil.copy(SAMPLE, tmp_path / name)
    (tmp_path / "poll.csv").write_text(TABLE, "utf-8")
    (tmp_path / "own.toml").write_text(RULES, "utf-8")
    words = shlex.split(example)
    assert words[0] == "commentlens"

    done = subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, check=False
    )

    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    if "--output" in words:
        assert (tmp_path / words[words.index("--output") + 1]).stat().st_size
    else:
        assert done.stdout
