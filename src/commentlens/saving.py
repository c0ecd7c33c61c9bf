"""Files written in the format that their suffix names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from commentlens.errors import CommentlensError, UnknownNameError


def saved(
    path: str | Path,
    texts: dict[str, Callable[[TextIO], object]],
    binaries: dict[str, Callable[[Path], object]] | None = None,
) -> Path:
    """Write a file in the format of its suffix; the file appears when it is complete.

    Args:
        path: where to.
        texts: by suffix, what writes to an open text file (UTF-8, newlines as written).
        binaries: by suffix, what writes to a path.

    Raises:
        UnknownNameError: If nothing writes that suffix.
        CommentlensError: If the file cannot be written.
    """
    target, binaries = Path(path), binaries or {}
    suffix = target.suffix.lower()
    if suffix not in texts and suffix not in binaries:
        raise UnknownNameError(f"{target}: no format has this suffix. Known: {', '.join([*texts, *binaries])}.")
    part = target.with_name(f".{target.name}.part")
    try:
        if suffix in binaries:
            binaries[suffix](part)
        else:
            with part.open("w", encoding="utf-8", newline="") as file:
                texts[suffix](file)
        part.replace(target)
    except OSError as error:
        raise CommentlensError(f"cannot write {target}: {error.strerror or error}. Check folder and rights.") from error
    finally:
        part.unlink(missing_ok=True)
    return target
