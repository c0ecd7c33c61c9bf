"""The command line: parses, calls, prints. `main` is the one error boundary."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Sequence

from commentlens.errors import CommentlensError


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 the data or the run failed, 2 usage, 130 interrupted.

    A `CommentlensError` becomes one line on stderr; ``--debug``, anywhere before ``--``, shows its traceback too.
    """
    argv = list(sys.argv[1:] if args is None else args)
    debug = "--debug" in _before_separator(argv)
    if debug:
        argv.remove("--debug")
    _write_utf8()
    # A command imports and reads many objects that stay, and makes few cycles: Python's search for these, at its usual
    # thresholds, takes a twentieth of a short command's time.
    gc.set_threshold(100_000, 20, 20)
    try:
        from commentlens.cli.app import command

        command()(args=argv, prog_name="commentlens")
    except KeyboardInterrupt:
        sys.exit(130)
    except CommentlensError as error:
        if debug:
            raise
        sys.stdout.flush()
        print(f"commentlens: {_one_line(error)}", file=sys.stderr)  # noqa: T201 (the boundary is where errors are said)
        sys.exit(1)


def _before_separator(argv: Sequence[str]) -> Sequence[str]:
    return argv[: argv.index("--")] if "--" in argv else argv


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _write_utf8() -> None:
    """Data is UTF-8 whatever the locale; only a terminal keeps its own encoding, with what it lacks replaced."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")
