"""Every step for one comment, for eyes.

An explanation is nested plain data, a section a step. The steps that are known here are shown in words; any other
section or key is shown as it stands, so that nothing a step says is lost (but what is null or empty).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from commentlens.render.figures import interval
from commentlens.render.printable import printable
from commentlens.render.why_terminal import mood_head, mood_steps

_TITLES = {
    "context": "What it stands under",
    "mentions": "Mentions",
    "rejected": "Considered and rejected",
    "sentences": "Sentences and clauses",
    "valences": "Words that carry a value",
    "rules": "Rules that fired",
    "comparisons": "Comparisons",
    "claims": "Claims about a rank",
    "links": "Companies and cities",
    "moods": "Moods",
}
_KINDS = {"city": "cities", "company": "companies", "country": "countries", "other": "other things"}


def explain_view(explanation: Mapping[str, Any]) -> Iterator[RenderableType]:
    """The steps in the order in which they acted."""
    explanation = printable(dict(explanation))
    text = str(explanation.get("text", ""))
    yield Text(text, "bold")
    for name, section in explanation.items():
        if name == "text":
            continue
        yield Text()
        yield Text(_TITLES.get(name, name.replace("_", " ").capitalize()), "bold cyan")
        if not section:
            yield Text("  none", "dim")
        elif name == "moods":
            for mood in section:
                yield _at(Text(mood_head(mood)), 2)
                yield from mood_steps(mood, text, 4)
        elif name == "context":
            for line in _context(section):
                yield _at(line, 2)
        elif isinstance(section, list):
            for item in section:
                yield from _item(item, text, 2)
        else:
            yield from _item(section, text, 2)


def _context(context: Mapping[str, Any]) -> Iterator[Text]:
    """The list, what it ranks and the entry in words; what else a context holds after them."""
    known = {"list", "list_id", "polarity", "kind", "entries", "entry"}
    title = context.get("list")
    what = [f"“{title}”" if title else "without a title"]
    what += [f"of {plural}"] if (plural := _KINDS.get(str(context.get("kind")))) else []
    if context.get("polarity") == "negative":
        what.append("where rank 1 is no honour")
    yield Text.assemble(("list ", "dim"), " ".join(what))
    if context.get("entry"):
        yield Text.assemble(("entry ", "dim"), _entry(context["entry"]))
    entries = context.get("entries") or ()
    if len(entries) > 1:
        yield Text.assemble(("entries ", "dim"), ", ".join(map(_entry, sorted(entries, key=_by_rank))))
    for key, value in context.items():
        if key not in known and value is not None:
            yield Text.assemble((f"{key.replace('_', ' ')} ", "dim"), _plain(value))


def _entry(entry: Mapping[str, Any]) -> str:
    rank = f"no. {entry['rank']} " if entry.get("rank") is not None else ""
    return f"{rank}{entry['name']}" + (f", {entry['within']}" if entry.get("within") else "")


def _by_rank(entry: Mapping[str, Any]) -> tuple[bool, int]:
    rank = entry.get("rank")
    return rank is None, rank or 0


def _item(item: object, text: str, indent: int) -> Iterator[RenderableType]:
    """One finding: its place in the text first, then its keys; nested lists below it, further in."""
    if not isinstance(item, Mapping):
        yield _at(Text(_plain(item)), indent)
        return
    line = Text()
    quoted = _quoted(item, text)
    if quoted is not None:
        line.append(f"“{quoted}”", "italic")
    nested = []
    for key, value in item.items():
        if key in ("start", "end") or (key in ("span", "text") and quoted is not None):
            continue
        if value is None or value == []:
            continue
        if isinstance(value, list) and isinstance(value[0], Mapping):
            nested.append((key, value))
            continue
        shown = _spans(key, value, text) or _ranks(key, value) or _plain(value)
        line.append("  " if line.plain else "")
        line.append(f"{key.replace('_', ' ')} ", "dim")
        line.append(shown)
    yield _at(line, indent)
    for key, values in nested:
        yield _at(Text(key.replace("_", " "), "dim"), indent + 2)
        for value in values:
            yield from _item(value, text, indent + 4)


def _quoted(item: Mapping[str, Any], text: str) -> str | None:
    start, end = item.get("start"), item.get("end")
    span = item.get("span")
    if isinstance(span, Sequence) and not isinstance(span, str) and len(span) == 2:
        start, end = span
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
        return text[start:end]
    return None


def _spans(key: str, value: object, text: str) -> str | None:
    """A list of spans of the text as quotations."""
    if key != "evidence" or not isinstance(value, Sequence) or isinstance(value, str):
        return None
    return ", ".join(f"“{text[start:end]}”" for start, end in value) or "none"


def _ranks(key: str, value: object) -> str | None:
    """The ranks that a claim proposes."""
    if key != "proposed" or not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        return None
    return interval((value[0], value[1]))


def _plain(value: object) -> str:
    """Any value as people write it: no brackets, no quotes, nothing for what is null."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(said)}".rstrip() for key, said in value.items() if said is not None)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(_plain, value)) or "none"
    return "" if value is None else str(value)


def _at(line: Text, indent: int) -> RenderableType:
    return Padding(line, (0, 0, 0, indent), expand=False)
