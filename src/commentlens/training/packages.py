"""Packages that only training needs: those of the dependency group ``train``."""

from __future__ import annotations

import importlib
from typing import Any

from commentlens.errors import MissingExtraError


def installed(module: str, use: str) -> Any:
    """A module of the group; ``use``: what it is needed for, as the message says it.

    Raises:
        MissingExtraError: If it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(f"{module} is needed {use}. Install it with: pip install --group train") from error
