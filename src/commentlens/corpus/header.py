"""What stands above a list: its title, its description, and what is neither."""

from __future__ import annotations

from collections.abc import Sequence

from commentlens.corpus.lines import Line, is_edge_furniture, is_list_title, is_section
from commentlens.corpus.reading import FURNITURE, SetAside

_LONGEST_TITLE = 16


def first_of_list(lines: Sequence[Line], first_entry: int) -> int:
    """Where the list begins: at the section heading over its first entry, or at that entry."""
    for index in range(first_entry):
        if is_section(lines[index].text) and (index or first_entry > 1):
            return index
    return first_entry


def read_header(lines: Sequence[Line], html_title: str | None) -> tuple[str | None, str | None, list[SetAside]]:
    set_aside = [
        SetAside(line=line.number, reason=FURNITURE, text=line.raw)
        for line in lines
        if line.role == "furniture" or (is_edge_furniture(line.text) and line.role != "title")
    ]
    said = [
        line
        for line in lines
        if line.role != "furniture" and (line.role == "title" or not is_edge_furniture(line.text))
    ]
    said = [line for line in said if not is_section(line.text)]
    at = next((i for i, line in enumerate(said) if line.role == "title"), None)
    if at is None:
        at = next((i for i, line in enumerate(said) if is_list_title(line.text)), None)
    if at is None and html_title:
        description = "\n".join(line.text for line in said)
        return html_title, description or None, set_aside
    if at is None and said and len(said[0].text.split()) <= _LONGEST_TITLE and said[0].text[-1] not in ".!,;":
        at = 0
    title = said[at].text.strip("#*_= ") if at is not None else None
    before = said[:at] if at is not None else []
    set_aside += [SetAside(line=line.number, reason="before the title", text=line.raw) for line in before]
    description = "\n".join(line.text for line in said[(at + 1 if at is not None else 0) :])
    return title, description or None, set_aside
