"""docs/api.md is what the docstrings say, and the tutorial runs."""

from __future__ import annotations

import inspect
import json
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

import commentlens as cl

ROOT = Path(__file__).parents[2]
REFERENCE = runpy.run_path(str(Path(__file__).with_name("api_reference.py")))
NOTEBOOK = ROOT / "docs" / "tutorial.ipynb"


def test_the_reference_is_fresh() -> None:
    """Else: python tests/docs/api_reference.py."""
    assert REFERENCE["PAGE"].read_text(encoding="utf-8") == REFERENCE["page"]()


def test_the_reference_has_every_name() -> None:
    """Each function and class of the interface, but the records and the error, which record.md and errors describe."""
    named = {*REFERENCE["FUNCTIONS"], *REFERENCE["CLASSES"]}

    assert set(cl.__all__) - named == {"AnnotatedComment", "Comment", "CommentlensError"}


@pytest.mark.parametrize("name", REFERENCE["FUNCTIONS"])
def test_every_argument_is_described(name: str) -> None:
    """By a line under Args."""
    function = getattr(cl, name)
    described = inspect.getdoc(function) or ""

    missing = [item for item in inspect.signature(function).parameters if f"\n    {item}: " not in described]
    assert missing == []


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The cells of the tutorial after a run in an empty folder, by a kernel of its own."""
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    folder = tmp_path_factory.mktemp("tutorial")
    shutil.copy(NOTEBOOK, folder)
    notebook = nbformat.read(folder / NOTEBOOK.name, as_version=4)
    nbclient.NotebookClient(notebook, timeout=None, resources={"metadata": {"path": str(folder)}}).execute()
    cells: list[dict[str, Any]] = notebook.cells
    return cells


def test_the_tutorial_is_stored_without_outputs() -> None:
    """So that it is the same bytes whoever ran it."""
    document = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = [cell for cell in document["cells"] if cell["cell_type"] == "code"]

    assert [cell["outputs"] for cell in code] == [[] for _ in code]
    assert [cell["execution_count"] for cell in code] == [None for _ in code]


def test_the_tutorial_runs(executed: list[dict[str, Any]]) -> None:
    """Without an error or a warning; the corpus is the one that ships, and what it shows is small."""
    code = [cell for cell in executed if cell["cell_type"] == "code"]
    outputs = [output for cell in code for output in cell["outputs"]]

    assert [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"] == []
    assert "83 comments" in json.dumps(outputs)
    assert max(len(json.dumps(output)) for output in outputs) < 20_000
