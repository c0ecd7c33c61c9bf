"""What all tests share: nothing of the user's own reaches them, and examples are not stopped by the clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from spacy.language import Language

# A busy machine must not make a test fail.
settings.register_profile("commentlens", deadline=None, print_blob=True)
settings.load_profile("commentlens")

# Folders whose tests start browsers, clusters or training, or time things: `make fast` leaves them out.
SLOW = ("browser", "engines", "bench", "training", "pages")

# They change what a terminal program prints.
_PRESENTATION = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "PYTHONWARNINGS")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow by where it stands."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and item.path.relative_to(here).parts[0] in SLOW:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def away_from_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of the tests' own, and the screen settings of no shell."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        for name in _PRESENTATION:
            if name in os.environ:
                patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped pipeline, loaded once; a test must not change it."""
    from commentlens.pipeline import build_nlp

    return build_nlp()
