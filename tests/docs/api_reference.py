"""docs/api.md, made of the docstrings and signatures of the Python interface.

python tests/docs/api_reference.py        writes it anew
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import commentlens as cl

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
FUNCTIONS = (
    *("load", "from_texts", "from_records", "read", "annotate", "report", "city", "explain", "pipeline", "make_doc"),
)
CLASSES = ("Corpus", "Result", "ReportView", "CityResult")
_SECTIONS = ("Args", "Returns", "Raises", "Attributes")
_INTRODUCTION = """# Python interface

`import commentlens as cl` gives what this page lists; it imports nothing large before it is needed. The functions call
what the commands call, so figures are the same. A [notebook](tutorial.ipynb) goes through all of it on the page that
ships; [components.md](components.md) has the spaCy pipeline and its parts.

Everything that a user can mend is raised as a `cl.CommentlensError`. The records that you meet (`cl.Comment`,
`cl.AnnotatedComment` and what is in them) are described in [record.md](record.md). Offsets are characters of the text,
end exclusive; ranks are whole numbers from 1; moods lie from -1 to 1. Frames need `pip install 'commentlens[pandas]'`
or `'commentlens[polars]'`; Arrow comes with commentlens.

This page is made of the docstrings (`python tests/docs/api_reference.py`).
"""


def page() -> str:
    """The whole page."""
    parts = [_INTRODUCTION]
    parts += [f"## {name}\n\n{_signature(name, getattr(cl, name))}{_text(getattr(cl, name))}" for name in FUNCTIONS]
    for name in CLASSES:
        kind = getattr(cl, name)
        parts.append(f"## {name}\n\n{_text(kind)}")
        parts += [f"### {name}.{member}\n\n{body}" for member, body in _members(kind)]
    return "\n".join(parts)


def _members(kind: type) -> Iterator[tuple[str, str]]:
    """Public methods and properties with a docstring, in the order of the source, inherited ones last."""
    for owner in kind.__mro__[:-1]:
        for name, value in vars(owner).items():
            if name.startswith("_") or not (isinstance(value, property) or inspect.isfunction(value)):
                continue
            shown = "" if isinstance(value, property) else _signature(name, value)
            yield name, shown + _text(value)


def _signature(name: str, function: Any) -> str:
    parameters = [item for item in inspect.signature(function).parameters.values() if item.name != "self"]
    written = [str(item).replace("'", "") for item in parameters]
    star = next((i for i, item in enumerate(parameters) if item.kind is item.KEYWORD_ONLY), None)
    if star is not None and all(item.kind is not item.VAR_POSITIONAL for item in parameters):
        written.insert(star, "*")
    result = str(inspect.signature(function).return_annotation).replace("'", "")
    line = f"{name}({', '.join(written)}) -> {result}"
    if len(line) > 100:
        line = f"{name}(\n" + "".join(f"    {item},\n" for item in written) + f") -> {result}"
    return f"```text\n{line}\n```\n\n"


def _text(of: object) -> str:
    """A docstring as markdown: its sections as lists."""
    lines: list[str] = []
    inside = False
    for line in (inspect.getdoc(of) or "").splitlines():
        section = line.removesuffix(":")
        if line.endswith(":") and section in _SECTIONS:
            lines += [f"**{section}**", ""]
            inside = True
        elif inside and re.match(r"    \S", line):
            item = re.match(r"    (\w+): (.*)", line)
            lines.append(f"- `{item[1]}`: {item[2]}" if item else f"- {line.strip()}")
        elif inside and line.startswith("        "):
            lines.append(f"  {line.strip()}")
        else:
            lines.append(line)
    return "\n".join(lines).replace("``", "`").rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
