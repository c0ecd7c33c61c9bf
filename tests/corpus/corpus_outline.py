"""A reading as a text that a person can check by eye beside its page.

The files ``pages/NAME.outline`` were checked so, line by line. After a change that means to alter them:
``python tests/corpus/corpus_outline.py``, then read the difference.
"""

from __future__ import annotations

import json
from pathlib import Path

from commentlens.corpus import Reading, read_source
from commentlens.records import Comment, Entry

PAGES = Path(__file__).parent / "pages"


def pages() -> list[Path]:
    """The pages that have an outline, or should have."""
    return sorted(path for path in PAGES.iterdir() if path.suffix != ".outline")


def outline(reading: Reading) -> str:
    """Everything that the reading holds, in the order of the page's entries."""
    comments = list(reading.comments)
    lines = [f"format {reading.format}"]
    shown = 0
    for ranked in reading.lists:
        lines.append(f"list {ranked.id} | {_shown(ranked.title)} | {ranked.polarity} | {_shown(ranked.description)}")
        for entry in ranked.entries:
            lines.append(_entry_line(entry))
            # By identity: two entries of one page may be equal.
            own = [comment for comment in comments if comment.entry is entry]
            lines += [_comment_line(comment) for comment in own]
            shown += len(own)
    lines += [_comment_line(comment) for comment in comments if comment.entry is None]
    shown += sum(comment.entry is None for comment in comments)
    assert shown == len(comments)
    assert [comment.id for comment in comments] == sorted({comment.id for comment in comments})
    lines += [f"aside {item.line}: {item.reason}: {_shown(item.text)}" for item in reading.set_aside]
    return "\n".join(lines) + "\n"


def _entry_line(entry: Entry) -> str:
    within = f" / {entry.within}" if entry.within else ""
    blurb = f" | {_shown(entry.blurb)}" if entry.blurb else ""
    return f"  {entry.rank if entry.rank is not None else '?'} {entry.name}{within}{blurb}"


def _comment_line(comment: Comment) -> str:
    about = {"by": comment.author, "on": comment.created, "likes": comment.likes, "raw": comment.raw}
    known = "".join(f" | {key} {_shown(value)}" for key, value in about.items() if value is not None)
    return f"    - {_shown(comment.text)}{known}"


def _shown(value: str | int | None) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    for page in pages():
        page.with_name(page.name + ".outline").write_text(outline(read_source(page)), "utf-8")
