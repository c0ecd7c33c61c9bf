"""Files that appear when they are complete, and files written in the format that their suffix names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from commentlens.errors import CommentlensError, UnknownNameError
from commentlens.storage import replacing


@contextmanager
def whole(path: Path, advice: str = "") -> Iterator[Path]:
    """A path beside ``path`` to write to; renamed to ``path`` on success, removed on failure.

    Args:
        path: where to.
        advice: what the message of a failure says besides.

    Raises:
        CommentlensError: If it cannot be written.
    """
    try:
        with replacing(path) as part:
            yield part
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CommentlensError(f"cannot write {path}: {error.strerror or error}.{advice}") from error


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
    with whole(target, " Check folder and rights.") as part:
        if suffix in binaries:
            binaries[suffix](part)
        else:
            with part.open("w", encoding="utf-8", newline="") as file:
                texts[suffix](file)
    return target
