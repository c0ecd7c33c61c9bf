"""Where results go: stdout or a file, fitted to a terminal or plain."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from commentlens.errors import CommentlensError
from commentlens.saving import whole

if TYPE_CHECKING:
    from rich.console import RenderableType

    from commentlens.cli.options import ShowOptions
    from commentlens.render.console import Screen


@contextmanager
def written(path: Path | None) -> Iterator[TextIO]:
    """A text stream for stdout (None or ``-``) or a file, which appears under its name only when it is complete.

    Raises:
        CommentlensError: If the file cannot be written.
    """
    if is_stdout(path):
        yield sys.stdout
        sys.stdout.flush()
        return
    with completed(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def completed(path: Path | None) -> Iterator[Path]:
    """A path beside ``path`` to write to; renamed to ``path`` on success, removed on failure.

    Raises:
        CommentlensError: If it cannot be written.
    """
    if path is None:
        raise CommentlensError("this format is no text: say where to write it with --output PATH.")
    check_writable(path)
    with whole(path) as part:
        yield part


def check_writable(path: Path | None) -> None:
    """Find out before the work, not after it, that the result has nowhere to go.

    Raises:
        CommentlensError: If the path is a folder, or its folder is not there.
    """
    if is_stdout(path) or path is None:
        return
    if path.is_dir():
        raise CommentlensError(f"{path} is a folder; give the name of a file in it.")
    if not path.parent.is_dir():
        raise CommentlensError(f"cannot write {path}: the folder {path.parent} is not there.")


def check_apart(**paths: Path | None) -> None:
    """Find out before the work that two results would be written to one file.

    Args:
        paths: by the name of its option, where each result goes; None: it is not asked for, or goes to stdout.

    Raises:
        CommentlensError: If two paths are the same file.
    """
    taken: dict[Path, str] = {}
    for option, path in paths.items():
        if path is None or is_stdout(path):
            continue
        if (other := taken.setdefault(path.resolve(), option)) != option:
            raise CommentlensError(f"--{other} and --{option} are both {path}: give each a file of its own.")


def is_stdout(path: Path | None) -> bool:
    """Whether ``--output`` means stdout."""
    return path is None or str(path) == "-"


def shown(view: Callable[[Screen], Iterable[RenderableType]], path: Path | None, showing: ShowOptions) -> None:
    """Show a view: fitted and coloured on a terminal, there in a pager where it is longer than the screen; plain in
    full width in a pipe or file; in words where that is asked for."""
    from rich.console import Console

    from commentlens.render.console import PLAIN, Screen, show, show_paged, write_plain, write_spoken

    console = Console()
    if showing.plain:
        with written(path) as file:
            write_spoken(view(PLAIN), file)
    elif is_stdout(path) and console.is_terminal:
        (show if showing.no_pager else show_paged)(view(Screen.of(console)), console)
    else:
        with written(path) as file:
            write_plain(view(PLAIN), file)


def note(text: str, *, quiet: bool) -> None:
    """Say something on stderr that is no error."""
    if not quiet:
        sys.stderr.write(f"commentlens: {text}\n")
