"""Why a mood is what it is, for eyes: the steps of its trace in the order in which they acted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from commentlens.render.figures import signed

_WIDTH = 11
"""Cells of the first column, which names the step."""

Json = Mapping[str, Any]


def mood_steps(mood: Json, text: str, indent: int) -> Iterator[RenderableType]:
    """The steps that led to one mood.

    Args:
        mood: with ``label``, ``score`` and ``trace`` (docs/mood.md).
        text: of the comment.
        indent: cells before each line.
    """
    if not mood["trace"]:
        yield _line("", "nothing moved it", indent)
    for step in mood["trace"]:
        kind = str(step["step"])
        show = {"clause": _clause, "left out": _left_out, "classifier": _classifier}.get(kind, _push)
        first, *below = show(step, text, mood)
        yield _line(kind, first, indent)
        for words in below:
            yield _line("", words, indent)


def mood_head(mood: Json) -> str:
    """Target, label and score of a mood in words."""
    implied = ", not named" if mood["implied"] else ""
    return f"{mood['target']} {mood['label']} {signed(mood['score']).strip()}{implied}"


def _line(kind: str, words: str, indent: int) -> RenderableType:
    if not kind:
        return Padding(Text(words, "dim"), (0, 0, 0, indent + _WIDTH), expand=False)
    return Padding(Text.assemble((f"{kind:<{_WIDTH}}", "dim"), words), (0, 0, 0, indent), expand=False)


def _clause(step: Json, text: str, _: Json) -> list[str]:
    values = [word["valence"] for word in step["words"]]
    total = sum(values) + step.get("emphasis", 0.0)
    lines = [_quoted(step, text), ", ".join(_valued(word, text) for word in step["words"])]
    adjusted = []
    if "emphasis" in step:
        adjusted.append(f"{_value(step['emphasis'])} for the exclamation")
    if "contrast" in step:
        adjusted.append(f"× {step['contrast']:g} {'before' if step['contrast'] < 1 else 'after'} a contrast")
    if "damping" in step:
        adjusted.append(f"× {step['damping']:.2f} in a long comment")
    if adjusted:
        lines.append(", ".join(adjusted))
    if adjusted or len(values) > 1:
        lines.append(f"= {_value(step['weight'] * total)}")
    return lines


def _valued(word: Json, text: str) -> str:
    said = text[word["start"] : word["end"]]
    # Of phrases and emoticons the lexicon's name tells more than the text; so does why a plain word counts.
    why = "" if word["text"].lower() == said.lower() else f" ({word['text']})"
    return f"“{said}” {_value(word['valence'])}{why}"


def _left_out(step: Json, text: str, _: Json) -> list[str]:
    return [f"{_quoted(step, text)}: {step['why']}"]


def _push(step: Json, text: str, _: Json) -> list[str]:
    """A claim or comparison; of a step that is not known here whatever it says."""
    known = {"step", "span", "rule", "push"}
    parts = [_quoted(step, text)] if "span" in step else []
    parts += [f"pushes {signed(step['push']).strip()}"] if "push" in step else []
    parts += [f"{key} {value}" for key, value in step.items() if key not in known]
    parts += [f"[{step['rule']}]"] if "rule" in step else []
    return [" ".join(parts)]


def _classifier(step: Json, _: str, mood: Json) -> list[str]:
    shares = ", ".join(f"{label} {share:.0%}" for label, share in step["shares"].items())
    rules = f"{step['rules']['label']} {signed(step['rules']['score']).strip()}"
    changed = step["rules"]["label"] != mood["label"]
    lines = [f"{shares}; " + (f"changes {rules} by the rules" if changed else f"by the rules {rules}")]
    reasons: Sequence[tuple[str, float]] = step.get("reasons", ())
    if reasons:
        weighed = ", ".join(f"{name} {_value(weight)}" for name, weight in reasons)
        lines.append(f"for {mood['label']}: {weighed}")
    return lines


def _quoted(step: Json, text: str) -> str:
    start, end = step["span"]
    return f"“{text[start:end]}”"


def _value(value: float) -> str:
    return signed(value).strip()
