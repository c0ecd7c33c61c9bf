"""What is wrong with an option, in the words of the command line."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand

# Some versions of Typer pass on what the library says that checks their values.
_REWORDED = (
    (re.compile(r"^Value error, "), ""),
    (re.compile(r"^Input should be a valid integer\b.*$", re.DOTALL), "it must be a whole number."),
    (re.compile(r"^Input should be greater than or equal to (\S+)$"), r"it must be \1 or more."),
)


class PlainCommand(TyperCommand):
    """A command whose usage errors are worded the same whichever version of Typer reads its options."""

    def make_context(self, *args: Any, **given: Any) -> Any:
        """Read the options; raises `typer.BadParameter` for a wrong value."""
        try:
            return super().make_context(*args, **given)
        except typer.BadParameter as error:
            error.message = reworded(error.message)
            raise


def reworded(message: str) -> str:
    """A message about a value without the words of the library that checked it."""
    for pattern, words in _REWORDED:
        message = pattern.sub(words, message)
    return message
