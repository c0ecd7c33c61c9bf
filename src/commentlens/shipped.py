"""Where the things that ship with the package lie: the seed page, the corpus, the pipeline.

In an installed wheel they stand beside the code (``commentlens/shipped/…``); in a checkout they are the top-level
folders of the same names. This is the only place that knows.
"""

from __future__ import annotations

from pathlib import Path

from commentlens.errors import CommentlensError

_PACKAGE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """Path of a shipped file or folder, e.g. ``shipped("models", "en_commentlens")``.

    Raises:
        CommentlensError: If it is in neither place (a broken installation).
    """
    for root in (_PACKAGE / "shipped", _PACKAGE.parents[1]):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise CommentlensError(
        f"{'/'.join(parts)} is missing from this installation of commentlens ({_PACKAGE}). Install the package again."
    )
